//! Free text behind a flag. It may begin with a dash, as names and descriptions do;
//! only what is word for word one of the command's own flags is not taken: there the
//! text is missing, and the flag would be swallowed.

use std::ffi::OsStr;

use clap::builder::{StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

/// Reads free text; the flag itself needs `allow_hyphen_values`.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct FreeText;

impl TypedValueParser for FreeText {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        let text = StringValueParser::new().parse_ref(command, arg, value)?;
        if is_flag(command, &text) {
            return Err(missing(command, arg, &text));
        }
        Ok(text)
    }
}

/// `--dry-run`, `--output=json`, `-o`.
fn is_flag(command: &Command, text: &str) -> bool {
    let Some(dashed) = text.strip_prefix('-') else { return false };
    if let Some(long) = dashed.strip_prefix('-') {
        let name = long.split_once('=').map_or(long, |(name, _)| name);
        let known = |arg: &Arg| arg.get_long() == Some(name);
        return name == "help" || command.get_arguments().any(known);
    }
    let mut letters = dashed.chars();
    let short = letters.next().filter(|_| letters.next().is_none());
    let known = |arg: &Arg| short.is_some() && arg.get_short() == short;
    short == Some('h') || command.get_arguments().any(known)
}

fn missing(command: &Command, arg: Option<&Arg>, text: &str) -> Error {
    let flag = arg.map(ToString::to_string).unwrap_or_default();
    let message = format!("'{text}' is a flag of this command: the text of '{flag}' is missing");
    Error::raw(ErrorKind::InvalidValue, message).with_cmd(command)
}
