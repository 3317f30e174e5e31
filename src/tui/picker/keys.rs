//! Keys in a picker, and what choosing does. Columns and order change at once, filters when
//! they are applied.

use crate::tui::command::{Command, Scope};
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::list_view::{ListView, PAGE};
use crate::tui::notice::Kind;
use crate::tui::place::{Context, Seen, Taken, Then};
use crate::tui::wish::Wish;
use crate::tui::{line, prompt};
use crate::wire::UserQuery;

use super::{Choice, Entry, Picker, Subject};

/// Whether a letter goes on with a length of time such as `30d`. Its unit comes last,
/// and behind a digit only: otherwise the letter is a command.
fn goes_on(so_far: &str, letter: char) -> bool {
    match so_far.chars().last() {
        None => letter == '+' || letter.is_ascii_digit(),
        Some('+') => letter.is_ascii_digit(),
        Some(last) if last.is_ascii_digit() => letter.is_ascii_digit() || "hdwmy".contains(letter),
        Some(_) => false,
    }
}

/// Whether a letter goes on with a time: a length of it, a day or an instant.
fn goes_on_in_time(so_far: &str, letter: char) -> bool {
    goes_on(so_far, letter) || (!so_far.is_empty() && "-:TZ.0123456789".contains(letter))
}

/// Whether a letter begins a length of time, where a whole one stands already: nobody
/// goes on behind its unit, so that it takes the place of the other.
fn begins_anew(so_far: &str, letter: char) -> bool {
    so_far.ends_with(char::is_alphabetic) && goes_on("", letter)
}

impl Picker {
    /// A picker on the entry in force.
    pub(in crate::tui) fn open(subject: Subject, seen: &Seen<'_>) -> Self {
        let mut picker = Self::new(subject);
        let screens = seen.screens;
        let in_force = |entry: &Entry| match entry.choice {
            Choice::Sort(column) => {
                screens.tokens().list.query.sort.first().is_some_and(|key| key.column == column)
            }
            Choice::Account(account) => account == seen.account(),
            Choice::Backend(_) => entry.mark.starts_with('*'),
            // The first who can have it.
            Choice::Receiver(_) => entry.note.is_empty(),
            Choice::UserSort(column) => screens.users.list.query.sort.0 == column,
            _ => entry.mark.starts_with("[x]"),
        };
        let chosen = picker.all(seen).into_iter().find(in_force);
        picker.list = ListView::on(chosen.map(|entry| entry.choice));
        picker
    }

    fn choice(&self, seen: &Seen<'_>) -> Option<Choice> {
        self.over(&self.entries(seen)).current().copied()
    }

    /// Letters go into the line where there is one; what is no letter is a command
    /// first.
    pub(super) fn on_key(&mut self, key: Key, context: &Context<'_>) -> Taken {
        let command = matches!(context.look_up(&[Scope::Pick], key), Lookup::Found(_));
        if (command && key.printable().is_none()) || !context.pending.is_empty() {
            return Taken::NotMine;
        }
        if self.type_key(key, &context.seen()) { Taken::Here } else { Taken::NotMine }
    }

    fn type_key(&mut self, key: Key, seen: &Seen<'_>) -> bool {
        if self.finding {
            let before = self.words.value().to_owned();
            let taken = self.words.take(key);
            let changed = self.words.value() != before;
            self.typed(true, changed);
            return taken;
        }
        let choice = self.choice(seen);
        let Some(field) = self.field_mut(choice) else { return false };
        match key.printable() {
            _ if choice.is_some_and(Choice::takes_any_letter) => {}
            Some(letter) if matches!(choice, Some(Choice::Since | Choice::Until)) => {
                if !goes_on_in_time(field.value(), letter) {
                    return false;
                }
            }
            Some(letter) if begins_anew(field.value(), letter) => field.reset(),
            Some(letter) if !goes_on(field.value(), letter) => return false,
            Some(_) | None => {}
        }
        let before = field.value().to_owned();
        let taken = line::take(field, key);
        let changed = field.value() != before;
        self.typed(false, changed);
        taken
    }

