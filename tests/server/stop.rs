//! A server that is told to stop ends what it began and loses nothing.

use std::time::Duration;

use tokendeck::backend::Backend;
use tokendeck::domain::TokenValue;
use tokendeck::domain::verify::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Raw, Served, said, token, value};

#[tokio::test(flavor = "multi_thread")]
async fn uses_that_were_only_in_memory_are_written_at_the_end() {
    let mut served = Served::example().await;
    let ada = served.remote("ada").await;
    let value = TokenValue::parse(&value("robot-2")).unwrap();
    assert!(ada.verify(value, Request::default()).await.unwrap().accepted);
    served.stop().await;
    served.store.close().await.unwrap();
    let token = served.local("ada").show("robot-2".to_owned()).await.unwrap().token;
    assert_eq!(token.last_used_at, Some(crate::support::now()));
}

fn address(served: &Served) -> String {
    served.url.replace("http://localhost", "127.0.0.1")
}

/// A request whose head alone has been sent, and which the server has begun to read.
async fn begun(served: &Served, credential: &str, number: u64, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address(served)).await.unwrap();
    let (id, length) = (token(number), body.len());
    let head = format!(
        "POST /v1/tokens/{id}/regenerate HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n\
         authorization: Bearer {credential}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The server says this when it asks for the body, so that the call is under way.
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_under_way_are_answered_before_the_server_goes() {
    let mut served = Served::example().await;
    let (credential, there) = (served.credential("ada").await, served.local("rosa"));
    let ada = served.remote("ada").await;
    let body = r#"{"expiry":"never"}"#;
    let mut under_way = Vec::new();
    for number in 101..=115 {
        let before = there.show(token(number).to_string()).await.unwrap().token.value;
        let stream = begun(&served, &credential, number, body).await;
        under_way.push((number, before, stream));
    }
    let stopped = served.tell_to_stop();
    // It has heard where it takes no more connections.
    while TcpStream::connect(address(&served)).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!stopped.is_finished(), "it waits for the calls it has begun");
    for (number, before, mut stream) in under_way {
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{number}: {answer}");
        let now = there.show(token(number).to_string()).await.unwrap().token.value;
        assert_ne!(now, before, "{number} was acknowledged and is not there");
    }
    stopped.await.unwrap();
    // Whoever comes later finds nobody.
    let error = said(ada.session().await);
    assert!(error.starts_with("unreachable"), "{error}");
    served.store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_does_not_keep_a_server_up() {
    let mut served = Served::example().await;
    let raw = Raw::new(&served.url, None);
    assert_eq!(raw.get("/healthz").await.status, 204);
    tokio::time::timeout(Duration::from_secs(5), served.stop())
        .await
        .expect("it should stop at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn d04_a_verdict_waits_for_nobody_who_writes_to_the_store() {
    let served = Served::example().await;
    let ada = served.remote("ada").await;
    let other = rusqlite::Connection::open(served.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    for _ in 0..20 {
        let value = TokenValue::parse(&value("robot-2")).unwrap();
        assert!(ada.verify(value, Request::default()).await.unwrap().accepted);
    }
    other.execute_batch("ROLLBACK").unwrap();
    served.store.close().await.unwrap();
    let token = served.local("ada").show("robot-2".to_owned()).await.unwrap().token;
    assert_eq!(token.last_used_at, Some(crate::support::now()));
}
