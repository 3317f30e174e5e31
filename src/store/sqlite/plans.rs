//! How `SQLite` means to answer the statements that are asked often: by key, never
//! by walking a table.

use rusqlite::{Connection, Result};

use super::{events, jobs, migrate, names, reader, token_write, tokens, uses};
use crate::domain::{Subject, TokenId, UserId};
use crate::store::{EventFilter, LogOrder};

fn empty_store() -> Result<Connection> {
    let db = Connection::open_in_memory()?;
    for step in migrate::STEPS {
        step.make(&db)?;
    }
    Ok(db)
}

fn plan(db: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let values = rusqlite::params_from_iter(std::iter::repeat_n(1, plan.parameter_count()));
    plan.query_map(values, |row| row.get(3))?.collect()
}

/// The steps that walk all rows of a table or index. The list of ids that was
/// asked for is walked, of course.
fn walks(db: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut steps = plan(db, sql)?;
    steps.retain(|step| step.contains("SCAN") && !step.contains("SCAN json_each"));
    Ok(steps)
}

fn sorts(db: &Connection, sql: &str) -> Result<bool> {
    Ok(plan(db, sql)?.iter().any(|step| step.contains("TEMP B-TREE")))
}

#[test]
fn a_token_is_found_by_guid_name_and_id_without_walking_a_table() -> Result<()> {
    let db = empty_store()?;
    let by_ids = tokens::Which::Ids(&[TokenId::new(1)]);
    let statements = [
        reader::BY_GUID.to_owned(),
        reader::BY_NAME.to_owned(),
        reader::BY_OWNER.to_owned(),
        names::ALIKE.to_owned(),
        tokens::statement(tokens::RECORDS, "id", by_ids),
        tokens::statement(tokens::ACCESS, "token", by_ids),
        tokens::statement(tokens::GROUPS, "token", by_ids),
        tokens::statement(tokens::SCOPES, "token", by_ids),
        token_write::ERASE.to_owned(),
        uses::AFTER.to_owned(),
        jobs::NEWEST.to_owned(),
        jobs::CHUNK.to_owned(),
        jobs::of_plan_statement(),
    ];
    for sql in statements {
        assert_eq!(walks(&db, &sql)?, Vec::<String>::new(), "{sql}");
    }
    Ok(())
}

#[test]
fn all_tokens_are_read_in_one_walk_each_without_sorting() -> Result<()> {
    let db = empty_store()?;
    for (select, key) in [
        (tokens::RECORDS, "id"),
        (tokens::ACCESS, "token"),
        (tokens::GROUPS, "token"),
        (tokens::SCOPES, "token"),
    ] {
        let sql = tokens::statement(select, key, tokens::Which::All);
        assert_eq!(walks(&db, &sql)?.len(), 1, "{sql}");
        assert!(!sorts(&db, &sql)?, "{sql}");
    }
    Ok(())
}

#[test]
fn events_of_a_subject_or_user_are_found_in_order_by_an_index() -> Result<()> {
    let db = empty_store()?;
    let of_token =
        EventFilter { subject: Some(Subject::Token(TokenId::new(1))), ..EventFilter::default() };
    let by_user = EventFilter { by: Some(UserId::new(1)), ..EventFilter::default() };
    let since = EventFilter {
        since: Some(crate::domain::Time::UNIX_EPOCH),
        until: Some(crate::domain::Time::UNIX_EPOCH),
        actions: [crate::domain::EventAction::Revoked].into(),
        before: Some(9),
        ..EventFilter::default()
    };
    for filter in [of_token, by_user, since, EventFilter::default()] {
        for order in [LogOrder::Ascending, LogOrder::Descending] {
            let (condition, _) = events::condition(&filter)?;
            let sql = events::select(&condition, order);
            assert_eq!(walks(&db, &sql)?, Vec::<String>::new(), "{sql}");
            assert!(!sorts(&db, &sql)?, "{sql}");
        }
    }
    Ok(())
}

#[test]
fn a_walk_is_noticed() -> Result<()> {
    let db = empty_store()?;
    assert_eq!(walks(&db, "SELECT * FROM token WHERE description = 'x'")?, ["SCAN token"]);
    assert!(sorts(&db, "SELECT * FROM token ORDER BY description")?);
    Ok(())
}
