//! Why a connection failed: the innermost reason, what the system or TLS said, with
//! what an operator can do about it.

use std::error::Error;
use std::io;

use rustls::CertificateError;

/// The reason, with advice where there is any.
pub(super) fn cause(error: &(dyn Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let text = innermost.to_string();
    // The number of an error of the system tells an operator nothing.
    let text = text.split(" (os error").next().unwrap_or_default().to_owned();
    match of_tls(error) {
        Some(tls) => told(tls, text),
        None => text,
    }
}

fn told(tls: &rustls::Error, text: String) -> String {
    match tls {
        rustls::Error::InvalidMessage(_) => {
            "it does not speak TLS: look at the port, and whether it wants http".to_owned()
        }
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            format!("{text}; an authority of your own is named with ca_file")
        }
        rustls::Error::InvalidCertificate(_) if text.contains("CaUsedAsEndEntity") => {
            "its certificate is one of an authority and not of a server: it needs one that \
             this authority signed"
                .to_owned()
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => format!("{text}; use a name that it is for"),
        _ => text,
    }
}

fn of_tls<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(tls);
    }
    // TLS errors travel inside those of the stream, and `source` skips what is inside.
    if let Some(inside) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return of_tls(inside);
    }
    error.source().and_then(of_tls)
}

#[cfg(test)]
mod tests {
    use rustls::{Error as Tls, InvalidMessage};

    use super::*;

    fn of(tls: Tls) -> String {
        cause(&io::Error::other(tls))
    }

    #[test]
    fn a_port_without_tls_is_told_as_one() {
        let text = of(Tls::InvalidMessage(InvalidMessage::InvalidContentType));
        assert!(text.contains("whether it wants http"), "{text}");
    }

    #[test]
    fn each_fault_of_a_certificate_has_the_advice_that_helps() {
        let unknown = of(Tls::InvalidCertificate(CertificateError::UnknownIssuer));
        assert!(unknown.ends_with("named with ca_file"), "{unknown}");
        let name = of(Tls::InvalidCertificate(CertificateError::NotValidForName));
        assert!(name.ends_with("use a name that it is for"), "{name}");
        let expired = of(Tls::InvalidCertificate(CertificateError::Expired));
        assert!(!expired.contains("ca_file"), "{expired}");
    }
}
