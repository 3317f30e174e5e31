//! Commands at a server that lacks abilities, or does things oddly: refused in its sentence
//! before anything is done, done without a trial where none is to be had, and warned of.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};

use crate::backends::{Elsewhere, Serving};
use crate::support::{Place, Ran};

const SENTENCE: &str = "Acme can't do that";
const HAZARD: &str = "Acme forgets it within a minute";

/// A way to a server on which it says this of its abilities.
fn saying(url: &str, abilities: Value) -> String {
    let to = url.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = vec![0; 65_536];
            let count = stream.read(&mut request).unwrap();
            if count == 0 {
                continue;
            }
            let line = request.iter().position(|byte| *byte == b'\n').unwrap() + 1;
            let mut server = TcpStream::connect(&to).unwrap();
            server.write_all(&request[..line]).unwrap();
            server.write_all(b"connection: close\r\n").unwrap();
            server.write_all(&request[line..count]).unwrap();
            let mut reply = Vec::new();
            server.read_to_end(&mut reply).unwrap();
            if request.starts_with(b"GET /v1/me ") {
                reply = rewritten(&reply, &abilities);
            }
            stream.write_all(&reply).unwrap();
        }
    });
    format!("http://{address}")
}

/// The same reply with these abilities among those it says.
fn rewritten(reply: &[u8], abilities: &Value) -> Vec<u8> {
    let reply = String::from_utf8(reply.to_vec()).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let mut me: Value = serde_json::from_str(body).unwrap();
    for (ability, can) in abilities.as_object().unwrap() {
        me["abilities"][ability] = can.clone();
    }
    let body = me.to_string();
    let is_length = |line: &&str| !line.to_lowercase().starts_with("content-length:");
    let head: Vec<_> = head.split("\r\n").filter(is_length).collect();
    format!("{}\r\ncontent-length: {}\r\n\r\n{body}", head.join("\r\n"), body.len()).into_bytes()
}

/// Somebody elsewhere, at a server that says this.
struct Odd {
    elsewhere: Elsewhere,
    // It uses the store, so it ends before it.
    _serving: Serving,
    _store: Place,
}

impl Odd {
    fn saying(abilities: Value) -> Self {
        let place = Place::example().by("rosa");
        let secret = place.run(&["operator", "create", "ada"]).ends(0).out;
        let serving = Serving::of(&place);
        let elsewhere = Elsewhere::with(&secret);
        elsewhere.add(&saying(&serving.url, abilities)).ends(0);
        Self { elsewhere, _serving: serving, _store: place }
    }

    fn run(&self, line: &str) -> Ran {
        self.elsewhere.on_team(&line.split(' ').collect::<Vec<_>>())
    }

    fn status(&self, token: &str) -> Value {
        self.elsewhere.json(&["token", "show", token])["status"].clone()
    }
}

fn no() -> Value {
    json!({ "can": "no", "reason": SENTENCE })
}

#[test]
fn what_a_flag_takes_is_refused_before_anything_is_done() {
    let odd = Odd::saying(json!({ "overlap": no(), "try-first": no() }));
    for line in [
        "token regenerate robot-1 --overlap 12h --yes",
        "token regenerate robot-1 robot-2 --overlap 12h --out new.csv --yes",
        "token hand-over robot-1 --to carl --overlap 12h --yes",
        "token create x --module Catalog=read --dry-run",
        "token edit robot-1 --name y --dry-run",
        "token regenerate robot-1 --dry-run",
        "token hand-over robot-1 --to carl --dry-run",
        "user accept ada --dry-run",
    ] {
        let ran = odd.run(line).ends(1);
        assert!(ran.err.contains(SENTENCE) && ran.out.is_empty(), "{line}: {}", ran.err);
    }
    // The rules say it of one, and a plan of many: neither has to be tried.
    odd.run("token revoke robot-1 --dry-run").ends(0);
    odd.run("token disable robot-1 robot-2 --dry-run").ends(0);
    // What can't be tried can be done all the same.
    let value = odd.run("token regenerate robot-1 --yes").ends(0).out;
    assert!(value.starts_with("tdk_"), "{value}");
}

#[test]
fn what_is_odd_about_an_order_is_said_where_no_question_is_asked() {
    let odd_can = json!({ "can": "yes", "hazard": HAZARD, "extent": "parent" });
    let odd = Odd::saying(json!({ "disable": odd_can, "edit": odd_can }));
    for line in ["token disable robot-1", "token edit robot-2 --name robot-9"] {
        let ran = odd.run(line).ends(0);
        assert!(ran.err.contains(HAZARD), "{line}: {}", ran.err);
        assert!(ran.err.contains("all that hang on the same parent"), "{line}: {}", ran.err);
    }
    assert!(!odd.run("token enable robot-1").ends(0).err.contains(HAZARD));
}

#[test]
fn many_at_once_are_done_by_the_command_where_a_server_has_no_jobs() {
    let odd = Odd::saying(json!({ "jobs": no(), "steer-jobs": no() }));
    let ran = odd.run("token disable robot-1 robot-2 --yes").ends(0);
    assert!(ran.err.contains("2 disabled"), "{}", ran.err);
    assert_eq!(odd.status("robot-1"), "disabled");
    assert_eq!(odd.status("robot-2"), "disabled");
    // Nobody finds it again, and nobody is told that there is something to find.
    let ran = odd.run("job list").ends(1);
    assert!(ran.err.contains("There are no jobs here") && ran.out.is_empty(), "{}", ran.err);
    let ran = odd.run("token regenerate robot-1 robot-2 --out new.csv --yes").ends(1);
    assert!(ran.err.contains(SENTENCE), "{}", ran.err);
}
