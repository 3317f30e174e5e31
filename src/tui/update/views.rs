//! Views: what a list shows, kept under a name. One that is gone to is left again by a step
//! back, to what was shown before.

use crate::backend::Answer;
use crate::domain::view::{SavedView, Views, view_named};
use crate::text::counted;
use crate::tui::call::Call;
use crate::tui::columns;
use crate::tui::command::Command;
use crate::tui::filters::{self, Filters};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::picker::{Picker, Subject, ViewChoice};
use crate::tui::reply::CountedViews;
use crate::tui::screens::tokens::{BeforeView, Tokens};
use crate::tui::shared::Shared;

impl Tokens {
    /// Shows what a view does; what was shown is gone back to.
    fn enter_view(&mut self, shared: &mut Shared, view: &SavedView) {
        let filters = Filters { terms: view.terms(), ..Filters::default() };
        let before = self.before_view.take().unwrap_or_else(|| {
            Box::new(BeforeView {
                query: self.list.query.clone(),
                filters: self.filters.clone(),
                columns: shared.state.columns.clone(),
                row: self.list.id.clone(),
                of_view: Filters::default(),
            })
        });
        self.before_view = Some(Box::new(BeforeView { of_view: filters.clone(), ..*before }));
        self.filters = filters;
        self.list.query.search.clear();
        self.list.query.guid.clear();
        if !view.sort.is_empty() {
            self.list.query.sort.clone_from(&view.sort);
        }
        if !view.columns.is_empty() {
            // For now: it is not what the next run begins with.
            shared.state.columns = Some(columns::tidy(&view.columns));
            self.scrolled = 0;
        }
        self.list.id = None;
        self.renew_dates(shared);
        self.reload(shared);
    }

    /// Goes back to what was shown before a view; says whether it is one that is shown.
    pub(super) fn leave_view(&mut self, shared: &mut Shared) -> bool {
        let Some(before) = self.before_view.take() else { return false };
        if self.filters != before.of_view {
            return false;
        }
        let BeforeView { query, filters, columns, row, .. } = *before;
        self.list.id = row;
        self.list.query.search = query.search;
        self.list.query.guid = query.guid;
        self.list.query.sort = query.sort;
        self.filters = filters;
        shared.state.columns = columns;
        self.scrolled = 0;
        self.renew_dates(shared);
        self.reload(shared);
        true
    }
}

impl Model {
    /// Shows what the view of that name does.
    pub(super) fn show_view(&mut self, name: &str) {
        let view = match view_named(&self.views, name) {
            Ok(view) => view,
            Err(why) => return self.say(Kind::Refused, why),
        };
        self.screens.back_to_list(&self.shared);
        self.screens.tokens_mut().enter_view(&mut self.shared, &view);
        let back = self.keymap.first_key_of(Command::Back);
        self.say(Kind::Info, format!("View {name}; {back} goes back to what was shown"));
    }

    /// Keeps what is shown under a name.
    pub(super) fn save_view(&mut self, name: String) {
        let tokens = self.screens.tokens();
        let filter = filters::terms_of(&tokens.list.query, &tokens.filters, &self.catalogue);
        let (sort, columns) = (tokens.list.query.sort.clone(), self.columns());
        let view = SavedView { filter, sort, columns };
        self.ask(Call::KeepView(name, Some(view)));
    }

    /// Takes a view away.
    pub(super) fn remove_view(&mut self, name: String) {
        self.ask(Call::KeepView(name, None));
    }

    /// Asks for all of them, to choose one.
    pub(super) fn list_views(&mut self) {
        let account = self.shared.account;
        self.ask(Call::Views(account));
    }

    pub(super) fn views_counted(&mut self, result: Answer<CountedViews>) {
        let CountedViews { own, all } = match result {
            Ok(views) => views,
            Err(error) => return self.failed("read the views", &error),
        };
        self.views = own;
        if self.layers.asks() {
            return;
        }
        let choice = |(name, view, count): (String, SavedView, Result<usize, String>)| {
            let count = count.map_or_else(|why| why, |count| counted(count, "token"));
            ViewChoice { name, count, terms: view.filter }
        };
        let choices = all.into_iter().map(choice).collect();
        let picker = Picker::open(Subject::Views(choices), &self.seen());
        self.layers.push(picker);
    }

    pub(super) fn view_kept(&mut self, name: &str, is_saved: bool, result: Answer<Views>) {
        match result {
            Ok(views) => {
                self.views = views;
                let done = if is_saved { "saved" } else { "removed" };
                self.say(Kind::Ok, format!("View {name} {done}"));
            }
            Err(error) => self.failed("keep the view", &error),
        }
    }
}
