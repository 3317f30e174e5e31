//! The rules of tokens: what they are, who may see and change them, and what a
//! change does.
//!
//! Everything here is pure. No file, no network, no clock, no randomness and no
//! async runtime: the time and the random bytes come in as arguments, so that
//! every rule can be tested as a table.

pub mod access;
pub mod action;
pub mod brake;
pub mod calendar;
pub mod catalogue;
pub mod catalogue_rules;
pub mod change;
pub mod checked;
pub mod clock;
pub mod column;
pub mod draft;
pub mod entry;
pub mod entry_id;
pub mod event;
pub mod facts;
pub(crate) mod filled;
pub mod guid;
pub mod hand_over;
pub mod holding;
pub mod id;
pub mod instant;
pub mod job;
pub mod label;
pub mod leak;
pub mod level;
pub mod lifecycle;
pub mod made;
pub mod method;
pub mod name;
pub mod operator;
pub mod outcome;
pub mod overlap;
pub mod own_column;
pub mod policy;
pub mod proof;
pub mod query;
pub mod refusal;
pub mod role;
pub mod service;
pub mod sign_in;
pub mod status;
pub mod token;
pub mod tombstone;
pub mod value;
pub mod verb;
pub mod verify;
pub mod view;
pub mod when;
pub(crate) mod whole;

pub use access::{Grant, Source};
pub use action::Action;
pub use calendar::{Expiry, Time};
pub use catalogue::{Account, AccountStatus, Breach, Catalogue, Group, Module, Rules, Scope, User};
pub use change::{Change, CredentialChange, TokenChange};
pub use checked::{GivenReason, Login, Name};
pub use column::{Column, Direction, SortKey};
pub use draft::{Settings, TokenDraft};
pub use entry::EntryDraft;
pub use entry_id::{EntryId, EntryKind};
pub use event::{Actor, Detail, Event, EventAction, NewEvent, Subject};
pub use guid::Guid;
pub use hand_over::{HandOver, Receiver};
pub use holding::{Holding, Pair};
pub use id::{AccountId, GroupId, JobId, ModuleId, ScopeId, TokenId, UserId, id_pattern};
pub use job::{JobAct, JobChange, JobChunk, JobRecord, JobStage, JobState, Lease, Tally, Work};
pub use level::Level;
pub use method::Method;
pub use operator::Operator;
pub use outcome::Found;
pub use overlap::Overlap;
pub use own_column::OwnColumn;
pub use query::{AccountFilter, Query, Window};
pub use refusal::{FieldError, Refusal};
pub use role::Role;
pub use service::{OutOfService, Switch};
pub use sign_in::{OperatorCredential, OperatorSecret};
pub use status::Status;
pub use token::{PreviousValue, Stamp, Token, ValueInfo, known_version};
pub use tombstone::{Removed, Tombstone};
pub use value::{Credential, Sealed, TokenValue, ValueHash};
pub use verb::{HolderVerb, Verb};
