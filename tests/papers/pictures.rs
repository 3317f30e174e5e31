//! The pictures of the README: real screens of the example.

use tokendeck::tui::{Options, PageSize};

use super::support::{Desk, options, value};
use super::{hold, svg};

/// The name of the picture, what it shows, who looks, and the keys that lead there.
const PICTURES: [(&str, &str, &str, &str); 5] = [
    ("list", "The list of tokens with the details of one under it", "ada", "/ o Enter j j Enter"),
    ("filters", "Filters for status, scopes, modules and dates", "ada", "f j j Space Tab Space"),
    ("revoke", "The question before a token is revoked", "ada", "/ robot Enter ! r Right Enter"),
    ("form", "The levels of a token for each module", "ada", "/ robot Enter j e PgDn"),
    ("users", "What can be done for two users at once", "kim", "2 f j Enter Space j Space m"),
];

#[test]
fn the_pictures_show_the_screens_as_they_are() {
    for (name, title, login, keys) in PICTURES {
        let desk = Desk::example();
        let options = Options { page_size: PageSize::Auto, unicode: true, ..options() };
        let mut app = desk.seat_with(login, &options, (92, 25));
        app.keys(keys);
        let picture = svg::of(&app.buffer(), title);
        assert!(!picture.contains(&value("robot-1")), "a value is in the picture");
        hold(&format!("docs/pictures/{name}.svg"), &picture);
    }
}
