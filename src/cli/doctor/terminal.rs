//! The terminal: what it is taken for, how large it is, and what lies between it
//! and the program.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

use super::check::Check;
use crate::cli::locale::Terminal;

const AREA: &str = "terminal";
/// The smallest window in which keys act.
const SMALLEST: (u16, u16) = (40, 10);

pub(super) fn checks(
    terminal: &Terminal,
    environment: &dyn Fn(&str) -> Option<OsString>,
) -> Vec<Check> {
    let mut checks = vec![kind(terminal)];
    checks.extend(size());
    checks.extend([colors(terminal), locale(terminal)]);
    checks.extend(between(environment));
    checks
}

fn kind(terminal: &Terminal) -> Check {
    match terminal.term.as_str() {
        "" => Check::warning(
            AREA,
            "TERM is not set",
            "set it to what the terminal is, such as xterm-256color",
        ),
        "dumb" => Check::warning(
            AREA,
            "TERM is dumb: the cursor can't be moved, so there is no screen",
            "use the commands, or set TERM to what the terminal is",
        ),
        term => Check::ok(AREA, format!("TERM is {term}")),
    }
}

fn size() -> Option<Check> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Some(Check::warning(
            AREA,
            "standard input and output are no terminal",
            "the screen needs one; commands do not",
        ));
    }
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(judge_size(size.ws_col, size.ws_row))
}

fn judge_size(columns: u16, rows: u16) -> Check {
    let found = format!("{columns} columns, {rows} rows");
    let (least_columns, least_rows) = SMALLEST;
    if columns < least_columns || rows < least_rows {
        let advice = format!("make the window at least {least_columns}x{least_rows}");
        return Check::warning(AREA, found, advice);
    }
    Check::ok(AREA, found)
}

fn colors(terminal: &Terminal) -> Check {
    let found = match (terminal.has_color(), terminal.no_color) {
        (true, _) => "colours are used".to_owned(),
        (false, true) => "no colours: NO_COLOR is set".to_owned(),
        (false, false) => format!("no colours: {} has none", terminal.term),
    };
    Check::ok(AREA, found)
}

fn locale(terminal: &Terminal) -> Check {
    let Some((name, locale)) = &terminal.locale else {
        return Check::warning(
            AREA,
            "no locale is set: marks are ASCII, other letters may look wrong",
            "set LANG to a UTF-8 locale such as C.UTF-8",
        );
    };
    if terminal.speaks_utf8() {
        let marks = if terminal.shows_marks() { "" } else { "; marks are ASCII on this console" };
        return Check::ok(AREA, format!("{name} is {locale}{marks}"));
    }
    Check::warning(
        AREA,
        format!("{name} is {locale}: marks are ASCII, other letters may look wrong"),
        format!("set {name} to a UTF-8 locale such as C.UTF-8"),
    )
}

/// What the bytes pass through.
fn between(environment: &dyn Fn(&str) -> Option<OsString>) -> Option<Check> {
    let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    let mut layers = Vec::new();
    if set("SSH_TTY") || set("SSH_CONNECTION") {
        layers.push("SSH (fewer frames a second)");
    }
    if set("TMUX") {
        layers.push("tmux");
    }
    if set("STY") {
        layers.push("GNU screen");
    }
    (!layers.is_empty()).then(|| Check::ok(AREA, format!("through {}", layers.join(" and "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::State;

    fn terminal(term: &str, locale: Option<&str>) -> Terminal {
        let locale = locale.map(|locale| ("LANG", locale.to_owned()));
        Terminal { term: term.to_owned(), locale, no_color: false }
    }

    #[test]
    fn what_a_terminal_lacks_is_a_warning_with_what_to_do() {
        for checked in [
            kind(&terminal("", None)),
            kind(&terminal("dumb", None)),
            locale(&terminal("xterm", None)),
            locale(&terminal("xterm", Some("C"))),
            judge_size(39, 24),
            judge_size(80, 9),
        ] {
            assert_eq!(checked.state, State::Warning, "{checked:?}");
            assert!(checked.advice.is_some(), "{checked:?}");
        }
        for checked in [
            kind(&terminal("xterm", None)),
            locale(&terminal("linux", Some("C.UTF-8"))),
            judge_size(40, 10),
        ] {
            assert_eq!(checked.state, State::Ok, "{checked:?}");
        }
    }

    #[test]
    fn what_lies_between_is_named() {
        let both = between(&|name| matches!(name, "SSH_TTY" | "TMUX").then(|| "x".into()));
        let found = both.map(|check| check.found).unwrap_or_default();
        assert_eq!(found, "through SSH (fewer frames a second) and tmux");
        assert!(between(&|_| None).is_none());
    }
}
