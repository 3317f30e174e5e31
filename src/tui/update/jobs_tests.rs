//! Jobs message by message: progress, leaving, stopping, and the offer of one that
//! was interrupted, at moments that a real backend can't be made to hit.

use crate::domain::{JobId, Refusal};
use crate::tui::call::Call;
use crate::tui::effect::Effect;
use crate::tui::fixture::{model, reply, reply_to, second, time};
use crate::tui::input::{Input, Signal};
use crate::tui::jobs::Control;
use crate::tui::layers::{Confirm, JobList, Reader};
use crate::tui::message::Msg;
use crate::tui::model::Model;
use crate::tui::moment::Moment;
use crate::tui::reply::JobNews;
use crate::wire::{BackendKind, Job, JobState};

use super::bulk_tests;
use super::bulk_tests::job;
use super::tests::press;

fn listed(model: &mut Model, jobs: Vec<Job>, at: Moment) -> Vec<Effect> {
    model.ask_jobs();
    let effects = model.take_outbox();
    let effects = model.update(reply(&effects, Ok(jobs)), at);
    model.update(Msg::Drawn, at);
    effects
}

fn news(model: &mut Model, job: Job, at: Moment) -> Vec<Effect> {
    let result = Ok(Box::new(JobNews { job, report: None }));
    let call = Call::Follow(Box::new(job_before()));
    model.update(reply_to(call, result), at)
}

fn job_before() -> Job {
    bulk_tests::job(JobState::Running, 0)
}

/// A program that follows a job.
fn following() -> Model {
    let mut model = model();
    model.follow_job(job(JobState::Running, 0));
    model.take_outbox();
    model
}

fn question(model: &Model) -> String {
    let stage = model.layers.top::<Confirm>().and_then(Confirm::stage);
    stage.map(|stage| stage.text.join(" ")).unwrap_or_default()
}

