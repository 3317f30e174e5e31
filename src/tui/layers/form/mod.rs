//! A form over the whole screen: what the keys are to it, saving it, and leaving it without
//! losing what was typed. What is in a form is `tui/form`'s business.

mod draw;
mod entry;
mod save;
mod token;

use std::time::Duration;

use crossterm::event::KeyCode;
use ratatui::Frame;

use crate::text::safe_line;
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::deed::Deed;
use crate::tui::form::{self, Field, Form, Ground, KeyTaken, Kind, Spot};
use crate::tui::hint::Hint;
use crate::tui::hints::{labelled, usable};
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::layers::confirm::Confirm;
use crate::tui::moment::Moment;
use crate::tui::news::News;
use crate::tui::notice::Kind as NoticeKind;
use crate::tui::offer::Offer;
use crate::tui::orders::NameAsked;
use crate::tui::place::{Context, Cover, Place, Seen, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::Ability;

/// For how long nothing is typed before a name is looked up.
const REST: Duration = Duration::from_millis(400);

impl Shared {
    /// What a form is filled in against now.
    pub(in crate::tui) fn ground(&self) -> Ground<'_> {
        Ground {
            catalogue: &self.catalogue,
            operator: &self.session.operator,
            said: &self.session.descriptors,
            now: self.wall(),
            zone: self.options.zone,
        }
    }
}

impl Form {
    /// The key goes into the field that has them; nothing where a save is awaited.
    fn press(&mut self, shared: &Shared, key: Key) -> KeyTaken {
        if self.is_busy() {
            return KeyTaken::No;
        }
        let ground = shared.ground();
        let before = self.name_asked();
        let taken = self.sheet.focused_mut().map_or(KeyTaken::No, |f| f.press(key, ground.now));
        self.renew(&ground);
        self.ask_at_rest(before.as_ref(), shared);
        taken
    }

    /// Whether others have the name is asked once nothing is typed for a moment.
    fn ask_at_rest(&mut self, before: Option<&NameAsked>, shared: &Shared) {
        let asked = self.name_asked();
        if asked.as_ref() != before {
            self.rest = asked.map(|_| shared.now.after(REST));
        }
    }

    /// Asks why it is saved, where it can be.
    fn ask_why(&mut self, context: &mut Context<'_>) {
        self.renew(&context.shared.ground());
        self.sheet.go_to_error();
        if self.is_busy() || self.sheet.errors() > 0 {
            return self.save(context.shared);
        }
        let asked = format!("{}: save it, and why?", safe_line(&self.title));
        let stage = Stage { text: vec![asked], button: "Save" };
        let place = context.shared.at_work_here();
        let dialog = Confirm::new("Save with a reason".to_owned(), place, vec![stage], Deed::Save);
        context.then.push(Then::Open(Box::new(dialog.saying_why())));
    }

    /// Saves it, or goes to the first error (R108).
    pub(in crate::tui) fn save(&mut self, shared: &mut Shared) {
        let under_way = match (self.unsure, self.saving) {
            (Some(_), _) => "It is not known yet whether it was saved: wait for it",
            (None, Some(_)) => "It is being saved",
            (None, None) => "",
        };
        if !under_way.is_empty() {
            return shared.say(NoticeKind::Refused, under_way);
        }
        self.renew(&shared.ground());
        self.sheet.go_to_error();
        if self.sheet.errors() > 0 {
            return;
        }
        let call = match &self.kind {
            Kind::Token(token) => Some(Call::Save(token.save(&self.sheet, &shared.ground()))),
            Kind::Entry(entry) => {
                entry.save(&self.sheet).map(|save| Call::SaveEntry(Box::new(save)))
            }
        };
        self.pressed = shared.now;
        self.rest = None;
        self.saving = call.map(|call| shared.ask(call));
    }

    /// The change that it waits for is settled: it can be used again.
    pub(in crate::tui) fn release(&mut self, number: u64) -> bool {
        self.unsure.take_if(|unsure| *unsure == number).is_some()
    }

    /// Takes in what others changed of what is edited; elsewhere what there is to choose from.
    fn take_in(&self, shared: &mut Shared) {
        if self.unsure.is_some() {
            return shared.read_back();
        }
        if self.is_busy() {
            return;
        }
        match self.token().and_then(form::TokenForm::id) {
            Some(id) => drop(shared.ask(Call::Reread(id))),
            None => shared.ask_who(),
        }
    }

