//! A credential that ends or is revoked while its operator is at work (R3, R14).

use std::sync::Arc;

use crate::support::desk::runtime;
use crate::support::seats::Seat;
use crate::support::server::{Mood, Moods, Server};
use crate::support::{App, Desk};

/// Ada at a server, in a window of that size.
fn seat(desk: &Desk, size: (u16, u16)) -> (App, Moods) {
    let runtime = runtime();
    let (inner, moods) = (desk.backend(&runtime, "ada"), Moods::default());
    let team = vec![("team", Seat::Ready(Arc::new(Server::new(inner, &moods))))];
    let mut app = desk.seat_among(&["rosa"], team, size);
    app.keys("p t e a m Enter").sees("team (remote)");
    (app, moods)
}

#[test]
fn r014_whoever_is_not_signed_in_any_more_sees_it_for_as_long_as_it_lasts() {
    let desk = Desk::example();
    for size in [(80, 24), (160, 50)] {
        let (mut app, moods) = seat(&desk, size);
        app.sees("team (remote) ada Admin");
        moods.set(Mood::SignedOut);
        app.keys("j t Right Enter").sees("Not signed in: could not disable bulk-02");
        for keys in ["j", "Ctrl-r", "Enter", "Esc"] {
            app.keys(keys).sees("not signed in, as of 12:00:00").sees("ada not signed in");
        }
        app.keys("2").sees("The users could not be read: not signed in").sees("ada not signed in");
        app.keys("M").sees("ask whoever runs the server for a new one").keys("Esc 1");
    }
}

#[test]
fn r014_a_new_credential_is_taken_by_refresh_and_by_choosing_the_backend_again() {
    let desk = Desk::example();
    for keys in ["Ctrl-r", "p t e a m Enter"] {
        let (mut app, moods) = seat(&desk, (80, 24));
        moods.set(Mood::SignedOut);
        app.keys("Ctrl-r").sees("not signed in, as of").sees("bulk-01");
        app.keys(keys).sees("Not signed in: could not sign in again").sees("bulk-01");
        moods.set(Mood::Well);
        app.keys(keys).sees("You are Ada Admin (Admin), at team").sees("ada Admin");
        app.sees_no("not signed in").sees("of 21").keys("/ robot-1 Enter t Right Enter");
        app.sees("robot-1 was ").sees_no("Could not");
    }
}
