//! Every block of the papers, run word by word on a machine with nothing but the program,
//! so that whoever copies one gets what the paper promises.
//!
//! A block of `sh` or `console` is run, in the order of the paper. One of `sh parsed` needs
//! what no test may have, a system's own services or another machine, and is only parsed.
//! In `console`, what stands under a `$` line is what it prints, `...` is anything, and
//! `# exit 1` how it ends. Whatever else is in a block is no command.

use std::fs;
use std::io::Write as _;

use super::machine::Machine;
use super::path;

/// Where a paper starts anew with an empty machine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Anew {
    /// At each chapter, as people open the README at the one they need.
    EachChapter,
    /// At its beginning only: it is read through.
    Once,
}

const PAPERS: &[(&str, Anew)] = &[
    ("README.md", Anew::EachChapter),
    ("docs/architecture.md", Anew::Once),
    ("docs/build.md", Anew::Once),
    ("docs/queries.md", Anew::Once),
    ("docs/scripts.md", Anew::Once),
    ("docs/security.md", Anew::Once),
    ("docs/server.md", Anew::Once),
    ("CHANGELOG.md", Anew::Once),
];

/// Languages of blocks that hold no command of ours.
const OTHERS: &[&str] = &["ini", "nginx", "rust", "text", "toml", "json"];

/// What stands between two fences.
struct Block {
    /// "README.md:120", to find it.
    place: String,
    chapter: usize,
    language: String,
    lines: Vec<String>,
}

fn blocks(name: &str) -> Vec<Block> {
    let text = fs::read_to_string(path(name)).unwrap();
    let (mut blocks, mut open) = (Vec::new(), None::<Block>);
    let mut chapter = 0;
    for (line, number) in text.lines().zip(1..) {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(language)) => {
                let (place, language) = (format!("{name}:{number}"), language.trim().to_owned());
                open = Some(Block { place, chapter, language, lines: vec![] });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.lines.push(line.to_owned()),
            (None, None) => chapter += usize::from(line.starts_with("## ")),
        }
    }
    assert!(open.is_none(), "{name} ends within a block");
    blocks
}

/// A command of a block.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    command: String,
    /// What it prints; none where the paper does not say.
    prints: Vec<String>,
    exit: i32,
}

impl Step {
    fn of(command: String) -> Self {
        let exit = command.rsplit_once("# exit ").and_then(|(_, code)| code.trim().parse().ok());
        Self { command, prints: vec![], exit: exit.unwrap_or(0) }
    }
}

/// The commands of a block, those over several lines in one.
fn steps(block: &Block) -> Vec<Step> {
    let console = block.language == "console";
    let (mut steps, mut begun) = (Vec::<Step>::new(), String::new());
    for line in &block.lines {
        let command = if !begun.is_empty() || !console {
            Some(line.as_str())
        } else {
            line.strip_prefix("$ ")
        };
        let Some(command) = command else {
            let place = &block.place;
            let step = steps.last_mut();
            let step = step.unwrap_or_else(|| panic!("{place}: '{line}' stands under no command"));
            step.prints.push(line.clone());
            continue;
        };
        begun.push_str(command);
        if command.ends_with('\\') {
            begun.push('\n');
            continue;
        }
        let whole = std::mem::take(&mut begun);
        if !whole.trim().is_empty() && !whole.trim_start().starts_with('#') {
            steps.push(Step::of(whole));
        }
    }
    assert!(begun.is_empty(), "{}: ends within a command", block.place);
    steps
}

