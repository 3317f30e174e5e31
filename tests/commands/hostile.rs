//! Names that could act on a terminal, deceive a reader or a spreadsheet: written
//! past the program into the store, shown safely in every form.

use rusqlite::params;

use crate::support::Place;

const HOSTILE: &[&str] = &[
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{9b}2J",
    "safe\u{202e}drowssap",
    "zero\u{200b}width\u{2060}joined\u{feff}",
    "tag\u{e0041}\u{e007f}",
    "line\nbreak\rand\ttab",
    "=HYPERLINK(\"http://evil.example\")",
];

fn renamed(name: &str) -> Place {
    let place = Place::example();
    let changed = place
        .database()
        .execute(
            "UPDATE token SET name = ?1, description = ?1 WHERE name = 'robot-1'",
            params![name],
        )
        .unwrap();
    assert_eq!(changed, 1);
    place
}

/// Whether a text holds nothing that a terminal obeys or a reader can't see, but
/// the line ends of the output itself.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !tokendeck::text::is_hidden(c))
}

#[test]
fn no_form_of_output_lets_a_hidden_character_out() {
    let commands: [&[&str]; 4] = [
        &["token", "list"],
        &["token", "show", "TKN-1000-0001", "--audit"],
        &["token", "disable", "TKN-1000-0001", "--dry-run"],
        &["audit", "list", "--token", "TKN-1000-0001"],
    ];
    for name in HOSTILE {
        let place = renamed(name);
        for command in commands {
            for form in ["table", "json", "jsonl", "csv"] {
                let ran = place.run(&[command, &["--output", form]].concat());
                assert!(is_plain(&ran.out), "{command:?} as {form}: {:?}", ran.out);
                assert!(is_plain(&ran.err), "{command:?} as {form}: {:?}", ran.err);
            }
        }
    }
}

#[test]
fn json_reads_back_as_the_very_name() {
    for name in HOSTILE {
        assert_eq!(renamed(name).json(&["token", "show", "TKN-1000-0001"])["name"], **name);
    }
}

#[test]
fn an_error_names_a_hostile_token_safely() {
    for name in HOSTILE {
        let place = renamed(name);
        place.run(&["token", "disable", "TKN-1000-0001"]).ends(0);
        for form in ["table", "json"] {
            let ran = place.run(&["token", "disable", "TKN-1000-0001", "-o", form]).ends(1);
            assert!(is_plain(&ran.err) && ran.err.lines().count() == 1, "{:?}", ran.err);
        }
    }
}

#[test]
fn what_was_asked_for_is_repeated_safely() {
    let ran = Place::example().run(&["token", "show", "\u{1b}[2Jx\u{202e}"]).ends(4);
    assert!(is_plain(&ran.err) && ran.err.contains("<U+001B>"), "{:?}", ran.err);
}

#[test]
fn a_formula_is_text_in_csv() {
    let place = renamed("=1+2");
    let ran = place.run(&["token", "list", "--output", "csv"]).ends(0);
    assert!(ran.out.contains(",'=1+2,"), "{}", ran.out);
}

#[test]
fn sixty_wide_characters_keep_the_columns_aligned_and_whole() {
    let name = "令".repeat(60);
    let place = renamed(&name);
    let ran = place.run(&["token", "list"]).ends(0);
    let line = ran.out.lines().find(|line| line.contains(&name)).expect("the whole name");
    let head = ran.out.lines().next().unwrap();
    let column = tokendeck::text::width(&head[..head.find("STATUS").unwrap()]);
    let before = &line[..line.find("Active").unwrap()];
    assert_eq!(tokendeck::text::width(before), column);
}
