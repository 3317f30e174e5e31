//! Every screen as it looks at 80x24, with and without colours; those that lay themselves
//! out otherwise in a small window or a large one, in these too.
//! `INSTA_UPDATE=always cargo test --test screens` takes new pictures; read them before
//! they are committed.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail"
)]

mod backends;
mod forms;
mod styles;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the tests of requirements use the rest")]
mod support;
mod users;

use support::{App, Desk, Door, options, value};
use tokendeck::domain::{Change, JobChange, JobId, JobRecord, JobStage, Tally, Verb, Work};
use tokendeck::store::Store as _;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::tui::Options;

/// What the decks of the pictures talk to.
const DOOR: Door = Door::Local;

const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (160, 50)];

/// The screens of which one of the other sizes shows more than fewer or more rows: what
/// columns there are, what stands beside what, where lines break and what is scrolled.
const AT_EACH_SIZE: [&str; 21] = [
    "audit",
    "bulk_report",
    "bulk_revoke",
    "catalog_accounts",
    "catalog_used",
    "columns",
    "danger",
    "details",
    "filters",
    "form_edit_overview",
    "form_modules",
    "form_new",
    "general",
    "help",
    "jobs",
    "list",
    "menu",
    "refused",
    "revoke_second",
    "users_counted",
    "users_list",
];

/// The sizes that a screen is looked at in.
fn sizes(name: &str) -> &'static [(u16, u16)] {
    if AT_EACH_SIZE.contains(&name) { &SIZES } else { &SIZES[..1] }
}

/// Every screen, and the keys that lead to it.
const SCREENS: [(&str, &str); 46] = [
    ("list", ""),
    ("last_page", "End"),
    ("search", "/ rob"),
    ("found", "/ rob Enter j"),
    ("no_match", "/ zzz Enter"),
    ("guid", "# f5d7"),
    ("columns", "c j j Space"),
    ("columns_right", "l l"),
    ("sort", "s j Space j j j Space"),
    ("filters", "f j Space Tab Space"),
    ("filters_found", "f / plant"),
    ("filters_wrong", "f G k 7 Enter"),
    ("filtered", "/ bulk Enter f j j Enter"),
    ("general", "/ robot-1 Enter Enter"),
    ("modules", "/ robot-2 Enter Enter Tab"),
    ("details", "/ robot-2 Enter Enter Tab Tab"),
    ("audit", "/ leaked-key Enter Enter S-Tab"),
    ("danger", "/ robot-1 Enter !"),
    ("revoke_first", "/ robot-1 Enter ! r"),
    ("revoke_second", "/ robot-1 Enter ! r Right Enter Right"),
    ("revoked", "/ robot-1 Enter ! r Right Enter Right Enter"),
    ("disable", "/ robot-1 Enter t"),
    ("refused", "/ old-report Enter ! r"),
    ("tabs", "/ robot-1 Enter Enter T j Space"),
    ("plain", "/ robot-1 Enter y y"),
    ("copied", "/ robot-1 Enter Enter y"),
    ("line", "/ leaked-key Enter : Tab"),
    ("line_error", ": s o t r Enter"),
    ("selected", "Space Space j Space"),
    ("range", "j v j j"),
    ("menu", "/ robot-1 Enter m j"),
    ("menu_revoked", "/ leaked-key Enter m"),
    ("menu_selected", "Space Space m"),
    ("danger_selected", "Space Space !"),
    ("bulk_disable", "/ bulk Enter A t"),
    ("bulk_revoke", "A / robot Enter ! r r e v"),
    ("bulk_missing", "Space Space ! r Enter"),
    ("bulk_report", "A ! r r e v o k e Space 1 9 Enter"),
    ("revoke_all", "! a"),
    ("jobs", "/ bulk Enter A t Right Enter F A + Right Enter Esc b"),
    ("job_report", "A ! r r e v o k e Space 1 9 Enter Esc b Enter"),
    ("jobs_none", "b"),
    ("delete", "/ robot-1 Enter ! d"),
    ("regenerate", "/ robot-1 Enter r Tab Down"),
    ("help", "?"),
    ("messages", "Ctrl-r / old-report Enter ! r M"),
];

fn screen(desk: &Desk, options: &Options, size: (u16, u16), keys: &str) -> App {
    let mut app = desk.seat_with("ada", options, size);
    app.keys(keys);
    app
}

