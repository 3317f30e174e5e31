//! The flags of the server.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, value_parser};

/// Serves the store.
#[derive(Debug, Args)]
pub(in crate::cli) struct ServeArgs {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub(in crate::cli) listen: SocketAddr,
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
