//! Why a connection failed: the innermost reason, what the system or TLS said, with
//! what an operator can do about it.

use std::error::Error;
use std::io;

use chrono::DateTime;
use rustls::CertificateError;
use rustls::pki_types::UnixTime;

use super::proxy::{Proxy, ProxyFailure};
use crate::domain::calendar;

/// What is known of the way to a server beforehand.
#[derive(Debug, Clone, Default)]
pub(super) struct ServerWay {
    /// Whether the settings name authorities of one's own.
    pub(super) has_ca: bool,
    /// The proxy that the environment names.
    pub(super) proxy: Option<Proxy>,
}

impl ServerWay {
    /// The reason, with advice where there is any.
    pub(super) fn cause(&self, error: &(dyn Error + 'static)) -> String {
        let mut innermost = error;
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        let text = innermost.to_string();
        // The number of an error of the system tells an operator nothing.
        let text = text.split(" (os error").next().unwrap_or_default().to_owned();
        if let Some(failure) = ProxyFailure::of(error, &text) {
            return Proxy::told(self.proxy.as_ref(), &failure);
        }
        match of_tls(error) {
            Some(rustls::Error::InvalidMessage(_)) => {
                "it does not speak TLS: look at the port, and whether it wants http".to_owned()
            }
            Some(rustls::Error::InvalidCertificate(wrong)) => self.certificate(wrong, &text),
            _ => text,
        }
    }

    fn certificate(&self, wrong: &CertificateError, text: &str) -> String {
        match wrong {
            // An authority that was made anew under the same name has another key.
            CertificateError::UnknownIssuer | CertificateError::BadSignature if self.has_ca => {
                "its certificate is signed by none of the authorities in ca_file and by none that \
                 this machine trusts: get the certificate of the authority that signed this one \
                 from whoever runs the server, and put it into ca_file"
                    .to_owned()
            }
            CertificateError::UnknownIssuer => {
                "its certificate is signed by an authority that this machine does not trust; an \
                 authority of your own is named with ca_file"
                    .to_owned()
            }
            CertificateError::ExpiredContext { time, not_after } => format!(
                "its certificate ended at {}, and it is {} by the clock of this machine: whoever \
                 runs the server has to renew it",
                seconds(*not_after),
                seconds(*time)
            ),
            CertificateError::NotValidYetContext { time, not_before } => format!(
                "its certificate begins at {}, and it is {} by the clock of this machine: look at \
                 that clock",
                seconds(*not_before),
                seconds(*time)
            ),
            CertificateError::NotValidForNameContext { expected, presented } => {
                let expected = expected.to_str();
                if presented.is_empty() {
                    return format!(
                        "its certificate names no host, as a CN does not count: it has to be made \
                         with -addext subjectAltName=DNS:{expected}"
                    );
                }
                let presented: Vec<_> = presented.iter().map(|name| host(name)).collect();
                format!(
                    "its certificate is for {} and not for {expected}; use a name that it is for",
                    presented.join(", ")
                )
            }
            CertificateError::NotValidForName => format!("{text}; use a name that it is for"),
            _ if text.contains("CaUsedAsEndEntity") => {
                "its certificate is one of an authority (CA:TRUE) and not of a server: a server \
                 needs one that this authority signed, or one that is made with \
                 -addext basicConstraints=critical,CA:FALSE and -addext subjectAltName=DNS:HOST, \
                 as 'openssl req -x509' makes neither by itself"
                    .to_owned()
            }
            _ => text.to_owned(),
        }
    }
}

/// A moment of TLS as every other is shown.
fn seconds(time: UnixTime) -> String {
    let of_unix = i64::try_from(time.as_secs()).ok();
    let time = of_unix.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map_or_else(|| "a time beyond all calendars".to_owned(), calendar::seconds)
}

/// `DnsName("localhost")` as `localhost`.
fn host(name: &str) -> &str {
    name.split('"').nth(1).unwrap_or(name)
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
    use std::time::Duration;

    use rustls::pki_types::ServerName;
    use rustls::{Error as Tls, InvalidMessage};

    use super::*;

    fn of(tls: Tls) -> String {
        ServerWay::default().cause(&io::Error::other(tls))
    }

    fn certificate(wrong: CertificateError) -> String {
        of(Tls::InvalidCertificate(wrong))
    }

    #[test]
    fn a_port_without_tls_is_told_as_one() {
        let text = of(Tls::InvalidMessage(InvalidMessage::InvalidContentType));
        assert!(text.contains("whether it wants http"), "{text}");
    }

    #[test]
    fn each_fault_of_a_certificate_has_the_advice_that_helps() {
        let unknown = certificate(CertificateError::UnknownIssuer);
        assert!(unknown.ends_with("named with ca_file"), "{unknown}");
        let way = ServerWay { has_ca: true, ..ServerWay::default() };
        let tls = Tls::InvalidCertificate(CertificateError::UnknownIssuer);
        let other = way.cause(&io::Error::other(tls));
        assert!(other.contains("none of the authorities in ca_file"), "{other}");
        let name = certificate(CertificateError::NotValidForName);
        assert!(name.ends_with("use a name that it is for"), "{name}");
    }

    #[test]
    fn a19_the_ends_of_a_certificate_are_dates() {
        let unix = |seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let (time, not_after) = (unix(1_773_144_000), unix(1_767_225_600));
        let text = certificate(CertificateError::ExpiredContext { time, not_after });
        assert!(text.contains("ended at 2026-01-01 00:00:00 UTC"), "{text}");
        assert!(text.contains("it is 2026-03-10 12:00:00 UTC"), "{text}");
        let not_before = unix(u64::MAX);
        let text = certificate(CertificateError::NotValidYetContext { time, not_before });
        assert!(text.contains("begins at a time beyond all calendars"), "{text}");
    }

    #[test]
    fn a19_a_certificate_for_another_name_says_for_which() {
        let of = |presented: &[&str]| {
            let expected = ServerName::try_from("tokens.example")
                .unwrap_or_else(|_| ServerName::IpAddress(std::net::Ipv4Addr::LOCALHOST.into()));
            let presented = presented.iter().map(ToString::to_string).collect();
            certificate(CertificateError::NotValidForNameContext { expected, presented })
        };
        let other = of(&["DnsName(\"localhost\")"]);
        assert!(other.contains("is for localhost and not for tokens.example"), "{other}");
        let none = of(&[]);
        assert!(none.ends_with("-addext subjectAltName=DNS:tokens.example"), "{none}");
    }
}
