//! The fields of the filters in which names are typed, and the terms of the query language
//! that they stand for. Knows nothing of what else is chosen.

use tui_input::Input as LineInput;

use super::entry::Choice;
use crate::domain::query::{QueryWord, Term};

/// A field of names that are typed, as they stand behind a word of the query language.
pub(super) struct Field {
    pub(super) choice: Choice,
    pub(super) word: QueryWord,
    pub(super) title: &'static str,
    pub(super) example: &'static str,
}

/// Whom tokens were issued to and who made them, who may be more people than fit on a list; and
/// what is noted of them.
pub(super) const FIELDS: [Field; 3] = [
    Field {
        choice: Choice::Owner,
        word: QueryWord::Owner,
        title: "Owner",
        example: "a login, a name; several: kim,ned",
    },
    Field {
        choice: Choice::MadeBy,
        word: QueryWord::By,
        title: "Created by",
        example: "a login, a name; several: ada,rosa",
    },
    Field {
        choice: Choice::Labels,
        word: QueryWord::Label,
        title: "Label",
        example: "place, place=vault",
    },
];

/// The beginning of a term that asks for a field: `owner:`.
pub(super) fn start(word: QueryWord) -> &'static str {
    word.spelling().starts.first().copied().unwrap_or_default()
}

/// Names as they stand in a term: one with a blank in it in quotes.
pub(super) fn in_term(names: &str) -> String {
    let quoted = |name: &str| match name.trim() {
        bare if bare.contains('"') || !bare.contains(char::is_whitespace) => bare.to_owned(),
        spaced => format!("\"{spaced}\""),
    };
    names.split(',').map(quoted).collect::<Vec<_>>().join(",")
}

/// Puts a term of names where the form has a field for it, if that is free.
pub(super) fn lift_names(term: &Term, typed: &mut [LineInput; FIELDS.len()]) -> bool {
    let of_term = |(field, _): &(&Field, &mut LineInput)| field.word == term.asked.word();
    let Some((field, line)) = FIELDS.iter().zip(typed).find(of_term) else { return false };
    let words = term.to_string();
    match words.strip_prefix(start(field.word)) {
        Some(names) if !term.not && line.value().is_empty() => {
            *line = LineInput::new(names.to_owned());
            true
        }
        _ => false,
    }
}
