//! TLS: an authority of one's own, strangers refused, nothing in the clear.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

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

/// What a client says that trusts the certificate in that file.
async fn told(folder: &Path, ca: Option<&str>, path: &str) -> Result<String, String> {
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let served = Served::with(usual(), Some(TlsFiles { cert, key })).await;
    let mut options = served.options("kim").await;
    options.url.push_str(path);
    options.ca = ca.map(|name| std::fs::read(folder.join(name)).unwrap());
    let session = RemoteBackend::open(options).unwrap().session().await;
    session.map(|session| session.operator.login).map_err(|error| error.to_string())
}

/// Runs a line of openssl in that folder. Says loudly where there is none.
fn openssl(folder: &Path, line: &str) -> bool {
    let done = Command::new("sh").args(["-c", line]).current_dir(folder).output();
    let ran = done.as_ref().is_ok_and(|output| output.status.success());
    if !ran && Command::new("openssl").arg("version").output().is_err() {
        std::io::stderr().write_all(b"SKIPPED: there is no openssl on this machine\n").unwrap();
        return false;
    }
    assert!(ran, "{line}: {done:?}");
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn a19_the_line_of_the_papers_makes_a_certificate_that_works() {
    let paper = include_str!("../../docs/server.md");
    let line = paper.lines().find(|line| line.starts_with("openssl req")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    if openssl(folder.path(), &line.replace("tokens.example", "localhost")) {
        assert_eq!(told(folder.path(), Some("cert.pem"), "").await, Ok("kim".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a19_the_usual_line_of_openssl_is_told_what_it_lacks() {
    let usual = "openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=localhost \
                 -keyout key.pem -out cert.pem";
    let folder = tempfile::tempdir().unwrap();
    if openssl(folder.path(), usual) {
        let error = told(folder.path(), Some("cert.pem"), "").await.unwrap_err();
        assert!(error.contains("-addext basicConstraints=critical,CA:FALSE"), "{error}");
        assert!(error.contains("-addext subjectAltName=DNS:HOST"), "{error}");
    }
    let no_name = format!("{usual} -addext basicConstraints=critical,CA:FALSE");
    if openssl(folder.path(), &no_name) {
        let error = told(folder.path(), Some("cert.pem"), "").await.unwrap_err();
        assert!(error.contains("names no host"), "{error}");
        assert!(error.contains("-addext subjectAltName=DNS:localhost"), "{error}");
    }
}

/// A certificate that ended on a day long ago.
fn ended(folder: &Path) {
    let mut wanted = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    wanted.not_before = rcgen::date_time_ymd(2019, 1, 1);
    wanted.not_after = rcgen::date_time_ymd(2020, 2, 3);
    let key = rcgen::KeyPair::generate().unwrap();
    let made = wanted.self_signed(&key).unwrap();
    std::fs::write(folder.join("cert.pem"), made.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a19_a_certificate_that_ended_is_told_with_its_date() {
    let folder = tempfile::tempdir().unwrap();
    ended(folder.path());
    let error = told(folder.path(), Some("cert.pem"), "").await.unwrap_err();
    assert!(error.contains("its certificate ended at 2020-02-03 00:00:00 UTC"), "{error}");
    assert!(error.contains("has to renew it") && !error.contains("ca_file"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a19_a_signer_that_ca_file_does_not_name_is_told_as_that() {
    let folder = tempfile::tempdir().unwrap();
    certificate(folder.path());
    // One of another name, and one of the same name that was made anew.
    for name in ["another authority", "rcgen self signed cert"] {
        let mut wanted = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        wanted.distinguished_name.push(rcgen::DnType::CommonName, name);
        let made = wanted.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
        std::fs::write(folder.path().join("other.pem"), made.pem()).unwrap();
        let error = told(folder.path(), Some("other.pem"), "").await.unwrap_err();
        assert!(error.contains("signed by none of the authorities in ca_file"), "{name}: {error}");
        assert!(error.contains("and put it into ca_file"), "{name}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a19_a_wrong_path_is_no_tokendeck_at_that_address() {
    let folder = tempfile::tempdir().unwrap();
    certificate(folder.path());
    for path in ["/tokens", "/v1", "/v1/"] {
        let error = told(folder.path(), Some("cert.pem"), path).await.unwrap_err();
        assert!(error.contains("there is no Tokendeck at that address"), "{error}");
        assert!(error.contains(path.trim_end_matches('/')), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a19_plain_http_to_a_port_with_tls_is_told_that_this_is_https() {
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = certificate(folder.path());
    let served = Served::with(usual(), Some(files)).await;
    let plain = served.url.replace("https", "http");
    let error = said(RemoteBackend::open(remote_options(&plain, "x")).unwrap().session().await);
    assert!(error.starts_with("not_tokendeck") && error.contains("put https:// into"), "{error}");
    // Whoever looks with another client reads it, too.
    let reply = reqwest::get(format!("{plain}/healthz")).await.unwrap();
    assert_eq!(reply.status(), 400);
    assert!(reply.text().await.unwrap().contains("this is https: put https:// into the address"));
}
