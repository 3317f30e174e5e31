//! Which record is meant by what was typed: an id says so itself, an entry of the catalogue
//! goes by its name; what is neither may be a token, which only the backend knows.

use crate::domain::{Catalogue, EntryId, Subject, name};
use crate::text::safe_line;
use crate::tui::trail::NamedSubject;
use crate::wire::{RowId, TokenView};

/// What is meant.
pub(super) enum Meant {
    /// Nothing was typed.
    Nothing,
    /// This record.
    Record(NamedSubject),
    /// One of several, in these words.
    Several(String),
    /// None that is known here.
    PerhapsToken,
}

/// Which record a text means.
pub(super) fn meant(catalogue: &Catalogue, text: &str) -> Meant {
    if text.is_empty() {
        return Meant::Nothing;
    }
    match text.parse::<Subject<RowId>>() {
        Ok(Subject::Token(_)) => return Meant::PerhapsToken,
        Ok(Subject::User(id)) => return Meant::Record(entry(catalogue, EntryId::User(id))),
        Ok(Subject::Account(id)) => return Meant::Record(entry(catalogue, EntryId::Account(id))),
        Ok(Subject::Module(id)) => return Meant::Record(entry(catalogue, EntryId::Module(id))),
        Ok(Subject::Scope(id)) => return Meant::Record(entry(catalogue, EntryId::Scope(id))),
        Ok(Subject::Group(id)) => return Meant::Record(entry(catalogue, EntryId::Group(id))),
        Ok(subject @ (Subject::Store | Subject::Other { .. })) => {
            let name = subject.to_string();
            return Meant::Record(NamedSubject { subject, name });
        }
        Err(_) => {}
    }
    match called(catalogue, text).as_slice() {
        [] => Meant::PerhapsToken,
        [only] => Meant::Record(entry(catalogue, *only)),
        several => {
            let ids: Vec<_> = several.iter().map(ToString::to_string).collect();
            let text = format!("'{text}' names several: write one of {}", ids.join(", "));
            Meant::Several(safe_line(&text))
        }
    }
}

/// The entries that go by this name, in either case.
fn called(catalogue: &Catalogue, text: &str) -> Vec<EntryId> {
    let wanted = name::key(text);
    let is_it = |names: &[&str]| names.iter().any(|known| name::key(known) == wanted);
    let Catalogue { accounts, modules, scopes, groups, users, .. } = catalogue;
    let users = users.values().filter(|user| is_it(&[&user.login, &user.name]));
    let accounts = accounts.values().filter(|entry| is_it(&[&entry.name]));
    let modules = modules.values().filter(|entry| is_it(&[&entry.name]));
    let scopes = scopes.values().filter(|entry| is_it(&[&entry.name]));
    let groups = groups.values().filter(|entry| is_it(&[&entry.name]));
    users
        .map(|user| EntryId::User(user.id))
        .chain(accounts.map(|entry| EntryId::Account(entry.id)))
        .chain(modules.map(|entry| EntryId::Module(entry.id)))
        .chain(scopes.map(|entry| EntryId::Scope(entry.id)))
        .chain(groups.map(|entry| EntryId::Group(entry.id)))
        .collect()
}

/// A token with its name and id.
pub(super) fn token(view: &TokenView) -> NamedSubject {
    let id = view.token.id.clone();
    let name = format!("{} {id}", view.token.name);
    NamedSubject { subject: Subject::Token(id), name }
}

fn entry(catalogue: &Catalogue, entry: EntryId) -> NamedSubject {
    let subject = match entry {
        EntryId::Account(id) => Subject::Account(id),
        EntryId::Module(id) => Subject::Module(id),
        EntryId::Scope(id) => Subject::Scope(id),
        EntryId::Group(id) => Subject::Group(id),
        EntryId::User(id) => Subject::User(id),
    };
    let (called, id) = (catalogue.called(entry), subject.to_string());
    let name = if called.ends_with(&id) { called } else { format!("{called} {id}") };
    NamedSubject { subject, name }
}
