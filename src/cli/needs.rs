//! What each command takes of the backend: one that takes what the backend lacks is refused in
//! the backend's own sentence, before anything is read, planned or asked.

use super::args::{
    ActArgs, AuditCommand, CatalogCommand, CliCommand, HandOverArgs, JobCommand, PolicyCheckArgs,
    PolicyCommand, RegenerateArgs, TokenCommand, UserCommand,
};
use crate::domain::{HolderVerb, Verb};
use crate::wire::Ability;

/// The ability that a command takes; none where it asks no backend, or for what no store on
/// this machine is without.
pub(super) fn ability(command: &CliCommand) -> Option<Ability> {
    match command {
        CliCommand::Token(command) => Some(token(command)),
        CliCommand::User(command) => Some(user(command)),
        CliCommand::Catalog(command) => Some(catalog(command)),
        CliCommand::Job(JobCommand::List | JobCommand::Show { .. }) => Some(Ability::Jobs),
        CliCommand::Job(
            JobCommand::Resume { .. } | JobCommand::Stop { .. } | JobCommand::Abandon { .. },
        ) => Some(Ability::SteerJobs),
        CliCommand::Policy(PolicyCommand::Check(PolicyCheckArgs { disable: true, .. })) => {
            Some(Ability::of_many(Verb::Disable))
        }
        CliCommand::Policy(PolicyCommand::Check(PolicyCheckArgs { disable: false, .. })) => {
            Some(Ability::List)
        }
        CliCommand::Lookup(_) => Some(Ability::Lookup),
        CliCommand::Verify(_) => Some(Ability::Verify),
        CliCommand::Audit(
            AuditCommand::List(_) | AuditCommand::Export(_) | AuditCommand::Follow(_),
        ) => Some(Ability::Events),
        CliCommand::Audit(AuditCommand::Verify(_)) => Some(Ability::CheckLog),
        CliCommand::Operator(_)
        | CliCommand::Store(_)
        | CliCommand::Backend(_)
        | CliCommand::Demo
        | CliCommand::Config(_)
        | CliCommand::Doctor
        | CliCommand::Completions(_)
        | CliCommand::Man(_) => None,
        #[cfg(feature = "server")]
        CliCommand::Serve(_) => None,
    }
}

fn token(command: &TokenCommand) -> Ability {
    match command {
        TokenCommand::List(_) => Ability::List,
        TokenCommand::Show(_) => Ability::Show,
        TokenCommand::Create(_) => Ability::Create,
        TokenCommand::Edit(_) => Ability::Edit,
        TokenCommand::Regenerate(RegenerateArgs { tokens, out, .. }) => {
            let one = is_one(tokens) && out.is_none();
            if one { Ability::Regenerate } else { Ability::RegenerateMany }
        }
        TokenCommand::Value(_) => Ability::Reveal,
        TokenCommand::DropOld(_) => Ability::DropOld,
        TokenCommand::RevokeAll(_) => Ability::RevokeMany,
        TokenCommand::Import(_) => Ability::ImportTokens,
        TokenCommand::HandOver(HandOverArgs { which, .. }) => on(Verb::HandOver, which),
        TokenCommand::Enable(args) => on(Verb::Enable, args),
        TokenCommand::Disable(args) => on(Verb::Disable, args),
        TokenCommand::Revoke(args) => on(Verb::Revoke, args),
        TokenCommand::Delete(args) => on(Verb::Delete, args),
    }
}

fn on(verb: Verb, args: &ActArgs) -> Ability {
    if is_one(&args.tokens) { Ability::of(verb) } else { Ability::of_many(verb) }
}

/// Whether one token is named; standard input may name several.
fn is_one(tokens: &[String]) -> bool {
    match tokens {
        [only] => only != "-",
        [] | [_, _, ..] => false,
    }
}

fn user(command: &UserCommand) -> Ability {
    match command {
        UserCommand::List(_) => Ability::Users,
        UserCommand::Enable(_) | UserCommand::Disable(_) => Ability::SwitchUser,
        UserCommand::Accept(_) => Ability::Accept,
        UserCommand::Request(_) => Ability::of_holders(HolderVerb::Request),
        UserCommand::Cancel(_) => Ability::of_holders(HolderVerb::Cancel),
        UserCommand::Remove(_) => Ability::of_holders(HolderVerb::Remove),
        UserCommand::GenerateExport(_) => Ability::of_holders(HolderVerb::Generate),
    }
}

fn catalog(command: &CatalogCommand) -> Ability {
    match command {
        CatalogCommand::List { .. } | CatalogCommand::Export { .. } => Ability::Catalogue,
        CatalogCommand::Import { .. } => Ability::ImportCatalogue,
        CatalogCommand::Add(_) => Ability::AddEntry,
        CatalogCommand::Edit(_) => Ability::EditEntry,
        CatalogCommand::Remove(_) => Ability::RemoveEntry,
    }
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test that cannot go on should fail")]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn one_token_takes_less_than_many() {
        for (line, expected) in [
            ("token|revoke|robot-1", Ability::Revoke),
            ("token|revoke|a|b", Ability::RevokeMany),
            ("token|revoke|-", Ability::RevokeMany),
            ("token|disable|--search|bulk", Ability::DisableMany),
            ("token|hand-over|a|--to|carl", Ability::HandOver),
            ("token|regenerate|a", Ability::Regenerate),
            ("token|regenerate|a|--out|new.csv", Ability::RegenerateMany),
            ("user|remove|carl", Ability::RemoveHeld),
            ("job|stop|JOB-0001-0001", Ability::SteerJobs),
            ("policy|check|--disable", Ability::DisableMany),
        ] {
            let words = std::iter::once("tokendeck").chain(line.split('|'));
            let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(cli.command.as_ref().and_then(ability), Some(expected), "{line}");
        }
    }
}
