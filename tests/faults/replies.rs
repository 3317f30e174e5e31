//! A thousand replies of twelve kinds, most of them broken in a way of their own: an
//! error in plain words each time, no panic, and no memory taken by it.

use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use tokendeck::backend::remote::{Patience, RemoteBackend, RemoteOptions};
use tokendeck::backend::{Answer, Backend, BackendError};
use tokendeck::domain::{Query, TokenId, Verb, Window};
use tokendeck::wire::{EventQuery, UserQuery};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::gate::Gate;
use crate::support::Desk;

/// Replies of a kind.
const EACH: u64 = 84;
/// Those who ask at once, of each kind.
const LANES: u64 = 4;
/// What a server may make us hold, beside what we held before.
const MOST: u64 = 48 * 1024;
/// Says that this process is the one that is measured.
const CHILD: &str = "TOKENDECK_TEST_REPLIES";

/// The kinds.
const KINDS: [Kind; 12] = [
    Kind::Cut,
    Kind::Flipped,
    Kind::Numbers,
    Kind::Texts,
    Kind::OtherCall,
    Kind::WrongLength,
    Kind::Endless,
    Kind::Deep,
    Kind::Failing,
    Kind::Page,
    Kind::Elsewhere,
    Kind::Mute,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A good reply that ends too early.
    Cut,
    /// A good reply with other bytes here and there.
    Flipped,
    /// A good reply with absurd numbers.
    Numbers,
    /// A good reply with texts that a terminal would obey.
    Texts,
    /// A good reply to another question.
    OtherCall,
    /// A length that is not the body's.
    WrongLength,
    /// A body without end.
    Endless,
    /// Brackets in brackets.
    Deep,
    /// Statuses of all kinds, with and without a problem.
    Failing,
    /// No JSON.
    Page,
    /// A redirect.
    Elsewhere,
    /// Nothing.
    Mute,
}

/// Numbers that differ each time and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (below.max(1) as u64)).unwrap()
    }
}

/// The body of a reply.
fn body(reply: &str) -> &str {
    reply.split_once("\r\n\r\n").unwrap().1
}

fn json(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn plain(status: &str, rest: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n{rest}\r\n\r\n").into_bytes()
}

/// Every run of digits becomes one of these.
fn renumbered(body: &str, dice: &mut Dice) -> String {
    const ABSURD: [&str; 6] =
        ["0", "-1", "18446744073709551615", "1e308", "99999999999999999999", "7"];
    let mut text = String::new();
    let mut quoted = false;
    for c in body.chars() {
        quoted ^= c == '"';
        match c {
            '0'..='9' if !quoted && text.ends_with([':', ',', '[']) => {
                text.push_str(ABSURD[dice.roll(6)]);
            }
            '0'..='9' if !quoted => {}
            c => text.push(c),
        }
    }
    text
}

fn reply(kind: Kind, good: &[String], turn: usize, dice: &mut Dice) -> Vec<u8> {
    let body = body(&good[turn % good.len()]);
    match kind {
        Kind::Cut => json(&body.as_bytes()[..dice.roll(body.len())]),
        Kind::Flipped => {
            let mut bytes = body.as_bytes().to_vec();
            for _ in 0..=dice.roll(8) {
                let at = dice.roll(bytes.len());
                bytes[at] = u8::try_from(dice.roll(256)).unwrap();
            }
            json(&bytes)
        }
        Kind::Numbers => json(renumbered(body, dice).as_bytes()),
        Kind::Texts => {
            let text = body.replace("Catalog", "\\u001b[2J\\u202e").replace("Acme", &"x".repeat(500));
            json(text.as_bytes())
        }
        Kind::OtherCall => json(self::body(&good[(turn + 1 + dice.roll(good.len() - 1)) % good.len()]).as_bytes()),
        Kind::WrongLength => {
            let length = dice.roll(body.len() * 2);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ";
            format!("{head}{length}\r\n\r\n{body}").into_bytes()
        }
        // Most say so beforehand; those that do not are sent to the end of our patience.
        Kind::Endless if turn.is_multiple_of(40) => {
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n".to_vec()
        }
        Kind::Endless => {
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n[".to_vec()
        }
        Kind::Deep => json("[{\"a\":".repeat(1_000 + dice.roll(20_000)).as_bytes()),
        Kind::Failing => {
            let status = ["500 X", "502 X", "503 X", "429 X", "400 X", "401 X", "403 X", "404 X", "418 X", "599 X"];
            let problem = "content-type: application/problem+json";
            plain(status[dice.roll(10)], if turn.is_multiple_of(2) { problem } else { "x: y" })
        }
        Kind::Page => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n";
            format!("{head}<html>").into_bytes()
        }
        Kind::Elsewhere => plain("307 X", "location: https://elsewhere.example/"),
        Kind::Mute => vec![],
    }
}

/// A server that answers what it is told to.
struct Parrot {
    url: String,
    next: Arc<Mutex<(Kind, Vec<u8>)>>,
}

impl Parrot {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let next = Arc::new(Mutex::new((Kind::Mute, vec![])));
        let told = Arc::clone(&next);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let told = Arc::clone(&told);
                tokio::spawn(async move {
                    let _ = answer(stream, &told).await;
                });
            }
        });
        Self { url, next }
    }
}

