//! How a server is started, and why it may not be.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::wire::StoreKind;
use crate::wire::http::{HttpCall, MAX_BODY, MAX_ITEMS};

/// The files of a TLS certificate, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and those that vouch for it.
    pub cert: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// What one operator, one request and the server as a whole may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests a second of one operator, in the long run.
    pub per_second: f64,
    /// Requests of one operator at once, after a rest.
    pub burst: f64,
    /// Refused sign-ins of one address at once; one a second comes back.
    pub refusals: f64,
    /// Connections at once.
    pub connections: usize,
    /// How long a connection may be silent before a request, and take for its head.
    pub head: Duration,
    /// Bytes of a body; bulk plans may be longer.
    pub body: usize,
    /// How long a call may take.
    pub time: Duration,
    /// How long bulk work that somebody waits for may take.
    pub long_time: Duration,
    /// How long a new value is kept for a client whose reply was lost.
    pub value_kept: Duration,
    /// Items of one plan.
    pub items: usize,
}

/// What one request may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowance {
    /// Bytes of its body.
    pub(super) body: usize,
    /// How long it may take, its body's way here included.
    pub(super) time: Duration,
    /// Items of the plan in it.
    pub(super) items: usize,
}

impl Limits {
    /// What a request of that call may take.
    pub(super) fn of(&self, call: &HttpCall) -> Allowance {
        if call.long {
            Allowance { body: MAX_BODY, time: self.long_time, items: self.items }
        } else {
            Allowance { body: self.body, time: self.time, items: self.items }
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_second: 50.0,
            burst: 200.0,
            refusals: 20.0,
            connections: 512,
            head: Duration::from_secs(30),
            body: 1024 * 1024,
            time: Duration::from_secs(30),
            long_time: Duration::from_mins(10),
            value_kept: Duration::from_mins(1),
            items: MAX_ITEMS,
        }
    }
}

/// How a server is started.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its certificate; none = plain HTTP.
    pub tls: Option<TlsFiles>,
    /// Whether a proxy before it does TLS and names the clients.
    pub behind_proxy: bool,
    /// What may be taken of it.
    pub limits: Limits,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Others could read the credentials on their way.
    #[error(
        "{0} can be reached from elsewhere and the connection would not be encrypted: \
         add --tls-cert and --tls-key, or --behind-proxy where a proxy does that"
    )]
    Unencrypted(SocketAddr),
    /// Everybody knows the values of such a store.
    #[error("this is an {0} store, whose values are public: it is served on 127.0.0.1 only")]
    Public(StoreKind),
    /// The certificate or its key can't be used.
    #[error("cannot use '{}': {reason}", .path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The address is taken or not this machine's.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        error: io::Error,
    },
}

impl ServerOptions {
    pub(super) fn check(&self, store: StoreKind) -> Result<(), ServeError> {
        if self.listen.ip().is_loopback() {
            return Ok(());
        }
        if store != StoreKind::Normal {
            return Err(ServeError::Public(store));
        }
        if self.tls.is_none() && !self.behind_proxy {
            return Err(ServeError::Unencrypted(self.listen));
        }
        Ok(())
    }
}
