//! The loop: wait, take everything queued, draw once. No tick: a program that
//! nobody talks to sends no byte.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::Backend as Surface;
use ratatui::layout::Rect;
use tokio::sync::{mpsc, watch};

use crate::backend::{Answer, Backend};
use crate::domain::{Catalogue, Time};
use crate::tui::ticket::Ticket;
use crate::wire::Session;

use super::backends::BackendChoices;
use super::call::Call;
use super::clipboard::{Clip, Copying, Payload, Way};
use super::effect::Effect;
use super::input::{Input, Signal};
use super::memory::Memory;
use super::message::Msg;
use super::model::Model;
use super::moment::Moment;
use super::notice::Kind;
use super::options::Options;
use super::own::{OwnEnd, OwnRun};
use super::runtime::{self, Backends, Calls, Timer};
use super::view;

/// How many messages are taken before a frame is due in any case.
const BATCH: usize = 1024;

/// What the terminal can do besides being drawn on.
pub trait Host<B> {
    /// Gives the terminal back to the shell and stops; returns when resumed.
    fn suspend(&mut self, surface: &mut B) -> io::Result<()>;

    /// Gives the terminal to a program and takes it again when that has ended.
    fn lend(&mut self, surface: &mut B, run: &OwnRun) -> io::Result<OwnEnd>;

    /// Somebody else may have written to the terminal: what is known of it is void.
    fn forget(&mut self, surface: &mut B);

    /// Starts to copy a text; the answer says whether that went well.
    fn copy(&mut self, surface: &mut B, payload: Payload, way: Way) -> Copying;
}

/// Whether the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It does.
    Goes,
    /// The program is over.
    Over,
}

/// Whether anybody is there, at the other end of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TerminalLine {
    /// As far as is known.
    Up,
    /// It hung up, so nothing is drawn any more.
    Gone,
    /// No input will ever come again, either.
    Closed,
}

/// Where the program gets its inputs, its time and its terminal from.
pub struct Surroundings<B: Surface, T, H> {
    /// What is drawn on.
    pub terminal: Terminal<B>,
    /// What comes in.
    pub inputs: mpsc::Receiver<Input>,
    /// The monotonic clock.
    pub timer: T,
    /// What the terminal can do besides.
    pub host: H,
    /// What keeps the view state between runs.
    pub memory: Arc<dyn Memory>,
    /// The backends to go to.
    pub backends: Arc<dyn Backends>,
}

/// The program on some terminal: the real one, or a test's.
pub struct Program<B: Surface, T, H> {
    model: Model,
    outside: Surroundings<B, T, H>,
    calls: Calls,
    changes: watch::Receiver<u64>,
    /// Least time between two frames.
    frame: Duration,
    drawn_at: Option<Moment>,
    stale: bool,
    line: TerminalLine,
    over: bool,
}

impl<B: Surface, T: Timer, H: Host<B>> Program<B, T, H> {
    /// Asks the backend who is at work, and readies the first frame.
    pub async fn start(
        backend: Arc<dyn Backend>,
        options: Options,
        first_message: Option<String>,
        outside: Surroundings<B, T, H>,
    ) -> Answer<Self> {
        let (session, catalogue) = *runtime::who(backend.as_ref()).await?;
        let mut program = Self::new(backend, options, (session, catalogue), outside);
        if let Some(text) = first_message {
            program.model.say(Kind::Info, text);
        }
        program.model.begin_with();
        let size = program.outside.terminal.size().unwrap_or_default();
        let effects = program.model.start(size.width, size.height);
        program.call(effects);
        Ok(program)
    }

    /// The same where it may take long, or for ever, until the backend says who that is: the
    /// screen is there at once and says so.
    pub fn connect(
        backend: Arc<dyn Backend>,
        options: Options,
        now: Time,
        outside: Surroundings<B, T, H>,
    ) -> Self {
        let open = outside.backends.at_first();
        let known = (open.session(now), Catalogue::default());
        let mut program = Self::new(backend, options, known, outside);
        let size = program.outside.terminal.size().unwrap_or_default();
        let effects = program.model.connect(size.width, size.height);
        program.call(effects);
        program
    }

