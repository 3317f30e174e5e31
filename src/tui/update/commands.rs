//! What each command does: what lies on top is asked, then the screen, then this table of what
//! is the same everywhere. Where a command can't be used now, it says why instead.

use crate::domain::{EntryKind, HolderVerb};
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layers::{Audit, CommandLine, Issue, JobList, TabChoice, UnconfirmedList};
use crate::tui::list_view::moves;
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::offer::Offer;
use crate::tui::pane;
use crate::tui::picker::{Picker, Subject};
use crate::tui::place::{Context, Cover, Outside, Place, Taken, Then};
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::screens::tokens::Tokens;
use crate::tui::search::SearchIn;
use crate::tui::shared::Shared;
use crate::tui::state::Change;
use crate::tui::update::base::Base;
use crate::tui::view;
use crate::wire::{Issued, TokenView};

impl Screens {
    /// Shows what exists before tokens can use it, or one list of it.
    fn show_catalog(&mut self, shared: &Shared, kind: Option<EntryKind>) {
        self.tokens_mut().hide(shared);
        self.at = Screen::Catalog;
        match kind {
            Some(kind) => self.shelf.turn_to_list(shared, kind),
            None => self.shelf.shelve(shared),
        }
    }

    /// Shows the details of a token, be it listed or not.
    fn show_token(&mut self, shared: &mut Shared, view: TokenView) {
        self.back_to_list(shared);
        self.close_user(shared);
        self.at = Screen::Tokens;
        self.tokens_mut().open_details_of(shared, view);
    }

    /// Shows the tokens of the account.
    fn show_tokens(&mut self, shared: &mut Shared) {
        self.back_to_list(shared);
        self.close_user(shared);
        self.at = Screen::Tokens;
        self.tokens_mut().reload(shared);
    }
}

impl Model {
    pub(super) fn run(&mut self, command: Command) {
        self.another_command(command);
        let seen = self.seen();
        if seen.offers(command) != Offer::Here {
            if let Some(reason) = seen.refusal(command) {
                self.say(Kind::Refused, reason);
            }
            return;
        }
        let scroll = self.screens.tokens().details.scroll;
        if self.on_top(|place, context| place.run(command, context)) == Taken::Here
            || self.on_screen(|screen, outside| screen.run(command, outside)) == Taken::Here
        {
            self.clamp_scroll();
            return self.tell_end_of_details(command, scroll);
        }
        match command {
            Command::Search => self.search_from_here(SearchIn::Name),
            Command::SearchGuid => self.search_from_here(SearchIn::Guid),
            Command::Tokens => {
                self.layers.close_screens();
                self.screens.show_tokens(&mut self.shared);
            }
            Command::Users => {
                self.layers.close_screens();
                self.screens.show_users(&mut self.shared);
            }
            Command::Catalog => self.show_catalog(None),
            Command::Audit => self.show_audit(),
            Command::Account => self.open_picker(Subject::Account),
            Command::Backend => self.open_picker(Subject::Backend),
            Command::PageSize => self.cycle_page_size(),
            Command::ChooseTabs => self.layers.push(TabChoice::open(&self.screens)),
            Command::CommandLine => {
                // In place of help or messages; they have nothing to lose.
                self.layers.retain(|place| place.cover() == Cover::Whole);
                self.layers.push(CommandLine::default());
            }
            Command::Cancel | Command::Back => self.back(),
            Command::Help => self.layers.toggle_help(),
            Command::Jobs => {
                self.layers.toggle(JobList::default());
                self.ask_jobs();
            }
            Command::Unconfirmed => self.layers.toggle(UnconfirmedList::default()),
            Command::Messages => self.layers.toggle_messages(),
            Command::Refresh => self.refresh(),
            Command::Repaint => self.put(Effect::Repaint),
            Command::Suspend => self.suspend(),
            Command::Quit => self.quit(),
            Command::Interrupt => self.interrupt(),
            // Of a place, which took it above; each says in `offers` what it has.
            _ => {}
        }
    }

