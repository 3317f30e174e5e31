//! The clipboards of the desktop and of the terminal. Knows how a text gets there,
//! not what it is or why it is copied.

mod native;
mod osc52;
mod tmux;

use std::io::Write;

use native::Native;

use crate::tui::clipboard::{Copying, Payload, Way};

use super::Screen;
pub use tmux::ask as ask_tmux;

/// The ways to the clipboards, the desktop's being opened when it is first used.
#[derive(Debug, Default)]
pub struct Clipboard {
    native: Native,
}

impl Clipboard {
    /// Copies a text. The desktop and tmux answer later; the terminal never does, so for
    /// it the answer only says whether the sequence was written.
    pub fn copy<W: Write>(
        &mut self,
        payload: Payload,
        way: Way,
        screen: &mut Screen<W>,
    ) -> Copying {
        match way {
            Way::Native => self.native.copy(payload),
            Way::Tmux => Box::pin(tmux::copy(payload)),
            Way::Terminal(wrap) => {
                let sequence = osc52::sequence(payload.expose(), wrap);
                let sent = screen.send(&sequence).map_err(|error| error.to_string().into());
                Box::pin(std::future::ready(sent))
            }
        }
    }
}
