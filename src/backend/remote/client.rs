//! The connection to one server. The credential goes to that address and nowhere
//! else: no redirect is followed, and nothing but this machine is asked without TLS.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, IF_MATCH, LOCATION, RETRY_AFTER};
use reqwest::{Certificate, Method, Response, StatusCode, Url, redirect};
use rustls::crypto::{CryptoProvider, ring};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::cause::ServerWay;
use super::exchange::{Ask, ServerReply};
use super::fault::CallFault;
use super::options::{Patience, RemoteOptions};
use super::proxy::Proxy;
use crate::backend::{Answer, BackendError, Cause, Complaint, Silence};
use crate::domain::{Guid, Refusal};
use crate::seal::random;
use crate::wire::RowId;
use crate::wire::http::{
    API_VERSION, HTTPS_WANTED, HttpMethod, IDEMPOTENCY_KEY, Keyed, LATE, MAX_BODY, NO_ROUTE,
    PROBLEM_TYPE, Problem, WRONG_METHOD, calls,
};

/// Tries of one request at the most, where it is safe to repeat.
const TRIES: u32 = 4;
/// Before a request is sent again.
const PAUSE: Duration = Duration::from_millis(200);
/// The longest a server may ask us to wait without the operator being told.
const LONGEST_WAIT: u64 = 2;

pub(super) struct Client {
    url: Url,
    place: String,
    credential: SecretString,
    http: reqwest::Client,
    way: ServerWay,
    read_only: bool,
    pub(super) patience: Patience,
}

impl Client {
    pub(super) fn new(options: RemoteOptions) -> Answer<Self> {
        let url = address(&options.url)?;
        // Where two do it at once, the other one's is as good.
        if CryptoProvider::get_default().is_none() {
            let _ = ring::default_provider().install_default();
        }
        let mut http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(options.patience.connect)
            .user_agent(concat!("tokendeck/", env!("CARGO_PKG_VERSION")));
        if is_this_machine(&url) {
            http = http.no_proxy();
        }
        let way = ServerWay {
            has_ca: options.ca.is_some(),
            proxy: Proxy::of(|name| std::env::var(name).ok()),
        };
        if let Some(pem) = &options.ca {
            let wrong = || Refusal::field("ca_file", "holds no certificate in PEM form");
            let certificates = Certificate::from_pem_bundle(pem).map_err(|_| wrong())?;
            if certificates.is_empty() {
                return Err(wrong().into());
            }
            http = http.tls_certs_merge(certificates);
        }
        let broken = |error| {
            let message = format!("cannot make a connection ready: {}", way.cause(&error));
            BackendError::new(Cause::Silent(Silence::Tls), message)
        };
        let place = url.as_str().trim_end_matches('/').to_owned();
        let RemoteOptions { credential, read_only, patience, .. } = options;
        let http = http.build().map_err(broken)?;
        Ok(Self { url, place, credential, http, way, read_only, patience })
    }

    /// The server's address.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Refuses a server of another interface.
    pub(super) fn must_speak(&self, version: &str) -> Answer<()> {
        let first = |version: &str| version.split('.').next().map(str::to_owned);
        if first(version) == first(API_VERSION) {
            return Ok(());
        }
        let how = format!(
            "speaks interface {version}, and this program {API_VERSION}: use the program of that version"
        );
        let fault =
            CallFault::Strange { cause: Cause::Server(Complaint::ApiVersion), how, perhaps: false };
        Err(fault.told(&self.place, false))
    }

    /// The error of an answer that means nothing here.
    pub(super) fn fault(&self, how: &str) -> BackendError {
        let fault = CallFault::Strange {
            cause: Cause::Silent(Silence::NotTokendeck),
            how: how.to_owned(),
            perhaps: true,
        };
        fault.told(&self.place, false)
    }

    /// The error of a change that was done, and whose value is not to be had any more.
    pub(super) fn value_gone(&self, id: &RowId, advice: &str) -> BackendError {
        let how = format!("did it, but the value of {id} was lost on its way: {advice}");
        let fault = CallFault::Strange { cause: Cause::Open, how, perhaps: true };
        fault.told(&self.place, true)
    }

