//! Writes the changes of one commit with their events, in the transaction of the
//! caller. Decides nothing: the rules were asked before.

use rusqlite::Connection;

use super::catalogue;
use super::events;
use super::failure::{Stop, taken};
use super::{jobs, sight, sign_in, token_write, tombstones, uses};
use crate::domain::event::{RecordSight, SeenBy};
use crate::domain::{Change, EntryId, NewEvent, Subject};
use crate::store::Commit;

/// What was written.
pub(super) struct WrittenCommit {
    /// As the caller is told.
    pub(super) commit: Commit,
    /// Whether something sealed was erased.
    pub(super) erased: bool,
}

/// Writes them all, or leaves it to the caller to roll back.
pub(super) fn write(db: &Connection, changes: &[Change]) -> Result<WrittenCommit, Stop> {
    let mut end = events::end(db)?;
    let (mut erased, mut jobs_changed) = (false, false);
    for change in changes {
        // Before and after: a removal takes it out of sight, and an edit may too.
        let subject = change.events().first().map(|event| event.subject);
        let before = seen(db, subject)?;
        let told = match change {
            Change::Token(change) => {
                if change.events.is_empty() {
                    return Err(Stop::Fault(format!("no event tells of {}", change.token.id)));
                }
                erased |= token_write::apply(db, change)?;
                change.events.as_slice()
            }
            Change::Job(change) => {
                jobs::apply(db, change)?;
                jobs_changed = true;
                &[]
            }
            Change::ReserveTokens(id) => {
                token_write::reserve(db, *id)?;
                &[]
            }
            Change::Clock(time, event) => {
                end.head.uses = uses::correct(db, *time)?;
                end.head.clock_mark = Some(*time);
                std::slice::from_ref(event)
            }
            Change::Draw(token, credential) => {
                token_write::draw(db, *token, credential)?;
                &[]
            }
            Change::Forget(guid) => {
                erased |= token_write::forget(db, *guid)?;
                &[]
            }
            other => std::slice::from_ref(entry(db, other)?),
        };
        let sights: Vec<_> = before.into_iter().chain(seen(db, subject)?).collect();
        let seen = SeenBy::new(&sights);
        for event in told {
            end.append(db, event, &seen)?;
        }
    }
    if jobs_changed {
        end.head.jobs += 1;
    }
    if !changes.is_empty() {
        end.store(db)?;
    }
    Ok(WrittenCommit { commit: Commit { head: end.head, changes: changes.len() }, erased })
}

fn seen(db: &Connection, subject: Option<Subject>) -> Result<Option<RecordSight>, Stop> {
    Ok(subject.map(|subject| sight::of(db, subject)).transpose()?.flatten())
}

/// Writes a change of the catalogue and returns its event.
fn entry<'c>(db: &Connection, change: &'c Change) -> Result<&'c NewEvent, Stop> {
    let event = match change {
        Change::Token(_)
        | Change::Job(_)
        | Change::ReserveTokens(_)
        | Change::Draw(..)
        | Change::Forget(_)
        | Change::Clock(..) => {
            return Err(Stop::Fault("it is no entry of the catalogue".to_owned()));
        }
        Change::Account(account, event) => {
            catalogue::put_account(db, account)?;
            event
        }
        Change::User(user, event) => {
            catalogue::put_user(db, user)
                .map_err(|error| taken(error, "login", "Login already in use"))?;
            event
        }
        Change::Module(module, event) => {
            catalogue::put_module(db, module)?;
            event
        }
        Change::Scope(scope, event) => {
            catalogue::put_scope(db, scope)?;
            event
        }
        Change::Group(group, event) => {
            catalogue::put_group(db, group)?;
            event
        }
        Change::RemoveUser(id, event) => {
            remove(db, EntryId::User(*id), event)?;
            event
        }
        Change::RemoveModule(id, event) => {
            remove(db, EntryId::Module(*id), event)?;
            event
        }
        Change::RemoveScope(id, event) => {
            remove(db, EntryId::Scope(*id), event)?;
            event
        }
        Change::RemoveGroup(id, event) => {
            remove(db, EntryId::Group(*id), event)?;
            event
        }
        Change::OperatorCredential(credential, event) => {
            sign_in::put(db, credential)?;
            event
        }
        Change::Record(event) => event,
    };
    Ok(event)
}

/// Removes an entry; its names stay.
fn remove(db: &Connection, entry: EntryId, event: &NewEvent) -> Result<(), Stop> {
    tombstones::keep(db, entry, event)?;
    Ok(catalogue::remove(db, entry)?)
}
