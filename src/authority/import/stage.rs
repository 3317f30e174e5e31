//! An import in two steps, as a generate & export: values are drawn and kept aside as
//! hashes; once they are safe in their file, a job makes the tokens.

use std::collections::BTreeSet;

use super::item::{ImportItem, chunks};
use super::making::{Making, Standing};
use crate::authority::holders::Drawn;
use crate::authority::jobs::Frozen;
use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::job::{Work, check_file};
use crate::domain::{Change, Detail, FieldError, Refusal, Subject, TokenId, TokenValue};
use crate::store::CommitError;
use crate::text::thousands;
use crate::wire::{ImportKind, ImportPlan, ImportRow, ImportedValue, Run, StagedImport};

impl Authority {
    /// Draws the values of an import and records that they leave. Nothing else changes
    /// until it is activated. Refused as a whole where a row can't be made.
    pub fn stage_import(
        &self,
        caller: &Caller,
        plan: &ImportPlan,
        file: Option<&str>,
    ) -> Ruling<StagedImport> {
        let draws = plan.rows.iter().filter(|row| row.kind() == ImportKind::Drawn).count();
        let values = self.draw(draws)?;
        let (job, made) = self.decide(caller, Run::Real, |scene| {
            scene.operator.must_manage()?;
            check(file, draws)?;
            let (items, made) = items(self, scene, &plan.rows, &values)?;
            let title = title(&plan.rows, scene);
            let (work, total) = (Work::Import, items.len() as u64);
            let (file, chunks) = (file.map(str::to_owned), chunks(&items)?);
            let frozen = Frozen { plan: plan.id, work, title, total, chunks, file, tidies: true };
            let (job, mut changes) = self.set_aside(&frozen, scene)?;
            changes.extend(made.last().map(|(_, drawn)| Change::ReserveTokens(drawn.token)));
            if draws > 0 {
                let details = vec![Detail::Count { count: draws as u64 }];
                changes.push(Change::Record(scene.exported(Subject::Store, details)));
            }
            Ok((changes, (job, made)))
        })?;
        let row = |((row, drawn), value): ((Named, Drawn), TokenValue)| ImportedValue {
            line: row.line,
            name: row.name,
            account: row.account,
            token: drawn.token,
            value,
            expires_at: drawn.valid_to,
        };
        Ok(StagedImport { job, values: made.into_iter().zip(values).map(row).collect() })
    }
}

/// The rows for which a value was drawn.
type Made = Vec<(Named, Drawn)>;

/// What the file says of a row beside its value.
#[derive(Clone)]
struct Named {
    line: u64,
    name: String,
    account: String,
}

/// A file there must be where a value is drawn, and it has a name that may be shown.
fn check(file: Option<&str>, draws: usize) -> Result<(), Refusal> {
    match file {
        Some(file) => check_file(file).map_err(|error| Refusal::Invalid(vec![error])),
        None if draws > 0 => Err(Refusal::field("file", "Name the file of the new values")),
        None => Ok(()),
    }
}

fn items(
    authority: &Authority,
    scene: &Scene,
    rows: &[ImportRow],
    values: &[TokenValue],
) -> Ruling<(Vec<ImportItem>, Made)> {
    let first = scene.state.next_token_id()?.number();
    let mut making = Making::new(authority, scene);
    let (mut items, mut made, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let mut fresh = values.iter();
    for row in rows {
        let id = TokenId::new(first + made.len() as u64);
        let value = if row.kind() == ImportKind::Drawn { fresh.next() } else { None };
        let drawn = value.map(|value| Drawn::new(id, value, row.settings.valid_to));
        match stands(&mut making, row, drawn.as_ref(), id) {
            Ok(()) => {}
            Err(CommitError::Refused(refusal)) => errors.extend(at(row.line, refusal)),
            Err(error) => return Err(error),
        }
        let account = scene.catalogue.account_name(row.account);
        let named = Named { line: row.line, name: row.settings.name.clone(), account };
        made.extend(drawn.clone().map(|drawn| (named, drawn)));
        items.push(ImportItem { row: row.clone(), drawn });
    }
    if errors.is_empty() { Ok((items, made)) } else { Err(Refusal::Invalid(errors).into()) }
}

fn stands(making: &mut Making, row: &ImportRow, drawn: Option<&Drawn>, id: TokenId) -> Ruling<()> {
    match making.look(row)? {
        Standing::Exists(_) => Err(Refusal::field("name", "Name already in use").into()),
        Standing::New(draft, held) => {
            let credential = drawn.map(Drawn::credential).or(held);
            making.token((&draft, credential), id)?;
            Ok(())
        }
    }
}

/// A refusal, said at its line.
fn at(line: u64, refusal: Refusal) -> Vec<FieldError> {
    match refusal {
        Refusal::Invalid(errors) => errors
            .into_iter()
            .map(|error| FieldError::new(&format!("line {line}: {}", error.field), error.message))
            .collect(),
        other => vec![FieldError::new(&format!("line {line}"), other.to_string())],
    }
}

/// "120 tokens of Acme".
fn title(rows: &[ImportRow], scene: &Scene) -> String {
    let accounts: BTreeSet<_> = rows.iter().map(|row| row.account).collect();
    let tokens = match rows {
        [only] => return only.settings.name.clone(),
        rows => format!("{} tokens", thousands(rows.len())),
    };
    match accounts.iter().collect::<Vec<_>>().as_slice() {
        [account] => format!("{tokens} of {}", scene.catalogue.account_name(**account)),
        several => format!("{tokens} of {} accounts", several.len()),
    }
}
