//! Keys at a server that went wrong while its rows were on the screen: each is answered
//! at once, what happened is said with what to do, and nothing is shown as done.

use std::thread;
use std::time::Duration;

use tokendeck::backend::remote::RemoteBackend;
use tokendeck::tui::Options;

use crate::gate::{Fault, Gate};
use crate::support::desk::runtime;
use crate::support::{App, Desk, options};

const SIZE: (u16, u16) = (160, 50);
/// The marks of rows that are old.
const SILENT: &str = "no answer since 12:00:00, as of 12:00:00";
const STALE: &str = "STALE, as of 12:00:00";

/// What is to be seen of a fault.
#[derive(Clone, Copy)]
struct Seen {
    fault: Fault,
    /// What happened.
    what: &'static str,
    /// What to do about it.
    advice: &'static str,
    mark: &'static str,
    /// The status of the token whose revoke met it: unknown, not done, or refused.
    status: &'static str,
}

const fn seen(fault: Fault, what: &'static str, advice: &'static str) -> Seen {
    Seen { fault, what, advice, mark: SILENT, status: "? Active?" }
}

const fn stale(seen: Seen) -> Seen {
    Seen { mark: STALE, ..seen }
}

const fn not_done(seen: Seen) -> Seen {
    Seen { status: "! Active!", ..seen }
}

const fn refused(seen: Seen) -> Seen {
    Seen { status: "+ Active", ..seen }
}

/// Every fault, but for the slow server, which does all that it is asked.
const ALL: [Seen; 16] = [
    not_done(seen(Fault::Down, "cannot reach 'http://127", "Connection refused")),
    seen(Fault::Mute, "did not answer in time", "no answer since"),
    seen(Fault::HalfClosed, "broke off its answer", "connection closed before message completed"),
    seen(Fault::Reset, "broke off its answer", "Connection reset by peer"),
    seen(Fault::HalfJson, "broke off its answer", "end of file before message length reached"),
    seen(Fault::Tls, "does not speak HTTP", "look at the port, and whether it wants https"),
    stale(seen(Fault::Failing, "answered 502 Bad Gateway", "look at what is before the server")),
    stale(not_done(seen(Fault::Busy, "too many requests", "try again in 60 s"))),
    seen(
        Fault::Page,
        "answered with 'text/html'",
        "look at the address, and whether a proxy wants",
    ),
    stale(seen(Fault::Huge, "sent more than 32 MiB", "as no Tokendeck server does")),
    seen(Fault::Deep, "sent an answer that can't be read", "look whether it is a Tokendeck server"),
    not_done(seen(
        Fault::Elsewhere,
        "redirects to 'https://sso.example/', which is not followed",
        "use the address of the server itself",
    )),
    stale(refused(seen(Fault::Revoked, "not signed in", "'tokendeck operator create' makes"))),
    stale(not_done(seen(Fault::Forbidden, "answered 403 Forbidden", "what is before the server"))),
    stale(refused(seen(Fault::Newer, "speaks interface 2.3", "use the program of that version"))),
    seen(Fault::Drip, "did not answer in time", "no answer since"),
];

/// Ada at a server that answers, and the way to it.
fn seat(patience: Duration) -> (Desk, Gate, App) {
    let desk = Desk::example();
    let gate = Gate::new(desk.path());
    let runtime = runtime();
    let backend = {
        let _inside = runtime.enter();
        RemoteBackend::open(gate.options(patience)).unwrap()
    };
    let options = Options { frozen_clock: true, ..options() };
    let mut app = App::start(runtime, backend, desk.memory(), options, SIZE);
    app.sees("team (remote) ada Admin").sees("1-10 of 21").sees("as of 12:00:00");
    (desk, gate, app)
}

/// What `M` shows, the lines of a message joined.
fn messages(app: &mut App) -> String {
    app.keys("M");
    let text = app.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    app.keys("Esc");
    text
}

fn meets(Seen { fault, what, advice, mark, status }: &Seen) {
    let mute = matches!(fault, Fault::Mute | Fault::Drip);
    let (_desk, mut gate, mut app) = seat(Duration::from_secs(if mute { 1 } else { 10 }));
    app.keys("/ robot-1 Enter").sees("1-1 of 1");
    gate.set(*fault);
    app.keys("Ctrl-r").sees("Could not refresh").sees(mark).sees("robot-1 + Active");
    let said = messages(&mut app);
    assert!(said.contains(what), "{fault:?}: '{what}' is not in\n{said}");
    assert!(said.contains(advice) || app.has(advice), "{fault:?}: '{advice}' is not in\n{said}");
    // A change: not done, or nobody knows.
    app.keys("! r Right Enter Right Enter").sees("Could not revoke robot-1");
    app.sees_no("successfully").sees("1-1 of 1");
    app.sees(&format!("robot-1 {status}"));
    assert_eq!(app.has("1 unconfirmed"), status.starts_with('?'), "{fault:?}");
    assert_eq!(app.has("1 not done"), status.starts_with('!'), "{fault:?}");
    // What is on the screen can be looked at; what was never read can't.
    app.keys("Enter").sees("Moves parts between plants").keys("S-Tab");
    app.sees("Could not read the audit trail").keys("Esc / z Enter");
    app.sees("The tokens could not be read").sees("Ctrl-r tries again").sees_no("No tokens match");
    app.keys("2").sees("The users could not be read").sees("Ctrl-r tries again");
    app.keys("3").sees(mark).sees("Acme").keys("1");
    // And all is well again.
    gate.set(Fault::None);
    app.keys("/ Esc Ctrl-r").sees("1-10 of 21").sees_no("no answer").sees_no("STALE");
    app.keys("2").sees("Ada Admin").sees_no("could not be read");
}

#[test]
fn r014_every_fault_is_said_with_what_to_do_and_nothing_is_shown_as_done() {
    // They wait more than they work.
    thread::scope(|scope| {
        for seen in &ALL {
            let name = format!("{:?}", seen.fault);
            thread::Builder::new().name(name).spawn_scoped(scope, || meets(seen)).unwrap();
        }
    });
}

#[test]
fn every_key_is_on_the_screen_before_a_hanging_server_answered_anything() {
    for fault in [Fault::Slow, Fault::Mute, Fault::Drip] {
        let (_desk, mut gate, mut app) = seat(Duration::from_secs(20));
        gate.set(fault);
        app.meanwhile("Ctrl-r j").sees("> bulk-02").meanwhile("j").sees("> bulk-03");
        app.meanwhile("Enter").sees("Account Acme").meanwhile("S-Tab").sees("[Audit trail]");
        app.meanwhile("Esc / r").sees("/ r").meanwhile("o").sees("/ ro").meanwhile("Esc");
        app.meanwhile("2").sees("Users - Acme").meanwhile("3").sees("Catalog");
        app.meanwhile("? Esc p").sees("Backend").meanwhile("Esc 1").sees("API tokens - Acme");
        app.meanwhile(":").sees(":").meanwhile("h").sees(":h").meanwhile("Esc");
        assert_eq!(gate.answers(), 0, "{fault:?}: a key was late");
        app.meanwhile("Ctrl-c Ctrl-c");
        assert!(app.is_over() && gate.answers() == 0, "{fault:?}: leaving waited");
    }
}

#[test]
fn a_server_that_answers_only_some_calls_is_not_asked_again_and_again() {
    let (_desk, mut gate, mut app) = seat(Duration::from_secs(20));
    gate.set(Fault::Newer);
    let before = gate.asked();
    app.keys("Ctrl-r").pass(Duration::from_mins(1));
    assert!(gate.asked() - before < 10, "{} requests", gate.asked() - before);
}
