//! The token form: opening it, its GUID, saving it, and what comes of that (R86 to
//! R113, R138).

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{Guid, Refusal, Time, UserId, calendar, policy};
use crate::text::Safe;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::form::{FormPlace, Kind, Origin, TokenForm};
use crate::tui::model::Model;
use crate::tui::notice::Kind as NoticeKind;
use crate::tui::orders::Save;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::ticket::Ticket;
use crate::wire::{Issued, LookAlike, TokenView};

impl FormPlace {
    /// Asks for another GUID, and with it another value (R97).
    pub(super) fn new_guid(&mut self, shared: &mut Shared) {
        if self.is_saving() || !self.has_token_form() {
            return;
        }
        shared.ask(Call::ProposeGuid);
    }

    fn has_token_form(&self) -> bool {
        self.token_form().is_some()
    }

    fn token_form(&self) -> Option<&TokenForm> {
        match self.open.as_ref().map(|form| &form.kind) {
            Some(Kind::Token(token)) => Some(token),
            _ => None,
        }
    }

    /// Takes in what others changed of the token that is edited; elsewhere what there
    /// is to choose from.
    pub(super) fn take_in(&mut self, shared: &mut Shared) {
        if self.is_unsure() {
            return shared.read_back();
        }
        if self.is_saving() {
            return;
        }
        let Some(id) = self.token_form().and_then(TokenForm::id) else {
            return shared.ask_who();
        };
        shared.ask(Call::Reread(id));
    }
}

impl FormPlace {
    pub(super) fn proposed_guid(&mut self, shared: &mut Shared, result: Answer<Guid>) {
        if self.is_saving() {
            return;
        }
        match result {
            Ok(guid) => {
                self.with_form(shared, |form, ground| {
                    let Kind::Token(token) = &mut form.kind else { return };
                    token.take_guid(guid);
                    form.renew(ground);
                });
            }
            Err(error) => shared.failed("draw a GUID", &error),
        }
    }

    /// Sends what the form says.
    pub(super) fn save_token(&mut self, shared: &mut Shared) {
        let save = self.with_form(shared, |form, ground| {
            let Kind::Token(token) = &form.kind else { return None };
            Some(token.save(&form.sheet, ground))
        });
        if let Some(save) = save.flatten() {
            let ticket = shared.ask(Call::Save(save));
            self.form_is_saving(ticket);
        }
    }

    pub(super) fn reread(&mut self, shared: &mut Shared, result: Answer<Box<TokenView>>) {
        match result {
            Ok(view) => {
                self.with_form(shared, |form, ground| {
                    let Kind::Token(token) = &mut form.kind else { return };
                    token.rebase(&mut form.sheet, &view, ground);
                    form.renew(ground);
                });
                shared.say(NoticeKind::Info, "Reloaded: what they changed is marked");
            }
            Err(error) => shared.failed("look at the token again", &error),
        }
    }
}

impl Model {
    /// A form for a new token; for a user it is issued to, where they are given (R93).
    pub(super) fn open_new_token(&mut self, owner: Option<UserId>) {
        let account = self.account();
        self.open_token_form(Origin::New { account, owner });
    }

    /// The settings of the token under the cursor or in the details (R70).
    pub(super) fn open_edit(&mut self) {
        if let Some(view) = self.screens.target().cloned() {
            self.open_token_form(Origin::Edit(Box::new(view)));
        }
    }

    /// A form for a new token, filled from the one under the cursor.
    pub(super) fn open_clone(&mut self) {
        if let Some(view) = self.screens.target().cloned() {
            self.open_token_form(Origin::Clone(Box::new(view)));
        }
    }

    fn open_token_form(&mut self, origin: Origin) {
        let proposes = !matches!(origin, Origin::Edit(_));
        let key = |command| self.keymap.first_key_of(command);
        let keys = format!("{} new  {} copy", key(Command::NewGuid), key(Command::CopyFormGuid));
        let form = TokenForm::open(origin, keys, &self.ground());
        self.open_form(form);
        if proposes {
            self.form.new_guid(&mut self.shared);
        }
    }

    /// Copies the GUID on screen (R96).
    pub(super) fn copy_form_guid(&mut self) {
        if let Some(guid) = self.form.token_form().and_then(TokenForm::guid) {
            self.copy_proposed(guid);
        }
    }

