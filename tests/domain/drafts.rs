//! What is wrong with the settings of a token, field by field.

use std::collections::{BTreeMap, BTreeSet};

use tokendeck::domain::draft::{SettingsPlace, check, check_new};
use tokendeck::domain::{
    AccountId, Catalogue, GroupId, Level, Operator, Role, ScopeId, Settings, Token, TokenDraft,
};

use super::people::operator;
use super::tokens::{
    ACME, ADA, BOREALIS, CATALOG, ELSEWHERE, HARBOR, NORTH, READERS, SOUTH, at, catalogue, now,
    settings, token,
};

/// The errors of an edit by this operator, as "field: message".
fn errors(settings: &Settings, operator: &Operator, before: Option<&Token>) -> Vec<String> {
    let catalogue = catalogue();
    let place =
        SettingsPlace { catalogue: &catalogue, operator, account: Some(ACME), before, now: now() };
    match check(settings, &place) {
        Ok(_) => vec![],
        Err(errors) => {
            errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect()
        }
    }
}

fn errors_of(change: impl FnOnce(&mut Settings)) -> Vec<String> {
    let mut settings = settings();
    change(&mut settings);
    errors(&settings, &operator(Role::Admin), None)
}

#[test]
fn good_settings_have_no_errors() {
    assert!(errors_of(|_| {}).is_empty());
}

#[test]
fn r098_at_least_one_scope_where_the_account_has_scopes() {
    assert_eq!(errors_of(|s| s.scopes.clear()), ["scopes: Choose at least one scope"]);
    let mut scopeless = operator(Role::Admin);
    scopeless.scopes.clear();
    let mut settings = settings();
    settings.scopes.clear();
    assert_eq!(errors(&settings, &scopeless, None), ["scopes: You hold no scope of Acme"]);
}

#[test]
fn r133_a_scope_that_is_not_held_cannot_be_granted() {
    let mut ned = operator(Role::Admin);
    ned.scopes = BTreeSet::from([NORTH]);
    let mut settings = settings();
    settings.scopes = BTreeSet::from([NORTH, SOUTH]);
    assert_eq!(errors(&settings, &ned, None), ["scopes: You hold no scope SCP-0002 of Acme"]);
    for foreign in [HARBOR, ScopeId::new(99)] {
        let errors = errors_of(|s| s.scopes = BTreeSet::from([foreign]));
        assert_eq!(errors, [format!("scopes: You hold no scope {foreign} of Acme")]);
    }
}

#[test]
fn r099_at_least_one_module_or_group() {
    let errors = errors_of(|s| s.access.clear());
    assert_eq!(errors, ["access: Give access to at least one module"]);
    assert!(
        errors_of(|s| {
            s.access.clear();
            s.groups = BTreeSet::from([READERS]);
        })
        .is_empty()
    );
}

#[test]
fn r099_only_modules_and_groups_of_the_account() {
    let errors = errors_of(|s| s.access = BTreeMap::from([(ELSEWHERE, Level::Read)]));
    assert_eq!(errors, ["access: Module MOD-0004 is not enabled for Acme"]);
    let errors = errors_of(|s| s.groups = BTreeSet::from([GroupId::new(9)]));
    assert_eq!(errors, ["groups: Acme has no group GRP-0009"]);
}

#[test]
fn an_edit_may_keep_a_module_that_is_no_longer_enabled_but_not_raise_it() {
    let mut before = token();
    before.access = BTreeMap::from([(ELSEWHERE, Level::Read)]);
    let mut settings = Settings::of(&before);
    settings.name = "zeta".to_owned();
    assert!(errors(&settings, &operator(Role::Admin), Some(&before)).is_empty());
    settings.access.insert(ELSEWHERE, Level::Full);
    assert_eq!(errors(&settings, &operator(Role::Admin), Some(&before)).len(), 1);
    assert_eq!(settings.access.len(), 1);
    assert_ne!(settings.access.get(&CATALOG), Some(&Level::Full));
}

#[test]
fn r107_past_dates_are_refused_but_a_stored_one_may_stay() {
    let past = Some(at("2026-03-01T00:00:00Z"));
    assert_eq!(errors_of(|s| s.valid_from = past), ["valid_from: Date is in the past"]);
    assert_eq!(errors_of(|s| s.valid_to = past), ["valid_to: Date is in the past"]);
    assert!(errors_of(|s| s.valid_from = Some(at("2026-03-10T00:00:00Z"))).is_empty(), "today");
    let mut before = token();
    before.valid_from = Some(at("2026-02-01T00:00:00Z"));
    before.valid_to = past;
    let mut settings = Settings::of(&before);
    settings.name = "zeta".to_owned();
    assert!(errors(&settings, &operator(Role::Admin), Some(&before)).is_empty());
}

#[test]
fn r108_valid_to_must_be_after_valid_from() {
    let errors = errors_of(|s| {
        s.valid_from = Some(at("2026-05-01T00:00:00Z"));
        s.valid_to = Some(at("2026-04-01T23:59:59Z"));
    });
    assert_eq!(errors, ["valid_to: Must be after Valid from (2026-05-01)"]);
}

#[test]
fn all_errors_come_at_once() {
    let errors = errors_of(|s| {
        s.name.clear();
        s.description = "x".repeat(501);
        s.scopes.clear();
        s.access.clear();
        s.valid_to = Some(now());
    });
    assert_eq!(errors.len(), 5);
}

fn new_errors(draft: &TokenDraft, operator: &Operator, catalogue: &Catalogue) -> Vec<String> {
    let place = SettingsPlace {
        catalogue,
        operator,
        account: draft.account,
        before: None::<&Token>,
        now: now(),
    };
    match check_new(draft, &place) {
        Ok(_) => vec![],
        Err(errors) => errors.into_iter().map(|error| error.message).collect(),
    }
}

#[test]
fn r092_only_a_superadmin_chooses_all_accounts() {
    let catalogue = catalogue();
    let settings = Settings { scopes: BTreeSet::new(), ..settings() };
    let draft = TokenDraft { account: None, owner: None, guid: None, settings };
    assert!(new_errors(&draft, &operator(Role::Superadmin), &catalogue).is_empty());
    for role in [Role::Partner, Role::Admin] {
        let errors = new_errors(&draft, &operator(role), &catalogue);
        assert_eq!(errors, ["Only a Superadmin can choose all accounts"]);
    }
}

#[test]
fn an_account_outside_ones_reach_reads_like_one_that_is_not_there() {
    let catalogue = catalogue();
    // Not a word about what it has, and who is in it: not its name, either.
    for owner in [None, Some(ADA)] {
        for account in [BOREALIS, AccountId::new(77)] {
            let settings = Settings { scopes: BTreeSet::new(), ..settings() };
            let draft = TokenDraft { account: Some(account), owner, guid: None, settings };
            let errors = new_errors(&draft, &operator(Role::Admin), &catalogue);
            assert_eq!(errors, [format!("No account {account} here")]);
        }
    }
}

#[test]
fn r093_an_owner_is_a_user_of_the_account() {
    let catalogue = catalogue();
    let mut draft =
        TokenDraft { account: Some(ACME), owner: Some(ADA), guid: None, settings: settings() };
    assert!(new_errors(&draft, &operator(Role::Admin), &catalogue).is_empty());
    draft.owner = Some(tokendeck::domain::UserId::new(77));
    let errors = new_errors(&draft, &operator(Role::Admin), &catalogue);
    assert_eq!(errors, ["Not a user of the account"]);
}
