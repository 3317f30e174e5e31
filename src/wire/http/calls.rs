//! The calls: one row each, from which the server's routes, its `OpenAPI` document
//! and the client's requests are made, so that they can't come apart.

use serde::{Deserialize, Serialize};

use crate::domain::Verb;

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "UPPERCASE")]
pub enum HttpMethod {
    /// Reads.
    Get,
    /// Does something.
    Post,
    /// Changes a record as it was read.
    Put,
    /// Removes a record.
    Delete,
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admits {
    /// Whoever has an operator credential; the authority says what they may do.
    Operator,
    /// Anyone: nothing of the store is told.
    Anyone,
}

/// One call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpCall {
    /// Names it, in the `OpenAPI` document and among the capabilities.
    pub id: &'static str,
    /// How.
    pub method: HttpMethod,
    /// Where; `{...}` stands for what names a record.
    pub path: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Who may.
    pub door: Admits,
    /// Whether something may be different after it. A GET changes nothing, and some
    /// POSTs do not either.
    pub changes: bool,
    /// Whether it may take minutes, as bulk work does.
    pub long: bool,
    /// What it makes of If-Match.
    pub version: Version,
    /// What it makes of an Idempotency-Key.
    pub keyed: Keyed,
}

/// What a call makes of the version of a record, as the `ETag` of a reply told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Nothing.
    Ignored,
    /// Where it is said, a newer record is not changed.
    Heeded,
    /// It must be said, so that nobody's change is lost.
    Needed,
}

/// What a call makes of an Idempotency-Key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyed {
    /// Nothing: it may be asked as often as one likes.
    Ignored,
    /// Under one key it happens once.
    Heeded,
    /// It is refused: each time is to happen, and to be on record.
    Refused,
}

const fn read(id: &'static str, path: &'static str, about: &'static str) -> HttpCall {
    let (method, door) = (HttpMethod::Get, Admits::Operator);
    let (version, keyed) = (Version::Ignored, Keyed::Ignored);
    HttpCall { id, method, path, about, door, changes: false, long: false, version, keyed }
}

const fn ask(id: &'static str, path: &'static str, about: &'static str) -> HttpCall {
    HttpCall { method: HttpMethod::Post, ..read(id, path, about) }
}

const fn change(id: &'static str, path: &'static str, about: &'static str) -> HttpCall {
    HttpCall { changes: true, keyed: Keyed::Heeded, ..ask(id, path, about) }
}

const fn open(id: &'static str, path: &'static str, about: &'static str) -> HttpCall {
    HttpCall { door: Admits::Anyone, ..read(id, path, about) }
}

const fn long(call: HttpCall) -> HttpCall {
    HttpCall { long: true, ..call }
}

macro_rules! calls {
    ($($name:ident = $call:expr;)*) => {
        $(#[doc = concat!("The call of `", stringify!($name), "`; its row says the rest.")]
        pub static $name: HttpCall = $call;)*

        /// Every call there is.
        pub static ALL: &[&HttpCall] = &[$(&$name),*];
    };
}

