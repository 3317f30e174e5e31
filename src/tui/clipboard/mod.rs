//! What is copied, and by which way. Pure: the settings and the environment are
//! told, and what a way takes to walk is the terminal's concern.

pub mod tmux;

use std::ffi::OsString;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::TokenValue;
use crate::wire::RowId;

/// How long a value stays in the desktop's clipboard.
pub(super) const KEPT: Duration = Duration::from_secs(45);

/// The most GUIDs that are copied together: what common terminals take in one piece.
pub(super) const MOST_GUIDS: usize = 1_000;

/// The setting `ui.clipboard`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Setting {
    /// The desktop's clipboard where there is one, the terminal's over SSH.
    #[default]
    Auto,
    /// The desktop's.
    Native,
    /// The terminal's, by OSC 52.
    Terminal,
    /// None: the text is shown in a plain box.
    Off,
}

/// What stands between the program and the terminal that has the clipboard, and
/// must be told to let the sequence through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wrap {
    /// Nothing.
    #[default]
    None,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// A way to a clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The desktop's, which answers.
    Native,
    /// The terminal's, by the tmux that this runs in.
    Tmux,
    /// The terminal's, which never does.
    Terminal(Wrap),
}

/// Which ways to try, one after the other. Where none is left the text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The first.
    pub first: Option<Way>,
    /// Where the first fails.
    pub then: Option<Way>,
}

impl Default for Plan {
    /// The way that needs no desktop.
    fn default() -> Self {
        Self { first: Some(Way::Terminal(Wrap::None)), then: None }
    }
}

/// Whether the program was built with the desktop's clipboard.
pub const HAS_NATIVE: bool = cfg!(feature = "clipboard");

impl Plan {
    /// The ways for a setting, in an environment.
    pub fn new(setting: Setting, variable: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let terminal = Some(if is_set(variable, "TMUX") {
            Way::Tmux
        } else {
            Way::Terminal(Wrap::of(variable))
        });
        match setting {
            Setting::Off => Self { first: None, then: None },
            Setting::Native => Self { first: Some(Way::Native), then: None },
            Setting::Auto if HAS_NATIVE && is_on_desktop(variable) => {
                Self { first: Some(Way::Native), then: terminal }
            }
            Setting::Auto | Setting::Terminal => Self { first: terminal, then: None },
        }
    }

    /// The way to try after one failed.
    pub(super) fn after(self, failed: Way) -> Option<Way> {
        self.then.filter(|_| self.first == Some(failed) && self.then != Some(failed))
    }
}

fn is_set(variable: &dyn Fn(&str) -> Option<OsString>, name: &str) -> bool {
    variable(name).is_some_and(|value| !value.is_empty())
}

/// Whether the operator sits at the machine the program runs on. Over SSH a
/// forwarded display is there too, but its clipboard is a round trip away.
fn is_on_desktop(variable: &dyn Fn(&str) -> Option<OsString>) -> bool {
    let remote = ["SSH_TTY", "SSH_CONNECTION"].iter().any(|name| is_set(variable, name));
    let display = ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| is_set(variable, name));
    !remote && (display || cfg!(target_os = "macos"))
}

impl Wrap {
    fn of(variable: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let term = variable("TERM").unwrap_or_default();
        let named = |name: &str| term.as_os_str().to_str().is_some_and(|t| t.starts_with(name));
        if named("tmux") && !is_set(variable, "STY") {
            // One on another machine, which can't be asked.
            Self::Tmux
        } else if is_set(variable, "STY") || named("screen") {
            Self::Screen
        } else {
            Self::None
        }
    }
}

/// A text on its way to a clipboard; why it did not get there, where it did not.
pub type Copying = Pin<Box<dyn Future<Output = Result<(), Missed>> + Send>>;

/// What of a token is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display)]
pub enum What {
    /// The public half of its value.
    #[strum(serialize = "GUID")]
    Guid,
    /// The public half of a value that a form will make.
    #[strum(serialize = "GUID")]
    FormGuid,
    /// Its value.
    Value,
    /// The URL at which it is used.
    #[strum(serialize = "API endpoint")]
    Endpoint,
}

/// The text itself.
#[derive(Clone)]
pub enum Payload {
    /// Anybody may see it.
    Plain(String),
    /// A value, which is shared and never doubled.
    Value(Arc<TokenValue>),
}

