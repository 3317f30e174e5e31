//! An entry that somebody else changed while it was edited: what was typed stays, what
//! was not touched becomes as it is now, and both are said (R138).

use crate::domain::EntryDraft;
use crate::tui::form::{Field, Ground, Sheet};

use super::EntryForm;

impl EntryForm {
    /// Goes on from the entry as it is now.
    pub(in crate::tui) fn rebase(
        &mut self,
        sheet: &mut Sheet,
        theirs: &EntryDraft,
        ground: &Ground<'_>,
    ) {
        let Some((id, base)) = self.before.clone() else { return };
        let base = self.edit_sheet(id, &base, ground);
        let mut fresh = self.edit_sheet(id, theirs, ground);
        for section in &mut fresh.sections {
            for field in &mut section.fields {
                settle(field, sheet.field(field.name), base.field(field.name));
            }
        }
        (fresh.at, fresh.spot) = (sheet.at, sheet.spot);
        *sheet = fresh;
        self.reloading = false;
    }
}

/// Makes a field as it is now what the operator typed, where they did.
fn settle(theirs: &mut Field, mine: Option<&Field>, base: Option<&Field>) {
    let (Some(mine), Some(base)) = (mine, base) else { return };
    let typed = mine.print() != base.print();
    let changed = theirs.print() != base.print();
    let now = theirs.said();
    if typed {
        theirs.control = mine.control.clone();
    }
    theirs.visited = mine.visited;
    theirs.warning = match (changed, typed) {
        (false, _) => String::new(),
        (true, false) => "changed meanwhile".to_owned(),
        (true, true) => match now {
            Some(now) => format!("changed meanwhile to {now}; yours is kept"),
            None => "changed meanwhile; yours is kept".to_owned(),
        },
    };
}
