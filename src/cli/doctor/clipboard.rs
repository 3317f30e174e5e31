//! The clipboard: which way a copied text would take, and why.

use std::ffi::OsString;

use super::Check;
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
    let Way::Terminal(wrap) = way else {
        return Check::ok(AREA, format!("the desktop's ({why})"));
    };
    let advice = match wrap {
        Wrap::Tmux => "in tmux: set -g set-clipboard on, set -g allow-passthrough on",
        Wrap::Screen | Wrap::None => {
            "if nothing arrives, allow OSC 52 in the terminal; the plain text is one key away"
        }
    };
    let found =
        format!("the terminal's, by OSC 52 ({why}); it never says whether it took the text");
    Check { advice: Some(advice.to_owned()), ..Check::ok(AREA, found) }
}
