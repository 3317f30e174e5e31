//! `tokendeck serve`: the store as a service, until the system says to stop. What
//! was begun is ended then and last uses are written. Standard error holds the log
//! and nothing else once it serves; standard output says where it does. Neither is
//! ever waited for: a server must not stand still because nobody reads them.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};

use super::args::{Listen, ServeArgs};
use super::call::{Invocation, block_on};
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::log::Log;
use super::output::{self, Format, Sheet};
use crate::backend::local::LocalBackend;
use crate::backend::{Backend as _, BackendError, Cause};
use crate::domain::Refusal;
use crate::server::{Limits, ServeError, Server, ServerOptions, TlsFiles};

/// How long the last lines of the log may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves the store of the settings.
pub(super) fn run(call: &Invocation, args: &ServeArgs) -> Ended {
    let listen = address(&args.listen)?;
    let log = Log::to_standard_error()?;
    let outcome = block_on(async {
        let backend = LocalBackend::open_for_bearers(call.local_options())?;
        let served = serve(call, args, listen, &backend).await;
        let closed = backend.close().await;
        let exit = served?;
        closed?;
        Ok(exit)
    });
    match (log.end(PATIENCE), outcome) {
        // Who reads no log reads no error either, and to write it would wait for ever.
        (false, Err(failure)) => std::process::exit(failure.exit_code().into()),
        (_, outcome) => outcome,
    }
}

async fn serve(
    call: &Invocation<'_>,
    args: &ServeArgs,
    listen: SocketAddr,
    backend: &Arc<LocalBackend>,
) -> Ended {
    // Before the address is taken, so that no signal finds nobody listening.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = Server::bind(Arc::clone(backend), options(args, listen)).await.map_err(failed)?;
    let scheme = if args.tls_cert.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{}", server.address());
    tracing::info!(url, "serving");
    if let Some(problem) = backend.key_problem() {
        tracing::warn!(problem, "values are neither shown nor made");
    }
    if let Some(jump) = backend.clock_jump().await? {
        tracing::error!(problem = %Refusal::ClockJumped(jump), "the clock is not believed");
    }
    tell(call, &url);
    server
        .run(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
        .await;
    tracing::info!(url, "stopped");
    Ok(Finish::Done)
}

#[derive(Serialize)]
struct Serving<'u> {
    url: &'u str,
}

/// Says that it serves, for people and for scripts that wait for it. Where nobody reads
/// it, it is in the log.
fn tell(call: &Invocation<'_>, url: &str) {
    let (output, url) = (call.output, url.to_owned());
    thread::spawn(move || {
        if output.format() == Format::Table {
            return output::print(&format!("serving on {url}\n"));
        }
        let sheet = |_| Sheet::of_record(vec![("url", url.clone())]);
        output.record(&Serving { url: &url }, sheet)
    });
}

/// The address of a name, the older kind first: it is what people type.
fn address(listen: &Listen) -> Result<SocketAddr, Failure> {
    let Listen { host, port } = listen;
    let failed = |why: &str| {
        BackendError::new(Cause::Listen, format!("cannot listen on {host}:{port}: {why}"))
    };
    let found =
        (host.as_str(), *port).to_socket_addrs().map_err(|error| failed(&error.to_string()))?;
    let first = found.min_by_key(|address| !address.is_ipv4());
    Ok(first.ok_or_else(|| failed("the name has no address"))?)
}

fn options(args: &ServeArgs, listen: SocketAddr) -> ServerOptions {
    let files = args.tls_cert.clone().zip(args.tls_key.clone());
    ServerOptions {
        listen,
        tls: files.map(|(cert, key)| TlsFiles { cert, key }),
        behind_proxy: args.behind_proxy,
        limits: limits(args),
    }
}

fn limits(args: &ServeArgs) -> Limits {
    let usual = Limits::default();
    Limits {
        per_second: f64::from(args.rate),
        burst: f64::from(args.rate) * 4.0,
        refusals: f64::from(args.refusals),
        connections: usize::try_from(args.connections).unwrap_or(usual.connections),
        ..usual
    }
}

fn failed(error: ServeError) -> Failure {
    match error {
        ServeError::Listen { .. } => BackendError::new(Cause::Listen, error.to_string()).into(),
        error => Failure::Usage(error.to_string()),
    }
}
