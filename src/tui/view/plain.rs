//! The plain box: a text from the first column on, with nothing beside it that the
//! terminal's own selection would take along.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{clear, put};
use crate::text::Safe;
use crate::tui::model::Model;
use crate::tui::overlay::Plain;
use crate::tui::theme::Role;
use crate::tui::wrap::wrap;

pub(super) fn draw(model: &Model, plain: &Plain, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(frame, area);
    let columns = usize::from(area.width);
    let title = format!(" {}", plain.title);
    let text = Safe::line(plain.payload.expose());
    let reason = plain.reason.as_deref().map(|reason| Safe::line(reason).into_string());
    let help = "Select it with the terminal to copy it".to_owned();
    let hidden =
        plain.until.map(|_| format!("It is hidden again after {} s", model.options.reveal_seconds));
    let under = [reason, Some(help), hidden];
    let under = under.iter().flatten().flat_map(|text| wrap(text, columns.saturating_sub(2)));
    let head = [(title, Role::Title), (String::new(), Role::Text)];
    let body = wrap(text.as_str(), columns).into_iter().map(|line| (line, Role::Text));
    let blank = [(String::new(), Role::Text)];
    let foot = under.map(|line| (format!(" {line}"), Role::Dim));
    let lines = head.into_iter().chain(body).chain(blank).chain(foot);
    for ((line, role), y) in lines.zip(area.y..area.bottom()) {
        put(frame, Rect { y, height: 1, ..area }, &line, model.theme.style(role));
    }
}
