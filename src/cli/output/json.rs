//! JSON in which no character can act on a terminal: controls and whatever cannot
//! be seen are written as `\uXXXX`, which reads back as the same text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::is_hidden;

/// Writes one object and a line end.
pub(super) fn write<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible))?;
    out.write_all(b"\n")
}

/// One object as a line without its end.
pub(in crate::cli) fn to_line<T: Serialize + ?Sized>(value: &T) -> String {
    let mut line = Vec::new();
    // Writing to memory fails only for maps whose keys are no strings; we have none.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut line, Visible));
    String::from_utf8_lossy(&line).into_owned()
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (place, c) in fragment.char_indices().filter(|(_, c)| is_hidden(*c)) {
            writer.write_all(fragment.as_bytes().get(plain..place).unwrap_or_default())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = place + c.len_utf8();
        }
        writer.write_all(fragment.as_bytes().get(plain..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::to_line;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_reads_back() {
        let hostile = "a\u{1b}[31m\u{9b}\u{202e}b\u{200b}\u{e0041}é";
        let line = to_line(hostile);
        assert_eq!(line, r#""a\u001b[31m\u009b\u202eb\u200b\udb40\udc41é""#);
        assert_eq!(serde_json::from_str::<String>(&line).ok().as_deref(), Some(hostile));
    }
}
