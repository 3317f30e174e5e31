//! Every requirement and every field case has a test that bears its number and proves
//! something: a name over an empty body counts for nothing.

mod functions;

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use functions::{Function, functions, proving};

use super::sources;

/// All requirements but R114, which has no check.
const REQUIREMENTS: [RangeInclusive<u16>; 2] = [1..=113, 115..=140];

/// The field cases that are mended: rules and commands, screens, the server, the store
/// and its process.
const FIELD: [(char, &[u16]); 5] = [
    (
        'a',
        &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
            25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
        ],
    ),
    (
        'b',
        &[
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
            25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35,
        ],
    ),
    ('c', &[2, 3, 5, 8, 14]),
    ('d', &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ('e', &[3, 4, 5]),
];

/// What one test bears: the letter of a list and the number in it.
type Case = (char, u16);

/// The cases at the head of the name of a test: `r018_r019_the_columns` has two.
fn cases(name: &str) -> impl Iterator<Item = Case> {
    name.split('_').map_while(|part| {
        let letter = part.chars().next()?;
        let digits = part.get(1..)?;
        let length = if letter == 'r' { 3 } else { 2 };
        let number = digits.len() == length && digits.chars().all(|c| c.is_ascii_digit());
        number.then(|| digits.parse().ok().map(|number| (letter, number)))?
    })
}

/// What a file defines, followed by what its folder and all tests have in common, so
/// that a test that proves by a helper is seen to.
fn with_helpers(path: &Path, common: &[Function]) -> Vec<Function> {
    let mut all = functions(&fs::read_to_string(path).unwrap());
    for name in ["support.rs", "main.rs"] {
        let beside = path.with_file_name(name);
        if beside != path && beside.is_file() {
            all.extend(helpers(&fs::read_to_string(beside).unwrap()));
        }
    }
    all.extend(common.iter().cloned());
    all
}

fn helpers(source: &str) -> impl Iterator<Item = Function> {
    functions(source).into_iter().filter(|function| !function.is_test)
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The parts of the program, some of which hold tests of their own.
fn parts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// What all tests have in common.
fn common() -> Vec<Function> {
    let of = |path: &PathBuf| helpers(&fs::read_to_string(path).unwrap()).collect::<Vec<_>>();
    sources(&tests().join("support")).iter().flat_map(of).collect()
}

/// The cases that tests below these folders bear and prove.
fn proven(folders: &[PathBuf]) -> BTreeSet<Case> {
    let common = common();
    let mut found = BTreeSet::new();
    for path in folders.iter().flat_map(|folder| sources(folder)) {
        for test in proving(&with_helpers(&path, &common)) {
            found.extend(cases(&test));
        }
    }
    found
}

fn missing(wanted: impl Iterator<Item = Case>, proven: &BTreeSet<Case>) -> Vec<String> {
    wanted
        .filter(|case| !proven.contains(case))
        .map(|(letter, number)| format!("{}{number}", letter.to_ascii_uppercase()))
        .collect()
}

#[test]
fn every_requirement_is_proven_by_keys_on_both_backends() {
    let wanted = REQUIREMENTS.into_iter().flatten().map(|number| ('r', number));
    let missing = missing(wanted, &proven(&[tests().join("requirements")]));
    assert!(missing.is_empty(), "without a test that proves it: {}", missing.join(" "));
}

#[test]
fn every_field_case_is_proven() {
    let wanted = FIELD.iter().flat_map(|(letter, numbers)| numbers.iter().map(|n| (*letter, *n)));
    let missing = missing(wanted, &proven(&[tests(), parts()]));
    assert!(missing.is_empty(), "without a test that proves it: {}", missing.join(" "));
}

#[test]
fn a_test_that_only_presses_keys_proves_nothing() {
    let planted = |proof: &str| {
        let test = format!("#[test]\nfn planted() {{\n    app.keys(\"! d\"){proof};\n}}\n");
        let mut all = functions(&test);
        all.extend(common());
        proving(&all).len()
    };
    assert_eq!(planted(""), 0);
    assert_eq!(planted(".sees(\"deleted\")"), 1);
}

#[test]
fn the_name_of_a_test_may_bear_several_numbers() {
    let found = |name| cases(name).collect::<Vec<_>>();
    assert_eq!(found("r018_r019_the_columns_say_when"), [('r', 18), ('r', 19)]);
    assert_eq!(found("a01_d04_nothing_is_lost"), [('a', 1), ('d', 4)]);
    assert_eq!(found("the_r018_is_no_number"), []);
    assert_eq!(found("r18_is_too_short"), []);
    assert_eq!(found("a_name"), []);
}
