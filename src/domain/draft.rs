//! The settings of a token as a form or a command gives them, and what is wrong
//! with them. The same checks serve every door.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::event::Field;
use super::{
    AccountId, Catalogue, FieldError, GroupId, Guid, Level, ModuleId, Operator, Refusal, Role,
    ScopeId, Time, Token, TokenId, User, UserId, calendar, label, name,
};

/// What an edit may change (D25): all but id, account and owner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Settings {
    /// Name.
    #[schemars(length(min = 1, max = name::MAX_NAME))]
    pub name: String,
    /// Free text, may be empty.
    #[schemars(length(max = name::MAX_DESCRIPTION))]
    pub description: String,
    /// Level for each module; absent = No access.
    pub access: BTreeMap<ModuleId, Level>,
    /// Permission groups.
    pub groups: BTreeSet<GroupId>,
    /// Scopes.
    pub scopes: BTreeSet<ScopeId>,
    /// What its holders say of it.
    #[serde(default)]
    #[schemars(schema_with = "label::schema")]
    pub labels: BTreeMap<String, String>,
    /// Off = Disabled.
    pub enabled: bool,
    /// First instant of validity; none = from creation.
    pub valid_from: Option<Time>,
    /// First instant after validity; none = Never.
    pub valid_to: Option<Time>,
}

impl Settings {
    /// The settings a token has.
    pub fn of(token: &Token<impl Sized>) -> Self {
        Self {
            name: token.name.clone(),
            description: token.description.clone(),
            access: token.access.clone(),
            groups: token.groups.clone(),
            scopes: token.scopes.clone(),
            labels: token.labels.clone(),
            enabled: token.enabled,
            valid_from: token.valid_from,
            valid_to: token.valid_to,
        }
    }

    /// Gives these settings to a token.
    pub fn apply(&self, token: &mut Token) {
        token.name.clone_from(&self.name);
        token.description.clone_from(&self.description);
        token.access.clone_from(&self.access);
        token.groups.clone_from(&self.groups);
        token.scopes.clone_from(&self.scopes);
        token.labels.clone_from(&self.labels);
        token.enabled = self.enabled;
        token.valid_from = self.valid_from;
        token.valid_to = self.valid_to;
    }
}

/// A token to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename = "Draft")]
pub struct TokenDraft {
    /// The account; none = all accounts, for a Superadmin alone.
    pub account: Option<AccountId>,
    /// The user it is issued to; none = a token of the account.
    pub owner: Option<UserId>,
    /// The GUID of its value where a form proposed one (R95); none = one is drawn.
    #[serde(default)]
    pub guid: Option<Guid>,
    /// The rest.
    pub settings: Settings,
}

/// The fields in which `settings` differ from the token's.
pub fn changed(token: &Token<impl Sized>, settings: &Settings) -> Vec<Field> {
    let before = Settings::of(token);
    let pairs = [
        (Field::Name, before.name != settings.name),
        (Field::Description, before.description != settings.description),
        (Field::Access, before.access != settings.access),
        (Field::Groups, before.groups != settings.groups),
        (Field::Scopes, before.scopes != settings.scopes),
        (Field::Labels, before.labels != settings.labels),
        (Field::Enabled, before.enabled != settings.enabled),
        (Field::ValidFrom, before.valid_from != settings.valid_from),
        (Field::ValidTo, before.valid_to != settings.valid_to),
    ];
    pairs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// Where settings are to hold: whose, by whom, when, and what was there before.
#[derive(Debug, Clone, Copy)]
pub struct SettingsPlace<'a, I = TokenId> {
    /// What exists.
    pub catalogue: &'a Catalogue,
    /// Who asks.
    pub operator: &'a Operator,
    /// The token's account.
    pub account: Option<AccountId>,
    /// The token as it is, for an edit: what it keeps is not checked again.
    pub before: Option<&'a Token<I>>,
    /// The time.
    pub now: Time,
}

