//! The list of jobs: two lines for each, over everything but message and footer.

use ratatui::Frame;
use ratatui::text::Span;

use crate::domain::JobId;
use crate::text::width;
use crate::tui::command::Command;
use crate::tui::layers::two_lines::{TwoLines, draw_rows, draw_title};
use crate::tui::list_view::ListView;
use crate::tui::paint::{put, put_reason, put_right};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::{age, jobs};
use crate::wire::{Job, JobState};

/// Columns of the bar.
const BAR: usize = 20;

pub(super) fn draw(model: &Seen<'_>, list: &ListView<Vec<JobId>>, frame: &mut Frame<'_>) {
    let (head, body) = draw_title(model, " Jobs", frame);
    if let Some(why) = &model.jobs.failure {
        if model.jobs.list.is_none() {
            let again = model.keymap.first_key_of(Command::Refresh);
            let text = format!("The jobs could not be read: {why} - {again} tries again");
            put_reason(&model.theme, &text, frame, body);
            return;
        }
        let texts = age::of_read(model, model.jobs.as_of);
        let room = usize::from(head.width).saturating_sub(width(" Jobs") + 2);
        let text = texts.into_iter().find(|text| width(text) <= room).unwrap_or_default();
        put_right(frame, head, &model.theme.line(format!("{text} "), Role::Error));
    }
    let text = match model.jobs.list.as_deref() {
        None => " Asking ...",
        // That there were none is no news of now.
        Some([]) if model.jobs.asking => " Asking ...",
        Some([]) => " No jobs yet: what is done to many tokens at once is listed here",
        Some(jobs) => {
            let rows = jobs.iter().map(|job| TwoLines {
                name: jobs::name(job),
                beside: jobs::origin(job),
                standing: standing(model, job, body.width.into()),
            });
            return draw_rows(model, list, rows, frame, body);
        }
    };
    put(frame, body, text, model.theme.style(Role::Dim));
}

/// `Interrupted  45,000 of 100,000  [#########...........]`, or how it ended.
fn standing(model: &Seen<'_>, job: &Job, columns: usize) -> Vec<Span<'static>> {
    let role = match job.state {
        JobState::Running => Role::Key,
        JobState::Done if job.tally.failed == 0 => Role::Ok,
        JobState::Done | JobState::Interrupted => Role::Error,
        JobState::Stopped | JobState::Staged | JobState::Written => Role::Warning,
        JobState::Abandoned => Role::Dim,
    };
    let state = jobs::state(job);
    let ended = job.state.is_over();
    let text = if ended { jobs::result(job) } else { jobs::progress(job) };
    let mut spans = vec![model.theme.span(state, role), Span::raw(format!("  {text}"))];
    let used: usize = spans.iter().map(Span::width).sum();
    if !ended && used + BAR + 8 <= columns {
        spans.push(model.theme.span(format!("  {}", bar(job)), Role::Dim));
    }
    spans
}

/// `[#########...........]`: never full before the end.
fn bar(job: &Job) -> String {
    let total = u128::from(job.total.max(1));
    let part = u128::from(job.tally.ended().min(job.total)) * BAR as u128 / total;
    let full = usize::try_from(part).unwrap_or(BAR).min(BAR);
    format!("[{}{}]", "#".repeat(full), ".".repeat(BAR - full))
}
