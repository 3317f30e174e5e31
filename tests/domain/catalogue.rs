//! Who may change which entry of the catalogue, and what an entry must be like.

use std::collections::{BTreeMap, BTreeSet};

use strum::IntoEnumIterator;
use tokendeck::domain::catalogue_rules::{
    EntryPlace, check, keep_hidden, known_to, may_add, may_change, may_remove, must_hold_all_of,
    must_hold_what_changes,
};
use tokendeck::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use tokendeck::domain::{
    AccountStatus, Catalogue, EntryDraft, EntryId, EntryKind, Group, GroupId, Level, Operator,
    Refusal, Role, User, UserId,
};

use super::people::operator;
use super::tokens::{
    ACME, ADA, BOREALIS, CATALOG, ELSEWHERE, HARBOR, MAX, NORTH, ORDERS, READERS, SOUTH, catalogue,
    user,
};

const ROOT: UserId = UserId::new(10_001);
const PIA: UserId = UserId::new(10_002);
/// A Viewer of Borealis alone.
const FAR: UserId = UserId::new(10_007);
/// A Viewer of Acme and of Borealis.
const BOTH: UserId = UserId::new(10_008);
const SUPPORT: GroupId = GroupId::new(3);
const DOCKERS: GroupId = GroupId::new(4);

/// The catalogue of the other tables with an entry of every kind in each account.
fn world() -> Catalogue {
    let mut all = catalogue();
    for (id, login, role) in [(ROOT, "rosa", Role::Superadmin), (PIA, "pia", Role::Partner)] {
        all.users.insert(id, user(id, login, role));
    }
    all.users.get_mut(&ROOT).unwrap().accounts.clear();
    let mut far = user(FAR, "far", Role::Viewer);
    far.accounts = [BOREALIS].into();
    far.scopes = [HARBOR].into();
    let mut both = user(BOTH, "both", Role::Viewer);
    both.accounts = [ACME, BOREALIS].into();
    both.scopes = [NORTH, HARBOR].into();
    all.users.extend([(FAR, far), (BOTH, both)]);
    for (id, name, account) in [(SUPPORT, "Support", None), (DOCKERS, "Dockers", Some(BOREALIS))] {
        let access = BTreeMap::from([(ELSEWHERE, Level::Read)]);
        all.groups.insert(id, Group { id, name: name.to_owned(), account, access });
    }
    all
}

fn word(answer: Result<(), Refusal>) -> String {
    match answer {
        Ok(()) => "yes".to_owned(),
        Err(Refusal::NeedsRole { role }) => role.to_lowercase(),
        Err(refusal) => refusal.code().to_owned(),
    }
}

/// Everything that an operator of Acme asks about, and what each role is told:
/// Superadmin, Partner, Admin, Viewer, Member.
#[test]
fn r139_who_may_change_which_entry_is_as_the_table_says() {
    let table = [
        (EntryId::Account(ACME), "yes superadmin superadmin superadmin superadmin"),
        (EntryId::Account(BOREALIS), "yes not_found not_found not_found not_found"),
        (EntryId::Module(CATALOG), "yes superadmin superadmin superadmin superadmin"),
        (EntryId::Module(ELSEWHERE), "yes not_found not_found not_found not_found"),
        (EntryId::Scope(NORTH), "yes yes yes admin admin"),
        (EntryId::Scope(HARBOR), "yes not_found not_found not_found not_found"),
        (EntryId::Group(READERS), "yes yes yes admin admin"),
        (EntryId::Group(SUPPORT), "yes superadmin superadmin admin admin"),
        (EntryId::Group(DOCKERS), "yes not_found not_found not_found not_found"),
        (EntryId::User(ADA), "yes yes yes admin not_found"),
        (EntryId::User(MAX), "yes yes yes admin not_found"),
        (EntryId::User(PIA), "yes superadmin superadmin admin not_found"),
        (EntryId::User(ROOT), "yes not_found not_found not_found not_found"),
        (EntryId::User(FAR), "yes not_found not_found not_found not_found"),
        (EntryId::User(BOTH), "yes yes yes admin not_found"),
    ];
    let all = world();
    for (id, expected) in table {
        for (role, expected) in Role::iter().zip(expected.split(' ')) {
            let operator = operator(role);
            let known = known_to(&operator, &all);
            let told = word(may_change(&operator, &known, id));
            assert_eq!(told, expected, "{role} changes {id}");
        }
    }
}

