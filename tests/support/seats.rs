//! Backends to switch to: the seats of a desk, by the login of whoever sits there, and
//! whatever else a test puts beside them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokendeck::backend::local::{LocalBackend, LocalOptions};
use tokendeck::backend::{Answer, Backend, BackendError, Cause, Silence};
use tokendeck::tui::{BackendChoice, Backends, Hue};

/// What comes of opening a seat.
#[derive(Clone)]
pub(crate) enum Seat {
    /// A store.
    Store(LocalOptions),
    /// A backend that is there already.
    Ready(Arc<dyn Backend>),
    /// Nobody answers there.
    Down,
    /// It takes its time, and nobody answers.
    Slow(Duration),
}

/// Seats by their names.
#[derive(Default)]
pub(crate) struct Seats {
    pub(crate) first: String,
    pub(crate) named: BTreeMap<String, Seat>,
    /// What sets some of them apart: a colour, and why nothing is changed there.
    pub(crate) marks: BTreeMap<String, (Option<Hue>, Option<String>)>,
}

pub(crate) fn unreachable() -> BackendError {
    let message = "cannot reach 'https://tokens.example': connection refused";
    BackendError::new(Cause::Silent(Silence::Unreachable), message)
}

#[async_trait]
impl Backends for Seats {
    fn offers(&self) -> Vec<BackendChoice> {
        let offer = |(name, seat): (&String, &Seat)| {
            let (kind, place) = match seat {
                Seat::Store(_) => ("local", "/var/lib/tokendeck/store.db"),
                Seat::Ready(_) | Seat::Down | Seat::Slow(_) => ("remote", "https://tokens.example"),
            };
            let (hue, held) = self.marks.get(name).cloned().unwrap_or_default();
            let (name, kind, place) = (name.clone(), kind.to_owned(), place.to_owned());
            BackendChoice { name, kind, place, hue, held }
        };
        self.named.iter().map(offer).collect()
    }

    fn first(&self) -> String {
        self.first.clone()
    }

    async fn open(&self, name: &str) -> Answer<Arc<dyn Backend>> {
        match &self.named[name] {
            Seat::Store(options) => Ok(LocalBackend::open(options.clone())?),
            Seat::Ready(backend) => Ok(Arc::clone(backend)),
            Seat::Down => Err(unreachable()),
            Seat::Slow(time) => {
                tokio::time::sleep(*time).await;
                Err(unreachable())
            }
        }
    }
}
