//! Who may take whom out of service, and what a user who is counts for.

use std::collections::BTreeSet;

use strum::IntoEnumIterator;
use tokendeck::domain::catalogue_rules::{EntryPlace, check, may_remove, may_switch};
use tokendeck::domain::verify::{Rejection, Request, verdict};
use tokendeck::domain::{
    Catalogue, EntryDraft, EntryId, OutOfService, Role, Status, Switch, Token, User, UserId, draft,
};

use super::people::operator;
use super::tokens::{ACME, BOREALIS, MAX, NORTH, SOUTH, catalogue, guid, now, token, user};

const ZOE: UserId = UserId::new(77);

fn told(by: Role, all: &Catalogue, whom: &User, switch: Switch) -> String {
    let answer = may_switch(&operator(by), all, (whom, switch));
    answer.map_or_else(|refusal| refusal.to_string(), |()| String::new())
}

fn zoe(role: Role) -> User {
    user(ZOE, "zoe", role)
}

#[test]
fn a05_members_and_viewers_are_for_any_manager_and_others_for_who_holds_all_of_theirs() {
    const MANAGES: &str = "Needs the manage_tokens permission";
    const ADMIN: &str = "Needs the role Admin";
    const SUPERADMIN: &str = "Needs the role Superadmin";
    for (by, whom, expected) in [
        (Role::Superadmin, Role::Superadmin, ""),
        (Role::Superadmin, Role::Partner, ""),
        (Role::Partner, Role::Superadmin, SUPERADMIN),
        (Role::Partner, Role::Partner, SUPERADMIN),
        (Role::Partner, Role::Admin, ""),
        (Role::Admin, Role::Partner, SUPERADMIN),
        (Role::Admin, Role::Admin, ""),
        (Role::Admin, Role::Viewer, ""),
        (Role::Admin, Role::Member, ""),
        (Role::Viewer, Role::Admin, ADMIN),
        (Role::Viewer, Role::Member, MANAGES),
        (Role::Member, Role::Member, MANAGES),
    ] {
        let mut all = catalogue();
        all.users.insert(UserId::new(1), user(UserId::new(1), "rosa", Role::Superadmin));
        assert_eq!(told(by, &all, &zoe(whom), Switch::Disable), expected, "{by} {whom}");
    }
}

#[test]
fn a05_a_manager_with_fewer_scopes_closes_off_a_member_but_no_admin_with_more() {
    let all = catalogue();
    let mut ned = operator(Role::Admin);
    ned.scopes = BTreeSet::from([NORTH]);
    let ask = |role| may_switch(&ned, &all, (&zoe(role), Switch::Disable));
    assert_eq!(ask(Role::Member), Ok(()));
    assert!(ask(Role::Admin).unwrap_err().to_string().contains("South plant"));
    let mut theirs = zoe(Role::Admin);
    theirs.scopes = BTreeSet::from([NORTH, SOUTH]);
    theirs.accounts = BTreeSet::from([ACME, BOREALIS]);
    let pia = operator(Role::Partner);
    let refused = may_switch(&pia, &all, (&theirs, Switch::Disable)).unwrap_err();
    assert!(refused.to_string().contains("accounts that are not yours"), "{refused}");
}

#[test]
fn a05_the_last_superadmin_in_service_and_oneself_stay() {
    let mut all = Catalogue::default();
    let me = user(UserId::new(99), "op", Role::Superadmin);
    all.users.insert(me.id, me.clone());
    let disable = |all: &Catalogue| told(Role::Superadmin, all, &me, Switch::Disable);
    assert_eq!(disable(&all), "The last Superadmin stays");
    // One who is out of service does not count.
    let mut other = user(UserId::new(1), "rosa", Role::Superadmin);
    other.disabled_at = Some(now());
    all.users.insert(other.id, other.clone());
    assert_eq!(disable(&all), "The last Superadmin stays");
    let root = operator(Role::Superadmin);
    assert!(may_remove(&root, &all, EntryId::User(me.id)).is_err());
    assert!(may_remove(&root, &all, EntryId::User(other.id)).is_ok());
    let demoted = EntryDraft::User(tokendeck::domain::entry::UserDraft {
        role: Role::Admin,
        accounts: BTreeSet::from([ACME]),
        scopes: BTreeSet::new(),
        ..me.draft()
    });
    let before = Some(EntryId::User(me.id));
    all.accounts = catalogue().accounts;
    let place = EntryPlace { catalogue: &all, operator: &root, before };
    let errors = check(&demoted, &place).unwrap_err();
    assert!(errors.iter().any(|error| error.message == "The last Superadmin stays"), "{errors:?}");
    other.disabled_at = None;
    all.users.insert(other.id, other);
    assert!(disable(&all).starts_with("Nobody disables themselves"));
}

#[test]
fn a05_what_is_so_already_is_said() {
    let all = catalogue();
    let mut max = all.users[&MAX].clone();
    assert_eq!(told(Role::Admin, &all, &max, Switch::Enable), "Already enabled");
    max.disabled_at = Some(now());
    assert_eq!(told(Role::Admin, &all, &max, Switch::Disable), "Already disabled");
    assert_eq!(told(Role::Admin, &all, &max, Switch::Enable), "");
}

#[test]
fn a05_an_edit_takes_nobody_out_of_service_nor_brings_them_back() {
    let mut all = catalogue();
    let before = Some(EntryId::User(MAX));
    let root = operator(Role::Superadmin);
    for (was, wanted) in [(None, Some(now())), (Some(now()), None)] {
        all.users.get_mut(&MAX).unwrap().disabled_at = was;
        let mut draft = all.users[&MAX].draft();
        draft.disabled_at = wanted;
        let place = EntryPlace { catalogue: &all, operator: &root, before };
        let errors = check(&EntryDraft::User(draft), &place).unwrap_err();
        assert_eq!(errors[0].field, "disabled_at");
    }
}

#[test]
fn a05_a_token_whose_owner_is_disabled_counts_as_disabled_and_is_refused() {
    let mut all = catalogue();
    let theirs = Token { owner: Some(MAX), ..token() };
    let ask = |all: &Catalogue| verdict(&theirs, guid(1), &Request::default(), all, now());
    assert_eq!(ask(&all), Ok(()));
    all.users.get_mut(&MAX).unwrap().disabled_at = Some(now());
    assert_eq!(ask(&all), Err(Rejection::OwnerDisabled));
    assert_eq!(Rejection::OwnerDisabled.code(), "owner_disabled");
    assert_eq!(OutOfService::of(&theirs, &all), Some(OutOfService::Owner));
    assert_eq!(Status::of(&theirs, &all, now()), Status::Disabled);
    // The account comes first: bringing the owner back would not open it.
    all.accounts.get_mut(&ACME).unwrap().status = tokendeck::domain::AccountStatus::Disabled;
    assert_eq!(OutOfService::of(&theirs, &all), Some(OutOfService::Account));
    assert_eq!(ask(&all), Err(Rejection::AccountDisabled));
    // A removed owner is nobody who is out of service.
    all = catalogue();
    all.users.remove(&MAX);
    assert_eq!(OutOfService::of(&theirs, &all), None);
}

#[test]
fn a05_nobody_out_of_service_is_offered_a_token() {
    for role in Role::iter() {
        let mut zoe = zoe(role);
        assert!(draft::may_own(&zoe, Some(ACME)), "{role}");
        zoe.disabled_at = Some(now());
        assert!(!draft::may_own(&zoe, Some(ACME)), "{role}");
    }
}
