//! The rows of an export as comma-separated values (RFC 4180). The one place where the
//! values of many tokens are written out (R125).

use std::io::{self, Write};

use chrono::SecondsFormat;

use crate::domain::Time;
use crate::text::cell;
use crate::wire::{ExportRow, RotationRow};

/// The titles where the tokens are users'.
const OF_USERS: [&str; 8] =
    ["user_id", "user_name", "account", "service", "token_id", "guid", "token", "expires_at"];

/// The title of what names the token of a row.
pub(super) const TOKEN: &str = "token_id";
/// The title of its value.
pub(super) const VALUE: &str = "token";
/// The title of the job that puts it in force, in a file of several.
pub(super) const JOB: &str = "job";
/// The titles where they are those of accounts.
const OF_ACCOUNTS: [&str; 7] =
    [TOKEN, "name", "account", "account_name", "guid", VALUE, "expires_at"];

/// Writes the header and the rows. Names come from outside and must not be formulas.
pub(super) fn write(out: &mut dyn Write, rows: &[ExportRow]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(OF_USERS)?;
    for row in rows {
        writer.write_record([
            row.user.to_string().as_str(),
            &cell(&row.user_name),
            row.account.to_string().as_str(),
            &cell(&row.service),
            row.token.to_string().as_str(),
            row.guid.to_string().as_str(),
            row.value.expose(),
            end(row.expires_at).as_str(),
        ])?;
    }
    writer.flush()
}

/// The same for tokens of accounts that got new values.
pub(super) fn write_rotation(out: &mut dyn Write, rows: &[RotationRow]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(OF_ACCOUNTS)?;
    for row in rows {
        writer.write_record([
            row.token.to_string().as_str(),
            &cell(&row.name),
            row.account.map_or_else(String::new, |id| id.to_string()).as_str(),
            &cell(&row.account_name),
            row.guid.to_string().as_str(),
            row.value.expose(),
            end(row.expires_at).as_str(),
        ])?;
    }
    writer.flush()
}

fn end(time: Option<Time>) -> String {
    time.map_or_else(String::new, |end| end.to_rfc3339_opts(SecondsFormat::Secs, true))
}
