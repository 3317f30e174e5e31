//! What each command does. Where it can't be used now, it says why instead.

use crate::domain::Verb;
use crate::tui::availability::disabled_reason;
use crate::tui::clipboard::What;
use crate::tui::command::Command;
use crate::tui::deed::Exit;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::jobs::Control;
use crate::tui::model::{Model, SearchIn};
use crate::tui::notice::Kind;
use crate::tui::overlay::{Overlay, Terms};
use crate::tui::picker::Subject;
use crate::tui::screen::Screen;
use crate::tui::selection::Marking;

impl Model {
    #[expect(clippy::too_many_lines, reason = "it is a table: a line for each command")]
    pub(super) fn run(&mut self, command: Command) {
        self.another_command(command);
        if let Some(reason) = disabled_reason(command, self) {
            self.say(Kind::Refused, reason);
            return;
        }
        self.leave_menu_for(command);
        if self.run_in_users(command) || self.run_in_catalog(command) {
            return;
        }
        match command {
            Command::Down
            | Command::Up
            | Command::Top
            | Command::Bottom
            | Command::HalfDown
            | Command::HalfUp
            | Command::PageDown
            | Command::PageUp => self.move_by(command),
            Command::NextPage => self.screens.tokens.turn_page(&mut self.shared, true),
            Command::PreviousPage => self.screens.tokens.turn_page(&mut self.shared, false),
            Command::FirstPage => self.screens.tokens.go_to(&mut self.shared, 0),
            Command::LastPage => self.screens.tokens.go_to_last_page(&mut self.shared),
            Command::Search => self.search_from_here(SearchIn::Name),
            Command::SearchGuid => self.search_from_here(SearchIn::Guid),
            Command::Filters => self.open_filters(),
            Command::ClearFilters => self.clear_filters(),
            Command::Sort => self.open_picker(Subject::Sort),
            Command::Columns => self.open_picker(Subject::Columns),
            Command::Tokens => self.show_tokens(),
            Command::Users => self.show_users(),
            Command::Catalog => self.show_catalog(),
            Command::Account => self.open_picker(Subject::Account),
            Command::Backend => self.open_picker(Subject::Backend),
            Command::ColumnsLeft => self.screens.tokens.scroll_columns(&self.shared, false),
            Command::ColumnsRight => self.screens.tokens.scroll_columns(&self.shared, true),
            Command::Tick => self.tick(),
            Command::Take => self.take(),
            Command::ClearField => self.clear_field(),
            Command::NextField => self.go_to_field(true),
            Command::PreviousField => self.go_to_field(false),
            Command::Find => self.find_entry(),
            Command::ClosePicker => self.close_picker(),
            Command::PageSize => self.cycle_page_size(),
            Command::Open => self.screens.tokens.open_details(&mut self.shared),
            Command::Select => self.select(),
            Command::SelectRange => self.select_range(),
            Command::SelectAll => self.mark(Marking::All),
            Command::InvertSelection => self.mark(Marking::Invert),
            Command::ClearSelection => self.screens.tokens.select_none(),
            Command::More => self.open_menu(),
            Command::New => {
                let owner = self.screens.tokens.viewed().map(|viewed| viewed.user.user.id);
                self.open_new_token(owner);
            }
            Command::Edit => self.open_edit(),
            Command::Clone => self.open_clone(),
            Command::Save => self.save_form(),
            Command::NextInput => self.step_in_form(true),
            Command::PreviousInput => self.step_in_form(false),
            Command::NextSection => self.turn_form(true),
            Command::PreviousSection => self.turn_form(false),
            Command::NewGuid => self.new_guid(),
            Command::CopyFormGuid => self.copy_form_guid(),
            Command::ToggleEnabled => self.confirm_switch(),
            Command::Enable => self.confirm_verb(Verb::Enable),
            Command::Disable => self.confirm_verb(Verb::Disable),
            Command::Regenerate => self.confirm(Verb::Regenerate),
            Command::ToggleValue => self.screens.tokens.toggle_value(&mut self.shared),
            Command::Accept => self.accept(),
            // Only the Users and Catalog screens have them, which took them above.
            Command::CancelRequests
            | Command::GenerateExport
            | Command::NextList
            | Command::PreviousList => {}
            Command::Revoke => self.confirm_verb(Verb::Revoke),
            Command::RevokeAll => self.confirm_revoke_all(),
            Command::Delete => self.confirm_verb(Verb::Delete),
            Command::DropOld => self.confirm(Verb::DropOld),
            Command::ChooseTabs => self.choose_tabs(),
            Command::ToggleTab => self.toggle_tab(),
            Command::CommandLine => self.open_line(),
            Command::CopyGuid => self.copy(What::Guid),
            Command::CopyValue => self.copy(What::Value),
            Command::CopyEndpoint => self.copy(What::Endpoint),
            Command::NextTab => self.screens.tokens.go_to_tab(&mut self.shared, true),
            Command::PreviousTab => self.screens.tokens.go_to_tab(&mut self.shared, false),
            Command::PreviousButton => self.step_button(false),
            Command::NextButton => self.step_button(true),
            Command::PreviousChoice => self.choose(|terms| terms.choose(false)),
            Command::NextChoice => self.choose(|terms| terms.choose(true)),
            Command::OtherField => self.choose(Terms::turn),
            Command::Press => self.press(),
            Command::Cancel | Command::Back => self.back(),
            Command::Help => self.toggle_reader(Overlay::Help { scroll: 0 }),
            Command::Jobs => self.toggle_jobs(),
            Command::OpenReport => self.ask_report(),
            Command::ResumeJob => self.confirm_resume(),
            Command::StopJob => self.steer_job(Control::Stop),
            Command::AbandonJob => self.confirm_abandon(),
            Command::Unconfirmed => self.toggle_unconfirmed(),
            Command::Retry => self.retry(),
            Command::Insist => self.insist(),
            Command::Dismiss => self.ask_to_dismiss(),
            Command::Messages => self.toggle_reader(Overlay::Messages { scroll: 0 }),
            Command::Refresh => self.refresh(),
            Command::Repaint => self.put(Effect::Repaint),
            Command::Suspend => self.suspend(),
            Command::Quit => self.quit(),
            Command::Interrupt => self.interrupt(),
        }
    }

