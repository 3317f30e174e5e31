//! Replies that are lost between a real server and its client: what was done is found
//! by reading back, what was not is not said to be, and nothing is done twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokendeck::backend::export::generate_export;
use tokendeck::backend::remote::RemoteBackend;
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::entry::ModuleDraft;
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    AccountId, EntryDraft, EntryId, EventAction, Guid, HolderVerb, Level, ModuleId, ScopeId,
    Settings, Subject, TokenDraft, TokenValue, UserId, Verb, Window,
};
use tokendeck::server::Limits;
use tokendeck::wire::{AnyPlan, EntryEdit, EventQuery, HolderTarget, JobState, Plan, Run, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{Served, remote_options, said, token, usual, value};

/// One request, whole.
async fn request(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut part = vec![0; 65_536];
    loop {
        let count = stream.read(&mut part).await.unwrap_or(0);
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let Some(end) = text.find("\r\n\r\n") else {
            assert!(count > 0 || bytes.is_empty(), "half a request");
            if count == 0 {
                return bytes;
            }
            continue;
        };
        let length = text
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
        if bytes.len() >= end + 4 + length || count == 0 {
            return bytes;
        }
    }
}

/// Passes on to a real server, but for the replies to requests that start with this,
/// which it keeps to itself; and how many those were.
async fn losing(to: &str, start: &'static str) -> (String, Arc<AtomicUsize>) {
    losing_some(to, start, usize::MAX).await
}

async fn losing_some(to: &str, start: &'static str, most: usize) -> (String, Arc<AtomicUsize>) {
    let to = to.replace("http://localhost", "127.0.0.1");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lost = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&lost);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (to, count) = (to.clone(), Arc::clone(&count));
            tokio::spawn(async move {
                let request = request(&mut stream).await;
                if request.is_empty() {
                    return;
                }
                // One request a connection, so that each is looked at.
                let line = request.iter().position(|byte| *byte == b'\n').unwrap() + 1;
                let (first, rest) = request.split_at(line);
                let mut server = TcpStream::connect(to).await.unwrap();
                server.write_all(first).await.unwrap();
                server.write_all(b"connection: close\r\n").await.unwrap();
                server.write_all(rest).await.unwrap();
                let mut reply = Vec::new();
                server.read_to_end(&mut reply).await.unwrap();
                if request.starts_with(start.as_bytes())
                    && count.fetch_add(1, Ordering::SeqCst) < most
                {
                    return;
                }
                let _ = stream.write_all(&reply).await;
            });
        }
    });
    (url, lost)
}

/// The same, but for the first such reply only.
async fn losing_once(to: &str, start: &'static str) -> (String, Arc<AtomicUsize>) {
    losing_some(to, start, 1).await
}

/// A user's client of a server whose replies to these requests are lost.
async fn client(served: &Served, login: &str, start: &'static str) -> Arc<RemoteBackend> {
    let (url, _) = losing(&served.url, start).await;
    RemoteBackend::open(remote_options(&url, &served.credential(login).await)).unwrap()
}

fn acme() -> Target {
    Target::Account(AccountId::new(1_0001))
}

async fn exporting(kim: &dyn Backend) -> Plan<HolderVerb> {
    let target = HolderTarget {
        users: [UserId::new(2_0001)].into(),
        modules: [ModuleId::new(4)].into(),
        account: AccountId::new(1_0003),
    };
    kim.planned(HolderVerb::Generate, target).await.unwrap()
}

