//! Figures of the program's shape, for `tests/figures` to print: where each is to come to,
//! where it was before the terminal program was made of places, and where it is. All are
//! counted on code without tests, comments and blank lines.

mod circles;
mod keys;
mod layers;
mod methods;
mod names;
mod touched;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::source::{ARROWS, Arrows, PROGRAM, Program};

/// A figure as it is now, and what it is made of, a line each.
pub(super) struct Figure {
    now: String,
    lines: Vec<String>,
}

/// A row of the table.
struct Row {
    /// What its lines are asked for by.
    name: &'static str,
    what: &'static str,
    /// The goals were set with other counters, which told 436 methods, 115 functions (46 of
    /// them ask more), circles of 24, 206,000 tokens, and the same for the rest.
    goal: &'static str,
    /// By these counters.
    before: &'static str,
    count: fn(&Program, &Arrows) -> Figure,
}

const ROWS: &[Row] = &[
    Row {
        name: "methods",
        what: "methods of the largest type of src/tui",
        goal: "at most 120, in one room",
        before: "Model: 464 in 48 files of 7 rooms",
        count: |program, _| methods::figure(program),
    },
    Row {
        name: "keys",
        what: "functions of src/tui that ask what has the keys",
        goal: "under 25",
        before: "140, of which 35 ask two or more",
        count: |program, _| keys::figure(program),
    },
    Row {
        name: "layers",
        what: "files that name a kind of thing over the screen",
        goal: "its own and one",
        before: "5 to 17",
        count: |program, _| layers::figure(program),
    },
    Row {
        name: "circles",
        what: "largest circle of files of src/tui",
        goal: "none above 4",
        before: "27",
        count: |program, arrows| circles::figure(program, arrows, |room| room == "tui"),
    },
    Row {
        name: "circles-elsewhere",
        what: "the same of other rooms, where above 4",
        goal: "none above 4",
        before: "authority 11, cli 8, config 7, domain 26, server 14",
        count: |program, arrows| circles::figure(program, arrows, |room| room != "tui"),
    },
    Row {
        name: "tokens",
        what: "tokens of code in src/tui",
        goal: "under 175,000",
        before: "215,297",
        count: |program, _| tokens(program),
    },
    Row {
        name: "names",
        what: "type names that stand for two things or more",
        goal: "under 25",
        before: "80 of 595",
        count: |program, _| names::figure(program),
    },
    Row {
        name: "touched",
        what: "files of a command that asks something new",
        goal: "at most 9",
        before: "17",
        count: |program, _| touched::figure(program),
    },
];

/// Words, literals, lifetimes and signs (`->` and `::` are one), and either end of a pair of
/// brackets, attributes with them.
fn tokens(program: &Program) -> Figure {
    let mut sizes: Vec<_> =
        program.room("tui").map(|source| (source.tokens.len(), &source.path)).collect();
    sizes.sort_by(|one, other| other.cmp(one));
    let all: usize = sizes.iter().map(|(size, _)| size).sum();
    let lines = sizes.iter().map(|(size, path)| format!("{size:>6} {path}")).collect();
    Figure { now: thousands(all), lines }
}

fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1000), number % 1000),
    }
}

/// The rows of a table, laid out.
fn table(rows: &[[&str; 4]]) -> String {
    let mut out = String::new();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (what, goal, before) = (width(0), width(1), width(2));
    for row in rows {
        writeln!(out, "{:what$}  {:goal$}  {:before$}  {}", row[0], row[1], row[2], row[3])
            .unwrap();
    }
    out
}

/// Where `tests/figures` wants them written; without it they are only counted.
#[test]
fn every_figure_can_be_told() {
    let folder = env::var_os("FIGURES").map(PathBuf::from);
    let figures: Vec<_> = ROWS.iter().map(|row| (row, (row.count)(&PROGRAM, &ARROWS))).collect();
    for (row, figure) in &figures {
        assert!(!figure.now.is_empty(), "nothing is told of {}", row.name);
        if let Some(folder) = &folder {
            fs::write(folder.join(row.name), figure.lines.join("\n") + "\n").unwrap();
        }
    }
    let mut rows = vec![["", "goal", "before", "now"]];
    rows.extend(figures.iter().map(|(row, figure)| [row.what, row.goal, row.before, &figure.now]));
    if let Some(folder) = folder {
        fs::write(folder.join("table"), table(&rows)).unwrap();
    }
}

#[test]
fn a_table_is_laid_out_and_large_numbers_are_parted() {
    assert_eq!(
        table(&[["", "b", "c", "d"], ["one", "", "two", "3"]]),
        "     b  c    d\none     two  3\n"
    );
    assert_eq!([0, 999, 1_000, 1_234_007].map(thousands), ["0", "999", "1,000", "1,234,007"]);
}
