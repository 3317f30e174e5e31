//! The list of jobs: two lines for each, over everything but message and footer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::JobId;
use crate::text::{cut, width};
use crate::tui::command::Command;
use crate::tui::list_view::ListView;
use crate::tui::paint::{clear, put, put_line, put_reason, put_right};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::{age, jobs};
use crate::wire::{Job, JobState};

/// Columns of the bar.
const BAR: usize = 20;

pub(super) fn draw(model: &Seen<'_>, list: &ListView<Vec<JobId>>, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let area = Rect { height: screen.height.saturating_sub(2), ..screen };
    clear(frame, area);
    let head = Rect { height: 1, ..area };
    put(frame, head, " Jobs", model.theme.style(Role::Title));
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
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
        Some(jobs) => return draw_list(model, jobs, list, frame, body),
    };
    put(frame, body, text, model.theme.style(Role::Dim));
}

fn draw_list(
    model: &Seen<'_>,
    jobs: &[Job],
    list: &ListView<Vec<JobId>>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    // Whole jobs only, the one under the cursor among them.
    let room = usize::from(area.height / 2).max(1);
    let mut y = area.y;
    for (place, job) in jobs.iter().enumerate().skip(list.first_of(room)).take(room) {
        let line = |y| Rect { y, height: 1, ..area };
        draw_name(model, job, place == list.cursor, frame, line(y));
        put_line(frame, line(y + 1), &standing(model, job, area.width.into()));
        y += 2;
    }
}

/// `> Revoke 100,000 tokens of Acme               Ada Admin, 2026-03-10 12:00`.
fn draw_name(model: &Seen<'_>, job: &Job, under_cursor: bool, frame: &mut Frame<'_>, area: Rect) {
    let (mark, role) = if under_cursor { ("> ", Role::Selected) } else { ("  ", Role::Text) };
    let name = jobs::name(job);
    let origin = format!("{} ", jobs::origin(job));
    let columns = usize::from(area.width);
    if width(&name) + width(&origin) + 4 <= columns {
        put_right(frame, area, &model.theme.line(origin, Role::Dim));
    }
    let name = cut(&name, columns.saturating_sub(3));
    let spans = vec![Span::raw(mark), model.theme.span(name, role)];
    put_line(frame, area, &Line::from(spans));
}

/// `Interrupted  45,000 of 100,000  [#########...........]`, or how it ended.
fn standing(model: &Seen<'_>, job: &Job, columns: usize) -> Line<'static> {
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
    let mut spans =
        vec![Span::raw("    "), model.theme.span(state, role), Span::raw(format!("  {text}"))];
    let used: usize = spans.iter().map(Span::width).sum();
    if !ended && used + BAR + 4 <= columns {
        spans.push(model.theme.span(format!("  {}", bar(job)), Role::Dim));
    }
    Line::from(spans)
}

/// `[#########...........]`: never full before the end.
fn bar(job: &Job) -> String {
    let total = u128::from(job.total.max(1));
    let part = u128::from(job.tally.ended().min(job.total)) * BAR as u128 / total;
    let full = usize::try_from(part).unwrap_or(BAR).min(BAR);
    format!("[{}{}]", "#".repeat(full), ".".repeat(BAR - full))
}
