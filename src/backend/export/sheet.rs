//! The rows of an export as comma-separated values (RFC 4180). The one place where
//! the value of a user's token is written out (R125).

use std::io::{self, Write};

use chrono::SecondsFormat;

use crate::text::cell;
use crate::wire::ExportRow;

/// The titles.
pub(super) const COLUMNS: [&str; 8] =
    ["user_id", "user_name", "account", "service", "token_id", "guid", "token", "expires_at"];

/// Where a row names its token.
pub(super) const TOKEN: usize = 4;
/// Where it holds the value.
pub(super) const VALUE: usize = 6;

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
