//! The commands: reads the command line, asks the backend, prints the answer and
//! ends with an exit code. Holds no rule; what may be done is the backend's word.

mod accept_clock;
mod args;
mod audit;
mod backends;
mod bulk;
mod call;
mod catalog;
mod complete;
mod confirm;
mod connect;
mod credential;
mod deck;
mod doctor;
pub mod ending;
pub mod exit;
mod failure;
mod input;
mod job;
mod judge;
mod keep;
mod locale;
#[cfg(feature = "server")]
mod log;
mod login;
mod look;
mod lookup;
mod moment;
mod needs;
mod new_file;
mod operator;
mod output;
mod papers;
mod policy;
pub mod process;
mod resolve;
mod screen;
#[cfg(feature = "server")]
mod serve;
mod settings;
pub mod state_file;
mod store;
mod switch;
mod themes;
mod token;
mod user;
mod verify;
mod view;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

pub use args::Cli;

use args::{AuditCommand, CliCommand, ConfigCommand, TokenCommand};
use call::Invocation;
use deck::Deck;
use exit::Finish;
use failure::{Ended, Failure};
use output::Format;

/// Reads the arguments, the program's name among them, and does what they say.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    if let Some(answered) = complete::answer(&arguments) {
        return ending::report(answered, Format::default());
    }
    let texts = arguments.iter().filter_map(|argument| argument.to_str());
    let format = form_of(&arguments);
    if let Err(failure) = input::refuse_values(texts) {
        return ending::report(Err(failure), format);
    }
    match Cli::try_parse_from(arguments) {
        Ok(cli) => dispatch(&cli),
        // Help and version, on standard output.
        Err(error) if !error.use_stderr() => {
            ending::report(output::print(&error.to_string()).map(|()| Finish::Done), format)
        }
        Err(error) => ending::report(Err(Failure::Arguments(error)), format),
    }
}

/// The form of errors in a command line that may not be readable as a whole.
fn form_of(arguments: &[OsString]) -> Format {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    let mut form = None;
    while let Some(word) = words.next() {
        form = match word {
            "--output" | "-o" => words.next(),
            _ => word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o")),
        }
        .or(form);
    }
    call::early_format(form.and_then(|form| form.parse().ok()))
}

fn dispatch(cli: &Cli) -> ExitCode {
    let call = Invocation::prepare(&cli.common);
    let format =
        call.as_ref().map_or_else(|_| call::early_format(cli.common.output), Invocation::format);
    let held = call.as_ref().ok().and_then(|call| call.settings.held.clone());
    let outcome = look::must_change_for_a_reason(cli)
        .and_then(|()| must_have_form(cli))
        .and_then(|()| perform(cli, call));
    let told = |failure: Failure| failure.with_hold(held).with_look(look::command(cli));
    ending::report(outcome.map_err(told), format)
}

/// Refuses a form that only one command has.
fn must_have_form(cli: &Cli) -> Result<(), Failure> {
    let reports = matches!(cli.command, Some(CliCommand::Token(TokenCommand::Report(_))));
    if cli.common.output != Some(Format::Md) || reports {
        return Ok(());
    }
    let message = "Markdown is the form of 'token report': choose table, json, jsonl or csv";
    Err(Failure::Usage(message.to_owned()))
}

/// Does what the command says. A few commands work however wrong the settings are.
fn perform(cli: &Cli, call: Result<Invocation, Failure>) -> Ended {
    let needs = cli.command.as_ref();
    let needs = needs.map_or_else(Vec::new, |it| needs::abilities(it, cli.common.dry_run));
    match &cli.command {
        None => screen::open(&call?),
        Some(CliCommand::Demo) => screen::demo(&call?),
        #[cfg(feature = "server")]
        Some(CliCommand::Serve(args)) => serve::run(&call?.here()?, args),
        Some(CliCommand::Completions(args)) => complete::script(args.shell),
        Some(CliCommand::Man(args)) => papers::manual(&args.folder),
        Some(CliCommand::Doctor) => doctor::run(&cli.common, &call),
        Some(CliCommand::Config(ConfigCommand::Default)) => papers::default_settings(),
        Some(CliCommand::Config(ConfigCommand::Schema)) => papers::schema(),
        Some(CliCommand::Config(ConfigCommand::Show)) => settings::show(&call?),
        Some(CliCommand::Backend(command)) => backends::run(&call?, command),
        Some(CliCommand::Store(command)) => store::run(&call?.here()?, command),
        Some(CliCommand::Audit(AuditCommand::Verify(args))) => audit::verify(&call?, args),
        Some(CliCommand::Verify(args)) => verify::run(&call?, args),
        Some(CliCommand::Token(command)) => {
            Deck::able(&call?, needs, async |deck| token::run(deck, command).await)
        }
        Some(CliCommand::User(command)) => {
            let call = call?;
            Deck::able(&call, needs, async |deck| user::run(deck, command, &call.settings).await)
        }
        Some(CliCommand::View(command)) => {
            Deck::able(&call?, needs, async |deck| view::run(deck, command).await)
        }
        Some(CliCommand::Job(command)) => {
            Deck::able(&call?, needs, async |deck| job::run(deck, command).await)
        }
        Some(CliCommand::Operator(command)) => {
            Deck::able(&call?, needs, async |deck| operator::run(deck, command).await)
        }
        Some(CliCommand::Policy(command)) => {
            Deck::able(&call?, needs, async |deck| policy::run(deck, command).await)
        }
        Some(CliCommand::Lookup(args)) => {
            Deck::able(&call?, needs, async |deck| lookup::run(deck, args).await)
        }
        Some(CliCommand::Audit(AuditCommand::List(args))) => {
            Deck::able(&call?, needs, async |deck| audit::list(deck, args).await)
        }
        Some(CliCommand::Audit(AuditCommand::Export(args))) => {
            Deck::able(&call?, needs, async |deck| audit::export(deck, args).await)
        }
        Some(CliCommand::Audit(AuditCommand::Follow(args))) => {
            Deck::able(&call?, needs, async |deck| audit::follow(deck, args).await)
        }
        Some(CliCommand::Catalog(command)) => {
            Deck::able(&call?, needs, async |deck| catalog::run(deck, command).await)
        }
    }
}
