//! The list of changes that are not known to be done: two lines for each, over
//! everything but message and footer.

use ratatui::Frame;
use ratatui::text::Span;

use crate::domain::calendar;
use crate::tui::layers::two_lines::{TwoLines, draw_rows, draw_title};
use crate::tui::list_view::ListView;
use crate::tui::paint::put;
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::unconfirmed::{Fate, Unconfirmed};

pub(super) fn draw(model: &Seen<'_>, list: &ListView<Vec<u64>>, frame: &mut Frame<'_>) {
    let (_, body) = draw_title(model, " Unconfirmed changes", frame);
    let known: Vec<_> = model.unconfirmed_here().collect();
    if known.is_empty() {
        let text = " None: what was ordered here was done or refused";
        return put(frame, body, text, model.theme.style(Role::Dim));
    }
    let rows = known.into_iter().map(|known| TwoLines {
        name: known.kept.attempt.doing(),
        beside: calendar::minutes(known.kept.at),
        standing: standing(model, known),
    });
    draw_rows(model, list, rows, frame, body);
}

/// What is known of it, and what happens next.
fn standing(model: &Seen<'_>, known: &Unconfirmed) -> Vec<Span<'static>> {
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
    vec![model.theme.span(state, Role::Error), Span::raw(format!("; {next}"))]
}
