//! Jobs for users, and generate & export: no moment with values in force outside the
//! file, or with dead tokens and no file.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokendeck::backend::export::{Exported, generate_export};
use tokendeck::backend::local::LocalBackend;
use tokendeck::backend::{Answer, Backend, BulkBackend};
use tokendeck::domain::{
    EventAction, Expiry, HolderVerb, Query, Status, Subject, TokenId, TokenValue, UserId, Window,
};
use tokendeck::wire::{
    AnyPlan, EventQuery, JobReport, JobState, Outcome, Plan, Report, Run, Target,
};

use crate::holders::{CARL, DORA, EVE, recording, target};
use crate::support::{World, code, module, now, rejection, show, text, token, value};

async fn plan(backend: &LocalBackend, verb: HolderVerb, users: &[UserId]) -> Plan<HolderVerb> {
    backend.planned(verb, target(users, &[recording()])).await.unwrap()
}

/// Starts it as a job and waits for its end.
async fn run(backend: &LocalBackend, plan: Plan<HolderVerb>) -> Report<HolderVerb> {
    let job = backend.start(AnyPlan::Holders(plan)).await.unwrap();
    assert_eq!(job.state, JobState::Done, "a small one is done at once");
    match backend.job_report(job.id).await.unwrap() {
        JobReport::Holders(report) => report,
        JobReport::Tokens(_) | JobReport::Imports(_) => panic!("a report of users"),
    }
}

async fn tokens_of(backend: &LocalBackend, user: UserId) -> Vec<(TokenId, String, Status)> {
    let query = Query { owner: Some(user), ..Query::default() };
    let page = backend.list(query, Window::ALL).await.unwrap();
    page.tokens
        .into_iter()
        .map(|view| (view.token.id.token().unwrap(), view.token.name, view.status))
        .collect()
}

#[tokio::test]
async fn r119_a_request_makes_a_pending_token_and_skips_who_has_one() {
    let world = World::example();
    let kim = world.backend("kim");
    let report = run(&kim, plan(&kim, HolderVerb::Request, &[DORA, EVE]).await).await;
    assert_eq!(report.counts(), (1, 1, 0));
    let made = tokens_of(&kim, EVE).await;
    let [(id, name, status)] = made.as_slice() else { panic!("{made:?}") };
    assert_eq!((name.as_str(), *status), ("eve-erecording", Status::Pending));
    assert_eq!(report.items[1].token, Some(*id));
    let view = show(&kim, *id).await;
    assert_eq!((view.guid, view.token.valid_to), (None, None));
    // The second wish finds the first.
    assert_eq!(plan(&kim, HolderVerb::Request, &[EVE]).await.count(), 0);
}

#[tokio::test]
async fn a_plan_that_would_do_nothing_is_no_job() {
    let world = World::example();
    let kim = world.backend("kim");
    let nothing = plan(&kim, HolderVerb::Request, &[DORA]).await;
    assert_eq!(text(kim.start(AnyPlan::Holders(nothing)).await), "Nothing to be requested");
    assert_eq!(kim.jobs().await.unwrap(), []);
}

#[tokio::test]
async fn what_became_pending_meanwhile_is_skipped_with_that_reason() {
    let world = World::example();
    let kim = world.backend("kim");
    let early = plan(&kim, HolderVerb::Request, &[EVE]).await;
    run(&kim, plan(&kim, HolderVerb::Request, &[EVE]).await).await;
    let report = run(&kim, early).await;
    assert_eq!(report.counts(), (0, 1, 0));
    assert_eq!(tokens_of(&kim, EVE).await.len(), 1);
}

#[tokio::test]
async fn r120_remove_deletes_and_the_value_is_refused() {
    let world = World::example();
    let kim = world.backend("kim");
    let report = run(&kim, plan(&kim, HolderVerb::Remove, &[CARL, DORA]).await).await;
    assert_eq!(report.counts(), (1, 1, 0));
    assert_eq!(report.items[0].token, Some(token(10)));
    let refused = rejection(&kim, value("carl-erecording")).await.unwrap();
    assert_eq!(refused.to_string(), "deleted");
    assert_eq!(tokens_of(&kim, DORA).await.len(), 1, "her request stays");
}

