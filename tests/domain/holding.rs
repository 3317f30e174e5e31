//! What users hold of modules, and what a step for a user and a module takes away.

use std::collections::{BTreeMap, BTreeSet};

use tokendeck::domain::holding::{self, Held, made_name};
use tokendeck::domain::made::{Made, generated, request};
use tokendeck::domain::{
    CredentialChange, EventAction, HolderVerb, Holding, Level, ModuleId, Operator, Pair, Refusal,
    Role, Status, Token, TokenId, UserId, lifecycle,
};

use super::people::operator;
use super::tokens::{
    ACME, ADA, BOREALIS, CATALOG, MAX, NORTH, ORDERS, READERS, SOUTH, catalogue, credential, days,
    in_status, now, token, user,
};

fn of(status: Status) -> Token {
    let mut token = in_status(status);
    token.owner = Some(MAX);
    token
}

fn column(tokens: &[Token], module: Option<ModuleId>) -> Holding {
    let modules = module.into_iter().collect::<BTreeSet<_>>();
    Held::count(tokens, &modules, &catalogue(), now()).holding(!modules.is_empty())
}

#[test]
fn r117_the_column_says_whether_an_accepted_token_reaches_the_module() {
    let cases = [
        (vec![], Holding::Nothing),
        (vec![of(Status::Active)], Holding::Has),
        (vec![of(Status::Scheduled)], Holding::Has),
        (vec![of(Status::Disabled)], Holding::Has),
        (vec![of(Status::Expired)], Holding::Nothing),
        (vec![of(Status::Revoked)], Holding::Nothing),
        (vec![of(Status::Deleted)], Holding::Nothing),
        (vec![of(Status::Pending)], Holding::Pending { has: false }),
        (vec![of(Status::Pending), of(Status::Active)], Holding::Pending { has: true }),
    ];
    for (tokens, expected) in cases {
        assert_eq!(column(&tokens, Some(CATALOG)), expected, "{tokens:?}");
        assert_eq!(column(&tokens, Some(ORDERS)), Holding::Nothing);
    }
    let all = [of(Status::Active), of(Status::Pending), of(Status::Disabled)];
    assert_eq!(column(&all, None), Holding::Count { accepted: 2, pending: 1 });
}

#[test]
fn r117_a_module_may_be_reached_through_a_group() {
    let mut grouped = of(Status::Active);
    grouped.access = BTreeMap::new();
    grouped.groups = [READERS].into();
    assert_eq!(column(&[grouped.clone()], Some(ORDERS)), Holding::Has);
    assert_eq!(column(&[grouped], Some(CATALOG)), Holding::Nothing);
}

#[test]
fn what_is_held_ends_with_the_last_of_it() {
    let ending = |status, end: Option<i64>| {
        let mut token = of(status);
        token.valid_to = end.map(|count| now() + days(count));
        token
    };
    let held = |tokens: &[Token]| Held::count(tokens, &BTreeSet::new(), &catalogue(), now());
    let (soon, late) = (ending(Status::Active, Some(3)), ending(Status::Active, Some(9)));
    assert_eq!(held(&[soon.clone(), late]).expires(), Some(now() + days(9)));
    assert_eq!(held(&[soon.clone(), ending(Status::Active, None)]).expires(), None);
    let pending = ending(Status::Pending, Some(20));
    assert_eq!(held(std::slice::from_ref(&pending)).expires(), Some(now() + days(20)));
    assert_eq!(held(&[soon, pending]).expires(), Some(now() + days(3)));
    assert_eq!(held(&[]).expires(), None);
}

/// The statuses of the tokens that go, or the code of a refusal.
type Taken = Result<Vec<Status>, &'static str>;

/// What each verb takes of these statuses, or the code of its refusal.
fn taken(verb: HolderVerb, statuses: &[Status]) -> Taken {
    let tokens: Vec<Token> = statuses.iter().map(|status| of(*status)).collect();
    let all: Vec<&Token> = tokens.iter().collect();
    let status = |token: &&Token| Status::alone(token, now());
    holding::taken(verb, &all, now())
        .map(|taken| taken.iter().map(status).collect())
        .map_err(|refusal| refusal.code())
}

