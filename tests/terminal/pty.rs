//! The real binary on a pseudo-terminal, read by a real terminal emulator.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than any machine under load should need.
const PATIENCE: Duration = Duration::from_secs(30);
const STEP: Duration = Duration::from_millis(10);

/// What the terminal has received.
struct Received {
    bytes: Vec<u8>,
    emulator: vt100::Parser,
}

/// A program on a pseudo-terminal.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    received: Arc<Mutex<Received>>,
    home: tempfile::TempDir,
}

/// A command with nothing of this machine's environment but its PATH.
pub(crate) fn command(program: &str, arguments: &[&str], home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env_clear();
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")] {
        command.env(name, value);
    }
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", home);
    command.env("TMPDIR", home);
    command.cwd(home);
    command
}

impl Pty {
    /// Starts the demo, its clock at the moment of the fixture, in 80x24.
    pub(crate) fn demo() -> Self {
        Self::demo_with(80, 24, &[])
    }

    pub(crate) fn demo_with(columns: u16, rows: u16, environment: &[(&str, &str)]) -> Self {
        let arguments = ["demo", "--now", "2026-03-10T12:00:00Z"];
        let pty = Self::start(columns, rows, |home| {
            let mut command = command(env!("CARGO_BIN_EXE_tokendeck"), &arguments, home);
            for (name, value) in environment {
                command.env(name, value);
            }
            command
        });
        pty.wait_for("bulk-01");
        pty.settle();
        pty
    }

    pub(crate) fn start(
        columns: u16,
        rows: u16,
        make: impl FnOnce(&Path) -> CommandBuilder,
    ) -> Self {
        let home = tempfile::tempdir().unwrap();
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(make(home.path())).unwrap();
        let mut screen = pair.master.try_clone_reader().unwrap();
        let received = Arc::new(Mutex::new(Received {
            bytes: Vec::new(),
            emulator: vt100::Parser::new(some(rows), some(columns), 0),
        }));
        let shared = Arc::clone(&received);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut chunk) {
                let mut received = shared.lock().unwrap();
                received.bytes.extend_from_slice(&chunk[..count]);
                received.emulator.process(&chunk[..count]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, keyboard, child, received, home }
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn text(&self) -> String {
        self.received.lock().unwrap().emulator.screen().contents()
    }

    pub(crate) fn cell(&self, row: u16, column: u16) -> vt100::Cell {
        self.received.lock().unwrap().emulator.screen().cell(row, column).unwrap().clone()
    }

    pub(crate) fn on_alternate_screen(&self) -> bool {
        self.received.lock().unwrap().emulator.screen().alternate_screen()
    }

    pub(crate) fn takes_pastes_whole(&self) -> bool {
        self.received.lock().unwrap().emulator.screen().bracketed_paste()
    }

    pub(crate) fn hides_cursor(&self) -> bool {
        self.received.lock().unwrap().emulator.screen().hide_cursor()
    }

    /// Every byte so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.received.lock().unwrap().bytes.clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.received.lock().unwrap().bytes.len()
    }

    /// Waits until the screen holds this text.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !holds(&self.text()) {
            assert!(start.elapsed() < PATIENCE, "waited for {what}; the screen:\n{}", self.text());
            thread::sleep(STEP);
        }
    }

    /// Waits until nothing has come in for a while.
    pub(crate) fn settle(&self) {
        self.quiet_for(Duration::from_millis(300));
    }

    /// Waits until the terminal has received nothing for this long.
    pub(crate) fn quiet_for(&self, quiet: Duration) {
        let start = Instant::now();
        let (mut count, mut since) = (self.count(), Instant::now());
        while since.elapsed() < quiet {
            assert!(start.elapsed() < PATIENCE, "the program never falls silent");
            thread::sleep(STEP);
            if self.count() != count {
                (count, since) = (self.count(), Instant::now());
            }
        }
    }

    /// The bytes that one key brings, once all of them have come.
    pub(crate) fn bytes_of(&mut self, keys: &str) -> usize {
        let before = self.count();
        self.send(keys);
        self.settle();
        self.count() - before
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.received.lock().unwrap().emulator.screen_mut().set_size(some(rows), some(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    pub(crate) fn pid(&self) -> rustix::process::Pid {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::Pid::from_raw(pid).unwrap()
    }

    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(self.pid(), signal).unwrap();
    }

    /// Whether the system has stopped the program.
    pub(crate) fn is_stopped(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
    }

    pub(crate) fn wait_stopped(&self) {
        let start = Instant::now();
        while !self.is_stopped() {
            assert!(start.elapsed() < PATIENCE, "the program was not stopped");
            thread::sleep(STEP);
        }
    }

    /// Whether the line is as a shell wants it: it echoes and gives out lines.
    pub(crate) fn line_is_cooked(&self) -> bool {
        let termios = self.master.get_termios().unwrap();
        let modes = format!("{:?}", termios.local_flags);
        modes.contains("ECHO") && modes.contains("ICANON")
    }

    pub(crate) fn wait_exit(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "the program does not end; the screen:\n{}",
                self.text()
            );
            thread::sleep(STEP);
        }
    }

    /// Asserts that the terminal is as it was before the program ran.
    pub(crate) fn assert_restored(&self) {
        // What it wrote last may still be on its way when it has ended.
        let start = Instant::now();
        let lags =
            || self.on_alternate_screen() || self.takes_pastes_whole() || self.hides_cursor();
        while lags() && start.elapsed() < PATIENCE {
            thread::sleep(STEP);
        }
        assert!(!self.on_alternate_screen(), "still on the alternate screen");
        assert!(!self.takes_pastes_whole(), "still in bracketed paste mode");
        assert!(!self.hides_cursor(), "the cursor is still hidden");
        assert!(self.line_is_cooked(), "the line is still raw");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn some(length: u16) -> NonZero<u16> {
    NonZero::new(length).unwrap()
}

/// The two ends of a pseudo-terminal, held by nobody else.
pub(crate) fn bare_pair() -> (File, File) {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{Winsize, tcsetwinsize};

    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&master, size).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
    let slave =
        File::options().read(true).write(true).custom_flags(no_controlling_terminal()).open(name);
    (File::from(master), slave.unwrap())
}

fn no_controlling_terminal() -> i32 {
    rustix::fs::OFlags::NOCTTY.bits().cast_signed()
}
