//! The commands: reads the command line, asks the backend, prints the answer and
//! ends with an exit code. Holds no rule; what may be done is the backend's word.

mod args;
mod audit;
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
use deck::Deck;
use exit::{Exit, Failure, Outcome};
use output::{Format, Output};

use crate::config::{self, Loaded};

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
    let plain = cli.common.output.unwrap_or_default();
    let (outcome, format) = match cli.command.as_ref() {
        // These two must work however wrong the settings are.
        Some(Command::Completions(args)) => (completions(args), plain),
        Some(Command::Config(ConfigCommand::Default)) => (default_file(), plain),
        command => match load(cli) {
            Ok((settings, format)) => (with_settings(cli, &settings, format, command), format),
            Err(failure) => (Err(failure), plain),
        },
    };
    exit::report(outcome, format)
}

fn load(cli: &Cli) -> Result<(Loaded, Format), Failure> {
    let settings = config::load(&cli.common.flags(), &|name| std::env::var_os(name))?;
    let format = deck::format(&cli.common, &settings)?;
    Ok((settings, format))
}

fn with_settings(
    cli: &Cli,
    settings: &Loaded,
    format: Format,
    command: Option<&Command>,
) -> Outcome {
    let output = Output::new(format);
    match command {
        Some(Command::Config(_)) => settings::show(output, settings),
        Some(Command::Store(command)) => store::run(output, &cli.common, settings, command),
        Some(Command::Audit(AuditCommand::Verify)) => audit::verify(output, settings),
        command => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()?;
            runtime.block_on(ask(cli, settings, command))
        }
    }
}

/// The commands that ask a backend.
async fn ask(cli: &Cli, settings: &Loaded, command: Option<&Command>) -> Outcome {
    let common = &cli.common;
    match command {
        None => screen::open(common, settings).await,
        Some(Command::Demo) => screen::demo(common, settings).await,
        Some(command) => {
            Deck::with(common, settings, async |deck| with_deck(deck, command).await).await
        }
    }
}

async fn with_deck(deck: &Deck, command: &Command) -> Outcome {
    match command {
        Command::Token(command) => token::run(deck, command).await,
        Command::Verify(args) => verify::run(deck, args).await,
        Command::Lookup(args) => lookup::run(deck, args).await,
        Command::Audit(AuditCommand::List(args)) => audit::list(deck, args).await,
        Command::Catalog(CatalogCommand::List { kind }) => catalog::list(deck, *kind).await,
        // Dispatched before a backend was opened.
        Command::Audit(AuditCommand::Verify)
        | Command::Store(_)
        | Command::Demo
        | Command::Config(_)
        | Command::Completions(_) => Ok(Exit::Done),
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
