//! What every place may know and use: the settings, who is at work, what exists, the line
//! to the backend, the messages, and the outbox. It knows no screen.

use std::collections::BTreeSet;

use crate::domain::{AccountFilter, Catalogue, Time, TokenId};
use crate::wire::Session;

use super::backends::Choices;
use super::effect::Effect;
use super::glyphs::Glyphs;
use super::jobs::Jobs;
use super::keymap::Keymap;
use super::link::Link;
use super::moment::Moment;
use super::notice::Notices;
use super::options::{Options, PageSize};
use super::screen::Screen;
use super::state::{Unkept, ViewState};
use super::theme::Theme;
use super::unconfirmed::{Unconfirmed, Warned};
use super::update::copy::Copied;

/// What every place may know.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) options: Options,
    /// The page size of the settings; that of the options may be the operator's.
    pub(super) configured_page_size: PageSize,
    pub(super) keymap: Keymap,
    pub(super) theme: Theme,
    pub(super) glyphs: Glyphs,
    /// The backends there are.
    pub(super) backends: Choices,
    /// The line to the open one.
    pub(super) link: Link,
    pub(super) session: Session,
    pub(super) catalogue: Catalogue,
    /// The account that is looked at.
    pub(super) account: AccountFilter,
    /// The moment of the latest message.
    pub(super) now: Moment,
    /// The backend's clock as it was last told, and when that was.
    pub(super) told: (Time, Moment),
    pub(super) size: (u16, u16),
    pub(super) notices: Notices,
    /// Tokens with a change under way.
    pub(super) acting: BTreeSet<TokenId>,
    /// Changes that are not known to be done, of every backend of this run.
    pub(super) unconfirmed: Vec<Unconfirmed>,
    /// How far the operator was warned of leaving with them open.
    pub(super) warned: Warned,
    /// Bulk work.
    pub(super) jobs: Jobs,
    /// Whether the backend is being asked who is at work and what exists.
    pub(super) asking_who: bool,
    /// What is remembered between runs.
    pub(super) state: ViewState,
    /// What of it is still to be written.
    pub(super) unkept: Unkept,
    /// Whether the program ends as soon as nothing is under way.
    pub(super) leaving: bool,
    /// What copying has to remember.
    pub(super) copied: Copied,
    /// Whether the system wants it to end, so that nobody can be asked any more.
    pub(super) told_to_end: bool,
    /// When Ctrl-c was pressed.
    pub(super) interrupted: Option<Moment>,
    /// What is to be done outside, in its order.
    pub(super) outbox: Vec<Effect>,
}

impl Shared {
    /// What is known at the start.
    pub(super) fn new(options: Options, session: Session, catalogue: Catalogue) -> Self {
        let mut link = Link::default();
        link.reach.read(Screen::Catalog, Some(session.now));
        Self {
            keymap: options.keymap.clone(),
            theme: options.themes.named(&options.theme, options.color),
            glyphs: Glyphs::new(options.unicode),
            told: (session.now, Moment::default()),
            configured_page_size: options.page_size,
            options,
            backends: Choices::default(),
            link,
            session,
            catalogue,
            account: AccountFilter::Any,
            now: Moment::default(),
            size: (0, 0),
            notices: Notices::default(),
            acting: BTreeSet::new(),
            unconfirmed: Vec::new(),
            warned: Warned::No,
            jobs: Jobs::default(),
            asking_who: false,
            state: ViewState::default(),
            unkept: Unkept::default(),
            leaving: false,
            copied: Copied::default(),
            told_to_end: false,
            interrupted: None,
            outbox: Vec::new(),
        }
    }
}
