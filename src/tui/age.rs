//! What is under way, and what can't be relied on, in the position line of every list:
//! that the backend does not answer, how old the rows are, that changes are unconfirmed.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::Time;
use crate::text::{Safe, safe_line, thousands, width};
use crate::tui::command::Command;
use crate::tui::paint::put;
use crate::tui::place::Seen;
use crate::tui::purpose::Purpose;
use crate::tui::reach::Age;
use crate::tui::screen::Screen;
use crate::tui::shared::Exporting;
use crate::tui::theme::Role;
use crate::tui::unconfirmed::Fate;
use crate::tui::{key, users};
use crate::wire::BackendKind;

/// Writes what is in doubt at the start of an area and says what is left behind it.
pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) -> Rect {
    put_fitting(&doubts(model), model, Role::Error, frame, area)
}

/// Writes the first of these that fits, and says what is left behind it.
pub(super) fn put_fitting(
    texts: &[String],
    model: &Seen<'_>,
    role: Role,
    frame: &mut Frame<'_>,
    area: Rect,
) -> Rect {
    let room = usize::from(area.width);
    let Some(text) = texts.iter().find(|text| width(text) <= room) else { return area };
    put(frame, area, text, model.theme.style(role));
    let used = u16::try_from(width(text)).unwrap_or(u16::MAX).min(area.width);
    Rect { x: area.x.saturating_add(used), width: area.width - used, ..area }
}

/// Whether the line has to say anything of that kind.
fn is_doubtful(model: &Seen<'_>) -> bool {
    let (age, _) = model.age();
    age != Age::Fresh || model.unconfirmed_here().next().is_some()
}

/// Whether what it says is more than which page this is.
pub(super) fn has_much_to_say(model: &Seen<'_>) -> bool {
    let ranging = match model.screens.at {
        Screen::Users => model.screens.users.list.selection.range.is_some(),
        Screen::Tokens | Screen::Catalog => model.screens.tokens().list.selection.range.is_some(),
    };
    is_doubtful(model) || !waiting(model, "", ranging).is_empty()
}

/// When the rows came, by the backend's clock (R12). Those in doubt say it themselves.
pub(super) fn loaded(model: &Seen<'_>) -> String {
    match model.age() {
        (Age::Fresh, Some(at)) if !is_doubtful(model) => format!(" as of {}", clock(at)),
        _ => String::new(),
    }
}

fn clock(time: Time) -> String {
    time.format("%H:%M:%S").to_string()
}

/// How old something is that was read then and could not be read anew, from all there is
/// to say of it to the least that must be said.
pub(super) fn of_read(model: &Seen<'_>, as_of: Option<Time>) -> Vec<String> {
    let age = match model.age().0 {
        Age::Fresh => Age::Behind,
        age @ (Age::Behind | Age::SignedOut | Age::Silent(_)) => age,
    };
    in_words(age, as_of)
}

fn in_words(age: Age, as_of: Option<Time>) -> Vec<String> {
    let read = as_of.map(|at| format!(", as of {}", clock(at))).unwrap_or_default();
    match age {
        Age::Fresh => vec![],
        Age::SignedOut => vec![format!("not signed in{read}"), "not signed in".to_owned()],
        Age::Behind => vec![format!("STALE{read}"), "STALE".to_owned()],
        Age::Silent(since) => {
            let since = format!("no answer since {}", clock(since));
            vec![format!("{since}{read}"), since, "no answer".to_owned()]
        }
    }
}

/// From all there is to say of doubts to the least that must be said.
fn doubts(model: &Seen<'_>) -> Vec<String> {
    let (age, as_of) = model.age();
    let old = in_words(age, as_of);
    let Some(open) = open(model) else {
        return old.into_iter().map(|old| format!(" {old}")).collect();
    };
    let both = old.into_iter().map(|old| format!("{open}, {old}"));
    both.chain([open.clone()]).collect()
}

/// ` 1 not done, 2 unconfirmed, 1 value not seen`.
fn open(model: &Seen<'_>) -> Option<String> {
    let count = |fate| model.unconfirmed_here().filter(|known| known.kept.fate == fate).count();
    let unseen = count(Fate::Unseen);
    let parts = [
        (count(Fate::NotDone), "not done"),
        (count(Fate::Unknown), "unconfirmed"),
        (unseen, if unseen == 1 { "value not seen" } else { "values not seen" }),
    ];
    let said: Vec<_> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!said.is_empty()).then(|| format!(" {}", said.join(", ")))
}

