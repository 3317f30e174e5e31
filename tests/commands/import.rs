//! `token import`: every row or none, values in their file before they are in force.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;
use tokendeck::domain::{Guid, TokenValue};

use crate::support::{Place, text, value_of};

const HEAD: &str = "name,account,owner,access,scopes,description,expires";

fn file(place: &Place, name: &str, content: &str) -> String {
    let path = place.home().join(name);
    fs::write(&path, content).unwrap();
    text(path)
}

fn out(place: &Place) -> PathBuf {
    place.home().join("new.csv")
}

/// The rows of a file of values.
fn rows(path: &PathBuf) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
}

fn passes(place: &Place, value: &str) -> bool {
    place.piped(&["verify", "-"], value).code == 0
}

/// A value as another program drew it, with its hash.
fn held(prefix: &str, number: u8) -> (TokenValue, String) {
    let guid = Guid::from_random([number; 16]);
    let fill = |bytes: &mut [u8]| {
        bytes.fill(number);
        Ok::<_, std::convert::Infallible>(())
    };
    let value = TokenValue::generate(prefix, guid, fill).unwrap();
    let mut hash = String::new();
    for byte in value.hash().as_bytes() {
        write!(hash, "{byte:02x}").unwrap();
    }
    (value, hash)
}

#[test]
fn a18_a_row_whose_name_looks_like_anothers_is_told_with_its_line() {
    let place = Place::example();
    let rows = "name,access,scopes,expires\nr\u{43e}bot-1,Catalog=read,North plant,90d\n";
    let file = file(&place, "some.csv", rows);
    let dry = place.run(&["token", "import", &file, "--dry-run", "--out", "x.csv"]).ends(0);
    let warned = "line 2: Its name looks like that of 'robot-1' (TKN-1000-0001) of Acme";
    assert!(dry.err.contains(warned), "{}", dry.err);
}

#[test]
fn a30_rows_become_tokens_whose_values_are_in_a_file_of_their_own() {
    let place = Place::example();
    let given = format!(
        "\u{feff}{}\r\n\
         agent-1;Acme;;Catalog=read|Orders=full;North plant;\"First; of two\";90d\r\n\
         agent-2;;;Billing Read;South plant;;never\r\n",
        HEAD.replace(',', ";")
    );
    let given = file(&place, "tokens.csv", &given);
    let new = out(&place);
    let line = ["token", "import", &given, "--out", &text(new.clone())];
    let head = place.head();
    let dry = place.run(&[&line[..], &["--dry-run"]].concat()).ends(0);
    assert!(dry.err.contains("2 created: nothing was done yet"), "{}", dry.err);
    assert_eq!((place.head(), new.exists()), (head, false));

    let ran = place.run(&line).ends(0);
    assert!(ran.err.contains("2 created"), "{}", ran.err);
    assert!(!ran.out.contains("tdk_") && !ran.err.contains("tdk_"), "{}{}", ran.out, ran.err);
    let mode = fs::metadata(&new).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let rows = rows(&new);
    assert_eq!(rows.len(), 2);
    for row in &rows {
        assert!(passes(&place, &row[6]), "{row:?}");
    }
    assert_eq!((&rows[0][1], &rows[0][2], &rows[0][3]), ("2", "agent-1", "Acme"));
    let first = place.json(&["token", "show", "agent-1"]);
    assert_eq!((&first["id"], &first["guid"]), (&rows[0][4].into(), &rows[0][5].into()));
    assert_eq!(first["description"], "First; of two");
    assert_eq!(first["access"], serde_json::json!({ "MOD-0001": "read", "MOD-0002": "full" }));
    assert_eq!(first["valid_to"], "2026-06-08T12:00:00Z");
    // Each is on record as one that was made by hand.
    let trail = place.run(&["token", "show", "agent-2", "--audit"]).ends(0);
    assert!(trail.out.contains("created") || trail.out.contains("Created"), "{}", trail.out);

    // Again: all of it is there, and nothing is done; and no file is written over.
    let head = place.head();
    let again = place.run(&line).ends(6);
    assert!(again.err.contains("exists already"), "{}", again.err);
    let other = text(place.home().join("other.csv"));
    let again = place.run(&["token", "import", &given, "--out", &other]).ends(0);
    assert!(again.err.contains("2 there already"), "{}", again.err);
    assert_eq!((place.head(), fs::exists(other).unwrap()), (head, false));
}

