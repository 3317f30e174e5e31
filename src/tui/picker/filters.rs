//! The filters as they are being chosen. A field is a group of entries; nothing is
//! in force before the draft is applied.

use std::collections::BTreeSet;
use std::str::FromStr;

use tui_input::Input as LineInput;

use super::entry::{Choice, Entry, tick};
use super::named::{FIELDS, in_term, lift_names, start};
use crate::domain::calendar::{DayEnd, When};
use crate::domain::catalogue::{Named, named};
use crate::domain::query::{Asked, Bare, QueryTerms, QueryWord, Side, Term, TokenDate};
use crate::domain::{AccountId, Role, Status, Time, leak};
use crate::text::safe_line;
use crate::tui::filters::Filters;
use crate::tui::place::Seen;
use crate::wire::Descriptors;

/// The term for what breaks a rule of its account.
const OFFENDS: &str = "offends";

/// Filters that are being chosen.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct Draft {
    /// What was ticked so far.
    filters: Filters,
    expires: LineInput,
    unused: LineInput,
    terms: LineInput,
    /// What is typed of each of [`FIELDS`].
    typed: [LineInput; FIELDS.len()],
}

fn line_of(when: Option<When>) -> LineInput {
    when.map_or_else(LineInput::default, |when| LineInput::new(when.to_string()))
}

fn when_of(line: &LineInput) -> Result<Option<When>, String> {
    match line.value().trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| format!("'{text}' is not a length of time: write 24h, 30d, 12w or 6m")),
    }
}

/// Puts a term where the form has an entry for it, if that is free.
fn lift(term: &Term, filters: &mut Filters, model: &Seen<'_>) -> bool {
    let catalogue = &model.catalogue;
    match &term.asked {
        _ if term.not => false,
        Asked::Status(statuses) if filters.statuses.is_empty() => {
            filters.statuses.clone_from(statuses);
            true
        }
        Asked::Module(names) if filters.modules.is_empty() => {
            let known = catalogue.modules.values();
            let known = known.map(|module| (module.id, vec![module.name.as_str()]));
            each(names, &known.collect::<Vec<_>>(), &mut filters.modules)
        }
        Asked::Scope(names) if filters.scopes.is_empty() => {
            let known = catalogue.scopes.values();
            let known = known.map(|scope| (scope.id, vec![scope.name.as_str()]));
            each(names, &known.collect::<Vec<_>>(), &mut filters.scopes)
        }
        // A date may be past, and then asks for what has ended, which the entry does not.
        Asked::Date(TokenDate::Expires, Side::Before, when @ When::Span(_))
            if filters.expires_within.is_none() =>
        {
            filters.expires_within = Some(*when);
            true
        }
        Asked::Unused(when) if filters.unused_for.is_none() => {
            filters.unused_for = Some(*when);
            true
        }
        Asked::NeverUsed => {
            filters.never_used = true;
            true
        }
        _ => false,
    }
}

/// Ticks what all of these names mean; nothing where one of them is not plain.
fn each<I: Copy + Ord + FromStr>(
    names: &[String],
    known: &[(I, Vec<&str>)],
    ticked: &mut BTreeSet<I>,
) -> bool {
    let one = |name: &String| match named(name, known.iter().cloned()) {
        Named::One(id) => Some(id),
        Named::Nothing | Named::Several(_) => None,
    };
    let found: Option<BTreeSet<I>> = names.iter().map(one).collect();
    found.map(|found| *ticked = found).is_some()
}

/// Adds or removes.
pub(super) fn flip<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

impl Draft {
    /// A draft that starts from the filters in force. Terms that have an entry of their own
    /// are ticked there.
    pub(in crate::tui) fn of(filters: &Filters, model: &Seen<'_>) -> Self {
        let mut filters = filters.clone();
        let mut typed: [LineInput; FIELDS.len()] = Default::default();
        let rest: Vec<_> = std::mem::take(&mut filters.terms)
            .iter()
            .filter(|term| !lift(term, &mut filters, model) && !lift_names(term, &mut typed))
            .map(ToString::to_string)
            .collect();
        Self {
            typed,
            expires: line_of(filters.expires_within),
            unused: line_of(filters.unused_for),
            terms: LineInput::new(rest.join(" ")),
            filters,
        }
    }

