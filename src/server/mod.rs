//! The store as a service: every call of the backend over HTTP, for operators who
//! sign in with a credential. It holds no rule. Each request becomes a call on the
//! local backend of whoever asks, and what that refuses becomes a problem reply.
//!
//! ```text
//! listen (TCP, TLS) -> door (id, log, panic) -> sign-in, rate, repeat -> routes -> backend
//! ```

mod answer;
mod asked;
mod body;
mod deck;
mod document;
mod door;
mod if_match;
mod kept;
mod listen;
mod options;
mod rate;
mod repeat;
mod request_id;
mod route;
mod routes;
mod sign_in;
mod tls;
mod unread;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub use document::document;
pub use options::{Limits, ServeError, ServerOptions, TlsFiles};

use self::deck::Service;
use crate::backend::local::LocalBackend;

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
}

impl Server {
    /// Takes the address. Refuses one that others could reach without TLS, and to
    /// show the public values of an example to anyone but this machine.
    pub async fn bind(
        backend: Arc<LocalBackend>,
        options: ServerOptions,
    ) -> Result<Self, ServeError> {
        options.check(backend.store_kind())?;
        let acceptor = options.tls.as_ref().map(tls::acceptor).transpose()?;
        let failed = |error| ServeError::Listen { address: options.listen, error };
        let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let ServerOptions { limits, behind_proxy, .. } = options;
        let (rate, repeats) = (rate::Rate::new(limits), kept::Repeats::default());
        let document = document::made_once;
        let deck = Arc::new(Service { backend, limits, rate, repeats, behind_proxy, document });
        Ok(Self { listener, address, acceptor, router: routes::router(&deck), limits })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until told to stop; then lets what is under way end. What the store
    /// still holds in memory is for the backend's `close` to write.
    pub async fn run(self, until: impl Future<Output = ()> + Send) {
        let Self { listener, acceptor, router, limits, .. } = self;
        let Limits { connections, head, .. } = limits;
        listen::Accepting { listener, acceptor, router, connections, head }.run(until).await;
    }
}
