//! Jobs and the chunks of their plans. Knows no rule: which chunk is next and who
//! may work on a job was decided before.

use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, params};

use super::codec::{guid_or_none, millis, number, time, time_or_none, unsigned, word};
use super::failure::Stop;
use crate::domain::job::Work;
use crate::domain::{
    GivenReason, Guid, JobChange, JobChunk, JobId, JobRecord, Lease, Tally, UserId,
};

/// The first id a store gives to a job.
const FIRST: u64 = 1_0001;

pub(super) const NEWEST: &str = "SELECT max(id) FROM job";
pub(super) const CHUNK: &str = "SELECT plan, outcome FROM job_chunk WHERE job = ?1 AND place = ?2";
const COLUMNS: &str = "id, kind, verb, title, made_by, made_at, stage, total, chunks, next, done, \
                       skipped, failed, runner, lease_until, file, digest, ended_at, plan, reason";

/// Makes the change true.
pub(super) fn apply(db: &Connection, change: &JobChange) -> std::result::Result<(), Stop> {
    match change {
        JobChange::Put(record) => put(db, record)?,
        JobChange::Plan { job, place, plan } => {
            let sql = "INSERT INTO job_chunk (job, place, plan) VALUES (?1, ?2, ?3)";
            let job = number(job.number())?;
            db.prepare_cached(sql)?.execute(params![job, place, plan])?;
        }
        JobChange::Outcome { job, place, outcome } => {
            let sql = "UPDATE job_chunk SET outcome = ?3 WHERE job = ?1 AND place = ?2";
            let id = number(job.number())?;
            if db.prepare_cached(sql)?.execute(params![id, place, outcome])? != 1 {
                return Err(Stop::Fault(format!("{job} has no chunk {place}")));
            }
        }
        JobChange::Prune { keep, before } => {
            let sql = "DELETE FROM job_chunk WHERE job IN (SELECT id FROM
                         (SELECT id, ended_at,
                            row_number() OVER (PARTITION BY made_by ORDER BY id DESC) AS place
                          FROM job WHERE ended_at IS NOT NULL
                            AND id IN (SELECT job FROM job_chunk))
                       WHERE place > ?1 OR ended_at < ?2)";
            db.prepare_cached(sql)?.execute(params![keep, millis(*before)])?;
        }
    }
    Ok(())
}

fn put(db: &Connection, record: &JobRecord) -> Result<()> {
    let sql = "INSERT INTO job (id, kind, verb, title, made_by, made_at, stage, total, chunks,
                 next, done, skipped, failed, runner, lease_until, file, digest, ended_at, plan,
                 reason)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                 ?17, ?18, ?19, ?20)
               ON CONFLICT (id) DO UPDATE SET title = ?4, stage = ?7, next = ?10, done = ?11,
                 skipped = ?12, failed = ?13, runner = ?14, lease_until = ?15, file = ?16,
                 ended_at = ?18";
    let (kind, verb) = match record.work {
        Work::Tokens(verb) => ("tokens", verb.to_string()),
        Work::Holders(verb) => ("holders", verb.to_string()),
        Work::Import => ("import", String::new()),
    };
    db.prepare_cached(sql)?.execute(params![
        number(record.id.number())?,
        kind,
        verb,
        record.title,
        number(record.by.number())?,
        millis(record.made_at),
        record.stage.to_string(),
        number(record.total)?,
        record.chunks,
        record.next,
        number(record.tally.done)?,
        number(record.tally.skipped)?,
        number(record.tally.failed)?,
        record.lease.as_ref().map(|lease| lease.runner),
        record.lease.as_ref().map(|lease| millis(lease.until)),
        record.file,
        record.digest,
        record.ended_at.map(millis),
        record.plan.map(|guid| *guid.as_bytes()),
        record.reason.as_ref().map(GivenReason::as_str),
    ])?;
    Ok(())
}

