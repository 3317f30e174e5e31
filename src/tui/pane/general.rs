//! The General tab: description, GUID, value and endpoint (R75 to R77).

use ratatui::text::{Line, Span};

use super::line::{fits, labelled, paragraph};
use crate::domain::{Column, Refusal, Verb, label, policy};
use crate::text::{Safe, or_dash};
use crate::tui::command::Command;
use crate::tui::overlap;
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::wire::{Ability, LookAlike, TokenView};

/// What stands for a hidden value. Its length tells nothing.
pub(in crate::tui) const MASK: &str = "************************";

pub(super) fn lines<'m>(model: &Seen<'m>, view: &'m TokenView, columns: usize) -> Vec<Line<'m>> {
    let token = &view.token;
    let description = Safe::lines(&or_dash(&token.description));
    let mut lines = paragraph(model, "Description", &description, columns);
    if let Some(owner) = token.owner {
        let name = Safe::line(&view.names.user_with_id(owner));
        lines.extend(paragraph(model, "Owner", &name, columns));
    }
    if !view.offences.is_empty() {
        let words = Safe::line(&policy::in_words(&view.offences));
        lines.extend(paragraph(model, "Breaks rules", &words, columns));
    }
    if !token.labels.is_empty() {
        let labels = Safe::line(&label::line(&token.labels));
        lines.extend(paragraph(model, "Labels", &labels, columns));
    }
    if let Some(warning) = LookAlike::warning(&view.look_alikes) {
        lines.extend(paragraph(model, "Look-alike", &Safe::line(&warning), columns));
    }
    for column in model.session.descriptors.own() {
        let (title, said) = (Safe::line(&column.title), or_dash(&view.cell(column.key)));
        lines.extend(paragraph(model, title.as_str(), &Safe::line(&said), columns));
    }
    let guid = view.guid.map_or_else(|| "-".to_owned(), |guid| guid.to_string());
    let copy = |command| (command, "copy");
    let keys = view.guid.map(|_| copy(Command::CopyGuid));
    if model.session.descriptors.has(Column::Guid) {
        lines.extend(guid_lines(model, guid, keys, columns));
    }
    if let Some(old) = model.overlap(token) {
        let text =
            format!("{}...  {}", overlap::start(old.guid), overlap::until(old, model.wall()));
        let keys = Some((Command::DropOld, "drop"));
        if fits(&text, columns) {
            lines.push(with_keys(model, "Old value", text, keys, columns));
        } else {
            lines.extend(paragraph(model, "Old value", &Safe::line(&text), columns));
        }
        lines.extend(uses(model, view, columns));
    }
    lines.extend(value(model, view, columns));
    let endpoint = Safe::line(&or_dash(view.endpoint.as_deref().unwrap_or_default()));
    if fits(endpoint.as_str(), columns) {
        let keys = view.endpoint.as_ref().map(|_| copy(Command::CopyEndpoint));
        lines.push(with_keys(model, "API endpoint", endpoint.into_string(), keys, columns));
    } else {
        lines.extend(paragraph(model, "API endpoint", &endpoint, columns));
    }
    lines
}

/// When each of two values was last used.
fn uses<'m>(model: &Seen<'m>, view: &TokenView, columns: usize) -> Vec<Line<'m>> {
    let uses = view.value_uses().unwrap_or_default();
    paragraph(model, "Last uses", &Safe::line(&uses), columns)
}

/// A text behind its word, and behind that the key that does something with it,
/// where there is room.
fn with_keys<'m>(
    model: &Seen<'m>,
    label: &str,
    text: String,
    key: Option<(Command, &str)>,
    columns: usize,
) -> Line<'m> {
    let hint = key.map_or_else(String::new, |(command, word)| {
        format!("   {} {word}", model.keymap.first_key_of(command))
    });
    let fits = fits(&format!("{text}{hint}"), columns);
    let hint = model.theme.span(hint, Role::Dim);
    let spans = [Some(Span::raw(text)), Some(hint).filter(|_| fits)];
    labelled(model, label, spans.into_iter().flatten().collect())
}

/// The same of a GUID, on a line of its own where it would be cut behind its word.
fn guid_lines<'m>(
    model: &Seen<'m>,
    guid: String,
    key: Option<(Command, &str)>,
    columns: usize,
) -> Vec<Line<'m>> {
    if fits(&guid, columns) {
        return vec![with_keys(model, "GUID", guid, key, columns)];
    }
    let line = Line::from(vec![Span::raw(" "), Span::raw(guid)]);
    vec![with_keys(model, "GUID", String::new(), key, columns), line]
}

/// The value: masked with the key that shows it or the reason why none does, or
/// whole, on lines of its own where it would not fit behind its word.
fn value<'m>(model: &Seen<'m>, view: &TokenView, columns: usize) -> Vec<Line<'m>> {
    let dim = model.theme.style(Role::Dim);
    let key = model.keymap.first_key_of(Command::ToggleValue);
    let Some(value) = model.screens.tokens().details.value() else {
        let lacks = model.session.abilities.must(&view.abilities, Ability::Reveal).is_err();
        let refusal = model.refused(view, Verb::Reveal);
        let none = matches!(refusal, Some(Refusal::ValueGone | Refusal::NoValueYet));
        let shown = if none || lacks { "-" } else { MASK };
        let copy = model.keymap.first_key_of(Command::CopyValue);
        let keys = || if lacks { String::new() } else { format!("{key} show  {copy} copy") };
        let hint = refusal.map_or_else(keys, |refusal| refusal.to_string());
        let beside = format!("   {hint}");
        if fits(&format!("{shown}{beside}"), columns) {
            let spans = vec![Span::raw(shown), Span::styled(beside, dim)];
            return vec![labelled(model, "API token", spans)];
        }
        // The reason why there is none is not cut.
        let mut lines = vec![labelled(model, "API token", vec![Span::raw(shown)])];
        lines.extend(paragraph(model, "", &Safe::line(&hint), columns));
        return lines;
    };
    if fits(value.expose(), columns) {
        return vec![labelled(model, "API token", vec![Span::raw(value.expose())])];
    }
    let hint = Span::styled(format!("{key} hide"), dim);
    let mut lines = vec![labelled(model, "API token", vec![hint])];
    let mut rest = value.expose();
    while !rest.is_empty() {
        // A value is ASCII, so a column is a byte.
        let room = columns.saturating_sub(2).clamp(1, rest.len());
        let (line, more) = rest.split_at_checked(room).unwrap_or((rest, ""));
        lines.push(Line::from(vec![Span::raw(" "), Span::raw(line)]));
        rest = more;
    }
    lines
}
