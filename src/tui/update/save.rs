//! The list in a file: all that match, with every field. How far it is stands in the position
//! line until it is done or given up.

use std::path::PathBuf;

use crate::backend::{Answer, BackendError, Cause};
use crate::text::thousands;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::Kind;
use crate::tui::orders::Sheet;
use crate::tui::reply::Saved;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::{Exporting, Shared};
use crate::tui::ticket::Ticket;

impl Shared {
    /// So many rows are written.
    pub(super) fn export_came_to(&mut self, ticket: Ticket, rows: usize, of: usize) {
        let here = self.exporting.as_mut().filter(|exporting| exporting.ticket == ticket);
        if let Some(exporting) = here {
            exporting.rows = Some((rows, of));
        }
    }

    /// Gives it up, if there is one.
    pub(super) fn stop_export(&mut self) -> bool {
        let under_way = self.exporting.is_some();
        if under_way {
            self.put(Effect::StopExport);
        }
        under_way
    }

    pub(super) fn exported(&mut self, result: Answer<Saved>) {
        self.exporting = None;
        match result {
            Ok(Saved { path, rows }) => {
                let tokens = if rows == 1 { "token" } else { "tokens" };
                let rows = thousands(rows);
                self.say(Kind::Ok, format!("{rows} {tokens} written to {}", path.display()));
            }
            Err(BackendError { cause: Cause::Stopped, .. }) => {
                self.say(Kind::Info, "The export was stopped: no file was written");
            }
            Err(error) => self.failed("export the list", &error),
        }
    }
}

impl Screens {
    pub(super) fn report(&mut self, shared: &mut Shared, path: PathBuf) {
        if self.at != Screen::Tokens {
            shared.say(Kind::Refused, "Only tokens have a report: show them first");
            return;
        }
        self.tokens().report(shared, path);
    }

    pub(super) fn export(&mut self, shared: &mut Shared, path: PathBuf) {
        if self.at != Screen::Tokens {
            shared.say(Kind::Refused, "Only the list of tokens can be exported: show it first");
            return;
        }
        if shared.exporting.is_some() {
            let key = shared.keymap.first_key_of(Command::Interrupt);
            shared.say(Kind::Refused, format!("A list is being exported: {key} stops that"));
            return;
        }
        let said = shared.session.descriptors.clone();
        let query = self.tokens().list.query.clone();
        let ticket = shared.ask(Call::Export(Box::new(Sheet { path, query, said })));
        shared.exporting = Some(Exporting { ticket, rows: None });
    }
}