#[test]
fn screens_look_like_their_pictures() {
    for (name, keys) in SCREENS {
        for &(columns, rows) in sizes(name) {
            let desk = Desk::example();
            let mut app = screen(&desk, &options(), (columns, rows), keys);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), app.screen());
        }
    }
}

#[test]
fn screens_have_their_styles_with_and_without_colours() {
    for (name, keys) in SCREENS {
        let desk = Desk::example();
        let mut app = screen(&desk, &options(), (80, 24), keys);
        insta::assert_snapshot!(format!("{name}_colour"), styles::of(&app.buffer()));
        let desk = Desk::example();
        let plain = Options { color: false, ..options() };
        let mut app = screen(&desk, &plain, (80, 24), keys);
        insta::assert_snapshot!(format!("{name}_plain"), styles::of(&app.buffer()));
    }
}

#[test]
fn accounts_look_like_their_pictures() {
    for (columns, rows) in SIZES {
        let desk = Desk::example();
        let mut app = desk.seat_with("rosa", &options(), (columns, rows));
        app.keys("o");
        insta::assert_snapshot!(format!("accounts_{columns}x{rows}"), app.screen());
        if (columns, rows) == SIZES[0] {
            app.text("ced");
            insta::assert_snapshot!("account_found_80x24", app.screen());
        }
    }
}

/// The catalogue: each list, and the form of each.
const CATALOG: [(&str, &str); 12] = [
    ("catalog_accounts", "3"),
    ("catalog_modules", "3 Tab"),
    ("catalog_scopes", "3 Tab Tab"),
    ("catalog_groups", "3 h h"),
    ("catalog_users", "3 h"),
    ("catalog_used", "3 Tab ! d"),
    ("catalog_entry", "3 h Enter"),
    ("form_account", "3 e Tab"),
    ("form_module", "3 Tab e Tab Right"),
    ("form_scope", "3 Tab Tab n"),
    ("form_group", "3 h h e Tab"),
    ("form_user", "3 h e Tab Tab Tab"),
];

#[test]
fn the_catalogue_looks_like_its_pictures() {
    for (name, keys) in CATALOG {
        for &(columns, rows) in sizes(name) {
            let desk = Desk::example();
            let mut app = desk.seat_with("rosa", &options(), (columns, rows));
            app.keys(keys);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), app.screen());
        }
        for (color, kind) in [(true, "colour"), (false, "plain")] {
            let desk = Desk::example();
            let options = Options { color, ..options() };
            let mut app = desk.seat_with("rosa", &options, (80, 24));
            app.keys(keys);
            insta::assert_snapshot!(format!("{name}_{kind}"), styles::of(&app.buffer()));
        }
    }
}

#[test]
fn the_other_themes_have_their_styles() {
    for theme in ["light", "dark"] {
        for name in ["general", "revoke_first", "refused", "help"] {
            let keys = SCREENS.iter().find(|(known, _)| *known == name).unwrap().1;
            let desk = Desk::example();
            let options = Options { theme: theme.to_owned(), ..options() };
            let mut app = screen(&desk, &options, (80, 24), keys);
            insta::assert_snapshot!(format!("{name}_{theme}"), styles::of(&app.buffer()));
        }
    }
}

#[test]
fn a_utf_8_terminal_gets_its_marks() {
    let desk = Desk::example();
    let unicode = Options { unicode: true, ..options() };
    let mut app = screen(&desk, &unicode, (80, 24), "End Left Enter");
    insta::assert_snapshot!("marks_80x24", app.screen());
}

#[test]
fn a_dialog_that_drops_keys_says_so() {
    let desk = Desk::example();
    let mut app = screen(&desk, &options(), (80, 24), "/ robot-1 Enter");
    app.in_haste("! r Right");
    insta::assert_snapshot!("key_ignored_80x24", app.screen());
    insta::assert_snapshot!("key_ignored_colour", styles::of(&app.buffer()));
}

/// A word, unless it is a GUID.
fn settled(word: &str) -> String {
    if word.parse::<uuid::Uuid>().is_ok() { "G".repeat(word.len()) } else { word.to_owned() }
}

