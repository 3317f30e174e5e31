//! What would come of each row of a file. Nothing is changed.

use super::making::{Making, Standing};
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{Credential, Guid, TokenId, ValueHash};
use crate::store::{CommitError, NameAsked};
use crate::wire::{CheckedRow, ImportCheck, ImportKind, ImportRow, Verdict};

impl Authority {
    /// Looks at every row as if it were made now. What is wrong with one is told with it.
    pub fn check_import<'r>(&self, caller: &Caller, rows: &'r [ImportRow]) -> Ruling<ImportCheck> {
        self.glance(caller, |scene| {
            scene.operator.must_manage()?;
            let mut making = Making::new(self, scene);
            let mut checked = Vec::with_capacity(rows.len());
            for row in rows {
                let verdict = match verdict(&mut making, row) {
                    Ok(verdict) => verdict,
                    Err(CommitError::Refused(refusal)) => Verdict::Refused { refusal },
                    Err(error) => return Err(error),
                };
                checked.push(CheckedRow { line: row.line, verdict, look_alikes: vec![] });
            }
            let named = |row: &'r ImportRow| NameAsked {
                id: None,
                account: row.account,
                name: &row.settings.name,
            };
            for (place, other) in scene.alike(&rows.iter().map(named).collect::<Vec<_>>())? {
                let row = checked.get_mut(place);
                // One that is there already, or is not made, is taken for nothing.
                if let Some(row) = row.filter(|row| matches!(row.verdict, Verdict::New { .. })) {
                    row.look_alikes.push(other);
                }
            }
            Ok(ImportCheck { id: self.propose_guid()?, rows: checked })
        })
    }
}

fn verdict(making: &mut Making, row: &ImportRow) -> Ruling<Verdict> {
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
