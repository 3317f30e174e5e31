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
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tower::ServiceExt as _;
use zeroize::Zeroizing;

use crate::wire::http::{HTTPS_WANTED, PROBLEM_TYPE, Problem};

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long those under way may take once the server is to stop.
const GRACE: Duration = Duration::from_secs(30);
/// After a failed accept, as when there are no more file descriptors.
const BREATH: Duration = Duration::from_millis(100);

/// The address a connection comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

pub(super) struct Accepting {
    pub(super) listener: TcpListener,
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) router: Router,
    pub(super) connections: usize,
    pub(super) head: Duration,
}

impl Accepting {
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
            let shaken = tokio::time::timeout(HANDSHAKE, shake(stream, acceptor)).await;
            if let Ok(Ok(Some(stream))) = shaken {
                talk.on(stream).await;
            }
        }
    }
}

/// The encrypted stream; none where the client spoke in the clear, and was told so.
async fn shake(
    mut stream: TcpStream,
    acceptor: TlsAcceptor,
) -> std::io::Result<Option<TlsStream<TcpStream>>> {
    let mut first = [0];
    // Every method of HTTP begins with a capital, and no record of TLS does.
    let some = stream.peek(&mut first).await? > 0;
    let [first] = first;
    if !(some && first.is_ascii_uppercase()) {
        return acceptor.accept(stream).await.map(Some);
    }
    // What was sent is taken, or the reply would be lost with the connection; it may hold
    // a credential, so it is not looked at.
    let mut sent = Zeroizing::new([0; 4096]);
    let _ = stream.read(sent.as_mut_slice()).await?;
    stream.write_all(plain_reply().as_bytes()).await?;
    stream.shutdown().await?;
    Ok(None)
}

/// What is answered to a request in the clear where only TLS is spoken.
fn plain_reply() -> String {
    let detail = "this is https: put https:// into the address";
    let problem = Problem::new(400, HTTPS_WANTED, detail);
    let body = serde_json::to_string(&problem).unwrap_or_default();
    format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: {PROBLEM_TYPE}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
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
