//! From the fields to the settings of a token, and what can't be read in them.

use crate::domain::calendar::seconds;
use crate::domain::{Expiry, FieldError, Settings, Time, label};
use crate::tui::form::{Control, Ground, Sheet};
use crate::tui::options::Zone;

/// The periods in their order: Never, 3, 6 and 12 months, Date.
pub(super) const PERIODS: [&str; 5] = ["Never", "3 months", "6 months", "12 months", "Date"];
/// The place of Never.
pub(super) const NEVER: usize = 0;
/// The place of what a user's token has by itself.
pub(super) const SIX_MONTHS: usize = 2;
/// The place of Date.
pub(super) const DATE: usize = 4;

/// The months of the period at that place.
fn months(place: usize) -> Option<u32> {
    match place {
        1 => Some(3),
        2 => Some(6),
        3 => Some(12),
        _ => None,
    }
}

/// What a new token has where nobody says otherwise.
pub(super) fn fresh() -> Settings {
    Settings { enabled: true, ..Settings::default() }
}

/// Whether a field of this name stands on the form; all do that the backend has not.
pub(super) fn is_asked(name: &str, new: bool, ground: &Ground<'_>) -> bool {
    // A period and its date are one.
    let name = if name == "valid_to" { "expires" } else { name };
    name.parse().map_or(true, |field| ground.said.asks(field, new))
}

/// The settings that the fields give, with errors where they give none. What has no field
/// stays as it was.
pub(super) fn settings(sheet: &Sheet, before: Settings, now: Time) -> (Settings, Vec<FieldError>) {
    let mut errors = Vec::new();
    let typed = typed(sheet, now, &mut errors);
    let has = |name| sheet.field(name).is_some();
    let settings = Settings {
        name: typed.name,
        description: if has("description") { typed.description } else { before.description },
        access: if has("access") { typed.access } else { before.access },
        groups: if has("groups") { typed.groups } else { before.groups },
        scopes: if has("scopes") { typed.scopes } else { before.scopes },
        labels: if has("labels") { typed.labels } else { before.labels },
        enabled: if has("enabled") { typed.enabled } else { before.enabled },
        valid_from: if has("valid_from") { typed.valid_from } else { before.valid_from },
        valid_to: if has("expires") { typed.valid_to } else { before.valid_to },
    };
    (settings, errors)
}

fn typed(sheet: &Sheet, now: Time, errors: &mut Vec<FieldError>) -> Settings {
    let mut date = |name: &str| {
        sheet.date(name, now).unwrap_or_else(|error| {
            errors.push(FieldError::new(name, error.to_string()));
            None
        })
    };
    let valid_from = date("valid_from");
    let period = sheet.radio("expires");
    let valid_to = match months(period) {
        Some(months) => Expiry::Months(months).valid_to(now),
        None if period == DATE => date("valid_to"),
        None => None,
    };
    if period == DATE && is_empty(sheet, "valid_to") {
        errors.push(FieldError::new("valid_to", "Type a date, or choose Never"));
    }
    let labels = label::parse_line(sheet.text("labels")).unwrap_or_else(|error| {
        errors.push(FieldError::new("labels", error));
        label::Labels::new()
    });
    Settings {
        name: sheet.text("name").to_owned(),
        description: sheet.text("description").to_owned(),
        access: sheet.levels("access"),
        groups: sheet.ticked("groups"),
        scopes: sheet.ticked("scopes"),
        labels,
        enabled: sheet.is_checked("enabled"),
        valid_from,
        valid_to,
    }
}

fn is_empty(sheet: &Sheet, name: &str) -> bool {
    match sheet.control(name) {
        Some(Control::Date(date)) => date.typed().trim().is_empty(),
        _ => true,
    }
}

/// `2026-09-02 00:00:00 UTC`, and what clocks here show then.
pub(super) fn instant(time: Time, zone: Zone) -> String {
    let utc = seconds(time);
    match zone {
        Zone::Utc => utc,
        Zone::Local => {
            let local = time.with_timezone(&chrono::Local);
            if local.offset().local_minus_utc() == 0 {
                return utc;
            }
            format!("{utc} = {} here", local.format("%Y-%m-%d %H:%M:%S %:z"))
        }
    }
}

/// Says under the dates which instants they stand for.
pub(super) fn say_dates(sheet: &mut Sheet, ground: &Ground<'_>) {
    let said = |time: Option<Time>| time.map(|time| instant(time, ground.zone)).unwrap_or_default();
    for (name, word) in [("valid_from", ""), ("valid_to", "to ")] {
        let note = said(sheet.date(name, ground.now).ok().flatten());
        let note = if note.is_empty() { note } else { format!("{word}{note}") };
        if let Some(field) = sheet.field_mut(name) {
            field.note = note;
        }
    }
    let end = months(sheet.radio("expires"))
        .and_then(|months| Expiry::Months(months).valid_to(ground.now));
    if let Some(field) = sheet.field_mut("expires") {
        field.note = said(end);
    }
}
