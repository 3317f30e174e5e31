//! The pictures of the README: real screens of the example.

use tokendeck::tui::{Options, PageSize};

use super::support::{Desk, options, value};
use super::{hold, svg};

/// The name of the picture, what it shows, and the keys that lead there.
const PICTURES: [(&str, &str, &str); 3] = [
    ("list", "The list of tokens with the details of one under it", "/ r Enter j j Enter"),
    ("filters", "Filters for status, scopes, modules and dates", "f j j Space Tab Space"),
    ("revoke", "The question before a token is revoked", "/ r Enter j j ! r Right Enter"),
];

#[test]
fn the_pictures_show_the_screens_as_they_are() {
    for (name, title, keys) in PICTURES {
        let desk = Desk::example();
        let options = Options { page_size: PageSize::Auto, unicode: true, ..options() };
        let mut app = desk.seat_with("ada", &options, (92, 25));
        app.keys(keys);
        let picture = svg::of(&app.buffer(), title);
        assert!(!picture.contains(&value("robot-1")), "a value is in the picture");
        hold(&format!("docs/pictures/{name}.svg"), &picture);
    }
}