#[test]
fn who_may_add_an_entry_is_as_the_table_says() {
    let table = [
        (EntryKind::Account, "yes superadmin superadmin superadmin superadmin"),
        (EntryKind::Module, "yes superadmin superadmin superadmin superadmin"),
        (EntryKind::Scope, "yes yes yes admin admin"),
        (EntryKind::Group, "yes yes yes admin admin"),
        (EntryKind::User, "yes yes yes admin admin"),
    ];
    for (kind, expected) in table {
        for (role, expected) in Role::iter().zip(expected.split(' ')) {
            assert_eq!(word(may_add(&operator(role), kind)), expected, "{role} adds a {kind}");
        }
    }
}

#[test]
fn an_account_and_the_last_superadmin_are_never_removed() {
    let mut all = world();
    let root = operator(Role::Superadmin);
    assert_eq!(word(may_remove(&root, &all, EntryId::Account(ACME))), "account_stays");
    assert_eq!(word(may_remove(&root, &all, EntryId::User(ROOT))), "last_superadmin");
    all.users.insert(MAX, user(MAX, "max", Role::Superadmin));
    assert_eq!(word(may_remove(&root, &all, EntryId::User(ROOT))), "yes");
}

#[test]
fn a_user_of_other_accounts_too_is_removed_by_a_superadmin_only() {
    let all = world();
    let told = |role, id| word(must_hold_all_of(&operator(role), &all, &all.users[&id]));
    assert_eq!(told(Role::Admin, BOTH), "holds_more");
    assert_eq!(told(Role::Superadmin, BOTH), "yes");
    assert_eq!(told(Role::Admin, MAX), "yes");
}

#[test]
fn a26_whoever_holds_less_changes_name_and_mail_of_a_user_and_nothing_else() {
    let mut all = world();
    let mut ned = operator(Role::Admin);
    (ned.scopes, ned.manage_tokens) = ([NORTH].into(), false);
    let carl = User { scopes: [NORTH, SOUTH].into(), ..user(MAX, "carl", Role::Admin) };
    all.users.insert(MAX, carl.clone());
    let more = "Holds more than you do (South plant, manage_tokens): only name and e-mail are \
                yours to change";
    let removed = may_remove(&ned, &all, EntryId::User(MAX));
    assert_eq!(removed.unwrap_err().to_string(), more);
    let before = EntryDraft::User(carl.draft());
    let edited = |change: &dyn Fn(&mut UserDraft)| {
        let mut draft = carl.draft();
        change(&mut draft);
        must_hold_what_changes(&ned, &all, (&before, &EntryDraft::User(draft)))
    };
    let rights: [&dyn Fn(&mut UserDraft); 6] = [
        &|user| user.role = Role::Member,
        &|user| user.manage_tokens = false,
        &|user| user.scopes = [NORTH].into(),
        &|user| user.scopes.clear(),
        &|user| user.accounts.clear(),
        &|user| user.login = "ned-too".to_owned(),
    ];
    for change in rights {
        assert_eq!(edited(change).unwrap_err().to_string(), more);
    }
    assert_eq!(edited(&|user| user.name = "Carla".to_owned()), Ok(()));
    assert_eq!(edited(&|user| user.email = Some("carla@x.example".to_owned())), Ok(()));
    // What there is more of afterwards counts as well.
    let plain = EntryDraft::User(UserDraft { scopes: BTreeSet::new(), ..member("eva") });
    let raised = EntryDraft::User(UserDraft { scopes: [SOUTH].into(), ..member("eva") });
    assert_eq!(word(must_hold_what_changes(&ned, &all, (&plain, &raised))), "holds_more");
    // Of another tenant nothing is named.
    let told = must_hold_all_of(&operator(Role::Admin), &all, &all.users[&BOTH]);
    let told = told.unwrap_err().to_string();
    assert!(told.contains("accounts that are not yours, scopes that are not yours"), "{told}");
    // Nobody touches a role above their own, a Superadmin everybody.
    let partner = must_hold_all_of(&operator(Role::Admin), &all, &all.users[&PIA]);
    assert!(partner.unwrap_err().to_string().contains("the role Partner"));
    let root = operator(Role::Superadmin);
    assert!(all.users.values().all(|user| must_hold_all_of(&root, &all, user).is_ok()));
}