async fn is_accepted(backend: &dyn Backend, value: TokenValue) -> bool {
    backend.verify(value, Request::default()).await.unwrap().accepted
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_start_whose_reply_was_lost_is_found_by_its_plan_and_happens_once() {
    let served = Served::example().await;
    let (url, lost) = losing(&served.url, "POST /v1/jobs ").await;
    let options = remote_options(&url, &served.credential("ada").await);
    let ada = RemoteBackend::open(options).unwrap();
    let plan = ada.planned(Verb::Revoke, acme()).await.unwrap();
    let job = ada.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    assert_eq!((job.plan, job.tally.done, job.state), (plan.id, 19, JobState::Done));
    assert_eq!(lost.load(Ordering::SeqCst), 2, "it was sent twice, under one key");
    // Not even when it is ordered again later.
    assert_eq!(ada.start(AnyPlan::Tokens(plan)).await.unwrap().id, job.id);
    assert_eq!(ada.jobs().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_run_whose_reply_was_lost_is_reported_from_its_job() {
    let served = Served::example().await;
    let ada = client(&served, "ada", "POST /v1/plans/run ").await;
    let plan = ada.planned(Verb::Disable, acme()).await.unwrap();
    assert_eq!(ada.run(plan).await.unwrap().counts().0, 18);
    assert_eq!(ada.jobs().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_for_users_whose_reply_was_lost_is_found_by_its_plan() {
    let served = Served::example().await;
    let kim = client(&served, "kim", "POST /v1/user-jobs ").await;
    let target = HolderTarget {
        users: [UserId::new(2_0003)].into(),
        modules: [ModuleId::new(4)].into(),
        account: AccountId::new(1_0003),
    };
    let plan = kim.planned(HolderVerb::Request, target).await.unwrap();
    let job = kim.start(AnyPlan::Holders(plan.clone())).await.unwrap();
    assert_eq!((job.plan, job.total), (plan.id, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_token_whose_reply_was_lost_is_unknown_and_found_by_its_guid() {
    let served = Served::example().await;
    let ada = client(&served, "ada", "POST /v1/tokens").await;
    let guid = ada.propose_guid().await.unwrap();
    let draft = fresh(Some(guid));
    // Its value is in the lost reply, so it is not shown as made.
    let error = said(ada.create(draft.clone(), Run::Real).await);
    assert!(error.starts_with("outcome_unknown:"), "{error}");
    assert_eq!(ada.show(guid.to_string()).await.unwrap().token.name, "fresh");
    let error = said(served.remote("ada").await.create(draft, Run::Real).await);
    assert!(error.starts_with("invalid: name:") || error.starts_with("invalid: guid:"), "{error}");
}

fn fresh(guid: Option<Guid>) -> TokenDraft {
    let settings = Settings {
        name: "fresh".to_owned(),
        enabled: true,
        access: [(ModuleId::new(1), Level::Read)].into(),
        scopes: [ScopeId::new(1)].into(),
        ..Settings::default()
    };
    TokenDraft { account: Some(AccountId::new(1_0001)), owner: None, guid, settings }
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_a_new_token_whose_reply_was_lost_once_gets_its_value_by_the_repeat() {
    let served = Served::example().await;
    let (url, sent) = losing_once(&served.url, "POST /v1/tokens ").await;
    let options = remote_options(&url, &served.credential("ada").await);
    let ada = RemoteBackend::open(options).unwrap();
    let issued = ada.create(fresh(None), Run::Real).await.unwrap();
    assert_eq!(sent.load(Ordering::SeqCst), 2, "it was sent twice");
    assert!(is_accepted(ada.as_ref(), issued.value.unwrap()).await);
    let subject = Some(Subject::Token(issued.token.token.id.clone()));
    let query = EventQuery { subject, ..EventQuery::default() };
    let page = ada.events(query, Window::ALL).await.unwrap();
    let actions: Vec<_> = page.events.iter().map(|view| view.event.action).collect();
    assert_eq!(actions, [EventAction::Revealed, EventAction::Created]);
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_a_value_that_is_not_given_again_leaves_a_new_token_in_doubt_and_says_how_to_go_on() {
    let limits = Limits { value_kept: std::time::Duration::ZERO, ..usual() };
    let served = Served::with(limits, None).await;
    let (url, _) = losing_once(&served.url, "POST /v1/tokens ").await;
    let options = remote_options(&url, &served.credential("ada").await);
    let ada = RemoteBackend::open(options).unwrap();
    let error = said(ada.create(fresh(None), Run::Real).await);
    assert!(error.starts_with("outcome_unknown:"), "{error}");
    assert!(error.contains("TKN-") && error.contains("regenerate"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn c03_a_reveal_whose_reply_was_lost_once_is_asked_anew_and_twice_on_record() {
    let served = Served::example().await;
    let (url, _) = losing_once(&served.url, "POST /v1/tokens/TKN-1000-0001/reveal ").await;
    let options = remote_options(&url, &served.credential("ada").await);
    let ada = RemoteBackend::open(options).unwrap();
    let before = ada.events(of_robot_1(), Window::ALL).await.unwrap().total;
    assert!(is_accepted(ada.as_ref(), ada.reveal(token(1).into()).await.unwrap().value).await);
    assert_eq!(ada.events(of_robot_1(), Window::ALL).await.unwrap().total, before + 2);
}

fn of_robot_1() -> EventQuery {
    EventQuery { subject: Some(Subject::Token(token(1).into())), ..EventQuery::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_is_read_back_where_its_reply_was_lost() {
    let served = Served::example().await;
    let module = |name: &str| {
        let accounts = [AccountId::new(1_0001)].into();
        EntryDraft::Module(ModuleDraft { name: name.to_owned(), accounts, paths: vec![] })
    };
    let rosa = client(&served, "rosa", "POST /v1/catalogue/entries").await;
    let added = rosa.add_entry(module("Archive"), Run::Real).await.unwrap();
    assert_eq!(added.entry, module("Archive"));
    let rosa = client(&served, "rosa", "PUT /v1/catalogue/entries").await;
    let edit = EntryEdit { seen: Some(module("Archive")), draft: module("Attic") };
    assert_eq!(rosa.edit_entry(added.id, edit, Run::Real).await.unwrap().entry, module("Attic"));
    let rosa = client(&served, "rosa", "DELETE /v1/catalogue/entries").await;
    rosa.remove_entry(added.id, Run::Real).await.unwrap();
    assert_eq!(rosa.catalogue().await.unwrap().draft(added.id), None);
    // What was only tried was not done.
    let billing = EntryId::Module(ModuleId::new(3));
    let error = said(rosa.remove_entry(billing, Run::Dry).await);
    assert!(error.starts_with("broken_off:"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn r125_an_export_whose_values_were_lost_is_given_up_and_changes_nothing() {
    let served = Served::example().await;
    let kim = client(&served, "kim", "POST /v1/exports ").await;
    let folder = tempfile::tempdir().unwrap();
    let plan = exporting(kim.as_ref()).await;
    let error = said(generate_export(kim.as_ref(), plan, folder.path(), |_| {}).await);
    assert!(error.contains("no token was changed"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let jobs = kim.jobs().await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.state).collect::<Vec<_>>(), [JobState::Abandoned]);
    let old = TokenValue::parse(&value("carl-erecording")).unwrap();
    assert!(is_accepted(kim.as_ref(), old).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn r125_an_export_whose_activation_lost_its_reply_is_followed_to_its_end() {
    let served = Served::example().await;
    let kim = client(&served, "kim", "POST /v1/exports/").await;
    let folder = tempfile::tempdir().unwrap();
    let plan = exporting(kim.as_ref()).await;
    let exported = generate_export(kim.as_ref(), plan, folder.path(), |_| {}).await.unwrap();
    assert_eq!((exported.rows, exported.job.state), (1, JobState::Done));
    let old = TokenValue::parse(&value("carl-erecording")).unwrap();
    assert!(!is_accepted(kim.as_ref(), old).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_a_job_is_read_back() {
    let served = Served::example().await;
    let kim = served.remote("kim").await;
    let staged = kim.stage(exporting(kim.as_ref()).await, "host:/x.csv".to_owned()).await.unwrap();
    let kim = client(&served, "kim", "POST /v1/jobs/").await;
    assert_eq!(kim.abandon(staged.job).await.unwrap().state, JobState::Abandoned);
}
