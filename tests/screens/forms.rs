//! The form of a token, section by section. A proposed GUID is another one each time,
//! so it is made unreadable.

use crate::support::{App, Desk, options};
use crate::{screen, sizes, styles};
use tokendeck::tui::Options;

/// Every state of the form, and the keys that lead to it.
pub(crate) const FORMS: [(&str, &str); 12] = [
    ("form_new", "n"),
    ("form_errors", "n Ctrl-s"),
    ("form_owner", "n Tab Tab a"),
    ("form_calendar", "n Tab Tab Tab Tab Tab 2 0 2 6 - 0 5 - 3 1 Enter Right"),
    ("form_date", "n Tab Tab Tab Tab Tab Tab End Tab + 9 0 d"),
    ("form_modules", "n PgDn j r Tab Tab Space"),
    ("form_overview", "n p a r t s PgDn f Tab Tab Space PgDn"),
    ("form_edit", "/ robot-2 Enter e"),
    ("form_edit_value", "/ robot-1 Enter e Ctrl-g"),
    ("form_edit_overview", "/ robot-2 Enter e - 9 PgDn j j n PgDn"),
    ("form_discard", "n x Esc"),
    ("form_help", "n F1"),
];

/// The text with every GUID as letters that say nothing.
fn without_guids(text: &str) -> String {
    let mut shown = String::new();
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            shown.push(' ');
        }
        let dashes = word.matches('-').count() == 4;
        let guid =
            dashes && word.len() == 36 && word.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
        shown.push_str(if guid { "gggggggg-gggg-gggg-gggg-gggggggggggg" } else { word });
    }
    shown
}

fn picture(app: &mut App) -> String {
    let lines: Vec<_> = app.screen().lines().map(without_guids).collect();
    lines.join("\n")
}

#[test]
fn forms_look_like_their_pictures() {
    for (name, keys) in FORMS {
        for &(columns, rows) in sizes(name) {
            let desk = Desk::example();
            let mut app = screen(&desk, &options(), (columns, rows), keys);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), picture(&mut app));
        }
    }
}

#[test]
fn forms_have_their_styles_with_and_without_colours() {
    for (name, keys) in FORMS {
        for (color, look) in [(true, "colour"), (false, "plain")] {
            let desk = Desk::example();
            let options = Options { color, ..options() };
            let mut app = screen(&desk, &options, (80, 24), keys);
            let styles = styles::of(&app.buffer());
            let lines: Vec<_> = styles.lines().map(without_guids).collect();
            insta::assert_snapshot!(format!("{name}_{look}"), lines.join("\n"));
        }
    }
}
