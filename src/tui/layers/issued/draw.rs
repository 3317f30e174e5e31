//! A new value: on a line of its own from the first column, with nothing beside it,
//! so that the terminal's own selection copies it whole (R112).

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Issue;
use crate::domain::calendar::end_day;
use crate::domain::policy;
use crate::text::{Safe, cut_middle, safe_line, wrap};
use crate::tui::command::Command;
use crate::tui::deed::Exit;
use crate::tui::glyphs::Glyphs;
use crate::tui::paint::{centered, clear, put, put_line, put_right};
use crate::tui::pane::MASK;
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::wire::{Ability, BackendKind};

pub(super) fn draw(model: &Seen<'_>, issue: &Issue, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let columns = usize::from(screen.width);
    let value = value(issue, columns);
    let text: Vec<_> = text(model, issue)
        .into_iter()
        .flat_map(|(text, role)| {
            let lines = wrap(&text, columns.saturating_sub(3));
            lines.into_iter().map(move |line| (line, role))
        })
        .collect();
    // Two rules, title, buttons, and a blank line on either side of the value.
    let rows = u16::try_from(value.len() + text.len() + 6).unwrap_or(u16::MAX);
    let area = centered(screen, screen.width, rows);
    clear(frame, area);
    let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
    let inner = |row: u16| Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..line(row) };
    let rule = Glyphs::RULE.repeat(area.width.into());
    let bottom = area.height.saturating_sub(1);
    put(frame, line(0), &rule, model.theme.style(Role::Rule));
    let title = format!("New value of {}", Safe::line(&issue.token.token.name));
    let title = cut_middle(&title, inner(1).width.into());
    put(frame, inner(1), &title, model.theme.style(Role::Title));
    let mut row = 3;
    for part in value.iter().take(usize::from(bottom.saturating_sub(row + 1))) {
        put(frame, line(row), part, model.theme.style(Role::Text));
        row += 1;
    }
    for ((text, role), row) in text.iter().zip(row + 1..bottom.saturating_sub(1)) {
        put(frame, inner(row), text, model.theme.style(*role));
    }
    draw_buttons(model, issue, frame, inner(bottom.saturating_sub(1)));
    put(frame, line(bottom), &rule, model.theme.style(Role::Rule));
}

/// The value, cut only where the window is narrower than it.
fn value(issue: &Issue, columns: usize) -> Vec<&str> {
    let mut rest = if issue.masked { MASK } else { issue.value.expose() };
    let mut lines = Vec::new();
    while !rest.is_empty() {
        // A value is ASCII, so a column is a byte.
        let (line, more) =
            rest.split_at_checked(columns.clamp(1, rest.len())).unwrap_or((rest, ""));
        lines.push(line);
        rest = more;
    }
    lines
}

fn text(model: &Seen<'_>, issue: &Issue) -> Vec<(String, Role)> {
    let key = model.keymap.first_key_of(Command::ToggleValue);
    let mut lines = Vec::new();
    if issue.once {
        lines.push(("This is the only time it is shown.".to_owned(), Role::Warning));
    }
    let token = &issue.token.token;
    let expires = token.valid_to.map_or_else(|| "Never".to_owned(), end_day);
    let verb = if issue.masked { "show" } else { "hide" };
    let copy = model.keymap.first_key_of(Command::CopyValue);
    let facts = format!("{}   Expires {expires}   {key} {verb}  {copy} copy", token.id);
    lines.push((facts, Role::Text));
    lines.extend(check(model).map(|text| (text, Role::Dim)));
    let warning = policy::warning(&issue.token.offences);
    lines.extend(warning.map(|warning| (format!("It is {warning}."), Role::Warning)));
    lines
}

/// The next step: a value that is verified where it will be used is there as it was made.
fn check(model: &Seen<'_>) -> Option<String> {
    model.session.abilities.refusal(Ability::Verify).is_none().then(|| {
        let named = match model.session.kind {
            BackendKind::Local => String::new(),
            BackendKind::Remote => format!("--backend {} ", model.session.backend),
        };
        safe_line(&format!("Check it: `tokendeck {named}verify -`, paste"))
    })
}

fn draw_buttons(model: &Seen<'_>, issue: &Issue, frame: &mut Frame<'_>, area: Rect) {
    let open = issue.guard.is_open(model.now);
    let mut spans = Vec::new();
    for (exit, word) in [(Exit::Details, "View details"), (Exit::Close, "Close")] {
        let focused = exit == issue.button;
        let role = match (open, focused) {
            (false, _) => Role::Dim,
            (true, true) => Role::Selected,
            (true, false) => Role::Text,
        };
        let text = if focused { format!("> {word} <") } else { format!("  {word}  ") };
        spans.push(model.theme.span(text, role));
        spans.push(Span::raw("  "));
    }
    put_right(frame, area, &Line::from(spans));
    if !open && issue.guard.ignored() {
        put_line(frame, area, &model.theme.line("key ignored", Role::Warning));
    }
}