#[tokio::test]
async fn r121_cancel_deletes_what_is_pending() {
    let world = World::example();
    let kim = world.backend("kim");
    let report = run(&kim, plan(&kim, HolderVerb::Cancel, &[CARL, DORA]).await).await;
    assert_eq!(report.counts(), (1, 1, 0));
    assert!(tokens_of(&kim, DORA).await.is_empty());
    assert_eq!(rejection(&kim, value("carl-erecording")).await, None);
}

#[tokio::test]
async fn a_token_that_changed_since_the_plan_is_left_alone() {
    let world = World::example();
    let kim = world.backend("kim");
    let early = plan(&kim, HolderVerb::Remove, &[CARL]).await;
    kim.regenerate(
        token(10).into(),
        Some(Expiry::Never),
        tokendeck::domain::Overlap::NONE,
        Run::Real,
    )
    .await
    .unwrap();
    let report = run(&kim, early).await;
    assert_eq!(report.counts(), (0, 0, 1));
    let Outcome::Failed { code, .. } = &report.items[0].outcome else { panic!("{report:?}") };
    assert_eq!(code, "stale_plan");
    assert_eq!(show(&kim, token(10)).await.status, Status::Active);
}

#[tokio::test]
async fn one_token_for_two_modules_goes_once_and_both_are_done() {
    let world = World::example();
    let kim = world.backend("kim");
    let view = show(&kim, token(10)).await;
    let mut settings = tokendeck::domain::Settings::of(&view.token);
    settings.access.insert(module(1), tokendeck::domain::Level::Read);
    let version = view.token.version;
    let edit = tokendeck::wire::Edit { version, settings, new_value: false, guid: None };
    kim.edit(token(10).into(), edit, Run::Real).await.unwrap();
    let both = target(&[CARL], &[module(1), recording()]);
    let plan = kim.planned(HolderVerb::Remove, both).await.unwrap();
    assert_eq!((plan.count(), plan.lost().len()), (2, 1));
    assert_eq!(run(&kim, plan).await.counts(), (2, 0, 0));
    let events = kim
        .events(
            EventQuery { subject: Some(Subject::Token(token(10).into())), ..EventQuery::default() },
            Window::ALL,
        )
        .await
        .unwrap();
    // It is deleted, and what was done to it stays with those who could see it then.
    assert_eq!(events.events[0].event.action, EventAction::Deleted);
    assert_eq!(code(kim.show(token(10).to_string()).await), "not_found");
}

struct Csv(Vec<BTreeMap<String, String>>);

fn read(path: &Path) -> Csv {
    let mut reader = csv::Reader::from_path(path).unwrap();
    Csv(reader.deserialize().map(Result::unwrap).collect())
}

impl Csv {
    fn value(&self, name: &str) -> TokenValue {
        let row = self.0.iter().find(|row| row["user_name"] == name).unwrap();
        TokenValue::parse(&row["token"]).unwrap()
    }
}

async fn generate(backend: &LocalBackend, users: &[UserId], folder: &Path) -> Answer<Exported> {
    let plan = plan(backend, HolderVerb::Generate, users).await;
    generate_export(backend, plan, folder, |_| ()).await
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

#[tokio::test]
async fn r125_the_file_has_a_row_for_each_and_its_values_pass() {
    let (world, folder) = (World::example(), tempfile::tempdir().unwrap());
    let kim = world.backend("kim");
    let done = generate(&kim, &[CARL, EVE], folder.path()).await.unwrap();
    assert_eq!((done.report.counts(), done.rows), ((2, 0, 0), 2));
    assert_eq!(done.job.state, JobState::Done);
    let name = done.path.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "api-tokens-ACC-0001-0003-20260310T120000Z.csv");
    assert!(done.place.ends_with(&format!(":{}", done.path.display())), "{}", done.place);
    assert_eq!(files(folder.path()), std::slice::from_ref(&done.path));
    let mode = done.path.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&done.path).unwrap();
    let header = "user_id,user_name,account,service,token_id,guid,token,expires_at";
    assert_eq!(text.lines().next(), Some(header));
    let sheet = read(&done.path);
    assert_eq!(sheet.0.len(), 2);
    for (name, user, login) in
        [("Carl Clerk", CARL, "carl-erecording"), ("Eve Examiner", EVE, "eve-erecording")]
    {
        let row = sheet.0.iter().find(|row| row["user_name"] == name).unwrap();
        assert_eq!(row["user_id"], user.to_string());
        assert_eq!(
            (row["account"].as_str(), row["service"].as_str()),
            ("ACC-0001-0003", "eRecording")
        );
        assert_eq!(row["expires_at"], "2026-09-10T12:00:00Z");
        let tokens = tokens_of(&kim, user).await;
        let [(id, called, status)] = tokens.as_slice() else { panic!("{tokens:?}") };
        assert_eq!(row["token_id"], id.to_string());
        assert_eq!((called.as_str(), *status), (login, Status::Pending));
        let view = show(&kim, *id).await;
        assert_eq!(view.guid.unwrap().to_string(), row["guid"]);
        assert_eq!(view.token.valid_to, Expiry::DEFAULT_OF_USER.valid_to(now()));
    }
    assert_eq!(rejection(&kim, value("carl-erecording")).await.unwrap().to_string(), "deleted");
    // The first use accepts (R126).
    assert_eq!(rejection(&kim, sheet.value("Eve Examiner")).await, None);
    assert_eq!(tokens_of(&kim, EVE).await[0].2, Status::Active);
    assert_eq!(tokens_of(&kim, CARL).await[0].2, Status::Pending);
}