#[test]
fn every_verb_in_every_state_of_a_user_is_as_the_table_says() {
    use HolderVerb::{Cancel, Generate, Remove, Request};
    use Status::{Active, Disabled, Expired, Pending, Revoked};
    let both = [Active, Pending];
    let cases: [(&[Status], [Taken; 4]); 5] = [
        // Request, Remove, Cancel, Generate
        (&[], [Ok(vec![]), Err("nothing_held"), Err("not_pending"), Ok(vec![])]),
        (
            &[Active, Disabled],
            [
                Ok(vec![]),
                Ok(vec![Active, Disabled]),
                Err("not_pending"),
                Ok(vec![Active, Disabled]),
            ],
        ),
        (
            &[Pending],
            [Err("already_pending"), Ok(vec![Pending]), Ok(vec![Pending]), Ok(vec![Pending])],
        ),
        (
            &both,
            [
                Err("already_pending"),
                Ok(vec![Active, Pending]),
                Ok(vec![Pending]),
                Ok(vec![Active, Pending]),
            ],
        ),
        // What has ended stays as a record.
        (&[Expired, Revoked], [Ok(vec![]), Err("nothing_held"), Err("not_pending"), Ok(vec![])]),
    ];
    for (statuses, expected) in cases {
        for (verb, expected) in [Request, Remove, Cancel, Generate].into_iter().zip(expected) {
            assert_eq!(taken(verb, statuses), expected, "{verb} with {statuses:?}");
        }
    }
}

#[test]
fn a08_remove_leaves_no_value_and_nothing_to_accept_beside_what_it_takes() {
    let request = Token { value: None, ..of(Status::Pending) };
    let (held, exported) = (of(Status::Active), of(Status::Pending));
    let removed = |tokens: &[&Token]| {
        let taken = holding::taken(HolderVerb::Remove, tokens, now());
        taken.map(|taken| taken.len()).map_err(|refusal| refusal.code())
    };
    assert_eq!(removed(&[&request]), Err("pending"), "its user is told to be cut off by no one");
    assert_eq!(removed(&[&exported]), Ok(1));
    assert_eq!(removed(&[&held, &request]), Ok(2));
    assert_eq!(removed(&[&request, &exported]), Ok(2));
    assert_eq!(removed(&[&held, &request, &exported]), Ok(3));
}

#[test]
fn the_reasons_read_as_the_requirements_say() {
    assert_eq!(Refusal::AlreadyPending.to_string(), "Already pending");
    assert_eq!(Refusal::CancelInstead.to_string(), "Pending: cancel the request");
    assert_eq!(Refusal::ChooseModule.to_string(), "Choose a module first");
    assert_eq!((Refusal::ChooseModule.exit_code(), Refusal::ChooseModule.http_status()), (2, 422));
}

#[test]
fn r126_acceptance_replaces_older_tokens_for_that_module_alone() {
    let accepted = Token { id: TokenId::new(10_000_009), ..of(Status::Active) };
    let older = of(Status::Active);
    let wider = Token {
        access: BTreeMap::from([(CATALOG, Level::Full), (ORDERS, Level::Read)]),
        ..older.clone()
    };
    let other = Token { access: BTreeMap::from([(ORDERS, Level::Full)]), ..older.clone() };
    let elsewhere = Token { account: Some(BOREALIS), ..older.clone() };
    let strange = Token { owner: Some(ADA), ..older.clone() };
    let newer = Token { id: TokenId::new(10_000_010), ..older.clone() };
    let all = [
        older.clone(),
        wider,
        other,
        elsewhere,
        strange,
        newer,
        of(Status::Pending),
        of(Status::Revoked),
        accepted.clone(),
    ];
    let replaced = holding::replaced_by(&accepted, &all, &catalogue(), now());
    assert_eq!(replaced, [&older]);
}

#[test]
fn a_replaced_token_is_deleted_by_whoever_accepted_the_other() {
    let owner = Operator::of(&user(MAX, "max", Role::Member), None);
    let change = lifecycle::replaced(&of(Status::Active), lifecycle::actor(&owner), now());
    assert_eq!(change.token.deleted.map(|stamp| stamp.by), Some(Some(MAX)));
    assert!(matches!(change.credential, CredentialChange::Erase));
    assert_eq!(change.events[0].action, EventAction::Deleted);
    assert_eq!(change.token.version, 2);
}

