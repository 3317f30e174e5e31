//! What there is before a backend has answered for the first time: that it is asked, for how
//! long, why it could not be reached, and when it is asked again. Nothing else has a meaning
//! until it answers, but to go to another backend, and to leave.

mod draw;

use std::time::Duration;

use ratatui::Frame;

use crate::backend::{BackendError, Cause};
use crate::domain::Refusal;
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::deed::Deed;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::moment::Moment;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Cover, Place, Seen, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;

/// The pauses between tries, in seconds; the last goes on for ever.
const PAUSES: [u64; 6] = [1, 2, 4, 8, 15, 30];
const SECOND: Duration = Duration::from_secs(1);

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// It was asked then, and has not answered.
    Asked(Moment),
    /// It is asked again later.
    Paused {
        /// When.
        until: Moment,
        /// When there is another second to tell.
        tick: Moment,
        /// What the last try came to.
        why: String,
    },
    /// It does not know who asks: asking again would be the same, and count as an attack.
    NotSignedIn(String),
}

/// No backend has answered yet.
#[derive(Debug)]
pub(in crate::tui) struct Connecting {
    standing: Standing,
    /// How often it was asked.
    tries: usize,
}

impl Connecting {
    /// Asks it for the first time.
    pub(in crate::tui) fn begin(shared: &mut Shared) -> Self {
        let mut this = Self { standing: Standing::Asked(shared.now), tries: 0 };
        this.ask(shared);
        this
    }

    fn ask(&mut self, shared: &mut Shared) {
        self.tries += 1;
        self.standing = Standing::Asked(shared.now);
        shared.ask(Call::Who);
    }

    /// It could not be reached, or did not want to know.
    fn missed(&mut self, error: &BackendError, shared: &mut Shared) {
        let why = error.to_string();
        let unknown = error.cause == Cause::Refused(Refusal::NotSignedIn);
        shared.link.reach.signed_out = unknown;
        self.standing = if unknown {
            Standing::NotSignedIn(why)
        } else {
            let last = PAUSES.len() - 1;
            let pause = PAUSES.get(self.tries.saturating_sub(1).min(last)).copied().unwrap_or(30);
            let until = shared.now.after(Duration::from_secs(pause));
            Standing::Paused { until, tick: shared.now.after(SECOND), why }
        };
    }

    /// Asks now and not later. A credential may be another by now, so it is read anew where the
    /// one before was not known.
    fn hurry(&mut self, context: &mut Context<'_>) {
        match self.standing {
            Standing::Asked(_) => {}
            Standing::Paused { .. } => self.ask(context.shared),
            Standing::NotSignedIn(_) => {
                let open = context.shared.backends.open.clone();
                context.then.push(Then::SwitchTo(open));
            }
        }
    }
}

impl Place for Connecting {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Global]
    }

    fn cover(&self) -> Cover {
        Cover::Whole
    }

    fn gives_way(&self) -> bool {
        false
    }

    fn passes(&self, _command: Command, _seen: &Seen<'_>) -> bool {
        false
    }

    fn deadline(&self) -> Option<Moment> {
        match &self.standing {
            // The line to the backend counts these seconds.
            Standing::Asked(_) | Standing::NotSignedIn(_) => None,
            Standing::Paused { until, tick, .. } => Some(*until.min(tick)),
        }
    }

    fn due(&mut self, context: &mut Context<'_>) {
        let now = context.shared.now;
        match &mut self.standing {
            Standing::Paused { until, .. } if *until <= now => self.ask(context.shared),
            Standing::Paused { tick, .. } if *tick <= now => *tick = tick.after(SECOND),
            Standing::Asked(_) | Standing::Paused { .. } | Standing::NotSignedIn(_) => {}
        }
    }

    /// There is nothing under it; what is given up is another backend that is being opened.
    fn leave(&mut self, context: &mut Context<'_>) {
        context.shared.stay();
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(matches!(
            command,
            Command::Backend
                | Command::Refresh
                | Command::Help
                | Command::Messages
                | Command::Back
                | Command::Quit
        ))
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        match command {
            Command::Refresh => self.hurry(context),
            Command::Quit | Command::Interrupt => {
                context.then.push(Then::Carry(Deed::Quit));
            }
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    fn answer(&mut self, answered: Answered, context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        if call != Call::Who {
            return Some(Answered { ticket, call, result });
        }
        match answer(result) {
            Ok(known) => context.then.extend([Then::Close, Then::Begin(known)]),
            Err(error) => self.missed(&error, context.shared),
        }
        None
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let now = (!matches!(self.standing, Standing::Asked(_)))
            .then(|| Hint::new(seen.keymap.first_key_of(Command::Refresh), "try now"));
        let backend = Hint::new(seen.keymap.first_key_of(Command::Backend), "backend");
        let (help, quit) = ([Command::Help], [Command::Quit]);
        let hints = hints::usable(seen, help).into_iter().chain([backend]).chain(now);
        hints.chain(hints::usable(seen, quit)).collect()
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
