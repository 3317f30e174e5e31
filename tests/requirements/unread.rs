//! What could not be read does not look as if there were nothing (R14).

use crate::support::server::{Mood, remote};
use crate::support::{Desk, options};

const SIZE: (u16, u16) = (160, 50);

#[test]
fn r014_users_that_were_not_read_are_not_none() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    moods.set(Mood::Down);
    app.keys("2").sees("The users could not be read").sees_no("0 users");
    app.keys("n").sees("The users are not read yet: Ctrl-r reads them").sees_no("No user here");
    moods.set(Mood::Well);
    app.keys("Ctrl-r").sees("5 users").keys("/ zzz Enter n").sees("No user here");
}

#[test]
fn r014_jobs_that_are_being_asked_for_are_not_none() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("b").sees("No jobs yet").keys("Esc");
    moods.set(Mood::Mute);
    app.meanwhile("b").sees("Asking ...").sees_no("No jobs yet").meanwhile("Ctrl-c");
}

#[test]
fn the_keys_of_a_picker_that_is_typed_into_are_said() {
    let desk = Desk::example();
    for (size, said) in [((40, 12), "Enter choose"), ((80, 24), "Up Down move")] {
        let mut app = desk.seat_with("rosa", &options(), size);
        for keys in ["o", "p"] {
            app.keys(keys).sees("type to find").sees(said).sees("Esc close").keys("Esc");
        }
        app.keys("c").sees_no("type to find").keys("/").sees("type to find").keys("Esc Esc");
    }
}
