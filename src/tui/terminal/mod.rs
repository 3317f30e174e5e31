//! The real terminal: taking it and giving it back, reading keys from it and
//! drawing on it in few bytes. It knows nothing of tokens or of what is drawn.

mod clipboard;
mod decoder;
mod events;
mod gate;
mod guard;
mod halves;
mod ink;
mod lent;
mod pen;
mod screen;
mod scroll;
mod sequence;

use std::io::{self, Stdout};
use std::thread;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::Backend as _;
use tokio::sync::mpsc::{self, Receiver};

use super::input::Input;
use super::options::Options;
pub use clipboard::{Clipboard, ask_tmux};
pub use gate::Gate;
pub use guard::TerminalGuard;
pub use screen::Screen;

/// How many inputs may wait: more than a screenful of pasted keys.
const WAITING: usize = 4096;

/// A terminal that was taken.
pub struct Opened {
    /// Gives it back when dropped, so it must outlive `terminal`.
    pub guard: TerminalGuard,
    /// What is drawn on.
    pub terminal: Terminal<Screen<Stdout>>,
    /// What comes in.
    pub inputs: Receiver<Input>,
    /// Keeps it from being read while a program has it.
    pub gate: Gate,
}

/// Takes the terminal and starts to listen. Asks the terminal nothing, for over
/// SSH and in tmux the answer may not come. Must be called inside a tokio runtime,
/// by the thread that will draw.
pub fn open(options: &Options) -> io::Result<Opened> {
    let (sender, inputs) = mpsc::channel(WAITING);
    guard::restore_on_panic_of(thread::current().id());
    let guard = TerminalGuard::take()?;
    let gate = events::listen(Duration::from_millis(options.escape_ms), &sender)?;
    let mut screen = Screen::new(io::stdout());
    // Not every terminal clears its alternate screen, and what is shown must be known.
    screen.clear()?;
    let terminal = Terminal::new(screen)?;
    Ok(Opened { guard, terminal, inputs, gate })
}
