//! A real server, and a way to it that can be broken in the ways of networks, proxies
//! and servers gone wrong.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokendeck::backend::Backend as _;
use tokendeck::backend::local::{LocalBackend, LocalOptions};
use tokendeck::backend::remote::{Patience, RemoteOptions};
use tokendeck::domain::Expiry;
use tokendeck::server::{Limits, Server, ServerOptions};
use tokendeck::wire::{CredentialAsk, Run};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::support::desk::NOW;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// Nobody listens.
    Down,
    /// It takes what it is sent and never answers.
    Mute,
    /// It answers after a while.
    Slow,
    /// It closes its side without an answer.
    HalfClosed,
    /// It resets the connection.
    Reset,
    /// It ends in the middle of its answer.
    HalfJson,
    /// It speaks TLS, unasked.
    Tls,
    /// It fails, and its proxy says so.
    Failing,
    /// It wants to be asked less.
    Busy,
    /// It answers with a page.
    Page,
    /// It answers with 100 MB.
    Huge,
    /// It answers with brackets in brackets.
    Deep,
    /// It sends elsewhere.
    Elsewhere,
    /// The credential is not valid any more.
    Revoked,
    /// A proxy lets nobody in.
    Forbidden,
    /// It speaks another interface.
    Newer,
    /// Its answer comes drop by drop.
    Drip,
}

/// How long a slow server takes.
const SLOW: Duration = Duration::from_secs(5);

/// The server, and the way to it.
pub(crate) struct Gate {
    fault: watch::Sender<Fault>,
    done: watch::Receiver<Fault>,
    address: SocketAddr,
    credential: SecretString,
    counts: Arc<Counts>,
    to: SocketAddr,
    runtime: Runtime,
}

/// What went to and fro since something was wrong.
#[derive(Default)]
struct Counts {
    asked: AtomicUsize,
    answered: AtomicUsize,
}

impl Gate {
    /// Serves that store to ada.
    pub(crate) fn new(store: PathBuf) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (fault, asked) = watch::channel(Fault::None);
        let (tell, done) = watch::channel(Fault::None);
        let counts = Arc::new(Counts::default());
        let made_counts = Arc::clone(&counts);
        let (address, to, credential) = runtime.block_on(async {
            let store = LocalBackend::open_for_bearers(options(store)).unwrap();
            let user = store.catalogue().await.unwrap().user_by_login("ada").unwrap().id;
            let made = store
                .create_credential(CredentialAsk::new(user, Expiry::Months(3)), Run::Real)
                .await;
            let credential = made.unwrap().1.unwrap().expose().to_owned();
            let server = Server::bind(store, server_options()).await.unwrap();
            let way = Way { to: server.address(), me: Arc::default(), counts: made_counts };
            tokio::spawn(server.run(std::future::pending()));
            let way = Way { me: Arc::new(way.get("/v1/me", &credential).await), ..way };
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let to = way.to;
            tokio::spawn(keep(listener, way, asked, tell));
            (address, to, SecretString::from(credential))
        });
        Self { fault, done, address, credential, counts, to, runtime }
    }

    /// From now on this is wrong. What is under way ends at once.
    pub(crate) fn set(&mut self, fault: Fault) {
        self.fault.send_replace(fault);
        self.runtime.block_on(self.done.wait_for(|done| *done == fault)).unwrap();
    }

    /// The whole reply of the real server.
    pub(crate) fn reply_to(&self, path: &str) -> String {
        let way = Way { to: self.to, me: Arc::default(), counts: Arc::default() };
        self.runtime.block_on(way.get(path, self.credential.expose_secret()))
    }

    /// How many requests met a fault so far.
    pub(crate) fn asked(&self) -> usize {
        self.counts.asked.load(Ordering::SeqCst)
    }

    /// How many of them got an answer, good or bad.
    pub(crate) fn answers(&self) -> usize {
        self.counts.answered.load(Ordering::SeqCst)
    }

    /// How ada's program is set up, with so much patience for an answer.
    pub(crate) fn options(&self, answer: Duration) -> RemoteOptions {
        RemoteOptions {
            name: "team".to_owned(),
            url: format!("http://{}", self.address),
            credential: self.credential.clone(),
            ca: None,
            read_only: false,
            // A look of its own would bring answers that no key asked for.
            patience: Patience { answer, look: Duration::from_mins(10), ..Patience::default() },
        }
    }
}

fn options(path: PathBuf) -> LocalOptions {
    LocalOptions {
        path,
        login: Some("rosa".to_owned()),
        system_login: "tester".to_owned(),
        now: Some(NOW.parse().unwrap()),
        read_only: false,
        name: "local".to_owned(),
    }
}

