//! Connections that nobody wishes for, written by hand byte for byte: slow ones, idle
//! ones, half ones, ones that say two things at once.

use std::time::Duration;

use tokendeck::server::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Raw, Served, usual};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(20);

async fn connected(served: &Served) -> TcpStream {
    let address = served.url.replace("http://localhost", "127.0.0.1");
    TcpStream::connect(address).await.unwrap()
}

/// All that comes back until the server ends the connection.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset says the same as an end.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the server lets go");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn said(served: &Served, request: &str) -> String {
    let mut stream = connected(served).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    answer(&mut stream).await
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_drips_and_a_connection_that_says_no_more_are_ended() {
    let limits = Limits { head: Duration::from_millis(200), ..usual() };
    let served = Served::with(limits, None).await;
    for begun in ["", "GET /healthz HT", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: "] {
        let answer = said(&served, begun).await;
        assert!(["408", "none"].contains(&status(&answer)), "{answer}");
    }
    let answer = said(&served, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(status(&answer), "204", "and then it is ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_ended_with_or_without_a_key() {
    let limits = Limits { time: Duration::from_millis(300), ..usual() };
    let served = Served::with(limits, None).await;
    let credential = served.credential("ada").await;
    for key in ["", "idempotency-key: k\r\n"] {
        let head = format!(
            "POST /v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {credential}\r\n{key}\
             content-type: application/json\r\ncontent-length: 100\r\n\r\n{{\"account\":"
        );
        let answer = said(&served, &head).await;
        assert_eq!(status(&answer), "408", "{answer}");
        assert!(answer.contains("request_timeout") && answer.contains("connection: close"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_sends_no_body_at_all() {
    let served = Served::example().await;
    let head = "POST /v1/tokens HTTP/1.1\r\nhost: x\r\ncontent-length: 900000000\r\n\r\n";
    assert_eq!(status(&said(&served, head).await), "401", "and the connection ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_in_pieces_is_measured_as_a_whole_one_is() {
    let served = Served::with(Limits { body: 1_000, ..usual() }, None).await;
    let credential = served.credential("ada").await;
    let piece = format!("190\r\n{}\r\n", "x".repeat(400));
    for key in ["", "idempotency-key: k\r\n"] {
        let request = format!(
            "POST /v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {credential}\r\n{key}\
             content-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n\
             {piece}{piece}{piece}0\r\n\r\n"
        );
        assert_eq!(status(&said(&served, &request).await), "413");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_with_two_lengths_or_none_that_is_true_is_refused() {
    let served = Served::example().await;
    let credential = served.credential("ada").await;
    let body = "{\"text\":\"TKN-1000-0001\"}";
    let with = |headers: &str, body: &str| {
        format!(
            "POST /v1/lookup HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {credential}\r\n\
             content-type: application/json\r\nconnection: close\r\n{headers}\r\n\r\n{body}"
        )
    };
    let good = format!("content-length: {}", body.len());
    assert_eq!(status(&said(&served, &with(&good, body)).await), "200");
    let other = format!("{good}\r\ncontent-length: 3");
    assert_eq!(status(&said(&served, &with(&other, body)).await), "400");
    let broken = said(&served, &with("transfer-encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n")).await;
    assert_eq!(status(&broken), "400", "{broken}");
    // What comes after a request that says its length in two ways is no request.
    let smuggled = format!(
        "transfer-encoding: chunked\r\n{good}\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x"
    );
    let answer = said(&served, &with(&smuggled, "")).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_are_huge_or_nonsense_are_refused() {
    let served = Served::example().await;
    let long = "x".repeat(1_000_000);
    for (head, statuses) in [
        (format!("GET /v1/me HTTP/1.1\r\nhost: x\r\nx-long: {long}\r\n\r\n"), ["431", "none"]),
        (format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n"), ["414", "431"]),
        ("GET /\u{0}\u{1b}[2J HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), ["400", "400"]),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n".to_owned(), ["400", "none"]),
    ] {
        let answer = said(&served, &head).await;
        assert!(statuses.contains(&status(&answer)), "{}: {answer}", &head[..20.min(head.len())]);
    }
    let named = "GET http://ada:secret@x/v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = said(&served, named).await;
    assert!(status(&answer) == "400" && !answer.contains("secret"), "{answer}");
    assert_eq!(Raw::new(&served.url, None).get("/healthz").await.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_come_at_once_are_answered_in_their_order() {
    let served = Served::example().await;
    let request = |path: &str, end: &str| format!("GET {path} HTTP/1.1\r\nhost: x\r\n{end}\r\n");
    let all =
        request("/healthz", "") + &request("/v1/me", "") + &request("/x", "connection: close\r\n");
    let answer = said(&served, &all).await;
    let statuses: Vec<_> =
        answer.split("HTTP/1.1 ").skip(1).map(|part| part.split(' ').next().unwrap()).collect();
    assert_eq!(statuses, ["204", "401", "404"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_wait_for_a_place_and_leave_it_again() {
    let served = Served::with(Limits { connections: 8, ..usual() }, None).await;
    let idle: Vec<TcpStream> = {
        let mut idle = Vec::new();
        for _ in 0..64 {
            idle.push(connected(&served).await);
        }
        idle
    };
    let raw = Raw::new(&served.url, None);
    let asked = tokio::spawn(async move { raw.get("/healthz").await.status });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!asked.is_finished(), "there are no more places than that");
    drop(idle);
    assert_eq!(timeout(PATIENCE, asked).await.unwrap().unwrap(), 204);
}
