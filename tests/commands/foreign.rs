//! Commands at a server whose rows have other facts than ours: its own columns are shown,
//! sorted and written without a word of code for them, and nothing is offered that it has not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};

use crate::backends::{Elsewhere, Serving, secret_of};
use crate::support::{Place, Ran};

/// What it says of its rows.
fn descriptors() -> Value {
    let column = |key: &str, title: &str, kind: &str, sorts: bool| json!({ "key": key, "title": title, "kind": kind, "width": 16, "sorts": sorts, "shown": true });
    json!({
        "columns": [
            column("name", "Name", "text", true),
            column("status", "State", "text", true),
            column("own:seats", "Seats", "number", true),
            column("own:rotated", "Last rotated", "time", false),
            column("of-a-later-version", "Later", "text", true),
        ],
        "statuses": ["unknown", "of-a-later-version"],
        "filters": ["text", "of-a-later-version"],
        "create": ["name"],
        "edit": ["name", "of_a_later_version"],
        "tabs": ["general", "of-a-later-version"],
        "roles": false,
        "more": 1,
    })
}

fn dressed(reply: &mut Value, path: &str) {
    if path.starts_with("/v1/me") {
        reply["descriptors"] = descriptors();
    }
    let lists = path.starts_with("/v1/tokens?") || path == "/v1/tokens";
    let Some(tokens) = reply.get_mut("tokens").and_then(Value::as_array_mut).filter(|_| lists)
    else {
        return;
    };
    for (place, token) in tokens.iter_mut().enumerate() {
        token["status"] = json!("unknown");
        token["own"] = json!({ "seats": place, "rotated": "2026-03-04T05:06:07Z" });
    }
    if path.contains("sort=-own") {
        tokens.reverse();
    }
}

/// A way to a server of ours on which all it says of its rows is replaced.
fn foreign(url: &str) -> String {
    let to = url.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = vec![0; 65_536];
            let count = stream.read(&mut bytes).unwrap();
            let request = String::from_utf8_lossy(&bytes[..count]).into_owned();
            let Some((line, rest)) = request.split_once("\r\n") else { continue };
            let path = line.split(' ').nth(1).unwrap().to_owned();
            // Its own order is its own business.
            let line = line
                .replace("sort=-own%3Aseats", "sort=name")
                .replace("sort=own%3Aseats", "sort=name");
            let mut server = TcpStream::connect(&to).unwrap();
            write!(server, "{line}\r\nconnection: close\r\n{rest}").unwrap();
            let mut reply = Vec::new();
            server.read_to_end(&mut reply).unwrap();
            let reply = String::from_utf8(reply).unwrap();
            let (head, body) = reply.split_once("\r\n\r\n").unwrap();
            let mut body: Value = serde_json::from_str(body).unwrap_or_default();
            dressed(&mut body, &path);
            let body = body.to_string();
            let kept =
                head.lines().filter(|line| !line.to_lowercase().starts_with("content-length"));
            let head: Vec<_> = kept.collect();
            let (head, length) = (head.join("\r\n"), body.len());
            write!(stream, "{head}\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
        }
    });
    format!("http://{address}")
}

#[test]
fn columns_of_a_backends_own_are_shown_sorted_and_written() {
    let (place, secret) = secret_of(Place::example(), "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&foreign(&serving.url)).ends(0);
    let at = |arguments: &[&str]| -> Ran {
        elsewhere.run(&[&["--backend", "team"], arguments].concat())
    };
    let table = at(&["token", "list"]).ends(0);
    let head = table.out.lines().next().unwrap_or_default().to_owned();
    let titles: Vec<_> =
        head.split("  ").map(str::trim).filter(|title| !title.is_empty()).collect();
    assert_eq!(titles, ["NAME", "STATE", "SEATS", "LAST ROTATED"], "{}", table.out);
    assert!(
        table.out.contains("Unknown") && table.out.contains("2026-03-04 05:06"),
        "{}",
        table.out
    );

    let csv = at(&["token", "list", "-o", "csv"]);
    let head = csv.out.lines().next().unwrap_or_default().to_owned();
    assert!(head.ends_with(",seats,rotated") && !head.contains("account"), "{head}");
    assert!(csv.out.contains(",2026-03-04T05:06:07Z"), "{}", csv.out);
    let json: Value = serde_json::from_str(&at(&["token", "list", "-o", "json"]).out).unwrap();
    assert_eq!(json["tokens"][3]["own"], json!({ "seats": 3, "rotated": "2026-03-04T05:06:07Z" }));

    let columns = at(&["token", "list", "--columns", "name,own:seats", "--sort=-own:seats"]);
    assert_eq!(
        columns.out.lines().nth(1).unwrap().split_whitespace().last(),
        Some("20"),
        "{}",
        columns.out
    );

    for (arguments, why) in [
        (["--columns", "expires"], "'expires' is no column: name, status, own:seats, own:rotated"),
        (["--columns", "account_name"], "'account_name' is no column"),
        (["--sort", "own:rotated"], "'own:rotated' is nothing to sort by here"),
        (["--sort", "expires"], "'expires' is nothing to sort by here"),
        (["--status", "active"], "There is no filter 'status' here"),
        (["--filter", "never"], "There is no filter 'never' here"),
        (["--expires-within", "30d"], "There is no filter 'exp' here"),
    ] {
        let ran = at(&[&["token", "list"], &arguments[..]].concat()).ends(2);
        assert!(ran.err.contains(why), "{arguments:?}: {}", ran.err);
    }
    let own = place.run(&["token", "list", "--sort", "own:seats"]).ends(2);
    assert!(own.err.contains("'own:seats' is nothing to sort by here"), "{}", own.err);
}
