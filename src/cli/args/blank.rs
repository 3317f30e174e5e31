//! A flag or argument that is there and says nothing, as an unset variable of a shell
//! leaves it. Where a command acts, it is never taken for "all": whoever wrote it meant
//! some.

use crate::cli::failure::Failure;

/// What was given for one flag or argument.
pub(super) struct GivenFlag<'a> {
    name: &'static str,
    texts: &'a [String],
    /// Characters that say nothing by themselves.
    idle: &'static [char],
}

impl<'a> GivenFlag<'a> {
    /// What was given for a flag that is taken once.
    pub(super) fn one(name: &'static str, text: Option<&'a String>) -> Self {
        Self::many(name, text.map(std::slice::from_ref).unwrap_or_default())
    }

    /// What was given for a flag that is taken several times.
    pub(super) fn many(name: &'static str, texts: &'a [String]) -> Self {
        Self { name, texts, idle: &[] }
    }

    /// The same where these say nothing either: a dash in a part of a GUID.
    pub(super) fn without(self, idle: &'static [char]) -> Self {
        Self { idle, ..self }
    }

    fn is_blank(&self) -> bool {
        let idle = |c: char| c.is_whitespace() || self.idle.contains(&c);
        self.texts.iter().any(|text| text.chars().all(idle))
    }
}

/// Refuses what is blank, by its name.
pub(super) fn refuse<'a>(given: impl IntoIterator<Item = GivenFlag<'a>>) -> Result<(), Failure> {
    match given.into_iter().find(GivenFlag::is_blank) {
        None => Ok(()),
        Some(GivenFlag { name, .. }) => Err(Failure::Usage(format!(
            "{name} is blank, and nothing was done: leave it out, or say what is meant"
        ))),
    }
}
