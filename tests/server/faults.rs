//! Servers that fail in every way: a clear message each time, nothing shown as done
//! that was not, and the credential never sent elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokendeck::backend::Backend;
use tokendeck::backend::remote::{Patience, RemoteBackend};
use tokendeck::domain::{Expiry, Overlap, Verb};
use tokendeck::wire::Run;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Raw, Served, remote_options, said, token};

const CREDENTIAL: &str = "tdo_secret";

/// A server that answers every request with these bytes, then waits or closes.
struct Faulty {
    url: String,
    asked: Arc<AtomicUsize>,
}

impl Faulty {
    async fn answering(bytes: impl Into<Vec<u8>>, then: Duration) -> Self {
        let (bytes, listener) = (bytes.into(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (bytes, count) = (bytes.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    let mut request = vec![0; 65_536];
                    if stream.read(&mut request).await.unwrap_or(0) == 0 {
                        return;
                    }
                    count.fetch_add(1, Ordering::SeqCst);
                    let _ = stream.write_all(&bytes).await;
                    tokio::time::sleep(then).await;
                });
            }
        });
        Self { url, asked }
    }

    fn client(&self) -> Arc<RemoteBackend> {
        let mut options = remote_options(&self.url, CREDENTIAL);
        options.patience = Patience {
            answer: Duration::from_millis(700),
            look: Duration::from_mins(10),
            ..Patience::default()
        };
        RemoteBackend::open(options).unwrap()
    }
}

