//! Opening the form: empty, filled from the token that is edited, or from one that is
//! cloned.

use crate::domain::calendar::DayEnd;
use crate::domain::{AccountFilter, AccountId, Settings, UserId, label};
use crate::tui::form::{
    Control, Date, Field, Form, Ground, Item, Kind, Paragraph, Pick, Radio, Report, Section, Sheet,
};
use crate::wire::TokenView;

use super::{NOBODY, TokenForm, values};
use crate::tui::form::realm::{ALL, item_of, key_of};

/// Ticks scopes and groups of settings and gives their levels, where fields offer them.
fn grant(sheet: &mut Sheet, settings: &Settings) {
    sheet.tick("scopes", &settings.scopes);
    sheet.tick("groups", &settings.groups);
    sheet.give("access", settings.access.iter().map(|(id, level)| (id, Some(*level))));
}

/// What a form starts from.
#[derive(Debug, Clone)]
pub(in crate::tui) enum Origin {
    /// Nothing; in that account if it is known, for that user if there is one.
    New {
        /// The account the operator looks at.
        account: Option<AccountId>,
        /// The user whose tokens they look at.
        owner: Option<UserId>,
    },
    /// A token's settings, for another token.
    Clone(Box<TokenView>),
    /// A token, to be changed.
    Edit(Box<TokenView>),
}

impl TokenForm {
    /// A form; `keys` says what can be done with the GUID.
    pub(in crate::tui) fn open(origin: Origin, keys: String, ground: &Ground<'_>) -> Form {
        let token = Self {
            base: None,
            guid: None,
            new_value: false,
            account: None,
            owner: None,
            keys,
            offers: None,
            expires_by_default: values::NEVER,
            seen_version: 0,
        };
        match origin {
            Origin::New { account, owner } => token.open_new(account, owner, ground),
            Origin::Clone(view) => token.open_clone(&view, ground),
            Origin::Edit(view) => token.open_edit(&view, ground),
        }
    }

    fn open_new(
        mut self,
        account: Option<AccountId>,
        owner: Option<UserId>,
        ground: &Ground<'_>,
    ) -> Form {
        self.owner = owner;
        let account = self.account_field(account.map(AccountFilter::One), ground);
        let owner = self.owner_field(None, ground);
        let sheet = sheet(account, owner, &values::fresh());
        let sheet = self.fitted(sheet, ground);
        Form::new("New API token".to_owned(), sheet, Kind::Token(Box::new(self)), ground)
    }

    /// Without value and name; without the owner where that may not own one here any
    /// more. Dates that have passed are left out.
    fn open_clone(mut self, view: &TokenView, ground: &Ground<'_>) -> Form {
        let token = &view.token;
        let account = self.account_field(Some(token.account.into()), ground);
        let owner = self.owner_field(token.owner, ground);
        let today = ground.now.date_naive();
        let settings = Settings {
            name: String::new(),
            enabled: true,
            valid_from: token.valid_from.filter(|start| start.date_naive() >= today),
            valid_to: token.valid_to.filter(|end| *end > ground.now),
            ..Settings::of(token)
        };
        let mut sheet = self.fitted(sheet(account, owner, &settings), ground);
        self.offer(&mut sheet, ground);
        grant(&mut sheet, &settings);
        // The period of the one it is made from was chosen, unless nobody did: a request
        // has none before it is accepted.
        if !view.ends_after_acceptance() {
            self.expires_by_default = usize::MAX;
        }
        let title = format!("New API token like {}", token.name);
        let mut form = Form::new(title, sheet, Kind::Token(Box::new(self)), ground);
        // Closing it loses nothing that was typed.
        form.settle();
        form
    }

    fn open_edit(mut self, view: &TokenView, ground: &Ground<'_>) -> Form {
        let title = format!("Edit {}", view.token.name);
        self.guid = view.guid;
        let sheet = self.edit_sheet(view, ground);
        Form::new(title, sheet, Kind::Token(Box::new(self)), ground)
    }

    /// The fields of a token as it is, which is from now the one that is edited.
    pub(super) fn edit_sheet(&mut self, view: &TokenView, ground: &Ground<'_>) -> Sheet {
        let token = &view.token;
        let account = view.names.account(token.account);
        let id = token.account.map(|id| format!(" {id}")).unwrap_or_default();
        let owner = token.owner.map(|id| format!("{} {id}", view.names.user(id)));
        self.account = Some(key_of(token.account.into()));
        self.owner = token.owner;
        self.base = Some(Box::new(view.clone()));
        self.offers = None;
        let settings = Settings::of(token);
        let sheet = sheet(
            Control::Fixed(format!("{account}{id}")),
            Control::Fixed(owner.unwrap_or_else(|| "None".to_owned())),
            &settings,
        );
        let mut sheet = self.fitted(sheet, ground);
        if let Some(general) = sheet.sections.first_mut() {
            general.fields.insert(
                general.fields.len().min(2),
                Field::new("id", "ID", Control::Fixed(token.id.to_string())),
            );
        }
        self.offer(&mut sheet, ground);
        grant(&mut sheet, &settings);
        sheet
    }

