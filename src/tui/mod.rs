//! The terminal program: keys in, frames out.
//!
//! ```text
//! key -> Keymap -> Command -> Msg -> Model::update -> effects -> runtime -> Msg
//!                                      |
//!                                      +-> view::draw(&Model)
//! ```
//!
//! Only `program` and `runtime` know tokio, the backend and the terminal; `update`
//! and `view` are pure, and the time comes to them with each message.

mod age;
mod availability;
pub mod backends;
mod bulk;
mod call;
mod catalog;
pub mod clipboard;
mod columns;
mod command;
mod copied;
mod deed;
mod details;
mod effect;
mod filters;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod fixture;
mod focus;
mod form;
mod glyphs;
mod guard;
mod heading;
mod hint;
mod hints;
mod hue;
pub mod input;
mod jobs;
pub mod key;
mod keymap;
mod layers;
mod layout;
mod line;
mod link;
mod list;
mod list_view;
pub mod memory;
mod message;
mod model;
pub mod moment;
mod needs;
mod news;
mod notice;
mod offer;
pub mod options;
mod orders;
mod overlap;
pub mod own;
mod pages;
mod paint;
mod pane;
mod picker;
mod place;
pub mod program;
mod prompt;
mod prospects;
mod purpose;
mod reach;
mod reply;
pub mod runtime;
mod screen;
mod screens;
mod search;
mod seat;
mod shared;
mod since;
mod sought;
mod stage;
mod state;
mod switching;
pub mod terminal;
mod theme;
mod ticket;
mod trail;
mod unconfirmed;
mod update;
mod users;
mod verbs;
mod view;
mod waits;
mod wish;
mod words;

use std::io;
use std::sync::Arc;

use color_eyre::eyre::WrapErr as _;

use crate::backend::Backend;
use crate::domain::Time;

pub use backends::BackendChoice;
pub use command::{Command, OwnId, Row, Scope};
pub use hue::Hue;
pub use keymap::{KeyFault, Keymap, WantedKeys};
pub use memory::Memory;
pub use options::{Options, PageSize, Zone};
pub use own::{OwnCommand, OwnCommands, OwnEnd, OwnGround, OwnRun, OwnSubject};
pub use runtime::Backends;
pub use terminal::ask_tmux;
pub use theme::Themes;

use clipboard::{Copying, Payload, Way};
use program::{Host, Program, Surroundings};
use runtime::SystemTimer;
use terminal::{Clipboard, Gate, Opened, Screen, TerminalGuard};

/// What the terminal program needs.
pub struct Setup {
    /// Who answers.
    pub backend: Arc<dyn Backend>,
    /// The time by this machine, where it may be long until the backend tells it: then the
    /// screen is there before.
    pub far: Option<Time>,
    /// The backends to go to from here.
    pub backends: Arc<dyn Backends>,
    /// The settings.
    pub options: Options,
    /// What it says first, if anything.
    pub first_message: Option<String>,
    /// What keeps the view state between runs.
    pub memory: Arc<dyn Memory>,
}

/// The real terminal.
struct Console {
    guard: TerminalGuard,
    gate: Gate,
    clipboard: Clipboard,
}

impl<W: io::Write> Host<Screen<W>> for Console {
    fn suspend(&mut self, screen: &mut Screen<W>) -> io::Result<()> {
        self.guard.suspend()?;
        screen.forget();
        Ok(())
    }

    fn lend(&mut self, screen: &mut Screen<W>, run: &OwnRun) -> io::Result<OwnEnd> {
        let ended = self.guard.lend(&self.gate, run);
        screen.forget();
        ended
    }

    fn forget(&mut self, screen: &mut Screen<W>) {
        screen.forget();
    }

    fn copy(&mut self, screen: &mut Screen<W>, payload: Payload, way: Way) -> Copying {
        self.clipboard.copy(payload, way, screen)
    }
}

/// Runs the terminal program on the terminal of this process until the operator
/// leaves. Must be called inside a tokio runtime, which the caller owns, by the
/// thread that may block on it; the backend is closed at the end.
pub async fn run(setup: Setup) -> color_eyre::Result<()> {
    let Opened { guard, terminal, inputs, gate } =
        terminal::open(&setup.options).wrap_err("cannot take the terminal")?;
    let host = Console { guard, gate, clipboard: Clipboard::default() };
    let Setup { backend, far, backends, options, first_message, memory } = setup;
    let timer = SystemTimer::start();
    let outside = Surroundings { terminal, inputs, timer, host, memory, backends };
    let mut program = match far {
        Some(now) => Program::connect(backend, options, now, outside),
        None => Program::start(backend, options, first_message, outside).await?,
    };
    let ended = program.run().await;
    // Closing gives the terminal back first, so that an error is seen on the shell.
    program.close().await?;
    ended.wrap_err("cannot draw on the terminal")
}

/// Whether a word is the name of a command, a word of the command line or a screen.
pub fn is_command(name: &str) -> bool {
    prompt::is_taken(name) || layers::is_screen(name)
}
