//! The backend over HTTP: its calls, what they take and what they answer, as the
//! server and the remote backend both see them. Moves no byte itself.

mod bodies;
pub mod calls;
mod form;
pub mod misfit;
mod parameters;
mod problem;
mod rotation;
mod secret;
mod strict;

pub use bodies::{
    EditAsk, EntryEditAsk, ExportBody, GuidBody, HeadBody, ImportCheckAsk, ImportedBody,
    IssuedBody, LookupAsk, Me, PositionBody, RegenerateAsk, RequestAsk, RevealedBody, StageAsk,
    StageImportAsk, StagedBody, StagedImportBody, VerifyAsk,
};
pub use calls::{ActVerb, Admits, HttpCall, HttpMethod, Keyed, Version};
pub use form::{Parameter, ParameterForm};
pub use parameters::{Given, Pairs, Parameters, Reference, Why};
pub use problem::{
    BLANK, BUSY, HTTPS_WANTED, LATE, MALFORMED, NO_ROUTE, PROBLEM_TYPE, Problem, TOO_LARGE,
    WRONG_METHOD,
};
pub use rotation::{RotationAsk, RotationBody, StagedRotationBody};
pub use secret::SecretText;
pub use strict::{Strict, Traced, Whole};

/// The version of this interface: the path begins with the first number, and a
/// client refuses another one. The second grows with what is added.
pub const API_VERSION: &str = "1.0";

/// Rows of one answer at the most; whoever wants more asks for the next window.
pub const MAX_ROWS: usize = 1_000;

/// Rows of an answer where nobody said how many.
pub const DEFAULT_ROWS: usize = 100;

/// Items of one plan, or of what one is made of, at the most.
pub const MAX_ITEMS: usize = 200_000;

/// The header that makes a change that is sent twice happen once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The header that names a request in replies and logs.
pub const REQUEST_ID: &str = "x-request-id";

/// Bytes of an answer or of a bulk plan at the most.
pub const MAX_BODY: usize = 32 * 1024 * 1024;
