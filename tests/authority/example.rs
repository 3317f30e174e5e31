//! The fixture of requirements section 3.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use tokendeck::backend::Backend;
use tokendeck::backend::local::{self, InitKind, LocalBackend, LocalOptions};
use tokendeck::domain::{Column, Query, Status, Time, Window, calendar};

use crate::support::{World, now, show, token, value};

fn as_its_table_says() -> BTreeMap<String, Status> {
    let named = [
        ("robot-1", Status::Active),
        ("robot-2", Status::Active),
        ("nightly-export", Status::Disabled),
        ("old-report", Status::Expired),
        ("leaked-key", Status::Revoked),
        ("summer-batch", Status::Scheduled),
        ("sync-agent", Status::Active),
        ("platform-audit", Status::Active),
        ("gone", Status::Deleted),
        ("carl-erecording", Status::Active),
        ("dora-erecording", Status::Pending),
    ];
    let bulk = (1..=15).map(|number| (format!("bulk-{number:02}"), Status::Active));
    named.into_iter().map(|(name, status)| (name.to_owned(), status)).chain(bulk).collect()
}

async fn statuses(rosa: &LocalBackend) -> BTreeMap<String, Status> {
    let every = <Status as strum::IntoEnumIterator>::iter().collect();
    let query = Query { statuses: every, ..Query::default() };
    let page = rosa.list(query, Window::ALL).await.unwrap();
    page.tokens.into_iter().map(|view| (view.token.name, view.status)).collect()
}

#[tokio::test]
async fn every_status_is_as_its_table_says() {
    let world = World::example();
    assert_eq!(statuses(&world.backend("rosa")).await, as_its_table_says());
}

#[tokio::test]
async fn moved_to_any_other_day_every_status_is_the_same() {
    for day in ["2026-03-10T00:00:00Z", "2027-11-22T23:59:00Z", "2025-01-01T09:30:00Z"] {
        let today: Time = day.parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        local::init(
            &local::NewPlace::of(&path).unwrap(),
            InitKind::Example { shift_to: Some(today) },
            "tester",
        )
        .unwrap();
        let options = LocalOptions {
            path,
            login: Some("rosa".to_owned()),
            system_login: "tester".to_owned(),
            now: Some(today),
            read_only: false,
            name: "local".to_owned(),
        };
        let rosa = LocalBackend::open(options).unwrap();
        assert_eq!(statuses(&rosa).await, as_its_table_says(), "{day}");
        let used = rosa.show("robot-1".to_owned()).await.unwrap().token.last_used_at.unwrap();
        assert_eq!(today.date_naive() - used.date_naive(), TimeDelta::days(1), "{day}");
    }
}

#[tokio::test]
async fn the_cells_that_requirements_name_are_there() {
    let world = World::example();
    let ada = world.backend("ada");
    let (robot_1, robot_2) = (show(&ada, token(1)).await, show(&ada, token(2)).await);
    let leaked = show(&ada, token(5)).await;
    let cells = [
        (&robot_1, Column::Modules, "Catalog"),
        (&robot_2, Column::Modules, "3 modules"),
        (&robot_1, Column::CreatedBy, "Ada Admin USR-0001-0003"),
        (&robot_1, Column::Created, "2026-01-05 09:14"),
        (&robot_1, Column::LastAccess, "2026-03-09 20:22"),
        (&robot_2, Column::LastAccess, "Never"),
        (&robot_1, Column::Expires, "Never"),
        (&robot_2, Column::Expires, "2026-09-01"),
        (&robot_2, Column::ActiveFrom, "2026-02-01"),
        (&robot_1, Column::ActiveFrom, ""),
        (&leaked, Column::RevokedAt, "2026-03-01"),
        (&leaked, Column::RevokedBy, "Pia Partner"),
        (&robot_1, Column::RevokedBy, ""),
        (&robot_1, Column::Guid, "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321"),
        (&robot_1, Column::IsActive, "yes"),
    ];
    for (view, column, cell) in cells {
        assert_eq!(view.cell(column), cell, "{} {}", view.token.name, column.title());
    }
    assert_eq!(leaked.token.valid_to, leaked.token.revoked.map(|stamp| stamp.at));
    assert_eq!(calendar::seconds(leaked.token.valid_to.unwrap()), "2026-03-01 08:00:00 UTC");
    assert_ne!(robot_1.token.description, "");
    assert_eq!(show(&ada, token(102)).await.token.description, "");
}

#[tokio::test]
async fn only_live_account_tokens_keep_their_values() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let every = <Status as strum::IntoEnumIterator>::iter().collect();
    let query = Query { statuses: every, ..Query::default() };
    for view in rosa.list(query, Window::ALL).await.unwrap().tokens {
        let retained = view.token.value.is_some_and(|value| value.retained);
        let ended = matches!(view.status, Status::Revoked | Status::Deleted);
        let expected = view.token.owner.is_none() && !ended;
        assert_eq!(retained, expected, "{}", view.token.name);
        if view.status == Status::Pending {
            assert!(view.token.value.is_none());
        } else {
            assert_eq!(view.guid, Some(value(&view.token.name).guid()), "{}", view.token.name);
        }
    }
}

#[tokio::test]
async fn its_audit_trail_holds_and_ends_before_its_day() {
    let world = World::example();
    let report = local::verify_audit(world.place(), None).unwrap();
    assert_eq!(report.broken, None);
    assert_eq!(report.events, world.head().sequence);
    assert!(world.head().at.unwrap() < now());
}

#[tokio::test]
async fn r137_no_value_stands_in_the_clear_in_any_file() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.reveal(token(1).into()).await.unwrap();
    ada.lookup(value("robot-1").expose().to_owned().into()).await.unwrap();
    ada.verify(value("robot-2"), tokendeck::domain::verify::Request::default()).await.unwrap();
    ada.close().await.unwrap();
    let values: BTreeMap<String, String> =
        toml::from_str(include_str!("../../config/demo/values.toml")).unwrap();
    let mut searched = 0;
    for entry in std::fs::read_dir(world.path().parent().unwrap()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        searched += bytes.len();
        for (name, value) in &values {
            // The secret part alone would be as bad as the whole.
            let secret = value.rsplit('_').next().unwrap().as_bytes();
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{name}");
        }
    }
    assert!(searched > 50_000, "only {searched} bytes were searched");
}
