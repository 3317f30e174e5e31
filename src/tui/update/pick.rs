//! Keys in a picker, and what choosing does. Columns and order change at once,
//! filters when they are applied.

use crate::tui::command::{Command, Scope};
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::line;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::picker::{Choice, Draft, Entry, Picker, Subject};
use crate::tui::prompt;

use crate::tui::moves::target;

/// How many entries a page key passes.
const PAGE: usize = 10;

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

/// Whether a letter begins a length of time, where a whole one stands already: nobody
/// goes on behind its unit, so that it takes the place of the other.
fn begins_anew(so_far: &str, letter: char) -> bool {
    so_far.ends_with(char::is_alphabetic) && goes_on("", letter)
}

impl Model {
    pub(super) fn open_filters(&mut self) {
        let draft = Draft::of(&self.screens.tokens.filters, &self.seen());
        self.open_picker(Subject::Filters(Box::new(draft)));
    }

    /// Opens a picker on the entry in force.
    pub(super) fn open_picker(&mut self, subject: Subject) {
        let mut picker = Picker::new(subject);
        let in_force = |entry: &Entry| match entry.choice {
            Choice::Sort(column) => {
                self.screens.tokens.list.query.sort.first().is_some_and(|key| key.column == column)
            }
            Choice::Account(account) => account == self.account(),
            Choice::Backend(_) => entry.mark.starts_with('*'),
            Choice::UserSort(column) => self.screens.users.list.query.sort.0 == column,
            _ => entry.mark.starts_with("[x]"),
        };
        picker.at = picker.all(&self.seen()).iter().position(in_force).unwrap_or_default();
        self.layers.push(picker);
    }

    fn entry(&self) -> Option<Entry> {
        let picker = self.layers.top::<Picker>()?;
        picker.entries(&self.seen()).into_iter().nth(picker.at)
    }

    fn choice(&self) -> Option<Choice> {
        self.entry().map(|entry| entry.choice)
    }

    /// Letters go into the line where there is one; what is no letter is a command
    /// first.
    pub(super) fn on_picker_key(&mut self, key: Key) {
        let command = self.keymap.look_up(&[Scope::Pick], &[key]);
        if matches!(command, Lookup::Found(_)) && key.printable().is_none() {
            return self.on_command_key(key);
        }
        if self.pending.is_empty() && self.type_into_picker(key) {
            return;
        }
        self.on_command_key(key);
    }