    pub(super) fn paste_text(&mut self, text: &str, context: &mut Context<'_>) {
        if self.finding {
            self.words.paste(text);
            self.typed(true, true);
            return;
        }
        let choice = self.choice(&context.seen());
        match self.field_mut(choice) {
            Some(field) => {
                line::paste(field, text);
                self.typed(false, true);
            }
            None => {
                context.shared.say(Kind::Refused, "Pasted text is ignored here");
            }
        }
    }

    /// A line of the picker changed: other entries match now, or a field differs.
    fn typed(&mut self, finding: bool, changed: bool) {
        if !changed {
            return;
        }
        self.error = None;
        if finding {
            self.list = ListView::default();
        } else {
            self.touched = true;
        }
    }

    /// Does what a command does in a picker.
    pub(super) fn on_command(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        match command {
            Command::Tick => self.tick(context),
            Command::Take => self.take(context),
            Command::ClearField => self.clear_field(context),
            Command::NextField => self.go_to_field(&context.seen(), true),
            Command::PreviousField => self.go_to_field(&context.seen(), false),
            Command::Find => {
                self.finding = true;
                self.words.select();
            }
            Command::ClosePicker => self.close(context),
            _ => {
                self.list = self.over(&self.entries(&context.seen()));
                if !self.list.step(command, PAGE) {
                    return Taken::NotMine;
                }
                self.moved = true;
            }
        }
        Taken::Here
    }

    /// To the first entry of the next field, or of the previous one, round and round.
    fn go_to_field(&mut self, seen: &Seen<'_>, on: bool) {
        let entries = self.entries(seen);
        self.list = self.over(&entries);
        let fields: Vec<_> = entries.iter().map(|entry| entry.field).collect();
        let mut starts: Vec<usize> = (0..fields.len())
            .filter(|at| *at == 0 || fields.get(*at) != fields.get(at - 1))
            .collect();
        let here = starts.iter().rposition(|start| *start <= self.list.cursor).unwrap_or_default();
        if !starts.is_empty() {
            let by = if on { here + 1 } else { here + starts.len() - 1 };
            let turns = by % starts.len();
            starts.rotate_left(turns);
        }
        self.list.put_on(starts.first().copied().unwrap_or_default());
        // What the cursor passed on its way was not meant.
        self.moved = false;
    }

    /// One step back: what was typed to find an entry, then the picker.
    fn close(&mut self, context: &mut Context<'_>) {
        let narrowed = self.finding || !self.words.value().is_empty();
        if narrowed && !self.subject.is_typed() {
            self.finding = false;
            self.words.reset();
            self.list = ListView::default();
        } else {
            context.then.push(Then::Close);
        }
    }

    /// Adds the entry to what is chosen, or takes it away.
    fn tick(&mut self, context: &mut Context<'_>) {
        let Some(choice) = self.choice(&context.seen()) else { return };
        self.touched = true;
        match &mut self.subject {
            Subject::Filters(draft) => draft.tick(choice),
            Subject::UserFilters(draft) => draft.tick(choice),
            Subject::Events(draft) => draft.tick(choice),
            _ => {}
        }
        let Context { shared, screens, .. } = context;
        match choice {
            Choice::Column(column) => screens.tokens_mut().tick_column(shared, column),
            Choice::UsualColumns => screens.tokens_mut().show_columns(shared, None),
            Choice::Sort(column) => screens.tokens_mut().add_sort(shared, column),
            Choice::UserSort(column) => screens.users.sort_users(shared, column),
            _ => {}
        }
    }