    /// Goes on with what is edited as it is now (R138).
    pub(in crate::tui) fn reload(&mut self, shared: &mut Shared) {
        match &mut self.kind {
            Kind::Token(_) => self.take_in(shared),
            Kind::Entry(entry) => {
                entry.reloading = true;
                shared.ask(Call::Who);
            }
        }
    }

    fn ask_about(&self, (stage, deed): (Stage, Deed), context: &mut Context<'_>) {
        let shared = &context.shared;
        let title = safe_line(&self.title);
        // Of what is on the form, whatever the list behind it shows.
        let account = match &self.kind {
            Kind::Token(token) if shared.session.descriptors.accounts() => {
                token.place(&self.sheet, &shared.ground())
            }
            Kind::Token(_) | Kind::Entry(_) => None,
        };
        let account = account.unwrap_or_else(|| shared.place());
        let place = safe_line(&format!("{account}  {}", shared.backend()));
        let dialog = Confirm::new(title, place, vec![stage], deed);
        context.then.push(Then::Open(Box::new(dialog)));
    }

    /// What the field under the keys has open gets every key first.
    fn field_is_open(&self) -> bool {
        self.sheet.focused().is_some_and(Field::is_open)
    }

    /// A key that nothing else has: it goes from field to field, or presses a button.
    fn go_by(&mut self, key: Key, context: &mut Context<'_>) {
        match (key.code(), self.sheet.spot) {
            (KeyCode::Enter | KeyCode::Char(' '), Spot::Save) => self.save(context.shared),
            (KeyCode::Enter | KeyCode::Char(' '), Spot::Cancel) => self.leave(context),
            (KeyCode::Down | KeyCode::Enter | KeyCode::Right, _) => self.sheet.step(true),
            (KeyCode::Up | KeyCode::Left, _) => self.sheet.step(false),
            // A text may have no use for a key, which is nothing to be told of.
            _ if self.takes_text() => {}
            _ => context.shared.tell_idle(&key.to_string()),
        }
    }
}

