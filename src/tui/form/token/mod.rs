//! The form of a token: new, edited or cloned (R86 to R113). It asks the domain what
//! is wrong, as the authority will, and knows neither keys nor backend.

mod offers;
mod open;
mod overview;
mod rebase;
mod values;

use offers::Offers;

use crate::domain::policy::{Life, Verdict};
use crate::domain::{
    AccountFilter, AccountId, Catalogue, FieldError, Guid, Settings, TokenDraft, UserId, draft,
    leak, name, policy,
};
use crate::tui::orders::{NameAsked, Save};
use crate::wire::{Edit, RowId, TokenView};

use super::realm::realm_of;
use super::{Control, Ground, Sheet};

pub(in crate::tui) use open::Origin;

/// The key of None in the owner field.
const NOBODY: &str = "none";

/// What a token form knows besides its fields.
#[derive(Debug, Clone)]
pub(in crate::tui) struct TokenForm {
    /// The token that is edited, as it was read.
    base: Option<Box<TokenView>>,
    /// The GUID of the value it will have.
    guid: Option<Guid>,
    /// Whether saving an edit gives the token a new value (D12).
    new_value: bool,
    /// The account, where it can't be chosen.
    account: Option<String>,
    /// The owner, where it can't be chosen.
    owner: Option<UserId>,
    /// What the keys do with the GUID.
    keys: String,
    /// What was offered last.
    offers: Option<Offers>,
    /// The period chosen by itself; another one was the operator's choice.
    expires_by_default: usize,
    /// Who changed the token meanwhile, and what of it.
    seen_version: u64,
}

impl TokenForm {
    /// The token that is edited.
    pub(in crate::tui) fn id(&self) -> Option<RowId> {
        self.base.as_ref().map(|view| view.token.id.clone())
    }

    /// The same as it was read.
    pub(in crate::tui) fn base(&self) -> Option<&TokenView> {
        self.base.as_deref()
    }

    /// The version that was read.
    pub(in crate::tui) fn version(&self) -> u64 {
        self.base.as_ref().map_or(0, |view| view.token.version)
    }

    /// Whether saving ends the value the token has now.
    pub(in crate::tui) fn has_new_value(&self) -> bool {
        self.new_value
    }

    /// The GUID on screen.
    pub(in crate::tui) fn guid(&self) -> Option<Guid> {
        self.guid
    }

    /// Takes a GUID that was drawn. In an edit it stands for a new value.
    pub(in crate::tui) fn take_guid(&mut self, guid: Guid) {
        self.guid = Some(guid);
        self.new_value = self.base.is_some();
    }

    /// Whether this is the first news of that version of the token.
    pub(in crate::tui) fn notices(&mut self, version: u64) -> bool {
        let news = version > self.version() && version > self.seen_version;
        self.seen_version = self.seen_version.max(version);
        news
    }

    /// The key of the account, once it is known.
    fn account_key<'s>(&'s self, sheet: &'s Sheet) -> Option<&'s str> {
        self.account.as_deref().or_else(|| sheet.picked("account"))
    }

    /// The account, once it is known; it may be all of them.
    fn realm(&self, sheet: &Sheet) -> Option<AccountFilter> {
        realm_of(self.account_key(sheet)?)
    }

    /// The account; none for all accounts, or while it is not known.
    fn account(&self, sheet: &Sheet) -> Option<AccountId> {
        self.realm(sheet)?.one()
    }

    /// Its name, where others may have it. One that can't be had, or holds a value, goes
    /// nowhere; what it is called already is its own.
    pub(in crate::tui) fn name_asked(&self, sheet: &Sheet) -> Option<NameAsked> {
        let typed = sheet.text("name");
        let account = self.realm(sheet)?.one();
        let own = self.base.as_ref().is_some_and(|view| view.token.name == typed);
        let odd = own || leak::find(typed).is_some() || name::check(typed, "Name").is_err();
        (!odd).then(|| NameAsked { name: typed.trim().to_owned(), account, own: self.id() })
    }

    /// The account that it names, where it is known: of a token that is there its own.
    pub(in crate::tui) fn place(&self, sheet: &Sheet, ground: &Ground<'_>) -> Option<String> {
        let account = self.realm(sheet)?.one();
        let id = account.map(|id| format!(" {id}")).unwrap_or_default();
        Some(match &self.base {
            Some(view) => format!("{}{id}", view.names.account(account)),
            None => format!("{}{id}", ground.catalogue.account_name(account)),
        })
    }

    fn owner(&self, sheet: &Sheet) -> Option<UserId> {
        self.owner.or_else(|| sheet.picked("owner")?.parse().ok())
    }