    /// The filters, or what is wrong with a length of time.
    pub(in crate::tui) fn finish(&self, now: Time) -> Result<Filters, String> {
        let (expires_within, unused_for) = (when_of(&self.expires)?, when_of(&self.unused)?);
        let beyond = |when: When| format!("{when} lies outside the calendar");
        if let Some(when) = expires_within.filter(|when| when.at(now, DayEnd::Start).is_none()) {
            return Err(beyond(when));
        }
        if let Some(when) = unused_for.filter(|when| when.ago(now).is_none()) {
            return Err(beyond(when));
        }
        let named =
            FIELDS.iter().zip(&self.typed).map(|(field, line)| (field, line.value().trim()));
        let named = named.filter(|(_, names)| !names.is_empty());
        let named = named.map(|(field, names)| format!("{}{}", start(field.word), in_term(names)));
        let text: Vec<_> = std::iter::once(self.terms.value().to_owned()).chain(named).collect();
        let text = text.join(" ");
        if leak::find(&text).is_some() {
            return Err("that holds a token value: search for it instead".to_owned());
        }
        let terms = QueryTerms::parse(&text, Bare::Text)?;
        Ok(Filters { expires_within, unused_for, terms, ..self.filters.clone() })
    }

    /// Ticks an entry, or takes its tick away.
    pub(in crate::tui) fn tick(&mut self, choice: Choice) {
        let Filters { statuses, scopes, modules, never_used, .. } = &mut self.filters;
        match choice {
            Choice::AnyStatus => statuses.clear(),
            Choice::Inactive if is_inactive(statuses) => {
                statuses.retain(|status| !Status::INACTIVE.contains(status));
            }
            Choice::Inactive => statuses.extend(Status::INACTIVE),
            Choice::Status(status) => flip(statuses, status),
            Choice::Scope(scope) => flip(scopes, scope),
            Choice::Module(module) => flip(modules, module),
            Choice::NeverUsed => *never_used = !*never_used,
            Choice::Offends => self.flip_offends(),
            _ => {}
        }
        self.all_are_none();
    }

    /// Active and all that is not Active are All, which is one word for it. Deleted is no
    /// part of it, and stays where it was chosen.
    fn all_are_none(&mut self) {
        let statuses = &mut self.filters.statuses;
        let all = is_inactive(statuses) && statuses.contains(&Status::Active);
        if all && !statuses.contains(&Status::Deleted) {
            statuses.clear();
        }
    }

    /// Makes an entry the only one of its field.
    pub(in crate::tui) fn take_alone(&mut self, choice: Choice) {
        if !choice.is_typed() {
            self.clear(choice);
            self.tick(choice);
        }
    }

    /// Clears the field that an entry belongs to (R43).
    pub(in crate::tui) fn clear(&mut self, choice: Choice) {
        match choice {
            Choice::AnyStatus | Choice::Inactive | Choice::Status(_) => {
                self.filters.statuses.clear();
            }
            Choice::Scope(_) => self.filters.scopes.clear(),
            Choice::Module(_) => self.filters.modules.clear(),
            Choice::NeverUsed => self.filters.never_used = false,
            Choice::Expires => self.expires = LineInput::default(),
            Choice::Unused => self.unused = LineInput::default(),
            Choice::Terms => self.terms = LineInput::default(),
            Choice::Offends if self.offends() => self.flip_offends(),
            Choice::Offends => {}
            choice => {
                if let Some(line) = self.names_mut(choice) {
                    line.reset();
                }
            }
        }
    }

    /// Whether it is among the terms, where it can be seen, too.
    fn offends(&self) -> bool {
        self.terms.value().split_whitespace().any(|term| term == OFFENDS)
    }

    fn flip_offends(&mut self) {
        let mut terms: Vec<_> = self.terms.value().split_whitespace().collect();
        if self.offends() {
            terms.retain(|term| *term != OFFENDS);
        } else {
            terms.push(OFFENDS);
        }
        self.terms = LineInput::new(terms.join(" "));
    }

    /// The line behind an entry into which something is typed.
    pub(super) fn line_mut(&mut self, choice: Choice) -> Option<&mut LineInput> {
        match choice {
            Choice::Expires => Some(&mut self.expires),
            Choice::Unused => Some(&mut self.unused),
            Choice::Terms => Some(&mut self.terms),
            choice => self.names_mut(choice),
        }
    }

    fn names_mut(&mut self, choice: Choice) -> Option<&mut LineInput> {
        let at = FIELDS.iter().position(|field| field.choice == choice)?;
        self.typed.get_mut(at)
    }

