//! Who may read which part of the audit trail.

use tokendeck::backend::Backend;
use tokendeck::domain::entry::UserDraft;
use tokendeck::domain::{AccountId, EntryDraft, EventAction, Role, Subject, UserId, Verb, Window};
use tokendeck::wire::{EventOrder, EventPage, EventQuery, RowId, Run};

use crate::support::{World, change_user, code, token};

const ACME: AccountId = AccountId::new(1_0001);
const BOREALIS: AccountId = AccountId::new(1_0002);

const ALL: Window = Window::ALL;

fn about(subject: Subject) -> EventQuery {
    EventQuery { subject: Some(subject.into()), ..EventQuery::default() }
}

async fn trail(world: &World, login: &str) -> EventPage {
    world.backend(login).events(EventQuery::default(), ALL).await.unwrap()
}

#[tokio::test]
async fn a_superadmin_reads_all_of_it_newest_first() {
    let world = World::example();
    let page = trail(&world, "rosa").await;
    assert_eq!(page.total as u64, world.head().sequence);
    assert_eq!(page.events.len(), page.total);
    assert!(page.events.windows(2).all(|pair| pair[0].event.sequence > pair[1].event.sequence));
}

#[tokio::test]
async fn others_read_of_what_they_see() {
    let world = World::example();
    for (login, seen, unseen) in [
        ("ada", vec![token(1), token(2), token(5), token(9)], vec![token(7), token(8), token(10)]),
        ("ned", vec![token(1)], vec![token(2)]),
        ("carl", vec![token(10)], vec![token(11), token(1)]),
    ] {
        let page = trail(&world, login).await;
        assert_eq!(page.total, page.events.len());
        let told = |id| {
            page.events.iter().any(|view| view.event.subject == Subject::Token(RowId::from(id)))
        };
        assert!(seen.into_iter().all(told), "{login}");
        assert!(!unseen.into_iter().any(told), "{login}");
    }
    let carls = trail(&world, "carl").await;
    let subjects: Vec<_> = carls.events.iter().map(|view| view.event.subject.clone()).collect();
    let own = Subject::User(UserId::new(2_0001));
    let his = Subject::Token(token(10).into());
    assert_eq!(subjects, [his.clone(), his, own]);
}

#[tokio::test]
async fn a_window_of_the_trail_is_a_part_of_the_whole() {
    let world = World::example();
    let whole = trail(&world, "ada").await;
    let ada = world.backend("ada");
    let part = ada.events(EventQuery::default(), Window { offset: 5, limit: 4 }).await.unwrap();
    assert_eq!((part.total, part.offset), (whole.total, 5));
    assert_eq!(part.events, whole.events[5..9]);
}

#[tokio::test]
async fn r083_the_trail_of_a_token_names_who_did_what() {
    let world = World::example();
    let ada = world.backend("ada");
    let page = ada.events(about(Subject::Token(token(5))), ALL).await.unwrap();
    let told: Vec<_> = page
        .events
        .iter()
        .map(|view| (view.event.action, view.by_name.as_deref(), view.subject_name.as_deref()))
        .collect();
    let name = Some("leaked-key");
    assert_eq!(
        told,
        [
            (EventAction::Revoked, Some("Pia Partner"), name),
            (EventAction::Created, Some("Ada Admin"), name),
        ]
    );
}

#[tokio::test]
async fn a_trail_out_of_sight_is_not_found() {
    let world = World::example();
    let ada = world.backend("ada");
    for subject in [
        Subject::Token(token(7)),
        Subject::User(UserId::new(2_0001)),
        Subject::Account("ACC-0001-0003".parse().unwrap()),
        Subject::Store,
    ] {
        assert_eq!(code(ada.events(about(subject), ALL).await), "not_found", "{subject}");
    }
}

