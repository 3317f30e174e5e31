//! Backends that lack abilities: what can't be done is refused in the backend's own sentence
//! before anything opens, on every screen, and whatever is pressed the program goes on.

use std::sync::Arc;

use strum::IntoEnumIterator as _;
use tokendeck::backend::derived::JobsHere;
use tokendeck::wire::{Abilities, Ability, Can, Extent};

use crate::support::lacking::{Lacking, ODD, Odd, SENTENCE, seat_with};
use crate::support::{App, Desk, options};

const SIZE: (u16, u16) = (120, 40);

fn without(desk: &Desk, ability: Ability) -> App {
    seat_with((desk, "rosa"), |inner| Lacking::one(inner, ability), &options(), SIZE)
}

/// Keys that lead to where a command is, the keys of the command, and what it takes.
const ASKED: &[(&str, &str, Ability)] = &[
    ("", "n", Ability::Create),
    ("", "C", Ability::Create),
    ("", "e", Ability::Edit),
    ("", "r", Ability::Regenerate),
    ("", "x", Ability::Reveal),
    ("", "Y", Ability::Reveal),
    ("", "a", Ability::Accept),
    ("", "+", Ability::Enable),
    ("", "-", Ability::Disable),
    ("", "! d", Ability::Delete),
    ("", "! o", Ability::DropOld),
    ("", "! a", Ability::RevokeMany),
    ("A", "+", Ability::EnableMany),
    ("A", "-", Ability::DisableMany),
    ("A", "! r", Ability::RevokeMany),
    ("A", "! d", Ability::DeleteMany),
    ("Enter", "r", Ability::Regenerate),
    ("Enter", "e", Ability::Edit),
    ("", "f", Ability::Filter),
    ("", "s", Ability::Sort),
    ("", "/", Ability::Search),
    ("", "#", Ability::Search),
    ("", "2", Ability::Users),
    ("", "3", Ability::Catalogue),
    ("", "4", Ability::Events),
    ("", "o", Ability::Catalogue),
    ("", "b", Ability::Jobs),
    ("2", "n", Ability::RequestTokens),
    ("2", "! d", Ability::RemoveHeld),
    ("2", "! c", Ability::CancelRequests),
    ("2", "! g", Ability::GenerateExport),
    ("3", "n", Ability::AddEntry),
    ("3", "e", Ability::EditEntry),
    ("3", "! d", Ability::RemoveEntry),
    ("3", "t", Ability::SwitchUser),
];

#[test]
fn what_the_backend_lacks_is_refused_in_its_sentence_before_anything_opens() {
    let desk = Desk::example();
    for (way, keys, ability) in ASKED {
        let mut app = without(&desk, *ability);
        app.keys(way).sees_no(SENTENCE);
        app.keys(keys);
        assert!(app.has(SENTENCE), "{way} {keys}: {ability}\n{}", app.screen());
    }
}

#[test]
fn a_line_of_the_command_line_is_refused_like_its_key() {
    let desk = Desk::example();
    for (line, ability) in [
        (":sort expires", Ability::Sort),
        (":filter status:active", Ability::Filter),
        (":account all", Ability::Catalogue),
    ] {
        let mut app = without(&desk, ability);
        app.text(line).keys("Enter").sees(SENTENCE);
    }
}

#[test]
fn an_old_value_that_cannot_pass_besides_is_not_offered_to() {
    let desk = Desk::example();
    let mut app = without(&desk, Ability::Reveal);
    app.keys("r").sees("Overlap").keys("Esc");
    let mut app = without(&desk, Ability::Overlap);
    app.keys("r").sees("Period").sees_no("Overlap");
    // There is one field, and its key stays on it.
    app.keys("Down").sees("> Period");
}

#[test]
fn what_cannot_be_tried_is_asked_about_without_it() {
    let desk = Desk::example();
    let mut app = without(&desk, Ability::Reveal);
    app.keys("3 Tab ! d").sees("is used by").sees_no("Are you sure");
    let mut app = without(&desk, Ability::TryFirst);
    app.keys("3 Tab ! d").sees("Are you sure you want to remove").sees_no("nothing uses it");
}

