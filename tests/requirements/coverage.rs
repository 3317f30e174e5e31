//! Every requirement has a test that bears its number.

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

/// All requirements but R114, which has no check.
const REQUIRED: [RangeInclusive<u16>; 2] = [1..=113, 115..=140];

/// The numbers in the name of a test: `r018_r019_the_columns` has two.
fn numbers(name: &str) -> impl Iterator<Item = u16> {
    name.split('_').map_while(|part| {
        let digits = part.strip_prefix('r').filter(|digits| digits.len() == 3)?;
        digits.parse().ok()
    })
}

/// The numbers of all tests in this folder.
fn tested() -> BTreeSet<u16> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/requirements");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines: Vec<_> = source.lines().map(str::trim).collect();
        for pair in lines.windows(2) {
            // A function that is no test proves nothing, whatever it is called.
            if let ("#[test]", Some(rest)) = (pair[0], pair[1].strip_prefix("fn ")) {
                found.extend(numbers(rest));
            }
        }
    }
    found
}

#[test]
fn every_requirement_has_a_test_that_bears_its_number() {
    let tested = tested();
    let missing: Vec<_> = REQUIRED
        .into_iter()
        .flatten()
        .filter(|number| !tested.contains(number))
        .map(|number| format!("R{number}"))
        .collect();
    assert!(missing.is_empty(), "without a test: {}", missing.join(" "));
}

#[test]
fn the_name_of_a_test_may_bear_several_numbers() {
    let found: Vec<_> = numbers("r018_r019_the_columns_say_when()").collect();
    assert_eq!(found, [18, 19]);
    assert_eq!(numbers("the_r018_is_no_number()").count(), 0);
}
