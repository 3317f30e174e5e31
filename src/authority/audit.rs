//! The audit trail as an operator may read it: all of it for a Superadmin; else what
//! concerns records they see, what they did themselves, and what was done to records
//! that they could have seen then, by what they hold today.

use crate::domain::catalogue_rules::known_to;
use crate::domain::event::{Point, RecordSight, SeenBy, hex, start};
use crate::domain::{Catalogue, EntryId, Event, Refusal, Role, Subject, Window};
use crate::search::TokenIndex;
use crate::store::{EventFilter, LogOrder};
use crate::wire::{ChainView, EventOrder, EventPage, EventQuery, EventView, Proof};

use super::scene::Scene;
use super::{Authority, Caller, Ruling, naming};

/// Events read at a time where most may be other people's.
const CHUNK: usize = 2_000;

impl Authority {
    /// A window of the audit trail, newest first where nothing else is said.
    pub fn events(&self, caller: &Caller, query: &EventQuery, window: Window) -> Ruling<EventPage> {
        let subject = query.subject.clone();
        let subject = subject.map(|it| it.with_id(|row| row.token())).transpose()?;
        let (filter, order) = (filter(query, subject), order(query.order));
        self.look(caller, |scene, listing| {
            let known = known_to(&scene.operator, &scene.catalogue);
            let reader = Reader { scene, listing, known, store: &self.info().id };
            let all = scene.operator.role == Role::Superadmin;
            if query.proof {
                must_read_all(scene)?;
            }
            let (total, events) = if all || subject.is_some_and(|s| reader.may_read(s)) {
                let events = scene.state.events(&filter, order, window)?;
                (scene.state.count_events(&filter)?, events)
            } else {
                reader.sift(&filter, order, window)?
            };
            // Of what never was in sight is told as of what is not there.
            if let (Some(subject), 0) = (subject, total)
                && !reader.may_read(subject)
                && !reader.reads_any_of(subject)?
            {
                let (what, name) = (kind(&subject), subject.to_string());
                return Err(Refusal::NotFound { what, name }.into());
            }
            let view = |event| reader.view(event, query.proof);
            let events = events.into_iter().map(view).collect::<Ruling<_>>()?;
            Ok(EventPage { total, offset: window.offset, events })
        })
    }
}

impl Authority {
    /// Checks the log from the first event to the last, and whether it goes through a place
    /// that was kept elsewhere. For a Superadmin: the head tells how much others do.
    pub fn verify_log(&self, caller: &Caller, expected: Option<Point>) -> Ruling<ChainView> {
        self.glance(caller, must_read_all)?;
        Ok(self.store.verify_events_through(expected)?.view())
    }
}

fn must_read_all(scene: &Scene) -> Ruling<()> {
    if scene.operator.role == Role::Superadmin {
        return Ok(());
    }
    Err(Refusal::NeedsRole { role: "Superadmin" }.into())
}

fn filter(query: &EventQuery, subject: Option<Subject>) -> EventFilter {
    EventFilter {
        subject,
        by: query.by,
        actions: query.actions.clone(),
        since: query.since,
        until: query.until,
        after: query.after.unwrap_or_default(),
        before: query.before,
    }
}

fn order(order: EventOrder) -> LogOrder {
    match order {
        EventOrder::Newest => LogOrder::Descending,
        EventOrder::Oldest => LogOrder::Ascending,
    }
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    listing: &'a TokenIndex,
    known: Catalogue,
    store: &'a [u8; 16],
}

impl Reader<'_> {
    /// Whether the record is in sight now.
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

    fn reads(&self, event: &Event) -> bool {
        let operator = &self.scene.operator;
        self.may_read(event.subject)
            || event.by.user == Some(operator.user)
            || event.seen.sights().any(|sight| operator.could_see(&sight))
            // Of an event of before it is known only where its record is still there.
            || (event.seen.is_empty() && self.could_read_the_record(event.subject))
    }

    fn could_read_the_record(&self, subject: Subject) -> bool {
        let Subject::Token(id) = subject else { return false };
        let operator = &self.scene.operator;
        let sight = self.listing.token(id).map(RecordSight::of_token);
        sight.is_some_and(|sight| operator.could_see(&sight))
    }

    fn reads_any_of(&self, subject: Subject) -> Ruling<bool> {
        let filter = EventFilter { subject: Some(subject), ..EventFilter::default() };
        let one = Window { offset: 0, limit: 1 };
        Ok(self.sift(&filter, LogOrder::Descending, one)?.0 > 0)
    }

    /// The window among the events that may be read, and how many those are.
    fn sift(
        &self,
        filter: &EventFilter,
        order: LogOrder,
        window: Window,
    ) -> Ruling<(usize, Vec<Event>)> {
        let end = window.offset.saturating_add(window.limit);
        let (mut total, mut kept) = (0, Vec::new());
        let mut rest = filter.clone();
        loop {
            let chunk = Window { offset: 0, limit: CHUNK };
            let events = self.scene.state.events(&rest, order, chunk)?;
            let (count, last) = (events.len(), events.last().map(|event| event.sequence));
            match order {
                LogOrder::Ascending => rest.after = last.unwrap_or(rest.after),
                LogOrder::Descending => rest.before = last.or(rest.before),
            }
            for event in events.into_iter().filter(|event| self.reads(event)) {
                if (window.offset..end).contains(&total) {
                    kept.push(event);
                }
                total += 1;
            }
            if count < CHUNK {
                return Ok((total, kept));
            }
        }
    }

    fn view(&self, mut event: Event, proof: bool) -> Ruling<EventView> {
        let all = &self.scene.catalogue;
        let operator = &self.scene.operator;
        let entry = EntryId::of(event.subject);
        // What was removed is told by the last name it had; what is there and out of sight is not.
        let is_gone = entry.is_some_and(|entry| all.draft(entry).is_none());
        let in_sight = self.may_read(event.subject) || self.could_read_the_record(event.subject);
        let subject_name = match (&event.subject, entry) {
            _ if !in_sight && !is_gone => None,
            (Subject::Token(id), _) => self.listing.name(*id).map(str::to_owned),
            (_, Some(entry)) => Some(all.called(entry)),
            (_, None) => None,
        };
        let by_name = event.by.user.map(|id| self.scene.user(id));
        if operator.role != Role::Superadmin && entry.is_some() {
            naming::trim(&mut event.details, &self.known);
        }
        let names = naming::of_facts(&event.details, all);
        let proof = if proof { self.proof(event.sequence)? } else { None };
        // It was for deciding who reads, and is nobody's to read.
        event.seen = SeenBy::default();
        let event = event.into();
        Ok(EventView { event, by_name, subject_name, names, proof })
    }

    /// The bytes and hashes of an event, as they are kept.
    fn proof(&self, sequence: u64) -> Ruling<Option<Proof>> {
        let filter = EventFilter {
            after: sequence.saturating_sub(2),
            before: sequence.checked_add(1),
            ..EventFilter::default()
        };
        let mut kept = self.scene.state.kept_events(&filter, LogOrder::Ascending, Window::ALL)?;
        let Some(own) = kept.pop() else { return Ok(None) };
        let previous = kept.pop().map_or_else(|| start(self.store), |kept| kept.hash);
        let (previous, bytes, hash) = (hex(&previous), hex(&own.bytes), hex(&own.hash));
        Ok(Some(Proof { previous, bytes, hash }))
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
