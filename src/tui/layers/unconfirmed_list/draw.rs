//! The list of changes that are not known to be done: two lines for each, over
//! everything but message and footer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::calendar;
use crate::text::{cut, width};
use crate::tui::list_view::ListView;
use crate::tui::paint::{clear, put, put_line, put_right};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::unconfirmed::{Fate, Unconfirmed};

pub(super) fn draw(model: &Seen<'_>, list: &ListView<Vec<u64>>, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let area = Rect { height: screen.height.saturating_sub(2), ..screen };
    clear(frame, area);
    put(frame, Rect { height: 1, ..area }, " Unconfirmed changes", model.theme.style(Role::Title));
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let known: Vec<_> = model.unconfirmed_here().collect();
    if known.is_empty() {
        let text = " None: what was ordered here was done or refused";
        return put(frame, body, text, model.theme.style(Role::Dim));
    }
    draw_list(model, &known, list, frame, body);
}

fn draw_list(
    model: &Seen<'_>,
    changes: &[&Unconfirmed],
    list: &ListView<Vec<u64>>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    // Whole changes only, the one under the cursor among them.
    let room = usize::from(area.height / 2).max(1);
    let mut y = area.y;
    for (place, known) in changes.iter().enumerate().skip(list.first_of(room)).take(room) {
        let line = |y| Rect { y, height: 1, ..area };
        draw_name(model, known, place == list.cursor, frame, line(y));
        put_line(frame, line(y + 1), &standing(model, known));
        y += 2;
    }
}

/// `> revoke robot-1                                       2026-03-10 12:00`.
fn draw_name(
    model: &Seen<'_>,
    known: &Unconfirmed,
    under_cursor: bool,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let (mark, role) = if under_cursor { ("> ", Role::Selected) } else { ("  ", Role::Text) };
    let name = known.kept.attempt.doing();
    let at = format!("{} ", calendar::minutes(known.kept.at));
    let columns = usize::from(area.width);
    if width(&name) + width(&at) + 4 <= columns {
        put_right(frame, area, &model.theme.line(at, Role::Dim));
    }
    let name = cut(&name, columns.saturating_sub(3));
    let spans = vec![Span::raw(mark), model.theme.span(name, role)];
    put_line(frame, area, &Line::from(spans));
}

/// What is known of it, and what happens next.
fn standing(model: &Seen<'_>, known: &Unconfirmed) -> Line<'static> {
    let unknown = "Unknown whether it was done";
    let (state, next) = match (known.kept.fate, known.insists) {
        (Fate::Unknown, false) => (unknown, "looked up until it is known".to_owned()),
        (Fate::Unknown, true) => (unknown, "tried until it is confirmed".to_owned()),
        (Fate::NotDone, true) => ("Not done", "tried again until it is confirmed".to_owned()),
        (Fate::NotDone, false) => {
            ("Not done", "waits for you: retry, keep trying or dismiss".to_owned())
        }
        (Fate::Unseen, _) => ("Nobody saw its value", model.way_to_new_value(None)),
    };
    Line::from(vec![
        Span::raw("    "),
        model.theme.span(state, Role::Error),
        Span::raw(format!("; {next}")),
    ])
}
