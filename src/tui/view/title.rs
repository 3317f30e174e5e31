//! The title line, and the line under it: filters and totals, or the search while
//! it is typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{put, put_line, put_right};
use crate::domain::leak;
use crate::text::{Safe, cut, cut_middle, thousands, width};
use crate::tui::line::Words;
use crate::tui::place::Seen;
use crate::tui::search::SearchIn;
use crate::tui::theme::Role;

/// Columns that the name of the screen keeps.
const LEFT: usize = 22;

/// The title of what has no count of tokens: a form.
pub(super) fn draw_named(model: &Seen<'_>, name: &str, frame: &mut Frame<'_>, area: Rect) {
    let who = who(model);
    let room = usize::from(area.width).saturating_sub(LEFT);
    let right = format!("{} ", cut(who.as_str(), room.saturating_sub(1)));
    let left = put_right(frame, area, &Line::styled(right, model.theme.style(Role::Text)));
    let title = format!(" {}", Safe::line(name));
    let title = cut_middle(&title, usize::from(left.width).saturating_sub(1));
    put(frame, left, &title, model.theme.style(Role::Title));
}

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let count = match model.screens.tokens.list.all {
        1 => "1 token".to_owned(),
        all => format!("{} tokens", thousands(all)),
    };
    let heading = match model.screens.tokens.viewed() {
        Some(viewed) => format!(" API tokens of {}", viewed.user.user.name),
        None => {
            format!(" API tokens - {}", model.place_of(model.screens.tokens.list.shown().account))
        }
    };
    let count = model.screens.tokens.list.is_read().then_some(count);
    put_heading(model, &heading, count, frame, area);
}

/// `team (remote)  kim Admin`; what the role was is no news of a server that knows kim no more.
fn who(model: &Seen<'_>) -> Safe {
    let operator = &model.session.operator;
    let role = operator.role.to_string();
    let role = if model.link.reach.signed_out { "not signed in" } else { &role };
    Safe::line(&format!("{}  {} {role}", model.backend(), operator.login))
}

/// The name of a screen; at the right end the backend, who is at work, and how much
/// there is.
pub(super) fn put_heading(
    model: &Seen<'_>,
    heading: &str,
    count: Option<String>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let who = who(model);
    let room = usize::from(area.width).saturating_sub(LEFT);
    let mut right = who.into_string();
    if let Some(count) = count.map(|count| format!("  {count}"))
        && width(&right) + width(&count) < room
    {
        right.push_str(&count);
    }
    right = format!("{} ", cut(&right, room.saturating_sub(1)));
    let left = put_right(frame, area, &Line::styled(right, model.theme.style(Role::Text)));
    let title = Safe::line(heading);
    let title = cut(title.as_str(), usize::from(left.width).saturating_sub(1));
    put(frame, left, &title, model.theme.style(Role::Title));
}

pub(super) fn draw_filter(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    if !draw_search(model, frame, area) {
        let selected = model.screens.tokens.selection.len();
        put_narrowing(model, &filters(model), selected, &totals(model), frame, area);
    }
}

/// The search while it is typed; says whether there is one.
pub(super) fn draw_search(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) -> bool {
    let Some(search) = &model.search else { return false };
    let mark = match search.within {
        SearchIn::Name | SearchIn::User | SearchIn::Entry => "/",
        SearchIn::Guid => "#",
    };
    put_typed(model, mark, &search.words, true, frame, area);
    true
}

/// What narrows a list; at the right end how many are selected, those that the filter
/// hides among them (R50), and totals where there is room for them.
pub(super) fn put_narrowing(
    model: &Seen<'_>,
    words: &str,
    selected: usize,
    totals: &Line<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let filter = Safe::line(words);
    let selected = match selected {
        0 => Line::default(),
        count => {
            Line::styled(format!("{} selected ", thousands(count)), model.theme.style(Role::Title))
        }
    };
    let rest = put_right(frame, area, &selected);
    let fits = totals.width() + width(filter.as_str()) + 3 <= usize::from(rest.width);
    let rest = if fits { put_right(frame, rest, totals) } else { rest };
    let room = usize::from(rest.width).saturating_sub(2);
    let text = format!(" {}", cut(filter.as_str(), room));
    put(frame, rest, &text, model.theme.style(Role::Warning));
}

/// Words that are typed, behind a mark; with the cursor where they have the keys, and
/// reversed while the next letter replaces them.
pub(super) fn put_typed(
    model: &Seen<'_>,
    mark: &str,
    words: &Words,
    has_keys: bool,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let line = words.line();
    let role = if has_keys && words.are_selected() { Role::Selected } else { Role::Text };
    let room = usize::from(area.width).saturating_sub(4).max(1);
    let scroll = line.visual_scroll(room);
    let typed = shown_part(line.value(), scroll, room);
    let mark = Span::styled(format!(" {mark} "), model.theme.style(Role::Key));
    let typed = Span::styled(typed, model.theme.style(role));
    put_line(frame, area, &Line::from(vec![mark, typed]));
    if has_keys {
        let column = line.visual_cursor().saturating_sub(scroll).min(room);
        let x = area.x.saturating_add(3).saturating_add(u16::try_from(column).unwrap_or(0));
        frame.set_cursor_position((x.min(area.right().saturating_sub(1)), area.y));
    }
}

/// The part of a typed text that is on screen; of a value in it only what is public.
pub(super) fn shown_part(text: &str, scroll: usize, room: usize) -> String {
    let mut before = 0;
    let text = leak::hide(text);
    let tail: String = text
        .chars()
        .skip_while(|c| {
            before += width(c.encode_utf8(&mut [0; 4]));
            before <= scroll
        })
        .collect();
    cut(&tail, room)
}

/// What narrows the rows on screen: `name:exp  status:Active`.
pub(super) fn filters(model: &Seen<'_>) -> String {
    model
        .screens
        .tokens
        .list
        .outdated_words()
        .map_or_else(|| model.screens.tokens.filter_words(model.shared), str::to_owned)
}

/// How many tokens of the list have each status.
fn totals(model: &Seen<'_>) -> Line<'static> {
    let counted = model.screens.tokens.list.page.totals.iter().filter(|(_, count)| **count > 0);
    let spans = counted.map(|(status, count)| {
        let text = format!("{} {status}  ", thousands(count));
        Span::styled(text, model.theme.style(Role::Status(*status)))
    });
    spans.collect()
}