/// The errors of a draft, each as "field: message"; none where it is right.
fn errors_of(draft: impl Into<Draft>, before: Option<EntryId>, by: &Operator) -> Vec<String> {
    let catalogue = known_to(by, &world());
    let place = EntryPlace { catalogue: &catalogue, operator: by, before };
    let errors = check(&draft.into().0, &place).err().unwrap_or_default();
    errors.into_iter().map(|error| format!("{}: {}", error.field, error.message)).collect()
}

struct Draft(EntryDraft);

macro_rules! drafts {
    ($($kind:ident: $draft:ident;)*) => {
        $(impl From<$draft> for Draft {
            fn from(draft: $draft) -> Self {
                Self(EntryDraft::$kind(draft))
            }
        })*
    };
}

drafts! {
    Account: AccountDraft;
    Module: ModuleDraft;
    Scope: ScopeDraft;
    Group: GroupDraft;
    User: UserDraft;
}

fn account(name: &str, endpoint: &str) -> AccountDraft {
    let endpoint = Some(endpoint.to_owned());
    AccountDraft {
        name: name.to_owned(),
        status: AccountStatus::Active,
        endpoint,
        rules: tokendeck::domain::Rules::default(),
    }
}

fn module(name: &str, path: &str) -> ModuleDraft {
    ModuleDraft { name: name.to_owned(), accounts: [ACME].into(), paths: vec![path.to_owned()] }
}

/// A new Member of Acme.
fn member(login: &str) -> UserDraft {
    UserDraft {
        login: login.to_owned(),
        scopes: BTreeSet::new(),
        ..user(MAX, "x", Role::Member).draft()
    }
}

#[test]
fn names_are_unique_in_their_list_whatever_their_case() {
    let root = operator(Role::Superadmin);
    let taken = ["name: Name already in use"];
    assert_eq!(errors_of(account(" ACME ", ""), None, &root), taken);
    assert_eq!(errors_of(account("Acme", ""), Some(EntryId::Account(ACME)), &root), [""; 0]);
    assert_eq!(errors_of(module("catalog", "/c"), None, &root), taken);
    let scope = |name: &str, account| ScopeDraft { name: name.to_owned(), account };
    assert_eq!(errors_of(scope("north PLANT", ACME), None, &root), taken);
    assert_eq!(errors_of(scope("north PLANT", BOREALIS), None, &root), [""; 0]);
    let group = |name: &str, account| GroupDraft {
        name: name.to_owned(),
        account,
        access: BTreeMap::new(),
    };
    // Groups of all accounts are offered beside the account's own.
    assert_eq!(errors_of(group("support", Some(ACME)), None, &root), taken);
    assert_eq!(errors_of(group("dockers", Some(ACME)), None, &root), [""; 0]);
    assert_eq!(errors_of(group("dockers", None), None, &root), taken);
    assert_eq!(errors_of(member("ADA"), None, &root), ["login: Login already in use"]);
}

#[test]
fn texts_of_entries_are_checked() {
    let root = operator(Role::Superadmin);
    let endpoint = |text: &str| errors_of(account("New", text), None, &root);
    for right in ["", "https://tokens.example/v1", "http://[::1]:8080", "HTTPS://X"] {
        assert_eq!(endpoint(right), [""; 0], "{right}");
    }
    for wrong in ["tokens.example", "ftp://x", "https://", "https:///v1", "https://a b"] {
        assert_eq!(endpoint(wrong).len(), 1, "{wrong}");
    }
    assert_eq!(endpoint("https://me:pw@x/"), ["endpoint: Leave out user name and password"]);
    let path = |text: &str| errors_of(module("New", text), None, &root);
    assert_eq!(path("/orders"), [""; 0]);
    assert_eq!(path("orders"), ["paths: 'orders' does not start with /"]);
    assert_eq!(path("/o?x=1"), ["paths: '/o?x=1' holds more than a path"]);
    assert_eq!(path("/o\u{202e}x"), ["paths: Contains the hidden character <U+202E>"]);
    let login = |text: &str| errors_of(member(text), None, &root);
    for right in ["eva", "eva.m@corp-1", "_svc", "jürgen", "e+v_a"] {
        assert_eq!(login(right), [""; 0], "{right}");
    }
    for wrong in ["", "eva m", "-eva", "eva;rm", "$eva", "eva'", "USR-0001-0009", "e\u{200b}va"] {
        assert_eq!(login(wrong).len(), 1, "{wrong}");
    }
    let email = |text: &str| {
        let draft = UserDraft { email: Some(text.to_owned()), ..member("eva") };
        errors_of(draft, None, &root)
    };
    for right in ["", "eva@example.com", "root@localhost"] {
        assert_eq!(email(right), [""; 0], "{right}");
    }
    for wrong in ["eva", "@x", "eva@", "eva@x@y", "eva@x..y", "e va@x", "eva@.x"] {
        assert_eq!(email(wrong).len(), 1, "{wrong}");
    }
}

