//! What can be told of tokens after a leak, or when somebody has left: what each could
//! reach and when, who made and changed it, when it was used, what was done about it, and
//! the head of the log that proves it. Read through the calls that every backend has; it
//! holds no value, as no view and no event does.

mod file;
mod markdown;
mod reach;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Answer, Backend, BackendError, Cause};
use crate::domain::{Refusal, Status, Subject, Time, Window};
use crate::wire::{BackendKind, ChainView, EventOrder, EventQuery, EventView, RowId, TokenView};

pub use file::{ReportForm, save};
pub use markdown::markdown;
pub use reach::{Reach, Span, Standing};

/// A report on tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// When it was made, by the backend's clock.
    pub made_at: Time,
    /// Who made it: their name.
    pub made_by: String,
    /// Their login.
    pub login: String,
    /// The backend that was asked, by its name.
    pub backend: String,
    /// Where that is.
    pub place: String,
    /// All of it in numbers.
    pub summary: Summary,
    /// What proves it.
    pub chain: Chain,
    /// Each of the tokens.
    pub tokens: Vec<TokenEvidence>,
    /// Those that were asked for and are not there.
    pub missing: Vec<String>,
}

/// Many tokens in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many there are.
    pub tokens: usize,
    /// How many of each status, when the report was made.
    pub statuses: BTreeMap<String, usize>,
    /// How many could be used when the report was made.
    pub usable: usize,
    /// How many were ever used.
    pub used: usize,
    /// The last use of any.
    pub last_used_at: Option<Time>,
}

/// The head of the log, or why it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Chain {
    /// What a check found after the last event of the report was read.
    Read(ChainView),
    /// It could not be read.
    Unread {
        /// Why.
        unread: String,
    },
}

/// What is known of one token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenEvidence {
    /// The token as it is now.
    #[serde(flatten)]
    pub view: TokenView,
    /// What it could reach, period by period, the oldest first.
    pub reach: Vec<Reach>,
    /// When its value could be used, by what is on record of the token itself.
    pub could_be_used: Vec<Span>,
    /// What is on record of it, the oldest first.
    pub events: Vec<EventView>,
    /// Why that is not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events_unread: Option<String>,
}

/// Reads all that a report tells of these tokens. The head of the log is read last, so
/// that it covers every event of the report.
pub async fn gather(backend: &dyn Backend, ids: &[RowId]) -> Answer<Evidence> {
    let session = backend.session().await?;
    let (mut tokens, mut missing) = (Vec::new(), Vec::new());
    for id in ids {
        match backend.show(id.to_string()).await {
            Ok(view) => tokens.push(of_token(backend, view, session.now).await?),
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                missing.push(id.to_string());
            }
            Err(error) => return Err(error),
        }
    }
    let chain = match backend.verify_log(None).await {
        Ok(chain) => Chain::Read(chain),
        Err(error) => Chain::Unread { unread: told(error)? },
    };
    Ok(Evidence {
        made_at: session.now,
        made_by: session.operator.name.clone(),
        login: session.operator.login.clone(),
        backend: match session.kind {
            BackendKind::Local => session.backend,
            BackendKind::Remote => format!("{} (remote)", session.backend),
        },
        place: session.place,
        summary: summary(&tokens),
        chain,
        tokens,
        missing,
    })
}

async fn of_token(backend: &dyn Backend, view: TokenView, now: Time) -> Answer<TokenEvidence> {
    let subject = Some(Subject::Token(view.token.id.clone()));
    let query = EventQuery { subject, order: EventOrder::Oldest, ..EventQuery::default() };
    let (events, events_unread) = match backend.events(query, Window::ALL).await {
        Ok(page) => (page.events, None),
        Err(error) => (vec![], Some(told(error)?)),
    };
    let reach = reach::periods(&view, &events);
    let could_be_used = reach::spans(&reach, now);
    Ok(TokenEvidence { view, reach, could_be_used, events, events_unread })
}

/// What is refused, or can't be had from this backend, is said in the report. Whatever else
/// fails leaves no report: half of one would be taken for a whole.
fn told(error: BackendError) -> Answer<String> {
    if error.refusal().is_some() { Ok(error.to_string()) } else { Err(error) }
}

fn summary(tokens: &[TokenEvidence]) -> Summary {
    let mut all = Summary { tokens: tokens.len(), ..Summary::default() };
    for TokenEvidence { view, .. } in tokens {
        *all.statuses.entry(view.status.to_string()).or_default() += 1;
        all.usable += usize::from(view.status == Status::Active);
        all.used += usize::from(view.token.last_used_at.is_some());
        all.last_used_at = all.last_used_at.max(view.token.last_used_at);
    }
    all
}