#[test]
fn another_guid_is_no_way_around_to_a_value_that_cannot_be_renewed() {
    let desk = Desk::example();
    for ability in [Ability::Regenerate, Ability::ProposeGuid] {
        let mut app = without(&desk, ability);
        app.keys("e").sees_no(SENTENCE).keys("Ctrl-g").sees(SENTENCE);
    }
    let mut app = without(&desk, Ability::ProposeGuid);
    app.keys("n").sees("drawn on saving").sees_no(SENTENCE);
}

#[test]
fn many_at_once_are_done_here_where_there_are_no_jobs() {
    let desk = Desk::example();
    let made = |inner| JobsHere::over(Arc::new(Odd(inner)));
    let mut app = seat_with((&desk, "rosa"), made, &options(), SIZE);
    app.keys("Space Space ! r").sees("There are no jobs here").sees("Revoke 2 tokens");
    app.text("revoke 2").keys("Enter").sees("2 tokens revoked");
    app.keys("b").sees("Revoke 2 tokens").sees("Done");
}

/// What a backend says of how it does everything.
const HAZARD: &str = "What Acme ends it cannot bring back";
const REACH: &str = "One order reaches all that hang on the same parent.";

#[test]
fn what_is_odd_about_an_order_is_said_before_it_is_given() {
    let desk = Desk::example();
    let odd = || Can::Yes { hazard: Some(HAZARD.to_owned()), extent: Extent::Parent };
    let all = Ability::iter().fold(Abilities::default(), |all, ability| all.with(ability, odd()));
    for (way, keys) in [
        ("", "r"),
        ("", "-"),
        ("", "! r"),
        ("", "! d"),
        ("A", "-"),
        ("A", "! r"),
        ("", "e"),
        ("", "n"),
    ] {
        let made = |inner| Lacking::saying(inner, all.clone());
        let mut app = seat_with((&desk, "rosa"), made, &options(), SIZE);
        app.keys(way).sees_no(HAZARD);
        app.keys(keys).sees(HAZARD).sees(REACH);
    }
}

/// The keys of the command table that do something on a screen, those that may be confirmed
/// with what confirms.
const WALK: &str = "j n Esc e Esc C Esc t Esc + Esc - Esc r Esc x x a Esc y Y m Esc ! r Esc ! d Esc \
                    ! o Esc ! a Esc ! c Esc ! g Esc Enter Tab Tab E T Esc Esc f Esc F s Esc c Esc h l \
                    z Space v j Space u A u * u / Esc # Esc o Esc p Esc ? Esc M Esc b Enter r s Esc w \
                    Esc Ctrl-r Right Left Home End g g G";

pub(crate) fn walk(app: &mut App, what: &str) {
    for screen in ["1", "2", "3", "1"] {
        app.keys(screen).keys(WALK);
        app.keys("Esc Esc Esc");
        assert!(!app.is_over(), "{what}: it ended on screen {screen}");
    }
}

#[test]
fn whatever_is_lacking_no_key_breaks_the_program() {
    let desk = Desk::example();
    for ability in Ability::iter() {
        let mut app = without(&desk, ability);
        walk(&mut app, &ability.to_string());
    }
}

#[test]
fn rows_of_another_server_go_by_its_ids_and_need_no_account_and_no_catalogue() {
    let desk = Desk::example();
    let mut app = seat_with((&desk, "rosa"), |inner| Arc::new(Odd(inner)), &options(), SIZE);
    app.sees(ODD);
    for (keys, lacked) in [("r", true), ("x", true), ("3", true), ("b", true), ("f", false)] {
        app.keys(keys);
        assert_eq!(app.has(SENTENCE), lacked, "{keys}\n{}", app.screen());
        app.keys("Esc");
    }
    // What was done to a row is on record of its id, whatever that looks like.
    app.keys("Enter Tab Tab Tab").sees("created").keys("Esc");
    // Many at once is a job, of which there are none: nothing is asked first.
    app.keys("A ! r").sees(SENTENCE).keys("u");
    walk(&mut app, "another server");
}
