//! A filter that is there and says nothing, as an unset variable leaves it: no verb that
//! acts takes it for "all". The verbs and their flags are those of clap's own definition.

use clap::{Command, CommandFactory as _};
use tokendeck::cli::Cli;

use crate::support::Place;

/// The verbs that act on what filters find, or on what they are about, with what else
/// they need.
const ACTING: [(&[&str], &[&str]); 13] = [
    (&["token", "enable"], &[]),
    (&["token", "disable"], &[]),
    (&["token", "revoke"], &[]),
    (&["token", "delete"], &[]),
    (&["token", "regenerate"], &[]),
    (&["token", "hand-over"], &["--to", "account"]),
    (&["token", "revoke-all"], &[]),
    (&["user", "request"], &["carl"]),
    (&["user", "accept"], &["carl"]),
    (&["user", "cancel"], &["carl"]),
    (&["user", "remove"], &["carl"]),
    (&["user", "generate-export"], &["carl"]),
    (&["policy", "check"], &["--disable"]),
];

/// The other verbs: they read, or act on what is named one by one.
const OTHER: [&str; 54] = [
    "token list",
    "token show",
    "token report",
    "token value",
    "token create",
    "token edit",
    "token drop-old",
    "token import",
    "verify",
    "lookup",
    "audit list",
    "audit export",
    "audit follow",
    "audit verify",
    "user list",
    "user enable",
    "user disable",
    "catalog list",
    "catalog add account",
    "catalog add module",
    "catalog add scope",
    "catalog add group",
    "catalog add user",
    "catalog edit account",
    "catalog edit module",
    "catalog edit scope",
    "catalog edit group",
    "catalog edit user",
    "catalog remove",
    "catalog import",
    "catalog export",
    "job list",
    "job show",
    "job resume",
    "job stop",
    "job abandon",
    "operator create",
    "operator list",
    "operator revoke",
    "backend list",
    "backend test",
    "backend add",
    "backend edit",
    "backend remove",
    "store init",
    "store status",
    "store check",
    "store accept-clock",
    "store fill",
    "store backup",
    "store restore",
    "demo",
    "doctor",
    "man",
];

/// Verbs that are there with a feature only, or about the settings.
const MORE: [&str; 6] =
    ["serve", "config show", "config default", "config schema", "completions", "view list"];

/// Flags of acting verbs that are no filters.
const NO_FILTERS: [&str; 4] = ["export-dir", "expires", "overlap", "out"];

fn verbs(command: &Command, path: &[String], found: &mut Vec<(String, Command)>) {
    let below: Vec<_> = command.get_subcommands().filter(|one| one.get_name() != "help").collect();
    if below.is_empty() {
        found.push((path.join(" "), command.clone()));
    }
    for one in below {
        verbs(one, &[path, &[one.get_name().to_owned()]].concat(), found);
    }
}

fn all() -> Vec<(String, Command)> {
    let mut found = Vec::new();
    verbs(&Cli::command(), &[], &mut found);
    found
}

/// A flag that takes a text, and whether it takes several with commas.
fn filters(command: &Command) -> Vec<(String, bool)> {
    let taken = command.get_arguments().filter(|arg| arg.get_action().takes_values());
    taken
        .filter_map(|arg| Some((arg.get_long()?.to_owned(), arg.get_value_delimiter().is_some())))
        .filter(|(name, _)| !NO_FILTERS.contains(&name.as_str()))
        .collect()
}

#[test]
fn a01_every_verb_is_one_that_acts_by_filters_or_one_that_does_not() {
    let acting: Vec<_> = ACTING.iter().map(|(verb, _)| verb.join(" ")).collect();
    for (verb, _) in all() {
        let known = acting.contains(&verb)
            || OTHER.contains(&verb.as_str())
            || MORE.contains(&verb.as_str());
        assert!(known, "'{verb}' is in no table: does it act on what filters find?");
    }
}

#[test]
fn a01_no_acting_verb_takes_a_blank_filter_for_all() {
    let place = Place::example();
    let head = place.head();
    let verbs = all();
    for (verb, needs) in ACTING {
        let name = verb.join(" ");
        let (_, command) = verbs.iter().find(|(known, _)| *known == name).expect("a verb of clap");
        let flags = filters(command);
        assert!(flags.len() > 1, "{name} has filters");
        for (flag, several) in flags {
            let mut blanks = vec!["", "  ", "\t\u{a0}\u{3000}"];
            if flag == "guid" {
                blanks.extend(["-", " --"]);
            }
            if several {
                blanks.extend([",", "Catalog,", ", active"]);
            }
            // `revoke-all` takes one of its two flags only.
            let beside: &[&str] = match (name.as_str(), flag.as_str()) {
                ("token revoke-all", _) => &[],
                (_, "account") => &["--module", "Catalog"],
                _ => &["--account", "Acme"],
            };
            for blank in blanks {
                let given = format!("--{flag}={blank}");
                for more in [&[][..], beside, &["--dry-run"]] {
                    let line = [verb, needs, more, &[&given, "--yes"]].concat();
                    let ran = place.run(&line);
                    assert_eq!(ran.code, 2, "{line:?}: {}{}", ran.out, ran.err);
                    assert!(ran.err.contains(&format!("--{flag}")), "{line:?}: {}", ran.err);
                }
            }
        }
    }
    assert_eq!(place.head(), head, "nothing was done");
}

#[test]
fn a01_an_unset_variable_acts_on_nothing() {
    let place = Place::example();
    let head = place.head();
    let unset = ["token", "disable", "--account", "Acme", "--search", "", "--yes"];
    assert!(place.run(&unset).ends(2).err.contains("--search is blank"));
    // As a shell hands it over without quotes: the flag behind it is no text.
    let swallowed = ["token", "disable", "--account", "Acme", "--search", "--yes"];
    assert!(place.run(&swallowed).ends(2).err.contains("--search"));
    for named in [&["token", "revoke", "", "--yes"][..], &["user", "remove", "carl", "", "--yes"]] {
        assert!(place.run(named).ends(2).err.contains("is blank"), "{named:?}");
    }
    assert_eq!(place.head(), head);
    assert_eq!(place.json(&["token", "list", "--search", "", "--guid", ""])["total"], 21);
}

#[test]
fn a01_every_status_at_once_is_no_filter() {
    let place = Place::example();
    let head = place.head();
    let shown = "active,scheduled,pending,disabled,expired,revoked";
    let every = format!("{shown},deleted");
    for statuses in ["all", "ALL", "active,inactive", shown, &every, "all,active", "revoked,all"] {
        for verb in ["enable", "disable", "revoke", "delete"] {
            let line = ["token", verb, "--status", statuses, "--yes"];
            let err = place.run(&line).ends(2).err;
            assert!(err.contains("which tokens?"), "{line:?}: {err}");
            place.run(&[&line[..], &["--dry-run"]].concat()).ends(2);
        }
    }
    assert_eq!(place.head(), head);
    // Beside a filter it narrows nothing, and does no harm.
    let acme = ["token", "disable", "--account", "Acme", "--dry-run"];
    let with = [&acme[..], &["--status", "all"]].concat();
    assert_eq!(place.json(&acme)["count"], place.json(&with)["count"]);
    assert_eq!(place.json(&["token", "list", "--status", "all"])["total"], 21);
}