/// Checks a draft and puts its texts into their stored form. All errors are
/// returned at once, each at its field. That the name is free is for the store
/// to say.
pub fn check_new(
    draft: &TokenDraft,
    place: &SettingsPlace<'_, impl Sized>,
) -> Result<TokenDraft, Vec<FieldError>> {
    if let Err(error) = check_account(place) {
        // What an account has is not told to those who may not choose it.
        let (_, errors) = check_texts(&draft.settings);
        let dates = check_dates(&draft.settings, place);
        return Err([vec![error], errors, dates].concat());
    }
    let mut errors = Vec::new();
    if let Some(owner) = draft.owner {
        let user = place.catalogue.users.get(&owner).filter(|user| place.operator.knows(user));
        let wrong = match user {
            Some(user) if may_own(user, place.account) => None,
            Some(user) if belongs(user, place.account) => {
                Some(Refusal::UserDisabled { name: user.name.clone() }.to_string())
            }
            Some(_) | None => Some("Not a user of the account".to_owned()),
        };
        errors.extend(wrong.map(|message| FieldError::new("owner", message)));
    }
    match check(&draft.settings, place) {
        Ok(settings) if errors.is_empty() => Ok(TokenDraft { settings, ..draft.clone() }),
        Ok(_) => Err(errors),
        Err(more) => Err([errors, more].concat()),
    }
}

fn check_account(place: &SettingsPlace<'_, impl Sized>) -> Result<(), FieldError> {
    match place.account {
        None if place.operator.role != Role::Superadmin => {
            Err(FieldError::new("account", "Only a Superadmin can choose all accounts"))
        }
        Some(id) if !place.catalogue.accounts.contains_key(&id) || !place.operator.reaches(id) => {
            Err(FieldError::new("account", format!("No account {id} here")))
        }
        _ => Ok(()),
    }
}

/// Whether a token of that account may be issued to a user. One who is out of service
/// gets none.
pub fn may_own(user: &User, account: Option<AccountId>) -> bool {
    !user.is_disabled() && belongs(user, account)
}

/// Whether a user belongs to that account, or to all.
pub fn belongs(user: &User, account: Option<AccountId>) -> bool {
    user.role == Role::Superadmin || account.is_some_and(|id| user.accounts.contains(&id))
}

/// Checks settings and puts their texts into their stored form.
pub fn check(
    settings: &Settings,
    place: &SettingsPlace<'_, impl Sized>,
) -> Result<Settings, Vec<FieldError>> {
    let (checked, mut errors) = check_texts(settings);
    errors.extend(check_scopes(settings, place));
    errors.extend(check_access(settings, place));
    errors.extend(check_dates(settings, place));
    if errors.is_empty() { Ok(checked) } else { Err(errors) }
}

/// The settings with their texts in their stored form, and what is wrong with those.
fn check_texts(settings: &Settings) -> (Settings, Vec<FieldError>) {
    let mut checked = settings.clone();
    let mut errors = Vec::new();
    match name::check(&settings.name, "Name") {
        Ok(name) => checked.name = name,
        Err(message) => errors.push(FieldError::new("name", message)),
    }
    match name::check_description(&settings.description) {
        Ok(text) => checked.description = text,
        Err(message) => errors.push(FieldError::new("description", message)),
    }
    match label::check(&settings.labels) {
        Ok(labels) => checked.labels = labels,
        Err(message) => errors.push(FieldError::new("labels", message)),
    }
    (checked, errors)
}

