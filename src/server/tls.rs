//! TLS for the listener, by rustls. Reads the certificate once, at the start, and says
//! what clients will hold against it.

use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{CertificateError, RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

use super::options::{ServeError, TlsFiles};
use crate::domain::calendar;

pub(super) fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, ServeError> {
    let chain: Vec<_> = CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect)
        .map_err(|error| unusable(&files.cert, error))?;
    let Some(own) = chain.first() else {
        return Err(unusable(&files.cert, "there is no certificate in it"));
    };
    if let Some(wrong) = wrong_with(own, UnixTime::now()) {
        let certificate = files.cert.display().to_string();
        tracing::warn!(certificate, "clients will refuse the certificate: {wrong}");
    }
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|error| unusable(&files.key, error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| unusable(&files.cert, error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// What a client will hold against a certificate at that time, whoever signed it. It is
/// looked at as our own client does, which asks for its dates before its signer.
fn wrong_with(own: &CertificateDer<'_>, now: UnixTime) -> Option<String> {
    let mut roots = RootCertStore::empty();
    roots.add(own.clone().into_owned()).ok()?;
    let provider = Arc::new(ring::default_provider());
    let client = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
    let name = ServerName::try_from("localhost").ok()?;
    let rustls::Error::InvalidCertificate(wrong) =
        client.build().ok()?.verify_server_cert(own, &[], &name, &[], now).err()?
    else {
        return None;
    };
    match wrong {
        CertificateError::ExpiredContext { not_after, .. } => {
            Some(format!("it ended at {}: renew it and restart the server", seconds(not_after)))
        }
        CertificateError::NotValidYetContext { not_before, .. } => {
            Some(format!("it begins at {}: look at the clock", seconds(not_before)))
        }
        CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            Some("it names no host: a CN does not count, it needs a subjectAltName".to_owned())
        }
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            Some("it is one of an authority (CA:TRUE) and not of a server".to_owned())
        }
        // Its signer and its names are for each client to judge.
        _ => None,
    }
}

/// A moment of TLS as every other is shown.
fn seconds(time: UnixTime) -> String {
    let of_unix = i64::try_from(time.as_secs()).ok();
    let time = of_unix.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map_or_else(|| "a time beyond all calendars".to_owned(), calendar::seconds)
}

fn unusable(path: &Path, reason: impl std::fmt::Display) -> ServeError {
    ServeError::Tls { path: path.to_owned(), reason: reason.to_string() }
}
