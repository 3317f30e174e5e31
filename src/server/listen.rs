//! Connections: accepted up to a number, encrypted where there is a certificate,
//! and let go when they say nothing. Knows nothing of what is asked on them.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long those under way may take once the server is to stop.
const GRACE: Duration = Duration::from_secs(30);
/// After a failed accept, as when there are no more file descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// The address a connection comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

pub(super) struct Listen {
    pub(super) listener: TcpListener,
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) router: Router,
    pub(super) connections: usize,
    pub(super) head: Duration,
}

impl Listen {
    pub(super) async fn run(self, until: impl Future<Output = ()> + Send) {
        let free = Arc::new(Semaphore::new(self.connections));
        let graceful = GracefulShutdown::new();
        let mut until = std::pin::pin!(until);
        loop {
            // No more are taken from the system's queue than can be served.
            let next = async {
                let permit = Arc::clone(&free).acquire_owned().await;
                (self.listener.accept().await, permit)
            };
            let (accepted, permit) = tokio::select! {
                biased;
                () = &mut until => break,
                next = next => next,
            };
            match accepted {
                Ok((stream, address)) => {
                    let (router, watcher) = (self.router.clone(), graceful.watcher());
                    let (acceptor, peer) = (self.acceptor.clone(), Peer(address.ip()));
                    let head = self.head;
                    tokio::spawn(async move {
                        let _permit = permit;
                        serve(stream, acceptor, Talk { router, watcher, peer, head }).await;
                    });
                }
                Err(_) => tokio::time::sleep(BREATH).await,
            }
        }
        drop(self.listener);
        // Whoever is still not done then is cut off; what they began is committed
        // or not, as always.
        let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    }
}

/// What a connection is answered with.
struct Talk {
    router: Router,
    watcher: Watcher,
    peer: Peer,
    head: Duration,
}

async fn serve(stream: TcpStream, acceptor: Option<TlsAcceptor>, talk: Talk) {
    // Small answers must not wait for more of them.
    let _ = stream.set_nodelay(true);
    match acceptor {
        None => talk.on(stream).await,
        Some(acceptor) => {
            // A failed handshake is the client's to report.
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                talk.on(stream).await;
            }
        }
    }
}

impl Talk {
    async fn on<S>(self, stream: S)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Self { router, watcher, peer, head } = self;
        let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(peer);
            router.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head)
            .serve_connection(TokioIo::new(stream), service);
        // A client that goes away in the middle is no fault of ours.
        let _ = watcher.watch(connection).await;
    }
}
