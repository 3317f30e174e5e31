//! The server: whether it answers, and whether it knows the credential and
//! for how long.

use super::check::Check;
use crate::cli::backends::RENEW;
use crate::cli::call::Invocation;
use crate::cli::connect;
use crate::cli::failure::Failure;
use crate::config::Remote;
use crate::domain::Time;
use crate::domain::calendar::seconds;
use crate::wire::Session;

const AREA: &str = "server";

pub(super) fn checks(call: &Invocation, remote: &Remote) -> Vec<Check> {
    let advice = "see 'tokendeck backend list', and ask whoever runs the server";
    match ask(call, remote) {
        Ok(session) => vec![known(&session), credential(&session)],
        Err(failure) => vec![Check::problem(AREA, failure.message(), advice)],
    }
}

fn known(session: &Session) -> Check {
    Check::ok(AREA, format!("{} knows you as {}", session.place, session.operator.login))
}

fn credential(session: &Session) -> Check {
    let ends = |end: Time| format!("your operator credential ends {}", seconds(end));
    match (session.credential_ends_soon(), session.credential_expires_at) {
        (Some(end), _) => Check::warning(AREA, ends(end), RENEW),
        (None, Some(end)) => Check::ok(AREA, ends(end)),
        (None, None) => Check::ok(AREA, "it does not say when your operator credential ends"),
    }
}

fn ask(call: &Invocation, remote: &Remote) -> Result<Session, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let asker = connect::ServerOpener::of(call);
        let backend = connect::server(&asker, &call.settings.backend, remote).await?;
        Ok(backend.session().await?)
    })
}
