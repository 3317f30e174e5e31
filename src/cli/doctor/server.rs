//! The server: whether it answers, and whether it knows the credential.

use super::Check;
use crate::cli::call::Call;
use crate::cli::connect;
use crate::cli::failure::Failure;
use crate::config::Remote;

const AREA: &str = "server";

pub(super) fn checks(call: &Call, remote: &Remote) -> Vec<Check> {
    let advice = "see 'tokendeck backend list', and ask whoever runs the server";
    match ask(call, remote) {
        Ok(found) => vec![Check::ok(AREA, found)],
        Err(failure) => vec![Check::problem(AREA, failure.message(), advice)],
    }
}

fn ask(call: &Call, remote: &Remote) -> Result<String, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let backend = connect::server(call, &call.settings.backend, remote)?;
        let session = backend.session().await?;
        Ok(format!("{} knows you as {}", session.place, session.operator.login))
    })
}
