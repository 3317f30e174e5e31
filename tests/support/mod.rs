//! Drives the real program loop by keys, on a terminal in memory and a real store
//! in a temporary folder. Time passes only when a test says so.

pub(crate) mod desk;
pub(crate) mod foreign;
pub(crate) mod lacking;
mod others;
pub(crate) mod seats;
#[cfg(feature = "server")]
mod served;
pub(crate) mod server;
mod timer;

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;
use tokendeck::backend::Backend;
use tokendeck::tui::clipboard::{Copying, Payload, Way};
use tokendeck::tui::input::Input;
use tokendeck::tui::key::Key;
use tokendeck::tui::program::{Host, Program, Surroundings, Turn};
use tokendeck::tui::runtime::Timer as _;
use tokendeck::tui::{Backends, Memory, Options, OwnEnd, OwnRun};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

pub(crate) use desk::{Desk, Door, options, value};
use seats::Seats;
use timer::HandTimer;

/// As long as a test waits for a real answer before it fails.
const PATIENCE: Duration = Duration::from_secs(20);
/// What an operator leaves between two keys: longer than a dialog's guard.
const PAUSE: Duration = Duration::from_millis(310);
/// Longer than the least time between two frames.
const FRAME: Duration = Duration::from_millis(17);
/// Enough for what has arrived already to be read.
const HEARING: Duration = Duration::from_millis(20);
/// Between two keys of a paste.
const HASTE: Duration = Duration::from_millis(2);

/// Counts suspensions instead of stopping the test, and keeps what was copied.
#[derive(Clone, Default)]
pub(crate) struct FakeHost {
    suspensions: Arc<AtomicUsize>,
    copies: Arc<Mutex<Vec<(Way, String)>>>,
    broken: Arc<Mutex<Vec<Way>>>,
    lent: Arc<Mutex<Vec<Lent>>>,
    /// How programs end from now on; none = well.
    end: Arc<Mutex<Option<Result<OwnEnd, String>>>>,
}

/// The words of a program that had the terminal, and what its environment held besides.
pub(crate) type Lent = (Vec<String>, Vec<(String, String)>);

impl Host<TestBackend> for FakeHost {
    fn suspend(&mut self, _: &mut TestBackend) -> io::Result<()> {
        self.suspensions.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn lend(&mut self, _: &mut TestBackend, run: &OwnRun) -> io::Result<OwnEnd> {
        let held = run.environment().into_iter().map(|(name, value)| (name.to_owned(), value));
        self.lent.lock().unwrap().push((run.command.run.clone(), held.collect()));
        let end = self.end.lock().unwrap().clone().unwrap_or(Ok(OwnEnd::Code(0)));
        end.map_err(io::Error::other)
    }

    fn forget(&mut self, _: &mut TestBackend) {}

    fn copy(&mut self, _: &mut TestBackend, payload: Payload, way: Way) -> Copying {
        if self.broken.lock().unwrap().contains(&way) {
            return Box::pin(std::future::ready(Err("no display".to_owned().into())));
        }
        self.copies.lock().unwrap().push((way, payload.expose().to_owned()));
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The program under test.
pub(crate) struct App {
    runtime: Runtime,
    program: Program<TestBackend, HandTimer, FakeHost>,
    keys: mpsc::Sender<Input>,
    timer: HandTimer,
    host: FakeHost,
    over: bool,
}

/// What is around a program of a test, and the ends of it that the test holds.
fn around(
    memory: Arc<dyn Memory>,
    backends: Arc<dyn Backends>,
    (columns, rows): (u16, u16),
) -> (Surroundings<TestBackend, HandTimer, FakeHost>, mpsc::Sender<Input>, HandTimer, FakeHost) {
    let (keys, inputs) = mpsc::channel(4096);
    let (timer, host) = (HandTimer::default(), FakeHost::default());
    let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let (ticking, hosted) = (timer.clone(), host.clone());
    let outside = Surroundings { terminal, inputs, timer: ticking, host: hosted, memory, backends };
    (outside, keys, timer, host)
}

impl App {
    /// Starts the program on a backend and what it remembers, in a window of this size.
    pub(crate) fn start(
        runtime: Runtime,
        backend: Arc<dyn Backend>,
        memory: Arc<dyn Memory>,
        options: Options,
        size: (u16, u16),
    ) -> Self {
        let only = Seats { first: "local".to_owned(), ..Seats::default() };
        Self::start_among(runtime, (backend, Arc::new(only)), memory, options, size)
    }

    /// The same, with backends to switch to.
    pub(crate) fn start_among(
        runtime: Runtime,
        (backend, backends): (Arc<dyn Backend>, Arc<dyn Backends>),
        memory: Arc<dyn Memory>,
        options: Options,
        size: (u16, u16),
    ) -> Self {
        let (outside, keys, timer, host) = around(memory, backends, size);
        let program = runtime.block_on(Program::start(backend, options, None, outside)).unwrap();
        let mut app = Self { runtime, program, keys, timer, host, over: false };
        app.settle();
        app
    }

    /// The same where the backend has not answered yet when the screen is there.
    pub(crate) fn connect_among(
        runtime: Runtime,
        (backend, backends): (Arc<dyn Backend>, Arc<dyn Backends>),
        memory: Arc<dyn Memory>,
        options: Options,
        size: (u16, u16),
    ) -> Self {
        let (outside, keys, timer, host) = around(memory, backends, size);
        let program = {
            let _inside = runtime.enter();
            Program::connect(backend, options, desk::NOW.parse().unwrap(), outside)
        };
        let mut app = Self { runtime, program, keys, timer, host, over: false };
        app.keys.try_send(Input::Resize(size.0, size.1)).unwrap();
        app.meanwhile("");
        app
    }

    /// Waits for a text while answers may be under way that never come.
    pub(crate) fn comes_to(&mut self, text: &str) -> &mut Self {
        while !self.has(text) {
            self.timer.advance(FRAME);
            self.turn();
        }
        self
    }

    /// Presses keys with pauses between: `"! r Right Enter"`. A word that is no
    /// key is typed letter by letter.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            match word.parse::<Key>() {
                Ok(key) => self.press(key.event(), PAUSE),
                Err(_) => self.text(word),
            };
        }
        self
    }