#[tokio::test]
async fn r125_no_file_is_ever_written_over() {
    let (world, folder) = (World::example(), tempfile::tempdir().unwrap());
    let kim = world.backend("kim");
    let first = generate(&kim, &[EVE], folder.path()).await.unwrap();
    let before = std::fs::read(&first.path).unwrap();
    let second = generate(&kim, &[EVE], folder.path()).await.unwrap();
    assert_ne!(first.path, second.path);
    assert_eq!(std::fs::read(&first.path).unwrap(), before);
    let old = rejection(&kim, read(&first.path).value("Eve Examiner")).await.unwrap();
    assert_eq!(old.to_string(), "deleted");
    // A link in its place is not followed.
    let third = folder.path().join("api-tokens-ACC-0001-0003-20260310T120000Z-3.csv");
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), &third).unwrap();
    let fourth = generate(&kim, &[EVE], folder.path()).await.unwrap();
    assert!(fourth.path.to_str().unwrap().ends_with("-4.csv"), "{}", fourth.path.display());
    assert!(!folder.path().join("elsewhere").exists());
}

#[tokio::test]
async fn r125_without_a_folder_nothing_is_generated() {
    let (world, folder) = (World::example(), tempfile::tempdir().unwrap());
    let kim = world.backend("kim");
    let head = world.head();
    let missing = folder.path().join("missing");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    for wrong in [missing, file] {
        let answer = generate(&kim, &[CARL, EVE], &wrong).await;
        let said = text(answer);
        assert!(said.contains("no token was changed"), "{said}");
    }
    assert_eq!(world.head(), head);
    assert_eq!(rejection(&kim, value("carl-erecording")).await, None);
}

#[tokio::test]
async fn staged_values_are_dead_until_they_are_activated() {
    let world = World::example();
    let kim = world.backend("kim");
    let planned = plan(&kim, HolderVerb::Generate, &[CARL, EVE]).await;
    let staged = kim.stage(planned, "host:/tmp/x.csv".to_owned()).await.unwrap();
    assert_eq!(staged.rows.len(), 2);
    let again = |row: usize| TokenValue::parse(staged.rows[row].value.expose()).unwrap();
    assert_eq!(rejection(&kim, again(0)).await.unwrap().to_string(), "unknown");
    assert_eq!(rejection(&kim, value("carl-erecording")).await, None);
    assert!(tokens_of(&kim, EVE).await.is_empty());
    let job = kim.job(staged.job).await.unwrap();
    assert_eq!((job.state, job.file.as_deref()), (JobState::Staged, Some("host:/tmp/x.csv")));
    assert_eq!(code(kim.resume(staged.job).await), "job_staged");
    // Its ids are given out: nobody else gets them, also where it is given up.
    let other = run(&kim, plan(&kim, HolderVerb::Request, &[EVE]).await).await;
    assert!(other.items[0].token > Some(staged.rows[1].token));
    kim.abandon(staged.job).await.unwrap();
    assert_eq!(rejection(&kim, again(1)).await.unwrap().to_string(), "unknown");
    assert_eq!(code(kim.activate(staged.job).await), "job_over");
    assert_eq!(rejection(&kim, value("carl-erecording")).await, None);
}