#[tokio::test]
async fn r136_every_action_adds_an_event() {
    let world = World::example();
    let ada = world.backend("ada");
    for (verb, action) in [
        (Verb::Disable, EventAction::Disabled),
        (Verb::Enable, EventAction::Enabled),
        (Verb::Revoke, EventAction::Revoked),
    ] {
        ada.act(verb, token(1).into(), None).await.unwrap();
        let page = ada.events(EventQuery::default(), Window { offset: 0, limit: 1 }).await.unwrap();
        assert_eq!(page.events[0].event.action, action);
        assert_eq!(page.events[0].event.subject, Subject::Token(token(1).into()));
    }
}

#[tokio::test]
async fn events_can_be_asked_for_by_actor_and_time() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let query = EventQuery {
        by: Some(UserId::new(1_0002)),
        since: Some("2026-03-01T00:00:00Z".parse().unwrap()),
        ..EventQuery::default()
    };
    let page = rosa.events(query, ALL).await.unwrap();
    assert_eq!(page.total, 1);
    assert_eq!(page.events[0].event.action, EventAction::Revoked);
}

#[tokio::test]
async fn a32_an_event_stays_with_its_actor_and_with_who_could_see_its_record_then() {
    let world = World::example();
    let (rosa, ada) = (world.backend("rosa"), world.backend("ada"));
    ada.act(Verb::Delete, token(1).into(), None).await.unwrap();
    // Somebody of Acme is made and removed, by rosa.
    let user = UserDraft {
        login: "zed".to_owned(),
        name: "Zed".to_owned(),
        email: None,
        role: Role::Member,
        manage_tokens: false,
        accounts: [ACME].into(),
        scopes: [].into(),
        disabled_at: None,
    };
    let made = rosa.add_entry(EntryDraft::User(user), Run::Real).await.unwrap().id;
    rosa.remove_entry(made, Run::Real).await.unwrap();
    let removed = made.subject();
    for (login, token_seen, user_seen) in [
        ("rosa", true, true),
        ("ada", true, true),
        ("vic", true, true),
        ("ned", true, true),
        ("kim", false, false),
        ("carl", false, false),
    ] {
        let page = trail(&world, login).await;
        let told = |subject: Subject| {
            page.events.iter().any(|view| view.event.subject == Subject::from(subject))
        };
        assert_eq!(told(Subject::Token(token(1))), token_seen, "{login}");
        assert_eq!(told(removed), user_seen, "{login}");
        let asked = world.backend(login).events(about(removed), ALL).await;
        assert_eq!(asked.is_ok(), user_seen, "{login}: as its subject too");
    }
    // Who leaves the account reads no more of what was in it, but of what they did.
    change_user(&world, "ada", |user| {
        user.accounts = [BOREALIS].into();
        user.scopes = [].into();
    });
    let page = trail(&world, "ada").await;
    let own = UserId::new(1_0003);
    for view in &page.events {
        let mine = view.event.by.user == Some(own);
        let of_mine = view.event.subject == Subject::User(own);
        let in_sight = view.event.subject != Subject::Token(RowId::from(token(1)));
        assert!(mine || of_mine || in_sight, "{view:?}");
    }
    assert!(!page.events.iter().any(|view| view.event.subject == Subject::from(removed)));
    let deletion = page.events.iter().find(|v| v.event.action == EventAction::Deleted);
    assert_eq!(deletion.unwrap().event.by.user, Some(own));
}

#[tokio::test]
async fn a06_pages_by_number_are_the_whole_in_both_orders_for_everybody() {
    let world = World::example();
    for login in ["rosa", "ada", "carl"] {
        let whole = trail(&world, login).await.events;
        let backend = world.backend(login);
        for order in [EventOrder::Newest, EventOrder::Oldest] {
            let (mut found, mut before, mut after) = (vec![], None, None);
            loop {
                let query = EventQuery { before, after, order, ..EventQuery::default() };
                let page = backend.events(query, Window { offset: 0, limit: 3 }).await.unwrap();
                let Some(last) = page.events.last() else { break };
                match order {
                    EventOrder::Newest => before = Some(last.event.sequence),
                    EventOrder::Oldest => after = Some(last.event.sequence),
                }
                found.extend(page.events);
            }
            if order == EventOrder::Oldest {
                found.reverse();
            }
            assert_eq!(found, whole, "{login}");
        }
    }
}
