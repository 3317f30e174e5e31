//! What a backend answers and is asked: the types that screens, commands, server
//! and remote share. They hold no rule and no secret but [`Issued`] and
//! [`Revealed`], which carry a value to the one place that shows it.

mod bulk;
mod session;
mod view;

pub use bulk::{Outcome, Plan, PlanItem, Report, ReportItem, Step, Target};
pub use session::{BackendKind, Retention, Session, StoreKind};
pub use view::{
    Edit, EventPage, EventQuery, EventView, GrantView, Issued, LookupAnswer, Names, Page, Revealed,
    Run, TokenView, VerifyAnswer,
};
