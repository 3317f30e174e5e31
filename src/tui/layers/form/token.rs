//! What the form of a token asks the backend besides its save, and what comes of that (R86 to
//! R113, R138).

use crate::backend::Answer;
use crate::domain::{Guid, calendar, policy};
use crate::text::{Safe, safe_line};
use crate::tui::call::Call;
use crate::tui::clipboard::{Clip, Payload, What};
use crate::tui::command::Command;
use crate::tui::form::{Form, Kind, Origin, TokenForm};
use crate::tui::notice::Kind as NoticeKind;
use crate::tui::orders::Save;
use crate::tui::place::{Context, Then};
use crate::tui::shared::Shared;
use crate::wire::{Ability, FormField, Issued, LookAlike, TokenView};

impl Shared {
    /// The form of a token; a new one asks for its GUID at once (R93).
    pub(in crate::tui) fn token_form(&mut self, origin: Origin) -> Form {
        let (takes, row) = match &origin {
            Origin::Edit(view) => (Ability::Edit, Some(view.as_ref())),
            Origin::New { .. } | Origin::Clone(_) => (Ability::Create, None),
        };
        let warnings = self.warnings(&[takes], row).join(" ");
        let draws = self.session.abilities.refusal(Ability::ProposeGuid).is_none();
        let asked = self.session.descriptors.asks(FormField::Guid, true);
        let proposes = takes == Ability::Create && draws && asked;
        let key = |command| self.keymap.first_key_of(command);
        let keys = format!("{} new  {} copy", key(Command::NewGuid), key(Command::CopyFormGuid));
        let form = TokenForm::open(origin, keys, &self.ground());
        if proposes {
            form.new_guid(self);
        }
        if !warnings.is_empty() {
            self.say(NoticeKind::Info, warnings);
        }
        form
    }
}

impl Form {
    pub(super) fn token(&self) -> Option<&TokenForm> {
        match &self.kind {
            Kind::Token(token) => Some(token),
            Kind::Entry(_) => None,
        }
    }

    /// Asks for another GUID, and with it another value (R97).
    pub(super) fn new_guid(&self, shared: &mut Shared) {
        if !self.is_busy() && self.token().is_some() {
            shared.ask(Call::ProposeGuid);
        }
    }

    pub(super) fn proposed_guid(&mut self, shared: &mut Shared, result: Answer<Guid>) {
        if self.is_busy() {
            return;
        }
        match result {
            Ok(guid) => {
                if let Kind::Token(token) = &mut self.kind {
                    token.take_guid(guid);
                }
                self.renew(&shared.ground());
            }
            Err(error) => shared.failed("draw a GUID", &error),
        }
    }

    /// The GUID on screen, of a token that may not exist yet (R96).
    pub(super) fn clip(&self) -> Option<Clip> {
        let guid = self.token().and_then(TokenForm::guid)?;
        let (what, name) = (What::FormGuid, self.sheet.text("name"));
        let said = match name.trim() {
            "" => format!("{what} of this token"),
            name => format!("{what} of {name}"),
        };
        Some(Clip { what, ids: vec![], said, payload: Payload::Plain(guid.to_string()) })
    }

    pub(super) fn reread(&mut self, shared: &mut Shared, result: Answer<Box<TokenView>>) {
        match result {
            Ok(view) => {
                let ground = shared.ground();
                if let Kind::Token(token) = &mut self.kind {
                    token.rebase(&mut self.sheet, &view, &ground);
                }
                self.renew(&ground);
                shared.say(NoticeKind::Info, "Reloaded: what they changed is marked");
            }
            Err(error) => shared.failed("look at the token again", &error),
        }
    }

    /// What came of a save.
    pub(super) fn saved(
        &mut self,
        save: Save,
        result: Answer<Box<Issued>>,
        context: &mut Context<'_>,
    ) {
        let edited = self.token().and_then(TokenForm::id).is_some();
        match result {
            Ok(issued) => take(*issued, edited, context),
            Err(error) => {
                let what = if edited { "update the token" } else { "create the token" };
                self.not_saved((save.into(), what), &error, context);
            }
        }
    }

    /// Says once that the token on the form was changed by somebody else.
    pub(super) fn notice_stale(&mut self, context: &mut Context<'_>) {
        let Some(id) = self.token().and_then(TokenForm::id) else { return };
        let Some(view) = context.screens.tokens().list.find(&id) else { return };
        let Kind::Token(token) = &mut self.kind else { return };
        if self.saving.is_some() || !token.notices(view.token.version) {
            return;
        }
        let by = view.token.updated.by.map(|id| view.names.user(id)).unwrap_or_default();
        let key = context.shared.keymap.first_key_of(Command::Refresh);
        let at = calendar::minutes(view.token.updated.at);
        let text = format!("Changed by {by} at {at} meanwhile: {key} reloads");
        // What saving it just led to says more.
        context.shared.mention(safe_line(&text));
    }
}

/// The form goes, and the list shows the token at once, under the cursor (R109).
fn take(issued: Issued, edited: bool, context: &mut Context<'_>) {
    let done = if edited { "updated" } else { "created" };
    let name = Safe::line(&issued.token.token.name);
    let warning = policy::warning(&issued.token.offences);
    let warning = warning.map_or_else(String::new, |warning| format!("; it is {warning}"));
    let said = format!("API token {name} was {done}{warning}");
    let (kind, said) = match LookAlike::warning(&issued.token.look_alikes) {
        Some(warning) => (NoticeKind::Info, format!("{said}. {}", Safe::line(&warning))),
        None => (NoticeKind::Ok, said),
    };
    context.shared.say(kind, &said);
    let id = issued.token.token.id.clone();
    let tokens = context.screens.tokens_mut();
    tokens.list.id = Some(id.clone());
    tokens.list.sought = Some((id, said));
    tokens.reload(context.shared);
    context.then.extend([Then::Close, Then::Show(Box::new(issued))]);
}
