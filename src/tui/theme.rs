//! Styles by meaning. Sixteen ANSI colours by default; without colours only
//! modifiers, as a word or a mark carries every meaning anyway.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::Status;

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub(super) enum Role {
    /// Plain text.
    Text,
    /// The title of a screen or dialog.
    Title,
    /// The heads of columns, and the words before values.
    Header,
    /// What is less important, or not available.
    Dim,
    /// A token's name.
    Name,
    /// The name under the cursor; the button or tab with the focus.
    Selected,
    /// Lines that separate.
    Rule,
    /// A key in footer and help.
    Key,
    /// What was done.
    Ok,
    /// What went wrong.
    Error,
    /// What needs attention.
    Warning,
    /// What can't be taken back.
    Danger,
    /// A status by its colour (R28 to R33, D3).
    #[strum(disabled)]
    Status(Status),
}

/// How each role looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Theme {
    color: bool,
}

impl Theme {
    /// With the terminal's own 16 colours, or without any.
    pub(super) fn new(color: bool) -> Self {
        Self { color }
    }

    /// The style of a role.
    pub(super) fn style(self, role: Role) -> Style {
        let (color, modifier) = match role {
            Role::Text => (Color::Reset, Modifier::empty()),
            Role::Title | Role::Name => (Color::Reset, Modifier::BOLD),
            Role::Header | Role::Dim => (Color::DarkGray, Modifier::DIM),
            Role::Selected => (Color::Reset, Modifier::BOLD.union(Modifier::REVERSED)),
            Role::Rule => (Color::DarkGray, Modifier::empty()),
            Role::Key => (Color::Cyan, Modifier::BOLD),
            Role::Ok => (Color::Green, Modifier::empty()),
            Role::Error | Role::Danger => (Color::Red, Modifier::BOLD),
            Role::Warning => (Color::Yellow, Modifier::BOLD),
            Role::Status(status) => (status_color(status), Modifier::empty()),
        };
        // Grey by colour, or dim where there are none: both at once is unreadable.
        let modifier = match (self.color, role) {
            (true, Role::Header | Role::Dim) => Modifier::empty(),
            _ => modifier,
        };
        Style::new().fg(if self.color { color } else { Color::Reset }).add_modifier(modifier)
    }
}

fn status_color(status: Status) -> Color {
    match status {
        Status::Active => Color::Green,
        Status::Disabled | Status::Expired | Status::Revoked => Color::Red,
        Status::Scheduled | Status::Pending => Color::Yellow,
        Status::Deleted => Color::DarkGray,
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    #[test]
    fn r003_without_colour_no_role_has_one() {
        let theme = Theme::new(false);
        let statuses = Status::iter().map(Role::Status);
        for role in Role::iter().chain(statuses) {
            let style = theme.style(role);
            assert_eq!(style.fg, Some(Color::Reset), "{role:?}");
            assert_eq!(style.bg, None, "{role:?}");
        }
    }

    #[test]
    fn r030_statuses_have_the_colours_of_the_sources() {
        let theme = Theme::new(true);
        let color = |status| theme.style(Role::Status(status)).fg;
        assert_eq!(color(Status::Active), Some(Color::Green));
        assert_eq!(color(Status::Disabled), Some(Color::Red));
        assert_eq!(color(Status::Expired), Some(Color::Red));
        assert_eq!(color(Status::Revoked), Some(Color::Red));
        assert_eq!(color(Status::Scheduled), Some(Color::Yellow));
        assert_eq!(color(Status::Pending), Some(Color::Yellow));
        assert_eq!(color(Status::Deleted), Some(Color::DarkGray));
    }
}