    /// The sheet without the fields that the backend has not. Where it asks for no account,
    /// there is none to choose.
    fn fitted(&mut self, mut sheet: Sheet, ground: &Ground<'_>) -> Sheet {
        let new = self.base.is_none();
        for section in &mut sheet.sections {
            section.fields.retain(|field| values::is_asked(field.name, new, ground));
        }
        sheet.sections.retain(|section| !section.fields.is_empty());
        if sheet.field("account").is_none() {
            self.account.get_or_insert_with(|| ALL.to_owned());
        }
        sheet
    }

    /// Fixed where there is only one to choose (R92).
    fn account_field(&mut self, at: Option<AccountFilter>, ground: &Ground<'_>) -> Control {
        let owner = self.owner.and_then(|id| ground.catalogue.users.get(&id));
        let accounts = ground.operator.accounts_in(ground.catalogue);
        let fits =
            |id: AccountId| owner.is_none_or(|user| crate::domain::draft::may_own(user, Some(id)));
        let mut items: Vec<_> =
            accounts.into_iter().filter(|account| fits(account.id)).map(item_of).collect();
        let of_all = ground.operator.role == crate::domain::Role::Superadmin
            && owner.is_none_or(|user| crate::domain::draft::may_own(user, None));
        let several = items.len() > 1;
        if let ([only], false) = (items.as_slice(), of_all && several) {
            self.account = Some(only.key.clone());
            if !of_all {
                return Control::Fixed(only.text.clone());
            }
        }
        if of_all {
            items.insert(0, Item::new(&ALL, "All accounts"));
        }
        let only = self.account.take();
        let key = at.map(key_of);
        Control::Pick(Pick::new(items, key.or(only)))
    }

    /// Fixed where the form was opened for a user.
    fn owner_field(&self, at: Option<UserId>, ground: &Ground<'_>) -> Control {
        if let Some(id) = self.owner {
            let name = ground.catalogue.users.get(&id).map_or("", |user| user.name.as_str());
            return Control::Fixed(format!("{name} {id}"));
        }
        let mut items = vec![Item::new(&NOBODY, "None")];
        if let Some(user) = at.and_then(|id| ground.catalogue.users.get(&id)) {
            items.push(Item::new(&user.id, format!("{} {}", user.name, user.id)));
        }
        let key = at.map_or_else(|| NOBODY.to_owned(), |id| id.to_string());
        Control::Pick(Pick::new(items, Some(key)))
    }
}

/// The sections General, Modules, Overview (R88).
fn sheet(account: Control, owner: Control, settings: &Settings) -> Sheet {
    let period = if settings.valid_to.is_some() { values::DATE } else { values::NEVER };
    let period = Radio::new(values::PERIODS, period);
    let start = Date::new(settings.valid_from, DayEnd::Start);
    let end = Date::new(settings.valid_to, DayEnd::End);
    let general = vec![
        Field::text("name", "Name", &settings.name).required(),
        Field::new(
            "description",
            "Description",
            Control::Paragraph(Paragraph::new(&settings.description)),
        ),
        Field::new("account", "Account", account),
        Field::new("owner", "Owner", owner),
        Field::new("enabled", "Enabled", Control::Check(settings.enabled)),
        Field::new("guid", "GUID", Control::Fixed(String::new())),
        Field::new("scopes", "Scopes", Control::Fixed(String::new())).required(),
        Field::new("valid_from", "Valid from", Control::Date(start)),
        Field::new("expires", "Expires", Control::Radio(period)),
        Field::new("valid_to", "Valid to", Control::Date(end)),
        Field::text("labels", "Labels", &label::line(&settings.labels)),
    ];
    let modules = vec![
        Field::new("access", "", Control::Fixed(String::new())),
        Field::new("groups", "Groups", Control::Fixed(String::new())),
    ];
    let overview = vec![Field::new("overview", "", Control::Report(Report::default()))];
    Sheet::new(vec![
        Section { title: "General", fields: general },
        Section { title: "Modules", fields: modules },
        Section { title: "Overview", fields: overview },
    ])
}
