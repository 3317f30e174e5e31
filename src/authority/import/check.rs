//! What would come of each row of a file. Nothing is changed.

use super::making::{Making, Standing};
use crate::authority::{Answer, Authority, Caller};
use crate::domain::{Credential, FieldError, Guid, Refusal, TokenId, ValueHash, name};
use crate::store::CommitError;
use crate::wire::{CheckedRow, HeldValue, ImportCheck, ImportKind, ImportRow, Verdict};

impl Authority {
    /// Looks at every row as if it were made now. What is wrong with one is told with it.
    pub fn check_import(&self, caller: &Caller, rows: &[ImportRow]) -> Answer<ImportCheck> {
        self.glance(caller, |scene| {
            scene.operator.must_manage()?;
            must_fit(rows)?;
            let mut making = Making::new(self, scene);
            let mut checked = Vec::with_capacity(rows.len());
            for row in rows {
                let verdict = match verdict(&mut making, row) {
                    Ok(verdict) => verdict,
                    Err(CommitError::Refused(refusal)) => Verdict::Refused { refusal },
                    Err(error) => return Err(error),
                };
                checked.push(CheckedRow { line: row.line, verdict });
            }
            Ok(ImportCheck { id: self.propose_guid()?, rows: checked })
        })
    }
}

/// Refuses texts that no field takes, whatever else is so: whoever sends a file looks at
/// those first.
fn must_fit(rows: &[ImportRow]) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for row in rows {
        let texts = [
            ("name", &row.settings.name, 1..=name::MAX_NAME),
            ("description", &row.settings.description, 0..=name::MAX_DESCRIPTION),
        ];
        let held = row.value.iter().flat_map(|held| {
            [
                ("prefix", &held.prefix, 0..=HeldValue::MAX_PREFIX),
                ("hash", &held.hash, 0..=HeldValue::MAX_HASH),
            ]
        });
        for (field, text, room) in texts.into_iter().chain(held) {
            if !room.contains(&text.chars().count()) {
                let field = format!("line {}: {field}", row.line);
                errors.push(FieldError::new(
                    &field,
                    format!("From {} to {} characters", room.start(), room.end()),
                ));
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Invalid(errors)) }
}

fn verdict(making: &mut Making, row: &ImportRow) -> Answer<Verdict> {
    match making.look(row)? {
        Standing::Exists(id) => Ok(Verdict::Exists { id }),
        Standing::New(draft, held) => {
            // Which id and which value it will have makes no difference to whether it may be.
            let any = || Credential {
                guid: Guid::from_bytes([0; 16]),
                hash: ValueHash::from_bytes([0; 32]),
                sealed: None,
            };
            let credential = match row.kind() {
                ImportKind::Drawn => Some(any()),
                ImportKind::Held | ImportKind::Request => held,
            };
            making.token((&draft, credential), TokenId::new(0))?;
            Ok(Verdict::New { kind: row.kind() })
        }
    }
}
