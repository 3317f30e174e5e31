//! The columns to show, and the columns to sort by.

use super::entry::{Choice, Entry, tick};
use crate::domain::{Column, Direction};
use crate::tui::command::Command;
use crate::tui::place::Seen;
use crate::wire::ColumnDescriptor;

/// Every column, whether it is on and whether there is room for it, and the way back
/// to the columns as at first.
pub(super) fn columns(model: &Seen<'_>) -> Vec<Entry> {
    let on = model.columns();
    let strip = model.screens.tokens().column_strip(model.shared);
    let said = &model.session.descriptors;
    let key = |command| model.keymap.first_key_of(command);
    let each = said.columns.iter().map(|ColumnDescriptor { key: column, title, .. }| {
        let column = *column;
        let note = match (column, on.contains(&column)) {
            (Column::Name, _) => "always on".to_owned(),
            (_, true) if strip.off.contains(&column) => {
                format!("scrolled off: {} shows it", key(Command::Tick))
            }
            (_, true) if !strip.has(column) => {
                format!("on, no room: {} shows it", key(Command::Tick))
            }
            _ => String::new(),
        };
        let entry = Entry::new(Choice::Column(column), tick(on.contains(&column)), title);
        entry.noted(note)
    });
    let usual = Entry::new(Choice::UsualColumns, "", "Default").noted("all, in the usual order");
    each.chain([usual]).collect()
}

/// Every column, with its place among the sort keys.
pub(super) fn sort(model: &Seen<'_>) -> Vec<Entry> {
    let keys = &model.screens.tokens().list.query.sort;
    let sorting = model.session.descriptors.columns.iter().filter(|column| column.sorts);
    let each = sorting.map(|ColumnDescriptor { key: column, title, .. }| {
        let place = keys.iter().position(|key| key.column == *column);
        let mark = match place.and_then(|place| Some((place, keys.get(place)?))) {
            Some((place, key)) => format!("{} {} ", place + 1, arrow(key.direction)),
            None => "    ".to_owned(),
        };
        Entry::new(Choice::Sort(*column), mark, title)
    });
    each.collect()
}

/// The mark of a direction, as in the header of the list.
pub(super) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "^",
        Direction::Descending => "v",
    }
}