fn said(model: &Model) -> String {
    model.notices.shown().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// What was done to jobs.
fn steered(effects: &[Effect]) -> Vec<Control> {
    let control = |effect: &Effect| match effect {
        Effect::Call(_, Call::Steer(steer)) => Some(steer.control),
        _ => None,
    };
    effects.iter().filter_map(control).collect()
}

#[test]
fn a_job_is_followed_until_it_ends() {
    let mut model = following();
    let effects = news(&mut model, job(JobState::Running, 45_000), second(2));
    assert!(matches!(effects.as_slice(), [Effect::Call(_, Call::Follow(_))]), "{effects:?}");
    let known = model.jobs.newest().map(|followed| followed.job.tally.done);
    assert_eq!(known, Some(45_000));
    news(&mut model, job(JobState::Done, 100_000), second(3));
    assert!(model.jobs.newest().is_none());
    assert_eq!(said(&model), "100,000 tokens revoked");
}

#[test]
fn a_job_that_was_stopped_says_how_far_it_came_and_how_it_goes_on() {
    let mut model = following();
    news(&mut model, job(JobState::Stopped, 45_000), second(2));
    let expected = "Revoke 100,000 tokens of Acme was stopped at 45,000 of 100,000; \
                    b lists it and resumes it";
    assert_eq!(said(&model), expected);
}

#[test]
fn a_job_that_broke_off_here_says_why_and_is_not_offered_too() {
    let mut model = following();
    let broken =
        Job { problem: Some("the disk is full".to_owned()), ..job(JobState::Interrupted, 45_000) };
    news(&mut model, broken.clone(), second(2));
    assert!(said(&model).contains("at 45,000 of 100,000: the disk is full;"), "{}", said(&model));
    listed(&mut model, vec![broken], second(3));
    assert!(model.layers.is_empty());
}

#[test]
fn leaving_while_a_job_runs_is_asked_about_and_says_what_becomes_of_it() {
    let mut model = following();
    assert_eq!(press(&mut model, "q", second(2)), []);
    assert!(question(&model).contains("Leaving ends it after the part under way"));
    assert_eq!(press(&mut model, "Enter", second(3)), []);
    press(&mut model, "q", second(4));
    assert_eq!(press(&mut model, "Right Enter", second(5)), [Effect::Quit]);
}

#[test]
fn work_of_this_process_is_no_longer_there_to_come_back_to() {
    let mut model = following();
    (model.session.kind, model.session.bulk_here) = (BackendKind::Remote, true);
    assert_eq!(press(&mut model, "q", second(2)), []);
    assert!(question(&model).contains("nobody comes back to it"), "{}", question(&model));
    model.session.bulk_here = false;
    press(&mut model, "Esc", second(4));
    assert_eq!(press(&mut model, "q", second(5)), [Effect::Quit], "a server works on");
}

#[test]
fn b12_a_job_that_ends_leaves_nothing_to_answer_and_the_box_says_so() {
    let mut model = following();
    press(&mut model, "q", second(2));
    news(&mut model, job(JobState::Done, 100_000), second(3));
    assert!(question(&model).contains("The work is done meanwhile"), "{}", question(&model));
    // Enter was on its way to a question that is no more: it quits nothing.
    assert_eq!(press(&mut model, "Right Enter", second(3)), []);
    assert!(question(&model).contains("The work is done meanwhile"));
    assert_eq!(press(&mut model, "Enter", second(5)), []);
    assert!(model.layers.is_empty());
}

#[test]
fn a_system_that_ends_the_program_is_asked_nothing() {
    let mut model = following();
    let effects = model.update(Msg::Input(Input::Signal(Signal::Terminate)), second(2));
    assert_eq!(effects, [Effect::Quit]);
}

#[test]
fn ctrl_c_stops_the_job_and_twice_leaves() {
    let mut model = following();
    let effects = press(&mut model, "Ctrl-c", second(2));
    assert_eq!(steered(&effects), [Control::Stop]);
    assert!(said(&model).starts_with("Stopping after the part under way"));
    assert_eq!(press(&mut model, "Ctrl-c", second(3)), [Effect::Quit]);
}

#[test]
fn an_interrupted_job_is_offered_once_and_enter_leaves_it_alone() {
    let mut model = model();
    listed(&mut model, vec![job(JobState::Interrupted, 45_000)], second(2));
    let offer = question(&model);
    assert!(offer.contains("Revoke 100,000 tokens of Acme was interrupted at 45,000 of 100,000."));
    assert!(offer.contains("Started by Ada Admin, 2026-03-10 12:00."), "{offer}");
    assert_eq!(press(&mut model, "Enter", second(3)), []);
    assert!(model.layers.is_empty());
    listed(&mut model, vec![job(JobState::Interrupted, 45_000)], second(4));
    assert!(model.layers.is_empty());
}

#[test]
fn b31_an_offered_job_that_ended_meanwhile_says_so_and_takes_the_keys() {
    for (state, why) in [
        (JobState::Done, "Revoke 100,000 tokens of Acme ended meanwhile: 45,000 tokens revoked"),
        (JobState::Running, "Revoke 100,000 tokens of Acme goes on meanwhile, elsewhere"),
        (JobState::Abandoned, "Revoke 100,000 tokens of Acme was abandoned meanwhile"),
    ] {
        let mut model = model();
        listed(&mut model, vec![job(JobState::Interrupted, 45_000)], second(2));
        // Another process may have changed it, so the list is asked for.
        let effects = model.update(Msg::Changed, second(3));
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Call(_, Call::Jobs))));
        let asked: Vec<_> = effects
            .into_iter()
            .filter(|effect| matches!(effect, Effect::Call(_, Call::Jobs)))
            .collect();
        model.update(reply(&asked, Ok(vec![job(state, 45_000)])), second(3));
        assert!(question(&model).starts_with(why), "{}", question(&model));
        assert_eq!(press(&mut model, "Right Enter", second(9)), [], "nothing is left to resume");
    }
}

#[test]
fn the_offer_resumes_and_follows_the_job() {
    let mut model = model();
    listed(&mut model, vec![job(JobState::Interrupted, 45_000)], second(2));
    let effects = press(&mut model, "Right Enter", second(3));
    let [Effect::Call(_, Call::Steer(steer))] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(steer.control, Control::Resume);
    let result = Ok(Box::new(job(JobState::Running, 45_000)));
    model.update(reply(&effects, result), second(4));
    assert!(model.follows(JobId::new(7)));
}

#[test]
fn the_offer_gives_a_job_up_only_after_one_more_question() {
    let mut model = model();
    listed(&mut model, vec![job(JobState::Interrupted, 45_000)], second(2));
    assert_eq!(press(&mut model, "Right Right Enter", second(3)), []);
    assert!(question(&model).starts_with("Are you sure you want to abandon this job?"));
    model.update(Msg::Drawn, second(3));
    let effects = press(&mut model, "Right Enter", second(4));
    assert_eq!(steered(&effects), [Control::Abandon]);
}

#[test]
fn the_offer_waits_until_nothing_else_has_the_keys() {
    let mut model = model();
    press(&mut model, "?", second(2));
    listed(&mut model, vec![job(JobState::Interrupted, 1)], second(3));
    assert!(model.layers.is::<Reader>());
    press(&mut model, "Esc", second(4));
    assert!(question(&model).contains("was interrupted"));
}

#[test]
fn keys_typed_before_the_offer_was_seen_do_not_answer_it() {
    let mut model = model();
    model.ask_jobs();
    let effects = model.take_outbox();
    let jobs = vec![job(JobState::Interrupted, 1)];
    model.update(reply(&effects, Ok(jobs)), second(2));
    assert_eq!(press(&mut model, "Right Enter", second(2)), []);
    assert!(model.layers.is::<Confirm>());
}

