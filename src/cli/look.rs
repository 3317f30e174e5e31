//! Which command tells what became of a change whose outcome is unknown: whoever reads
//! that it may have been done needs to know where to look.

use super::args::{
    ActArgs, AddCommand, CatalogCommand, Cli, CliCommand, EditCommand, HandOverArgs, JobCommand,
    LookupArgs, OperatorCommand, PolicyCheckArgs, PolicyCommand, StoreCommand, TokenCommand,
    UserCommand,
};
use super::failure::Failure;
use crate::domain::EntryKind;

/// The command to look with; none where nothing is changed.
pub(super) fn command(cli: &Cli) -> Option<String> {
    let words = match cli.command.as_ref()? {
        CliCommand::Token(command) => token(command)?,
        CliCommand::User(command) => user(command)?,
        CliCommand::Catalog(command) => catalog(command)?,
        CliCommand::Job(
            JobCommand::Resume { job } | JobCommand::Stop { job } | JobCommand::Abandon { job },
        ) => {
            vec!["job", "show", job]
        }
        CliCommand::Lookup(LookupArgs { revoke: true, .. })
        | CliCommand::Policy(PolicyCommand::Check(PolicyCheckArgs { disable: true, .. })) => {
            vec!["job", "list"]
        }
        CliCommand::Job(JobCommand::List | JobCommand::Show { .. })
        | CliCommand::Verify(_)
        | CliCommand::Lookup(LookupArgs { revoke: false, .. })
        | CliCommand::Policy(PolicyCommand::Check(PolicyCheckArgs { disable: false, .. }))
        | CliCommand::Audit(_)
        | CliCommand::View(_)
        // They are for a store on this machine, which answers.
        | CliCommand::Operator(_)
        | CliCommand::Store(_)
        // They ask no backend.
        | CliCommand::Backend(_)
        | CliCommand::Demo
        | CliCommand::Config(_)
        | CliCommand::Doctor
        | CliCommand::Completions(_)
        | CliCommand::Man(_) => return None,
        #[cfg(feature = "server")]
        CliCommand::Serve(_) => return None,
    };
    let backend = cli.common.backend.iter().flat_map(|name| ["--backend", name.as_str()]);
    let words = ["tokendeck"].into_iter().chain(backend).chain(words);
    Some(words.map(quoted).collect::<Vec<_>>().join(" "))
}

/// Refuses a reason for what changes nothing: nobody would ever read it.
pub(super) fn must_change_for_a_reason(cli: &Cli) -> Result<(), Failure> {
    let changes = match &cli.command {
        // They are on record too, though only done on this machine.
        Some(
            CliCommand::Store(StoreCommand::AcceptClock)
            | CliCommand::Operator(OperatorCommand::Create(_) | OperatorCommand::Revoke(_)),
        ) => true,
        // They change no record, so there is none to keep it.
        Some(CliCommand::Job(JobCommand::Stop { .. } | JobCommand::Abandon { .. })) => false,
        _ => command(cli).is_some(),
    };
    if changes || cli.common.reason.is_none() {
        return Ok(());
    }
    let message = "--reason is for what changes something: leave it out here";
    Err(Failure::Usage(message.to_owned()))
}

fn token(command: &TokenCommand) -> Option<Vec<&str>> {
    let reference = match command {
        TokenCommand::List(_) | TokenCommand::Show(_) | TokenCommand::Report(_) => {
            return None;
        }
        TokenCommand::Create(args) => &args.name,
        TokenCommand::Edit(args) => &args.token,
        TokenCommand::Regenerate(args) => match args.tokens.as_slice() {
            [only] if args.out.is_none() => only,
            _ => return Some(vec!["job", "list"]),
        },
        TokenCommand::Value(args) => return Some(vec!["token", "show", &args.token, "--audit"]),
        TokenCommand::DropOld(args) => &args.token,
        TokenCommand::RevokeAll(_) | TokenCommand::Import(_) => {
            return Some(vec!["job", "list"]);
        }
        TokenCommand::HandOver(HandOverArgs { which: args, .. })
        | TokenCommand::Enable(args)
        | TokenCommand::Disable(args)
        | TokenCommand::Revoke(args)
        | TokenCommand::Delete(args) => match &args {
            ActArgs { tokens, .. } if tokens.len() == 1 => tokens.first()?,
            _ => return Some(vec!["job", "list"]),
        },
    };
    Some(vec!["token", "show", reference])
}