/// What is under way, if anything: the rest of a key sequence, an answer, a change.
/// From all there is to say of it to the least.
pub(super) fn waiting(model: &Seen<'_>, asking: &str, ranging: bool) -> Vec<String> {
    if let Some(opening) = model.backends.opening.as_ref().filter(|_| model.pending.is_empty()) {
        return vec![safe_line(&format!(" opening {} ...", opening.name))];
    }
    if !model.pending.is_empty() {
        return vec![format!(" {}", key::sequence(model.pending))];
    }
    if let Some(seconds) = model.link.waits.seconds(model.now) {
        return waited(model, seconds);
    }
    if let Some(exporting) = model.exporting {
        return so_far(model, exporting);
    }
    let text = match model.acting.len() {
        0 if model.asking.is_some() => format!(" {asking} ..."),
        0 if ranging => " range".to_owned(),
        0 => return vec![],
        1 => " 1 change under way".to_owned(),
        count => format!(" {} changes under way", thousands(count)),
    };
    vec![text]
}

/// How far a list is that is written to a file, and how to stop that.
fn so_far(model: &Seen<'_>, exporting: Exporting) -> Vec<String> {
    let key = model.keymap.first_key_of(Command::Interrupt);
    let Some((rows, of)) = exporting.rows else {
        return vec![format!(" exporting ... ({key} stops)"), " exporting".to_owned()];
    };
    let rows = thousands(rows);
    let whole = format!(" exporting {rows} of {}", thousands(of));
    vec![format!("{whole} ({key} stops)"), whole, format!(" {rows} exported")]
}

/// Whether the rows on screen are about to go, and have been for so long that it is told.
pub(super) fn awaits_other_rows(model: &Seen<'_>) -> bool {
    let outdated = match model.screens.at {
        Screen::Tokens => model.screens.tokens().list.is_outdated(),
        Screen::Users => model.screens.users.list.is_outdated(),
        // It is all in memory.
        Screen::Catalog => false,
    };
    outdated && model.link.waits.seconds(model.now).is_some()
}

/// What the rows that are waited for answer, where those on screen answer something else.
fn sought(model: &Seen<'_>) -> Option<String> {
    if !awaits_other_rows(model) {
        return None;
    }
    let words = match model.screens.at {
        Screen::Tokens => model.screens.tokens().filter_words(model.shared),
        Screen::Users => users::words(&model.screens.users.list.query, &model.catalogue),
        Screen::Catalog => String::new(),
    };
    let words = if words.is_empty() { format!("all of {}", model.place()) } else { words };
    Some(safe_line(&words))
}

/// For how long the backend has been waited for, and how to give that up.
pub(super) fn waited(model: &Seen<'_>, seconds: u64) -> Vec<String> {
    let plain = how_long(model, seconds);
    let Some(sought) = sought(model) else { return plain };
    // What is asked for stands nowhere else, so it outranks the name of the backend.
    let with = plain.iter().map(|text| format!(" {sought}:{text}"));
    with.chain(plain.iter().cloned()).collect()
}

/// What a store of this machine is at work on, for a key.
fn at_work_on(model: &Seen<'_>) -> String {
    match &model.asking {
        Some(Purpose::Confirm(Some(count))) => format!("planning {}", thousands(*count)),
        Some(Purpose::Confirm(None)) => "planning".to_owned(),
        Some(Purpose::Mark(_) | Purpose::MarkUsers(_)) => "selecting".to_owned(),
        Some(Purpose::Switch | Purpose::Accept(_) | Purpose::Own(_)) | None => "working".to_owned(),
    }
}

fn how_long(model: &Seen<'_>, seconds: u64) -> Vec<String> {
    let backend = Safe::line(&model.session.backend);
    let (named, short) = match model.session.kind {
        BackendKind::Remote => {
            (format!(" waiting for {backend} ... {seconds} s"), format!(" waiting ... {seconds} s"))
        }
        // On this machine nothing is far away: it is at work, and on what is worth telling.
        BackendKind::Local => {
            let working = format!(" {} ... {seconds} s", at_work_on(model));
            (working.clone(), working)
        }
    };
    let shortest = format!(" ... {seconds} s");
    if !model.link.waits.can_stop(model.now) {
        return vec![named, short, shortest];
    }
    let command = if model.is_at_top() { Command::Back } else { Command::Interrupt };
    let key = model.keymap.first_key_of(command);
    let brief = format!(" ({key} stops)");
    if model.owes_answers() {
        return vec![
            format!("{named} ({key} stops waiting, the change goes on)"),
            format!("{short} ({key}: change goes on)"),
            shortest,
        ];
    }
    vec![
        format!("{named} ({key} stops waiting)"),
        format!("{short}{brief}"),
        format!("{shortest}{brief}"),
        shortest,
    ]
}
