//! TLS: an authority of one's own, strangers refused, nothing in the clear.

use std::path::Path;

use tokendeck::backend::Backend;
use tokendeck::backend::remote::RemoteBackend;
use tokendeck::server::TlsFiles;

use crate::support::{Served, remote_options, said, usual};

/// A certificate for localhost in that folder, and itself as its authority.
fn certificate(folder: &Path) -> (TlsFiles, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = TlsFiles { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
    std::fs::write(&files.cert, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    (files, made.cert.pem().into_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_of_ones_own_is_trusted_where_it_is_named_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let (files, ca) = certificate(folder.path());
    let served = Served::with(usual(), Some(files)).await;
    let mut options = served.options("kim").await;
    options.ca = Some(ca);
    let kim = RemoteBackend::open(options).unwrap();
    assert_eq!(kim.session().await.unwrap().operator.login, "kim");

    let stranger = RemoteBackend::open(served.options("kim").await).unwrap();
    let error = said(stranger.session().await);
    assert!(error.starts_with("unreachable") && error.contains("ca_file"), "{error}");

    let plain = remote_options(&served.url.replace("https", "http"), "x");
    assert!(said(RemoteBackend::open(plain).unwrap().session().await).contains("localhost"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_none_is_said_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = certificate(folder.path());
    std::fs::write(&files.cert, "hello").unwrap();
    let store = Served::example().await.store.clone();
    let options = tokendeck::server::ServerOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: Some(files),
        behind_proxy: false,
        limits: usual(),
    };
    let error = tokendeck::server::Server::bind(store, options).await.err().unwrap().to_string();
    assert!(error.contains("cert.pem"), "{error}");
}