fn user(command: &UserCommand) -> Option<Vec<&str>> {
    match command {
        UserCommand::List(_) => None,
        UserCommand::Enable(_) | UserCommand::Disable(_) => Some(vec!["catalog", "list", "user"]),
        UserCommand::Accept(_) => Some(vec!["token", "list"]),
        UserCommand::Request(_)
        | UserCommand::Cancel(_)
        | UserCommand::Remove(_)
        | UserCommand::GenerateExport(_) => Some(vec!["job", "list"]),
    }
}

fn catalog(command: &CatalogCommand) -> Option<Vec<&str>> {
    let kind = match command {
        CatalogCommand::List { .. } | CatalogCommand::Export { .. } => return None,
        CatalogCommand::Import { .. } => return Some(vec!["catalog", "list"]),
        CatalogCommand::Add(AddCommand::Account { .. })
        | CatalogCommand::Edit(EditCommand::Account { .. }) => EntryKind::Account,
        CatalogCommand::Add(AddCommand::Module { .. })
        | CatalogCommand::Edit(EditCommand::Module { .. }) => EntryKind::Module,
        CatalogCommand::Add(AddCommand::Scope { .. })
        | CatalogCommand::Edit(EditCommand::Scope { .. }) => EntryKind::Scope,
        CatalogCommand::Add(AddCommand::Group { .. })
        | CatalogCommand::Edit(EditCommand::Group { .. }) => EntryKind::Group,
        CatalogCommand::Add(AddCommand::User { .. })
        | CatalogCommand::Edit(EditCommand::User { .. }) => EntryKind::User,
        CatalogCommand::Remove(args) => args.kind.into(),
    };
    Some(vec!["catalog", "list", kind.into()])
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test that cannot go on should fail")]
mod tests {
    use clap::Parser as _;

    use super::*;

    fn look(line: &str) -> Option<String> {
        let words = std::iter::once("tokendeck").chain(line.split('|'));
        let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
        command(&cli)
    }

    #[test]
    fn each_change_has_a_command_that_tells_what_became_of_it() {
        for (line, expected) in [
            ("token|revoke|robot-1", "token show robot-1"),
            ("token|revoke|a|b", "job list"),
            ("token|hand-over|a|--to|carl", "token show a"),
            ("token|hand-over|a|b|--to|carl", "job list"),
            ("token|disable|--search|bulk", "job list"),
            ("token|revoke-all|--account|Acme", "job list"),
            ("token|create|night's run", r"token show 'night'\''s run'"),
            ("token|edit|robot-1|--name|robot-9", "token show robot-1"),
            ("token|value|robot-1", "token show robot-1 --audit"),
            ("user|remove|carl", "job list"),
            ("user|accept|carl", "token list"),
            ("user|disable|carl", "catalog list user"),
            ("user|generate-export|carl", "job list"),
            ("catalog|add|module|Archive", "catalog list module"),
            ("catalog|edit|user|carl", "catalog list user"),
            ("catalog|remove|scope|SCP-0001", "catalog list scope"),
            ("catalog|import|all.toml", "catalog list"),
            ("job|stop|JOB-0001-0001", "job show JOB-0001-0001"),
            ("token|import|all.csv|--out|new.csv", "job list"),
            ("policy|check|--disable", "job list"),
        ] {
            assert_eq!(look(line), Some(format!("tokendeck {expected}")), "{line}");
        }
        let team = look("--backend|team|token|revoke|robot-1");
        assert_eq!(team.as_deref(), Some("tokendeck --backend team token show robot-1"));
    }

    #[test]
    fn what_only_reads_needs_none() {
        for line in [
            "token|list",
            "user|list",
            "catalog|list",
            "job|list",
            "lookup|-",
            "policy|check",
            "doctor",
        ] {
            assert_eq!(look(line), None, "{line}");
        }
    }
}
