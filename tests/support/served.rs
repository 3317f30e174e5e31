//! The same store behind a server: with `TOKENDECK_TEST_BACKEND=remote` whoever sits
//! down at it comes over HTTP, and every check is made of the remote backend (R2).

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use secrecy::SecretString;
use tokendeck::backend::Backend;
use tokendeck::backend::local::{LocalBackend, LocalOptions};
use tokendeck::backend::remote::{Patience, RemoteBackend, RemoteOptions};
use tokendeck::domain::Expiry;
use tokendeck::server::{Limits, Server, ServerOptions};
use tokendeck::wire::Run;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;

/// Whether the checks are to be made over HTTP.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os("TOKENDECK_TEST_BACKEND").is_some_and(|word| word == "remote")
}

/// Servers outlive the loop of a test, which stands still between two keys.
static SERVERS: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

/// A server on that store, and the backend of a user who signs in to it.
pub(crate) async fn backend(options: LocalOptions, login: &str) -> Arc<dyn Backend> {
    let login = login.to_owned();
    let (url, credential) = SERVERS.spawn(serve(options, login)).await.unwrap();
    let options = RemoteOptions {
        // The one difference that the checks are to see is the word after it.
        name: "local".to_owned(),
        url,
        credential: SecretString::from(credential),
        ca: None,
        read_only: false,
        patience: Patience::default(),
    };
    RemoteBackend::open(options).unwrap()
}

/// One server a store, so that its address stays the same.
static OPEN: LazyLock<Mutex<Open>> = LazyLock::new(Mutex::default);

/// Addresses and stores of the servers that run, by the path of the store.
type Open = HashMap<PathBuf, (String, Arc<LocalBackend>)>;

/// The address of the server of that store, and a credential of the user.
async fn serve(options: LocalOptions, login: String) -> (String, String) {
    let mut open = OPEN.lock().await;
    let path = options.path.clone();
    if !open.contains_key(&path) {
        open.insert(path.clone(), start(options).await);
    }
    let (url, store) = &open[&path];
    let catalogue = store.catalogue().await.unwrap();
    let user = catalogue.user_by_login(&login).unwrap().id;
    let made = store.create_credential(user, Expiry::Months(3), Run::Real).await.unwrap();
    (url.clone(), made.1.unwrap().expose().to_owned())
}

async fn start(mut options: LocalOptions) -> (String, Arc<LocalBackend>) {
    // A store without an example has one user, who is the system's.
    if options.now.is_none() {
        options.login = None;
    }
    let store = LocalBackend::open_for_bearers(options).unwrap();
    let limits = Limits { per_second: 1e6, burst: 1e6, ..Limits::default() };
    let options = ServerOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: None,
        behind_proxy: false,
        limits,
    };
    let server = Server::bind(Arc::clone(&store), options).await.unwrap();
    let url = format!("http://{}", server.address());
    tokio::spawn(server.run(std::future::pending()));
    (url, store)
}
