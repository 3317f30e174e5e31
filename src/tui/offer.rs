//! What a command is in a place: what can be done there, what can't be done now, and what
//! the place does not have.

/// What a command is in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Offer {
    /// It is done.
    Here,
    /// It can't be done now, for this reason.
    Refused(String),
    /// The place has no such thing.
    Absent,
}

impl Offer {
    /// It is done unless there is a reason why not.
    pub(super) fn unless(reason: Option<String>) -> Self {
        reason.map_or(Self::Here, Self::Refused)
    }

    /// It is done where the place has it.
    pub(super) fn of(has: bool) -> Self {
        if has { Self::Here } else { Self::Absent }
    }
}