/// One job.
pub(super) fn one(db: &Connection, id: JobId) -> Result<Option<JobRecord>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM job WHERE id = ?1"))?
        .query_row([number(id.number())?], record)
        .optional()
}

/// The statement that finds the jobs of a plan.
pub(super) fn of_plan_statement() -> String {
    format!("SELECT {COLUMNS} FROM job WHERE plan = ?1 ORDER BY id")
}

/// The jobs of a plan; more than one only where several users started it.
pub(super) fn of_plan(db: &Connection, plan: Guid) -> Result<Vec<JobRecord>> {
    db.prepare_cached(&of_plan_statement())?.query_map([plan.as_bytes()], record)?.collect()
}

/// The statement that finds jobs: all that are not over, and the newest others.
pub(super) fn statement() -> String {
    let by = "(?1 IS NULL OR made_by = ?1)";
    format!(
        "SELECT {COLUMNS} FROM job WHERE id IN
           (SELECT id FROM job WHERE ended_at IS NULL AND {by}
            UNION ALL SELECT id FROM
              (SELECT id FROM job WHERE ended_at IS NOT NULL AND {by}
               ORDER BY id DESC LIMIT ?2))
         ORDER BY id DESC"
    )
}

/// Jobs that are not over and the newest of the others, the newest first.
pub(super) fn list(db: &Connection, by: Option<UserId>, ended: usize) -> Result<Vec<JobRecord>> {
    let by = super::codec::optional(by.map(UserId::number))?;
    let ended = i64::try_from(ended).unwrap_or(i64::MAX);
    db.prepare_cached(&statement())?.query_map(params![by, ended], record)?.collect()
}

/// One chunk of a job.
pub(super) fn chunk(db: &Connection, id: JobId, place: u32) -> Result<Option<JobChunk>> {
    db.prepare_cached(CHUNK)?
        .query_row(params![number(id.number())?, place], |row| {
            Ok(JobChunk { plan: row.get(0)?, outcome: row.get(1)? })
        })
        .optional()
}

/// The id of the next job. Records are never removed, so it never was another's.
pub(super) fn next_id(db: &Connection) -> Result<JobId> {
    let newest: Option<u64> =
        db.prepare_cached(NEWEST)?.query_row([], |row| super::codec::unsigned_or_none(row, 0))?;
    Ok(JobId::new(newest.map_or(FIRST, |id| FIRST.max(id + 1))))
}

fn record(row: &Row<'_>) -> Result<JobRecord> {
    let lease = match (row.get(13)?, time_or_none(row, 14)?) {
        (Some(runner), Some(until)) => Some(Lease { runner, until }),
        _ => None,
    };
    Ok(JobRecord {
        id: JobId::new(unsigned(row, 0)?),
        work: work(row)?,
        title: row.get(3)?,
        by: UserId::new(unsigned(row, 4)?),
        made_at: time(row, 5)?,
        stage: word(row, 6)?,
        total: unsigned(row, 7)?,
        chunks: row.get(8)?,
        next: row.get(9)?,
        tally: Tally {
            done: unsigned(row, 10)?,
            skipped: unsigned(row, 11)?,
            failed: unsigned(row, 12)?,
        },
        lease,
        file: row.get(15)?,
        digest: row.get(16)?,
        ended_at: time_or_none(row, 17)?,
        plan: guid_or_none(row, 18)?,
        // What was checked when it was written is no reason to refuse the job.
        reason: row.get::<_, Option<String>>(19)?.and_then(|text| GivenReason::of(&text).ok()),
    })
}

fn work(row: &Row<'_>) -> Result<Work> {
    match row.get_ref(1)?.as_str()? {
        "tokens" => word(row, 2).map(Work::Tokens),
        "holders" => word(row, 2).map(Work::Holders),
        "import" => Ok(Work::Import),
        _ => Err(Error::FromSqlConversionFailure(1, Type::Text, FromSqlError::InvalidType.into())),
    }
}