impl Place for Form {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Form, Scope::Global]
    }

    fn takes_text(&self) -> bool {
        self.sheet.focused().is_some_and(Field::takes_text)
    }

    fn cover(&self) -> Cover {
        Cover::Whole
    }

    fn gives_way(&self) -> bool {
        false
    }

    fn is_at_work(&self) -> bool {
        self.saving.is_some()
    }

    fn called(&self) -> &'static str {
        "the form"
    }

    fn deadline(&self) -> Option<Moment> {
        self.rest
    }

    fn due(&mut self, context: &mut Context<'_>) {
        if self.rest.take_if(|rest| *rest <= context.shared.now).is_none() {
            return;
        }
        // Elsewhere names need not differ.
        let ours = context.shared.session.abilities.refusal(Ability::TryFirst).is_none();
        if let Some(asked) = self.name_asked().filter(|_| ours) {
            context.shared.ask(Call::Named(asked));
        }
    }

    fn help(&self) -> &'static [(&'static str, &'static str)] {
        self.sheet.focused().map(|field| field.control.keys()).unwrap_or_default()
    }

    /// What lies open in a field gets the key first, then the form, then the field.
    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        let open = self.field_is_open();
        if open && self.press(context.shared, key) == KeyTaken::Yes {
            return Taken::Here;
        }
        if let Lookup::Found(command) = context.look_up(&[Scope::Form], key) {
            context.then.push(Then::Run(command));
            return Taken::Here;
        }
        if !open && self.press(context.shared, key) == KeyTaken::Yes {
            return Taken::Here;
        }
        match context.look_up(&[Scope::Global], key) {
            Lookup::Found(Command::Refresh) => self.take_in(context.shared),
            Lookup::Found(command) if self.passes(command, &context.seen()) => {
                context.then.push(Then::Run(command));
            }
            Lookup::Found(_) => {
                context.shared.say(NoticeKind::Refused, "Save or cancel the form first");
            }
            Lookup::Prefix | Lookup::Unknown => self.go_by(key, context),
        }
        Taken::Here
    }

    /// A paste goes into the field that takes letters.
    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        let before = self.name_asked();
        let pasted = !self.is_busy() && self.sheet.focused_mut().is_some_and(|f| f.paste(text));
        if !pasted {
            return Taken::NotMine;
        }
        self.renew(&context.shared.ground());
        self.ask_at_rest(before.as_ref(), context.shared);
        Taken::Here
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(match command {
            Command::NewGuid | Command::CopyFormGuid => self.sheet.field("guid").is_some(),
            Command::NextSection | Command::PreviousSection => self.sheet.sections.len() > 1,
            command => command.row().scope == Scope::Form,
        })
    }

    /// The others lead elsewhere, and what was typed must not be left behind unasked.
    fn passes(&self, command: Command, _seen: &Seen<'_>) -> bool {
        use Command::{Back, Help, Interrupt, Messages, Refresh, Repaint, Suspend};
        matches!(command, Back | Help | Interrupt | Messages | Refresh | Repaint | Suspend)
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        match command {
            Command::Save => self.save(context.shared),
            Command::SaveBecause => self.ask_why(context),
            Command::NextInput => self.sheet.tab(true),
            Command::PreviousInput => self.sheet.tab(false),
            Command::NextSection => self.sheet.turn(true),
            Command::PreviousSection => self.sheet.turn(false),
            Command::NewGuid => self.new_guid(context.shared),
            Command::CopyFormGuid => context.then.extend(self.clip().map(Then::Copy)),
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    /// Closes it, after a question where something would be lost (R87).
    fn leave(&mut self, context: &mut Context<'_>) {
        if self.saving.is_some() {
            return context.shared.say(NoticeKind::Refused, "It is being saved");
        }
        if !self.is_changed() {
            return context.then.push(Then::Close);
        }
        let mut text = vec!["Discard changes?".to_owned()];
        if self.unsure.is_some() {
            let key = context.shared.keymap.first_key_of(Command::Unconfirmed);
            text.push(format!("Whether it was saved is looked up all the same: {key} lists it."));
        }
        self.ask_about((Stage { text, button: "Discard" }, Deed::Discard), context);
    }

    fn answer(&mut self, answered: Answered, context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::ProposeGuid => self.proposed_guid(context.shared, answer(result)),
            Call::Named(asked) => {
                // What was typed since is another name, and is asked about anew.
                if let (Ok(taken), true) = (answer(result), self.name_asked() == Some(asked)) {
                    self.name_known(taken, &context.shared.ground());
                }
            }
            Call::Reread(_) => self.reread(context.shared, answer(result)),
            Call::Save(save) if self.saving == Some(ticket) => {
                self.saved(save, answer(result), context);
            }
            Call::SaveEntry(save) if self.saving == Some(ticket) => {
                self.entry_saved(save, answer(result), context);
            }
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn heed(&mut self, news: &News, context: &mut Context<'_>) {
        match news {
            News::Tokens => self.notice_stale(context),
            News::Known => {
                self.rebase_entry(context.shared);
                self.renew(&context.shared.ground());
            }
            News::Token(_) => {
                let open = |number: &u64| context.shared.is_unconfirmed(*number);
                self.unsure = self.unsure.filter(open);
            }
            News::Users | News::Gone(_) | News::Jobs | News::Ended(_) | News::Written => {}
        }
    }

    /// What the keys do in the form. In a text field `?` writes, F1 does not.
    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let help = seen.keymap.keys_of(Command::Help).into_iter().find(|keys| keys.len() > 1);
        let mut hints: Vec<_> = help.map(|keys| Hint::new(keys, "help")).into_iter().collect();
        let of_field = self.sheet.focused().map(|field| field.control.hints()).unwrap_or_default();
        let of_field = of_field.iter().map(|(keys, word)| Hint::new(*keys, *word));
        if self.field_is_open() {
            // Every key is for what lies open.
            return of_field.collect();
        }
        let (first, rest): (Vec<_>, Vec<_>) =
            labelled(Scope::Form).partition(|command| *command == Command::Save);
        let (rest, last): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|command| *command != Command::CopyFormGuid);
        hints.extend(usable(seen, first));
        hints.extend(of_field);
        hints.extend(usable(seen, rest));
        hints.extend(usable(seen, last));
        hints.push(Hint::new(seen.keymap.first_key_of(Command::Back), "cancel"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame, frame.area());
    }
}
