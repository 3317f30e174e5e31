//! A process that is killed in the middle of the steps to a newer schema, after each of
//! their statements: the store is what it was, and the next one takes the steps.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use tokendeck::store::Store;
use tokendeck::store::sqlite::{STEPS, SchemaStep, SqliteOptions, SqliteStore};

use crate::migration::{ITS_HEAD, of_schema_4};
use crate::support::shell;

const PLACE: &str = "TOKENDECK_TEST_STORE";
const CUT: &str = "TOKENDECK_TEST_CUT";

/// The statements of a step. A trigger holds others.
fn statements(sql: &str) -> Vec<String> {
    let (mut all, mut statement) = (vec![], String::new());
    for line in sql.lines().filter(|line| !line.trim_start().starts_with("--")) {
        statement.push_str(line);
        statement.push('\n');
        let is_trigger = statement.trim_start().starts_with("CREATE TRIGGER");
        let end = if is_trigger { "END;" } else { ";" };
        if line.trim_end().ends_with(end) {
            all.push(std::mem::take(&mut statement));
        }
    }
    all
}

fn die(_: &Connection) -> rusqlite::Result<()> {
    std::process::abort()
}

fn die_at_the_end(db: &Connection) -> rusqlite::Result<()> {
    STEPS.last().map_or(Ok(()), |step| (step.then)(db))?;
    std::process::abort()
}

#[test]
#[ignore = "a part of the test below, which runs it in a process of its own"]
fn takes_so_many_statements_and_dies() {
    let path = PathBuf::from(std::env::var_os(PLACE).unwrap());
    let cut: usize = std::env::var(CUT).unwrap().parse().unwrap();
    let (last, before) = STEPS.split_last().unwrap();
    let all = statements(last.sql);
    let sql: String = all.iter().take(cut).map(String::as_str).collect();
    let then = if cut > all.len() { die_at_the_end } else { die };
    let step = SchemaStep { to: last.to, sql: Box::leak(sql.into_boxed_str()), then };
    let steps: Vec<SchemaStep> = before.iter().copied().chain([step]).collect();
    let options =
        SqliteOptions { steps: Box::leak(steps.into_boxed_slice()), ..SqliteOptions::default() };
    drop(SqliteStore::open_with(&path, options));
}

fn killed_after(statements: usize, path: &Path) {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "cut_short::takes_so_many_statements_and_dies", "--ignored"])
        .env(PLACE, path)
        .env(CUT, statements.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), None, "it was to be killed after {statements} statements");
}

#[test]
fn a_migration_killed_after_any_of_its_statements_leaves_the_store_as_it_was() {
    let all = statements(STEPS.last().unwrap().sql).len();
    assert!(all > 20, "{all}");
    for cut in 0..=all + 1 {
        let (_folder, path) = of_schema_4();
        killed_after(cut, &path);
        let left = shell(&path);
        let found: (u32, String) = left
            .query_row(
                "SELECT user_version, lower(hex(hash)) FROM pragma_user_version, head",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!((found.0, found.1.as_str()), (4, ITS_HEAD), "after {cut} statements");
        drop(left);
        let store = SqliteStore::open(&path).unwrap();
        let problems = store.check().unwrap().into_iter().filter_map(|finding| finding.problem);
        assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new(), "after {cut} statements");
        assert_eq!(store.verify_events().unwrap().events, 28);
    }
}