fn server_options() -> ServerOptions {
    ServerOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: None,
        behind_proxy: false,
        limits: Limits { per_second: 1e6, burst: 1e6, refusals: 1e6, ..Limits::default() },
    }
}

/// Takes connections, as the fault of the moment has it.
async fn keep(
    mut listener: TcpListener,
    way: Way,
    mut asked: watch::Receiver<Fault>,
    tell: watch::Sender<Fault>,
) {
    let address = listener.local_addr().unwrap();
    loop {
        let fault = *asked.borrow_and_update();
        if fault == Fault::Down {
            drop(listener);
            tell.send_replace(fault);
            if asked.changed().await.is_err() {
                return;
            }
            listener = TcpListener::bind(address).await.unwrap();
            continue;
        }
        tell.send_replace(fault);
        tokio::select! {
            biased;
            changed = asked.changed() => if changed.is_err() { return },
            taken = listener.accept() => {
                let (mut broken, way) = (asked.clone(), way.clone());
                let Ok((stream, _)) = taken else { continue };
                tokio::spawn(async move {
                    tokio::select! {
                        _ = broken.changed() => {}
                        _ = way.lead(stream, fault) => {}
                    }
                });
            }
        }
    }
}

/// The way to the server.
#[derive(Clone)]
struct Way {
    to: SocketAddr,
    /// Its answer to who is at work.
    me: Arc<String>,
    counts: Arc<Counts>,
}

impl Way {
    /// A reply of the real server.
    async fn get(&self, path: &str, credential: &str) -> String {
        let mut stream = TcpStream::connect(self.to).await.unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             authorization: Bearer {credential}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await.unwrap();
        reply
    }

    /// What becomes of a connection.
    async fn lead(&self, mut stream: TcpStream, fault: Fault) -> io::Result<()> {
        if matches!(fault, Fault::None | Fault::Slow) {
            if fault == Fault::Slow {
                tokio::time::sleep(SLOW).await;
                self.counts.answered.fetch_add(1, Ordering::SeqCst);
            }
            let mut server = TcpStream::connect(self.to).await?;
            copy_bidirectional(&mut stream, &mut server).await?;
            return Ok(());
        }
        let mut request = vec![0; 65_536];
        let count = stream.read(&mut request).await?;
        let request = String::from_utf8_lossy(&request[..count]).into_owned();
        self.counts.asked.fetch_add(1, Ordering::SeqCst);
        match fault {
            Fault::Mute => std::future::pending().await,
            Fault::Reset => {
                stream.set_zero_linger()?;
                return Ok(());
            }
            Fault::Drip => {
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
                stream.write_all(head.as_bytes()).await?;
                loop {
                    stream.write_all(b" ").await?;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
            fault => stream.write_all(self.reply(fault, &request).await.as_bytes()).await?,
        }
        stream.flush().await?;
        self.counts.answered.fetch_add(1, Ordering::SeqCst);
        if fault == Fault::Huge {
            let part = vec![b'['; 1 << 20];
            for _ in 0..100 {
                stream.write_all(&part).await?;
            }
        }
        stream.shutdown().await
    }

    async fn reply(&self, fault: Fault, request: &str) -> String {
        match fault {
            Fault::HalfJson => {
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{\"tot"
                    .to_owned()
            }
            // An alert: it got what is no greeting.
            Fault::Tls => "\u{15}\u{3}\u{3}\0\u{2}\u{2}F".to_owned(),
            Fault::Failing => http("502 Bad Gateway", "text/html", "", "<h1>Bad gateway</h1>"),
            Fault::Busy => {
                let body = r#"{"type":"urn:x","title":"Too many","status":429,"detail":"too many requests: try again in 60 s","code":"too_many_requests"}"#;
                http("429 Too Many Requests", "application/problem+json", "retry-after: 60\r\n", body)
            }
            Fault::Page => http("200 OK", "text/html", "", "<html>Sign in</html>"),
            Fault::Huge => "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                            content-length: 104857600\r\n\r\n"
                .to_owned(),
            Fault::Deep => http("200 OK", "application/json", "", &"[".repeat(100_000)),
            Fault::Elsewhere => {
                http("302 Found", "text/html", "location: https://sso.example/\r\n", "")
            }
            Fault::Revoked => self.get("/v1/me", "tdo_ended").await,
            Fault::Forbidden => http("403 Forbidden", "text/html", "", "<h1>Blocked</h1>"),
            Fault::Newer if request.contains(" /v1/me ") => {
                self.me.replace("\"api\":\"1.0\"", "\"api\":\"2.3\"")
            }
            Fault::Newer => self.get("/v1/none", "tdo_any").await,
            _ => String::new(),
        }
    }
}

fn http(status: &str, kind: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{headers}content-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}
