//! The forms of the output.

/// The form of the output.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, strum::Display, strum::EnumString,
)]
#[strum(serialize_all = "lowercase")]
pub(in crate::cli) enum Format {
    /// Columns for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header (RFC 4180)
    Csv,
    /// Markdown, for 'token report'
    Md,
}

impl Format {
    /// Whether errors are JSON too.
    pub(in crate::cli) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}