#[test]
fn a30_a_row_with_a_hash_keeps_its_value_and_one_of_a_user_becomes_a_request() {
    let place = Place::example().by("rosa");
    let (value, hash) = held("tdk", 7);
    let guid = value.guid();
    let given = format!(
        "{{\"name\":\"moved\",\"account\":\"Acme\",\"access\":{{\"Catalog\":\"read\"}},\
         \"scopes\":[\"North plant\"],\"guid\":\"{guid}\",\"prefix\":\"tdk\",\"hash\":\"{hash}\"}}\n\
         {{\"name\":\"asked\",\"account\":\"Cedar County\",\"owner\":\"eve\",\
         \"access\":\"eRecording=full\",\"expires\":\"2026-05-01\"}}\n"
    );
    let given = file(&place, "tokens.jsonl", &given);
    // No value is drawn, so no file is needed.
    let ran = place.run(&["token", "import", &given]).ends(0);
    assert!(ran.err.contains("1 created, 1 requested"), "{}", ran.err);
    assert!(passes(&place, value.expose()));
    assert_eq!(place.json(&["token", "show", "moved"])["guid"], guid.to_string());
    assert_eq!(place.status_of("asked"), "pending");
    place.run(&["user", "accept", "eve", "--as", "eve"]).ends(0);
    let asked = place.json(&["token", "show", "asked"]);
    assert_eq!(
        (&asked["status"], &asked["valid_to"]),
        (&"active".into(), &"2026-05-02T00:00:00Z".into())
    );
    let again = place.run(&["token", "import", &given]).ends(0);
    assert!(again.err.contains("2 there already"), "{}", again.err);
}

#[test]
fn a30_every_error_is_told_with_its_line_and_nothing_is_done() {
    let place = Place::example();
    let (_, foreign) = held("abc", 9);
    let guid = Guid::from_random([9; 16]);
    let secret = value_of("robot-1");
    let given = format!(
        "name,access,scopes,expires,guid,prefix,hash,description,owner,status\n\
         good,Catalog=read,North plant,,,,,,,\n\
         ,Catalog=read,North plant,,,,,,,\n\
         two,Catalogue=read,North plant,,,,,,,\n\
         three,Catalog=read,Harbor,,,,,,,\n\
         four,Catalog=read,North plant,2020-01-01,,,,,,\n\
         five,Catalog=read,North plant,,{guid},abc,{foreign},,,\n\
         six,Catalog=read,North plant,,,tdk,{foreign},,,\n\
         seven,Catalog=read,North plant,,,,,{secret},,\n\
         GOOD,Catalog=read,North plant,,,,,,,\n\
         eight,{secret},North plant,,,,,,,\n\
         nine,Catalog=read,North plant,,,,,,,revoked\n\
         ten,Catalog=read\n\
         robot-1,Catalog=read,North plant,,,,,,,\n"
    );
    let given = file(&place, "bad.csv", &given);
    let (head, new) = (place.head(), out(&place));
    let line = ["token", "import", &given, "--out", &text(new.clone())];
    let ran = place.run(&line).ends(2);
    for told in [
        "line 3: name",
        "line 4: access: no module 'Catalogue' here",
        "line 5: scopes: no scope 'Harbor' here",
        "line 6: valid_to: Date is in the past",
        "line 7: prefix: Values of this store begin with tdk_",
        "line 8: guid: A hash needs the GUID of its value",
        "line 9: description: Contains a token value",
        "line 10: name: The same as in line 2",
        "line 11: access:",
        "line 12: status: It is revoked",
        "line 13: line: 2 cells, and the first line has 10",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert!(!ran.err.contains("line 2:") && !ran.err.contains("line 14:"), "{}", ran.err);
    assert!(!ran.err.contains(&secret[27..]), "no secret is repeated: {}", ran.err);
    assert_eq!((place.head(), new.exists()), (head, false));
    let json = place.run(&[&line[..], &["-o", "json"]].concat()).ends(2);
    assert_eq!(json.error()["code"], "invalid");
    assert_eq!(json.error()["fields"].as_array().unwrap().len(), 11);
    // What is good alone, where that is said.
    let ran = place.run(&[&line[..], &["--skip-bad", "-o", "json"]].concat()).ends(5);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&told["made"], &told["existing"], &told["bad"]),
        (&1.into(), &1.into(), &11.into())
    );
    assert!(!ran.out.contains(&secret[27..]));
    assert!(passes(&place, &rows(&new)[0][6]));
}