    pub(super) fn entries(&self, model: &Seen<'_>) -> Vec<Entry> {
        let mut entries = self.statuses(model);
        entries.extend(self.scopes(model));
        entries.extend(self.modules(model));
        let typed = |line: &LineInput| match line.value() {
            "" => "any".to_owned(),
            text => safe_line(&leak::hide(text)),
        };
        let example = "24h, 30d, 12w, 6m";
        let expires = Entry::new(Choice::Expires, "", typed(&self.expires)).noted(example);
        let unused = Entry::new(Choice::Unused, "", typed(&self.unused)).noted(example);
        let never = Entry::new(Choice::NeverUsed, tick(self.filters.never_used), "Never used");
        let offends = Entry::new(Choice::Offends, tick(self.offends()), "Breaks one")
            .noted("of its account: lives too long, lies idle");
        let terms = Entry::new(Choice::Terms, "", typed(&self.terms))
            .noted("level:Billing=full -status:active");
        let named = FIELDS.iter().zip(&self.typed);
        entries.extend(named.map(|(field, line)| {
            Entry::new(field.choice, "", typed(line)).noted(field.example).of(field.title)
        }));
        entries.extend([
            offends.of("Rules"),
            terms.of("Terms"),
            expires.of("Ends within"),
            unused.of("Unused for"),
            never.of("Last access"),
        ]);
        entries.retain(|entry| is_here(entry.choice, &model.session.descriptors));
        entries
    }

    /// Deleted ones are listed for a Superadmin only (R32, R40).
    fn statuses(&self, model: &Seen<'_>) -> Vec<Entry> {
        let chosen = &self.filters.statuses;
        let all = Entry::new(Choice::AnyStatus, tick(chosen.is_empty()), "All");
        let inactive = Entry::new(Choice::Inactive, tick(is_inactive(chosen)), "Inactive");
        let deleted = (model.session.operator.role == Role::Superadmin).then_some(Status::Deleted);
        let one = |status: Status| {
            Entry::new(Choice::Status(status), tick(chosen.contains(&status)), status.to_string())
        };
        [all, one(Status::Active), inactive.noted("all but Active")]
            .into_iter()
            .chain(Status::INACTIVE.into_iter().chain(deleted).chain([Status::Unknown]).map(one))
            .map(|entry| entry.of("Status"))
            .collect()
    }

    /// The scopes that the operator holds (R39).
    fn scopes(&self, model: &Seen<'_>) -> Vec<Entry> {
        let here = model.account();
        let operator = &model.session.operator;
        let mut scopes: Vec<_> = model
            .catalogue
            .scopes
            .values()
            .filter(|scope| here.is_none_or(|account| scope.account == account))
            .filter(|scope| operator.holds(scope))
            .collect();
        scopes.sort_by_key(|scope| (scope.account, scope.name.to_lowercase(), scope.id));
        let entry = |scope: &&crate::domain::Scope| {
            let on = self.filters.scopes.contains(&scope.id);
            let entry = Entry::new(Choice::Scope(scope.id), tick(on), &*scope.name).of("Scopes");
            entry.noted(whose(model, here, scope.account))
        };
        scopes.iter().map(entry).collect()
    }

    fn modules(&self, model: &Seen<'_>) -> Vec<Entry> {
        let mut modules: Vec<_> = model.catalogue.modules_of(model.account()).collect();
        modules.sort_by_key(|module| (module.name.to_lowercase(), module.id));
        let entry = |module: &&crate::domain::Module| {
            let on = self.filters.modules.contains(&module.id);
            Entry::new(Choice::Module(module.id), tick(on), &*module.name).of("Modules")
        };
        modules.iter().map(entry).collect()
    }
}

/// Whether the backend narrows a list by that.
fn is_here(choice: Choice, said: &Descriptors) -> bool {
    let word = match choice {
        Choice::Status(status) if !said.statuses.contains(&status) => return false,
        Choice::Inactive if !Status::INACTIVE.iter().any(|one| said.statuses.contains(one)) => {
            return false;
        }
        Choice::AnyStatus | Choice::Inactive | Choice::Status(_) => QueryWord::Status,
        Choice::Scope(_) => QueryWord::Scope,
        Choice::Module(_) => QueryWord::Module,
        Choice::Expires => QueryWord::Expires,
        Choice::Unused => QueryWord::Unused,
        Choice::NeverUsed => QueryWord::NeverUsed,
        Choice::Owner => QueryWord::Owner,
        Choice::MadeBy => QueryWord::By,
        Choice::Labels => QueryWord::Label,
        Choice::Offends => QueryWord::Offends,
        _ => return !said.filters.is_empty(),
    };
    said.filters.contains(&word)
}

