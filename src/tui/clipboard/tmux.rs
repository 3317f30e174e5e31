//! What tmux tells of itself, and by which door a text gets through it to the terminal
//! outside. Pure: who asks it is the terminal's concern.

/// What tmux is asked, in its own language of formats.
pub(in crate::tui) const QUESTION: &str =
    "#{version}|#{client_name}|#{client_termname}|#{client_termfeatures}|#{allow-passthrough}";
/// The first version that hands a buffer on to the terminal by itself.
const LOADS: (u32, u32) = (3, 2);

/// What it told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tmux {
    /// "3.3a".
    pub version: String,
    /// The client that shows this pane; empty where nobody is attached.
    pub client: String,
    /// What that client's terminal is taken for, such as "xterm-256color".
    pub term: String,
    /// Whether that terminal is known to have a clipboard.
    has_clipboard: bool,
    /// Whether a program may speak to the terminal past tmux.
    lets_through: bool,
}

/// The way through tmux.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// It takes a buffer and hands it on itself, to that client.
    Load {
        /// The client.
        client: String,
    },
    /// It hands on what is wrapped for it.
    Wrapped,
    /// None.
    Shut {
        /// What is off.
        why: String,
        /// What to do about it.
        advice: String,
    },
}

impl Tmux {
    /// Reads the answer to the question; none where it is not one.
    pub fn parse(answer: &str) -> Option<Self> {
        let parts: Vec<_> = answer.trim().split('|').collect();
        let [version, client, term, features, through] = parts.as_slice() else { return None };
        Some(Self {
            version: (*version).to_owned(),
            client: (*client).to_owned(),
            term: (*term).to_owned(),
            has_clipboard: features.split(',').any(|feature| feature == "clipboard"),
            // Before there was such an option all went through.
            lets_through: !matches!(*through, "0" | "off"),
        })
    }

    /// By which door a text gets out.
    pub fn door(&self) -> Door {
        let Self { version, client, term, .. } = self;
        if client.is_empty() {
            return Door::Shut {
                why: format!("nobody is attached to this tmux {version}"),
                advice: "attach to it: tmux attach".to_owned(),
            };
        }
        if self.has_clipboard && number(version).is_none_or(|version| version >= LOADS) {
            return Door::Load { client: client.clone() };
        }
        if self.lets_through {
            return Door::Wrapped;
        }
        Door::Shut {
            why: format!(
                "tmux {version} hands it on to no terminal: {term} has no clipboard feature, \
                 and allow-passthrough is off"
            ),
            advice: format!(
                "in ~/.tmux.conf, if the terminal has a clipboard: \
                 set -as terminal-features ',{term}:clipboard', then detach and attach; \
                 or set -g allow-passthrough on"
            ),
        }
    }

    /// Whether its client is within another tmux, or within screen, which may swallow what
    /// it hands on.
    pub fn is_nested(&self) -> bool {
        ["tmux", "screen"].iter().any(|name| self.term.starts_with(name))
    }
}

/// "3.3a" and "next-3.4" as numbers; none for one that counts otherwise.
fn number(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.trim_start_matches("next-").split_once('.')?;
    let digits = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
    Some((major.parse().ok()?, minor.get(..digits)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(answer: &str) -> Option<Door> {
        Tmux::parse(answer).map(|tmux| tmux.door())
    }

    #[test]
    fn a14_a_stock_tmux_is_given_the_text_for_its_own_client() {
        let load = Some(Door::Load { client: "/dev/pts/1".to_owned() });
        for version in ["3.2", "3.3a", "next-3.4", "3.10", "4.0", "openbsd-7.3"] {
            let answer = format!("{version}|/dev/pts/1|xterm-256color|bpaste,clipboard,title|0\n");
            assert_eq!(door(&answer), load, "{version}");
        }
    }

    #[test]
    fn a14_otherwise_it_is_wrapped_where_that_gets_through() {
        for answer in [
            "3.3a|/dev/pts/1|vt220|title|1",
            "3.4|/dev/pts/1|vt220|title|all",
            "3.4|/dev/pts/1|vt220||on",
            // Neither the option nor the features were there yet.
            "3.1c|/dev/pts/1|xterm-256color||",
            "2.6|/dev/pts/1|xterm||",
            "3.1|/dev/pts/1|xterm|clipboard|",
        ] {
            assert_eq!(door(answer), Some(Door::Wrapped), "{answer}");
        }
    }

    #[test]
    fn a14_where_nothing_gets_through_it_says_what_is_off_and_what_to_do() {
        for (answer, off, todo) in [
            ("3.3a|/dev/pts/1|vt220|title|0", "vt220 has no clipboard", "',vt220:clipboard'"),
            ("3.4|/dev/pts/1|foot||off", "allow-passthrough is off", "allow-passthrough on"),
            ("3.4|||clipboard|on", "nobody is attached", "tmux attach"),
        ] {
            let Some(Door::Shut { why, advice }) = door(answer) else {
                unreachable!("{answer} is open")
            };
            assert!(why.contains(off) && advice.contains(todo), "{answer}: {why}; {advice}");
        }
        for answer in ["", "no server running", "a|b"] {
            assert_eq!(door(answer), None);
        }
    }
}
