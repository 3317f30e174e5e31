//! The list in a file: all that match, in the columns that are on.

use std::path::PathBuf;

use crate::backend::Answer;
use crate::text::thousands;
use crate::tui::call::Call;
use crate::tui::notice::Kind;
use crate::tui::orders::Sheet;
use crate::tui::reply::Saved;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;

impl Shared {
    pub(super) fn exported(&mut self, result: Answer<Saved>) {
        match result {
            Ok(Saved { path, rows }) => {
                let tokens = if rows == 1 { "token" } else { "tokens" };
                let rows = thousands(rows);
                self.say(Kind::Ok, format!("{rows} {tokens} written to {}", path.display()));
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
        let mut columns = shared.columns();
        columns.sort_by_key(|column| shared.session.descriptors.place(*column));
        let query = self.tokens().list.query.clone();
        shared.ask(Call::Export(Box::new(Sheet { path, query, columns })));
    }
}
