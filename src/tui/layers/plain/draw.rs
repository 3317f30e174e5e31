//! The plain box: a text from the first column on, with nothing beside it that the
//! terminal's own selection would take along.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Plain;
use crate::text::{Safe, cut_middle, safe_line, thousands, wrap};
use crate::tui::paint::{clear, put};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Seen<'_>, plain: &Plain, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(frame, area);
    let columns = usize::from(area.width);
    let title = cut_middle(&format!(" {}", plain.title), columns);
    let text = Safe::lines(plain.payload.expose());
    let reason = plain.reason.as_deref().map(safe_line);
    let help = "Select it with the terminal to copy it".to_owned();
    let hidden =
        plain.until.map(|_| format!("It is hidden again after {} s", model.options.reveal_seconds));
    let under = [reason, Some(help), hidden];
    let under = under.iter().flatten().flat_map(|text| wrap(text, columns.saturating_sub(2)));
    let foot: Vec<_> = under.map(|line| (format!(" {line}"), Role::Dim)).collect();
    let head = [(title, Role::Title), (String::new(), Role::Text)];
    // What does not fit is counted, and what stands under it stays in sight.
    let mut body = wrap(text.as_str(), columns);
    let room = usize::from(area.height).saturating_sub(head.len() + 1 + foot.len()).max(1);
    let more = if body.len() > room {
        let more = body.split_off(room.saturating_sub(1)).len();
        Some((format!(" and {} more lines", thousands(more)), Role::Warning))
    } else {
        None
    };
    let body = body.into_iter().map(|line| (line, Role::Text)).chain(more);
    let blank = [(String::new(), Role::Text)];
    let lines = head.into_iter().chain(body).chain(blank).chain(foot);
    for ((line, role), row) in lines.zip(area.rows()) {
        put(frame, row, &line, model.theme.style(role));
    }
}