async fn answer(mut stream: TcpStream, told: &Mutex<(Kind, Vec<u8>)>) -> std::io::Result<()> {
    let mut request = vec![0; 16_384];
    if stream.read(&mut request).await? == 0 {
        return Ok(());
    }
    let (kind, bytes) = told.lock().unwrap().clone();
    stream.write_all(&bytes).await?;
    match kind {
        Kind::Endless if !bytes.ends_with(b"[") => {
            let part = vec![b'['; 65_536];
            loop {
                stream.write_all(&part).await?;
            }
        }
        Kind::Mute | Kind::Endless => std::future::pending().await,
        _ => stream.shutdown().await,
    }
}

/// What an error says; nothing where there is none.
fn said<T>(answer: Answer<T>) -> Option<BackendError> {
    answer.err()
}

async fn ask(client: &RemoteBackend, turn: usize) -> Option<BackendError> {
    let id = TokenId::new(1000_0001);
    match turn % 8 {
        0 => said(client.session().await),
        1 => said(client.list(Query::default(), Window { offset: 0, limit: 50 }).await),
        2 => said(client.catalogue().await),
        3 => said(client.show(id.to_string()).await),
        4 => said(client.users(UserQuery::default(), Window { offset: 0, limit: 50 }).await),
        5 => said(client.events(EventQuery::default(), Window { offset: 0, limit: 50 }).await),
        6 => said(client.jobs().await),
        _ => said(client.act(Verb::Revoke, id.into(), None).await),
    }
}

/// Asks as often as a lane has replies; says how many were errors.
async fn lane(kind: Kind, good: Arc<Vec<String>>, number: u64) -> u64 {
    let parrot = Parrot::start().await;
    let answer = Duration::from_millis(if kind == Kind::Mute { 100 } else { 10_000 });
    let options = RemoteOptions {
        name: "team".to_owned(),
        url: parrot.url.clone(),
        credential: SecretString::from("tdo_secret"),
        ca: None,
        read_only: false,
        patience: Patience { answer, look: Duration::from_mins(10), ..Patience::default() },
    };
    let client = RemoteBackend::open(options).unwrap();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (number + 1) << 8 ^ kind as u64);
    let mut errors = 0;
    for turn in (number * EACH / LANES..(number + 1) * EACH / LANES)
        .map(|turn| usize::try_from(turn).unwrap())
    {
        *parrot.next.lock().unwrap() = (kind, reply(kind, &good, turn, &mut dice));
        if let Some(error) = ask(&client, turn).await {
            let text = error.to_string();
            assert!(!text.is_empty() && text.len() < 2_000, "{kind:?} {turn}: {text}");
            assert!(!text.contains("tdo_secret"), "{kind:?} {turn}: {text}");
            errors += 1;
        }
    }
    errors
}

/// Kilobytes, by what Linux tells of this process.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn good_replies() -> Vec<String> {
    let desk = Desk::example();
    let gate = Gate::new(desk.path());
    let paths = [
        "/v1/me",
        "/v1/tokens?limit=50",
        "/v1/catalogue",
        "/v1/tokens/TKN-1000-0001",
        "/v1/users?limit=50",
        "/v1/events?limit=50",
        "/v1/jobs",
        "/v1/tokens/TKN-1000-0002",
    ];
    paths.map(|path| gate.reply_to(path)).into()
}

fn a_thousand() {
    let good = Arc::new(good_replies());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let before = memory("VmRSS");
    runtime.block_on(async {
        for kind in KINDS {
            let lanes =
                (0..LANES).map(|number| tokio::spawn(lane(kind, Arc::clone(&good), number)));
            let mut errors = 0;
            for lane in lanes.collect::<Vec<_>>() {
                errors += lane.await.unwrap();
            }
            // A reply with other letters or numbers may still be one.
            let may_be_read =
                matches!(kind, Kind::Flipped | Kind::Numbers | Kind::Texts | Kind::WrongLength);
            assert!(may_be_read || errors >= EACH * 9 / 10, "{kind:?}: {errors} errors");
        }
    });
    if let (Some(before), Some(peak)) = (before, memory("VmHWM")) {
        assert!(peak < before + MOST, "{before} KiB became {peak}");
    }
}

/// In a process of its own, as memory is the whole process's.
#[test]
fn a_thousand_broken_replies_end_in_words_and_take_no_memory() {
    if std::env::var_os(CHILD).is_some() {
        return a_thousand();
    }
    let name = "replies::a_thousand_broken_replies_end_in_words_and_take_no_memory";
    let this = std::env::current_exe().unwrap();
    let ended =
        Command::new(this).args([name, "--exact", "--nocapture"]).env(CHILD, "1").output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned()
        + &String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() && said.contains("1 passed"), "{said}");
}
