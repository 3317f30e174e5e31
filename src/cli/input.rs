//! Secrets come in on standard input, never as an argument.

use std::io::{self, BufRead, IsTerminal, Read, StdinLock, Write};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::failure::Failure;
use crate::domain::leak;

/// No value, GUID, id or name is longer, in bytes.
const LIMIT: u64 = 4_096;
/// No text in which values are looked for may be longer, in bytes.
const LONG_LIMIT: u64 = 1_048_576;

/// The text on standard input without the white space around it. `argument` must
/// be "-"; anything else may be a secret, so it is not repeated.
pub(super) fn secret(argument: &str, command: &str) -> Result<SecretString, Failure> {
    must_be_dash(argument, command)?;
    let bytes = read(LIMIT)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Failure::Usage("standard input is not readable as text".to_owned()))?;
    filled(text)
}

/// The text on standard input, of any kind and as long as a log: whatever of it is no text is
/// taken for something between words.
pub(super) fn text(argument: &str, command: &str) -> Result<SecretString, Failure> {
    must_be_dash(argument, command)?;
    let bytes = read(LONG_LIMIT)?;
    let wide = |of: fn([u8; 2]) -> u16| -> Zeroizing<String> {
        let units = bytes.chunks_exact(2).filter_map(|pair| Some(of(pair.try_into().ok()?)));
        Zeroizing::new(char::decode_utf16(units).map(|c| c.unwrap_or(' ')).collect())
    };
    // As shells of Windows write into files and pipes.
    match bytes.get(..2) {
        Some([0xFF, 0xFE]) => filled(&wide(u16::from_le_bytes)),
        Some([0xFE, 0xFF]) => filled(&wide(u16::from_be_bytes)),
        _ => filled(&Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())),
    }
}

/// What stands on the lines of standard input, blank ones left out: ids, GUIDs and names. A
/// value among them is refused and not repeated.
pub(super) fn lines() -> Result<Vec<String>, Failure> {
    if io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "- reads ids from standard input: pipe them in, as of 'tokendeck token list -q'"
                .to_owned(),
        ));
    }
    let bytes = read(LONG_LIMIT)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Failure::Usage("standard input is not readable as text".to_owned()))?;
    if leak::contains_value(text) {
        return Err(Failure::Usage(
            "standard input holds a token value: pipe it to 'tokendeck lookup -', which can \
             revoke its token"
                .to_owned(),
        ));
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

fn must_be_dash(argument: &str, command: &str) -> Result<(), Failure> {
    if argument == "-" {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "'{command}' reads from standard input: pipe it in and write '{command} -'"
    )))
}

fn filled(text: &str) -> Result<SecretString, Failure> {
    let secret = SecretString::from(text.trim());
    if secret.expose_secret().is_empty() {
        let message = "nothing on standard input: pipe a value in, and look whether the \
                       command before it failed";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(secret)
}

/// So many bytes of standard input at the most; of a terminal what is pasted at once, so that
/// none of its lines is left for the shell.
fn read(limit: u64) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(512));
    let mut input = io::stdin().lock().take(limit + 1);
    let read = if io::stdin().is_terminal() {
        let _hidden = Hidden::prompt()?;
        loop {
            let read = input.read_until(b'\n', &mut bytes);
            if !matches!(read, Ok(1..)) || !more_is_pasted(input.get_ref()) {
                break read;
            }
        }
    } else {
        input.read_to_end(&mut bytes)
    };
    read.map_err(|_| Failure::Usage("standard input can't be read".to_owned()))?;
    if bytes.len() as u64 > limit {
        return Err(Failure::Usage(format!("standard input is longer than {limit} bytes")));
    }
    Ok(bytes)
}

/// Whether another line is there already: nobody types that fast.
fn more_is_pasted(input: &StdinLock<'_>) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    const SOON: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };
    let mut line = [PollFd::new(input, PollFlags::IN)];
    poll(&mut line, Some(&SOON)).is_ok_and(|ready| ready > 0)
}

/// A terminal that does not show what is typed, until this goes.
struct Hidden(Termios);

impl Hidden {
    fn prompt() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        // What was typed ahead was shown, so it is dropped.
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent)?;
        let hidden = Self(before);
        write!(io::stderr(), "Paste it here (not shown), then Enter: ")?;
        io::stderr().flush()?;
        Ok(hidden)
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // Nothing can be done where the terminal has gone. What was pasted behind is no line
        // for a shell.
        let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0);
        let _ = writeln!(io::stderr());
    }
}

/// Refuses arguments that hold a token value: every user of the machine can read
/// them, and the shell keeps them.
pub(super) fn refuse_values<'a>(
    mut arguments: impl Iterator<Item = &'a str>,
) -> Result<(), Failure> {
    if arguments.any(leak::contains_value) {
        return Err(Failure::Usage(
            "an argument holds a token value, which others on this machine can read: \
             pipe it to 'tokendeck lookup -' or 'tokendeck verify -', and have that token regenerated"
                .to_owned(),
        ));
    }
    Ok(())
}
