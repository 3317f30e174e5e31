//! R2: the remote backend answers as the local one does, in everything an operator
//! can ask, and refuses in the same words.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::SecretString;
use tokendeck::backend::export::import_tokens;
use tokendeck::backend::{Backend, BulkBackend, until_over};
use tokendeck::domain::event::{Point, Walk, unhex};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    AccountFilter, AccountId, EntryDraft, EntryId, EventAction, Expiry, HolderVerb, JobId, Level,
    ModuleId, Overlap, Query, ScopeId, Settings, Status, Subject, TokenDraft, TokenValue, UserId,
    Verb, Window, entry::ScopeDraft,
};
use tokendeck::wire::{
    AnyPlan, BackendKind, Edit, EntryEdit, EventOrder, EventQuery, HolderTarget, HoldingFilter,
    JobState, Run, Target, UserColumn, UserQuery,
};

use crate::support::{EVERYBODY, Served, said, token, value};

/// Both backends, each on a fresh store that the same person uses.
macro_rules! both {
    ($login:expr, $backend:ident => $ask:expr) => {{
        let (here, there) = (Served::example().await, Served::example().await);
        let local = {
            let $backend = here.local($login);
            $ask
        };
        let remote = {
            let $backend = there.remote($login).await;
            $ask
        };
        assert_eq!(format!("{local:#?}"), format!("{remote:#?}"));
        remote
    }};
}

