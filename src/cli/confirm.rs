//! Asks before something that can't be taken back. With a terminal the question
//! is put on standard error; without one, only the flags can answer it.

use std::io::{self, BufRead, IsTerminal, Write};

use super::failure::Failure;
use crate::domain::{Refusal, leak};
use crate::text::Safe;

/// The answers that came with the command.
#[derive(Debug, Clone, Default)]
pub(super) struct Consent {
    /// `--yes`.
    pub(super) yes: bool,
    /// `--confirm`.
    pub(super) words: Option<String>,
}

/// A question.
#[derive(Debug)]
pub(super) struct Question {
    /// What will happen, and what follows from it: one sentence each.
    pub(super) lines: Vec<String>,
    /// "Revoke": what a yes does.
    pub(super) title: &'static str,
    /// "revoke 19": what `--confirm` has to say, if it is given.
    pub(super) words: String,
    /// Whether the words must be given, so that a plain yes is not enough.
    pub(super) must_type: bool,
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consented {
    /// By flags: whatever the set is by now.
    Beforehand,
    /// By a person who saw the question.
    Seen,
}

/// Returns where the answer is yes. `warnings` are the backend's own, said with the question.
pub(super) fn confirm(
    consent: &Consent,
    question: &Question,
    warnings: &[String],
) -> Result<Consented, Failure> {
    match &consent.words {
        Some(words) if same(words, &question.words) => return Ok(Consented::Beforehand),
        Some(_) => return Err(unconfirmed(question, true)),
        None if consent.yes && !question.must_type => return Ok(Consented::Beforehand),
        None => {}
    }
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(unconfirmed(question, question.must_type));
    }
    if ask(question, warnings)? { Ok(Consented::Seen) } else { Err(Failure::Declined) }
}

/// Case and the width of blanks are no part of what is confirmed.
fn same(given: &str, wanted: &str) -> bool {
    given.split_whitespace().map(str::to_lowercase).eq(wanted.split_whitespace())
}

fn unconfirmed(question: &Question, by_words: bool) -> Failure {
    let words = &question.words;
    let flags =
        if by_words { format!("--confirm \"{words}\"") } else { format!("--yes to {words}") };
    Refusal::NotConfirmed(flags).into()
}

fn ask(question: &Question, warnings: &[String]) -> Result<bool, Failure> {
    // What was typed before the question was there cannot be an answer to it.
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    let mut err = io::stderr().lock();
    for line in question.lines.iter().chain(warnings) {
        writeln!(err, "{}", leak::hide(Safe::line(line).as_str()))?;
    }
    if question.must_type {
        write!(err, "Type '{}' to do it: ", question.words)?;
    } else {
        write!(err, "{}? [y/N] ", question.title)?;
    }
    err.flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let answer = line.trim();
    Ok(if question.must_type {
        same(answer, &question.words)
    } else {
        ["y", "yes"].iter().any(|yes| answer.eq_ignore_ascii_case(yes))
    })
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn the_words_must_name_the_verb_and_the_count() {
        assert!(same(" Revoke  19 ", "revoke 19"));
        for wrong in ["revoke", "revoke 1", "revoke 190", "delete 19", "", "yes"] {
            assert!(!same(wrong, "revoke 19"), "{wrong:?}");
        }
    }
}
