//! The file of an import as it stands: lines of cells, of CSV or JSON. Knows the columns
//! there are and not what a cell means. What is wrong is told with its line, and never
//! with what may be a value.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::domain::leak;
use crate::text::{did_you_mean, uncell};

/// No file is larger, in bytes.
const LIMIT: u64 = 64 << 20;

/// The columns that say what a token is to be like.
pub(super) const COLUMNS: [&str; 18] = [
    "name",
    "account",
    "account_name",
    "owner",
    "owner_name",
    "access",
    "groups",
    "scopes",
    "description",
    "labels",
    "enabled",
    "valid_from",
    "valid_to",
    "expires",
    "status",
    "guid",
    "prefix",
    "hash",
];

/// The column that only a list of tokens writes. Beside it may stand all that a list tells
/// and an import makes anew.
const OF_A_LIST: &str = "version";

/// What a value could stand in.
const SECRETS: [&str; 4] = ["value", "token", "secret", "api_token"];

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CsvCell {
    Text(String),
    List(Vec<String>),
    Pairs(BTreeMap<String, String>),
}

/// A line of the file.
#[derive(Debug, Default)]
pub(super) struct CsvLine {
    pub(super) number: u64,
    pub(super) cells: BTreeMap<&'static str, CsvCell>,
    /// Names of ids, as a list in JSON has them beside its tokens.
    pub(super) names: BTreeMap<String, String>,
}

/// What is wrong in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) line: u64,
    pub(super) field: String,
    pub(super) message: String,
}

impl Wrong {
    pub(super) fn new(line: u64, field: &str, message: impl Into<String>) -> Self {
        // A cell that is repeated in it may hold a secret.
        let message = leak::hide(&message.into());
        Self { line, field: leak::hide(field), message }
    }
}

/// The lines of a file, or of standard input for "-", and what is wrong in some.
pub(super) fn read(path: &Path) -> Result<(Vec<CsvLine>, Vec<Wrong>), Failure> {
    let (name, bytes) = if path.as_os_str() == "-" {
        ("standard input".to_owned(), take(std::io::stdin().lock()))
    } else {
        (path.display().to_string(), std::fs::File::open(path).and_then(take))
    };
    let bytes = bytes.map_err(|error| Failure::Usage(format!("cannot read '{name}': {error}")))?;
    let unreadable = |why: String| Failure::Unreadable(format!("{name}: {why}"));
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + line_ends(before);
        unreadable(format!("line {line}: not in UTF-8: save it as 'CSV UTF-8'"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        return Ok(json(text));
    }
    csv(text).map_err(unreadable)
}

fn take(file: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(std::io::Error::other("it is larger than 64 MiB: import it in parts"));
    }
    Ok(bytes)
}

/// The column of that title; none where a list tells it and it counts for nothing.
fn column(title: &str, listed: bool) -> Result<Option<&'static str>, String> {
    let title = title.trim().to_lowercase();
    if let Some(known) = COLUMNS.into_iter().find(|known| *known == title) {
        return Ok(Some(known));
    }
    if listed {
        return Ok(None);
    }
    if SECRETS.contains(&title.as_str()) {
        return Err(NO_VALUES.to_owned());
    }
    Err(match did_you_mean(&title, COLUMNS) {
        Some(hint) => format!("unknown: {hint}"),
        None => format!("unknown; known are {}", COLUMNS.join(", ")),
    })
}

const NO_CELL: &str = "neither a text nor a list of texts";

const NO_VALUES: &str = "no value is read from a file: leave it out and get a new one, or give \
                         guid, prefix and hash";

