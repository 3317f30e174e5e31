//! Styles by meaning. A view asks for a role and never for a colour; which style a
//! role has is the theme's word, and a word or a mark carries every meaning anyway.

mod file;
mod style;
mod themes;

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::Status;

pub use themes::Themes;

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
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

impl Role {
    /// The role it looks like where a theme says nothing of it. Plain text has
    /// none, and neither has the cursor, which must stand out in any theme.
    fn parent(self) -> Option<Self> {
        match self {
            Self::Text | Self::Selected => None,
            Self::Title | Self::Dim | Self::Ok | Self::Warning | Self::Error => Some(Self::Text),
            Self::Name | Self::Key => Some(Self::Title),
            Self::Header | Self::Rule | Self::Status(Status::Deleted | Status::Unknown) => {
                Some(Self::Dim)
            }
            Self::Danger | Self::Status(Status::Disabled | Status::Expired | Status::Revoked) => {
                Some(Self::Error)
            }
            Self::Status(Status::Active) => Some(Self::Ok),
            Self::Status(Status::Scheduled | Status::Pending) => Some(Self::Warning),
        }
    }
}

/// How each role looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Theme {
    styles: Vec<(Role, Style)>,
}

impl Theme {
    /// The style of a role, or of the nearest parent the theme knows.
    pub(super) fn style(&self, role: Role) -> Style {
        let known = self.styles.iter().find(|(known, _)| *known == role);
        match (known, role.parent()) {
            (Some((_, style)), _) => *style,
            (None, Some(parent)) => self.style(parent),
            (None, None) if role == Role::Selected => style::CURSOR,
            (None, None) => style::PLAIN,
        }
    }

    /// A piece of a line, in the style of a role.
    pub(super) fn span<'t>(&self, text: impl Into<Cow<'t, str>>, role: Role) -> Span<'t> {
        Span::styled(text, self.style(role))
    }

    /// A line, in the style of a role to its end.
    pub(super) fn line<'t>(&self, text: impl Into<Cow<'t, str>>, role: Role) -> Line<'t> {
        Line::styled(text, self.style(role))
    }
}
