//! What a backend answers and is asked: the types that screens, commands, server
//! and remote share. They hold no rule and no secret but [`Issued`],
//! [`Revealed`] and [`Staged`], which carry a value to the one place that shows it.

mod abilities;
mod ability;
mod ask;
mod bulk;
mod catalogue;
mod chain;
mod clock;
mod descriptors;
mod event;
mod event_cells;
mod facts;
pub mod http;
mod import;
mod job;
mod known;
mod own_value;
mod plan;
mod planning;
mod rotation;
mod row_id;
mod session;
mod sign_in;
mod users;
mod view;

pub use crate::domain::job::{JobAct, JobState};
pub use abilities::{Abilities, Can, Extent};
pub use ability::Ability;
pub use ask::{AnyPlan, BulkCall, HolderPlanAsk, PlanAsk, TokenPlanAsk};
pub use bulk::{PlanItem, ReportItem, Target};
pub use catalogue::{EntryEdit, EntryLookAlike, EntryView, Imported};
pub use chain::ChainView;
pub use clock::ClockTaken;
pub use descriptors::{ColumnDescriptor, ColumnKind, Descriptors, DetailsTab, FormField};
pub use event::{EventOrder, EventPage, EventQuery, EventView, Proof};
pub use import::{
    CheckedRow, HeldValue, ImportCheck, ImportKind, ImportPlan, ImportReport, ImportReportItem,
    ImportRow, ImportedValue, StagedImport, Verdict,
};
pub use job::{Job, JobReport};
pub use own_value::OwnValue;
pub use plan::{BulkEnd, BulkItem, BulkVerb, Outcome, Plan, Report, Step, Toll};
pub use rotation::{Rotation, RotationRow};
pub use row_id::{RowId, any_row, any_rows};
pub use session::{BackendKind, Retention, Session, StoreKind};
pub use sign_in::{CredentialAsk, CredentialState, CredentialView};
pub use users::{
    ExportRow, Gone, HolderItem, HolderReportItem, HolderTarget, HoldingFilter, Lost, Staged,
    UserColumn, UserPage, UserQuery, UserView,
};
pub use view::{
    Edit, GrantView, Issued, LookAlike, LookupAnswer, LookupMatch, Names, Page, Revealed, Run,
    TokenView, VerifyAnswer,
};
