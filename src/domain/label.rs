//! Labels: what an operator notes of a token for machines to find it by, such as the team
//! and the place its value lives. They say nothing to the rules, and are no secret.

use std::collections::BTreeMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::{leak, name};
use crate::text;

/// The most labels of one token.
pub const MAX_LABELS: usize = 20;
/// The longest name of a label, in characters.
pub const MAX_KEY: usize = 40;
/// The longest text of a label, in characters.
pub const MAX_VALUE: usize = 60;

/// The labels of a token: a text for each name.
pub type Labels = BTreeMap<String, String>;

/// The form of a label's name, for the document: no blanks, and none of the signs that
/// lists of labels are written with.
pub const KEY_PATTERN: &str = r#"^[^\s=,:"'-][^\s=,:"']*$"#;

/// The form of a label's text: something that can be seen, and no sign that ends it.
pub const TEXT_PATTERN: &str = r#"^[^,"]*[^\s,"][^,"]*$"#;

/// Reads `team=pay` into name and text, in their stored form.
pub fn parse(text: &str) -> Result<(String, String), String> {
    let Some((key, value)) = text.split_once('=') else {
        let missing = "Write a label as NAME=TEXT, such as team=pay";
        // What has the form of a value is not said again.
        if leak::contains_value(text) {
            return Err(missing.to_owned());
        }
        return Err(format!("{missing}, not '{}'", text.trim()));
    };
    Ok((check_key(key)?, check_text(value)?))
}

/// Reads the one line `team=pay, place=vault` of a form; blank = none. A name that comes
/// twice is an error, as it is in a file.
pub fn parse_line(line: &str) -> Result<Labels, String> {
    let mut labels = Labels::new();
    for part in line.split(',').filter(|part| !part.trim().is_empty()) {
        let (key, text) = parse(part)?;
        if let Some(known) = labels.keys().find(|known| name::key(known) == name::key(&key)) {
            return Err(format!("The label '{known}' is there twice"));
        }
        labels.insert(key, text);
    }
    Ok(labels)
}

/// `place=vault, team=pay`: what [`parse_line`] reads.
pub fn line(labels: &Labels) -> String {
    let each: Vec<_> = labels.iter().map(|(key, text)| format!("{key}={text}")).collect();
    each.join(", ")
}

/// By what labels are sorted: those without any after all others.
pub fn sort_key(labels: &Labels) -> (bool, String) {
    (labels.is_empty(), text::fold(&line(labels)))
}

/// What the document says of labels.
pub(crate) fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "object",
        "maxProperties": MAX_LABELS,
        "propertyNames": { "pattern": KEY_PATTERN, "minLength": 1, "maxLength": MAX_KEY },
        "additionalProperties": {
            "type": "string",
            "pattern": TEXT_PATTERN,
            "minLength": 1,
            "maxLength": MAX_VALUE
        }
    })
}

/// The labels in their stored form, or what is wrong with them.
pub fn check(labels: &Labels) -> Result<Labels, String> {
    if labels.len() > MAX_LABELS {
        return Err(format!("At most {MAX_LABELS} labels"));
    }
    let mut checked = Labels::new();
    for (key, text) in labels {
        let (key, text) = (check_key(key)?, check_text(text)?);
        if let Some(known) = checked.keys().find(|known| name::key(known) == name::key(&key)) {
            return Err(format!("The labels '{known}' and '{key}' have one name"));
        }
        checked.insert(key, text);
    }
    Ok(checked)
}

/// Gives a label to the others; it takes the place of one of that name, whatever the case.
pub fn set(labels: &mut Labels, key: String, text: String) {
    remove(labels, &key);
    labels.insert(key, text);
}

/// Takes the label of this name away, whatever the case. Says whether there was one.
pub fn remove(labels: &mut Labels, key: &str) -> bool {
    let before = labels.len();
    labels.retain(|known, _| name::key(known) != name::key(key));
    labels.len() < before
}

/// The text of the label of this name, whatever the case.
pub fn text_of<'l>(labels: &'l Labels, key: &str) -> Option<&'l str> {
    let wanted = name::key(key);
    labels.iter().find(|(known, _)| name::key(known) == wanted).map(|(_, text)| text.as_str())
}

fn check_key(key: &str) -> Result<String, String> {
    let key: String = key.trim().nfc().collect();
    check_word(&key, MAX_KEY)?;
    if key.is_empty() {
        return Err("A label needs a name before the '='".to_owned());
    }
    if let Some(odd) = key.chars().find(|c| c.is_whitespace() || "=,:\"'".contains(*c)) {
        return Err(format!("The name of a label cannot have '{odd}' in it"));
    }
    if key.starts_with('-') {
        return Err("The name of a label cannot start with '-'".to_owned());
    }
    Ok(key)
}

fn check_text(text: &str) -> Result<String, String> {
    let text: String = text.trim().nfc().collect();
    check_word(&text, MAX_VALUE)?;
    if text.is_empty() {
        return Err("A label needs a text after the '='".to_owned());
    }
    if text.contains([',', '"']) {
        return Err("The text of a label cannot have a comma or a quotation mark in it".to_owned());
    }
    Ok(text)
}

/// What both halves are checked for. A value comes first: nothing of it is said again.
fn check_word(word: &str, most: usize) -> Result<(), String> {
    if leak::contains_value(word) {
        return Err("Contains a token value, which would be stored in the clear".to_owned());
    }
    if let Some(hidden) = text::hidden_in(word) {
        return Err(format!("Contains the hidden character {}", text::code_point(hidden)));
    }
    if word.chars().count() > most {
        return Err(format!("At most {most} characters in this half of a label"));
    }
    Ok(())
}

/// What a query asks of labels: `team` or `team=pay`, compared like names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelTerm {
    /// The label's name.
    pub key: String,
    /// Its text; none = any.
    pub text: Option<String>,
}

impl LabelTerm {
    /// Reads what stands after `label:`.
    pub fn parse(term: &str) -> Result<Self, String> {
        match term.split_once('=') {
            None => Ok(Self { key: check_key(term)?, text: None }),
            Some((key, text)) => Ok(Self { key: check_key(key)?, text: Some(check_text(text)?) }),
        }
    }

    /// Whether any of the labels is meant.
    pub fn matches(&self, labels: &Labels) -> bool {
        let wanted = self.text.as_deref().map(name::key);
        text_of(labels, &self.key)
            .is_some_and(|text| wanted.is_none_or(|wanted| name::key(text) == wanted))
    }
}

impl fmt::Display for LabelTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            None => f.write_str(&self.key),
            Some(text) => write!(f, "{}={text}", self.key),
        }
    }
}
