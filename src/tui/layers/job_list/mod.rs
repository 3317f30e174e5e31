//! Bulk work: what runs, waits and is done.

mod draw;
pub(in crate::tui) mod questions;

use ratatui::Frame;

use crate::domain::{JobAct, JobId};
use crate::text::Safe;
use crate::tui::bulk::Ending;
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::jobs::{self, Control, Jobs};
use crate::tui::layers::reader::{Reader, Text};
use crate::tui::list_view::{ListView, PAGE, moves};
use crate::tui::news::News;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::wire::{Job, JobReport};

/// Bulk work: what runs, waits and is done.
#[derive(Debug, Default)]
pub(in crate::tui) struct JobList(ListView<Vec<JobId>>);

impl JobList {
    /// The list over the jobs as they are now.
    fn over(&self, jobs: &Jobs) -> ListView<Vec<JobId>> {
        self.0.over(jobs.list.iter().flatten().map(|job| job.id))
    }

    /// The job under the cursor.
    pub(in crate::tui) fn job<'a>(&self, jobs: &'a Jobs) -> Option<&'a Job> {
        jobs.list.as_ref()?.get(self.over(jobs).cursor)
    }
}

impl Place for JobList {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Jobs, Scope::Move, Scope::Global]
    }

    fn called(&self) -> &'static str {
        "jobs"
    }

    fn offers(&self, command: Command, shared: &Shared) -> Offer {
        let act = match command {
            Command::OpenReport => None,
            Command::ResumeJob => Some(JobAct::Resume),
            Command::StopJob => Some(JobAct::Stop),
            Command::AbandonJob => Some(JobAct::Abandon),
            command => return Offer::of(moves(command)),
        };
        Offer::unless(match (self.job(&shared.jobs), act) {
            (None, _) => Some("No job here".to_owned()),
            // What the state of a job rules out, in the words of whoever would refuse it.
            (Some(job), Some(act)) => job.allows(act).err().map(|refusal| refusal.to_string()),
            (Some(_), None) => None,
        })
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        let Context { shared, then, .. } = context;
        self.0 = self.over(&shared.jobs);
        if self.0.step(command, PAGE / 2) {
            return Taken::Here;
        }
        match (command, self.job(&shared.jobs).cloned()) {
            (Command::OpenReport, Some(job)) => {
                shared.ask(Call::Report(Box::new(job)));
            }
            (Command::ResumeJob, Some(job)) => {
                then.push(Then::Open(Box::new(questions::resume(shared, job))));
            }
            (Command::AbandonJob, Some(job)) => {
                then.push(Then::Open(Box::new(questions::abandon(shared, job))));
            }
            (Command::StopJob, Some(job)) => shared.steer(Control::Stop, job),
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    fn answer(&mut self, answered: Answered, context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        let Context { shared, then, .. } = context;
        match call {
            Call::Jobs => {
                shared.jobs_listed(answer(result), true);
                then.push(Then::Tell(News::Jobs));
            }
            Call::Report(job) => match answer(result) {
                Ok(report) => then.push(Then::Offer(Box::new(report_of(&job, &report)))),
                Err(error) => shared.not_reported(&error),
            },
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let key = |command| seen.keymap.first_key_of(command);
        let mut hints = hints::in_scopes(seen, &[Scope::Jobs]);
        hints.extend(hints::usable(seen, [Command::AbandonJob]));
        hints.push(Hint::new(key(Command::Back), "close"));
        hints::with_help(seen, hints)
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, &self.over(&seen.jobs), frame);
    }
}

/// How each item of a job ended.
fn report_of(job: &Job, report: &JobReport) -> Reader {
    let state = format!("{}: {}", jobs::state(job), jobs::result(job));
    let file = match (job.of_file(), &job.file) {
        (Some(file), _) => Some(format!("\n{file}")),
        (None, file) => file.as_ref().map(|file| format!("\nFile: {file}")),
    };
    let problem = job.problem.as_ref().map(|why| format!("\n{why}"));
    let title = [jobs::name(job), state, format!("By {}", jobs::origin(job))];
    let more = [file, problem].into_iter().flatten().collect::<String>();
    let title = Safe::lines(&format!("{}{more}", title.join("\n"))).into_string();
    Reader::of(Text::Report { title, reasons: Ending::of(report).reasons() })
}
