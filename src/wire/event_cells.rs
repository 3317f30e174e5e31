//! Events in the words that every door shows, and as the rows of a spreadsheet.

use chrono::SecondsFormat;

use super::{EventView, Proof, RowId};
use crate::domain::{Detail, Event, Subject};

/// The heads of an event's cells.
const TITLES: [&str; 10] = [
    "sequence",
    "at",
    "by",
    "by_name",
    "system_login",
    "action",
    "subject_kind",
    "subject",
    "subject_name",
    "details",
];
/// Those of what proves it.
const PROOF: [&str; 3] = ["previous", "bytes", "hash"];

impl EventView {
    /// The heads of [`EventView::cells`].
    pub fn titles(proven: bool) -> Vec<&'static str> {
        TITLES.into_iter().chain(PROOF.into_iter().filter(|_| proven)).collect()
    }

    /// An event for spreadsheets: ids beside names, the instant in RFC 3339; with what proves
    /// it where that is wanted. Not yet safe for one.
    pub fn cells(&self, proven: bool) -> Vec<String> {
        let event = &self.event;
        let id = if event.subject == Subject::Store { String::new() } else { self.subject_id() };
        let cells = [
            event.sequence.to_string(),
            event.at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            event.by.user.map(|id| id.to_string()).unwrap_or_default(),
            self.by_name.clone().unwrap_or_default(),
            event.by.system_login.clone().unwrap_or_default(),
            event.action.to_string(),
            event.subject.kind().to_owned(),
            id,
            self.subject_name.clone().unwrap_or_default(),
            self.facts().join(", "),
        ];
        let part = |of: fn(&Proof) -> &String| self.proof.as_ref().map(of).cloned();
        let proof = [part(|p| &p.previous), part(|p| &p.bytes), part(|p| &p.hash)];
        let proof = proof.map(Option::unwrap_or_default).into_iter().filter(|_| proven);
        cells.into_iter().chain(proof).collect()
    }

    /// Who did it: the user's name, and the system's login in brackets. Not yet safe for a
    /// terminal, as all of these.
    pub fn actor(&self) -> String {
        match (self.user(), &self.event.by.system_login) {
            (Some(user), Some(login)) => format!("{user} ({login})"),
            (Some(user), None) => user,
            (None, Some(login)) => format!("({login})"),
            (None, None) => "-".to_owned(),
        }
    }

    /// The user who did it, by name, or by id where that is not known.
    pub fn user(&self) -> Option<String> {
        self.by_name.clone().or_else(|| self.event.by.user.map(|id| id.to_string()))
    }

    /// What it was done to: its name where that is known, and its id.
    pub fn subject(&self) -> String {
        let id = self.subject_id();
        match &self.subject_name {
            // "removed USR-1000-0009" names it already.
            Some(name) if name.ends_with(&id) => name.clone(),
            Some(name) => format!("{name} {id}"),
            None => id,
        }
    }

    /// What was done and to what. An event of a credential is about its user, who was neither
    /// made nor revoked.
    pub fn deed(&self) -> (String, String) {
        let (action, subject) = (self.event.action.to_string(), self.subject());
        if is_of_credential(&self.event) {
            (format!("{action} operator credential"), format!("for {subject}"))
        } else {
            (action, subject)
        }
    }

    fn subject_id(&self) -> String {
        self.event.subject.to_string()
    }
}

fn is_of_credential(event: &Event<RowId>) -> bool {
    event.details.iter().any(|detail| matches!(detail, Detail::Credential { .. }))
}