impl Payload {
    /// The text, for the clipboard or the box that shows it.
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Value(value) => value.expose(),
        }
    }

    /// Whether it must not lie about.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => write!(f, "Plain({text:?})"),
            Self::Value(_) => f.write_str("Value(hidden)"),
        }
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain(a), Self::Plain(b)) => a == b,
            (Self::Value(a), Self::Value(b)) => a.hash().matches(&b.hash()),
            _ => false,
        }
    }
}

impl Eq for Payload {}

/// A text to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clip {
    /// What it is.
    pub(super) what: What,
    /// Of which tokens; none = of one that a form will make.
    pub(super) ids: Vec<RowId>,
    /// What it is and whose, as a message says it: `GUID of robot-1`, `3 GUIDs`.
    pub(super) said: String,
    /// The text.
    pub(super) payload: Payload,
}

/// Why a text did not get to a clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missed {
    /// The way can't be walked, for this reason.
    Failed(String),
    /// Another way is the right one, as it turned out.
    Elsewhere(Way),
}

impl From<String> for Missed {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(setting: Setting, set: &[(&str, &str)]) -> Plan {
        let find = |name: &str| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(*value))
        };
        Plan::new(setting, &find)
    }

    #[test]
    fn r078_over_ssh_the_terminal_has_the_clipboard() {
        let remote = [("SSH_TTY", "/dev/pts/1"), ("DISPLAY", ":10")];
        let terminal = Some(Way::Terminal(Wrap::None));
        assert_eq!(plan(Setting::Auto, &remote).first, terminal);
        assert_eq!(plan(Setting::Auto, &[("SSH_CONNECTION", "a")]).first, terminal);
    }

    #[test]
    fn without_a_desktop_the_terminal_has_the_clipboard() {
        if cfg!(not(target_os = "macos")) {
            assert_eq!(plan(Setting::Auto, &[]), Plan::default());
            assert_eq!(plan(Setting::Auto, &[("DISPLAY", "")]), Plan::default());
        }
    }

    #[test]
    fn on_a_desktop_its_clipboard_comes_first_where_it_was_built_in() {
        let plan = plan(Setting::Auto, &[("WAYLAND_DISPLAY", "wayland-0")]);
        let native = if HAS_NATIVE { Way::Native } else { Way::Terminal(Wrap::None) };
        assert_eq!(plan.first, Some(native));
        assert_eq!(plan.after(Way::Native).is_some(), HAS_NATIVE);
        assert_eq!(plan.after(Way::Terminal(Wrap::None)), None);
    }

    #[test]
    fn a_setting_wins_over_what_is_found() {
        let desktop = [("DISPLAY", ":0")];
        assert_eq!(plan(Setting::Off, &desktop), Plan { first: None, then: None });
        assert_eq!(plan(Setting::Terminal, &desktop), Plan::default());
        assert_eq!(plan(Setting::Native, &[]).first, Some(Way::Native));
        assert_eq!(plan(Setting::Native, &[]).after(Way::Native), None);
    }

    #[test]
    fn tmux_and_screen_are_told_apart() {
        let wrap = |set: &[(&str, &str)]| plan(Setting::Terminal, set).first;
        let screen = Some(Way::Terminal(Wrap::Screen));
        assert_eq!(wrap(&[("TMUX", "/tmp/1"), ("TERM", "screen-256color")]), Some(Way::Tmux));
        assert_eq!(
            plan(Setting::Auto, &[("TMUX", "/tmp/1"), ("SSH_TTY", "x")]).first,
            Some(Way::Tmux)
        );
        // Only the name came along from where tmux runs: there is nobody to ask.
        assert_eq!(wrap(&[("TERM", "tmux-256color")]), Some(Way::Terminal(Wrap::Tmux)));
        assert_eq!(wrap(&[("STY", "1.pts"), ("TERM", "xterm")]), screen);
        assert_eq!(wrap(&[("TERM", "screen.xterm-256color")]), screen);
    }

    #[test]
    fn a_secret_payload_shows_itself_nowhere() {
        let value =
            TokenValue::generate("tdk", crate::domain::Guid::from_bytes([7; 16]), |bytes| {
                bytes.fill(1);
                Ok::<_, ()>(())
            });
        let payload = value.ok().map(|value| Payload::Value(Arc::new(value)));
        assert_eq!(format!("{payload:?}"), "Some(Value(hidden))");
    }
}