/// The screen with a new value and its GUID, which are others each time, made
/// unreadable: the value alone stands in the first column, besides rules.
fn without_value(app: &mut App) -> String {
    let line = |line: &str| match (line.chars().next(), line.strip_prefix(" GUID ")) {
        (Some(first), _) if first.is_ascii_alphanumeric() => "V".repeat(line.len()),
        (_, Some(_)) => " GUID         G".to_owned(),
        _ => line.split(' ').map(settled).collect::<Vec<_>>().join(" "),
    };
    app.screen().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_new_value_looks_like_its_picture() {
    for (columns, rows) in SIZES {
        let desk = Desk::example();
        let mut app = screen(&desk, &options(), (columns, rows), "/ robot-1 Enter r Right Enter");
        insta::assert_snapshot!(format!("value_{columns}x{rows}"), without_value(&mut app));
        if (columns, rows) == SIZES[0] {
            let mut app = desk.seat_with("kim", &options(), (columns, rows));
            app.keys("/ carl Enter r Right Enter");
            insta::assert_snapshot!("value_once_80x24", without_value(&mut app));
            app.keys("Esc");
            insta::assert_snapshot!("value_lost_80x24", without_value(&mut app));
        }
    }
}

#[test]
fn a_hidden_new_value_has_its_styles_with_and_without_colours() {
    for (color, name) in [(true, "value_colour"), (false, "value_plain")] {
        let desk = Desk::example();
        let options = Options { color, ..options() };
        let mut app = screen(&desk, &options, (80, 24), "/ robot-1 Enter r Right Enter x");
        insta::assert_snapshot!(name, styles::of(&app.buffer()));
    }
}

/// Words of a screen that are others each time: GUIDs and the starts of them.
fn without_new_guid(app: &mut App, new: &str) -> String {
    let start: String = new.chars().take(8).collect();
    app.screen().replace(new, &"g".repeat(new.len())).replace(&start, &"g".repeat(start.len()))
}

#[test]
fn an_overlap_looks_like_its_picture() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("/ robot-1 Enter r Tab Down Down Right Enter");
    app.keys("Enter");
    let runtime = support::desk::runtime();
    let shown = runtime.block_on(desk.backend(&runtime, "ada").show("robot-1".to_owned()));
    let new = shown.unwrap().guid.unwrap().to_string();
    insta::assert_snapshot!("overlap_80x24", without_new_guid(&mut app, &new));
    app.keys("! o");
    insta::assert_snapshot!("drop_old_80x24", without_new_guid(&mut app, &new));
}

/// Puts a job on record that broke off at 45,000 of 100,000.
fn interrupt(desk: &Desk) {
    let store = SqliteStore::open(&desk.path()).unwrap();
    let job = JobRecord {
        id: JobId::new(1),
        work: Work::Tokens(Verb::Revoke),
        title: "100,000 tokens of Acme".to_owned(),
        by: "USR-0001-0003".parse().unwrap(),
        made_at: "2026-03-10T11:40:00Z".parse().unwrap(),
        stage: JobStage::Open,
        total: 100_000,
        chunks: 40,
        next: 18,
        tally: Tally { done: 45_000, skipped: 0, failed: 0 },
        lease: None,
        file: None,
        digest: [0; 32],
        ended_at: None,
        plan: None,
        reason: None,
    };
    let change = Change::Job(Box::new(JobChange::Put(job)));
    store.commit(&mut |_| Ok(vec![change.clone()])).unwrap();
}

#[test]
fn the_offer_of_an_interrupted_job_looks_like_its_picture() {
    let desk = Desk::example();
    interrupt(&desk);
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.sees("was interrupted");
    insta::assert_snapshot!("job_offer_80x24", app.screen());
}

#[test]
fn a_window_too_small_says_so() {
    let desk = Desk::example();
    for (columns, rows) in [(39, 12), (40, 9), (12, 4)] {
        let mut app = screen(&desk, &options(), (columns, rows), "j");
        insta::assert_snapshot!(format!("too_small_{columns}x{rows}"), app.screen());
    }
}

#[test]
fn whatever_is_looked_at_in_each_size_is_a_screen() {
    let users = users::SCREENS.map(|(name, _)| format!("users_{name}"));
    let named = |(name, _): (&str, _)| name.to_owned();
    let forms = forms::FORMS.into_iter().map(named);
    let all: Vec<_> = SCREENS.into_iter().chain(CATALOG).map(named).chain(forms).collect();
    for name in AT_EACH_SIZE {
        assert!(all.iter().chain(&users).any(|known| known == name), "no screen is '{name}'");
    }
}

#[test]
fn no_picture_holds_a_value() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/snapshots");
    let values = ["robot-1", "robot-2", "leaked-key", "old-report"].map(value);
    for entry in std::fs::read_dir(folder).unwrap() {
        let picture = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!values.iter().any(|value| picture.contains(value.as_str())));
    }
}
