//! The command line: typing it, and doing what it asks for.

use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crossterm::event::KeyCode;

use crate::domain::leak::{self, Leak};
use crate::domain::query::QueryTerms;
use crate::tui::filters::Filters;
use crate::tui::focus::Focus;
use crate::tui::key::Key;
use crate::tui::layers::CommandLine;
use crate::tui::line;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::prompt::{self, Wish};
use crate::tui::screen::Screen;
use crate::tui::state::Change;

impl Screens {
    /// To the list of tokens, from the details or from the catalogue.
    pub(super) fn back_to_list(&mut self, shared: &Shared) {
        if self.at == Screen::Catalog {
            self.at = Screen::Tokens;
        }
        if self.tokens.focus == Focus::Details {
            self.tokens.leave_details(shared);
        }
    }

    fn narrow(&mut self, shared: &mut Shared, terms: QueryTerms) {
        self.back_to_list(shared);
        self.tokens.list.query.search.clear();
        self.tokens.list.query.guid.clear();
        self.tokens.filters = Filters { terms, ..Filters::default() };
        self.tokens.renew_dates(shared);
        self.tokens.reload(shared);
    }
}

impl Model {
    /// Opens it in place of help or messages; they have nothing to lose.
    pub(super) fn open_line(&mut self) {
        self.layers.clear();
        self.layers.push(CommandLine::default());
    }

    fn line_mut(&mut self) -> Option<&mut CommandLine> {
        self.layers.top_mut()
    }

    pub(super) fn on_line_key(&mut self, key: Key) {
        let letter = |c| key == Key::control(c);
        match key.code() {
            KeyCode::Enter => self.submit(),
            KeyCode::Esc => {
                self.layers.pop();
            }
            KeyCode::Tab => self.complete(true),
            KeyCode::BackTab => self.complete(false),
            KeyCode::Up => self.recall_line(true),
            KeyCode::Down => self.recall_line(false),
            _ if letter('p') => self.recall_line(true),
            _ if letter('n') => self.recall_line(false),
            // As in vi and less, deleting from an empty line leaves it.
            KeyCode::Backspace if self.line_mut().is_some_and(|l| l.input.value().is_empty()) => {
                self.layers.pop();
            }
            _ => {
                if let Some(line) = self.line_mut()
                    && line::take(&mut line.input, key)
                {
                    line.changed();
                    // Of a part more may be to come.
                    let leak = leak::find(line.input.value());
                    if let Some(leak) = leak.filter(|leak| !matches!(leak, Leak::Part(_))) {
                        self.layers.pop();
                        self.look_for_leak(leak);
                    }
                }
            }
        }
    }

    /// A pasted line is typed, never run.
    pub(super) fn paste_into_line(&mut self, text: &str) {
        let leaks = leak::pasted(text);
        if !leaks.is_empty() {
            self.layers.pop();
            return self.look_for_leaks(&leaks);
        }
        if let Some(line) = self.line_mut() {
            line::paste(&mut line.input, text.trim());
            line.changed();
        }
    }

    fn complete(&mut self, on: bool) {
        let Some(line) = self.line_mut() else { return };
        let typed = line.typed().to_owned();
        let lines: Vec<_> =
            prompt::offers(&typed, &self.seen()).into_iter().map(|offer| offer.line).collect();
        if let Some(line) = self.line_mut() {
            line.complete(&lines, on);
        }
    }

    fn recall_line(&mut self, older: bool) {
        if let Some(line) = self.layers.top_mut::<CommandLine>() {
            line.recall(&self.shared.state.history, older);
        }
    }

    /// Does what the line asks for; where it can't be read it stays, with the reason.
    fn submit(&mut self) {
        let Some(line) = self.line_mut() else { return };
        let text = line.input.value().trim().to_owned();
        if text.is_empty() {
            self.layers.pop();
            return;
        }
        if let Some(leak) = leak::find(&text) {
            self.layers.pop();
            return self.look_for_leak(leak);
        }
        match prompt::parse(&text, &self.seen()) {
            Err(error) => {
                // In the messages too, where it stays to be read.
                self.say(Kind::Refused, format!(":{text}: {error}"));
                if let Some(line) = self.line_mut() {
                    line.error = Some(error);
                }
            }
            Ok(wish) => {
                self.layers.pop();
                self.remember(Change::Line(text));
                self.fulfil(wish);
            }
        }
    }

    fn fulfil(&mut self, wish: Wish) {
        let lack = wish.ability().and_then(|ability| self.session.abilities.refusal(ability));
        if let Some(lack) = lack.map(str::to_owned) {
            self.say(Kind::Refused, lack);
            return;
        }
        match wish {
            Wish::Run(command) => match prompt::out_of_place(command, &self.seen()) {
                Some(reason) => {
                    self.say(Kind::Refused, reason);
                }
                None => self.run(command),
            },
            Wish::List(kind) => self.show_list(kind),
            Wish::Leave => self.leave(),
            Wish::Sort(sort) => {
                self.screens.back_to_list(&self.shared);
                self.screens.tokens.set_sort(&mut self.shared, sort);
            }
            Wish::Filter(terms) => self.screens.narrow(&mut self.shared, terms),
            Wish::Account(account) => self.choose_account(account),
            Wish::Backend(name) => self.switch_to(&name),
            Wish::Export(path) => self.screens.export(&mut self.shared, path),
            Wish::Theme(name) => {
                self.theme = self.options.themes.named(&name, self.options.color);
                if !self.options.color {
                    self.say(Kind::Info, "NO_COLOR is set: no theme has colours");
                }
            }
        }
    }
}
