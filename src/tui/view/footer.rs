//! The message line, the keys, and the keys that may follow a started sequence.
//! All of it is read from the command table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{cut, width, wrap};
use crate::tui::command::{Command, Scope};
use crate::tui::focus::Focus;
use crate::tui::glyphs::Glyphs;
use crate::tui::hint::Hint;
use crate::tui::hints::{danger, hint, labelled, usable};
use crate::tui::layers::menu;
use crate::tui::offer::Offer;
use crate::tui::paint::{clear, put, put_line};
use crate::tui::place::{Cover, Seen};
use crate::tui::prospects::dim_reason;
use crate::tui::theme::Role;
use crate::tui::{jobs, key, words};

pub(super) fn draw_message(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let Some(notice) = model.notices.shown() else {
        return draw_progress(model, frame, area);
    };
    let role = notice.kind.role();
    let word = format!(" {}", notice.kind.word());
    let time = format!("  {}  ", notice.at.format("%H:%M:%S"));
    let head = width(notice.kind.word()) + TIME;
    let (lines, whole) = in_rows(model, &notice.text, head, area.width.into());
    let rows = u16::try_from(lines.len()).unwrap_or(1);
    let top = area.bottom().saturating_sub(rows);
    let area = Rect { y: top, height: rows, ..area };
    clear(frame, area);
    for (place, (line, row)) in lines.iter().zip(area.rows()).enumerate() {
        let text = model.theme.span(line.as_str(), role);
        let mut spans = match place {
            0 => vec![
                model.theme.span(word.as_str(), role),
                model.theme.span(time.as_str(), Role::Dim),
                text,
            ],
            _ => vec![Span::raw(" "), text],
        };
        if place + 1 == lines.len() {
            spans.push(model.theme.span(whole.as_str(), Role::Key));
        }
        put_line(frame, row, &Line::from(spans));
    }
}

/// Columns of the time before a message, and of what keeps it from its kind and text.
const TIME: usize = 13;
/// The most rows that a message takes.
const MOST_ROWS: usize = 4;

/// How many rows the message on its line takes besides that line.
pub(super) fn more_rows(model: &Seen<'_>, columns: u16) -> u16 {
    let Some(notice) = model.notices.shown() else { return 0 };
    let head = width(notice.kind.word()) + TIME;
    let (lines, _) = in_rows(model, &notice.text, head, columns.into());
    u16::try_from(lines.len()).unwrap_or(1).saturating_sub(1)
}

/// A message in at most so many rows, the first of which begins behind its head; where it
/// is longer still, the last is cut and there is a key for the whole of it.
fn in_rows(model: &Seen<'_>, text: &str, head: usize, columns: usize) -> (Vec<String>, String) {
    let room = columns.saturating_sub(2).max(1);
    let first = columns.saturating_sub(head).max(1);
    let mut lines = vec![];
    let mut rest = text;
    if let Some(line) = wrap(text, first).first() {
        rest = text.get(line.len()..).unwrap_or_default().trim_start();
        lines.push(line.clone());
    }
    if !rest.is_empty() {
        lines.extend(wrap(rest, room));
    }
    // What lies over the screen keeps its rows, its buttons above all.
    let parted = model.layers.iter().any(|place| place.cover() == Cover::Part);
    let most = if parted { 1 } else { MOST_ROWS };
    if lines.len() <= most {
        return (lines, String::new());
    }
    let whole = whole_message(model);
    lines.truncate(most);
    let room = if most == 1 { first } else { room };
    if let Some(last) = lines.last_mut() {
        // It ends in `~` though it fits: more of it is elsewhere.
        let room = room.saturating_sub(width(&whole) + 1);
        last.push_str(&" ".repeat(room + 2));
        *last = cut(last, room + 1).trim_end_matches('~').trim_end().to_owned() + "~";
    }
    (lines, whole)
}

/// The key that shows a message in full, where that key is not written into a field.
fn whole_message(model: &Seen<'_>) -> String {
    let key = model.keymap.first_key_of(Command::Messages);
    if !model.layers.is_empty() || key.is_empty() { String::new() } else { format!("  {key} all") }
}

/// How far the job is that was started last, while there is nothing else to say.
fn draw_progress(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let Some(followed) = model.jobs.newest() else { return };
    let more = match model.jobs.followed.len() {
        1 => String::new(),
        several => format!(", and {} more", several - 1),
    };
    let text = format!("{}{more}", jobs::doing(&followed.job));
    let key = |command| model.keymap.first_key_of(command);
    let hint = if followed.stopping {
        "   stopping".to_owned()
    } else {
        format!("   {} jobs  {} stop", key(Command::Jobs), key(Command::Interrupt))
    };
    let spans = vec![
        model.theme.span(" job  ", Role::Key),
        model.theme.span(text, Role::Text),
        model.theme.span(hint, Role::Dim),
    ];
    put_line(frame, area, &Line::from(spans));
}

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let mut hints = hints(model);
    // The blank behind the last word needs no column.
    let room = usize::from(area.width) + 1;
    // Help comes first and the way out last; what does not fit goes from between.
    while hints.len() > 2 && hints.iter().map(Hint::width).sum::<usize>() > room {
        hints.remove(hints.len() - 2);
    }
    let mut spans = Vec::new();
    for hint in hints {
        let word = if hint.role == Role::Dim { Role::Dim } else { Role::Text };
        spans.push(model.theme.span(format!(" {}", hint.keys), hint.role));
        spans.push(model.theme.span(format!(" {} ", hint.word), word));
    }
    put_line(frame, area, &Line::from(spans));
}

