//! Keys in a form, saving it, and leaving it without losing what was typed. What the
//! form is for is the business of the file that opens it.

use crossterm::event::KeyCode;

use crate::text::Safe;
use crate::tui::command::{Command, Scope};
use crate::tui::deed::Deed;
use crate::tui::form::{self, Form, FormPlace, Ground, KeyTaken, Kind, Spot};
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::layers::Confirm;
use crate::tui::model::Model;
use crate::tui::notice::Kind as NoticeKind;
use crate::tui::place::is_a;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::ticket::Ticket;

impl Shared {
    /// What a form is filled in against now.
    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            catalogue: &self.catalogue,
            operator: &self.session.operator,
            now: self.wall(),
            zone: self.options.zone,
        }
    }
}

impl FormPlace {
    /// What the form says was sent.
    pub(super) fn form_is_saving(&mut self, ticket: Ticket) {
        if let Some(form) = &mut self.open {
            form.saving = Some(ticket);
        }
    }

    /// Whether the answer to a save is awaited; the form stays as it is until then.
    pub(super) fn is_saving(&self) -> bool {
        self.open.as_ref().is_some_and(|form| form.is_busy())
    }

    /// Whether nobody knows yet what became of a save.
    pub(super) fn is_unsure(&self) -> bool {
        self.open.as_ref().is_some_and(|form| form.unsure.is_some())
    }
}

impl FormPlace {
    /// Brings the form up to date with what it is filled in against.
    pub(super) fn renew_form(&mut self, shared: &Shared) {
        self.with_form(shared, Form::renew);
    }

    /// Does something to the form, if there is one.
    pub(super) fn with_form<T>(
        &mut self,
        shared: &Shared,
        change: impl FnOnce(&mut Form, &Ground<'_>) -> T,
    ) -> Option<T> {
        let mut form = self.open.take()?;
        let result = change(&mut form, &shared.ground());
        self.open = Some(form);
        Some(result)
    }

    fn press_in_form(&mut self, shared: &Shared, key: Key) -> KeyTaken {
        if self.is_saving() {
            return KeyTaken::No;
        }
        let taken = self.with_form(shared, |form, ground| {
            let taken = form.sheet.focused_mut().map_or(KeyTaken::No, |f| f.press(key, ground.now));
            form.renew(ground);
            taken
        });
        taken.unwrap_or(KeyTaken::No)
    }

    /// A paste goes into the field that takes letters.
    pub(super) fn paste_into_form(&mut self, shared: &mut Shared, text: &str) {
        let pasted = !self.is_saving()
            && self
                .with_form(shared, |form, ground| {
                    let pasted = form.sheet.focused_mut().is_some_and(|f| f.paste(text));
                    form.renew(ground);
                    pasted
                })
                .unwrap_or(false);
        if !pasted {
            shared.say(NoticeKind::Refused, "Pasted text is ignored here");
        }
    }

    pub(super) fn step_in_form(&mut self, shared: &Shared, on: bool) {
        self.with_form(shared, |form, _| form.sheet.step(on));
    }

    pub(super) fn turn_form(&mut self, shared: &Shared, on: bool) {
        self.with_form(shared, |form, _| form.sheet.turn(on));
    }

    /// Saves it, or goes to the first error (R108).
    pub(super) fn save_form(&mut self, shared: &mut Shared) {
        if self.is_unsure() {
            shared
                .say(NoticeKind::Refused, "It is not known yet whether it was saved: wait for it");
            return;
        }
        if self.is_saving() {
            shared.say(NoticeKind::Refused, "It is being saved");
            return;
        }
        let errors = self.with_form(shared, |form, ground| {
            form.renew(ground);
            form.sheet.go_to_error();
            form.sheet.errors()
        });
        match (errors, self.open.as_ref().map(|form| &form.kind)) {
            (Some(0), Some(Kind::Token(_))) => self.save_token(shared),
            (Some(0), Some(Kind::Entry(_))) => self.save_entry(shared),
            _ => {}
        }
    }
}

impl Model {
    /// Puts a form on the screen.
    pub(super) fn open_form(&mut self, form: Form) {
        self.screens.tokens.list.selection.range = None;
        self.search = None;
        self.form.open = Some(Box::new(form));
    }

    /// What lies open in a field gets the key first, then the form, then the field.
    pub(super) fn on_form_key(&mut self, key: Key) {
        let open = self.form.open.as_ref().and_then(|form| form.sheet.focused());
        let open = open.is_some_and(crate::tui::form::Field::is_open);
        if open && self.form.press_in_form(&self.shared, key) == KeyTaken::Yes {
            return;
        }
        if let Lookup::Found(command) = self.keymap.look_up(&[Scope::Form], &[key]) {
            return self.run(command);
        }
        if !open && self.form.press_in_form(&self.shared, key) == KeyTaken::Yes {
            return;
        }
        match self.keymap.look_up(&[Scope::Global], &[key]) {
            Lookup::Found(Command::Refresh) => return self.form.take_in(&mut self.shared),
            Lookup::Found(command) if form::works_over_it(command) => return self.run(command),
            Lookup::Found(_) => {
                self.say(NoticeKind::Refused, "Save or cancel the form first");
                return;
            }
            _ => {}
        }
        match (key.code(), self.form.open.as_ref().map(|form| form.sheet.spot)) {
            (KeyCode::Enter | KeyCode::Char(' '), Some(Spot::Save)) => {
                self.form.save_form(&mut self.shared);
            }
            (KeyCode::Enter | KeyCode::Char(' '), Some(Spot::Cancel)) => self.close_form(),
            (KeyCode::Down | KeyCode::Enter | KeyCode::Right, _) => {
                self.form.step_in_form(&self.shared, true);
            }
            (KeyCode::Up | KeyCode::Left, _) => self.form.step_in_form(&self.shared, false),
            _ => {}
        }
    }

    /// Closes it, after a question where something would be lost (R87).
    pub(super) fn close_form(&mut self) {
        let Some(form) = &self.form.open else { return };
        if form.saving.is_some() {
            self.say(NoticeKind::Refused, "It is being saved");
            return;
        }
        if !form.is_changed() {
            return self.discard_form();
        }
        let title = Safe::line(&form.title).into_string();
        let mut text = vec!["Discard changes?".to_owned()];
        if form.unsure.is_some() {
            let key = self.keymap.first_key_of(Command::Unconfirmed);
            text.push(format!("Whether it was saved is looked up all the same: {key} lists it."));
        }
        let stage = Stage { text, button: "Discard" };
        self.ask_about_form(title, stage, Deed::Discard);
    }

    pub(super) fn ask_about_form(&mut self, title: String, stage: Stage, deed: Deed) {
        let place = format!("{}  {}", self.place(), self.backend());
        let place = Safe::line(&place).into_string();
        let dialog = Confirm::new(title, place, vec![stage], deed);
        self.layers.push(dialog);
    }

    /// What was typed goes, and the question about it.
    pub(super) fn discard_form(&mut self) {
        self.form.open = None;
        self.layers.retain(|place| !is_a::<Confirm>(place));
    }
}
