//! The proxy that stands before servers, as the environment names it: it is named where a
//! connection fails on it. The requests find it by themselves.

use std::error::Error;

use reqwest::Url;

/// What names it for an address with https, in the order in which it is heeded.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// What an error of a proxy begins with, wherever it stands in the chain.
const TUNNEL: &str = "tunnel error: ";

/// A proxy and what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proxy {
    variable: &'static str,
    /// Without the name and password in it.
    address: String,
}

impl Proxy {
    /// That of an environment.
    pub(super) fn of(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let named = |name: &'static str| {
            let text = variable(name).filter(|text| !text.trim().is_empty())?;
            Some(Self { variable: name, address: bare(text.trim()) })
        };
        VARIABLES.into_iter().find_map(named)
    }

    /// Why it did not connect, and how to do without it.
    pub(super) fn told(proxy: Option<&Self>, failure: &ProxyFailure) -> String {
        let (name, how) = match proxy {
            Some(Self { variable, address }) => (
                format!("the proxy '{address}' (from {variable})"),
                format!("unset {variable}, or put the server's name into NO_PROXY"),
            ),
            None => ("the proxy".to_owned(), "put the server's name into NO_PROXY".to_owned()),
        };
        let what = match failure {
            ProxyFailure::Away(why) => format!("does not answer: {why}"),
            ProxyFailure::SignIn => "wants a name and a password".to_owned(),
            ProxyFailure::Refused => "does not connect to it".to_owned(),
        };
        format!("{name} {what}; if none is needed, {how}")
    }
}

/// The address without what nobody else is to read.
fn bare(text: &str) -> String {
    let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let Ok(mut url) = Url::parse(&whole) else { return "an address that can't be read".to_owned() };
    // Neither fails on an address with a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// How a proxy failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProxyFailure {
    /// It is not there, for this reason.
    Away(String),
    /// It wants to know who asks.
    SignIn,
    /// It does not connect to the server.
    Refused,
}

impl ProxyFailure {
    /// What an error tells of a proxy; `why` is its innermost reason.
    pub(super) fn of(error: &(dyn Error + 'static), why: &str) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(tunnel) = error.to_string().strip_prefix(TUNNEL) {
                return Some(match tunnel {
                    "failed to create underlying connection" => Self::Away(why.to_owned()),
                    "proxy authorization required" => Self::SignIn,
                    _ => Self::Refused,
                });
            }
            next = error.source();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(named: &[(&str, &str)]) -> Option<Proxy> {
        let find = |name: &str| named.iter().find(|(of, _)| *of == name).map(|(_, is)| *is);
        Proxy::of(|name| find(name).map(str::to_owned))
    }

    #[test]
    fn a19_a_proxy_is_named_with_its_variable_and_without_its_password() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("HTTPS_PROXY", " ")]), None);
        let both = of(&[("all_proxy", "http://a:1"), ("https_proxy", "u:secret@b.example:3128")]);
        let text = Proxy::told(both.as_ref(), &ProxyFailure::Away("connection refused".to_owned()));
        assert_eq!(
            text,
            "the proxy 'http://b.example:3128' (from https_proxy) does not answer: connection \
             refused; if none is needed, unset https_proxy, or put the server's name into NO_PROXY"
        );
        let odd = of(&[("HTTPS_PROXY", "http://secret@[")]);
        assert!(!Proxy::told(odd.as_ref(), &ProxyFailure::SignIn).contains("secret"));
    }
}