fn csv(text: &str) -> Result<(Vec<CsvLine>, Vec<Wrong>), String> {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: char| head.matches(mark).count();
    let delimiter = [(count(';'), b';'), (count('\t'), b'\t')];
    let (most, other) = delimiter.into_iter().max().unwrap_or_default();
    let delimiter = if most > count(',') { other } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let titles = reader.headers().map_err(|_| "its first line can't be read".to_owned())?.clone();
    let (mut columns, mut wrong) = (Vec::new(), Vec::new());
    let listed = titles.iter().any(|title| title == OF_A_LIST);
    for title in &titles {
        match column(title, listed) {
            Ok(Some(name)) if columns.contains(&Some(name)) => {
                wrong.push(Wrong::new(1, &format!("column '{name}'"), "stands there twice"));
            }
            Ok(column) => columns.push(column),
            Err(why) => wrong.push(Wrong::new(1, &format!("column '{}'", title.trim()), why)),
        }
    }
    if !columns.contains(&Some("name")) && wrong.is_empty() {
        return Err(format!(
            "no column 'name' in its first line; known are {}",
            COLUMNS.join(", ")
        ));
    }
    if !wrong.is_empty() {
        return Ok((vec![], wrong));
    }
    let mut lines = Vec::new();
    let mut counted = Counted::default();
    for record in reader.records() {
        // What the reader says of it may repeat it.
        let Ok(record) = record else { return Err("it can't be read to its end".to_owned()) };
        let number = record.position().map_or(0, |position| counted.line(text, position.byte()));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != columns.len() {
            let message =
                format!("{} cells, and the first line has {}", record.len(), columns.len());
            wrong.push(Wrong::new(number, "line", message));
            continue;
        }
        let cells = columns.iter().zip(&record).filter_map(|(column, cell)| {
            let text = uncell(cell.trim());
            (!text.is_empty()).then(|| Some(((*column)?, CsvCell::Text(text.to_owned()))))?
        });
        lines.push(CsvLine { number, cells: cells.collect(), ..CsvLine::default() });
    }
    Ok((lines, wrong))
}

/// Counts lines up to places that only grow. The reader's own count is one behind after a
/// line that ends as Windows ends it.
#[derive(Default)]
struct Counted {
    byte: usize,
    line: u64,
}

impl Counted {
    /// The line of a record that begins at this byte, or behind the line end there.
    fn line(&mut self, text: &str, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let ends = text.as_bytes().get(byte..).unwrap_or_default().iter();
        let begins = byte + ends.take_while(|byte| matches!(**byte, b'\r' | b'\n')).count();
        let passed = text.as_bytes().get(self.byte..begins).unwrap_or_default();
        self.line += line_ends(passed);
        self.byte = begins;
        self.line + 1
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    bytes.split(|byte| *byte == b'\n').skip(1).count() as u64
}

fn json(text: &str) -> (Vec<CsvLine>, Vec<Wrong>) {
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for (number, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(fields)) => match line(number, fields) {
                Ok(line) => lines.push(line),
                Err(errors) => wrong.extend(errors),
            },
            // What the parser says of it may repeat it.
            Ok(_) | Err(_) => wrong.push(Wrong::new(number, "line", "no JSON object of one line")),
        }
    }
    (lines, wrong)
}

fn line(number: u64, fields: serde_json::Map<String, Value>) -> Result<CsvLine, Vec<Wrong>> {
    let (mut line, mut wrong) = (CsvLine { number, ..CsvLine::default() }, Vec::new());
    let listed = fields.contains_key(OF_A_LIST);
    for (title, value) in fields {
        match (column(&title, listed), value) {
            (Ok(None), Value::Object(lists)) if title == "names" => {
                let names = lists.into_iter().filter_map(|(_, list)| pairs(list));
                line.names = names.flatten().collect();
            }
            (Ok(None), _) | (Ok(Some(_)), Value::Null) => {}
            (Ok(Some(column)), value) => match cell(value) {
                Some(cell) => drop(line.cells.insert(column, cell)),
                None => wrong.push(Wrong::new(number, column, NO_CELL)),
            },
            (Err(why), _) => wrong.push(Wrong::new(number, &title, why)),
        }
    }
    if wrong.is_empty() { Ok(line) } else { Err(wrong) }
}

fn cell(value: Value) -> Option<CsvCell> {
    match value {
        Value::Array(all) => {
            all.into_iter().map(|one| plain(&one)).collect::<Option<_>>().map(CsvCell::List)
        }
        Value::Object(_) => pairs(value).map(CsvCell::Pairs),
        other => plain(&other).map(CsvCell::Text),
    }
}

fn pairs(value: Value) -> Option<BTreeMap<String, String>> {
    let Value::Object(all) = value else { return None };
    all.into_iter().map(|(key, value)| Some((key, plain(&value)?))).collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
