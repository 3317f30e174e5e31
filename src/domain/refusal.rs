//! Why something was not done: one enum for a dimmed menu entry, a command's
//! error and a server's problem reply. Each refusal has a stable code, one
//! sentence for people, and the HTTP status and exit code that go with it.

mod codes;
mod word;

use serde::{Deserialize, Serialize};

pub use word::RefusalWord;
use word::word;

use super::clock::Jump;
use super::{HolderVerb, OutOfService, Status, Time, Verb};

/// What is wrong with one field, said beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FieldError {
    /// The field, by its name in the JSON form.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl FieldError {
    /// An error at a field.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

/// Why not.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, thiserror::Error,
)]
#[serde(tag = "kind", content = "about", rename_all = "snake_case")]
pub enum Refusal {
    /// There is none, or the operator may not know of it: both read the same.
    #[error("no {what} '{name}' here")]
    NotFound {
        /// The kind of record.
        #[serde(deserialize_with = "word")]
        what: RefusalWord,
        /// What was asked for.
        name: String,
    },
    /// More than one record has that name.
    #[error("'{name}' names {count} tokens: {}", one_of(among, *count))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// How many fit.
        count: usize,
        /// The first of them: id and account.
        #[serde(default)]
        among: Vec<String>,
    },
    /// The store does not know the login.
    #[error(
        "'{login}' is not a user of this store: --as NAME{}",
        if *example { ", in this example --as ada" } else { "" }
    )]
    UnknownUser {
        /// The login given.
        login: String,
        /// Whether it is the example, whose users everybody may be.
        #[serde(default)]
        example: bool,
    },
    /// A server does not know who asks: one sentence for all reasons, as whoever
    /// guesses must not learn which it was.
    #[error(
        "not signed in: the operator credential is missing, unknown, expired or revoked; \
         ask whoever runs the server for a new one"
    )]
    NotSignedIn,
    /// The permission to change tokens is missing (R8).
    #[error("Needs the manage_tokens permission")]
    NeedsManageTokens,
    /// The role cannot do this at all.
    #[error("Needs the role {role}")]
    NeedsRole {
        /// The role that could.
        #[serde(deserialize_with = "word")]
        role: RefusalWord,
    },
    /// Only the owner may accept a token.
    #[error("Only its owner can accept it")]
    OwnerOnly,
    /// The clock jumped ahead, and nobody has said that it is right.
    #[error(
        "the clock where the store is says {}, {} ahead of the {} that the store knows: until \
         the clock is set right, or a Superadmin there has it taken by 'tokendeck store \
         accept-clock', only revoke and disable are done",
        super::calendar::seconds(.0.clock),
        super::clock::distance(.0.clock - .0.known),
        super::calendar::seconds(.0.known)
    )]
    ClockJumped(
        /// What it says, and what was known.
        Jump,
    ),
    /// The program was started with --read-only.
    #[error("Read-only: nothing is changed")]
    ReadOnly,
    /// Revoke on a revoked token.
    #[error("Already revoked")]
    AlreadyRevoked,
    /// Revoke on an expired token.
    #[error("Already expired")]
    AlreadyExpired,
    /// Anything on a deleted token.
    #[error("Already deleted")]
    AlreadyDeleted,
    /// Enable on an enabled token.
    #[error("Already enabled")]
    AlreadyEnabled,
    /// Disable on a disabled token.
    #[error("Already disabled")]
    AlreadyDisabled,
    /// Accept on a token that is not pending.
    #[error("Not pending")]
    NotPending,
    /// A request for a user and module that have one already (R119).
    #[error("Already pending")]
    AlreadyPending,
    /// Remove where only a request is (R120).
    #[error("Pending: cancel the request")]
    CancelInstead,
    /// Remove where nothing is.
    #[error("No API token to remove")]
    NothingHeld,
    /// A token for a user could be given no scope (D9).
    #[error("Holds no scope of {account} that you could grant")]
    NoCommonScope {
        /// The account, by name.
        account: String,
    },
    /// An action for users without a module, where there are several (R130).
    #[error("Choose a module first")]
    ChooseModule,
    /// The status rules the action out.
    #[error("{status} tokens cannot be {}", verb.past())]
    WrongStatus {
        /// What was asked.
        verb: Verb,
        /// What the token is.
        status: Status,
    },
    /// Accept on a token whose end has come, or that is switched off.
    #[error("It would be {status} once accepted")]
    NotAcceptable {
        /// What it would be.
        status: Status,
    },
    /// Enable or accept on a token whose account or owner is disabled.
    #[error("Its {by} is disabled")]
    OutOfService {
        /// What is out of service.
        by: OutOfService,
    },
    /// Somebody who is out of service: they sign in nowhere and get no tokens.
    #[error("{name} is disabled: 'user enable' brings them back")]
    UserDisabled {
        /// Who, by name or login.
        name: String,
    },
    /// Nobody takes themselves out of service.
    #[error("Nobody disables themselves: somebody else who may has to")]
    OwnUser,
    /// A hand-over to who has the token already.
    #[error("It is theirs already")]
    AlreadyTheirs,
    /// A hand-over to a user of another account.
    #[error("{name} is no user of {account}")]
    NotOfAccount {
        /// Who, by name.
        name: String,
        /// The token's account, by name.
        account: String,
    },
    /// A hand-over to somebody who may not reach the token's data.
    #[error("{name} does not hold {scopes}")]
    LacksScopes {
        /// Who, by name.
        name: String,
        /// The scopes, by name.
        scopes: String,
    },
    /// The value was destroyed when the token ended.
    #[error("Value no longer exists")]
    ValueGone,
    /// A token with an owner shows its value once only (R80, D11).
    #[error("The value of a user token is shown only once")]
    ShownOnce,
    /// Many tokens get new values at once, and this one is a user's: theirs go with
    /// generate & export, which asks for their acceptance.
    #[error("Has an owner: use generate & export")]
    HasOwner,
    /// A request has no value before it is accepted.
    #[error("No value yet: its owner has to accept it first")]
    NoValueYet,
    /// Only the hash is kept, be it by the store's policy, or because it was a user's.
    #[error("Nothing but the hash of its value is kept: regenerate makes another")]
    NotRetained,
    /// A name, guid or the like is in use, or a field is wrong.
    #[error("{}", join(.0))]
    Invalid(
        /// One or more.
        Vec<FieldError>,
    ),
    /// Somebody changed the record since it was read (R138).
    #[error("Changed by {by} at {}", super::calendar::seconds(*.at))]
    StaleVersion {
        /// Who, by name.
        by: String,
        /// When.
        at: Time,
    },
    /// The tokens of a frozen plan are no longer as they were.
    #[error("The selected tokens changed meanwhile: look again")]
    StalePlan,
    /// An action on all that is found, where nothing says what is to be found.
    #[error("nothing says which tokens: name them, or give a filter that leaves some out")]
    NoTerms,
    /// A bulk action found nothing to do.
    #[error("No tokens to {0}")]
    NothingToDo(
        /// What was asked.
        Verb,
    ),
    /// A plan for users in which each of them would be skipped.
    #[error("Nothing to be {}", .0.past())]
    NothingToBe(
        /// What was asked.
        HolderVerb,
    ),
    /// A dangerous verb without a terminal and without `--yes`.
    #[error("not confirmed: add {0}")]
    NotConfirmed(
        /// The flags that confirm it.
        String,
    ),
    /// No older value passes, so none can be dropped.
    #[error("No older value is in force")]
    NoOverlap,
    /// Resume or abandon on a job that somebody works on.
    #[error("It is being worked on{}: stop it first", at_least(until.as_ref()))]
    JobRunning {
        /// Until when others have to take its process for alive, where that is known.
        #[serde(default)]
        until: Option<Time>,
    },
    /// Stop on a job that was stopped.
    #[error("It was stopped already")]
    JobStopped,
    /// Anything on a job that is done or given up.
    #[error("It has ended already")]
    JobOver,
    /// Resume or stop on an export whose file is not known to be whole (R125).
    #[error("Its file was not found whole here: resume it where the file is, or abandon it")]
    JobStaged,
    /// More of one's jobs wait for a word than are kept.
    #[error("{0} of your jobs are not finished: resume or abandon some first")]
    TooManyJobs(
        /// How many may wait.
        usize,
    ),
    /// A plan of more items than a server takes at once.
    #[error("{count} items: at most {most} at once, so choose fewer")]
    TooManyItems {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// An edit or removal of a user who holds what the operator does not.
    #[error("Holds more than you do ({what}): only name and e-mail are yours to change")]
    HoldsMore {
        /// What of it.
        what: String,
    },
    /// The last Superadmin stays.
    #[error("The last Superadmin stays")]
    LastSuperadmin,
    /// Accounts are never removed, for events and ended tokens name them.
    #[error("Accounts are never removed: disable it instead")]
    AccountStays,
    /// A catalogue entry is still used.
    #[error("used by {0}")]
    InUse(
        /// What uses it.
        String,
    ),
    /// The backend lacks the ability, and says so in a sentence of its own.
    #[error("{0}")]
    Lacking(
        /// The sentence.
        String,
    ),
    /// The backend cannot do this.
    #[error("This backend cannot {0}")]
    Unsupported(
        /// What was asked.
        String,
    ),
}

/// "give an id: TKN-1000-0001 of Acme, TKN-2000-0001 of Borealis".
fn one_of(among: &[String], count: usize) -> String {
    if among.is_empty() {
        return "give an id or a GUID".to_owned();
    }
    let more = if among.len() < count { ", ..." } else { "" };
    format!("give an id: {}{more}", among.join(", "))
}

fn join(errors: &[FieldError]) -> String {
    let lines: Vec<String> =
        errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
    lines.join("; ")
}

/// ", at least until 2026-03-10 12:00:07 UTC".
fn at_least(until: Option<&Time>) -> String {
    until.map_or_else(String::new, |until| {
        format!(", at least until {}", super::calendar::seconds(*until))
    })
}

impl Refusal {
    /// The same with the time at which a job that is worked on may be anybody's.
    #[must_use]
    pub fn leased(self, until: Option<Time>) -> Self {
        if let Self::JobRunning { .. } = self { Self::JobRunning { until } } else { self }
    }

    /// An error at a single field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }

    /// No such token, or none the operator may know of.
    pub fn no_token(name: impl Into<String>) -> Self {
        Self::NotFound { what: "token", name: name.into() }
    }
}
