//! Events in a file, oldest first, as `audit export` writes them: page by page, so that they
//! need not fit into memory; private from the first byte, and under its name only once whole.

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::list_file::at_home;
use super::{Answer, Backend, BackendError, Cause};
use crate::domain::Window;
use crate::store::StoreError;
use crate::store::draft::FileDraft;
use crate::text::cell;
use crate::wire::{EventOrder, EventQuery, EventView};

/// Events of one page.
const PAGE: usize = 1_000;

/// The form of the file, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventForm {
    /// Comma-separated values with a header (RFC 4180).
    Csv,
    /// An object a line.
    Lines,
}

impl EventForm {
    /// The form that a name asks for; the error says which there are.
    pub fn of(path: &Path) -> Result<Self, String> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "jsonl" => Ok(Self::Lines),
            _ => Err("let its name end in .csv or .jsonl".to_owned()),
        }
    }
}

/// Writes the events that a query finds to a new file; says where it is and how many they
/// are. The error says what happened; then there is no such file.
pub async fn save(
    backend: &dyn Backend,
    path: &Path,
    query: EventQuery,
) -> Answer<(PathBuf, usize)> {
    let mut query = EventQuery { order: EventOrder::Oldest, before: None, ..query };
    let (path, proven) = (path.to_owned(), query.proof);
    let mut file = aside(move || EventFile::new(&path, proven)).await?;
    loop {
        let window = Window { offset: 0, limit: PAGE };
        let events = backend.events(query.clone(), window).await?.events;
        query.after = events.last().map(|view| view.event.sequence).or(query.after);
        let is_last = events.len() < PAGE;
        file = aside(move || file.write(&events)).await?;
        if is_last {
            return aside(move || file.finish()).await;
        }
    }
}

/// Files have no place on the loop: a folder may lie on a slow network.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let broken = |_| {
        let message = "a fault of ours ended it; look whether the file is there";
        BackendError::new(Cause::Fault, message)
    };
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

struct EventFile {
    path: PathBuf,
    form: EventForm,
    proven: bool,
    draft: FileDraft,
    count: usize,
}

impl EventFile {
    fn new(path: &Path, proven: bool) -> Answer<Self> {
        let form = EventForm::of(path).map_err(|why| failure(path, &why))?;
        let path = std::path::absolute(at_home(path)).map_err(|why| failure(path, &why))?;
        if path.symlink_metadata().is_ok() {
            return Err(failure(&path, &"there is such a file already"));
        }
        let draft = FileDraft::of(&path).map_err(|error| match error {
            StoreError::Missing(_) => failure(&path, &"there is no such folder"),
            error => error.into(),
        })?;
        let mut file = Self { path, form, proven, draft, count: 0 };
        if form == EventForm::Csv {
            let heads = EventView::titles(proven);
            file.put(|out| record(out, heads.iter().copied()))?;
        }
        Ok(file)
    }

    fn write(mut self, events: &[EventView]) -> Answer<Self> {
        let (form, proven) = (self.form, self.proven);
        self.put(|out| {
            for event in events {
                match form {
                    EventForm::Csv => {
                        record(out, event.cells(proven).iter().map(|text| cell(text)))?;
                    }
                    EventForm::Lines => {
                        serde_json::to_writer(&mut *out, event)?;
                        writeln!(out)?;
                    }
                }
            }
            Ok(())
        })?;
        self.count += events.len();
        Ok(self)
    }

    fn finish(self) -> Answer<(PathBuf, usize)> {
        self.draft.sync()?;
        self.draft.publish(&self.path)?;
        Ok((self.path, self.count))
    }

    fn put(
        &mut self,
        write: impl FnOnce(&mut BufWriter<&mut std::fs::File>) -> io::Result<()>,
    ) -> Answer<()> {
        let mut out = BufWriter::new(self.draft.file());
        let written = write(&mut out).and_then(|()| out.flush());
        drop(out);
        written.map_err(|error| failure(&self.path, &error))
    }
}

fn record(
    out: &mut impl io::Write,
    cells: impl Iterator<Item = impl AsRef<[u8]>>,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

fn failure(path: &Path, why: &impl std::fmt::Display) -> BackendError {
    BackendError::new(Cause::File, format!("cannot write: {why}: '{}'", path.display()))
}
