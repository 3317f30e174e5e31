//! The flags of the server.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, value_parser};

/// Serves the store.
#[derive(Debug, Args)]
pub(in crate::cli) struct ServeArgs {
    /// Address or name of this machine, and port, to listen on
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    pub(in crate::cli) listen: Listen,
    /// Certificate chain, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(in crate::cli) tls_cert: Option<PathBuf>,
    /// Key of the certificate, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(in crate::cli) tls_key: Option<PathBuf>,
    /// A proxy in front does TLS and sets X-Forwarded-For
    #[arg(long, conflicts_with = "tls_cert")]
    pub(in crate::cli) behind_proxy: bool,
    /// Requests a second of one operator in the long run; four times as many at once
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = value_parser!(u32).range(1..))]
    pub(in crate::cli) rate: u32,
    /// Refused sign-ins of one address at once; one a second comes back
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = value_parser!(u32).range(1..))]
    pub(in crate::cli) refusals: u32,
    /// Connections at once; more of them wait
    #[arg(long, value_name = "NUMBER", default_value_t = 512, value_parser = value_parser!(u32).range(1..))]
    pub(in crate::cli) connections: u32,
}

/// Where to listen: an address or a name, which is looked up when it is time, and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Listen {
    /// The address without brackets, or the name.
    pub(in crate::cli) host: String,
    /// The port; 0 is any that is free.
    pub(in crate::cli) port: u16,
}

impl FromStr for Listen {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bare = |host: &str| {
            let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
            // Without its brackets nobody knows where such an address ends.
            inside.or((!host.contains([':', '[', ']'])).then_some(host)).map(str::to_owned)
        };
        let parts = text
            .rsplit_once(':')
            .and_then(|(host, port)| Some(Self { host: bare(host)?, port: port.parse().ok()? }));
        parts
            .filter(|listen| !listen.host.is_empty() && !listen.host.contains(char::is_whitespace))
            .ok_or(
                "write an address and a port, such as 127.0.0.1:7878, [::1]:7878 or localhost:7878",
            )
    }
}
