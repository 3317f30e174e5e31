//! What the keys do in a field, in the words of the footer. These keys belong to the
//! fields themselves and can't be changed, so they stand in no table of commands.

use super::field::Control;

/// A key and its word.
type Hint = (&'static str, &'static str);

impl Control {
    /// All the keys of the field, for the help.
    pub(in crate::tui) fn keys(&self) -> &'static [Hint] {
        match self {
            Self::Date(_) => &[
                ("Enter  Down", "the calendar"),
                ("2027-01-31", "a day; +90d and +6m from today, eom the end of this month"),
            ],
            Self::Pick(_) => &[("Enter  Space", "the list to choose from; letters find")],
            Self::Choices(_) => &[
                ("j  k  h  l", "the next, the one before"),
                ("Space", "tick, or take the tick away"),
                ("/", "find by name"),
            ],
            Self::Grid(_) => &[
                ("j  k  g  G", "the next module, the one before, the first, the last"),
                ("n  r  f", "no access, Read, Full"),
                ("Tab", "Apply to all: n r f chooses the level, Space gives it to all"),
                ("Space", "the next level"),
                ("/", "find a module by name"),
            ],
            Self::Radio(_) => {
                &[("Up  Down", "the choice before, the next"), ("Space", "round and round")]
            }
            Self::Check(_) => &[("Space", "tick, or take the tick away")],
            Self::Paragraph(_) => &[("Enter", "new line")],
            Self::Text(_) | Self::Fixed(_) | Self::Report(_) => &[],
        }
    }

    /// The keys that nobody would guess; all there are while something lies open.
    pub(in crate::tui) fn hints(&self) -> &'static [Hint] {
        match self {
            Self::Date(date) if date.is_open() => {
                &[("Arrows", "day"), ("[ ]", "month"), ("Enter", "take"), ("Esc", "close")]
            }
            Self::Date(_) => &[("Enter", "calendar")],
            Self::Pick(pick) if pick.is_open() => {
                &[("Up Down", "move"), ("Enter", "take"), ("Esc", "close")]
            }
            Self::Pick(_) => &[("Enter", "choose")],
            Self::Choices(choices) if choices.is_open() => {
                &[("Space", "tick"), ("Enter", "keep"), ("Esc", "clear")]
            }
            Self::Grid(grid) if grid.is_on_top() => {
                &[("Space", "apply to all"), ("n r f", "level")]
            }
            Self::Grid(grid) if grid.is_open() => &[("Enter", "keep"), ("Esc", "clear")],
            Self::Choices(_) | Self::Check(_) => &[("Space", "tick")],
            Self::Radio(_) => &[("Up Down", "choose")],
            Self::Paragraph(_) => &[("Enter", "new line")],
            Self::Text(_) | Self::Grid(_) | Self::Fixed(_) | Self::Report(_) => &[],
        }
    }
}
