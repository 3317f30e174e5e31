//! The colours that every terminal has by name, whatever theme is in force.

use ratatui::style::{Color, Modifier, Style};

/// Each by its name.
pub(super) const COLORS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hue(Color);

impl Hue {
    /// The colour of that name: `red`, `bright-blue`.
    pub fn named(name: &str) -> Option<Self> {
        COLORS.iter().find(|(known, _)| *known == name).map(|(_, color)| Self(*color))
    }

    /// What stands out in that colour.
    pub(super) fn over(self, style: Style) -> Style {
        style.fg(self.0).add_modifier(Modifier::REVERSED)
    }
}