fn check_scopes(settings: &Settings, place: &SettingsPlace<'_, impl Sized>) -> Vec<FieldError> {
    let account = place.catalogue.account_name(place.account);
    let of_account: BTreeSet<_> =
        place.catalogue.scopes_of(place.account).map(|scope| scope.id).collect();
    let held: BTreeSet<_> = place
        .catalogue
        .scopes_of(place.account)
        .filter(|scope| place.operator.holds(scope))
        .map(|scope| scope.id)
        .collect();
    let kept = place.before.map(|token| token.scopes.clone()).unwrap_or_default();
    let foreign = settings.scopes.iter().find(|id| !held.contains(id) && !kept.contains(id));
    if let Some(id) = foreign {
        let message = format!("You hold no scope {id} of {account}");
        return vec![FieldError::new("scopes", message)];
    }
    let missing = settings.scopes.is_empty() && !of_account.is_empty();
    match (missing, held.is_empty()) {
        (false, _) => vec![],
        (true, true) => {
            vec![FieldError::new("scopes", format!("You hold no scope of {account}"))]
        }
        (true, false) => vec![FieldError::new("scopes", "Choose at least one scope")],
    }
}

fn check_access(settings: &Settings, place: &SettingsPlace<'_, impl Sized>) -> Vec<FieldError> {
    let account = place.catalogue.account_name(place.account);
    let modules: BTreeSet<_> =
        place.catalogue.modules_of(place.account).map(|module| module.id).collect();
    let groups: BTreeSet<_> =
        place.catalogue.groups_of(place.account).map(|group| group.id).collect();
    let kept_access = place.before.map(|token| token.access.clone()).unwrap_or_default();
    let kept_groups = place.before.map(|token| token.groups.clone()).unwrap_or_default();
    let mut errors = Vec::new();
    for (module, level) in &settings.access {
        let kept = kept_access.get(module).is_some_and(|before| before >= level);
        if !modules.contains(module) && !kept {
            let message = format!("Module {module} is not enabled for {account}");
            errors.push(FieldError::new("access", message));
        }
    }
    for group in &settings.groups {
        if !groups.contains(group) && !kept_groups.contains(group) {
            errors.push(FieldError::new("groups", format!("{account} has no group {group}")));
        }
    }
    if settings.access.is_empty() && settings.groups.is_empty() {
        errors.push(FieldError::new("access", "Give access to at least one module"));
    }
    errors
}

const SECONDS: &str = "A minute has the seconds 00 to 59";

fn check_dates(settings: &Settings, place: &SettingsPlace<'_, impl Sized>) -> Vec<FieldError> {
    let start_kept = place.before.is_some_and(|token| token.valid_from == settings.valid_from);
    let end_kept = place.before.is_some_and(|token| token.valid_to == settings.valid_to);
    if start_kept && end_kept {
        return vec![];
    }
    let today = place.now.date_naive();
    let past = settings.valid_from.is_some_and(|start| start.date_naive() < today);
    if past && !start_kept {
        return vec![FieldError::new("valid_from", "Date is in the past")];
    }
    if settings.valid_from.is_some_and(calendar::is_leap_second) {
        return vec![FieldError::new("valid_from", SECONDS)];
    }
    if settings.valid_from.is_some_and(|start| start > calendar::LAST) {
        return vec![FieldError::new("valid_from", "Date is after the year 9999")];
    }
    // An end that stays may have passed, but it must still come after its start.
    let floor = if end_kept { Time::MIN_UTC } else { place.now };
    check_end(settings.valid_from, settings.valid_to, floor).err().into_iter().collect()
}

/// Checks that validity ends after `now` and after it starts (R107, R108).
pub fn check_end(start: Option<Time>, end: Option<Time>, now: Time) -> Result<(), FieldError> {
    let Some(end) = end else { return Ok(()) };
    if end <= now {
        return Err(FieldError::new("valid_to", "Date is in the past"));
    }
    if calendar::is_leap_second(end) {
        return Err(FieldError::new("valid_to", SECONDS));
    }
    if end > calendar::LAST {
        return Err(FieldError::new("valid_to", "Date is after the year 9999"));
    }
    match start {
        Some(start) if end <= start => {
            let message = format!("Must be after Valid from ({})", calendar::day(start));
            Err(FieldError::new("valid_to", message))
        }
        _ => Ok(()),
    }
}
