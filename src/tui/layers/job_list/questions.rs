//! The questions before something is done to a job.

use crate::text::safe_line;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::jobs::{self, Control, Steer};
use crate::tui::layers::confirm::{Alternative, Confirm};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::Job;

/// Whether to go on with one that broke off.
pub(in crate::tui) fn offer(shared: &Shared, job: Job) -> Confirm {
    let (name, progress) = (jobs::name(&job), jobs::progress(&job));
    let key = shared.keymap.first_key_of(Command::Jobs);
    let mut text = vec![
        format!("{name} was interrupted at {progress}."),
        format!("Started by {}.", jobs::origin(&job)),
    ];
    text.extend(jobs::of_file(&job));
    text.extend(job.problem.as_deref().map(safe_line));
    text.push(format!("Later leaves it in the list of jobs ({key})."));
    let stage = Stage { text, button: "Resume" };
    let abandon = Deed::AskAbandon(Box::new(job.clone()));
    let resume = Deed::Steer(Steer { control: Control::Resume, job: Box::new(job) });
    let title = "Interrupted job".to_owned();
    Confirm::new(title, shared.at_work_here(), vec![stage], resume)
        .offering("Later", Alternative { button: "Abandon", deed: abandon })
}

/// Whether to go on with it: it may be somebody else's.
pub(in crate::tui) fn resume(shared: &Shared, job: Job) -> Confirm {
    let text = vec![
        "Are you sure you want to go on with this job?".to_owned(),
        format!("{}: {} have ended.", jobs::name(&job), jobs::progress(&job)),
        format!("Started by {}.", jobs::origin(&job)),
    ];
    let stage = Stage { text, button: "Resume" };
    let deed = Deed::Steer(Steer { control: Control::Resume, job: Box::new(job) });
    Confirm::new("Resume job".to_owned(), shared.at_work_here(), vec![stage], deed)
}

/// Whether to give it up.
pub(in crate::tui) fn abandon(shared: &Shared, job: Job) -> Confirm {
    let (name, progress) = (jobs::name(&job), jobs::progress(&job));
    let text = vec![
        "Are you sure you want to abandon this job?".to_owned(),
        format!("{name}: {progress} have ended and stay as they are."),
        "The rest is left alone. It can't be resumed afterwards.".to_owned(),
    ];
    let text = [text, jobs::of_file(&job).into_iter().collect()].concat();
    let stage = Stage { text, button: "Abandon" };
    let deed = Deed::Steer(Steer { control: Control::Abandon, job: Box::new(job) });
    Confirm::new("Abandon job".to_owned(), shared.at_work_here(), vec![stage], deed)
}
