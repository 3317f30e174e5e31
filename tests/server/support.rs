//! The example served on a free port, and clients of every kind.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use tokendeck::backend::local::{self, InitKind, LocalBackend, LocalOptions};
use tokendeck::backend::remote::{Patience, RemoteBackend, RemoteOptions};
use tokendeck::backend::{Backend, BackendError};
use tokendeck::domain::{Expiry, Time, TokenId, UserId};
use tokendeck::server::{Limits, Server, ServerOptions, TlsFiles};
use tokendeck::wire::{CredentialAsk, Run};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) const NOW: &str = "2026-03-10T12:00:00Z";

/// Everybody of the example.
pub(crate) const EVERYBODY: [&str; 10] =
    ["rosa", "pia", "ada", "ned", "max", "vic", "kim", "carl", "dora", "eve"];

/// A served store.
pub(crate) struct Served {
    folder: TempDir,
    pub(crate) url: String,
    pub(crate) store: Arc<LocalBackend>,
    stop: Option<oneshot::Sender<()>>,
    running: Option<JoinHandle<()>>,
}

impl Served {
    pub(crate) async fn example() -> Self {
        Self::with(usual(), None).await
    }

    /// With limits of one's own, and TLS where there is a certificate for localhost.
    pub(crate) async fn with(limits: Limits, tls: Option<TlsFiles>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        local::init(
            &local::NewPlace::of(&path).unwrap(),
            InitKind::Example { shift_to: None },
            "tester",
        )
        .unwrap();
        let store = LocalBackend::open_for_bearers(options(path, "rosa")).unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let options = ServerOptions {
            listen: "127.0.0.1:0".parse().unwrap(),
            tls,
            behind_proxy: false,
            limits,
        };
        let server = Server::bind(Arc::clone(&store), options).await.unwrap();
        let url = format!("{scheme}://localhost:{}", server.address().port());
        let (stop, told) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async move { drop(told.await) }));
        Self { folder, url, store, stop: Some(stop), running: Some(running) }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// The same store, used directly.
    pub(crate) fn local(&self, login: &str) -> Arc<LocalBackend> {
        LocalBackend::open(options(self.path(), login)).unwrap()
    }

    /// A credential of a user.
    pub(crate) async fn credential(&self, login: &str) -> String {
        let user = self.store.catalogue().await.unwrap().user_by_login(login).unwrap().id;
        self.credential_of(user).await
    }

    async fn credential_of(&self, user: UserId) -> String {
        let made = self
            .store
            .create_credential(CredentialAsk::new(user, Expiry::Months(3)), Run::Real)
            .await;
        made.unwrap().1.unwrap().expose().to_owned()
    }

    pub(crate) async fn remote(&self, login: &str) -> Arc<RemoteBackend> {
        RemoteBackend::open(self.options(login).await).unwrap()
    }

    pub(crate) async fn options(&self, login: &str) -> RemoteOptions {
        remote_options(&self.url, &self.credential(login).await)
    }

    /// Tells the server to stop. It has when the task is over.
    pub(crate) fn tell_to_stop(&mut self) -> JoinHandle<()> {
        drop(self.stop.take());
        self.running.take().unwrap()
    }

    /// Tells the server to stop and waits until it has.
    pub(crate) async fn stop(&mut self) {
        self.tell_to_stop().await.unwrap();
    }
}

fn options(path: PathBuf, login: &str) -> LocalOptions {
    LocalOptions {
        path,
        login: Some(login.to_owned()),
        system_login: "tester".to_owned(),
        now: Some(now()),
        read_only: false,
        name: "local".to_owned(),
    }
}

pub(crate) fn remote_options(url: &str, credential: &str) -> RemoteOptions {
    RemoteOptions {
        name: "team".to_owned(),
        url: url.to_owned(),
        credential: SecretString::from(credential.to_owned()),
        ca: None,
        read_only: false,
        patience: Patience { look: Duration::from_millis(200), ..Patience::default() },
    }
}

/// No test is to be slowed down but those of the slowing down.
pub(crate) fn usual() -> Limits {
    Limits { per_second: 1e6, burst: 1e6, refusals: 1e6, ..Limits::default() }
}

pub(crate) fn now() -> Time {
    NOW.parse().unwrap()
}

/// The id of the token of that number: `token(1)` is robot-1.
pub(crate) fn token(number: u64) -> TokenId {
    TokenId::new(1000_0000 + number)
}

pub(crate) fn value(name: &str) -> String {
    let values: toml::Table = include_str!("../../config/demo/values.toml").parse().unwrap();
    values[name].as_str().unwrap().to_owned()
}

/// What an error says, code first.
pub(crate) fn said<T>(answer: Result<T, BackendError>) -> String {
    let error = answer.err().expect("it should fail");
    format!("{}: {error}", error.code())
}

/// A raw client, to send what no client of ours sends.
pub(crate) struct Raw {
    client: reqwest::Client,
    url: String,
    credential: Option<String>,
}

/// A raw reply.
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Raw {
    pub(crate) fn new(url: &str, credential: Option<String>) -> Self {
        // The remote backend makes the cryptography ready; a raw client alone would not.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { client, url: url.to_owned(), credential }
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Got {
        let text = body.map(Value::to_string);
        self.send_text(method, path, headers, text).await
    }

    pub(crate) async fn send_text(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Got {
        let url = format!("{}{path}", self.url);
        let mut request = self.client.request(method.parse().unwrap(), url);
        if let Some(credential) = &self.credential {
            request = request.bearer_auth(credential);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Got { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.send("GET", path, &[], None).await
    }
}
