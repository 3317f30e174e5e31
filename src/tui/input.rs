//! What reaches the program from outside: keys, pasted text, a new window size,
//! signals. The terminal makes them, a test writes them by hand, and the loop
//! cannot tell the difference.

use crossterm::event::KeyEvent;

/// One thing that happened at the terminal or to the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed. Releases are not passed on.
    Key(KeyEvent),
    /// These were pressed, and arrived in one piece: typed ahead on a line that stood
    /// still, or pasted at a terminal that does not say so.
    Keys(Vec<KeyEvent>),
    /// Text arrived in one piece, between the marks of a bracketed paste.
    Paste(String),
    /// The window now has this many columns and rows.
    Resize(u16, u16),
    /// The operating system asked for something.
    Signal(Signal),
}

/// What the operating system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End in good order: SIGTERM, SIGINT from outside, SIGQUIT.
    Terminate,
    /// The terminal is gone: SIGHUP, or a hang-up of its line. Nothing more can
    /// be drawn.
    HangUp,
    /// Step aside for the shell: SIGTSTP.
    Suspend,
    /// Back from the shell: SIGCONT. The screen has to be painted anew.
    Continue,
}