    fn type_into_picker(&mut self, key: Key) -> bool {
        let choice = self.choice();
        let Some(picker) = self.layers.top_mut::<Picker>() else { return false };
        if picker.finding {
            let before = picker.words.value().to_owned();
            let taken = picker.words.take(key);
            let changed = picker.words.value() != before;
            self.typed(true, changed);
            return taken;
        }
        let Some(field) = picker.field_mut(choice) else { return false };
        match key.printable() {
            // Terms have letters of every kind.
            _ if choice == Some(Choice::Terms) => {}
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

    pub(super) fn paste_into_picker(&mut self, text: &str) {
        let choice = self.choice();
        let Some(picker) = self.layers.top_mut::<Picker>() else { return };
        if picker.finding {
            picker.words.paste(text);
            self.typed(true, true);
            return;
        }
        match picker.field_mut(choice) {
            Some(field) => {
                line::paste(field, text);
                self.typed(false, true);
            }
            None => self.say(Kind::Refused, "Pasted text is ignored here"),
        }
    }

    /// A line of the picker changed: other entries match now, or a field differs.
    fn typed(&mut self, finding: bool, changed: bool) {
        let Some(picker) = self.layers.top_mut::<Picker>().filter(|_| changed) else { return };
        picker.error = None;
        if finding {
            picker.at = 0;
        } else {
            picker.touched = true;
        }
    }

    pub(super) fn move_in_picker(&mut self, command: Command) {
        let count =
            self.layers.top::<Picker>().map_or(0, |picker| picker.entries(&self.seen()).len());
        if let Some(picker) = self.layers.top_mut::<Picker>() {
            picker.at = target(command, picker.at, PAGE, count.saturating_sub(1));
            picker.moved = true;
        }
    }

    /// To the first entry of the next field, or of the previous one, round and round.
    pub(super) fn go_to_field(&mut self, on: bool) {
        let Some(picker) = self.layers.top::<Picker>() else { return };
        let entries = picker.entries(&self.seen());
        let fields: Vec<_> = entries.iter().map(|entry| entry.field).collect();
        let mut starts: Vec<usize> = (0..fields.len())
            .filter(|at| *at == 0 || fields.get(*at) != fields.get(at - 1))
            .collect();
        let here = starts.iter().rposition(|start| *start <= picker.at).unwrap_or_default();
        if !starts.is_empty() {
            let by = if on { here + 1 } else { here + starts.len() - 1 };
            let turns = by % starts.len();
            starts.rotate_left(turns);
        }
        let to = starts.first().copied().unwrap_or_default();
        if let Some(picker) = self.layers.top_mut::<Picker>() {
            picker.at = to;
            picker.moved = true;
        }
    }

    /// Opens the line that narrows the entries.
    pub(super) fn find_entry(&mut self) {
        if let Some(picker) = self.layers.top_mut::<Picker>() {
            picker.finding = true;
            picker.words.select();
        }
    }

    /// One step back: what was typed to find an entry, then the picker.
    pub(super) fn close_picker(&mut self) {
        let Some(picker) = self.layers.top_mut::<Picker>() else { return };
        let narrowed = picker.finding || !picker.words.value().is_empty();
        if narrowed && !picker.subject.is_typed() {
            picker.finding = false;
            picker.words.reset();
            picker.at = 0;
        } else {
            self.layers.pop();
        }
    }

    /// Adds the entry to what is chosen, or takes it away.
    pub(super) fn tick(&mut self) {
        let Some(choice) = self.choice() else { return };
        if let Some(picker) = self.layers.top_mut::<Picker>() {
            picker.touched = true;
            match &mut picker.subject {
                Subject::Filters(draft) => draft.tick(choice),
                Subject::UserFilters(draft) => draft.tick(choice),
                _ => {}
            }
        }
        match choice {
            Choice::Column(column) => self.screens.tokens.tick_column(&mut self.shared, column),
            Choice::UsualColumns => self.screens.tokens.show_columns(&mut self.shared, None),
            Choice::Sort(column) => self.screens.tokens.add_sort(&mut self.shared, column),
            Choice::UserSort(column) => self.screens.users.sort_users(&mut self.shared, column),
            _ => {}
        }
    }

    /// Enter: ends finding; else takes the entry alone if nothing was ticked, and ends
    /// the choice.
    pub(super) fn take(&mut self) {
        let choice = self.choice();
        let Some(picker) = self.layers.top_mut::<Picker>() else { return };
        if picker.finding && !picker.subject.is_typed() {
            picker.finding = false;
            picker.words.deselect();
            picker.moved = true;
            return;
        }
        let (untouched, alone) = (!picker.touched, picker.takes_the_one_here());
        if let (Subject::Filters(draft), Some(choice)) = (&mut picker.subject, choice) {
            if alone {
                draft.take_alone(choice);
            }
            return self.apply_filters();
        }
        if let (Subject::UserFilters(draft), Some(choice)) = (&mut picker.subject, choice) {
            if alone {
                draft.take_alone(choice);
            }
            let (query, then) = (draft.finish(), picker.then);
            self.layers.pop();
            self.screens.users.list_users(&mut self.shared, query);
            if let Some(verb) = then.filter(|_| !self.screens.users.list.query.modules.is_empty()) {
                self.propose_holders(verb);
            }
            return;
        }
        if let Some(Choice::Backend(at)) = choice {
            self.layers.pop();
            let name = self.backends.offers.get(at).map(|offer| offer.name.clone());
            if let Some(name) = name {
                self.switch_to(&name);
            }
            return;
        }
        match choice {
            Some(Choice::UserSort(column)) if untouched => {
                self.screens.users.sort_users(&mut self.shared, column);
            }
            Some(Choice::Account(account)) => self.choose_account(account),
            Some(Choice::Sort(column)) if untouched => {
                self.screens.tokens.sort_by(&mut self.shared, column);
            }
            Some(Choice::Column(_) | Choice::UsualColumns) if untouched => self.tick(),
            Some(_) => {}
            // Nothing matches: there is nothing to be done with.
            None => return,
        }
        self.layers.pop();
    }

    fn apply_filters(&mut self) {
        let now = self.wall();
        let Some(picker) = self.layers.top::<Picker>() else { return };
        let Subject::Filters(draft) = &picker.subject else { return };
        let finished = draft.finish(now).and_then(|filters| {
            prompt::must_be_here(&filters.terms, &self.seen())?;
            Ok(filters)
        });
        let Some(picker) = self.layers.top_mut::<Picker>() else { return };
        match finished {
            Ok(filters) => {
                self.layers.pop();
                self.screens.tokens.set_filters(&mut self.shared, filters);
            }
            Err(why) => {
                picker.error = Some(why);
            }
        }
    }

    /// Clears what the entry is part of: a field of the filters, a sort key, or what
    /// was typed to find it.
    pub(super) fn clear_field(&mut self) {
        let choice = self.choice();
        let Some(picker) = self.layers.top_mut::<Picker>() else { return };
        if picker.finding {
            picker.words.reset();
            picker.at = 0;
            return;
        }
        let Some(choice) = choice else { return };
        picker.error = None;
        picker.touched = true;
        match &mut picker.subject {
            Subject::Filters(draft) => draft.clear(choice),
            Subject::UserFilters(draft) => draft.clear(choice),
            _ => {}
        }
        if let Choice::Sort(column) = choice {
            self.screens.tokens.remove_sort(&mut self.shared, column);
        }
    }
}
