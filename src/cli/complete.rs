//! What a shell asks for while a line is typed: verbs, flags and values. Whatever goes wrong
//! leaves the line as it is. It makes no store, runs no command, asks nobody and puts
//! nothing on record; so a server, which notes when a credential was used, is not asked.

use std::ffi::{OsStr, OsString};
use std::io;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use clap::{Arg, Command, CommandFactory as _, Parser as _};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use strum::IntoEnumIterator as _;

use super::args::Cli;
use super::call::{Invocation, block_on};
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::output;
use crate::backend::Backend as _;
use crate::backend::local::{LocalBackend, LocalOptions};
use crate::domain::{Query, Status, Window};

/// The variable by which the shell's function says that it asks, and which shell it is.
const VARIABLE: &str = "TOKENDECK_COMPLETE";
/// Longer nobody waits for a key.
const PATIENCE: Duration = Duration::from_millis(300);
/// More than anybody reads.
const MOST: usize = 200;

/// The script that makes a shell ask.
pub(super) fn script(shell: Shell) -> Ended {
    let mut script = Vec::new();
    by_name(&shell.to_string()).ok_or_else(|| io::Error::other("no such shell")).and_then(
        |shell| {
            shell.write_registration(VARIABLE, "tokendeck", "tokendeck", "tokendeck", &mut script)
        },
    )?;
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Finish::Done)
}

fn by_name(name: &str) -> Option<&'static dyn EnvCompleter> {
    let shells: [&'static dyn EnvCompleter; 5] = [&Bash, &Elvish, &Fish, &Powershell, &Zsh];
    shells.into_iter().find(|shell| shell.is(name))
}

/// Answers the shell, where it is one that asks. The words of its line stand behind `--`.
pub(super) fn answer(arguments: &[OsString]) -> Option<Ended> {
    let shell = std::env::var(VARIABLE).ok().filter(|name| !name.is_empty())?;
    let shell = by_name(&shell)?;
    let words: Vec<_> =
        arguments.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    let asked = Arc::new(Asked { words: words.clone() });
    let mut command = with_values(Cli::command(), "", &asked);
    let (mut out, folder) = (Vec::new(), std::env::current_dir().ok());
    // A line that can't be completed stays as it is.
    let _ = shell.write_complete(&mut command, words, folder.as_deref(), &mut out);
    Some(output::print(&String::from_utf8_lossy(&out)).map(|()| Finish::Done))
}

/// What was typed already of where to look.
struct Asked {
    words: Vec<OsString>,
}

/// The flags in a line that say where to look for a value, whatever else stands there. A
/// backend that is still being typed is none yet.
fn flags(words: &[OsString], value: Value) -> Vec<OsString> {
    let backend = (value != Value::Backend).then_some("--backend");
    let meant: Vec<_> = ["--store", "--as", "--config"].into_iter().chain(backend).collect();
    let mut found = vec![OsString::from("tokendeck"), OsString::from("--read-only")];
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let Some(text) = word.to_str() else { continue };
        if meant.contains(&text) {
            if let Some(value) = words.peek() {
                found.extend([word.clone(), (*value).clone()]);
            }
        } else if meant.iter().any(|flag| text.starts_with(&format!("{flag}="))) {
            found.push(word.clone());
        }
    }
    found
}

/// What an argument takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Account,
    Backend,
    Group,
    Level,
    Module,
    Scope,
    Status,
    Token,
    User,
}

impl Value {
    /// By the word that the help has for it.
    fn of(arg: &Arg, parent: &str, verb: &str) -> Option<Self> {
        let word = arg.get_value_names()?.first()?.as_str();
        Some(match word {
            "ACCOUNT" => Self::Account,
            "GROUP" => Self::Group,
            "MODULE" => Self::Module,
            "MODULE=LEVEL" => Self::Level,
            "SCOPE" => Self::Scope,
            "STATUS" => Self::Status,
            "USER" | "USER|account" => Self::User,
            "ID" if parent == "token" => Self::Token,
            "NAME" if arg.get_long() == Some("backend") => Self::Backend,
            "NAME" if parent == "backend" && verb != "add" && arg.is_positional() => Self::Backend,
            _ => return None,
        })
    }
}

/// The command line with what its arguments take.
fn with_values(command: Command, parent: &str, asked: &Arc<Asked>) -> Command {
    let verb = command.get_name().to_owned();
    let command = command.mut_args(|arg| match Value::of(&arg, parent, &verb) {
        Some(value) => {
            let asked = Arc::clone(asked);
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| candidates(value, typed, &asked)))
        }
        None => arg,
    });
    command.mut_subcommands(|below| with_values(below, &verb, asked))
}

/// A value, and what stands beside it where the shell shows that.
type Known = (String, String);