    /// Shows the tokens of the account.
    fn show_tokens(&mut self) {
        self.back_to_list();
        self.screens.tokens.close_user(&self.shared);
        self.screens.at = Screen::Tokens;
        self.screens.tokens.reload(&mut self.shared);
    }

    /// Opens help or messages, closes it where it is open, and replaces the other.
    pub(super) fn toggle_reader(&mut self, reader: Overlay) {
        let open = self.overlays.pop();
        let same = open
            .is_some_and(|open| std::mem::discriminant(&open) == std::mem::discriminant(&reader));
        if !same {
            self.overlays.push(reader);
        }
    }

    /// One step back: what lies on top, then the details.
    pub(super) fn back(&mut self) {
        if let Some(Overlay::Issue(_)) = self.overlays.last() {
            return self.leave_issue(Exit::Close);
        }
        if self.overlays.is_empty() && self.stay() {
            return;
        }
        if self.is_at_top() && self.stop_waiting() {
            return;
        }
        if self.overlays.is_empty() && self.form.is_some() {
            return self.close_form();
        }
        if self.overlays.is_empty() && self.screens.tokens.selection.range.take().is_some() {
            return;
        }
        if self.overlays.pop().is_some() {
            return;
        }
        if self.screens.tokens.focus == Focus::Details {
            self.screens.tokens.leave_details(&self.shared);
            // It may have shown a token that is no row of the list.
            return self.screens.tokens.follow_later(&mut self.shared);
        }
        self.back_to_users();
    }

    fn quit(&mut self) {
        if self.overlays.is_empty()
            && self.screens.tokens.focus == Focus::List
            && self.screens.tokens.viewed().is_none()
        {
            return self.leave();
        }
        self.back();
    }

    fn refresh(&mut self) {
        self.screens.tokens.renew_dates(&self.shared);
        self.link.reach.forget_told();
        self.screens.tokens.reload(&mut self.shared);
        self.screens.tokens.list.announced = self.screens.at == Screen::Tokens;
        self.reload_shown_users();
        self.screens.users.list.announced = self.screens.at == Screen::Users;
        self.screens.tokens.ask_events(&mut self.shared);
        if matches!(self.overlays.last(), Some(Overlay::Jobs { .. })) {
            self.ask_jobs();
        }
        self.ask_who();
        self.read_back();
        self.screens.shelf.announced = self.screens.at == Screen::Catalog;
        if self.link.reach.signed_out {
            // The credential may be another by now.
            self.switch_to(&self.backends.open.clone());
        }
    }

    fn step_button(&mut self, right: bool) {
        match self.overlays.last_mut() {
            Some(Overlay::Confirm(dialog)) => dialog.step(right),
            Some(Overlay::Issue(issue)) => {
                issue.button = if right { Exit::Close } else { Exit::Details };
            }
            _ => {}
        }
    }
}
