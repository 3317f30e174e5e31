//! Events in words.

use crate::domain::{Detail, Event, Subject};
use crate::wire::{EventView, RowId};

/// Who did it: the user's name, and the system's login in brackets.
pub(super) fn actor(view: &EventView) -> String {
    let by = &view.event.by;
    let user = view.by_name.clone().or_else(|| by.user.map(|id| id.to_string()));
    match (user, &by.system_login) {
        (Some(user), Some(login)) => format!("{user} ({login})"),
        (Some(user), None) => user,
        (None, Some(login)) => format!("({login})"),
        (None, None) => "-".to_owned(),
    }
}

/// What an event is about: its kind, and its id where it has one.
pub(super) fn subject(subject: &Subject<RowId>) -> (&str, String) {
    let id = if *subject == Subject::Store { String::new() } else { subject.to_string() };
    (subject.kind(), id)
}

/// What was done and to what. An event of a credential is about its user, who was neither
/// made nor revoked.
pub(super) fn deed(event: &Event<RowId>, subject: String) -> (String, String) {
    let is_of_credential =
        event.details.iter().any(|detail| matches!(detail, Detail::Credential { .. }));
    if is_of_credential {
        (format!("{} operator credential", event.action), format!("for {subject}"))
    } else {
        (event.action.to_string(), subject)
    }
}
