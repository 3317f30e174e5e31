//! What sets one backend apart from the others: a colour, and that nothing is changed there.

use ratatui::style::{Color, Modifier};
use tokendeck::tui::Options;

use crate::support::{App, Desk, options};

const SIZE: (u16, u16) = (80, 24);
const HELD: &str = "Read-only: nothing is changed at 'ada', as read_only of [backends.ada] is true";

/// The colour behind the name of the backend, in the title or in the question under it.
fn ground(app: &mut App, title: bool, backend: &str) -> Option<Color> {
    let (screen, buffer) = (app.screen(), app.buffer());
    let mut lines = screen.lines().enumerate().skip(usize::from(!title));
    let (y, text) = lines.find(|(_, text)| text.contains(backend)).unwrap();
    let before = text.rfind(backend).unwrap();
    let x = text[..before].chars().count();
    let cell = &buffer[(x.try_into().unwrap(), y.try_into().unwrap())];
    cell.modifier.contains(Modifier::REVERSED).then_some(cell.fg)
}

#[test]
fn b28_the_colour_of_a_backend_is_in_the_title_and_in_every_question() {
    let desk = Desk::example();
    let users = [("ada", Some("red"), None), ("kim", None, None), ("rosa", Some("blue"), None)];
    let title = desk.title();
    for size in [SIZE, (160, 50), (40, 12)] {
        let mut app = desk.seat_marked(&users, &options(), size);
        assert_eq!(ground(&mut app, true, title), Some(Color::Red));
        app.keys("/ robot-1 Enter t");
        assert_eq!(ground(&mut app, false, title), Some(Color::Red), "{size:?}");
        app.keys("Esc ! r").sees("revoke robot-1?");
        assert_eq!(ground(&mut app, false, title), Some(Color::Red), "{size:?}");
        app.keys("Esc p k i m Enter").sees("You are Kim");
        assert_eq!(ground(&mut app, true, title), None);
        app.keys("p r o s a Enter").sees("You are Rosa");
        assert_eq!(ground(&mut app, true, title), Some(Color::Blue));
    }
    let plain = Options { color: false, ..options() };
    let mut app = desk.seat_marked(&users, &plain, SIZE);
    assert_eq!(ground(&mut app, true, title), None);
}

#[test]
fn b28_a_read_only_backend_says_so_and_nothing_is_changed_there() {
    let desk = Desk::example();
    let before = desk.statuses();
    let users = [("ada", Some("red"), Some(HELD)), ("rosa", None, None)];
    for color in [true, false] {
        let marked = Options { color, ..options() };
        let mut app = desk.seat_marked(&users, &marked, (160, 50));
        app.sees("read-only) ada Admin").keys("/ robot-1 Enter");
        for keys in ["t", "! r", "! d", "e", "n", "r"] {
            app.keys(keys).sees(HELD).keys("Esc");
        }
        // A message in full, at a width where it is cut in the menu.
        app.keys("M").sees("read_only of [backends.ada] is true").keys("Esc");
        app.keys("p").sees("read-only").keys("Esc");
        // What is held there is held nowhere else.
        app.keys("p r o s a Enter").sees("You are Rosa").sees_no("read-only)");
        app.keys("/ robot-1 Enter t").sees("Are you sure you want to disable robot-1?");
    }
    assert_eq!(desk.statuses(), before);
}