fn draft(name: &str) -> TokenDraft {
    TokenDraft {
        account: Some("ACC-0001-0001".parse().unwrap()),
        owner: None,
        guid: None,
        settings: Settings {
            name: name.to_owned(),
            access: BTreeMap::from([(ModuleId::new(1), Level::Read)]),
            scopes: [ScopeId::new(1)].into(),
            enabled: true,
            ..Settings::default()
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r002_everybody_sees_the_same_tokens_users_events_and_entries() {
    let served = Served::example().await;
    for login in EVERYBODY {
        let (local, remote) = (served.local(login), served.remote(login).await);
        let all = Query { statuses: Status::INACTIVE.into(), ..Query::default() };
        for query in [Query::default(), all] {
            let here = local.list(query.clone(), Window::ALL).await.unwrap();
            assert_eq!(here, remote.list(query.clone(), Window::ALL).await.unwrap(), "{login}");
            assert_eq!(
                local.found(query.clone()).await.unwrap(),
                remote.found(query).await.unwrap()
            );
        }
        assert_eq!(local.catalogue().await.unwrap(), remote.catalogue().await.unwrap());
        let (here, there) = (
            local.users(UserQuery::default(), Window::ALL).await.map_err(|error| error.to_string()),
            remote
                .users(UserQuery::default(), Window::ALL)
                .await
                .map_err(|error| error.to_string()),
        );
        assert_eq!(here, there, "{login}");
        let events = EventQuery::default();
        let window = Window { offset: 3, limit: 5 };
        assert_eq!(
            local.events(events.clone(), window).await.unwrap(),
            remote.events(events, window).await.unwrap()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r002_the_session_differs_in_place_and_kind_only() {
    let served = Served::example().await;
    let session = served.remote("kim").await.session().await.unwrap();
    assert_eq!((session.kind, session.backend.as_str()), (BackendKind::Remote, "team"));
    assert_eq!(session.place, served.url);
    let local = served.local("kim").session().await.unwrap();
    assert_eq!(
        (session.store, session.retention, session.now),
        (local.store, local.retention, local.now)
    );
    assert_eq!(session.operator.system_login, None);
    assert_eq!(session.operator.user, local.operator.user);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_part_of_a_query_arrives() {
    let served = Served::example().await;
    let (local, remote) = (served.local("rosa"), served.remote("rosa").await);
    let base = Query::default;
    let queries = [
        Query { filter: "-never level:*=read robot".to_owned(), ..base() },
        Query { search: "plants é?#".to_owned(), ..base() },
        Query { text: "bulk 1, & é?#".to_owned(), ..base() },
        Query {
            text: "bulk".to_owned(),
            sort: "-name".parse().map(|key| vec![key]).unwrap(),
            ..base()
        },
        Query { guid: "f5d7".to_owned(), ..base() },
        Query { account: AccountFilter::One(AccountId::new(1_0002)), ..base() },
        Query { owner: Some(UserId::new(2_0001)), ..base() },
        Query { statuses: [Status::Revoked, Status::Deleted].into(), ..base() },
        Query { modules: [ModuleId::new(2), ModuleId::new(3)].into(), ..base() },
        Query { scopes: [ScopeId::new(2)].into(), ..base() },
        Query { expires_before: Some("2026-12-31T23:59:59.123Z".parse().unwrap()), ..base() },
        Query { unused_since: Some("2026-03-01T00:00:00Z".parse().unwrap()), ..base() },
        Query { never_used: true, sort: vec![], ..base() },
    ];
    for query in queries {
        let here = local.list(query.clone(), Window { offset: 1, limit: 3 }).await.unwrap();
        let there = remote.list(query.clone(), Window { offset: 1, limit: 3 }).await.unwrap();
        assert_eq!(here, there, "{query:?}");
        let id = token(105);
        assert_eq!(
            local.position(query.clone(), id.into()).await.unwrap(),
            remote.position(query, id.into()).await.unwrap()
        );
    }
    let users = UserQuery {
        words: vec!["e".to_owned(), "r".to_owned()],
        modules: [ModuleId::new(4)].into(),
        holding: Some(HoldingFilter::Nothing),
        roles: vec![tokendeck::domain::Role::Member, tokendeck::domain::Role::Admin],
        sort: (UserColumn::Id, tokendeck::domain::Direction::Descending),
        ..UserQuery::default()
    };
    assert_eq!(
        local.users(users.clone(), Window::ALL).await.unwrap(),
        remote.users(users, Window::ALL).await.unwrap()
    );
    let events = EventQuery {
        subject: Some(Subject::Token(token(5).into())),
        by: Some(UserId::new(1_0002)),
        since: Some("2026-02-01T00:00:00Z".parse().unwrap()),
        until: Some("2026-12-01T00:00:00Z".parse().unwrap()),
        actions: [EventAction::Revoked, EventAction::Edited].into(),
        before: Some(1_000),
        after: Some(1),
        order: EventOrder::Oldest,
        proof: false,
    };
    assert_eq!(
        local.events(events.clone(), Window::ALL).await.unwrap(),
        remote.events(events, Window::ALL).await.unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a06_e05_the_log_is_checked_and_proven_alike_from_here_and_from_there() {
    let served = Served::example().await;
    let (local, remote) = (served.local("rosa"), served.remote("rosa").await);
    let here = local.verify_log(None).await.unwrap();
    assert_eq!(here, remote.verify_log(None).await.unwrap());
    assert!(here.whole && here.head.starts_with(&format!("{}:", here.events)));
    let kept = Some(here.head.parse().unwrap());
    assert!(remote.verify_log(kept).await.unwrap().whole);
    let far: Point = format!("9999:{}", "ab".repeat(32)).parse().unwrap();
    let there = remote.verify_log(Some(far)).await.unwrap();
    assert_eq!(there, local.verify_log(Some(far)).await.unwrap());
    assert_eq!((there.whole, there.broken_at), (false, Some(9999)));
    let proven = EventQuery { proof: true, order: EventOrder::Oldest, ..EventQuery::default() };
    let page = remote.events(proven.clone(), Window::ALL).await.unwrap();
    assert_eq!(page, local.events(proven.clone(), Window::ALL).await.unwrap());
    let mut walk: Option<Walk> = None;
    for view in &page.events {
        let proof = view.proof.as_ref().unwrap();
        let bytes = |text: &str| unhex(text).unwrap();
        let sequence = view.event.sequence;
        let hash = bytes(&proof.previous).try_into().unwrap();
        let walk = walk.get_or_insert(Walk::after(Point { sequence: sequence - 1, hash }));
        walk.step(sequence, &bytes(&proof.bytes), &bytes(&proof.hash)).unwrap();
    }
    assert_eq!(walk.unwrap().last.to_string(), here.head);
    let ada = served.remote("ada").await;
    assert_eq!(ada.verify_log(None).await.unwrap_err().code(), "not_permitted");
    assert_eq!(ada.events(proven, Window::ALL).await.unwrap_err().code(), "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_without_rows_still_tells_the_totals() {
    let page = both!("ada", backend => {
        backend.list(Query::default(), Window { offset: 0, limit: 0 }).await.unwrap()
    });
    assert_eq!((page.total, page.tokens.len()), (21, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_act_on_a_token_ends_the_same() {
    for verb in [Verb::Enable, Verb::Disable, Verb::Revoke, Verb::Delete, Verb::DropOld, Verb::Edit]
    {
        for number in [1, 3, 4, 5, 6, 7, 10] {
            let _ = both!("ada", backend => {
                let answer = backend.act(verb, token(number).into(), Some(1)).await;
                answer.map_err(|error| (error.code(), error.exit_code(), error.to_string()))
            });
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_made_over_http_has_a_value_that_passes() {
    let served = Served::example().await;
    let ada = served.remote("ada").await;
    let issued = ada.create(draft("over-http"), Run::Real).await.unwrap();
    let value = issued.value.expect("its value");
    assert!(served.local("ada").verify(value, Request::default()).await.unwrap().accepted);
    let revealed = ada.reveal(issued.token.token.id).await.unwrap();
    let answer = ada.verify(revealed.value, Request::default()).await.unwrap();
    assert_eq!(answer.name.as_deref(), Some("over-http"));
    let tried = ada.create(draft("tried"), Run::Dry).await.unwrap();
    assert!(tried.value.is_none());
    assert_eq!(said(ada.show("tried".to_owned()).await), "not_found: no token 'tried' here");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_a_form_come_back_at_their_fields() {
    let refused = both!("ada", backend => {
        let mut wrong = draft("");
        wrong.settings.scopes.clear();
        wrong.settings.access.clear();
        backend.create(wrong, Run::Real).await.map(|_| ()).map_err(|error| error.to_string())
    });
    assert!(refused.unwrap_err().contains("name: Name is required"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r138_a_stale_save_names_who_and_when_and_loses_nothing() {
    let served = Served::example().await;
    let (ada, pia) = (served.remote("ada").await, served.remote("pia").await);
    let read = ada.show("robot-1".to_owned()).await.unwrap().token;
    let edit = |name: &str| Edit {
        version: read.version,
        settings: Settings { description: name.to_owned(), ..Settings::of(&read) },
        new_value: false,
        guid: None,
    };
    pia.edit(read.id.clone(), edit("by pia"), Run::Real).await.unwrap();
    let second = ada.edit(read.id.clone(), edit("by ada"), Run::Real).await;
    assert_eq!(said(second), "stale_version: Changed by Pia Partner at 2026-03-10 12:00:00 UTC");
    assert_eq!(ada.show("robot-1".to_owned()).await.unwrap().token.description, "by pia");
}

#[tokio::test(flavor = "multi_thread")]
async fn regenerate_with_overlap_keeps_both_values_for_a_while() {
    let served = Served::example().await;
    let ada = served.remote("ada").await;
    let issued = ada
        .regenerate(token(1).into(), Some(Expiry::Months(3)), Overlap::DAY, Run::Real)
        .await
        .unwrap();
    let old = TokenValue::parse(&value("robot-1")).unwrap();
    assert!(ada.verify(old, Request::default()).await.unwrap().accepted);
    assert!(ada.verify(issued.value.unwrap(), Request::default()).await.unwrap().accepted);
    ada.act(Verb::DropOld, token(1).into(), None).await.unwrap();
    let old = TokenValue::parse(&value("robot-1")).unwrap();
    assert!(!ada.verify(old, Request::default()).await.unwrap().accepted);
}

#[tokio::test(flavor = "multi_thread")]
async fn lookups_tell_the_same() {
    for text in [value("robot-1"), "robot-2".to_owned(), "TKN-1000-0005".to_owned(), "?".to_owned()]
    {
        let _ = both!("ada", backend => {
            let answer = backend.lookup(SecretString::from(text.clone())).await;
            answer.map_err(|error| error.to_string())
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r053_bulk_work_is_planned_and_done_as_here() {
    let report = both!("ada", backend => {
        let plan = backend.planned(Verb::Revoke, Target::Account(AccountId::new(1_0001))).await.unwrap();
        assert_eq!(plan.count(), 19);
        backend.run(plan).await.unwrap()
    });
    assert_eq!(report.counts(), (19, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_started_watched_and_reported_over_http() {
    let served = Served::example().await;
    let ada = served.remote("ada").await;
    let plan = ada.planned(Verb::Disable, Target::Account(AccountId::new(1_0001))).await.unwrap();
    let job = ada.start(AnyPlan::Tokens(plan)).await.unwrap();
    let ended = async {
        loop {
            let now = ada.job(job.id).await.unwrap();
            if now.state == JobState::Done {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(20), ended).await.unwrap();
    assert_eq!(ended.tally.done, 17 + 1);
    assert_eq!(ada.jobs().await.unwrap()[0].id, job.id);
    ada.job_report(job.id).await.unwrap();
    assert!(said(ada.stop(job.id).await).starts_with("job_over"));
    assert!(said(ada.job(JobId::new(99)).await).starts_with("not_found"));
    // Somebody else's job is none.
    let kim = served.remote("kim").await;
    assert!(said(kim.job(job.id).await).starts_with("not_found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r125_an_export_is_staged_and_put_in_force_over_http() {
    let served = Served::example().await;
    let kim = served.remote("kim").await;
    let target = HolderTarget {
        users: [UserId::new(2_0001), UserId::new(2_0003)].into(),
        modules: [ModuleId::new(4)].into(),
        account: AccountId::new(1_0003),
    };
    let plan = kim.planned(HolderVerb::Generate, target).await.unwrap();
    assert_eq!(plan.phrase().as_deref(), Some("generate 2"));
    let staged = kim.stage(plan, "host:/tmp/file.csv".to_owned()).await.unwrap();
    assert_eq!(staged.rows.len(), 2);
    let old = || TokenValue::parse(&value("carl-erecording")).unwrap();
    assert!(kim.verify(old(), Request::default()).await.unwrap().accepted, "not yet in force");
    let job = kim.activate(staged.job).await.unwrap();
    let job = until_over(kim.as_ref(), job, |_| {}).await.unwrap();
    assert_eq!((job.state, job.tally.done), (JobState::Done, 2));
    assert!(!kim.verify(old(), Request::default()).await.unwrap().accepted);
    for row in staged.rows {
        assert!(kim.verify(row.value, Request::default()).await.unwrap().accepted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r126_a_request_is_made_and_accepted_over_http() {
    let served = Served::example().await;
    let kim = served.remote("kim").await;
    let target = HolderTarget {
        users: [UserId::new(2_0003)].into(),
        modules: [ModuleId::new(4)].into(),
        account: AccountId::new(1_0003),
    };
    let plan = kim.planned(HolderVerb::Request, target).await.unwrap();
    kim.start(AnyPlan::Holders(plan)).await.unwrap();
    let eve = served.remote("eve").await;
    let mine = async {
        loop {
            let page = eve.list(Query::default(), Window::ALL).await.unwrap();
            if let Some(view) = page.tokens.into_iter().next() {
                return view.token.id;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let id = tokio::time::timeout(Duration::from_secs(20), mine).await.unwrap();
    let issued = eve.accept(id, Run::Real).await.unwrap();
    assert!(issued.value.is_some());
    assert!(said(kim.accept(token(11).into(), Run::Real).await).starts_with("not_permitted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r139_the_catalogue_is_changed_over_http() {
    let served = Served::example().await;
    let rosa = served.remote("rosa").await;
    let scope = |name: &str| {
        EntryDraft::Scope(ScopeDraft { name: name.to_owned(), account: AccountId::new(1_0001) })
    };
    let added = rosa.add_entry(scope("West plant"), Run::Real).await.unwrap();
    let edit = EntryEdit { seen: Some(added.entry.clone()), draft: scope("Far west") };
    let edited = rosa.edit_entry(added.id, edit.clone(), Run::Real).await.unwrap();
    assert_eq!(edited.entry.name(), "Far west");
    assert!(said(rosa.edit_entry(added.id, edit, Run::Real).await).starts_with("stale"));
    rosa.remove_entry(added.id, Run::Real).await.unwrap();
    let gone = rosa.remove_entry(added.id, Run::Real).await;
    assert!(said(gone).starts_with("not_found"));
    let used = rosa.remove_entry(EntryId::Module(ModuleId::new(1)), Run::Real).await;
    assert!(said(used).starts_with("in_use"));
    let all = rosa.catalogue().await.unwrap();
    let imported = rosa.import_catalogue(all, Run::Real).await.unwrap();
    assert!(imported.added.is_empty() && imported.changed.is_empty());
    let ada = served.remote("ada").await;
    let refused = ada.remove_entry(EntryId::Module(ModuleId::new(1)), Run::Real).await;
    assert_eq!(said(refused), "not_permitted: Needs the role Superadmin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a26_over_http_too_nobody_removes_who_holds_more() {
    let served = Served::example().await;
    let ned = served.remote("ned").await;
    let vic = EntryId::User(UserId::new(1_0006));
    let seen = ned.catalogue().await.unwrap().draft(vic).unwrap();
    let EntryDraft::User(mut draft) = seen.clone() else { panic!("a user") };
    draft.role = tokendeck::domain::Role::Member;
    let edit = EntryEdit { seen: Some(seen), draft: EntryDraft::User(draft) };
    let more = "holds_more: Holds more than you do (South plant): only name and e-mail are yours \
                to change";
    assert_eq!(said(ned.edit_entry(vic, edit, Run::Real).await), more);
    assert_eq!(said(ned.remove_entry(vic, Run::Real).await), more);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_somebody_else_wakes_whoever_waits() {
    let served = Served::example().await;
    let ada = served.remote("ada").await;
    let mut changes = ada.changes();
    // The first look only takes note of where the store is.
    tokio::time::sleep(Duration::from_millis(600)).await;
    changes.mark_unchanged();
    served.local("pia").act(Verb::Revoke, token(1).into(), None).await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), changes.changed()).await.unwrap().unwrap();
    assert_eq!(ada.show("robot-1".to_owned()).await.unwrap().status, Status::Revoked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_session_sends_no_change() {
    let served = Served::example().await;
    let mut options = served.options("ada").await;
    options.read_only = true;
    let ada = tokendeck::backend::remote::RemoteBackend::open(options).unwrap();
    let before = served.store.head().await.unwrap();
    assert!(said(ada.act(Verb::Revoke, token(1).into(), None).await).starts_with("read_only"));
    assert!(said(ada.reveal(token(1).into()).await).starts_with("read_only"));
    assert!(said(ada.create(draft("x"), Run::Real).await).starts_with("read_only"));
    ada.create(draft("x"), Run::Dry).await.unwrap();
    assert_eq!(served.store.head().await.unwrap(), before);
}

fn rows(names: &[&str]) -> Vec<tokendeck::wire::ImportRow> {
    let row = |(line, name): (u64, &&str)| {
        let TokenDraft { account, owner, settings, .. } = draft(name);
        tokendeck::wire::ImportRow { line, account, owner, settings, value: None }
    };
    (2..).zip(names).map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a30_tokens_out_of_a_file_are_looked_at_and_made_alike() {
    for login in ["ada", "vic", "kim"] {
        let _ = both!(login, backend => {
            let checked = backend.check_import(rows(&["new", "robot-1", "new", "x\u{202e}y"])).await;
            checked.map(|checked| checked.rows).map_err(|error| format!("{}: {error}", error.code()))
        });
    }
    let made = both!("ada", backend => {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new.csv");
        let plan = |names: &[&str]| tokendeck::wire::ImportPlan { id: None, rows: rows(names) };
        let plans = vec![plan(&["one", "two"]), plan(&["three"])];
        let made = import_tokens(&*backend, plans, Some(&out), |_| {}).await.unwrap();
        let mut reader = csv::Reader::from_path(&out).unwrap();
        let mut passed = Vec::new();
        for record in reader.records() {
            let record = record.unwrap();
            let value = TokenValue::parse(&record[6]).unwrap();
            let verdict = backend.verify(value, Request::default()).await.unwrap();
            passed.push((record[2].to_owned(), record[4].to_owned(), verdict.reason));
        }
        let refused = import_tokens(&*backend, vec![plan(&["four", "one"])], None, |_| {}).await;
        (made.items, made.values, passed, refused.map(drop).map_err(|error| format!("{}: {error}", error.code())))
    });
    assert_eq!((made.1, made.2.len()), (3, 3));
}