#[test]
fn what_is_checked_is_stored_trimmed_and_empty_texts_as_none() {
    let root = operator(Role::Superadmin);
    let all = world();
    let place = EntryPlace { catalogue: &all, operator: &root, before: None };
    let checked = check(&EntryDraft::Account(account("  New  ", "  ")), &place).unwrap();
    let stored = AccountDraft { endpoint: None, ..account("New", "") };
    assert_eq!(checked, EntryDraft::Account(stored));
}

#[test]
fn the_account_of_a_scope_or_group_never_changes() {
    let root = operator(Role::Superadmin);
    let scope = ScopeDraft { name: "North".to_owned(), account: BOREALIS };
    let told = errors_of(scope, Some(EntryId::Scope(NORTH)), &root);
    assert_eq!(told, ["account: The account of a scope never changes"]);
    for account in [None, Some(BOREALIS)] {
        let group = GroupDraft { name: "Readers".to_owned(), account, access: BTreeMap::new() };
        let told = errors_of(group, Some(EntryId::Group(READERS)), &root);
        assert_eq!(told, ["account: The account of a group never changes"]);
    }
}

#[test]
fn a_group_grants_modules_of_its_account_only() {
    let ada = operator(Role::Admin);
    let group = |account, module| GroupDraft {
        name: "New".to_owned(),
        account,
        access: BTreeMap::from([(module, Level::Full)]),
    };
    assert_eq!(errors_of(group(Some(ACME), ORDERS), None, &ada), [""; 0]);
    let told = errors_of(group(Some(ACME), ELSEWHERE), None, &ada);
    assert_eq!(told, ["access: Module MOD-0004 is not enabled for Acme"]);
    let told = errors_of(group(None, CATALOG), None, &ada);
    assert_eq!(told, ["account: Only a Superadmin can choose all accounts"]);
    let told = errors_of(group(Some(BOREALIS), CATALOG), None, &ada);
    assert_eq!(told[0], "account: No account ACC-0001-0002 here");
}

#[test]
fn r133_nobody_gives_a_user_what_they_do_not_hold() {
    let mut ned = operator(Role::Admin);
    ned.scopes = [NORTH].into();
    let with = |change: &dyn Fn(&mut UserDraft)| {
        let mut draft = member("eva");
        change(&mut draft);
        errors_of(draft, None, &ned)
    };
    assert_eq!(with(&|user| user.scopes = [NORTH].into()), [""; 0]);
    assert_eq!(with(&|user| user.scopes = [SOUTH].into()), ["scopes: You do not hold South plant"]);
    assert_eq!(with(&|user| user.scopes = [HARBOR].into()), ["scopes: No scope SCP-0003 here"]);
    assert_eq!(
        with(&|user| user.accounts = [ACME, BOREALIS].into()),
        ["accounts: No account ACC-0001-0002 here"]
    );
    for role in [Role::Superadmin, Role::Partner] {
        let told = with(&|user| user.role = role);
        assert_eq!(told, [format!("role: Only a Superadmin makes a {role}")]);
    }
    ned.manage_tokens = false;
    let admin = UserDraft { role: Role::Admin, manage_tokens: true, ..member("eva") };
    assert_eq!(errors_of(admin, None, &ned), ["manage_tokens: You do not have it yourself"]);
}

#[test]
fn what_a_user_has_already_may_stay() {
    let mut ned = operator(Role::Admin);
    (ned.scopes, ned.manage_tokens) = ([NORTH].into(), false);
    let ada = UserDraft { name: "Ada A.".to_owned(), ..world().users[&ADA].draft() };
    assert_eq!(errors_of(ada, Some(EntryId::User(ADA)), &ned), [""; 0]);
}

