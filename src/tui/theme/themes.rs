//! The themes there are: those that ship and the operator's own. Without colours
//! there is one only, whatever is asked for.

use super::{Theme, file};
use crate::text::meant_or_known;

/// The theme in force where none is named.
const DEFAULT: &str = "default";
/// The theme without colours.
const MONO: &str = "mono";

const SHIPPED: [(&str, &str); 4] = [
    (DEFAULT, include_str!("../../../config/themes/default.toml")),
    ("light", include_str!("../../../config/themes/light.toml")),
    ("dark", include_str!("../../../config/themes/dark.toml")),
    (MONO, include_str!("../../../config/themes/mono.toml")),
];

/// Every theme by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Themes {
    themes: Vec<(String, Theme)>,
    mono: Theme,
}

impl Default for Themes {
    /// Those that ship. A test holds them readable.
    fn default() -> Self {
        let read = |text| file::parse(text).unwrap_or_default();
        let themes: Vec<_> =
            SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), read(text))).collect();
        let mono = themes.iter().find(|(name, _)| name == MONO);
        Self { mono: mono.map(|(_, theme)| theme.clone()).unwrap_or_default(), themes }
    }
}

impl Themes {
    /// Takes a theme of the operator's own; it replaces one of the same name. Every
    /// failure in its text is told, each with line and column.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), Vec<String>> {
        let theme = file::parse(text)?;
        self.themes.retain(|(known, _)| known != name);
        self.themes.push((name.to_owned(), theme));
        Ok(())
    }

    /// The names of all themes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.themes.iter().map(|(name, _)| name.as_str())
    }

    /// Why there is no theme of that name, or nothing where there is one.
    pub fn missing(&self, name: &str) -> Option<String> {
        if self.names().any(|known| known == name) {
            return None;
        }
        let hint = meant_or_known(name, self.names());
        Some(format!("there is no theme '{name}'; {hint}"))
    }

    /// The theme of that name, else the default one. Without colours (`NO_COLOR`)
    /// none of them is asked.
    pub(in crate::tui) fn named(&self, name: &str, color: bool) -> Theme {
        if !color {
            return self.mono.clone();
        }
        let of = |name: &str| self.themes.iter().find(|(known, _)| known == name);
        of(name).or_else(|| of(DEFAULT)).map(|(_, theme)| theme.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};
    use strum::IntoEnumIterator as _;

    use super::*;
    use crate::domain::Status;
    use crate::tui::theme::Role;

    fn roles() -> impl Iterator<Item = Role> {
        Role::iter().chain(Status::iter().map(Role::Status))
    }

    #[test]
    fn every_theme_that_ships_is_readable_and_names_every_role() {
        for (name, text) in SHIPPED {
            let theme = file::parse(text);
            assert!(theme.is_ok(), "{name}: {theme:?}");
            let theme = theme.unwrap_or_default();
            for role in roles() {
                assert!(theme.styles.iter().any(|(known, _)| *known == role), "{name}: {role:?}");
            }
        }
    }

    #[test]
    fn r003_without_colour_no_role_has_one_and_the_cursor_is_reversed() {
        let mut themes = Themes::default();
        let own = "text = \"red on blue\"\nselected = \"green\"\n";
        assert_eq!(themes.add("own", own), Ok(()));
        for name in ["own", DEFAULT, "dark", MONO] {
            let theme = themes.named(name, false);
            for role in roles() {
                let style = theme.style(role);
                assert_eq!((style.fg, style.bg), (Some(Color::Reset), None), "{name}: {role:?}");
            }
            let cursor = theme.style(Role::Selected).add_modifier;
            assert!(cursor.contains(Modifier::REVERSED), "{name}");
        }
    }

    #[test]
    fn r030_statuses_have_the_colours_of_the_sources() {
        let theme = Themes::default().named(DEFAULT, true);
        let color = |status| theme.style(Role::Status(status)).fg;
        assert_eq!(color(Status::Active), Some(Color::Green));
        assert_eq!(color(Status::Disabled), Some(Color::Red));
        assert_eq!(color(Status::Expired), Some(Color::Red));
        assert_eq!(color(Status::Revoked), Some(Color::Red));
        assert_eq!(color(Status::Scheduled), Some(Color::Yellow));
        assert_eq!(color(Status::Pending), Some(Color::Yellow));
        assert_eq!(color(Status::Deleted), Some(Color::DarkGray));
    }

    #[test]
    fn the_default_theme_asks_for_no_more_than_sixteen_colours() {
        let theme = Themes::default().named(DEFAULT, true);
        for role in roles() {
            let style = theme.style(role);
            for color in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(color, Color::Rgb(..) | Color::Indexed(_)), "{role:?}");
            }
        }
    }

    #[test]
    fn an_own_theme_replaces_one_that_ships_and_a_slip_is_told() {
        let mut themes = Themes::default();
        assert_eq!(themes.add("dark", "text = \"green\""), Ok(()));
        assert_eq!(themes.named("dark", true).style(Role::Title).fg, Some(Color::Green));
        assert_eq!(themes.names().filter(|name| *name == "dark").count(), 1);
        let hint = themes.missing("drak").unwrap_or_default();
        assert!(hint.contains("did you mean 'dark'?"), "{hint}");
        assert_eq!(themes.missing("light"), None);
    }

    /// How bright a colour is to the eye, from 0 to 1 (WCAG 2).
    fn brightness(color: Color) -> Option<f64> {
        let Color::Rgb(r, g, b) = color else { return None };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.039_28 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        Some(0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b))
    }

    #[test]
    fn light_and_dark_can_be_read_on_the_grounds_they_are_made_for() {
        let grounds = [
            ("light", [Color::Rgb(255, 255, 255), Color::Rgb(253, 246, 227)]),
            ("dark", [Color::Rgb(0, 0, 0), Color::Rgb(40, 42, 54)]),
        ];
        for (name, terminals) in grounds {
            let theme = Themes::default().named(name, true);
            for (role, terminal) in roles().flat_map(|role| terminals.map(|t| (role, t))) {
                let style = theme.style(role);
                let Some(text) = style.fg.and_then(brightness) else { continue };
                let ground = brightness(style.bg.unwrap_or(terminal)).unwrap_or_default();
                let contrast = (text.max(ground) + 0.05) / (text.min(ground) + 0.05);
                // Lines that separate may be fainter than what is read.
                let least = if role == Role::Rule { 3.0 } else { 4.5 };
                assert!(contrast >= least, "{name} {role:?}: {contrast:.2}");
            }
        }
    }
}
