//! Opens another backend and keeps it until the program goes there. It is asked who is
//! at work first: one that does not answer never takes the place of one that does.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::backend::{Answer, Backend};
use crate::tui::backends::BackendChoice;
use crate::tui::reply::Known;
use crate::tui::ticket::Ticket;

use super::who;

/// Opens backends by their name: whoever starts the program hands it one.
#[async_trait]
pub trait Backends: Send + Sync {
    /// Those there are, in the order to show them. The name of one never changes.
    fn offers(&self) -> Vec<BackendChoice>;

    /// The name of the one that is open at the start.
    fn first(&self) -> String;

    /// The one that is open at the start, as far as it is known before it answered.
    fn at_first(&self) -> BackendChoice {
        let name = self.first();
        let known = self.offers().into_iter().find(|offer| offer.name == name);
        known.unwrap_or_else(|| BackendChoice { name, ..BackendChoice::default() })
    }

    /// Opens one of them. Nothing is known of it before it was asked something.
    async fn open(&self, name: &str) -> Answer<Arc<dyn Backend>>;
}

/// A backend, and the ticket under which it was opened.
type Opened = Option<(Ticket, Arc<dyn Backend>)>;

/// Opens one backend at a time.
pub(super) struct Opener {
    backends: Arc<dyn Backends>,
    opened: Mutex<Opened>,
}

impl Opener {
    pub(super) fn new(backends: Arc<dyn Backends>) -> Self {
        Self { backends, opened: Mutex::new(None) }
    }

    /// Opens it and asks who is at work there.
    pub(super) async fn open(&self, ticket: Ticket, name: &str) -> Answer<Known> {
        let backend = self.backends.open(name).await?;
        let known = who(backend.as_ref()).await?;
        self.put(Some((ticket, backend)));
        Ok(known)
    }

    /// The backend that was opened under this ticket, if it is the latest.
    pub(super) fn take(&self, ticket: Ticket) -> Option<Arc<dyn Backend>> {
        let opened = self.put(None);
        opened.filter(|(by, _)| *by == ticket).map(|(_, backend)| backend)
    }

    /// Forgets what was opened.
    pub(super) fn clear(&self) {
        self.put(None);
    }

    fn put(&self, opened: Opened) -> Opened {
        let mut slot = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut slot, opened)
    }
}
