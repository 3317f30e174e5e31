//! Tokens out of a file, by calls: no value in force outside the file, and a file that is
//! whole is what its job is resumed by.

use std::fmt::Write as _;

use tokendeck::backend::{Backend, export};
use tokendeck::domain::{Guid, JobStage, Settings, Status};
use tokendeck::wire::{
    CheckedRow, HeldValue, ImportKind, ImportPlan, ImportRow, JobReport, JobState, Verdict,
};

use crate::support::{World, code, draft, rejection, text};

fn row(line: u64, name: &str) -> ImportRow {
    let draft = draft(name);
    ImportRow {
        line,
        account: draft.account,
        owner: None,
        settings: Settings { name: name.to_owned(), ..draft.settings },
        value: None,
    }
}

fn plan(rows: Vec<ImportRow>) -> ImportPlan {
    ImportPlan { id: None, rows }
}

#[tokio::test]
async fn a30_a_look_tells_each_row_and_changes_nothing() {
    let world = World::example();
    let ada = world.backend("ada");
    let head = world.head();
    let rows = vec![row(2, "fresh"), row(3, "robot-1"), row(4, "FRESH"), row(5, "hid\u{202e}den")];
    let checked = ada.check_import(rows).await.unwrap().rows;
    assert_eq!(checked[0].verdict, Verdict::New { kind: ImportKind::Drawn });
    assert!(matches!(checked[1].verdict, Verdict::Exists { .. }));
    assert!(matches!(checked[2].verdict, Verdict::Refused { .. }), "its name is taken by line 2");
    assert!(matches!(checked[3].verdict, Verdict::Refused { .. }));
    assert_eq!(checked.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
    // What no field takes is told with its row, like all else that is wrong.
    let value =
        HeldValue { prefix: "x".repeat(41), hash: String::new(), guid: Guid::from_bytes([7; 16]) };
    let far = ImportRow { value: Some(value), ..row(8, "held") };
    let long = ada.check_import(vec![row(7, &"x".repeat(61)), far, row(9, "fine")]).await.unwrap();
    let refused = |row: &CheckedRow| matches!(row.verdict, Verdict::Refused { .. });
    assert_eq!(long.rows.iter().map(refused).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(code(world.backend("vic").check_import(vec![row(2, "x")]).await), "not_permitted");
    assert_eq!(world.head(), head);
}

#[tokio::test]
async fn a30_a_bad_row_keeps_all_of_them_from_being_staged() {
    let world = World::example();
    let ada = world.backend("ada");
    let head = world.head();
    let bad = plan(vec![row(2, "fresh"), row(3, "robot-1")]);
    let refused = ada.stage_import(bad, Some("host:/new.csv".to_owned())).await.err().unwrap();
    assert_eq!(refused.to_string(), "line 3: name: Name already in use");
    let refused = ada.stage_import(plan(vec![row(2, "fresh")]), None).await.err().unwrap();
    assert_eq!(refused.to_string(), "file: Name the file of the new values");
    let (vic, plan) = (world.backend("vic"), plan(vec![row(2, "fresh")]));
    let refused = vic.stage_import(plan, Some("host:/new.csv".to_owned())).await.err().unwrap();
    assert_eq!(refused.code(), "not_permitted");
    assert_eq!(world.head(), head);
}

#[tokio::test]
async fn a30_a_whole_file_is_what_a_job_is_resumed_by_and_no_other() {
    let world = World::example();
    let ada = world.backend("ada");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("new.csv");
    let host = nix::unistd::gethostname().unwrap();
    let place = format!("{}:{}", host.to_string_lossy(), path.display());
    let (mut jobs, mut values, mut sheet) =
        (vec![], vec![], "job,line,token_id,token\n".to_owned());
    for names in [["one", "two"], ["three", "four"]] {
        let rows = names.iter().enumerate().map(|(line, name)| row(2 + line as u64, name));
        let staged = ada.stage_import(plan(rows.collect()), Some(place.clone())).await.unwrap();
        for row in staged.values {
            let (line, token) = (row.line, row.token);
            writeln!(sheet, "{},{line},{token},{}", staged.job, row.value.expose()).unwrap();
            values.push(row.value);
        }
        jobs.push(staged.job);
    }
    for value in values.iter().map(|value| value.expose().to_owned()) {
        let value = tokendeck::domain::TokenValue::parse(&value).unwrap();
        assert!(rejection(&ada, value).await.is_some(), "nothing is in force yet");
    }
    for job in &jobs {
        assert_eq!(export::job(&*ada, *job).await.unwrap().state, JobState::Staged);
    }
    // As it stood where a process died between the file and its jobs.
    std::fs::write(&path, &sheet).unwrap();
    for job in &jobs {
        assert_eq!(export::job(&*ada, *job).await.unwrap().state, JobState::Written);
        let job = export::go_on(&*ada, *job).await.unwrap();
        assert!(matches!(job.state, JobState::Running | JobState::Done), "{job:?}");
        let job = tokendeck::backend::until_over(&*ada, job, |_| {}).await.unwrap();
        let JobReport::Imports(report) = ada.job_report(job.id).await.unwrap() else { panic!() };
        assert_eq!(report.counts(), (2, 0));
    }
    for value in values {
        assert_eq!(rejection(&ada, value).await, None);
    }
    assert_eq!(ada.show("three".to_owned()).await.unwrap().status, Status::Active);
    // A file that lacks a row is not whole.
    let staged = ada.stage_import(plan(vec![row(2, "five")]), Some(place)).await.unwrap();
    assert_eq!(export::job(&*ada, staged.job).await.unwrap().state, JobState::Staged);
    assert_eq!(text(ada.resume(staged.job).await), text(ada.resume(staged.job).await));
    ada.abandon(staged.job).await.unwrap();
    assert_eq!(JobStage::Staged.to_string(), "staged");
    assert_eq!(code(ada.show("five".to_owned()).await), "not_found");
}
