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
            Command::NextPage => self.turn_page(true),
            Command::PreviousPage => self.turn_page(false),
            Command::FirstPage => self.go_to(0),
            Command::LastPage => self.go_to_last_page(),
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
            Command::ColumnsLeft => self.scroll_columns(false),
            Command::ColumnsRight => self.scroll_columns(true),
            Command::Tick => self.tick(),
            Command::Take => self.take(),
            Command::ClearField => self.clear_field(),
            Command::NextField => self.go_to_field(true),
            Command::PreviousField => self.go_to_field(false),
            Command::Find => self.find_entry(),
            Command::ClosePicker => self.close_picker(),
            Command::PageSize => self.cycle_page_size(),
            Command::Open => self.open_details(),
            Command::Select => self.select(),
            Command::SelectRange => self.select_range(),
            Command::SelectAll => self.mark(Marking::All),
            Command::InvertSelection => self.mark(Marking::Invert),
            Command::ClearSelection => self.select_none(),
            Command::More => self.open_menu(),
            Command::New => {
                let owner = self.viewed().map(|viewed| viewed.user.user.id);
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
            Command::ToggleValue => self.toggle_value(),
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
            Command::NextTab => self.go_to_tab(true),
            Command::PreviousTab => self.go_to_tab(false),
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
        self.close_user();
        self.screen = Screen::Tokens;
        self.reload();
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
        if self.overlays.is_empty() && self.selection.range.take().is_some() {
            return;
        }
        if self.overlays.pop().is_some() {
            return;
        }
        if self.focus == Focus::Details {
            self.leave_details();
            // It may have shown a token that is no row of the list.
            return self.follow_later();
        }
        self.back_to_users();
    }

    fn quit(&mut self) {
        if self.overlays.is_empty() && self.focus == Focus::List && self.viewed().is_none() {
            return self.leave();
        }
        self.back();
    }

    fn refresh(&mut self) {
        self.renew_dates();
        self.link.reach.forget_told();
        self.reload();
        self.list.announced = self.screen == Screen::Tokens;
        self.reload_shown_users();
        self.users.list.announced = self.screen == Screen::Users;
        self.ask_events();
        if matches!(self.overlays.last(), Some(Overlay::Jobs { .. })) {
            self.ask_jobs();
        }
        self.ask_who();
        self.read_back();
        self.shelf.announced = self.screen == Screen::Catalog;
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
