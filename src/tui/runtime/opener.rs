//! Opens another backend and keeps it until the program goes there. It is asked who is
//! at work first: one that does not answer never takes the place of one that does.

use std::sync::{Arc, Mutex, PoisonError};

use super::who;
use async_trait::async_trait;

use crate::backend::{Answer, Backend};
use crate::domain::Catalogue;
use crate::tui::backends::Offer;
use crate::wire::Session;

/// Opens backends by their name: whoever starts the program hands it one.
#[async_trait]
pub trait Backends: Send + Sync {
    /// Those there are, in the order to show them. The name of one never changes.
    fn offers(&self) -> Vec<Offer>;

    /// The name of the one that is open at the start.
    fn first(&self) -> String;

    /// Opens one of them. Nothing is known of it before it was asked something.
    async fn open(&self, name: &str) -> Answer<Arc<dyn Backend>>;
}

/// A backend, and the request that opened it.
type Opened = Option<(u64, Arc<dyn Backend>)>;

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
    pub(super) async fn open(&self, request: u64, name: &str) -> Answer<Box<(Session, Catalogue)>> {
        let backend = self.backends.open(name).await?;
        let known = who(backend.as_ref()).await?;
        self.put(Some((request, backend)));
        Ok(known)
    }

    /// The backend that this request opened, if it is the latest.
    pub(super) fn take(&self, request: u64) -> Option<Arc<dyn Backend>> {
        let opened = self.put(None);
        opened.filter(|(by, _)| *by == request).map(|(_, backend)| backend)
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