    /// The same keys as fast as a paste or a held-up link delivers them.
    pub(crate) fn in_haste(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            self.press(word.parse::<Key>().unwrap().event(), HASTE);
        }
        self
    }

    /// The same keys all at once, as one packet of a laggy link brings them.
    pub(crate) fn at_once(&mut self, keys: &str) -> &mut Self {
        let keys = keys.split_whitespace().map(|word| word.parse::<Key>().unwrap().event());
        self.send(Input::Keys(keys.collect()))
    }

    /// Types a text as it stands.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.press(Key::plain(KeyCode::Char(letter)).event(), HASTE);
        }
        self.pass(PAUSE)
    }

    /// One key, and the time after it.
    pub(crate) fn press(&mut self, key: KeyEvent, then: Duration) -> &mut Self {
        self.send(Input::Key(key));
        self.pass(then)
    }

    /// Gives the program anything a terminal could, and waits until it rests.
    pub(crate) fn send(&mut self, input: Input) -> &mut Self {
        if !self.over {
            self.keys.try_send(input).unwrap();
            self.settle();
        }
        self
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, time: Duration) -> &mut Self {
        self.timer.advance(time);
        for _ in 0..100 {
            let due = self.program.deadline().is_some_and(|due| due <= self.timer.now());
            if self.over || !due {
                return self.settle();
            }
            self.turn();
        }
        panic!("the program spins: its deadline never passes\n{}", self.screen());
    }

    /// Makes the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.program.terminal().backend_mut().resize(columns, rows);
        self.send(Input::Resize(columns, rows))
    }

    /// Runs the loop until nothing is queued, under way or undrawn.
    pub(crate) fn settle(&mut self) -> &mut Self {
        while !self.over && !self.program.is_idle() {
            self.timer.advance(FRAME);
            self.turn();
        }
        self
    }

    /// Presses keys while answers may be under way: waits only until the screen shows
    /// what they did.
    pub(crate) fn meanwhile(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            let key = word.parse::<Key>().unwrap();
            self.keys.try_send(Input::Key(key.event())).unwrap();
            self.catch_up();
            self.timer.advance(PAUSE);
        }
        self.catch_up()
    }

    /// Takes all that came in, whatever answers are under way.
    fn catch_up(&mut self) -> &mut Self {
        while !self.over && !self.program.is_up_to_date() {
            self.timer.advance(FRAME);
            self.turn();
        }
        self
    }

    /// Lets time pass while answers are under way.
    pub(crate) fn tick(&mut self, time: Duration) -> &mut Self {
        self.timer.advance(time);
        while !self.over && self.program.deadline().is_some_and(|due| due <= self.timer.now()) {
            self.turn();
        }
        self
    }

    /// Lets the program hear what has come over its connections, such as their end; it
    /// stands still between two keys here, where a real one listens on.
    pub(crate) fn listen(&mut self) -> &mut Self {
        self.runtime.block_on(async { tokio::time::sleep(HEARING).await });
        self.settle()
    }

    /// Waits for a text that comes without a key, as from another process.
    pub(crate) fn await_text(&mut self, text: &str) -> &mut Self {
        while !self.has(text) {
            self.turn();
            self.settle();
        }
        self
    }

    fn turn(&mut self) {
        let turn = self.program.turn();
        let turned = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, turn).await });
        let Ok(turned) = turned else {
            panic!("nothing happened for {PATIENCE:?}\n{}", self.screen());
        };
        self.over |= turned.unwrap() == Turn::Over;
    }

    /// Whether the program has ended.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// How often the program stepped aside for the shell.
    pub(crate) fn suspensions(&self) -> usize {
        self.host.suspensions.load(Ordering::SeqCst)
    }

    /// The programs that had the terminal.
    pub(crate) fn lent(&self) -> Vec<Lent> {
        self.host.lent.lock().unwrap().clone()
    }

    /// Makes programs end like this from now on.
    pub(crate) fn lends_to(&mut self, end: Result<OwnEnd, String>) -> &mut Self {
        *self.host.end.lock().unwrap() = Some(end);
        self
    }

    /// What got to a clipboard, and by which way.
    pub(crate) fn copies(&self) -> Vec<(Way, String)> {
        self.host.copies.lock().unwrap().clone()
    }

    /// Makes a way to a clipboard fail from now on.
    pub(crate) fn break_way(&mut self, way: Way) -> &mut Self {
        self.host.broken.lock().unwrap().push(way);
        self
    }

    /// The cells on screen.
    pub(crate) fn buffer(&mut self) -> Buffer {
        self.program.terminal().backend().buffer().clone()
    }

    /// The text on screen, spaces at the ends of lines left out.
    pub(crate) fn screen(&mut self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut wide = 0;
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                if wide == 0 {
                    line.push_str(symbol);
                    wide = tokendeck::text::width(symbol);
                }
                wide = wide.saturating_sub(1);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Whether the screen shows this text; runs of spaces count as one.
    pub(crate) fn has(&mut self, text: &str) -> bool {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        words(&self.screen()).contains(&words(text))
    }

    /// Fails unless the screen shows this text.
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.has(text), "'{text}' is not on the screen:\n{}", self.screen());
        self
    }

    /// Fails if the screen shows this text.
    pub(crate) fn sees_no(&mut self, text: &str) -> &mut Self {
        assert!(!self.has(text), "'{text}' is on the screen:\n{}", self.screen());
        self
    }

    /// The first line that holds this text, or nothing.
    pub(crate) fn line(&mut self, text: &str) -> String {
        let screen = self.screen();
        screen.lines().find(|line| line.contains(text)).unwrap_or_default().to_owned()
    }
}

/// The value on screen, which stands on a line of its own from the first column.
pub(crate) fn shown_value(app: &mut App) -> String {
    let screen = app.screen();
    let Some(value) = screen.lines().find(|line| line.starts_with("tdk_")) else {
        panic!("no value on the screen:\n{screen}");
    };
    value.to_owned()
}

/// The colour of the first place on the screen where a word stands.
pub(crate) fn color_of(app: &mut App, word: &str) -> Color {
    let buffer = app.buffer();
    for y in 3..buffer.area.height {
        let symbols: Vec<_> = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
        if let Some(start) = symbols.concat().find(word) {
            return buffer[(u16::try_from(start).unwrap(), y)].fg;
        }
    }
    panic!("'{word}' is not on the screen:\n{}", app.screen());
}