#[test]
fn a_job_whose_process_was_killed_a_moment_ago_is_offered_when_its_lease_is_over() {
    let mut model = model();
    let alive = Job { lease_until: Some(time(4)), ..job(JobState::Running, 45_000) };
    listed(&mut model, vec![alive], second(2));
    let due = model.jobs.due.unwrap_or_default();
    assert!(due > second(2) && due <= second(11), "{due:?}");
    let effects = model.update(Msg::Due, due);
    let asks = |effect: &Effect| matches!(effect, Effect::Call(_, Call::Jobs));
    assert!(effects.iter().any(asks), "{effects:?}");
    listed(&mut model, vec![job(JobState::Interrupted, 45_000)], second(12));
    assert!(question(&model).contains("was interrupted"));
    assert_eq!(model.jobs.due, None);
}

#[test]
fn a_stopped_job_waits_for_whoever_stopped_it_and_opens_nothing() {
    let mut model = model();
    listed(&mut model, vec![job(JobState::Stopped, 45_000)], second(2));
    assert!(model.layers.is_empty());
    assert_eq!(said(&model), "1 job of yours waits: b lists it");
}

#[test]
fn the_job_of_another_operator_is_not_offered() {
    let mut model = model();
    let other = Job { by: crate::domain::UserId::new(99_999), ..job(JobState::Interrupted, 1) };
    listed(&mut model, vec![other], second(2));
    assert!(model.layers.is_empty());
}

#[test]
fn b15_a_job_goes_on_only_after_a_question() {
    let mut model = model();
    press(&mut model, "b", second(2));
    listed(&mut model, vec![job(JobState::Stopped, 45_000)], second(3));
    assert_eq!(press(&mut model, "r", second(4)), []);
    let asked = question(&model);
    assert!(asked.contains("45,000 of 100,000 have ended"), "{asked}");
    assert_eq!(press(&mut model, "Enter", second(5)), []);
    press(&mut model, "r", second(6));
    assert_eq!(steered(&press(&mut model, "Right Enter", second(7))), [Control::Resume]);
}

#[test]
fn what_a_job_cannot_have_done_is_refused_in_the_words_of_the_rules() {
    let mut model = model();
    press(&mut model, "b", second(2));
    for (state, keys, reason) in [
        (JobState::Running, "r", "It is being worked on: stop it first"),
        (JobState::Stopped, "s", "It was stopped already"),
        (JobState::Done, "r", "It has ended already"),
        (JobState::Staged, "r", Refusal::JobStaged.to_string().as_str()),
        (JobState::Abandoned, "! a", "It has ended already"),
    ] {
        listed(&mut model, vec![job(state, 3)], second(3));
        assert_eq!(press(&mut model, keys, second(4)), [], "{state}");
        assert_eq!(said(&model), reason, "{state}");
    }
}

#[test]
fn the_cursor_stays_on_its_job_when_a_newer_one_comes() {
    let mut model = model();
    press(&mut model, "b", second(2));
    let older = Job { id: JobId::new(6), ..job(JobState::Stopped, 1) };
    listed(&mut model, vec![job(JobState::Done, 1), older.clone()], second(3));
    press(&mut model, "j", second(4));
    let newer = Job { id: JobId::new(8), ..job(JobState::Done, 1) };
    listed(&mut model, vec![newer, job(JobState::Done, 1), older], second(5));
    let list = model.layers.top::<JobList>();
    let here = list.and_then(|list| list.job(&model.jobs));
    assert_eq!(here.map(|job| job.id), Some(JobId::new(6)));
    press(&mut model, "r", second(6));
    assert_eq!(steered(&press(&mut model, "Right Enter", second(7))), [Control::Resume]);
}

#[test]
fn d07_an_export_whose_file_is_whole_is_offered_with_what_is_in_its_file() {
    let mut model = model();
    let file = Some("host:/out/api-tokens.csv".to_owned());
    let written = Job { file, ..job(JobState::Written, 0) };
    listed(&mut model, vec![written.clone()], second(2));
    let Some(dialog) = model.layers.top::<Confirm>() else { panic!("not offered") };
    let text = dialog.stage().map(|stage| stage.text.join(" ")).unwrap_or_default();
    let whole = "Its file is whole, and none of its values is in force: host:/out/api-tokens.csv";
    assert!(text.contains(whole), "{text}");
    let given_up = Job { state: JobState::Abandoned, ..written };
    let delete = "Delete its file, for no value in it is in force: host:/out/api-tokens.csv";
    assert_eq!(given_up.of_file().as_deref(), Some(delete));
}
