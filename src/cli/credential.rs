//! The operator credential for a server: from a file that nobody else can read, or from a
//! command that prints it in time. Its text is never told, not even where it is none.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, geteuid, kill_process, kill_process_group};
use secrecy::SecretString;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use tokio::signal::unix::{Signal as Signals, SignalKind, signal};
use zeroize::Zeroizing;

use super::failure::Failure;
use crate::config::CredentialSource;
use crate::domain::OperatorSecret;

/// How long a command may take to print a credential.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any credential and what a store of secrets says around it.
const LONGEST: u64 = 64 << 10;

/// When a credential is asked for: who has the terminal then, and who hears the signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedBy {
    /// For a command, which has the terminal.
    ForCommand,
    /// Before the screen takes it.
    BeforeScreen,
    /// While the screen has it.
    OnScreen,
}

/// The credential of a source.
pub(super) async fn of(source: &CredentialSource, asked: AskedBy) -> Result<SecretString, Failure> {
    match source {
        CredentialSource::File(path) => in_file(path),
        CredentialSource::Command(words) => printed(words, asked).await,
    }
}

/// The credential in that file.
pub(super) fn in_file(path: &Path) -> Result<SecretString, Failure> {
    parse(&private(path)?, &path.display().to_string())
}

fn parse(text: &str, place: &str) -> Result<SecretString, Failure> {
    let secret = OperatorSecret::parse(text).ok_or_else(|| {
        Failure::Usage(format!(
            "'{place}' holds no operator credential: 'tokendeck operator create' prints one"
        ))
    })?;
    Ok(SecretString::from(secret.expose().to_owned()))
}

/// The text of a file that nobody else can read.
fn private(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let shown = path.display();
    let failed = |error: io::Error| Failure::Usage(format!("cannot read '{shown}': {error}"));
    // Looked at first, as opening a pipe would wait for whoever writes to it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(Failure::Usage(format!("'{shown}' is not a plain file: name one")));
    }
    let mut file = File::open(path).map_err(failed)?;
    let found = file.metadata().map_err(failed)?;
    if found.mode() & 0o077 != 0 {
        return Err(Failure::Usage(format!(
            "'{shown}' can be read by others: chmod 600 '{shown}', and make a new credential if it was"
        )));
    }
    let me = geteuid().as_raw();
    if found.uid() != me && found.uid() != 0 {
        let owner = found.uid();
        return Err(Failure::Usage(format!(
            "'{shown}' belongs to another (uid {owner}), who can read it: chown {me} '{shown}'"
        )));
    }
    let mut text = Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

/// The credential that a command prints. Whatever ends the wait ends the command.
async fn printed(words: &[String], asked: AskedBy) -> Result<SecretString, Failure> {
    let shown = words.join(" ");
    // The reason first: a line on the screen ends somewhere.
    let failed = |why: String| Failure::Usage(format!("credential_command {why}: '{shown}'"));
    let mut told = Told::listen(asked)?;
    let unrun = |error: io::Error| failed(format!("can't be run, {error}"));
    let mut running = Running::start(words, asked).map_err(unrun)?;
    let ended = tokio::select! {
        ended = tokio::time::timeout(PATIENCE, running.output()) => ended,
        code = told.one() => {
            drop(running);
            std::process::exit(code)
        }
    };
    drop(running);
    told.go_on();
    let seconds = PATIENCE.as_secs();
    let late =
        || failed(format!("gave nothing within {seconds} s and was ended; try it by itself"));
    let (status, text) = ended.map_err(|_| late())?.map_err(unrun)?;
    if !status.success() {
        return Err(failed(format!("ended with {status}")));
    }
    let text = std::str::from_utf8(&text);
    parse(text.map_err(|_| failed("printed bytes that are not UTF-8".to_owned()))?, &shown)
}

/// A command at work, and all that it started. It ends when nobody waits for it any more.
struct Running {
    child: Child,
    pid: Option<Pid>,
    /// Whether it is in a group of its own, which can be ended as a whole.
    apart: bool,
}

impl Running {
    fn start(words: &[String], asked: AskedBy) -> io::Result<Self> {
        let (program, arguments) =
            words.split_first().ok_or_else(|| io::Error::other("as it is empty"))?;
        // Its questions and errors are for the person at the terminal, if it is free. In a
        // group of its own it could ask nothing there, and Ctrl-c would not reach it.
        let on_screen = asked == AskedBy::OnScreen;
        let apart = on_screen || File::open("/dev/tty").is_err();
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        command.stderr(if on_screen { Stdio::null() } else { Stdio::inherit() });
        if apart {
            command.process_group(0);
        }
        let child = command.spawn()?;
        let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        Ok(Self { child, pid, apart })
    }

    /// All that it prints, and how it ended.
    async fn output(&mut self) -> io::Result<(ExitStatus, Zeroizing<Vec<u8>>)> {
        // Room for all of it at once, so that no half of a secret is left behind.
        let mut text = Zeroizing::new(Vec::with_capacity(usize::try_from(LONGEST).unwrap_or(0)));
        if let Some(output) = self.child.stdout.take() {
            output.take(LONGEST).read_to_end(&mut text).await?;
        }
        Ok((self.child.wait().await?, text))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let Some(pid) = self.pid.filter(|_| self.child.id().is_some()) else { return };
        // What has ended meanwhile needs no ending.
        if self.apart {
            let _ = kill_process_group(pid, Signal::KILL);
        }
        for pid in descendants(pid).into_iter().chain([pid]) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// What a process started, where the system tells: a shell leaves its commands behind.
fn descendants(pid: Pid) -> Vec<Pid> {
    let id = pid.as_raw_nonzero();
    let text = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    let children = text.split_whitespace().filter_map(|id| Pid::from_raw(id.parse().ok()?));
    children.flat_map(|child| descendants(child).into_iter().chain([child])).collect()
}

/// The signals that end the program, while a command must be ended with it.
struct Told {
    signals: Vec<(i32, Signals)>,
    asked: AskedBy,
}

impl Told {
    /// The screen hears them itself.
    fn listen(asked: AskedBy) -> io::Result<Self> {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        let kinds = kinds.into_iter().filter(|_| asked != AskedBy::OnScreen);
        let signals = kinds.map(|kind| Ok((kind.as_raw_value(), signal(kind)?)));
        Ok(Self { signals: signals.collect::<io::Result<_>>()?, asked })
    }

    /// Waits for one; returns the code that a program ends with on it.
    async fn one(&mut self) -> i32 {
        std::future::poll_fn(|context| {
            let mut arrived = self.signals.iter_mut().filter_map(|(number, signals)| {
                signals.poll_recv(context).is_ready().then_some(128 + *number)
            });
            arrived.next().map_or(std::task::Poll::Pending, std::task::Poll::Ready)
        })
        .await
    }

    /// A signal that was listened to once does nothing by itself any more, so for the rest
    /// of a command it is done here. The screen listens anew.
    fn go_on(mut self) {
        if self.asked == AskedBy::ForCommand {
            tokio::spawn(async move { std::process::exit(self.one().await) });
        }
    }
}
