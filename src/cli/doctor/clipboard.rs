//! The clipboard: which way a copied text would take.

use std::ffi::OsString;

use super::Check;

const AREA: &str = "clipboard";

pub(super) fn checks(environment: &dyn Fn(&str) -> Option<OsString>) -> Vec<Check> {
    let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    let remote = set("SSH_TTY") || set("SSH_CONNECTION");
    let desktop = set("WAYLAND_DISPLAY") || set("DISPLAY") || cfg!(target_os = "macos");
    if desktop && !remote {
        return vec![Check::ok(AREA, "the desktop's own")];
    }
    let why = if remote { "over SSH" } else { "no desktop here" };
    let found =
        format!("the terminal's, by OSC 52 ({why}); a terminal never says whether it took it");
    let advice = if set("TMUX") {
        "in tmux: set -g set-clipboard on, set -g allow-passthrough on"
    } else {
        "if nothing arrives, allow OSC 52 in the terminal; the plain text is always one key away"
    };
    vec![Check { advice: Some(advice.to_owned()), ..Check::ok(AREA, found) }]
}
