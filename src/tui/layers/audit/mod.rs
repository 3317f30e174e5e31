//! The audit trail of everything: who did what, when and to what, newest first. Only a
//! stretch of it is in memory, and more is asked for as the cursor goes.
//!
//! ```text
//!  Audit trail                                         local  rosa Superadmin  57 events
//!  action:revoked  since:30d
//!    TIME              BY              ACTION        ON
//! >  2026-03-09 20:22  Ada Admin       revoked       robot-9 TKN-1000-0009
//!                                               <  1-2 of 2  page 1/1  auto  >
//! --[Event 57]-------------------------------------------------------------------
//!  revoked  robot-9 TKN-1000-0009
//!  ...
//! ```

mod draw;
mod event;
mod meant;
mod on_what;
mod parts;

use std::path::Path;

use ratatui::Frame;

use crate::backend::event_file::EventForm;
use crate::domain::{Role, Subject};
use crate::text::safe_line;
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::focus::Focus;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::list::List;
use crate::tui::list_view::{moves, target};
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::offer::Offer;
use crate::tui::orders::{Anchor, EventSheet, Stretch};
use crate::tui::picker::{EventDraft, Picker, Subject as Choosing};
use crate::tui::place::{Context, Cover, Place, Seen, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::tui::trail::EventFilters;
use crate::wire::{EventPage, EventQuery, EventView, TokenView};

use meant::{Meant, meant, token};
use on_what::OnWhat;

/// The audit trail of everything.
#[derive(Debug, Default)]
pub(in crate::tui) struct Audit {
    list: List<EventQuery, EventPage>,
    filters: EventFilters,
    /// Which pane has the keys.
    focus: Focus,
    /// Lines of the details that are scrolled off.
    scroll: usize,
    /// Whether a stretch is under way.
    asking: bool,
}

impl Audit {
    /// The trail from its newest event, which is asked for.
    pub(in crate::tui) fn open(shared: &mut Shared) -> Self {
        let mut audit = Self::default();
        audit.load(shared, Anchor::Newest);
        audit
    }

    /// Lists what these find.
    pub(in crate::tui) fn narrow(&mut self, shared: &mut Shared, filters: EventFilters) {
        self.list.query = filters.query(shared.wall());
        self.filters = filters;
        self.focus = Focus::List;
        self.load(shared, Anchor::Newest);
    }

    /// Lists what was done to the record of that id or name; without one, to any.
    pub(in crate::tui) fn narrow_to(&mut self, shared: &mut Shared, text: String) {
        let on = match meant(&shared.catalogue, &text) {
            Meant::Nothing => None,
            Meant::Record(named) => Some(named),
            Meant::Several(why) => return shared.say(Kind::Refused, why),
            Meant::PerhapsToken => {
                shared.ask(Call::NameSubject(text));
                return;
            }
        };
        self.narrow(shared, EventFilters { on, ..self.filters.clone() });
    }

    /// What of it goes into a file: all that is listed, with what proves it where the
    /// operator may have that.
    pub(in crate::tui) fn sheet(&self, path: &Path, shared: &Shared) -> EventSheet {
        let proof = shared.session.operator.role == Role::Superadmin;
        EventSheet { path: path.to_owned(), query: EventQuery { proof, ..self.list.query.clone() } }
    }

    fn load(&mut self, shared: &mut Shared, anchor: Anchor) {
        let span = self.sight(shared).span();
        let query = self.list.query.clone();
        self.asking = true;
        shared.ask(Call::Trail(Box::new(Stretch { query, anchor, span })));
    }

    /// The event around which the next stretch lies: the one under the cursor, or of those in
    /// memory the nearest.
    fn anchor(&self) -> Anchor {
        let at = |view: Option<&EventView>| {
            view.map_or(Anchor::Newest, |view| Anchor::At(view.event.sequence))
        };
        let last = self.list.total().saturating_sub(1);
        match self.list.current() {
            _ if self.list.is_outdated() || self.list.cursor == 0 => Anchor::Newest,
            Some(view) => at(Some(view)),
            None if self.list.cursor >= last => Anchor::Oldest,
            None if self.list.cursor < self.list.page.offset => at(self.list.rows().first()),
            None => at(self.list.rows().last()),
        }
    }

    /// Asks for rows on screen that are not in memory.
    fn fill(&mut self, shared: &mut Shared) {
        if !self.asking && self.list.lacks_rows(self.sight(shared)) {
            self.load(shared, self.anchor());
        }
    }

    fn move_by(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        if self.focus == Focus::Details {
            let (height, lines) = self.extent(context.shared);
            let last = lines.saturating_sub(height);
            let to = target(command, self.scroll, height.max(1), last);
            return to.map_or(Taken::NotMine, |to| {
                self.scroll = to;
                Taken::Here
            });
        }
        let sight = self.sight(context.shared);
        if !self.list.move_by(command, sight) {
            return Taken::NotMine;
        }
        self.scroll = 0;
        self.fill(context.shared);
        Taken::Here
    }

    /// The details of the event under the cursor; from there, its token.
    fn enter(&mut self, shared: &mut Shared) {
        let Some(view) = self.list.current() else { return };
        match (self.focus, &view.event.subject) {
            (Focus::List, _) => {
                self.focus = Focus::Details;
                self.scroll = 0;
                let sight = self.sight(shared);
                self.list.settle(sight);
            }
            (Focus::Details, Subject::Token(id)) => {
                shared.ask(Call::OpenSubject(id.clone()));
            }
            (Focus::Details, _) => {}
        }
    }

    /// Why Enter does nothing here, where that is so.
    fn without_way(&self) -> Option<String> {
        let Some(view) = self.list.current() else { return Some("No event here".to_owned()) };
        match (self.focus, &view.event.subject) {
            (Focus::List, _) | (Focus::Details, Subject::Token(_)) => None,
            (Focus::Details, subject) => {
                Some(safe_line(&format!("No token to go to: it was done to {subject}")))
            }
        }
    }

    fn filter_draft(&self, seen: &Seen<'_>) -> Picker {
        let draft = EventDraft::of(&self.filters, self.list.current());
        Picker::open(Choosing::Events(Box::new(draft)), seen)
    }
}

impl Place for Audit {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::List, Scope::Move, Scope::Global]
    }

    fn cover(&self) -> Cover {
        Cover::Whole
    }

    fn called(&self) -> &'static str {
        "the audit trail"
    }

    fn help(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("find", "what was done to one record: its id, GUID or name"),
            ("filters", "by whom, to what, which actions, since and until"),
            ("details", "all that is known of the event; again goes to its token"),
            (":export", "FILE.csv or FILE.jsonl: the events listed, oldest first"),
        ]
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        match command {
            Command::Audit | Command::Search | Command::SearchGuid | Command::Filters => {
                Offer::Here
            }
            Command::ClearFilters => {
                let none = self.filters == EventFilters::default();
                Offer::unless(none.then(|| "No filter is set".to_owned()))
            }
            Command::Open => Offer::unless(self.without_way()),
            command => Offer::of(moves(command)),
        }
    }

    /// The lists under it have no part in it.
    fn passes(&self, command: Command, _seen: &Seen<'_>) -> bool {
        command.row().scope == Scope::Global
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        match command {
            Command::Audit => {}
            Command::Search | Command::SearchGuid => {
                context.then.push(Then::Open(Box::new(OnWhat::default())));
            }
            Command::Filters => {
                let picker = self.filter_draft(&context.seen());
                context.then.push(Then::Open(Box::new(picker)));
            }
            Command::ClearFilters => self.narrow(context.shared, EventFilters::default()),
            Command::Open => self.enter(context.shared),
            command => return self.move_by(command, context),
        }
        Taken::Here
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        match self.focus {
            Focus::List => context.then.push(Then::Close),
            Focus::Details => {
                self.focus = Focus::List;
                self.scroll = 0;
                let sight = self.sight(context.shared);
                self.list.settle(sight);
            }
        }
    }

    fn settle(&mut self, seen: &Seen<'_>) {
        let sight = self.sight(seen.shared);
        self.list.settle(sight);
        let (height, lines) = self.extent(seen.shared);
        self.scroll = self.scroll.min(lines.saturating_sub(height));
    }

    fn answer(&mut self, answered: Answered, context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        let Context { shared, then, .. } = context;
        match call {
            Call::Trail(_) => {
                self.asking = false;
                match answer::<EventPage>(result) {
                    Ok(page) => {
                        let (sight, total) = (self.sight(shared), page.total);
                        self.list.take(page, total, sight);
                        self.list.put_in_words(self.filters.words(&shared.catalogue));
                        self.fill(shared);
                    }
                    Err(error) => {
                        self.list.give_up(&error.to_string());
                        shared.unread("read the audit trail", &error);
                    }
                }
            }
            Call::NameSubject(_) => match answer::<Box<TokenView>>(result) {
                Ok(view) => {
                    let on = Some(token(&view));
                    self.narrow(shared, EventFilters { on, ..self.filters.clone() });
                }
                Err(error) => shared.say(Kind::Refused, safe_line(&error.to_string())),
            },
            Call::OpenSubject(id) => match answer(result) {
                Ok(view) => then.push(Then::OpenToken(view)),
                Err(error) => shared.failed(&format!("go to {id}"), &error),
            },
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn heed(&mut self, news: &News, context: &mut Context<'_>) {
        match news {
            News::Known | News::Ended(_) | News::Written => {
                self.load(context.shared, self.anchor());
            }
            News::Tokens | News::Users | News::Token(_) | News::Gone(_) | News::Jobs => {}
        }
    }

    fn may_write(&self, path: &Path) -> Option<Result<(), String>> {
        Some(EventForm::of(path).map(drop))
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let named =
            |command, word: &str| Hint { word: word.to_owned(), ..hints::hint(seen, command) };
        let open = if self.focus == Focus::List { "details" } else { "its token" };
        let mut hints = hints::usable(seen, [Command::Help]);
        hints.extend([
            named(Command::Open, open),
            named(Command::Search, "to what"),
            named(Command::Filters, "filter"),
        ]);
        if self.filters != EventFilters::default() {
            hints.push(named(Command::ClearFilters, "clear"));
        }
        hints.extend(hints::usable(seen, [Command::CommandLine]));
        hints.push(named(Command::Back, "back"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