    /// Asks the screen that is shown, and does what it wants done besides.
    pub(super) fn on_screen<T>(
        &mut self,
        ask: impl FnOnce(&mut dyn Base, &mut Outside<'_>) -> T,
    ) -> T {
        let (shared, over) = (&mut self.shared, &self.layers);
        let mut outside = Outside { shared, over, shown: true, then: Vec::new() };
        let said = ask(self.screens.shown_mut(), &mut outside);
        let then = outside.then;
        self.take_steps(then);
        said
    }

    /// Asks one screen after the other until one has it, whether it is shown or not.
    pub(super) fn on_each<T>(
        &mut self,
        mut ask: impl FnMut(&mut dyn Base, &mut Outside<'_>) -> Option<T>,
    ) -> Option<T> {
        let (shared, over) = (&mut self.shared, &self.layers);
        let mut outside = Outside { shared, over, shown: false, then: Vec::new() };
        let mut said = None;
        for (shown, screen) in self.screens.each() {
            outside.shown = shown;
            said = said.or_else(|| ask(screen, &mut outside));
        }
        let then = outside.then;
        self.take_steps(then);
        said
    }

    /// The same of the tokens, shown or not.
    pub(super) fn on_tokens(&mut self, ask: impl FnOnce(&mut Tokens, &mut Outside<'_>)) {
        let shown = self.screens.at == Screen::Tokens;
        let (shared, over) = (&mut self.shared, &self.layers);
        let mut outside = Outside { shared, over, shown, then: Vec::new() };
        ask(self.screens.tokens_mut(), &mut outside);
        let then = outside.then;
        self.take_steps(then);
    }

    /// A token is now like this; its new value is shown, where it got one (R112).
    pub(super) fn show_issued(&mut self, issued: Issued) {
        let Issued { token, value } = issued;
        self.on_tokens(|tokens, outside| tokens.take_changed(token.clone(), outside));
        if let Some(value) = value.filter(|_| !self.told_to_end) {
            let once = self.is_shown_once(&token);
            self.layers.push(Issue::new(Box::new(token), value, once));
            // Whoever was about to leave would leave without the value.
            self.leaving = false;
        }
    }

    pub(super) fn take_steps(&mut self, then: Vec<Then>) {
        for step in then {
            self.take_step(step, self.layers.len());
        }
    }

    /// Asks what lies on top, and does what it wants done besides.
    pub(super) fn on_top(
        &mut self,
        ask: impl FnOnce(&mut dyn Place, &mut Context<'_>) -> Taken,
    ) -> Taken {
        let top = self.layers.len().wrapping_sub(1);
        self.within(top, ask).unwrap_or(Taken::NotMine)
    }

    /// The same of what lies there; the lowest is the first.
    pub(super) fn within<T>(
        &mut self,
        at: usize,
        ask: impl FnOnce(&mut dyn Place, &mut Context<'_>) -> T,
    ) -> Option<T> {
        let mut place = self.layers.lift(at)?;
        let (shared, screens) = (&mut self.shared, &mut self.screens);
        let (pending, then) = (self.pending.as_slice(), Vec::new());
        let mut context = Context { shared, screens, under: &self.layers, pending, then };
        let said = ask(place.as_mut(), &mut context);
        let then = context.then;
        self.layers.lay(at, place);
        for step in then {
            self.take_step(step, at);
        }
        Some(said)
    }

    /// Tells everybody what happened: the screens, then what lies over them, the topmost first.
    pub(super) fn tell(&mut self, news: &News) {
        if matches!(news, News::Users) {
            self.screens.renew_viewed();
        }
        self.on_each(|screen, outside| -> Option<()> {
            screen.heed(news, outside);
            None
        });
        for at in (0..self.layers.len()).rev() {
            self.within(at, |place, context| place.heed(news, context));
        }
    }

    /// Does what the place there wants done.
    fn take_step(&mut self, step: Then, at: usize) {
        match step {
            Then::Close => drop(self.layers.lift(at)),
            Then::Run(command) => self.run(command),
            Then::Carry(deed) => self.carry_out(deed),
            Then::Copy(clip) => self.copy_clip(clip),
            Then::OrderAgain(number) => self.order_again(number),
            Then::ChooseAccount(account) => self.choose_account(account),
            Then::SwitchTo(name) => self.switch_to(&name),
            Then::Propose(verb) => {
                self.on_screen(|screen, outside| screen.run(command_for(verb), outside));
            }
            Then::Seek(leaks) => self.look_for_leaks(&leaks),
            Then::Fulfil(wish) => self.fulfil(wish),
            Then::Tell(news) => self.tell(&news),
            Then::Show(issued) => self.show_issued(*issued),
            Then::Begin(known) => self.connected(known),
            Then::Alone(place) => {
                self.layers.clear();
                self.layers.open(place);
            }
            Then::Offer(place) if self.layers.asks() => drop(place),
            Then::Open(place) | Then::Offer(place) => self.layers.open(place),
            Then::Build(build) => {
                let place = build(&self.seen());
                self.layers.open(place);
            }
            Then::FilterTrail(filters) => {
                if let Some(audit) = self.layers.find_mut::<Audit>() {
                    audit.narrow(&mut self.shared, *filters);
                }
            }
            Then::NarrowTrailTo(text) => {
                if let Some(audit) = self.layers.find_mut::<Audit>() {
                    audit.narrow_to(&mut self.shared, text);
                }
            }
            Then::OpenToken(view) => {
                self.layers.close_screens();
                self.screens.show_token(&mut self.shared, *view);
            }
            Then::OpenUser => self.screens.open_user(&mut self.shared),
            Then::Deliver(clip, step) => self.deliver(clip, step),
        }
    }

    /// Shows the audit trail in place of what can only be read.
    fn show_audit(&mut self) {
        self.screens.hide_values();
        self.layers.retain(|place| !place.gives_way());
        let audit = Audit::open(&mut self.shared);
        self.layers.push(audit);
    }

    /// Shows the catalogue in place of all else.
    pub(super) fn show_catalog(&mut self, kind: Option<EntryKind>) {
        self.layers.clear();
        self.screens.show_catalog(&self.shared, kind);
    }

    /// Opens a picker on the entry in force.
    pub(super) fn open_picker(&mut self, subject: Subject) {
        let picker = Picker::open(subject, &self.seen());
        self.layers.push(picker);
    }

    /// One step back: what lies on top, then the details.
    pub(super) fn back(&mut self) {
        let leave = |place: &mut dyn Place, context: &mut Context<'_>| {
            place.leave(context);
            Taken::Here
        };
        if self.on_top(leave) == Taken::Here || self.stay() {
            return;
        }
        if self.is_at_top() && self.stop_waiting() {
            return;
        }
        self.on_screen(|screen, outside| screen.leave(outside));
    }

    fn quit(&mut self) {
        if self.layers.is_empty() && self.screens.shown().is_at_top() {
            return self.leave();
        }
        self.back();
    }

    pub(super) fn refresh(&mut self) {
        self.link.reach.forget_told();
        for (shown, screen) in self.screens.each() {
            screen.refresh(&mut self.shared, shown);
        }
        if self.layers.is::<JobList>() {
            self.ask_jobs();
        }
        self.ask_who();
        self.read_back();
        if self.link.reach.signed_out {
            // The credential may be another by now.
            self.switch_to(&self.backends.open.clone());
        }
    }

    /// The next of the page sizes (R46). The cursor stays on its row.
    fn cycle_page_size(&mut self) {
        let size = self.options.page_size.next();
        self.options.page_size = size;
        self.settle();
        self.screens.shown_mut().fill(&mut self.shared);
        // The one of the settings is not remembered, so that they count again.
        let kept = Some(size).filter(|size| *size != self.configured_page_size);
        self.remember(Change::PageSize(kept));
    }

    /// The window or a page has another size.
    pub(super) fn settle(&mut self) {
        for (_, screen) in self.screens.each() {
            screen.settle(&mut self.shared);
        }
        self.clamp_scroll();
    }

    /// Says why a key that scrolls the details moved nothing.
    fn tell_end_of_details(&mut self, command: Command, before: usize) {
        let details = self.screens.at == Screen::Tokens
            && self.screens.tokens().focus == Focus::Details
            && self.layers.is_empty();
        let scroll = self.screens.tokens().details.scroll;
        if !details || !moves(command) || scroll != before {
            return;
        }
        let (height, lines) = pane::extent(&self.seen());
        self.mention(match scroll {
            0 if lines <= height => "All of the details is in sight",
            0 => "This is the start of the details",
            _ => "This is the end of the details",
        });
    }

    /// Keeps what scrolls within its text, after either changed.
    pub(super) fn clamp_scroll(&mut self) {
        self.on_top(|place, context| {
            place.settle(&context.seen());
            Taken::Here
        });
        let (height, lines) = pane::extent(&self.seen());
        let (rows, facts) = view::general_extent(&self.seen());
        let tokens = self.screens.tokens_mut();
        tokens.details.scroll = tokens.details.scroll.min(lines.saturating_sub(height));
        if let Some(viewed) = &mut tokens.viewed {
            viewed.scroll = viewed.scroll.min(facts.saturating_sub(rows));
        }
    }
}

/// The command that does this for users.
fn command_for(verb: HolderVerb) -> Command {
    match verb {
        HolderVerb::Request => Command::New,
        HolderVerb::Remove => Command::Delete,
        HolderVerb::Cancel => Command::CancelRequests,
        HolderVerb::Generate => Command::GenerateExport,
    }
}