fn is_inactive(statuses: &BTreeSet<Status>) -> bool {
    Status::INACTIVE.iter().all(|status| statuses.contains(status))
}

/// The account of a scope, where several are listed together.
fn whose(model: &Seen<'_>, here: Option<AccountId>, account: AccountId) -> String {
    match here {
        Some(_) => String::new(),
        None => model.catalogue.account_name(Some(account)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Span;

    fn draft(choices: &[Choice]) -> Draft {
        let mut draft = Draft::default();
        for choice in choices {
            draft.tick(*choice);
        }
        draft
    }

    fn statuses(draft: &Draft) -> Vec<Status> {
        draft.finish(Time::UNIX_EPOCH).unwrap_or_default().statuses.into_iter().collect()
    }

    #[test]
    fn r040_inactive_ticks_all_that_is_not_active_and_all_clears() {
        let mut draft = draft(&[Choice::Inactive]);
        assert_eq!(statuses(&draft), Status::INACTIVE);
        draft.tick(Choice::Inactive);
        assert_eq!(statuses(&draft), []);
        draft.tick(Choice::Status(Status::Expired));
        draft.tick(Choice::AnyStatus);
        assert_eq!(statuses(&draft), []);
    }

    #[test]
    fn b10_active_and_inactive_are_all_but_with_deleted_they_are_more() {
        let both = [Choice::Status(Status::Active), Choice::Inactive];
        assert_eq!(statuses(&draft(&both)), []);
        let deleted = draft(&[&[Choice::Status(Status::Deleted)][..], &both].concat());
        assert_eq!(statuses(&deleted).len(), Status::INACTIVE.len() + 2);
    }

    #[test]
    fn taking_one_alone_drops_the_others_of_its_field_only() {
        let mut draft = draft(&[Choice::Status(Status::Active), Choice::NeverUsed]);
        draft.take_alone(Choice::Status(Status::Expired));
        assert_eq!(statuses(&draft), [Status::Expired]);
        assert!(draft.filters.never_used);
    }

    #[test]
    fn r043_a_field_is_cleared_alone() {
        let mut draft = draft(&[Choice::Status(Status::Active), Choice::NeverUsed]);
        draft.clear(Choice::Inactive);
        assert_eq!(statuses(&draft), []);
        assert!(draft.filters.never_used);
        draft.clear(Choice::NeverUsed);
        assert_eq!(draft.finish(Time::UNIX_EPOCH), Ok(Filters::default()));
    }

    #[test]
    fn b25_names_that_are_typed_are_terms_and_come_back_as_typed() {
        let mut draft = Draft::default();
        for (choice, text) in [
            (Choice::Owner, "kim,Ada Admin"),
            (Choice::MadeBy, "rosa"),
            (Choice::Labels, "place=vault"),
            (Choice::Terms, "robot -by:zed"),
        ] {
            *draft.line_mut(choice).unwrap_or(&mut LineInput::default()) =
                LineInput::new(text.to_owned());
        }
        let filters = draft.finish(Time::UNIX_EPOCH).unwrap_or_default();
        let typed = "robot -by:zed owner:kim,\"Ada Admin\" by:rosa label:place=vault";
        assert_eq!(filters.terms.to_string(), typed);
        let model = crate::tui::fixture::model();
        let mut again = Draft::of(&filters, &model.seen());
        let value = |line: Option<&mut LineInput>| line.map(|line| line.value().to_owned());
        assert_eq!(value(again.line_mut(Choice::Owner)).as_deref(), Some("kim,\"Ada Admin\""));
        assert_eq!(value(again.line_mut(Choice::Terms)).as_deref(), Some("robot -by:zed"));
        assert_eq!(again.finish(Time::UNIX_EPOCH), Ok(filters));
        again.clear(Choice::Owner);
        assert_eq!(value(again.line_mut(Choice::Owner)).as_deref(), Some(""));
    }

    #[test]
    fn a_length_of_time_that_is_none_or_too_long_is_refused() {
        let with =
            |text: &str| Draft { expires: LineInput::new(text.to_owned()), ..Draft::default() };
        let finish = |text: &str| with(text).finish(Time::UNIX_EPOCH);
        assert_eq!(finish(" 12w ").map(|f| f.expires_within), Ok(Some(When::Span(Span::Days(84)))));
        assert_eq!(finish("").map(|f| f.expires_within), Ok(None));
        assert!(finish("30").is_err());
        assert!(finish("999999m").is_err_and(|why| why.contains("outside the calendar")));
    }
}