#[tokio::test]
async fn a_staged_plan_gives_its_values_out_once() {
    let world = World::example();
    let kim = world.backend("kim");
    let planned = plan(&kim, HolderVerb::Generate, &[EVE]).await;
    let staged = kim.stage(planned.clone(), "host:/tmp/x.csv".to_owned()).await.unwrap();
    assert_eq!(kim.job(staged.job).await.unwrap().plan, planned.id);
    let again = kim.stage(planned, "host:/tmp/y.csv".to_owned()).await;
    assert_eq!(again.err().unwrap().code(), "stale_plan");
    assert_eq!(kim.jobs().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_export_is_on_record_before_any_value_leaves() {
    let world = World::example();
    let kim = world.backend("kim");
    let planned = plan(&kim, HolderVerb::Generate, &[EVE]).await;
    kim.stage(planned, "host:/tmp/x.csv".to_owned()).await.unwrap();
    let subject = Some(Subject::User(EVE));
    let query = EventQuery { subject, ..EventQuery::default() };
    let events = kim.events(query, Window::ALL).await.unwrap().events;
    assert_eq!(events[0].event.action, EventAction::Exported);
    assert_eq!(events[0].by_name.as_deref(), Some("Kim Keeper"));
}

#[tokio::test]
async fn what_changed_between_stage_and_activation_is_not_replaced_unasked() {
    let world = World::example();
    let kim = world.backend("kim");
    let planned = plan(&kim, HolderVerb::Generate, &[CARL, EVE]).await;
    let staged = kim.stage(planned, "host:/tmp/x.csv".to_owned()).await.unwrap();
    // Eve gets a request that nobody confirmed to lose.
    run(&kim, plan(&kim, HolderVerb::Request, &[EVE]).await).await;
    kim.activate(staged.job).await.unwrap();
    let job = ended(&kim, staged.job).await;
    assert_eq!((job.tally.done, job.tally.failed), (1, 1));
    let value = TokenValue::parse(staged.rows[1].value.expose()).unwrap();
    assert_eq!(rejection(&kim, value).await.unwrap().to_string(), "unknown");
    assert_eq!(tokens_of(&kim, EVE).await.len(), 1);
}

async fn ended(backend: &LocalBackend, id: tokendeck::domain::JobId) -> tokendeck::wire::Job {
    loop {
        let job = backend.job(id).await.unwrap();
        if job.state != JobState::Running {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn r122_only_who_may_change_tokens_generates() {
    let world = World::example();
    let planned = plan(&world.backend("kim"), HolderVerb::Generate, &[CARL]).await;
    for login in ["carl", "vic"] {
        let backend = world.backend(login);
        assert_eq!(code(backend.start(AnyPlan::Holders(planned.clone())).await), "unsupported");
        let staged = backend.stage(planned.clone(), String::new()).await;
        assert_eq!(staged.err().unwrap().code(), "not_permitted", "{login}");
    }
    let ada = world.backend("ada");
    assert_eq!(ada.stage(planned, String::new()).await.err().unwrap().code(), "not_found");
}

#[tokio::test]
async fn two_exports_at_once_leave_each_value_in_force_or_told_of() {
    let (world, folder) = (World::example(), tempfile::tempdir().unwrap());
    let kims: Vec<Arc<LocalBackend>> = (0..2).map(|_| world.backend("kim")).collect();
    let (left, right) = tokio::join!(
        generate(&kims[0], &[CARL, EVE], folder.path()),
        generate(&kims[1], &[CARL, EVE], folder.path()),
    );
    let mut lives = 0;
    for done in [left, right] {
        // One may find its name taken, which changes nothing.
        let Ok(done) = done else { continue };
        let sheet = read(&done.path);
        for item in &done.report.items {
            let refused = rejection(&kims[0], sheet.value(&item.user_name)).await;
            lives += usize::from(refused.is_none());
            assert!(refused.is_some() || item.outcome == Outcome::Done, "{item:?}");
        }
    }
    assert_eq!(lives, 2, "one value for each user");
    let all = kims[0].planned(tokendeck::domain::Verb::Revoke, Target::Owner(CARL)).await.unwrap();
    assert_eq!(all.items.len(), 1);
}
