//! The flags of the server.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

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
}
