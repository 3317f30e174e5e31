//! The filters of the audit trail as they are being chosen. Nothing of them is in force before
//! the draft is applied.

use std::collections::BTreeSet;

use strum::IntoEnumIterator as _;
use tui_input::Input as LineInput;

use super::entry::{Choice, Entry, tick};
use super::filters::flip;
use crate::domain::calendar::When;
use crate::domain::{EventAction, Time, UserId, leak};
use crate::text::safe_line;
use crate::tui::place::Seen;
use crate::tui::trail::{EventFilters, NamedSubject};
use crate::wire::EventView;

/// Filters of the audit trail that are being chosen.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct EventDraft {
    filters: EventFilters,
    /// What can be ticked to list only what was done to it: what is listed, and what the event
    /// under the cursor is about.
    subjects: Vec<NamedSubject>,
    /// Who did the event under the cursor, known otherwise or not.
    actors: BTreeSet<UserId>,
    since: LineInput,
    until: LineInput,
}

fn line_of(when: Option<When>) -> LineInput {
    when.map_or_else(LineInput::default, |when| LineInput::new(when.to_string()))
}

/// The time that was typed, where there is one and it lies in the calendar.
fn when_of(what: &str, line: &LineInput, now: Time) -> Result<Option<When>, String> {
    let text = line.value().trim();
    if text.is_empty() {
        return Ok(None);
    }
    let form = |_| format!("{what}: '{text}' is not a time: write 24h, 30d or 2026-03-01");
    let when: When = text.parse().map_err(form)?;
    let beyond = || format!("{what}: '{when}' lies outside the calendar");
    when.ago(now).ok_or_else(beyond).map(|_| Some(when))
}

impl EventDraft {
    /// A draft that starts from what is listed and from the event under the cursor.
    pub(in crate::tui) fn of(filters: &EventFilters, here: Option<&EventView>) -> Self {
        let subject = here
            .map(|view| NamedSubject { subject: view.event.subject.clone(), name: view.subject() });
        let subject = subject
            .filter(|here| filters.on.as_ref().is_none_or(|listed| listed.subject != here.subject));
        let actor = here.and_then(|view| view.event.by.user);
        Self {
            subjects: filters.on.iter().cloned().chain(subject).collect(),
            actors: filters.by.into_iter().chain(actor).collect(),
            since: line_of(filters.since),
            until: line_of(filters.until),
            filters: filters.clone(),
        }
    }

    /// The filters, or what is wrong with a time.
    pub(in crate::tui) fn finish(&self, now: Time) -> Result<EventFilters, String> {
        let since = when_of("since", &self.since, now)?;
        let until = when_of("until", &self.until, now)?;
        let instant = |when: Option<When>| when.and_then(|when| when.ago(now));
        if let (Some(first), Some(end)) = (instant(since), instant(until))
            && first >= end
        {
            return Err("nothing lies between: until is not after since".to_owned());
        }
        Ok(EventFilters { since, until, ..self.filters.clone() })
    }

    /// Ticks an entry, or takes its tick away.
    pub(in crate::tui) fn tick(&mut self, choice: Choice) {
        let EventFilters { on, by, actions, .. } = &mut self.filters;
        match choice {
            Choice::EventSubject(at) => {
                let chosen = self.subjects.get(at).cloned();
                *on = if *on == chosen { None } else { chosen };
            }
            Choice::Actor(user) => *by = Some(user).filter(|user| *by != Some(*user)),
            Choice::Action(action) => flip(actions, action),
            _ => {}
        }
    }

    /// Makes an entry the only one of its field.
    pub(in crate::tui) fn take_alone(&mut self, choice: Choice) {
        if !matches!(choice, Choice::Since | Choice::Until) {
            self.clear(choice);
            self.tick(choice);
        }
    }

    /// Clears the field that an entry belongs to.
    pub(in crate::tui) fn clear(&mut self, choice: Choice) {
        match choice {
            Choice::EventSubject(_) => self.filters.on = None,
            Choice::Actor(_) => self.filters.by = None,
            Choice::Action(_) => self.filters.actions.clear(),
            Choice::Since => self.since = LineInput::default(),
            Choice::Until => self.until = LineInput::default(),
            _ => {}
        }
    }

    /// The line behind an entry into which something is typed.
    pub(super) fn line_mut(&mut self, choice: Choice) -> Option<&mut LineInput> {
        match choice {
            Choice::Since => Some(&mut self.since),
            Choice::Until => Some(&mut self.until),
            _ => None,
        }
    }

    pub(super) fn entries(&self, model: &Seen<'_>) -> Vec<Entry> {
        let typed = |line: &LineInput| match line.value() {
            "" => "any".to_owned(),
            text => safe_line(&leak::hide(text)),
        };
        let example = "24h, 30d, 2026-03-01";
        let since = Entry::new(Choice::Since, "", typed(&self.since)).noted(example);
        let until = Entry::new(Choice::Until, "", typed(&self.until)).noted(example);
        let subject = |(at, named): (usize, &NamedSubject)| {
            let on = self.filters.on.as_ref() == Some(named);
            Entry::new(Choice::EventSubject(at), tick(on), &*named.name).of("Done to")
        };
        let action = |action: EventAction| {
            let on = self.filters.actions.contains(&action);
            Entry::new(Choice::Action(action), tick(on), action.to_string()).of("Action")
        };
        let subjects = self.subjects.iter().enumerate().map(subject);
        let times = [since.of("Since"), until.of("Until")];
        let actions = EventAction::iter().map(action);
        subjects.chain(times).chain(actions).chain(self.actors(model)).collect()
    }

    /// Those who are there, and behind them those who were removed and whoever else is known
    /// to have done something.
    fn actors(&self, model: &Seen<'_>) -> Vec<Entry> {
        let catalogue = &model.catalogue;
        let mut here: Vec<_> = catalogue.users.values().map(|user| user.id).collect();
        here.sort_by_key(|id| (catalogue.user_called(*id).to_lowercase(), *id));
        let removed: BTreeSet<_> = catalogue.removed.users().map(|(id, _)| id).collect();
        let others = removed.union(&self.actors).copied();
        let others: Vec<_> = others.filter(|id| !catalogue.users.contains_key(id)).collect();
        let entry = |id: UserId| {
            let on = self.filters.by == Some(id);
            let entry = Entry::new(Choice::Actor(id), tick(on), catalogue.user_called(id));
            entry.noted(id.to_string()).of("By")
        };
        here.into_iter().chain(others).map(entry).collect()
    }
}
