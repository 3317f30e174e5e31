//! The rows of an export as comma-separated values (RFC 4180). The one place where
//! the value of a user's token is written out (R125).

use std::io::{self, Write};

use chrono::SecondsFormat;

use crate::text::cell;
use crate::wire::ExportRow;

/// The titles.
const COLUMNS: [&str; 8] =
    ["user_id", "user_name", "account", "service", "token_id", "guid", "token", "expires_at"];

/// The title of what names the token of a row.
pub(super) const TOKEN: &str = "token_id";
/// The title of its value.
pub(super) const VALUE: &str = "token";
/// The title of the job that puts it in force, in a file of several.
pub(super) const JOB: &str = "job";

/// Writes the header and the rows. Names come from outside and must not be formulas.
pub(super) fn write(out: &mut dyn Write, rows: &[ExportRow]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows {
        let end = row.expires_at.map(|end| end.to_rfc3339_opts(SecondsFormat::Secs, true));
        writer.write_record([
            row.user.to_string().as_str(),
            &cell(&row.user_name),
            row.account.to_string().as_str(),
            &cell(&row.service),
            row.token.to_string().as_str(),
            row.guid.to_string().as_str(),
            row.value.expose(),
            end.unwrap_or_default().as_str(),
        ])?;
    }
    writer.flush()
}