    /// Asks, and again where that is safe: a change carries a key under which it
    /// happens once, however often it arrives. Where nothing may be written no change is
    /// sent, a reveal among them, as that is put on record.
    pub(super) async fn ask<T: DeserializeOwned>(&self, ask: Ask) -> Answer<T> {
        if self.read_only && ask.changes() {
            return Err(Refusal::ReadOnly.into());
        }
        let keyed = ask.call.keyed == Keyed::Heeded;
        let key = keyed.then(random::bytes).transpose()?.map(Guid::from_random);
        let patience = if ask.call.long { self.patience.work } else { self.patience.answer };
        let changes = ask.changes();
        let mut lost: Option<CallFault> = None;
        let mut tries = 0;
        loop {
            tries += 1;
            let exchanged = tokio::time::timeout(patience, self.exchange(&ask, key)).await;
            match exchanged.unwrap_or(Err(CallFault::Late)) {
                Ok(ServerReply::Done(body)) => return self.read(&ask, &body),
                Ok(ServerReply::Refused(problem, Some(seconds)))
                    if seconds <= LONGEST_WAIT && tries < TRIES =>
                {
                    drop(problem);
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
                Ok(ServerReply::Refused(problem, _)) => {
                    let rule =
                        matches!(&problem.refusal, Some(why) if *why != Refusal::NotSignedIn);
                    // Of a look only the latest answer counts.
                    return Err(match lost.filter(|_| changes) {
                        Some(first) if !rule && first.is_open() => first.told(&self.place, true),
                        _ => self.refused(&ask, *problem),
                    });
                }
                Err(fault) if fault.may_be_repeated() && lost.is_none() && tries < TRIES => {
                    lost = Some(fault);
                    tokio::time::sleep(PAUSE).await;
                }
                // What the first try came to is not undone by a second that did not arrive.
                Err(fault) => {
                    let first = lost.filter(|first| changes && first.is_open());
                    let worse = first.unwrap_or(fault);
                    return Err(worse.told(&self.place, changes));
                }
            }
        }
    }

    fn read<T: DeserializeOwned>(&self, ask: &Ask, body: &[u8]) -> Answer<T> {
        // What serde found in it may be a value, so only that it failed is told.
        serde_json::from_slice(if body.is_empty() { b"null" } else { body }).map_err(|_| {
            let how = "sent an answer that can't be read: look whether it is a Tokendeck server";
            let how = how.to_owned();
            let fault = CallFault::Strange {
                cause: Cause::Silent(Silence::NotTokendeck),
                how,
                perhaps: true,
            };
            fault.told(&self.place, ask.changes())
        })
    }

    /// The same refusal as on the server; where it is none, what it says.
    fn refused(&self, ask: &Ask, problem: Problem) -> BackendError {
        if let Some(refusal) = problem.refusal {
            return refusal.into();
        }
        match problem.code.as_str() {
            // Every server has this one.
            NO_ROUTE if ask.call.id == calls::ME.id => not_here().told(&self.place, false),
            HTTPS_WANTED => {
                let how = "speaks HTTPS: put https:// into its address".to_owned();
                let cause = Cause::Silent(Silence::NotTokendeck);
                CallFault::Strange { cause, how, perhaps: false }.told(&self.place, false)
            }
            NO_ROUTE | WRONG_METHOD => {
                Refusal::Unsupported(format!("do this: it has no call '{}'", ask.call.id)).into()
            }
            LATE => CallFault::Late.told(&self.place, ask.changes()),
            code => {
                let message = format!("'{}': {}", self.place, problem.detail);
                BackendError::new(Cause::of_code(code), message)
            }
        }
    }

    async fn exchange(&self, ask: &Ask, key: Option<Guid>) -> Result<ServerReply, CallFault> {
        let mut url = self.url.clone();
        let base = self.url.path().trim_end_matches('/');
        url.set_path(&format!("{base}{}", ask.path));
        if !ask.pairs.is_empty() {
            url.query_pairs_mut().extend_pairs(&ask.pairs);
        }
        let mut request = self
            .http
            .request(method(ask.call.method), url)
            .bearer_auth(self.credential.expose_secret())
            .header(ACCEPT, "application/json");
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_KEY, key.to_string());
        }
        if let Some(version) = ask.version {
            request = request.header(IF_MATCH, format!("\"{version}\""));
        }
        if let Some(body) = &ask.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_vec());
        }
        let response = request.send().await.map_err(|error| transport(&self.way, &error))?;
        let missing = response.status() == StatusCode::NOT_FOUND;
        match reply(&self.way, response).await {
            Err(CallFault::Strange { cause: Cause::Server(_), .. })
                if missing && ask.call.id == calls::ME.id =>
            {
                Err(not_here())
            }
            reply => reply,
        }
    }
}

