//! What each command takes of the backend: one that takes what the backend lacks is refused in
//! the backend's own sentence, before anything is read, planned or asked.

use super::args::{
    ActArgs, AuditCommand, CatalogCommand, CliCommand, HandOverArgs, JobCommand, LookupArgs,
    PolicyCheckArgs, PolicyCommand, RegenerateArgs, TokenCommand, UserCommand,
};
use crate::domain::{HolderVerb, Overlap, Verb};
use crate::wire::Ability;

/// All that a command takes: what it does, what is asked for beside that, and where nothing
/// is to be done, that it can be tried.
pub(super) fn abilities(command: &CliCommand, dry_run: bool) -> Vec<Ability> {
    let tries = (dry_run && is_tried(command)).then_some(Ability::TryFirst);
    ability(command).into_iter().chain(overlap(command)).chain(tries).collect()
}

/// The ability that a command takes; none where it asks no backend, or for what no store on
/// this machine is without.
fn ability(command: &CliCommand) -> Option<Ability> {
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
        CliCommand::Lookup(LookupArgs { revoke: false, .. }) => Some(Ability::Lookup),
        CliCommand::Lookup(LookupArgs { revoke: true, .. }) => Some(Ability::RevokeMany),
        CliCommand::View(_) => Some(Ability::Filter),
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

/// What `--overlap` takes.
fn overlap(command: &CliCommand) -> Option<Ability> {
    let overlap = match command {
        CliCommand::Token(
            TokenCommand::Regenerate(RegenerateArgs { overlap, .. })
            | TokenCommand::HandOver(HandOverArgs { overlap, .. }),
        ) => *overlap,
        _ => Overlap::NONE,
    };
    (overlap != Overlap::NONE).then_some(Ability::Overlap)
}

/// Whether the backend is asked what would come of it. A plan says so without that, and of
/// one order the rules do.
fn is_tried(command: &CliCommand) -> bool {
    match command {
        CliCommand::Token(command) => match command {
            TokenCommand::Create(_) | TokenCommand::Edit(_) => true,
            TokenCommand::Regenerate(RegenerateArgs { tokens, out, .. }) => {
                is_one(tokens) && out.is_none()
            }
            TokenCommand::HandOver(HandOverArgs { which, .. }) => is_one(&which.tokens),
            TokenCommand::List(_)
            | TokenCommand::Show(_)
            | TokenCommand::Report(_)
            | TokenCommand::Value(_)
            | TokenCommand::DropOld(_)
            | TokenCommand::RevokeAll(_)
            | TokenCommand::Import(_)
            | TokenCommand::Enable(_)
            | TokenCommand::Disable(_)
            | TokenCommand::Revoke(_)
            | TokenCommand::Delete(_) => false,
        },
        CliCommand::User(command) => match command {
            UserCommand::Enable(_) | UserCommand::Disable(_) | UserCommand::Accept(_) => true,
            UserCommand::List(_)
            | UserCommand::Request(_)
            | UserCommand::Cancel(_)
            | UserCommand::Remove(_)
            | UserCommand::GenerateExport(_) => false,
        },
        CliCommand::Catalog(command) => match command {
            CatalogCommand::Import { .. }
            | CatalogCommand::Add(_)
            | CatalogCommand::Edit(_)
            | CatalogCommand::Remove(_) => true,
            CatalogCommand::List { .. } | CatalogCommand::Export { .. } => false,
        },
        CliCommand::Job(_)
        | CliCommand::Policy(_)
        | CliCommand::Lookup(_)
        | CliCommand::Verify(_)
        | CliCommand::View(_)
        | CliCommand::Audit(_)
        | CliCommand::Operator(_)
        | CliCommand::Store(_)
        | CliCommand::Backend(_)
        | CliCommand::Demo
        | CliCommand::Config(_)
        | CliCommand::Doctor
        | CliCommand::Completions(_)
        | CliCommand::Man(_) => false,
        #[cfg(feature = "server")]
        CliCommand::Serve(_) => false,
    }
}

fn token(command: &TokenCommand) -> Ability {
    match command {
        TokenCommand::List(_) => Ability::List,
        TokenCommand::Show(_) | TokenCommand::Report(_) => Ability::Show,
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

    #[test]
    fn what_is_asked_for_beside_a_verb_takes_more() {
        for (line, expected) in [
            ("token|regenerate|a", &[Ability::Regenerate][..]),
            ("token|regenerate|a|--overlap|12h", &[Ability::Regenerate, Ability::Overlap]),
            ("token|regenerate|a|b|--overlap|12h", &[Ability::RegenerateMany, Ability::Overlap]),
            ("token|hand-over|a|--to|b|--overlap|12h", &[Ability::HandOver, Ability::Overlap]),
            ("token|hand-over|a|--to|b|--dry-run", &[Ability::HandOver, Ability::TryFirst]),
            ("token|create|a|--dry-run", &[Ability::Create, Ability::TryFirst]),
            ("catalog|remove|scope|a|--dry-run", &[Ability::RemoveEntry, Ability::TryFirst]),
            // The rules say it of one, and a plan of many.
            ("token|revoke|a|--dry-run", &[Ability::Revoke]),
            ("token|revoke|a|b|--dry-run", &[Ability::RevokeMany]),
            ("lookup|-|--revoke", &[Ability::RevokeMany]),
        ] {
            let words = std::iter::once("tokendeck").chain(line.split('|'));
            let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
            let dry = cli.common.dry_run;
            let takes = cli.command.as_ref().map(|command| abilities(command, dry));
            assert_eq!(takes.as_deref(), Some(expected), "{line}");
        }
    }
}
