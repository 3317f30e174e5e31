//! What the environment says of the terminal: which characters and colours it
//! shows. Asks no terminal.

/// What the terminal is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terminal {
    /// `TERM`.
    pub(super) term: String,
    /// The locale in force, and the variable that sets it.
    pub(super) locale: Option<(&'static str, String)>,
    /// Whether `NO_COLOR` is set.
    pub(super) no_color: bool,
}

impl Terminal {
    /// Reads it from the environment.
    pub(super) fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        // The first that is set decides, as POSIX has it.
        let locale =
            ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, set(name)?)));
        Self { term: set("TERM").unwrap_or_default(), locale, no_color: set("NO_COLOR").is_some() }
    }

    /// That of this process.
    pub(super) fn of_process() -> Self {
        Self::of(|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))
    }

    /// Whether the locale says UTF-8.
    pub(super) fn speaks_utf8(&self) -> bool {
        let Some((_, locale)) = &self.locale else { return false };
        let charset = locale.split('.').nth(1).unwrap_or_default();
        let charset = charset.split('@').next().unwrap_or_default();
        charset.replace('-', "").eq_ignore_ascii_case("utf8")
    }

    /// Whether marks beyond ASCII are drawn. The Linux console speaks UTF-8 and has
    /// no ticks and crosses in its fonts.
    pub(super) fn shows_marks(&self) -> bool {
        self.speaks_utf8() && self.term != "linux"
    }

    /// Whether colours are used: not where they are unwanted, and not on terminals
    /// that have none.
    pub(super) fn has_color(&self) -> bool {
        let monochrome = self.term.ends_with("-m") || self.term.ends_with("-mono");
        let old = self.term.starts_with("vt1") || self.term.starts_with("vt2");
        !(self.no_color || monochrome || old)
    }

    /// Whether the cursor can be moved, without which there is no screen.
    pub(super) fn moves_its_cursor(&self) -> bool {
        self.term != "dumb"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(set: &[(&str, &str)]) -> Terminal {
        Terminal::of(|name| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_variable_that_is_set_says_which_characters_there_are() {
        let utf8 = |set: &[(&str, &str)]| terminal(set).speaks_utf8();
        assert!(utf8(&[("LANG", "de_DE.UTF-8")]));
        assert!(utf8(&[("LANG", "C.utf8"), ("LC_ALL", "")]));
        assert!(utf8(&[("LANG", "C"), ("LC_CTYPE", "en_US.UTF-8")]));
        assert!(!utf8(&[("LANG", "C.UTF-8"), ("LC_ALL", "C")]));
        assert!(!utf8(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!utf8(&[("LANG", "de_DE@euro")]));
        assert!(utf8(&[("LANG", "de_DE.UTF-8@euro")]));
        assert!(!utf8(&[]));
    }

    #[test]
    fn the_linux_console_gets_marks_that_its_fonts_have() {
        assert!(terminal(&[("LANG", "C.UTF-8"), ("TERM", "xterm")]).shows_marks());
        assert!(!terminal(&[("LANG", "C.UTF-8"), ("TERM", "linux")]).shows_marks());
    }

    #[test]
    fn colours_are_for_terminals_that_have_them_and_people_who_want_them() {
        let color = |set: &[(&str, &str)]| terminal(set).has_color();
        assert!(color(&[("TERM", "xterm-256color")]));
        assert!(color(&[("TERM", "linux"), ("NO_COLOR", "")]));
        assert!(!color(&[("TERM", "xterm"), ("NO_COLOR", "1")]));
        assert!(!color(&[("TERM", "vt220")]));
        assert!(!color(&[("TERM", "xterm-mono")]));
    }
}
