//! Who sees what: tokens, catalogue, and what is said of the rest.

use std::collections::BTreeSet;

use tokendeck::backend::Backend;
use tokendeck::domain::{Query, ScopeId, Status, Window};

use crate::support::{World, all, code, names, token};

const ACME: [&str; 21] = [
    "bulk-01",
    "bulk-02",
    "bulk-03",
    "bulk-04",
    "bulk-05",
    "bulk-06",
    "bulk-07",
    "bulk-08",
    "bulk-09",
    "bulk-10",
    "bulk-11",
    "bulk-12",
    "bulk-13",
    "bulk-14",
    "bulk-15",
    "leaked-key",
    "nightly-export",
    "old-report",
    "robot-1",
    "robot-2",
    "summer-batch",
];

#[tokio::test]
async fn r004_an_admin_sees_all_tokens_of_the_account_by_name() {
    let world = World::example();
    assert_eq!(names(&world.backend("ada"), Query::default()).await, ACME);
}

#[tokio::test]
async fn r132_each_role_sees_its_own_part() {
    let world = World::example();
    let cases: [(&str, &[&str], &[&str]); 8] = [
        ("rosa", &["robot-1", "sync-agent", "platform-audit", "carl-erecording"], &["gone"]),
        ("pia", &["robot-2", "sync-agent"], &["platform-audit", "carl-erecording", "gone"]),
        ("ada", &ACME, &["sync-agent", "platform-audit", "gone", "carl-erecording"]),
        ("ned", &["robot-1", "bulk-01", "leaked-key"], &["robot-2", "sync-agent"]),
        ("vic", &ACME, &["sync-agent", "gone"]),
        ("kim", &["carl-erecording", "dora-erecording"], &["robot-1", "platform-audit"]),
        ("carl", &["carl-erecording"], &["dora-erecording", "robot-1"]),
        ("max", &[], &["robot-1", "bulk-01"]),
    ];
    for (login, seen, unseen) in cases {
        let listed: BTreeSet<_> =
            names(&world.backend(login), Query::default()).await.into_iter().collect();
        for name in seen {
            assert!(listed.contains(*name), "{login} sees {name}");
        }
        for name in unseen {
            assert!(!listed.contains(*name), "{login} does not see {name}");
        }
    }
    assert_eq!(all(&world.backend("vic")).await.len(), 21);
    assert_eq!(all(&world.backend("carl")).await.len(), 1);
}

#[tokio::test]
async fn r040_inactive_is_all_that_is_not_active() {
    let world = World::example();
    let ada = world.backend("ada");
    let inactive = Query { statuses: Status::INACTIVE.into(), ..Query::default() };
    assert_eq!(
        names(&ada, inactive).await,
        ["leaked-key", "nightly-export", "old-report", "summer-batch"]
    );
    let active = Query { statuses: [Status::Active].into(), ..Query::default() };
    assert_eq!(ada.list(active, Window { offset: 0, limit: 3 }).await.unwrap().total, 17);
}

#[tokio::test]
async fn r032_only_a_superadmin_lists_deleted_tokens() {
    let world = World::example();
    let deleted = Query { statuses: [Status::Deleted].into(), ..Query::default() };
    assert_eq!(names(&world.backend("rosa"), deleted.clone()).await, ["gone"]);
    for login in ["pia", "ada", "vic"] {
        assert!(names(&world.backend(login), deleted.clone()).await.is_empty(), "{login}");
    }
}

#[tokio::test]
async fn what_is_not_visible_reads_like_what_is_not_there() {
    let world = World::example();
    let ned = world.backend("ned");
    let nowhere = ned.show("TKN-9999-9999".to_owned()).await;
    let hidden = ned.show("TKN-1000-0002".to_owned()).await;
    assert_eq!(code(nowhere), "not_found");
    assert_eq!(code(hidden), "not_found");
    let by_guid = world.backend("ada").show("robot-2".to_owned()).await.unwrap().guid.unwrap();
    assert_eq!(code(ned.show(by_guid.to_string()).await), "not_found");
    assert_eq!(code(ned.show("robot-2".to_owned()).await), "not_found");
}

#[tokio::test]
async fn a_token_is_found_by_id_guid_and_name_in_either_case() {
    let world = World::example();
    let ada = world.backend("ada");
    let references =
        ["TKN-1000-0001", "tkn-1000-0001", "F5D70A36-5c9e-4ee4-8e25-60a7c4af9321", " Robot-1 "];
    for reference in references {
        let found = ada.show(reference.to_owned()).await.unwrap();
        assert_eq!(found.token.id, token(1), "{reference}");
    }
}

#[tokio::test]
async fn a_name_of_several_accounts_is_ambiguous() {
    let world = World::example();
    let pia = world.backend("pia");
    let mut twin = crate::support::draft("Robot-1");
    twin.account = Some("ACC-0001-0002".parse().unwrap());
    twin.settings.scopes = [ScopeId::new(3)].into();
    pia.create(twin, tokendeck::wire::Run::Real).await.unwrap();
    assert_eq!(code(pia.show("robot-1".to_owned()).await), "ambiguous");
    let ada = world.backend("ada");
    assert_eq!(ada.show("robot-1".to_owned()).await.unwrap().token.id, token(1));
}

#[tokio::test]
async fn the_catalogue_shows_no_other_tenant() {
    let world = World::example();
    let known = world.backend("ada").catalogue().await.unwrap();
    let accounts: Vec<_> = known.accounts.values().map(|entry| entry.name.as_str()).collect();
    assert_eq!(accounts, ["Acme"]);
    let modules: Vec<_> = known.modules.values().map(|entry| entry.name.as_str()).collect();
    assert_eq!(modules, ["Catalog", "Orders", "Billing"]);
    assert!(known.modules.values().all(|module| module.accounts.len() == 1));
    let logins: Vec<_> = known.users.values().map(|user| user.login.as_str()).collect();
    assert_eq!(logins, ["pia", "ada", "ned", "max", "vic"]);
    let pia = known.user_by_login("pia").unwrap();
    assert_eq!((pia.accounts.len(), pia.scopes.len()), (1, 2));
    assert_eq!(known.groups.len(), 3);
    assert_eq!(world.backend("carl").catalogue().await.unwrap().users.len(), 1);
    assert_eq!(world.backend("rosa").catalogue().await.unwrap().users.len(), 10);
}

#[tokio::test]
async fn names_are_resolved_even_of_who_cannot_be_looked_up() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let view = rosa.show("leaked-key".to_owned()).await.unwrap();
    let by = view.token.revoked.unwrap().by.unwrap();
    assert_eq!(view.names.user(by), "Pia Partner");
    assert_eq!(view.names.account(view.token.account), "Acme");
    assert_eq!(view.endpoint.as_deref(), Some("https://tokens.example/v1"));
}

#[tokio::test]
async fn an_unknown_login_is_refused() {
    let world = World::example();
    let refused = tokendeck::backend::local::LocalBackend::open(world.options("nobody"));
    let error = refused.err().expect("nobody is no user");
    assert_eq!((error.code(), error.exit_code()), ("unknown_user", 3));
    assert_eq!(
        error.to_string(),
        "'nobody' is not a user of this store: --as NAME, in this example --as ada"
    );
}

#[tokio::test]
async fn a_user_who_was_removed_is_shown_out_at_the_next_call() {
    let world = World::example();
    let max = world.backend("max");
    assert!(all(&max).await.is_empty());
    crate::support::remove_user(&world, "max");
    assert_eq!(code(max.list(Query::default(), Window::ALL).await), "unknown_user");
    assert_eq!(code(max.catalogue().await), "unknown_user");
}