    /// Enter: ends finding; else takes the entry alone if nothing was ticked, and ends
    /// the choice.
    fn take(&mut self, context: &mut Context<'_>) {
        if self.finding && !self.subject.is_typed() {
            self.finding = false;
            self.words.deselect();
            self.moved |= !self.words.value().is_empty();
            return;
        }
        // Where nothing matches there is nothing to be done with.
        let Some(choice) = self.choice(&context.seen()) else { return };
        let (untouched, alone) = (!self.touched, self.takes_the_one_here());
        let refusal = match (&self.subject, choice) {
            (Subject::Receiver(giving), Choice::Receiver(to)) => {
                giving.refusal(to, &context.seen())
            }
            _ => None,
        };
        if refusal.is_some() {
            self.error = refusal;
            return;
        }
        match &mut self.subject {
            Subject::Filters(draft) => {
                if alone {
                    draft.take_alone(choice);
                }
                return self.apply_filters(context);
            }
            Subject::UserFilters(draft) => {
                if alone {
                    draft.take_alone(choice);
                }
                let query = draft.finish();
                return self.apply_user_filters(query, context);
            }
            Subject::Events(draft) => {
                if alone {
                    draft.take_alone(choice);
                }
                match draft.finish(context.shared.wall()) {
                    Ok(filters) => {
                        context.then.extend([Then::Close, Then::FilterTrail(Box::new(filters))]);
                    }
                    Err(why) => self.error = Some(why),
                }
                return;
            }
            Subject::Receiver(giving) => {
                if let Choice::Receiver(to) = choice {
                    context.then.push(Then::Close);
                    let tokens = context.screens.tokens();
                    context.then.extend(tokens.give(giving, to, context.shared));
                }
                return;
            }
            _ => {}
        }
        let chosen = match (&self.subject, choice) {
            (Subject::Views(all), Choice::View(at)) => all.get(at).map(|view| view.name.clone()),
            _ => None,
        };
        if let Some(name) = chosen {
            context.then.extend([Then::Close, Then::Fulfil(Wish::View(name))]);
            return;
        }
        let Context { shared, screens, then, .. } = &mut *context;
        match choice {
            Choice::Backend(at) => {
                then.push(Then::Close);
                let name = shared.backends.offers.get(at).map(|offer| offer.name.clone());
                then.extend(name.map(Then::SwitchTo));
                return;
            }
            Choice::Account(account) => then.push(Then::ChooseAccount(account)),
            Choice::UserSort(column) if untouched => screens.users.sort_users(shared, column),
            Choice::Sort(column) if untouched => screens.tokens_mut().sort_by(shared, column),
            Choice::Column(_) | Choice::UsualColumns if untouched => self.tick(context),
            _ => {}
        }
        context.then.push(Then::Close);
    }

    fn apply_filters(&mut self, context: &mut Context<'_>) {
        let Subject::Filters(draft) = &self.subject else { return };
        let finished = draft.finish(context.shared.wall()).and_then(|filters| {
            prompt::must_be_here(&filters.terms, &context.seen())?;
            Ok(filters)
        });
        match finished {
            Ok(filters) => {
                context.then.push(Then::Close);
                context.screens.tokens_mut().set_filters(context.shared, filters);
            }
            Err(why) => self.error = Some(why),
        }
    }

    fn apply_user_filters(&self, query: UserQuery, context: &mut Context<'_>) {
        context.then.push(Then::Close);
        context.screens.users.filter_users(context.shared, query);
        let chosen = !context.screens.users.list.query.modules.is_empty();
        context.then.extend(self.then.filter(|_| chosen).map(Then::Propose));
    }

    /// Clears what the entry is part of: a field of the filters, a sort key, or what
    /// was typed to find it.
    fn clear_field(&mut self, context: &mut Context<'_>) {
        if self.finding {
            self.words.reset();
            self.list = ListView::default();
            return;
        }
        let Some(choice) = self.choice(&context.seen()) else { return };
        self.error = None;
        self.touched = true;
        match &mut self.subject {
            Subject::Filters(draft) => draft.clear(choice),
            Subject::UserFilters(draft) => draft.clear(choice),
            Subject::Events(draft) => draft.clear(choice),
            _ => {}
        }
        if let Choice::Sort(column) = choice {
            context.screens.tokens_mut().remove_sort(context.shared, column);
        }
    }
}