fn reply(status: &str, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// What a read and a change say of a server that answers so.
async fn both(bytes: impl Into<Vec<u8>>, then: Duration) -> (String, String) {
    let faulty = Faulty::answering(bytes, then).await;
    let client = faulty.client();
    let read = said(client.session().await);
    let changed = said(client.act(Verb::Revoke, token(1).into(), None).await);
    for text in [&read, &changed] {
        assert!(!text.contains("secret"), "{text}");
    }
    (read, changed)
}

const NOW: Duration = Duration::ZERO;
const LONG: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_is_unreachable_and_nothing_was_done() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = RemoteBackend::open(remote_options(&url, CREDENTIAL)).unwrap();
    let start = Instant::now();
    for text in
        [said(client.session().await), said(client.act(Verb::Revoke, token(1).into(), None).await)]
    {
        assert!(text.starts_with(&format!("unreachable: cannot reach '{url}'")), "{text}");
        assert!(text.contains("refused"), "{text}");
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_slow_leaves_a_change_unknown() {
    let (read, changed) = both("", LONG).await;
    assert!(read.starts_with("timeout:") && read.contains("did not answer in time"), "{read}");
    assert!(changed.starts_with("outcome_unknown:"), "{changed}");
    assert!(changed.contains("may have been done"), "{changed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_closes_in_the_middle_is_broken_off() {
    for bytes in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\ncontent-type: application/json\r\n\r\n{\"head\"",
    ] {
        let (read, changed) = both(bytes, NOW).await;
        assert!(read.starts_with("broken_off:"), "{read}");
        assert!(changed.starts_with("outcome_unknown:"), "{changed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_500_or_502_leaves_a_change_unknown() {
    for status in ["500 Internal Server Error", "502 Bad Gateway"] {
        let (read, changed) = both(reply(status, "text/html", "<h1>oops</h1>"), NOW).await;
        assert!(read.starts_with("server_error:") && read.contains(status), "{read}");
        assert!(changed.starts_with("outcome_unknown:"), "{changed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_or_half_a_json_is_no_answer() {
    let page = reply("200 OK", "text/html", "<html>Sign in</html>");
    let (read, changed) = both(page, NOW).await;
    assert!(read.starts_with("not_tokendeck:") && read.contains("text/html"), "{read}");
    assert!(changed.starts_with("outcome_unknown:"), "{changed}");
    for body in ["{\"api\":", "[]", "\"x\"", "{}"] {
        let (read, _) = both(reply("200 OK", "application/json", body), NOW).await;
        assert!(read.starts_with("not_tokendeck:"), "{body}: {read}");
    }
    let deep = "[".repeat(100_000);
    let (read, _) = both(reply("200 OK", "application/json", &deep), NOW).await;
    assert!(read.starts_with("not_tokendeck:"), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_an_answer_can_be_is_not_read_to_its_end() {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n";
    let (read, changed) = both(head, LONG).await;
    assert!(read.starts_with("too_large:") && read.contains("32 MiB"), "{read}");
    assert!(changed.starts_with("outcome_unknown:"), "{changed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed() {
    let elsewhere = Faulty::answering(reply("200 OK", "application/json", "{}"), NOW).await;
    let away = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/v1/me\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        elsewhere.url
    );
    let (read, changed) = both(away, NOW).await;
    for text in [read, changed] {
        assert!(text.starts_with("redirected:") && text.contains(&elsewhere.url), "{text}");
    }
    assert_eq!(elsewhere.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_for_patience_is_waited_for_shortly_and_then_told_of() {
    let busy = "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/problem+json\r\nretry-after: 60\r\n";
    let body = r#"{"type":"urn:x","title":"t","status":429,"detail":"try again in 60 s","code":"too_many_requests"}"#;
    let bytes = format!("{busy}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let start = Instant::now();
    let (read, changed) = both(bytes, NOW).await;
    for text in [read, changed] {
        assert!(text.starts_with("too_many_requests:") && text.contains("60 s"), "{text}");
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_interface_is_said_with_both_versions() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, Some(served.credential("ada").await));
    let me = raw.get("/v1/me").await.text.replace("\"api\":\"1.0\"", "\"api\":\"2.3\"");
    let newer = Faulty::answering(reply("200 OK", "application/json", &me), NOW).await;
    let error = said(newer.client().session().await);
    assert!(error.contains("2.3") && error.contains("1.0"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_would_give_the_credential_away_are_refused() {
    for (url, word) in [
        ("http://tokens.example", "https"),
        ("ftp://tokens.example", "https://"),
        ("tokens.example", "https://"),
        ("https://kim:secret@tokens.example", "credential has a file"),
        ("https://tokens.example/?x=1", "without ?"),
        ("http://127.0.0.1.example", "https"),
    ] {
        let error = said(RemoteBackend::open(remote_options(url, CREDENTIAL)));
        assert!(error.starts_with("invalid: url:") && error.contains(word), "{url}: {error}");
        assert!(!error.contains("secret"));
    }
    for url in [
        "http://127.0.0.1:1",
        "http://[::1]:1",
        "http://localhost:1",
        "https://tokens.example/deck/",
    ] {
        assert!(RemoteBackend::open(remote_options(url, CREDENTIAL)).is_ok(), "{url}");
    }
}

/// Passes on to a real server, but keeps the reply of the first change to itself.
async fn losing_replies(to: &str) -> String {
    let (to, listener) = (
        to.replace("http://localhost", "127.0.0.1"),
        TcpListener::bind("127.0.0.1:0").await.unwrap(),
    );
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lost = Arc::new(AtomicUsize::new(0));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (to, lost) = (to.clone(), Arc::clone(&lost));
            tokio::spawn(async move {
                let mut request = vec![0; 65_536];
                let count = stream.read(&mut request).await.unwrap();
                let mut server = tokio::net::TcpStream::connect(to).await.unwrap();
                server.write_all(&request[..count]).await.unwrap();
                let mut reply = vec![0; 65_536];
                let length = server.read(&mut reply).await.unwrap();
                // Both tries of the change; what is read back gets through.
                if request.starts_with(b"POST") && lost.fetch_add(1, Ordering::SeqCst) < 2 {
                    return;
                }
                stream.write_all(&reply[..length]).await.unwrap();
            });
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_reply_is_settled_by_reading_back() {
    let served = Served::example().await;
    let url = losing_replies(&served.url).await;
    let mut options = remote_options(&url, &served.credential("ada").await);
    options.patience.look = Duration::from_mins(10);
    let ada = RemoteBackend::open(options).unwrap();
    let view = ada.act(Verb::Revoke, token(1).into(), None).await.unwrap();
    assert!(view.token.revoked.is_some());
}

/// Passes one connection on to a real server and is gone before its reply: what a
/// tunnel does that is torn down.
async fn dying_after_one(to: &str) -> String {
    let to = to.replace("http://localhost", "127.0.0.1");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        drop(listener);
        let mut request = vec![0; 65_536];
        let count = stream.read(&mut request).await.unwrap();
        let mut server = tokio::net::TcpStream::connect(to).await.unwrap();
        server.write_all(&request[..count]).await.unwrap();
        let _ = server.read(&mut [0; 1]).await.unwrap();
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_may_have_arrived_is_not_called_undone_because_the_next_try_did_not() {
    let served = Served::example().await;
    let url = dying_after_one(&served.url).await;
    let mut options = remote_options(&url, &served.credential("ada").await);
    options.patience.look = Duration::from_mins(10);
    let ada = RemoteBackend::open(options).unwrap();
    let error = said(ada.act(Verb::Revoke, token(1).into(), None).await);
    assert!(error.starts_with("outcome_unknown:"), "{error}");
    let rosa = served.remote("rosa").await;
    let view = rosa.show(token(1).to_string()).await.unwrap();
    assert!(view.token.revoked.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_whose_reply_is_lost_leaves_nothing_in_doubt() {
    let url = Faulty::answering("", NOW).await.url;
    let client = RemoteBackend::open(remote_options(&url, CREDENTIAL)).unwrap();
    let dry =
        client.regenerate(token(1).into(), Some(Expiry::Never), Overlap::NONE, Run::Dry).await;
    let error = said(dry);
    assert!(error.starts_with("broken_off:"), "{error}");
}