/// The address leads to a server that has no call of ours.
fn not_here() -> CallFault {
    let how = "answers, but there is no Tokendeck at that address: look at its path".to_owned();
    CallFault::Strange { cause: Cause::Silent(Silence::NotTokendeck), how, perhaps: false }
}

fn method(method: HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Post => Method::POST,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Delete => Method::DELETE,
    }
}

/// The address of a server, checked before anything is sent there.
pub(super) fn address(text: &str) -> Result<Url, Refusal> {
    let wrong = |message: &str| Refusal::field("url", message);
    let url = Url::parse(text.trim())
        .map_err(|_| wrong("not an address such as https://tokens.example"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("holds a name or password: the credential has a file of its own"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("give the address alone, without ? and #"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        "http" => Err(wrong("the credential would travel unencrypted: use https")),
        _ => Err(wrong("not an address such as https://tokens.example")),
    }
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn transport(way: &ServerWay, error: &reqwest::Error) -> CallFault {
    let why = way.cause(error);
    if error.is_connect() || error.is_builder() {
        CallFault::Unreachable(why)
    } else if why.starts_with("invalid HTTP") {
        let how =
            "does not speak HTTP: look at the port, and whether it wants https:// in the address"
                .to_owned();
        CallFault::Strange { cause: Cause::Silent(Silence::NotTokendeck), how, perhaps: true }
    } else {
        CallFault::Broken(why)
    }
}

async fn reply(way: &ServerWay, response: Response) -> Result<ServerReply, CallFault> {
    let status = response.status();
    let header = |name| {
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(value.trim().to_owned())
    };
    if status.is_redirection() {
        let to = header(LOCATION).unwrap_or_default();
        let how = format!(
            "redirects to '{to}', which is not followed: use the address of the server itself"
        );
        return Err(CallFault::Strange {
            cause: Cause::Silent(Silence::Redirected),
            how,
            perhaps: false,
        });
    }
    let kind = header(CONTENT_TYPE).unwrap_or_default();
    let wait = header(RETRY_AFTER).and_then(|seconds| seconds.parse().ok());
    let is = |wanted: &str| kind.split(';').next().is_some_and(|kind| kind.trim() == wanted);
    if status.is_success() {
        if status != StatusCode::NO_CONTENT && !is("application/json") {
            let how = format!(
                "answered with '{kind}', as no Tokendeck server does: look at the address, and \
                 whether a proxy wants a sign-in"
            );
            return Err(CallFault::Strange {
                cause: Cause::Silent(Silence::NotTokendeck),
                how,
                perhaps: true,
            });
        }
        return Ok(ServerReply::Done(body(way, response).await?));
    }
    let problem = if is(PROBLEM_TYPE) {
        serde_json::from_slice(&body(way, response).await?).ok()
    } else {
        None
    };
    if let Some(problem) = problem {
        return Ok(ServerReply::Refused(problem, wait));
    }
    let how = format!(
        "answered {status} without saying why, as a proxy does: look at what is before the server"
    );
    Err(CallFault::Strange {
        cause: Cause::Server(Complaint::ServerError),
        how,
        perhaps: status.is_server_error(),
    })
}

/// An answer longer than this waits until it is the only such one.
const LONG: usize = 1024 * 1024;
/// Who may hold a long answer: of several at once, a server gone wrong could fill the
/// memory, however short each has to be.
static LONG_ANSWER: Semaphore = Semaphore::const_new(1);

/// The body, as far as it is not too long to be an answer.
async fn body(way: &ServerWay, mut response: Response) -> Result<Zeroizing<Vec<u8>>, CallFault> {
    let too_long = || {
        let most = MAX_BODY / 1024 / 1024;
        let how = format!("sent more than {most} MiB, as no Tokendeck server does");
        CallFault::Strange { cause: Cause::Server(Complaint::TooLarge), how, perhaps: true }
    };
    if response.content_length().is_some_and(|length| length > MAX_BODY as u64) {
        return Err(too_long());
    }
    let mut turn = None;
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(|error| transport(way, &error))? {
        if bytes.len() + chunk.len() > MAX_BODY {
            return Err(too_long());
        }
        if turn.is_none() && bytes.len() + chunk.len() > LONG {
            // It is never closed, so there is nothing to fail.
            turn = LONG_ANSWER.acquire().await.ok();
        }
        let wanted = bytes.len() + chunk.len();
        if wanted > bytes.capacity() {
            // Never more than an answer can be: all of it is overwritten in the end.
            let room = (bytes.capacity() * 2).clamp(wanted, MAX_BODY);
            let more = room - bytes.len();
            bytes.reserve_exact(more);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