#[test]
fn a30_a_file_that_can_not_be_read_as_one_is_refused_before_anything() {
    let place = Place::example();
    let head = place.head();
    for (content, told) in [
        (&b"name,acess\nx,y\n"[..], "did you mean 'access'"),
        (b"nonsense\nx\n", "line 1: column 'nonsense'"),
        (b"name,value\nx,y\n", "no value is read from a file"),
        (b"account,access\nx,y\n", "no column 'name'"),
        (b"name,name\nx,y\n", "stands there twice"),
        (b"name\nx\xff\n", "line 2: not in UTF-8"),
        (b"{\"name\":\"x\",\"colour\":\"red\"}\n", "line 1: colour: unknown"),
        (b"{\"name\":\"x\"\n", "line 1: line: no JSON object"),
    ] {
        let path = place.home().join("odd");
        fs::write(&path, content).unwrap();
        let ran = place.run(&["token", "import", &text(path)]).ends(2);
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    let ran = place.run(&["token", "import", "/nowhere.csv"]).ends(2);
    assert!(ran.err.contains("cannot read"), "{}", ran.err);
    let good = file(&place, "good.csv", &format!("{HEAD}\nx,,,Catalog=read,North plant,,\n"));
    let ran = place.run(&["token", "import", &good]).ends(2);
    assert!(ran.err.contains("--out"), "{}", ran.err);
    let new = text(out(&place));
    place.run(&["token", "import", &good, "--out", &new, "--as", "vic"]).ends(3);
    place.run(&["token", "import", &good, "--out", &new, "--read-only"]).ends(3);
    place.run(&["token", "import", &good, "--out", "/nowhere/new.csv"]).ends(6);
    assert_eq!((place.head(), out(&place).exists()), (head, false));
    // From a pipe, too.
    let piped = format!("{HEAD}\ny,,,Catalog=read,North plant,,\n");
    place.piped(&["token", "import", "-", "--out", &new], &piped).ends(0);
}

#[test]
fn a30_what_a_list_writes_comes_back_in() {
    let place = Place::example();
    for form in ["csv", "jsonl"] {
        let filter = ["--status", "active,disabled,scheduled"];
        let list = place.run(&[&["token", "list", "-o", form], &filter[..]].concat()).ends(0).out;
        let other = Place::example();
        let given = file(&other, "list", &list);
        let there = other.run(&["token", "import", &given, "--dry-run"]).ends(0);
        assert!(
            there.err.contains("0 created") && there.err.contains("there already"),
            "{}",
            there.err
        );
        // Under other names they are made anew.
        let renamed = list.replace("robot-", "copy-of-robot-");
        let given = file(&other, "renamed", &renamed);
        let new = text(out(&other));
        let ran = other.run(&["token", "import", &given, "--out", &new]).ends(0);
        assert!(ran.err.contains("2 created"), "{form}: {}", ran.err);
        let told = |place: &Place, name: &str| {
            let token = place.json(&["token", "show", name]);
            [&token["access"], &token["scopes"], &token["valid_to"]].map(Value::clone)
        };
        assert_eq!(told(&other, "copy-of-robot-2"), told(&place, "robot-2"), "{form}");
    }
}

#[test]
fn a30_rules_of_an_account_hold_for_rows_too() {
    let place = Place::example();
    let rule =
        ["catalog", "edit", "account", "Acme", "--longest-life", "90d", "--breach", "refuse"];
    place.run(&[&rule[..], &["--as", "rosa"]].concat()).ends(0);
    let given = format!("{HEAD}\nlong,,,Catalog=read,North plant,,12m\n");
    let given = file(&place, "long.csv", &given);
    let ran = place.run(&["token", "import", &given, "--out", &text(out(&place))]).ends(2);
    assert!(
        ran.err.contains("line 2: valid_to: Acme allows no token that lives longer"),
        "{}",
        ran.err
    );
}

#[test]
fn a30_ten_thousand_rows_take_few_commits() {
    let place = Place::example();
    let mut given = format!("{HEAD}\n");
    for number in 1..=10_000 {
        writeln!(given, "many-{number:05},,,Catalog=read,North plant,,1y").unwrap();
    }
    let given = file(&place, "many.csv", &given);
    let new = out(&place);
    let ran = place.run(&["token", "import", &given, "--out", &text(new.clone())]).ends(0);
    assert!(ran.err.contains("10,000 created"), "{}", ran.err);
    let rows = rows(&new);
    assert_eq!(rows.len(), 10_000);
    assert!(passes(&place, &rows[0][6]) && passes(&place, &rows[9_999][6]));
    let jobs = place.json(&["job", "list"]);
    let jobs = jobs["jobs"].as_array().unwrap();
    assert_eq!(jobs.len(), 2, "a job for each part of the file");
    let chunks: i64 =
        place.database().query_row("SELECT count(*) FROM job_chunk", [], |row| row.get(0)).unwrap();
    assert!(chunks <= 20, "{chunks} commits");
}