calls! {
    HEALTHZ = open("healthz", "/healthz", "Whether the server runs.");
    READYZ = open("readyz", "/readyz", "Whether its store answers.");
    OPENAPI = open("openapi", "/openapi.json", "This document.");
    ME = read("me", "/v1/me", "Who is at work here, what they may call, and what time it is.");
    HEAD = read("head", "/v1/head", "How far the store has come: another text means that something changed.");
    LIST = read("list_tokens", "/v1/tokens", "A window of the tokens that a query finds.");
    CREATE = change("create_token", "/v1/tokens", "Makes a token. Its value is in the reply, maybe for the only time.");
    FOUND = read("find_token_ids", "/v1/token-ids", "The ids of all tokens that a query finds, in its order.");
    RESOLVE = read("resolve_token", "/v1/resolve", "One token by id, GUID or unambiguous name.");
    SHOW = read("show_token", "/v1/tokens/{token}", "One token.");
    EDIT = HttpCall { method: HttpMethod::Put, version: Version::Needed, ..change("edit_token", "/v1/tokens/{token}", "Changes the settings of a token that is still at the version of If-Match.") };
    POSITION = read("token_position", "/v1/tokens/{token}/position", "The place of a token in the answer to a query.");
    REGENERATE = change("regenerate_token", "/v1/tokens/{token}/regenerate", "Gives a token a new value and a new end.");
    HAND_OVER = change("hand_over_token", "/v1/tokens/{token}/hand-over", "Gives a token to another user of its account, or back to the account. It gets a new value unless that is said to stay.");
    ACCEPT = change("accept_token", "/v1/tokens/{token}/accept", "Takes a requested or exported token into service, as its owner.");
    REVEAL = HttpCall { keyed: Keyed::Refused, ..change("reveal_value", "/v1/tokens/{token}/reveal", "The value of an account token; the audit records it first, each time, so it takes no Idempotency-Key.") };
    ACT = HttpCall { version: Version::Heeded, ..change("act_on_token", "/v1/tokens/{token}/actions/{verb}", "Enables, disables, revokes or deletes a token, or ends its overlap. If-Match is heeded by enable and delete; nothing keeps a token in service.") };
    LOOKUP = ask("lookup", "/v1/lookup", "Whose the values in a text are, or a GUID, id or name.");
    // No change: an answer of before must never be given again.
    VERIFY = ask("verify_value", "/v1/verify", "Whether a presented value may pass. A pass counts as a use of the token.");
    PROPOSE = ask("propose_guid", "/v1/guids", "A GUID that no value ever had.");
    EVENTS = read("list_events", "/v1/events", "A window of the audit trail, newest first where nothing else is said.");
    CHECK_LOG = long(read("check_log", "/v1/events/chain", "Whether the log is what it was, from its first event to its head, and whether it goes through a head that was kept."));
    PLAN = long(ask("plan_tokens", "/v1/plans", "Freezes what a bulk action would do. Changes nothing."));
    RUN = long(change("run_plan", "/v1/plans/run", "Does what a plan says, as a job, and waits for its end."));
    USERS = read("list_users", "/v1/users", "A window of the users and what they hold.");
    PLAN_HOLDERS = long(ask("plan_users", "/v1/user-plans", "Freezes what a bulk action for users would do. Changes nothing."));
    STAGE = long(change("stage_export", "/v1/exports", "Draws the new values of a generate & export; none is in force yet."));
    CHECK_IMPORT = long(ask("check_import", "/v1/imports/check", "What would come of tokens out of a file, row by row. Changes nothing."));
    STAGE_IMPORT = long(change("stage_import", "/v1/imports", "Draws the values of tokens out of a file; none is made until it is activated as an export."));
    STAGE_ROTATION = long(change("stage_rotation", "/v1/rotations", "Draws new values for the tokens of a plan to regenerate; none is in force until it is activated as an export."));
    ACTIVATE = long(change("activate_export", "/v1/exports/{job}/activate", "Puts staged values in force."));
    JOBS = read("list_jobs", "/v1/jobs", "The jobs one may know of, the newest first.");
    START = long(change("start_job", "/v1/jobs", "Starts what a plan says as a job."));
    START_HOLDERS = long(change("start_user_job", "/v1/user-jobs", "Starts what a plan for users says as a job."));
    JOB = read("show_job", "/v1/jobs/{job}", "One job.");
    JOB_REPORT = read("job_report", "/v1/jobs/{job}/report", "How each item of a job ended.");
    RESUME = change("resume_job", "/v1/jobs/{job}/resume", "Goes on with a job that was interrupted or stopped.");
    STOP = change("stop_job", "/v1/jobs/{job}/stop", "Stops a job after the chunk under way.");
    ABANDON = change("abandon_job", "/v1/jobs/{job}/abandon", "Gives a job up; what is committed stays.");
    CATALOGUE = read("catalogue", "/v1/catalogue", "What exists, as far as one may know of it.");
    ADD_ENTRY = change("add_entry", "/v1/catalogue/entries", "Adds an entry to the catalogue.");
    EDIT_ENTRY = HttpCall { method: HttpMethod::Put, ..change("edit_entry", "/v1/catalogue/entries/{entry}", "Changes an entry of the catalogue.") };
    REMOVE_ENTRY = HttpCall { method: HttpMethod::Delete, ..change("remove_entry", "/v1/catalogue/entries/{entry}", "Removes an entry that nothing uses.") };
    SWITCH_USER = change("switch_user", "/v1/users/{user}/actions/{switch}", "Disables or enables a user. While disabled, neither they nor their tokens get in.");
    IMPORT = long(change("import_catalogue", "/v1/catalogue/import", "Adds and changes entries so that all of these are there, all or nothing."));
}

/// What [`ACT`] does.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ActVerb {
    /// Switch it on.
    Enable,
    /// Switch it off.
    Disable,
    /// Take it out of service for good.
    Revoke,
    /// Remove it for good.
    Delete,
    /// End the overlap in which its older value still passes.
    DropOld,
}

impl ActVerb {
    /// The call's name for a verb; none for those that need more said.
    pub fn of(verb: Verb) -> Option<Self> {
        match verb {
            Verb::Enable => Some(Self::Enable),
            Verb::Disable => Some(Self::Disable),
            Verb::Revoke => Some(Self::Revoke),
            Verb::Delete => Some(Self::Delete),
            Verb::DropOld => Some(Self::DropOld),
            Verb::Edit | Verb::Regenerate | Verb::Accept | Verb::Reveal | Verb::HandOver => None,
        }
    }

    /// The verb.
    pub fn verb(self) -> Verb {
        match self {
            Self::Enable => Verb::Enable,
            Self::Disable => Verb::Disable,
            Self::Revoke => Verb::Revoke,
            Self::Delete => Verb::Delete,
            Self::DropOld => Verb::DropOld,
        }
    }
}
