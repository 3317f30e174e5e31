//! The Users screen, its dialogs, and a user on screen, as kim sees them.

use crate::support::{App, Desk, options};
use crate::{SIZES, sizes, styles};
use tokendeck::tui::Options;

/// Every screen, and the keys that lead to it from eRecording's users.
pub(crate) const SCREENS: [(&str, &str); 15] = [
    ("counted", "F"),
    ("list", ""),
    ("selected", "Space j Space"),
    ("search", "/ d o r"),
    ("no_match", "/ z z z Enter"),
    ("filters", "f Tab j Space"),
    ("sort", "s j"),
    ("menu", "Space j Space m j"),
    ("danger", "!"),
    ("request", "j Space Space n"),
    ("requested", "j Space Space n Right Enter"),
    ("remove", "! d"),
    ("cancel", "A ! c"),
    ("tokens", "Enter"),
    ("general", "Enter Tab"),
];

fn screen(options: &Options, size: (u16, u16), keys: &str) -> App {
    let desk = Desk::example();
    let options = Options { export_dir: "/srv/exports".into(), ..options.clone() };
    let mut app = desk.seat_with("kim", &options, size);
    app.keys("2 f j Enter").keys(keys);
    app
}

#[test]
fn users_look_like_their_pictures() {
    for (name, keys) in SCREENS {
        for &(columns, rows) in sizes(&format!("users_{name}")) {
            let mut app = screen(&options(), (columns, rows), keys);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), app.screen());
        }
    }
}

#[test]
fn both_questions_of_an_export_look_like_their_pictures() {
    for (columns, rows) in SIZES {
        let mut app = screen(&options(), (columns, rows), "Space j Space ! g");
        if (columns, rows) == SIZES[0] {
            insta::assert_snapshot!("generate_first_80x24", app.screen());
        }
        app.keys("Right Enter g e n Enter");
        insta::assert_snapshot!(format!("generate_second_{columns}x{rows}"), app.screen());
    }
}

#[test]
fn users_have_their_styles_with_and_without_colours() {
    for (name, keys) in SCREENS {
        for (color, look) in [(true, "colour"), (false, "plain")] {
            let options = Options { color, ..options() };
            let mut app = screen(&options, (80, 24), keys);
            insta::assert_snapshot!(format!("{name}_{look}"), styles::of(&app.buffer()));
        }
    }
}

#[test]
fn a_utf_8_terminal_gets_a_check_mark() {
    let mut app = screen(&Options { unicode: true, ..options() }, (80, 24), "");
    insta::assert_snapshot!("marks_80x24", app.screen());
}
