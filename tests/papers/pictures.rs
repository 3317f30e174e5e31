//! The pictures of the README: real screens of the example.

use tokendeck::tui::{Options, PageSize};

use super::support::{Desk, options, value};
use super::{hold, svg};

/// A picture: its name, what it shows, who looks, how wide and high, and the keys that lead there.
type Picture = (&'static str, &'static str, &'static str, (u16, u16), &'static str);

const PICTURES: [Picture; 4] = [
    ("list", "The list of tokens with the details of one under it", "ada", (80, 24), "j j Enter"),
    (
        "danger",
        "What can't be taken back, behind a key of its own",
        "ada",
        (92, 25),
        "/ robot Enter !",
    ),
    ("form", "The levels of a token for each module", "ada", (92, 25), "/ robot Enter j e PgDn"),
    ("audit", "Who did what to which token, newest first", "rosa", (110, 28), "4 j j Enter"),
];

#[test]
fn the_pictures_show_the_screens_as_they_are() {
    for (name, title, login, size, keys) in PICTURES {
        let desk = Desk::example();
        let options = Options { page_size: PageSize::Auto, unicode: true, ..options() };
        let mut app = desk.seat_with(login, &options, size);
        app.keys(keys);
        let picture = svg::of(&app.buffer(), title);
        assert!(!picture.contains(&value("robot-1")), "a value is in the picture");
        hold(&format!("docs/pictures/{name}.svg"), &picture);
    }
}
