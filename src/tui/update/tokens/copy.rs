//! What of a token is copied (R77 to R79). With others selected the GUIDs are those of the
//! selection. A value is on record before it leaves the store.

use std::sync::Arc;

use crate::backend::Answer;
use crate::domain::Guid;
use crate::text::thousands;
use crate::tui::call::Call;
use crate::tui::clipboard::{Clip, Payload, What};
use crate::tui::copied::Awaited;
use crate::tui::notice::Kind;
use crate::tui::place::{Outside, Then};
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::wire::Revealed;

impl Tokens {
    /// Asks for the GUIDs of the selected tokens: not all of them are rows in memory.
    fn ask_guids(&self, shared: &mut Shared) {
        let ids = self.list.selection.ids();
        let then = shared.next_step(What::Guid, &ids);
        let name = String::new();
        shared.copied.awaited = Some(Awaited { what: What::Guid, ids: ids.clone(), name, then });
        shared.ask(Call::CopyGuids(ids));
    }

    /// Copies it, or shows it where that was just done.
    pub(super) fn copy(&self, what: What, outside: &mut Outside<'_>) {
        let shared = &mut *outside.shared;
        if what == What::Guid && self.selects_others() {
            return self.ask_guids(shared);
        }
        let Some(view) = self.target() else { return };
        let (id, name) = (view.token.id.clone(), view.token.name.clone());
        let text = match what {
            What::Guid => view.guid.map(|guid| guid.to_string()),
            What::Endpoint => view.endpoint.clone(),
            What::Value | What::FormGuid => None,
        };
        let then = shared.next_step(what, std::slice::from_ref(&id));
        match text {
            Some(text) => {
                let (payload, said) = (Payload::Plain(text), format!("{what} of {name}"));
                let clip = Clip { what, ids: vec![id], said, payload };
                outside.then.push(Then::Deliver(clip, then));
            }
            None if what == What::Value => {
                shared.copied.awaited = Some(Awaited { what, ids: vec![id.clone()], name, then });
                shared.ask(Call::CopyValue(id));
            }
            None => {}
        }
    }
}

/// The GUIDs that were asked for, one a line.
pub(super) fn guids_came(result: Answer<Vec<(String, Guid)>>, outside: &mut Outside<'_>) {
    let shared = &mut *outside.shared;
    let Some(Awaited { what, ids, then, .. }) = shared.copied.awaited.take() else { return };
    let found = match result {
        Ok(found) => found,
        Err(error) => {
            shared.copied.last = None;
            return shared.failed("copy the GUIDs", &error);
        }
    };
    let without = ids.len().saturating_sub(found.len());
    let said = match (found.as_slice(), without) {
        ([], _) => {
            shared.copied.last = None;
            return shared.say(Kind::Refused, "None of the selected tokens has a GUID");
        }
        ([(name, _)], 0) => format!("{what} of {name}"),
        ([(name, _)], without) => format!("{what} of {name} ({without} selected without)"),
        (all, 0) => format!("{} GUIDs", thousands(all.len())),
        (all, without) => {
            format!("{} GUIDs ({} selected without)", thousands(all.len()), thousands(without))
        }
    };
    let lines: Vec<_> = found.iter().map(|(_, guid)| guid.to_string()).collect();
    let payload = Payload::Plain(lines.join("\n"));
    outside.then.push(Then::Deliver(Clip { what, ids, said, payload }, then));
}

/// The value that was asked for.
pub(super) fn value_came(result: Answer<Revealed>, outside: &mut Outside<'_>) {
    let Some(Awaited { what, ids, name, then, .. }) = outside.shared.copied.awaited.take() else {
        return;
    };
    match result {
        Ok(Revealed { value, .. }) => {
            let (payload, said) = (Payload::Value(Arc::new(value)), format!("{what} of {name}"));
            outside.then.push(Then::Deliver(Clip { what, ids, said, payload }, then));
        }
        Err(error) => outside.shared.failed("copy the value", &error),
    }
}
