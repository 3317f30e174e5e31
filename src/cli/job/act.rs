//! `tokendeck job resume|stop|abandon`.

use super::list::verb;
use super::{show, watch};
use crate::backend::export;
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::domain::JobId;
use crate::text::thousands;
use crate::wire::{Job, JobAct, JobState};

pub(super) async fn run(deck: &Deck, act: JobAct, id: JobId) -> Ended {
    let backend = deck.backend.as_ref();
    let job = export::job(backend, id).await?;
    let doing = || format!("{act} {id}");
    job.allows(act).map_err(|refusal| Failure::refused(doing(), refusal))?;
    deck.must_write()?;
    if deck.is_dry() {
        show::print(deck, &job, None)?;
        deck.output.note(&format!("would {act} {id}: {}", left(&job)));
        return Ok(Finish::Done);
    }
    let failed = |error| Failure::Backend { doing: Some(doing()), error };
    let job = match act {
        JobAct::Resume => watch(deck, export::go_on(backend, id).await.map_err(failed)?).await?,
        JobAct::Stop => deck.backend.stop(id).await.map_err(failed)?,
        JobAct::Abandon => {
            deck.confirm(&question(deck, &job))?;
            deck.backend.abandon(id).await.map_err(failed)?
        }
    };
    show::print(deck, &job, None)?;
    show::note_file(deck, &job);
    Ok(match (act, job.state) {
        (JobAct::Resume, JobState::Done) if job.tally.failed == 0 => Finish::Done,
        (JobAct::Resume, _) => Finish::Partly,
        _ => Finish::Done,
    })
}

fn left(job: &Job) -> String {
    let left = job.total - job.tally.ended().min(job.total);
    format!("{} of {} are left", thousands(left), thousands(job.total))
}

fn question(deck: &Deck, job: &Job) -> Question {
    let asked = format!("Abandon {} ({} {})", job.id, verb(job.work), job.title);
    let mut lines = vec![
        format!("{asked} on {} ({})?", deck.session.backend, deck.session.place),
        format!("What it has done stays; {}. This can't be undone.", left(job)),
    ];
    lines.extend(job.of_file());
    Question { lines, title: "Abandon", words: "abandon 1".to_owned(), must_type: false }
}
