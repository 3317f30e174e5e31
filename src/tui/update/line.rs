//! What the command line asked for is done.

use std::path::PathBuf;

use crate::backend::Answer;
use crate::domain::query::QueryTerms;
use crate::text::{counted, thousands};
use crate::tui::call::Call;
use crate::tui::filters::Filters;
use crate::tui::focus::Focus;
use crate::tui::layers::Audit;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::reply::EventsSaved;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crate::tui::wish::Wish;

impl Screens {
    /// To the list of tokens, from the details or from the catalogue.
    pub(super) fn back_to_list(&mut self, shared: &Shared) {
        if self.at == Screen::Catalog {
            self.at = Screen::Tokens;
        }
        if self.tokens().focus == Focus::Details {
            self.tokens_mut().leave_details(shared);
        }
    }

    fn narrow(&mut self, shared: &mut Shared, terms: QueryTerms) {
        self.back_to_list(shared);
        self.tokens_mut().list.query.search.clear();
        self.tokens_mut().list.query.guid.clear();
        self.tokens_mut().filters = Filters { terms, ..Filters::default() };
        self.tokens_mut().renew_dates(shared);
        self.tokens_mut().reload(shared);
    }
}

impl Shared {
    /// Events were written to a file, or could not be.
    pub(super) fn events_exported(&mut self, result: Answer<EventsSaved>) {
        match result {
            Ok(saved) => {
                let events = counted(saved.rows, "event");
                let place = saved.path.display();
                self.say(Kind::Ok, format!("{events} written to {place}"));
            }
            Err(error) => self.failed("write the events", &error),
        }
    }
}

impl Model {
    /// Writes what is listed to a file: events, where those are on screen, else tokens.
    fn export(&mut self, path: PathBuf) {
        let sheet = self.layers.find::<Audit>().map(|audit| audit.sheet(&path, &self.shared));
        let Some(sheet) = sheet else { return self.screens.export(&mut self.shared, path) };
        self.say(Kind::Info, format!("Writing the events to {}", path.display()));
        self.ask(Call::ExportEvents(Box::new(sheet)));
    }

    /// To a row of the list on screen by its number, as the position line counts them.
    fn go_to_row(&mut self, row: usize) {
        if self.layers.whole().is_some() {
            self.say(Kind::Refused, "Rows go by their number in tokens, users and the catalogue");
            return;
        }
        let rows = self.screens.shown().rows();
        let Some(index) = row.checked_sub(1).filter(|index| *index < rows) else {
            let there = match rows {
                0 => "there are none here".to_owned(),
                1 => "there is only row 1".to_owned(),
                rows => format!("there are 1 to {}", thousands(rows)),
            };
            self.say(Kind::Refused, format!("No row {}: {there}", thousands(row)));
            return;
        };
        self.screens.shown_mut().go_to_row(index, &mut self.shared);
    }

    /// Does what a line asks for, or says why it can't.
    pub(super) fn fulfil(&mut self, wish: Wish) {
        self.notices.hold();
        let lack = wish.ability().and_then(|ability| self.session.abilities.refusal(ability));
        if let Some(lack) = lack.map(str::to_owned) {
            self.say(Kind::Refused, lack);
            return;
        }
        if wish.is_of_tokens() {
            self.layers.close_screens();
        }
        match wish {
            Wish::Run(command) => self.run(command),
            Wish::List(kind) => self.show_catalog(Some(kind)),
            Wish::Leave => self.leave(),
            Wish::Sort(sort) => {
                self.screens.back_to_list(&self.shared);
                self.screens.tokens_mut().set_sort(&mut self.shared, sort);
            }
            Wish::Filter(terms) => self.screens.narrow(&mut self.shared, terms),
            Wish::Account(account) => self.choose_account(account),
            Wish::Backend(name) => self.switch_to(&name),
            Wish::Report(path) => self.screens.report(&mut self.shared, path),
            Wish::Export(path) => self.export(path),
            Wish::Views => self.list_views(),
            Wish::View(name) => self.show_view(&name),
            Wish::SaveView(name) => self.save_view(name),
            Wish::RemoveView(name) => self.remove_view(name),
            Wish::Row(row) => self.go_to_row(row),
            Wish::Theme(name) => {
                self.theme = self.options.themes.named(&name, self.options.color);
                if !self.options.color {
                    self.say(Kind::Info, "NO_COLOR is set: no theme has colours");
                }
            }
        }
    }
}
