//! A report in a file: written aside, private from its first byte, never in place of
//! another.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Evidence, markdown};
use crate::backend::list_file::{at_home, failure};
use crate::backend::{BackendError, Cause};
use crate::domain::leak;
use crate::store::StoreError;
use crate::store::draft::FileDraft;

/// The form of a report, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// For people.
    Markdown,
    /// For programs.
    Json,
}

impl ReportForm {
    /// The form that a name asks for.
    pub fn of(path: &Path) -> Result<Self, String> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Ok(Self::Markdown),
            "json" => Ok(Self::Json),
            _ => Err("let its name end in .md or .json".to_owned()),
        }
    }

    /// The report in this form.
    pub fn text(self, evidence: &Evidence) -> Result<String, BackendError> {
        let text = match self {
            Self::Markdown => markdown(evidence),
            Self::Json => serde_json::to_string_pretty(evidence)
                .map(|text| text + "\n")
                .map_err(|error| BackendError::new(Cause::File, error.to_string()))?,
        };
        // Whatever a store was made to hold: nothing that looks like a value goes on.
        Ok(leak::hide(&text))
    }
}

/// Writes a report to a new file and says where it is. Blocks. The error says what
/// happened; then there is no such file.
pub fn save(path: &Path, form: ReportForm, evidence: &Evidence) -> Result<PathBuf, BackendError> {
    let path = std::path::absolute(at_home(path)).map_err(|why| failure(path, &why))?;
    let text = form.text(evidence)?;
    let stored = |error: StoreError| match error {
        StoreError::Missing(_) => failure(&path, &"there is no such folder"),
        error => error.into(),
    };
    let mut draft = FileDraft::of(&path).map_err(stored)?;
    draft.file().write_all(text.as_bytes()).map_err(|why| failure(&path, &why))?;
    draft.sync()?;
    draft.publish(&path).map_err(stored)?;
    Ok(path)
}