    fn new(
        backend: Arc<dyn Backend>,
        options: Options,
        (session, catalogue): (Session, Catalogue),
        outside: Surroundings<B, T, H>,
    ) -> Self {
        let frame = options.frame();
        let mut changes = backend.changes();
        changes.mark_unchanged();
        let mut model = Model::new(options, session, catalogue);
        let others = &outside.backends;
        let (offers, open) = (others.offers(), others.first());
        model.backends = BackendChoices { offers, open, opening: None };
        match outside.memory.views() {
            Ok(views) => model.views = views,
            Err(why) => model.say(Kind::Error, format!("The views can't be read: {why}")),
        }
        match runtime::recall(outside.memory.as_ref()) {
            Ok(state) => model.state = state,
            Err(why) => model.say(Kind::Error, format!("Starting with the usual view: {why}")),
        }
        let (memory, others) = (Arc::clone(&outside.memory), Arc::clone(&outside.backends));
        let calls = Calls::new(backend, memory, others);
        Self {
            model,
            outside,
            calls,
            changes,
            frame,
            drawn_at: None,
            stale: true,
            line: TerminalLine::Up,
            over: false,
        }
    }

    /// Starts calls. Without a terminal no other effect can come of a start.
    fn call(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Call(ticket, call) = effect {
                self.calls.start(ticket, call, None);
            }
        }
    }

    /// Runs until the operator leaves or the terminal goes.
    pub async fn run(&mut self) -> Result<(), B::Error> {
        self.draw()?;
        while self.turn().await? == Turn::Goes {}
        Ok(())
    }

    /// One round: waits for something, takes all there is, draws if it is time.
    pub async fn turn(&mut self) -> Result<Turn, B::Error> {
        if let Some(msg) = self.next().await {
            self.take(msg)?;
        }
        for _ in 0..BATCH {
            let Some(msg) = self.queued() else { break };
            self.take(msg)?;
        }
        if self.over {
            return Ok(Turn::Over);
        }
        if self.stale && self.frame_due().is_none_or(|due| due <= self.outside.timer.now()) {
            self.draw()?;
        }
        Ok(Turn::Goes)
    }

    /// Whether nothing is waiting or under way and the screen is up to date.
    pub fn is_idle(&self) -> bool {
        self.outside.inputs.is_empty()
            && self.calls.is_empty()
            && !self.changes.has_changed().unwrap_or(false)
            && !self.stale
    }

    /// Whether all that came in was taken and is on screen, whatever answers are still
    /// under way.
    pub fn is_up_to_date(&self) -> bool {
        self.outside.inputs.is_empty() && !self.stale
    }

    /// What is drawn on.
    pub fn terminal(&mut self) -> &mut Terminal<B> {
        &mut self.outside.terminal
    }

    /// When something happens by itself: a message goes, a dialog takes keys.
    pub fn deadline(&self) -> Option<Moment> {
        let frame = self.frame_due().filter(|_| self.stale && self.line == TerminalLine::Up);
        [self.model.deadline(), frame].into_iter().flatten().min()
    }

    fn frame_due(&self) -> Option<Moment> {
        self.drawn_at.map(|at| at.after(self.frame))
    }

    async fn next(&mut self) -> Option<Msg> {
        let deadline = self.deadline();
        let timer = &self.outside.timer;
        let due = async {
            match deadline {
                Some(moment) => timer.until(moment).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            // Signals come the same way as keys, in their order.
            input = self.outside.inputs.recv(), if self.line < TerminalLine::Closed => {
                if input.is_none() {
                    self.line = TerminalLine::Closed;
                }
                Some(Msg::Input(input.unwrap_or(Input::Signal(Signal::HangUp))))
            }
            msg = self.calls.next() => msg,
            () = changed(&mut self.changes) => Some(Msg::Changed),
            () = due => Some(Msg::Due),
        }
    }

    fn queued(&mut self) -> Option<Msg> {
        if let Ok(input) = self.outside.inputs.try_recv() {
            return Some(Msg::Input(input));
        }
        if let Some(msg) = self.calls.try_next() {
            return Some(msg);
        }
        if self.changes.has_changed().unwrap_or(false) {
            self.changes.mark_unchanged();
            return Some(Msg::Changed);
        }
        None
    }

    fn take(&mut self, msg: Msg) -> Result<(), B::Error> {
        if matches!(msg, Msg::Input(Input::Signal(Signal::HangUp))) {
            self.line = self.line.max(TerminalLine::Gone);
        }
        self.stale = true;
        let opened =
            matches!(&msg, Msg::Answered(answered) if matches!(answered.call, Call::Open(_)));
        let effects = self.model.update(msg, self.outside.timer.now());
        for effect in effects {
            match effect {
                Effect::Call(ticket, call) => self.calls.start(ticket, call, None),
                Effect::CallBecause(ticket, call, reason) => {
                    self.calls.start(ticket, call, Some(reason));
                }
                Effect::StopWaiting => self.calls.stop(),
                Effect::StopExport => self.calls.stop_export(),
                Effect::Switch(ticket) => self.switch(ticket),
                Effect::Copy(clip, way) => self.copy(clip, way),
                Effect::Repaint => self.repaint()?,
                Effect::Suspend => self.suspend()?,
                Effect::Lend(run) => self.lend(run)?,
                Effect::Quit => self.over = true,
            }
        }
        if opened {
            self.calls.drop_opened();
        }
        Ok(())
    }

    fn switch(&mut self, ticket: Ticket) {
        if self.calls.switch(ticket) {
            self.changes = self.calls.backend().changes();
            self.changes.mark_unchanged();
        }
    }

    fn copy(&mut self, clip: Clip, way: Way) {
        if self.line > TerminalLine::Up {
            return;
        }
        let surface = self.outside.terminal.backend_mut();
        let copying = self.outside.host.copy(surface, clip.payload.clone(), way);
        self.calls.copy(clip, way, copying);
    }

    /// Never `Terminal::clear`: it asks the terminal where its cursor is, and
    /// fails where no answer comes.
    fn repaint(&mut self) -> Result<(), B::Error> {
        if self.line > TerminalLine::Up {
            return Ok(());
        }
        self.stale = true;
        self.outside.host.forget(self.outside.terminal.backend_mut());
        let size = self.outside.terminal.size()?;
        self.outside.terminal.resize(Rect::from((ratatui::layout::Position::ORIGIN, size)))
    }

    fn suspend(&mut self) -> Result<(), B::Error> {
        // What is on the screen now must not be found there: a value is hidden.
        self.draw()?;
        if let Err(error) = self.outside.host.suspend(self.outside.terminal.backend_mut()) {
            self.model.say(Kind::Error, format!("Could not suspend: {error}"));
        }
        Ok(())
    }

    fn lend(&mut self, run: OwnRun) -> Result<(), B::Error> {
        if self.line > TerminalLine::Up {
            return Ok(());
        }
        // As with a suspension: nothing is found on the screen that is hidden by now.
        self.draw()?;
        let ended = self.outside.host.lend(self.outside.terminal.backend_mut(), &run);
        self.take(Msg::Lent(run.command.name, ended.map_err(|error| error.to_string())))
    }

    fn draw(&mut self) -> Result<(), B::Error> {
        self.stale = false;
        if self.line > TerminalLine::Up {
            return Ok(());
        }
        self.outside.terminal.draw(|frame| view::draw(&self.model.seen(), frame))?;
        let now = self.outside.timer.now();
        self.drawn_at = Some(now);
        if self.model.awaits_drawing() {
            self.model.update(Msg::Drawn, now);
        }
        Ok(())
    }

    /// Writes what the backend still holds in memory. The last thing to do.
    pub async fn close(self) -> Answer<()> {
        self.calls.backend().close().await
    }
}

/// Ends when something changed; never where the backend tells of nothing any more.
async fn changed(changes: &mut watch::Receiver<u64>) {
    if changes.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
