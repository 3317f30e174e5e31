//! Secrets come in on standard input, never as an argument.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::failure::Failure;
use crate::domain::value;

/// No value, GUID, id or name is longer, in bytes.
const LIMIT: u64 = 4_096;

/// The text on standard input without the white space around it. `argument` must
/// be "-"; anything else may be a secret, so it is not repeated.
pub(super) fn secret(argument: &str, command: &str) -> Result<SecretString, Failure> {
    if argument != "-" {
        return Err(Failure::Usage(format!(
            "'{command}' reads from standard input: pipe it in and write '{command} -'"
        )));
    }
    let mut text = Zeroizing::new(String::with_capacity(512));
    let mut input = io::stdin().lock().take(LIMIT + 1);
    let read = if io::stdin().is_terminal() {
        let _hidden = Hidden::prompt()?;
        input.read_line(&mut text)
    } else {
        input.read_to_string(&mut text)
    };
    read.map_err(|_| Failure::Usage("standard input is not readable as text".to_owned()))?;
    if text.len() as u64 > LIMIT {
        return Err(Failure::Usage(format!("standard input is longer than {LIMIT} bytes")));
    }
    let secret = SecretString::from(text.trim());
    if secret.expose_secret().is_empty() {
        return Err(Failure::Usage("nothing on standard input: pipe a value in, and look whether the command before it failed"
                .to_owned(),
        ));
    }
    Ok(secret)
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
        // Nothing can be done where the terminal has gone.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
        let _ = writeln!(io::stderr());
    }
}

/// Refuses arguments that hold a token value: every user of the machine can read
/// them, and the shell keeps them.
pub(super) fn refuse_values<'a>(
    mut arguments: impl Iterator<Item = &'a str>,
) -> Result<(), Failure> {
    if arguments.any(value::contains_value) {
        return Err(Failure::Usage(
            "an argument holds a token value, which others on this machine can read: \
             pipe it to 'tokendeck lookup -' or 'tokendeck verify -', and regenerate that token"
                .to_owned(),
        ));
    }
    Ok(())
}