    /// What came of a save.
    pub(super) fn saved(&mut self, ticket: Ticket, save: Save, result: Answer<Box<Issued>>) {
        let mine = self.form.open.as_ref().is_some_and(|form| form.saving == Some(ticket));
        if !mine {
            return;
        }
        let edited = self.form.token_form().and_then(TokenForm::id).is_some();
        match result {
            Ok(issued) => self.take_saved(*issued, edited),
            Err(error) => self.not_saved(save, &error, edited),
        }
        self.leave_if_done();
    }

    /// The form goes, and the list shows the token at once, under the cursor (R109).
    fn take_saved(&mut self, issued: Issued, edited: bool) {
        self.form.open = None;
        let done = if edited { "updated" } else { "created" };
        let name = Safe::line(&issued.token.token.name);
        let warning = policy::warning(&issued.token.offences);
        let warning = warning.map_or_else(String::new, |warning| format!("; it is {warning}"));
        let said = format!("API token {name} was {done}{warning}");
        let (kind, said) = match LookAlike::warning(&issued.token.look_alikes) {
            Some(warning) => (NoticeKind::Info, format!("{said}. {}", Safe::line(&warning))),
            None => (NoticeKind::Ok, said),
        };
        self.say(kind, &said);
        let id = issued.token.token.id.clone();
        self.screens.tokens.list.id = Some(id.clone());
        self.screens.tokens.list.sought = Some((id, said));
        self.show_issued(issued);
        self.screens.tokens.reload(&mut self.shared);
    }

    /// It stays, with what was typed and the reason.
    fn not_saved(&mut self, save: Save, error: &BackendError, edited: bool) {
        let unsure = self.screens.tokens.doubt(&mut self.shared, save.into(), error);
        if let Some(form) = &mut self.form.open {
            form.saving = None;
            form.unsure = unsure;
        }
        let what = if edited { "update" } else { "create" };
        match error {
            BackendError { cause: Cause::Refused(Refusal::StaleVersion { by, at }), .. } => {
                self.ask_to_reload(by, *at);
            }
            BackendError { cause: Cause::Refused(Refusal::Invalid(errors)), .. } => {
                let errors = errors.clone();
                self.form.with_form(&self.shared, |form, ground| form.refuse(errors, ground));
                let messages = self.form.open.as_ref().map(|form| form.sheet.errors());
                if messages == Some(0) {
                    self.failed(&format!("{what} the token"), error);
                }
            }
            _ => self.failed(&format!("{what} the token"), error),
        }
        self.look();
    }

    pub(super) fn ask_to_reload(&mut self, by: &str, at: Time) {
        let Some(form) = &self.form.open else { return };
        let title = Safe::line(&form.title).into_string();
        let asked = format!("Changed by {by} at {} - reload?", calendar::seconds(at));
        let asked = Safe::line(&asked).into_string();
        let text = vec![asked, "What you typed stays; what they changed is marked.".to_owned()];
        self.ask_about_form(title, Stage { text, button: "Reload" }, Deed::Reload);
    }

    /// Asks for the token as it is now.
    pub(super) fn reload_form(&mut self) {
        self.layers.pop();
        if self.form.token_form().is_none() {
            return self.form.reload_entry_form(&mut self.shared);
        }
        self.form.take_in(&mut self.shared);
    }

    /// Says once that the token on the form was changed by somebody else.
    pub(super) fn notice_stale_form(&mut self) {
        let Some(view) = self.form.token_form().and_then(TokenForm::id) else { return };
        let Some(view) = self.screens.tokens.list.find(&view).cloned() else { return };
        let version = view.token.version;
        let news = self.form.with_form(&self.shared, |form, _| {
            let Kind::Token(token) = &mut form.kind else { return false };
            form.saving.is_none() && token.notices(version)
        });
        if news == Some(true) {
            let by = view.token.updated.by.map(|id| view.names.user(id)).unwrap_or_default();
            let key = self.keymap.first_key_of(Command::Refresh);
            let at = calendar::minutes(view.token.updated.at);
            let text = format!("Changed by {by} at {at} meanwhile: {key} reloads");
            // What saving it just led to says more.
            self.mention(Safe::line(&text).as_str());
        }
    }
}