fn hints(model: &Seen<'_>) -> Vec<Hint> {
    match model.layers.last() {
        Some(place) => place.hints(model),
        None => of_pane(model),
    }
}

/// What is pressed most in a place, before the keys that can't be taken back and behind
/// them; all else comes after that, in the order of the table.
struct MostUsed {
    before: &'static [Command],
    behind: &'static [Command],
}

/// A row under the cursor says little of what is pressed in its list, so that what stands
/// first does not change from row to row: at 80 columns a move leaves the line as it is.
const IN_LIST: MostUsed = MostUsed {
    before: &[
        Command::NextList,
        Command::NextTab,
        Command::Search,
        Command::Open,
        Command::Select,
        Command::New,
        Command::Filters,
    ],
    behind: &[Command::ClearFilters, Command::More, Command::Edit, Command::ToggleEnabled],
};
const WITH_SELECTION: MostUsed = MostUsed {
    before: &[Command::Select, Command::ClearSelection, Command::More],
    behind: &[Command::ToggleEnabled, Command::CopyGuid, Command::Search, Command::Filters],
};
const IN_DETAILS: MostUsed = MostUsed {
    before: &[Command::NextTab],
    behind: &[
        Command::ToggleValue,
        Command::Edit,
        Command::ToggleEnabled,
        Command::More,
        Command::CopyGuid,
    ],
};

fn most_used(model: &Seen<'_>) -> MostUsed {
    let in_list = model.pane_scopes().contains(&Scope::List);
    match (in_list, model.offers(Command::ClearSelection)) {
        (false, _) => IN_DETAILS,
        (true, Offer::Here) => WITH_SELECTION,
        (true, Offer::Refused(_) | Offer::Absent) => IN_LIST,
    }
}

fn of_pane(model: &Seen<'_>) -> Vec<Hint> {
    let scopes = || model.pane_scopes().iter().filter(|scope| **scope != Scope::Global);
    let MostUsed { before, behind } = most_used(model);
    // The search is the list's, though it is in force everywhere.
    let of_pane = |command: &&Command| scopes().any(|at| *at == command.section());
    let rest = scopes().flat_map(|scope| labelled(*scope));
    let rest = rest.filter(|command| !before.contains(command) && !behind.contains(command));
    let mut hints = vec![hint(model, Command::Help)];
    let waits = model.offers(Command::Accept) == Offer::Here;
    // What waits for this very operator is what they came for.
    hints.extend(waits.then(|| Hint::new(model.keymap.first_key_of(Command::Accept), "accept")));
    hints.extend(usable(model, before.iter().filter(of_pane).copied()));
    hints.extend(danger(model));
    hints.extend(usable(model, behind.iter().filter(of_pane).copied()));
    hints.extend(usable(model, rest.chain([Command::CommandLine])));
    hints.push(match model.screens.tokens().focus {
        Focus::List if model.screens.tokens().viewed().is_none() => hint(model, Command::Quit),
        Focus::List | Focus::Details => Hint::new(model.keymap.first_key_of(Command::Back), "back"),
    });
    hints
}

/// After `!`: what may follow, above the footer. Nothing here waits for a timer.
pub(super) fn draw_following(model: &Seen<'_>, frame: &mut Frame<'_>) {
    if model.pending.is_empty() {
        return;
    }
    let mut following = model.keymap.following(model.scopes(), model.pending);
    following.retain(|(_, command)| model.offers(*command) != Offer::Absent);
    // Cancelling a request is one thing, whichever key does it.
    following.retain(|(_, command)| !menu::repeats(*command, model));
    if !following.iter().any(|(_, command)| command.row().danger) {
        return;
    }
    let screen = frame.area();
    let rows = u16::try_from(following.len() + 1).unwrap_or(u16::MAX).min(screen.height);
    let area = Rect { y: screen.bottom() - rows, height: rows, ..screen };
    clear(frame, area);
    let dash = Glyphs::RULE;
    let head = format!("{dash}{dash} {} ", key::sequence(model.pending));
    let head =
        format!("{head}{}", dash.repeat(usize::from(area.width).saturating_sub(width(&head))));
    put(frame, Rect { height: 1, ..area }, &head, model.theme.style(Role::Danger));
    for ((keys, command), row) in following.iter().zip(area.rows().skip(1)) {
        let reason = dim_reason(*command, model);
        let role = if reason.is_some() { Role::Dim } else { Role::Danger };
        let why = reason.map(|reason| format!("  {reason}")).unwrap_or_default();
        let spans = vec![
            model.theme.span(format!(" {keys}  "), role),
            model.theme.span(words::sentence(model, *command), role),
            model.theme.span(why, Role::Dim),
        ];
        put_line(frame, row, &Line::from(spans));
    }
}