#[test]
fn made_tokens_get_the_scopes_that_user_and_operator_share() {
    let all = catalogue();
    let scopes_of = |held: &[_], granting: &[_]| {
        let mut owner = user(MAX, "max", Role::Member);
        owner.scopes = held.iter().copied().collect();
        let mut ned = operator(Role::Admin);
        ned.scopes = granting.iter().copied().collect();
        holding::scopes_for(&owner, ACME, &ned, &all)
    };
    assert_eq!(scopes_of(&[NORTH, SOUTH], &[NORTH]).unwrap(), [NORTH].into());
    assert_eq!(scopes_of(&[NORTH], &[NORTH, SOUTH]).unwrap(), [NORTH].into());
    for (held, granting) in [(&[][..], &[NORTH][..]), (&[SOUTH], &[NORTH]), (&[NORTH], &[])] {
        let refusal = scopes_of(held, granting).unwrap_err();
        assert_eq!(refusal.code(), "no_common_scope");
        assert_eq!(refusal.to_string(), "Holds no scope of Acme that you could grant");
    }
    let mut partner = user(UserId::new(7), "pia", Role::Partner);
    partner.scopes = BTreeSet::new();
    let given = holding::scopes_for(&partner, ACME, &operator(Role::Superadmin), &all).unwrap();
    assert_eq!(given, [NORTH, SOUTH].into(), "a Partner holds every scope of theirs");
}

#[test]
fn an_account_without_scopes_wants_none() {
    let mut all = catalogue();
    all.scopes.clear();
    let owner = user(MAX, "max", Role::Member);
    let scopes = holding::scopes_for(&owner, ACME, &operator(Role::Admin), &all);
    assert_eq!(scopes.unwrap(), BTreeSet::new());
}

#[test]
fn names_are_login_and_module_and_then_a_number() {
    assert_eq!(made_name("carl", "eRecording", |_| false), "carl-erecording");
    assert_eq!(made_name("carl", "API 2.0", |_| false), "carl-api-2.0");
    let taken = ["carl-erecording", "carl-erecording-2"];
    assert_eq!(made_name("carl", "eRecording", |name| taken.contains(&name)), "carl-erecording-3");
    let long = made_name(&"l".repeat(80), "m", |_| false);
    assert!(long.chars().count() <= 60);
}

fn made() -> Made {
    Made {
        id: TokenId::new(10_000_002),
        name: "max-catalog".to_owned(),
        pair: Pair { user: MAX, module: CATALOG },
        account: ACME,
        scopes: [NORTH].into(),
    }
}

#[test]
fn r119_a_request_is_pending_full_on_its_module_and_without_a_value() {
    let change = request(made(), &operator(Role::Admin), now());
    let token = &change.token;
    assert_eq!(Status::alone(token, now()), Status::Pending);
    assert_eq!((token.owner, token.account, token.value), (Some(MAX), Some(ACME), None));
    assert_eq!(token.access, BTreeMap::from([(CATALOG, Level::Full)]));
    assert_eq!((token.valid_to, token.enabled, token.version), (None, true, 1));
    assert!(matches!(change.credential, CredentialChange::Keep));
    assert_eq!(change.events[0].action, EventAction::Requested);
}

#[test]
fn r122_a_generated_token_is_pending_with_a_value_that_its_first_use_accepts() {
    let end = Some(now() + days(180));
    let by = operator(Role::Admin);
    let change = generated(made(), credential(5), end, (&by, now()));
    assert_eq!(Status::alone(&change.token, now()), Status::Pending);
    assert_eq!(change.token.valid_to, end);
    assert!(matches!(change.credential, CredentialChange::Issue(_)));
    let used = lifecycle::accept_by_use(&change.token, None, now()).unwrap();
    assert_eq!(Status::alone(&used.token, now()), Status::Active);
    assert_eq!(used.token.valid_to, end, "its months started at the export");
}

#[test]
fn who_knows_of_whom_is_as_the_table_says() {
    let colleague = user(MAX, "max", Role::Member);
    let mut stranger = user(UserId::new(8), "hal", Role::Member);
    stranger.accounts = [BOREALIS].into();
    for (role, expected) in [
        (Role::Superadmin, [true, true]),
        (Role::Partner, [true, false]),
        (Role::Admin, [true, false]),
        (Role::Viewer, [true, false]),
        (Role::Member, [false, false]),
    ] {
        let operator = operator(role);
        assert_eq!([&colleague, &stranger].map(|user| operator.knows(user)), expected, "{role}");
    }
    let max = Operator::of(&colleague, None);
    assert!(max.knows(&colleague), "everybody knows of themselves");
    assert_eq!(token().owner, None);
}