fn candidates(value: Value, typed: &OsStr, asked: &Arc<Asked>) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return vec![] };
    let known = match value {
        Value::Status => statuses(),
        other => in_time(other, typed, asked),
    };
    let fits = |(text, _): &Known| text.to_lowercase().starts_with(&typed.to_lowercase());
    let shown = known.into_iter().filter(fits).take(MOST);
    let candidate = |(text, help): Known| {
        let help = (!help.is_empty()).then(|| crate::text::safe_line(&help).into());
        CompletionCandidate::new(text).help(help)
    };
    shown.map(candidate).collect()
}

fn statuses() -> Vec<Known> {
    let known = Status::iter().filter(|status| *status != Status::Unknown);
    let words = known.map(|status| status.to_string().to_lowercase());
    let more = ["inactive", "all"].map(str::to_owned);
    words.chain(more).map(|word| (word, String::new())).collect()
}

/// What is known within the patience of a key; nothing else.
fn in_time(value: Value, typed: &str, asked: &Arc<Asked>) -> Vec<Known> {
    let (to, known) = mpsc::channel();
    let (typed, asked) = (typed.to_owned(), Arc::clone(asked));
    // It ends with the process.
    std::thread::spawn(move || to.send(look(value, &typed, &asked)));
    known.recv_timeout(PATIENCE).unwrap_or_default()
}

fn look(value: Value, typed: &str, asked: &Asked) -> Vec<Known> {
    let Ok(cli) = Cli::try_parse_from(flags(&asked.words, value)) else { return vec![] };
    let Ok(call) = Invocation::prepare(&cli.common) else { return vec![] };
    if value == Value::Backend {
        let backends = call.settings.config.backends.keys();
        return backends.map(|name| (name.clone(), String::new())).collect();
    }
    if call.settings.remote.is_some() {
        return vec![];
    }
    let options = LocalOptions { read_only: true, ..call.local_options() };
    let mut known = Vec::new();
    let looked = block_on(async {
        let store = LocalBackend::open(options)?;
        known = of_store(value, typed, &store).await?;
        Ok(Finish::Done)
    });
    if looked.is_ok() { known } else { vec![] }
}

async fn of_store(value: Value, typed: &str, store: &LocalBackend) -> Result<Vec<Known>, Failure> {
    if value == Value::Token {
        return tokens(typed, store).await;
    }
    let all = store.catalogue().await?;
    Ok(match value {
        Value::Account => each(all.accounts.values().map(|a| (a.id.to_string(), &a.name))),
        Value::Group => each(all.groups.values().map(|g| (g.id.to_string(), &g.name))),
        Value::Scope => each(all.scopes.values().map(|s| (s.id.to_string(), &s.name))),
        Value::Module => each(all.modules.values().map(|m| (m.id.to_string(), &m.name))),
        Value::Level => {
            let modules = each(all.modules.values().map(|m| (m.id.to_string(), &m.name)));
            let levels = ["read", "full", "no"];
            let each = modules.iter().flat_map(|(name, help)| {
                levels.map(|level| (format!("{name}={level}"), help.clone()))
            });
            each.collect()
        }
        Value::User => {
            let users = all.users.values().filter(|user| is_plain(&user.login));
            users.map(|user| (user.login.clone(), user.name.clone())).collect()
        }
        Value::Backend | Value::Status | Value::Token => vec![],
    })
}

/// By name, or by id where that is what is typed. What was deleted is no more.
async fn tokens(typed: &str, store: &LocalBackend) -> Result<Vec<Known>, Failure> {
    let query = Query { text: typed.to_owned(), ..Query::default() };
    let window = Window { offset: 0, limit: MOST };
    let page = store.list(if by_id(typed) { Query::default() } else { query }, window).await?;
    let tokens = page.tokens.iter();
    Ok(tokens
        .map(|view| {
            let (id, name) = (view.token.id.to_string(), &view.token.name);
            if by_id(typed) { (id, name.clone()) } else { named(id, name) }
        })
        .collect())
}

fn by_id(typed: &str) -> bool {
    typed.to_uppercase().starts_with("TKN-")
}

fn each<'n>(entries: impl Iterator<Item = (String, &'n String)>) -> Vec<Known> {
    entries.map(|(id, name)| named(id, name)).collect()
}

/// By its name where a shell takes that for one plain word, else by its id.
fn named(id: String, name: &str) -> Known {
    if is_plain(name) { (name.to_owned(), id) } else { (id, name.to_owned()) }
}

/// Whether nothing in it means anything to a shell, nor reads as a flag.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['-', '~'])
        && name.chars().all(|c| c.is_alphanumeric() || "._@+-".contains(c))
}
