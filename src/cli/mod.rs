//! The commands: reads the command line, asks the backend, prints the answer and
//! ends with an exit code. Holds no rule; what may be done is the backend's word.

mod args;
mod audit;
mod call;
mod catalog;
mod confirm;
mod deck;
pub mod exit;
mod input;
mod login;
mod lookup;
mod output;
mod resolve;
mod screen;
mod settings;
mod store;
mod token;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

pub use args::Cli;

use args::{AuditCommand, CatalogCommand, Command, CompletionArgs, ConfigCommand};
use call::Call;
use deck::Deck;
use exit::{Exit, Failure, Outcome};
use output::Format;

use crate::config;

/// Reads the arguments, the program's name among them, and does what they say.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let texts = arguments.iter().filter_map(|argument| argument.to_str());
    if let Err(failure) = input::refuse_values(texts) {
        return exit::report(Err(failure), Format::default());
    }
    match Cli::try_parse_from(arguments) {
        Ok(cli) => dispatch(&cli),
        Err(error) => {
            // Help and version end well, on standard output; all else is wrong usage.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            ExitCode::from(code)
        }
    }
}

fn dispatch(cli: &Cli) -> ExitCode {
    let call = Call::prepare(&cli.common);
    let format = call.as_ref().map_or_else(|_| cli.common.output.unwrap_or_default(), Call::format);
    exit::report(perform(cli.command.as_ref(), call), format)
}

/// Does what the command says. A few commands work however wrong the settings are.
fn perform(command: Option<&Command>, call: Result<Call, Failure>) -> Outcome {
    match command {
        None => screen::open(&call?),
        Some(Command::Demo) => screen::demo(&call?),
        Some(Command::Completions(args)) => completions(args),
        Some(Command::Config(ConfigCommand::Default)) => default_file(),
        Some(Command::Config(ConfigCommand::Show)) => settings::show(&call?),
        Some(Command::Store(command)) => store::run(&call?, command),
        Some(Command::Audit(AuditCommand::Verify)) => audit::verify(&call?),
        Some(Command::Verify(args)) => verify::run(&call?, args),
        Some(Command::Token(command)) => {
            Deck::with(&call?, async |deck| token::run(deck, command).await)
        }
        Some(Command::Lookup(args)) => {
            Deck::with(&call?, async |deck| lookup::run(deck, args).await)
        }
        Some(Command::Audit(AuditCommand::List(args))) => {
            Deck::with(&call?, async |deck| audit::list(deck, args).await)
        }
        Some(Command::Catalog(CatalogCommand::List { kind })) => {
            Deck::with(&call?, async |deck| catalog::list(deck, *kind).await)
        }
    }
}

fn completions(args: &CompletionArgs) -> Outcome {
    // Into memory first: the generator panics where its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tokendeck", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

fn default_file() -> Outcome {
    output::print(config::DEFAULT_FILE)?;
    Ok(Exit::Done)
}