/// Whether a line is as the paper shows it, where `...` is anything.
fn fits(shown: &str, printed: &str) -> bool {
    let mut parts = shown.split("...");
    let Some(mut rest) = parts.next().and_then(|first| printed.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<_> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Whether what follows in a paper can be run as well.
#[derive(PartialEq, Eq)]
enum Went {
    Well,
    /// The machine lacks a tool of the block's.
    NoFurther,
}

fn run(machine: &mut Machine, block: &Block) -> Went {
    for step in steps(block) {
        let place = format!("{}: {}", block.place, step.command);
        let ran = machine.run(&step.command);
        if ran.exit == 127 && !step.command.starts_with("tokendeck") {
            let said = writeln!(std::io::stderr(), "!! NOT TESTED, not on this machine: {place}");
            said.unwrap();
            return Went::NoFurther;
        }
        assert_eq!(ran.exit, step.exit, "{place}\n{}{}", ran.out, ran.err);
        if step.prints.is_empty() {
            continue;
        }
        let printed: Vec<_> = ran.out.lines().map(str::trim_end).collect();
        let same = printed.len() == step.prints.len()
            && step.prints.iter().zip(&printed).all(|(shown, printed)| fits(shown, printed));
        assert!(
            same,
            "{place}\nthe paper shows {:#?}\nit prints {printed:#?}\n{}",
            step.prints, ran.err
        );
    }
    Went::Well
}

/// Runs a paper; how many blocks that were.
fn run_paper(name: &str, anew: Anew) -> usize {
    let blocks = blocks(name);
    let blocks: Vec<_> = blocks.iter().filter(|block| is_run(block)).collect();
    let mut machine: Option<Machine> = None;
    let mut chapter = 0;
    for block in &blocks {
        if block.chapter != chapter {
            machine.iter_mut().for_each(Machine::stop_server);
            machine = machine.filter(|_| anew == Anew::Once);
        }
        chapter = block.chapter;
        if run(machine.get_or_insert_with(Machine::empty), block) == Went::NoFurther {
            break;
        }
    }
    machine.iter_mut().for_each(Machine::stop_server);
    blocks.len()
}

fn is_run(block: &Block) -> bool {
    matches!(block.language.as_str(), "sh" | "console")
}

#[test]
fn a25_every_block_is_run_or_says_that_it_is_not() {
    for (name, _) in PAPERS {
        for block in blocks(name) {
            let parsed = block.language == "sh parsed";
            let known = is_run(&block) || parsed || OTHERS.contains(&block.language.as_str());
            assert!(known, "{}: what is '{}'?", block.place, block.language);
            if parsed {
                Machine::parses(&block.lines.join("\n"), &block.place);
            }
        }
    }
    let known: Vec<_> = PAPERS.iter().map(|(name, _)| path(name)).collect();
    let here = [path("."), path("docs")].map(|folder| fs::read_dir(folder).unwrap());
    for found in here.into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if found.extension().is_some_and(|ending| ending == "md") {
            let held = known.iter().any(|path| path.file_name() == found.file_name());
            assert!(held, "{} is in no test", found.display());
        }
    }
}

#[test]
fn a25_every_block_runs_word_by_word_from_an_empty_machine() {
    let ran: usize = PAPERS.iter().map(|(name, anew)| run_paper(name, *anew)).sum();
    assert!(ran >= 10, "only {ran} blocks were found to run");
}

#[test]
fn this_test_notices_a_block_that_does_not_do_what_it_shows() {
    let block = |lines: &[&str]| Block {
        place: "here:1".to_owned(),
        chapter: 0,
        language: "console".to_owned(),
        lines: lines.iter().map(|&line| line.to_owned()).collect(),
    };
    let right: &[&[&str]] = &[
        &["$ echo a; \\", "echo b", "a", "b"],
        &["$ WHERE=$PWD", "$ cd /; echo \"$WHERE\" | grep -c .", "1"],
        &["$ echo tdk_abc_def", "tdk_..._def"],
        &["$ false    # exit 1", "$ tokendeck --version"],
        &["# a word to the reader"][..0],
    ];
    let mut machine = Machine::empty();
    for lines in right {
        assert!(run(&mut machine, &block(lines)) == Went::Well);
    }
    let wrong: &[&[&str]] =
        &[&["$ false"], &["$ true # exit 1"], &["$ echo a", "b"], &["$ printf 'a\\nb\\n'", "a"]];
    for lines in wrong {
        let block = block(lines);
        let tried =
            std::panic::AssertUnwindSafe(|| run(&mut Machine::empty(), &block) == Went::Well);
        assert!(std::panic::catch_unwind(tried).is_err(), "{lines:?}");
    }
    assert!(fits("a...c", "abc") && fits("...", "") && !fits("a...c", "ab") && !fits("a", "ab"));
}