    /// Brings what depends on other fields up to date; returns what is wrong.
    pub(super) fn renew(&mut self, sheet: &mut Sheet, ground: &Ground<'_>) -> Vec<FieldError> {
        self.offer(sheet, ground);
        self.propose_period(sheet);
        let by_date = sheet.radio("expires") == values::DATE;
        if let Some(field) = sheet.field_mut("valid_to") {
            field.hidden = !by_date;
        }
        let (settings, mut errors) = self.settings(sheet, ground);
        values::say_dates(sheet, ground);
        self.say_guid(sheet);
        let unread: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        let facts = self.facts(sheet, &settings, &unread, ground);
        if errors.is_empty() {
            errors.extend(self.judge(sheet, &settings, ground));
        }
        errors.extend(self.check(sheet, &settings, ground));
        if let Some(Control::Report(report)) = sheet.control_mut("overview") {
            report.set(facts);
        }
        // An end that follows from a period has no field of its own.
        if !by_date {
            for error in errors.iter_mut().filter(|error| error.field == "valid_to") {
                "expires".clone_into(&mut error.field);
            }
        }
        // Of what the form does not ask there is nothing to put right.
        let new = self.base.is_none();
        errors.retain(|error| values::is_asked(&error.field, new, ground));
        errors
    }

    /// What the fields give, and what can't be read in them.
    fn settings(&self, sheet: &Sheet, ground: &Ground<'_>) -> (Settings, Vec<FieldError>) {
        let before = self.base.as_ref().map(|view| Settings::of(&view.token));
        values::settings(sheet, before.unwrap_or_else(values::fresh), ground.now)
    }

    /// Six months once somebody owns it, for ever else, while nobody chose (D13).
    fn propose_period(&mut self, sheet: &mut Sheet) {
        if self.base.is_some() || sheet.radio("expires") != self.expires_by_default {
            return;
        }
        let wanted = if self.owner(sheet).is_some() { values::SIX_MONTHS } else { values::NEVER };
        if let Some(Control::Radio(radio)) = sheet.control_mut("expires") {
            radio.choose(wanted);
            self.expires_by_default = wanted;
        }
    }

    fn say_guid(&self, sheet: &mut Sheet) {
        let guid = self.guid.map_or_else(|| "drawn on saving".to_owned(), |guid| guid.to_string());
        if let Some(field) = sheet.field_mut("guid") {
            field.control = Control::Fixed(format!("{guid}   {}", self.keys));
            if self.new_value {
                "The current value stops working when you save".clone_into(&mut field.warning);
            }
        }
    }

    /// What its account says of such an end: why not, or beside it what is against its rules.
    fn judge(
        &self,
        sheet: &mut Sheet,
        settings: &Settings,
        ground: &Ground<'_>,
    ) -> Option<FieldError> {
        let before = self.base.as_ref().map(|view| &view.token);
        let life = Life::of_settings(settings, before, self.new_value, ground.now);
        let account = self.account(sheet);
        let verdict = life.and_then(|life| policy::verdict(account, life, ground.catalogue));
        let (flagged, refused) = match verdict {
            None => (None, None),
            Some(Verdict::Flagged(said)) => (Some(said), None),
            Some(Verdict::Refused(why)) => (None, Some(FieldError::new("valid_to", why))),
        };
        if let Some(field) = sheet.field_mut("expires") {
            field.warning = flagged.unwrap_or_default();
        }
        refused
    }

    /// What the domain says of it.
    fn check(&self, sheet: &Sheet, settings: &Settings, ground: &Ground<'_>) -> Vec<FieldError> {
        let before = self.base.as_ref().map(|view| &view.token);
        let account = self.account(sheet);
        let Ground { catalogue, operator, now, .. } = *ground;
        let place = draft::SettingsPlace { catalogue, operator, account, before, now };
        let checked = match before {
            Some(_) => draft::check(settings, &place).map(drop),
            None => draft::check_new(&self.draft(sheet, settings.clone()), &place).map(drop),
        };
        let mut errors = checked.err().unwrap_or_default();
        if self.realm(sheet).is_none() {
            // What can be chosen follows from the account.
            let apart = ["name", "description", "labels", "valid_from", "valid_to"];
            errors.retain(|error| apart.contains(&error.field.as_str()));
            errors.push(FieldError::new("account", "Choose an account"));
        }
        errors
    }

    fn draft(&self, sheet: &Sheet, settings: Settings) -> TokenDraft {
        TokenDraft {
            account: self.account(sheet),
            owner: self.owner(sheet),
            guid: self.guid,
            settings,
        }
    }

    /// What saving asks for. Only where no field has an error.
    pub(in crate::tui) fn save(&self, sheet: &Sheet, ground: &Ground<'_>) -> Save {
        let (settings, _) = self.settings(sheet, ground);
        match &self.base {
            None => Save::New(Box::new(self.draft(sheet, settings))),
            Some(view) => {
                let new_value = self.new_value;
                let guid = self.guid.filter(|_| new_value);
                let edit = Edit { version: view.token.version, settings, new_value, guid };
                Save::Edit { id: view.token.id.clone(), edit: Box::new(edit) }
            }
        }
    }

    /// A name from the catalogue, else as the token that is edited was told it.
    fn module_name(&self, id: crate::domain::ModuleId, catalogue: &Catalogue) -> String {
        match (catalogue.modules.get(&id), &self.base) {
            (Some(module), _) => module.name.clone(),
            (None, Some(view)) => view.names.module(id),
            (None, None) => id.to_string(),
        }
    }
}
