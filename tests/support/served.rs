//! A store served on this machine by the real server, and the credentials of those who
//! come to it over HTTP. It can be stopped, and started again at its address.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokendeck::backend::Backend as _;
use tokendeck::backend::local::{LocalBackend, LocalOptions};
use tokendeck::backend::remote::{Patience, RemoteOptions};
use tokendeck::domain::Expiry;
use tokendeck::server::{Limits, Server, ServerOptions};
use tokendeck::wire::{CredentialAsk, Run};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The name of the server in the operators' settings.
pub(crate) const NAME: &str = "team";

/// A server, and the operators it knows.
pub(crate) struct Served {
    options: LocalOptions,
    address: SocketAddr,
    credentials: BTreeMap<String, SecretString>,
    running: Option<Running>,
    // Its own, for the loop of a test stands still between two keys.
    runtime: Runtime,
}

/// The server at work.
struct Running {
    store: Arc<LocalBackend>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Served {
    /// Serves a store. The login is that of whoever hands out credentials there.
    pub(crate) fn new(options: LocalOptions) -> Self {
        let mut served = Self {
            options,
            address: "127.0.0.1:0".parse().unwrap(),
            credentials: BTreeMap::new(),
            running: None,
            runtime: Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap(),
        };
        served.start();
        served
    }

    /// Starts it, or starts it again at the same address.
    pub(crate) fn start(&mut self) {
        let (stop, told) = oneshot::channel::<()>();
        let (options, wanted) = (self.options.clone(), server_options(self.address));
        let (store, server) = self.runtime.block_on(async {
            let store = LocalBackend::open_for_bearers(options).unwrap();
            let server = Server::bind(Arc::clone(&store), wanted).await.unwrap();
            (store, server)
        });
        self.address = server.address();
        let task = self.runtime.spawn(server.run(async { drop(told.await) }));
        self.running = Some(Running { store, stop, task });
    }

    /// Stops it as an administrator does: what is under way ends, what was noted is
    /// written, and nobody answers any more.
    pub(crate) fn stop(&mut self) {
        let Some(Running { store, stop, task }) = self.running.take() else { return };
        drop(stop);
        self.runtime.block_on(async {
            task.await.unwrap();
            store.close().await.unwrap();
        });
    }

    /// How that user's program is set up. They get a credential the first time.
    pub(crate) fn options_of(&mut self, login: &str) -> RemoteOptions {
        if !self.credentials.contains_key(login) {
            let new = self.credential(login);
            self.credentials.insert(login.to_owned(), new);
        }
        RemoteOptions {
            name: NAME.to_owned(),
            url: format!("http://{}", self.address),
            credential: self.credentials[login].clone(),
            ca: None,
            read_only: false,
            patience: Patience { look: Duration::from_millis(500), ..Patience::default() },
        }
    }

    fn credential(&self, login: &str) -> SecretString {
        let store = &self.running.as_ref().unwrap().store;
        let made = self.runtime.block_on(async {
            let user = store.catalogue().await.unwrap().user_by_login(login).unwrap().id;
            store
                .create_credential(CredentialAsk::new(user, Expiry::Months(3)), Run::Real)
                .await
                .unwrap()
        });
        SecretString::from(made.1.unwrap().expose().to_owned())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Where it broke down, the test that used it says so.
        if !std::thread::panicking() {
            self.stop();
        }
    }
}

fn server_options(listen: SocketAddr) -> ServerOptions {
    ServerOptions {
        listen,
        tls: None,
        behind_proxy: false,
        // Keys come faster here than from any hand.
        limits: Limits { per_second: 1e6, burst: 1e6, ..Limits::default() },
    }
}
