//! The clipboard: which way a copied text would take, why, and whether tmux, where it
//! stands between, lets it through.

use std::ffi::OsString;

use super::check::Check;
use crate::tui;
use crate::tui::clipboard::tmux::{Door, Tmux};
use crate::tui::clipboard::{Plan, Way, Wrap};

const AREA: &str = "clipboard";

pub(super) fn checks(plan: Plan, environment: &dyn Fn(&str) -> Option<OsString>) -> Vec<Check> {
    let ways = [plan.first, plan.then].into_iter().flatten();
    let checks: Vec<_> = ways.map(|way| check(way, why(environment))).collect();
    if checks.is_empty() {
        return vec![Check::ok(
            AREA,
            "none, as ui.clipboard says: the text is shown in a plain box",
        )];
    }
    checks
}

/// What of the environment speaks for one clipboard or the other.
fn why(environment: &dyn Fn(&str) -> Option<OsString>) -> &'static str {
    let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    if set("SSH_TTY") || set("SSH_CONNECTION") {
        "over SSH"
    } else if set("WAYLAND_DISPLAY") || set("DISPLAY") || cfg!(target_os = "macos") {
        "on a desktop"
    } else {
        "no desktop here"
    }
}

fn check(way: Way, why: &str) -> Check {
    let advice = match way {
        Way::Native => return Check::ok(AREA, format!("the desktop's ({why})")),
        Way::Tmux => return through(ask(), why),
        Way::Terminal(Wrap::Tmux) => {
            "if nothing arrives, where tmux runs: set -g allow-passthrough on"
        }
        Way::Terminal(Wrap::Screen | Wrap::None) => {
            "if nothing arrives, allow OSC 52 in the terminal; the plain text is one key away"
        }
    };
    let found =
        format!("the terminal's, by OSC 52 ({why}); it never says whether it took the text");
    Check { advice: Some(advice.to_owned()), ..Check::ok(AREA, found) }
}

/// What tmux tells, or why it can't be asked.
fn ask() -> Result<Tmux, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(tui::ask_tmux())
}

/// Whether a text gets through that tmux.
fn through(tmux: Result<Tmux, String>, why: &str) -> Check {
    let shut = |why: &str| format!("{why}: a copied text is shown in a plain box");
    let tmux = match tmux {
        Ok(tmux) => tmux,
        Err(error) => {
            let advice = "TMUX is set, so mend that, or unset it where this is no pane of tmux";
            return Check::warning(AREA, shut(&error), advice);
        }
    };
    let how = match tmux.door() {
        Door::Shut { why, advice } => return Check::warning(AREA, shut(&why), advice),
        Door::Load { .. } => "which hands it on itself",
        Door::Wrapped => "whose allow-passthrough is on",
    };
    let Tmux { version, term, .. } = &tmux;
    let advice = if tmux.is_nested() {
        format!(
            "the terminal of this tmux is {term}: what lies around it must let OSC 52 through too"
        )
    } else {
        "if nothing arrives, allow OSC 52 in the terminal; the plain text is one key away"
            .to_owned()
    };
    let found = format!(
        "the terminal's, by tmux {version}, {how} ({why}); it never says whether it took the text"
    );
    Check { advice: Some(advice), ..Check::ok(AREA, found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::State;

    fn told(answer: &str) -> Check {
        through(Tmux::parse(answer).ok_or_else(|| answer.to_owned()), "over SSH")
    }

    #[test]
    fn a14_what_tmux_lets_through_is_told_and_what_is_off_with_what_to_do() {
        for (answer, state, found, advice) in [
            ("3.3a|/dev/pts/1|xterm|clipboard|0", State::Ok, "hands it on itself", "OSC 52"),
            ("3.3a|/dev/pts/1|vt220||1", State::Ok, "allow-passthrough is on", "OSC 52"),
            ("3.3a|/dev/pts/1|tmux-256color|clipboard|0", State::Ok, "itself", "around it"),
            ("3.3a|/dev/pts/1|vt220||0", State::Warning, "passthrough is off", "terminal-features"),
            ("3.3a|||clipboard|0", State::Warning, "nobody is attached", "tmux attach"),
            ("tmux can't be run", State::Warning, "can't be run", "unset it"),
        ] {
            let check = told(answer);
            assert_eq!(check.state, state, "{check:?}");
            assert!(check.found.contains(found), "{check:?}");
            assert!(check.advice.as_ref().is_some_and(|said| said.contains(advice)), "{check:?}");
        }
    }
}
