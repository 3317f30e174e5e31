//! Runs tmux, to ask it what it lets through and to give it a text. Only called where the
//! environment says that this is its pane. The text goes by standard input, never among
//! the arguments, and is taken from tmux's buffers in the same call that put it there.

use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::tui::clipboard::tmux::{Door, QUESTION, Tmux};
use crate::tui::clipboard::{Missed, Payload, Way, Wrap};

/// How long it may take to answer. It is on this machine.
const PATIENCE: Duration = Duration::from_secs(2);

/// What tmux tells of itself and of the client that shows this pane, or why it does not.
pub async fn ask() -> Result<Tmux, String> {
    let mut command = tmux(&["display-message", "-p"]);
    if let Some(pane) = std::env::var_os("TMUX_PANE") {
        command.arg("-t").arg(pane);
    }
    let output = run(command.arg(QUESTION), b"").await?;
    let answer = String::from_utf8_lossy(&output.stdout);
    Tmux::parse(&answer).ok_or_else(|| "tmux answers something else than it was asked".to_owned())
}

/// Gives the text to the terminal outside, as far as tmux is the one to do that.
pub(super) async fn copy(payload: Payload) -> Result<(), Missed> {
    match ask().await?.door() {
        Door::Load { client } => load(&payload, &client).await.map_err(Missed::from),
        Door::Wrapped => Err(Missed::Elsewhere(Way::Terminal(Wrap::Tmux))),
        Door::Shut { why, .. } => Err(format!("{why}; 'tokendeck doctor' says what to do").into()),
    }
}

/// Has tmux hand the text on. It never stays in a buffer, where any program in tmux could
/// read it.
async fn load(payload: &Payload, client: &str) -> Result<(), String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let buffer = Buffer(Some(format!("tokendeck-{}-{number}", std::process::id())));
    let name = buffer.0.as_deref().unwrap_or_default();
    let load = ["load-buffer", "-b", name, "-t", client, "-w", "-"];
    let command = &mut tmux(&[&load[..], &[";", "delete-buffer", "-b", name]].concat());
    run(command, payload.expose().as_bytes()).await?;
    buffer.was_removed();
    Ok(())
}

/// A buffer of tmux that must not stay.
struct Buffer(Option<String>);

impl Buffer {
    fn was_removed(mut self) {
        self.0 = None;
    }
}

impl Drop for Buffer {
    /// Nobody knows how far tmux came with a call that failed or was given up.
    fn drop(&mut self) {
        if let Some(name) = self.0.take() {
            let mut command = std::process::Command::new("tmux");
            command.args(["delete-buffer", "-b", &name]).stdin(Stdio::null());
            // It is not waited for: there may be nothing to remove, or nobody to do it.
            drop(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn());
        }
    }
}

fn tmux(arguments: &[&str]) -> Command {
    let mut command = Command::new("tmux");
    command.args(arguments).kill_on_drop(true);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What it printed; an error where it fails or does not end in time.
async fn run(command: &mut Command, input: &[u8]) -> Result<Output, String> {
    let failed = |error: std::io::Error| format!("tmux can't be run: {error}");
    let done = async {
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that ended without reading says why by its code.
            let _ = stdin.write_all(input).await;
        }
        child.wait_with_output().await.map_err(failed)
    };
    let late = |_| format!("tmux did not answer in {} s", PATIENCE.as_secs());
    let output = tokio::time::timeout(PATIENCE, done).await.map_err(late)??;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(match said.trim() {
        "" => format!("tmux ended with {}", output.status),
        said => format!("tmux refused: {said}"),
    })
}
