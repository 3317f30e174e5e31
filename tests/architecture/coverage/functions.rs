//! The functions of a source as `rustfmt` lays them out: name, body, and whether they
//! are tests that run. It reads text, for a test must be found by the name it has.

use std::collections::BTreeSet;

/// What fails where something is not as it should be. A `panic!` is none: helpers have one
/// for a program that hangs.
const PROOFS: [&str; 3] = ["assert", "unwrap_err(", "expect_err("];

/// A function of a source.
#[derive(Debug, Clone)]
pub(super) struct Function {
    name: String,
    body: String,
    /// It bears `#[test]` or one of its kin, and nothing keeps it from running.
    pub(super) is_test: bool,
}

/// The name of a function that this line begins.
fn name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let words = ["pub(crate) ", "pub(super) ", "pub ", "const ", "async "]
        .iter()
        .fold(words, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let rest = words.strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

/// Those of a source, in its order.
pub(super) fn functions(source: &str) -> Vec<Function> {
    let mut found = Vec::new();
    let mut attributes: Vec<&str> = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let words = line.trim_start();
        if words.starts_with("#[") {
            attributes.push(words);
        } else if let Some(name) = name(line) {
            let indent = &line[..line.len() - words.len()];
            let end = format!("{indent}}}");
            let whole = line.ends_with('}') || line.ends_with(';');
            let body: Vec<_> = if whole {
                vec![line.split_once('{').map_or("", |(_, body)| body)]
            } else {
                lines.by_ref().take_while(|line| *line != end).collect()
            };
            let code = body.iter().map(|line| line.split("//").next().unwrap_or_default());
            found.push(Function {
                name: name.to_owned(),
                body: code.collect::<Vec<_>>().join("\n"),
                is_test: attributes.iter().any(|a| is_test(a))
                    && !attributes.iter().any(|a| a.starts_with("#[ignore")),
            });
            attributes.clear();
        } else if !words.starts_with("//") {
            attributes.clear();
        }
    }
    found
}

fn is_test(attribute: &str) -> bool {
    ["#[test]", "#[tokio::test"].iter().any(|kind| attribute.starts_with(kind))
}

/// Whether a body calls a function or method of one of these names.
fn calls(body: &str, names: &BTreeSet<String>) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    body.match_indices('(').any(|(at, _)| {
        let before = &body[..at];
        let start = before.rfind(|c| !word(c)).map_or(0, |found| found + 1);
        names.contains(&before[start..])
    })
}

/// The names of the tests that can fail: by a proof of their own, or by a function that
/// has one.
pub(super) fn proving(all: &[Function]) -> BTreeSet<String> {
    let by_itself = |function: &&Function| PROOFS.iter().any(|proof| function.body.contains(proof));
    let mut names: BTreeSet<_> = all.iter().filter(by_itself).map(|f| f.name.clone()).collect();
    loop {
        let more: Vec<_> = all
            .iter()
            .filter(|function| !names.contains(&function.name) && calls(&function.body, &names))
            .map(|function| function.name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        names.extend(more);
    }
    let tests = all.iter().filter(|function| function.is_test);
    tests.map(|function| function.name.clone()).filter(|name| names.contains(name)).collect()
}

#[test]
fn a_test_that_proves_nothing_is_no_test() {
    let source = "\
#[test]
fn by_itself() {
    assert!(true);
}

fn helper() {
    assert_eq!(1, 1);
}

#[test]
#[cfg(unix)]
fn by_a_helper() {
    helper();
}

#[test]
fn empty() {}

#[test]
fn only_talks() {
    // assert!(false)
    println(\"helper\");
}

#[test]
#[ignore = \"not run\"]
fn left_out() {
    assert!(true);
}
";
    let proven: Vec<_> = proving(&functions(source)).into_iter().collect();
    assert_eq!(proven, ["by_a_helper", "by_itself"]);
}
