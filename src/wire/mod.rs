//! What a backend answers and is asked: the types that screens, commands, server
//! and remote share. They hold no rule and no secret but [`Issued`],
//! [`Revealed`] and [`Staged`], which carry a value to the one place that shows it.

mod ask;
mod bulk;
mod catalogue;
mod chain;
mod clock;
mod facts;
pub mod http;
mod import;
mod job;
mod plan;
mod rotation;
mod session;
mod sign_in;
mod users;
mod view;

pub use crate::domain::job::{JobAct, JobState};
pub use ask::{AnyPlan, BulkCall, HolderPlanAsk, PlanAsk, TokenPlanAsk};
pub use bulk::{PlanItem, ReportItem, Target};
pub use catalogue::{EntryEdit, EntryLookAlike, EntryView, Imported};
pub use chain::ChainView;
pub use clock::ClockTaken;
pub use import::{
    CheckedRow, HeldValue, ImportCheck, ImportKind, ImportPlan, ImportReport, ImportReportItem,
    ImportRow, ImportedValue, StagedImport, Verdict,
};
pub use job::{Job, JobReport};
pub use plan::{BulkEnd, BulkItem, BulkVerb, Outcome, Plan, Report, Step, Toll};
pub use rotation::{Rotation, RotationRow};
pub use session::{BackendKind, Retention, Session, StoreKind};
pub use sign_in::{CredentialAsk, CredentialState, CredentialView};
pub use users::{
    ExportRow, Gone, HolderItem, HolderReportItem, HolderTarget, HoldingFilter, Lost, Staged,
    UserColumn, UserPage, UserQuery, UserView,
};
pub use view::{
    Edit, EventOrder, EventPage, EventQuery, EventView, GrantView, Issued, LookAlike, LookupAnswer,
    LookupMatch, Names, Page, Proof, Revealed, Run, TokenView, VerifyAnswer,
};
