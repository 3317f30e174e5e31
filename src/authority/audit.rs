//! The audit trail as an operator may read it: all of it for a Superadmin, else
//! what concerns tokens they see and records of their accounts.

use crate::domain::catalogue_rules::known_to;
use crate::domain::{Catalogue, EntryId, Event, Refusal, Role, Subject, Window};
use crate::search::Listing;
use crate::store::{EventFilter, Order};
use crate::wire::{EventPage, EventQuery, EventView};

use super::scene::Scene;
use super::{Answer, Authority, Caller, naming};

/// Events read at a time where most may be other people's.
const CHUNK: usize = 2_000;

impl Authority {
    /// A window of the audit trail, newest first.
    pub fn events(&self, caller: &Caller, query: &EventQuery, window: Window) -> Answer<EventPage> {
        let EventQuery { subject, by, since } = *query;
        let filter = EventFilter { subject, by, since, ..EventFilter::default() };
        self.look(caller, |scene, listing| {
            let reader =
                Reader { scene, listing, known: known_to(&scene.operator, &scene.catalogue) };
            if let Some(subject) = subject.filter(|subject| !reader.may_read(*subject)) {
                let (what, name) = (kind(&subject), subject.to_string());
                return Err(Refusal::NotFound { what, name }.into());
            }
            let readable = subject.is_some() || scene.operator.role == Role::Superadmin;
            let (total, events) = if readable {
                let events = scene.state.events(&filter, Order::Descending, window)?;
                (scene.state.count_events(&filter)?, events)
            } else {
                reader.sift(&filter, window)?
            };
            let events = events.into_iter().map(|event| reader.view(event)).collect();
            Ok(EventPage { total, offset: window.offset, events })
        })
    }
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    listing: &'a Listing,
    known: Catalogue,
}

impl Reader<'_> {
    fn may_read(&self, subject: Subject) -> bool {
        let operator = &self.scene.operator;
        if operator.role == Role::Superadmin {
            return true;
        }
        match subject {
            Subject::Token(id) => self.listing.sees(operator, id),
            Subject::User(id) => self.known.users.contains_key(&id),
            Subject::Store | Subject::Other { .. } => false,
            // A Member reads of their own tokens and themselves only.
            _ if operator.role == Role::Member => false,
            Subject::Account(id) => self.known.accounts.contains_key(&id),
            Subject::Module(id) => self.known.modules.contains_key(&id),
            Subject::Scope(id) => self.known.scopes.contains_key(&id),
            Subject::Group(id) => self.known.groups.contains_key(&id),
        }
    }

    /// The window among the events that may be read, and how many those are.
    fn sift(&self, filter: &EventFilter, window: Window) -> Answer<(usize, Vec<Event>)> {
        let end = window.offset.saturating_add(window.limit);
        let (mut total, mut kept, mut offset) = (0, Vec::new(), 0);
        loop {
            let chunk = Window { offset, limit: CHUNK };
            let events = self.scene.state.events(filter, Order::Descending, chunk)?;
            let last = events.len() < CHUNK;
            for event in events.into_iter().filter(|event| self.may_read(event.subject)) {
                if (window.offset..end).contains(&total) {
                    kept.push(event);
                }
                total += 1;
            }
            if last {
                return Ok((total, kept));
            }
            offset += CHUNK;
        }
    }

    fn view(&self, mut event: Event) -> EventView {
        let all = &self.scene.catalogue;
        let entry = EntryId::of(event.subject);
        let subject_name = match (&event.subject, entry) {
            (Subject::Token(id), _) => self.listing.name(*id).map(str::to_owned),
            (_, Some(entry)) => Some(all.called(entry)),
            (_, None) => None,
        };
        let by_name = event.by.user.map(|id| self.scene.user(id));
        if self.scene.operator.role != Role::Superadmin && entry.is_some() {
            naming::trim(&mut event.details, &self.known);
        }
        let names = naming::of_facts(&event.details, all);
        EventView { event, by_name, subject_name, names }
    }
}

fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Token(_) => "token",
        Subject::User(_) => "user",
        Subject::Account(_) => "account",
        Subject::Module(_) => "module",
        Subject::Scope(_) => "scope",
        Subject::Group(_) => "group",
        // The store is always there: what is not found is some other record.
        Subject::Store | Subject::Other { .. } => "record",
    }
}