#[test]
fn roles_have_their_number_of_accounts_and_some_can_never_manage() {
    let root = operator(Role::Superadmin);
    for role in Role::iter() {
        for (accounts, count) in [(vec![], 0), (vec![ACME], 1), (vec![ACME, BOREALIS], 2)] {
            let accounts = accounts.into_iter().collect();
            let draft = UserDraft { role, accounts, ..member("eva") };
            let right = match role {
                Role::Superadmin => true,
                Role::Admin => count == 1,
                Role::Partner | Role::Viewer | Role::Member => count > 0,
            };
            let told = errors_of(UserDraft { manage_tokens: false, ..draft }, None, &root);
            assert_eq!(told.is_empty(), right, "{role} with {count}: {told:?}");
        }
        let draft = UserDraft { role, manage_tokens: true, ..member("eva") };
        assert_eq!(errors_of(draft, None, &root).is_empty(), role.can_manage(), "{role}");
    }
}

#[test]
fn scopes_go_with_the_account_a_user_leaves() {
    let root = operator(Role::Superadmin);
    let all = world();
    let place = EntryPlace { catalogue: &all, operator: &root, before: Some(EntryId::User(BOTH)) };
    let draft = UserDraft { accounts: [ACME].into(), ..all.users[&BOTH].draft() };
    let Ok(EntryDraft::User(checked)) = check(&EntryDraft::User(draft), &place) else {
        panic!("it is right")
    };
    assert_eq!(checked.scopes, BTreeSet::from([NORTH]));
    let draft = UserDraft { scopes: [HARBOR].into(), ..member("eva") };
    let told = errors_of(draft, None, &root);
    assert_eq!(told, ["scopes: Harbor is a scope of Borealis, which the user has not"]);
}

#[test]
fn the_last_superadmin_keeps_the_role() {
    let root = operator(Role::Superadmin);
    let draft =
        UserDraft { role: Role::Partner, accounts: [ACME].into(), ..world().users[&ROOT].draft() };
    let told = errors_of(draft, Some(EntryId::User(ROOT)), &root);
    assert_eq!(told, ["role: The last Superadmin stays"]);
}

#[test]
fn what_an_operator_cannot_see_of_a_user_survives_their_edit() {
    let ada = operator(Role::Admin);
    let all = world();
    let known = known_to(&ada, &all);
    let seen = known.users[&BOTH].draft();
    assert_eq!((&seen.accounts, &seen.scopes), (&[ACME].into(), &[NORTH].into()));
    let before = EntryDraft::User(all.users[&BOTH].draft());
    let edited = UserDraft { name: "Bo".to_owned(), scopes: BTreeSet::new(), ..seen.clone() };
    let merged = keep_hidden(&EntryDraft::User(edited), &before, (&ada, &known));
    let expected =
        UserDraft { name: "Bo".to_owned(), scopes: [HARBOR].into(), ..all.users[&BOTH].draft() };
    assert_eq!(merged, EntryDraft::User(expected));
    for draft in [
        UserDraft { role: Role::Member, ..seen.clone() },
        UserDraft { login: "bo".to_owned(), ..seen },
    ] {
        let draft = keep_hidden(&EntryDraft::User(draft), &before, (&ada, &known));
        let refused = must_hold_what_changes(&ada, &all, (&before, &draft));
        assert_eq!(word(refused), "holds_more");
    }
}

#[test]
fn modules_of_a_group_that_are_out_of_sight_survive_an_edit() {
    let ada = operator(Role::Admin);
    let mut all = world();
    all.groups.get_mut(&READERS).unwrap().access.insert(ELSEWHERE, Level::Full);
    let known = known_to(&ada, &all);
    let seen = known.groups[&READERS].draft();
    assert!(!seen.access.contains_key(&ELSEWHERE));
    let before = EntryDraft::Group(all.groups[&READERS].draft());
    let edited = GroupDraft { access: BTreeMap::from([(ORDERS, Level::Full)]), ..seen };
    let merged = keep_hidden(&EntryDraft::Group(edited), &before, (&ada, &known));
    let EntryDraft::Group(merged) = merged else { panic!("a group stays one") };
    assert_eq!(merged.access, BTreeMap::from([(ORDERS, Level::Full), (ELSEWHERE, Level::Full)]));
}
