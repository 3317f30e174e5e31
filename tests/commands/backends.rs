//! A server of the real program, and the commands on it from elsewhere: the recipe
//! of a team, word by word.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use crate::support::{Place, Ran, names, text, value_of};

/// A server on a free port.
pub(crate) struct Serving {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    pub(crate) url: String,
}

impl Serving {
    pub(crate) fn of(place: &Place) -> Self {
        Self::at(place, "127.0.0.1:0", &[])
    }

    fn at(place: &Place, address: &str, more: &[&str]) -> Self {
        let mut command = place.process(&[&["serve", "--listen", address], more].concat());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("serving on ").expect(&line).to_owned();
        Self { child, log, url }
    }

    /// Stops it as a service manager does, and returns its log.
    pub(crate) fn stop(mut self) -> String {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(self.child.wait().unwrap().success());
        let mut log = String::new();
        self.log.read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Another machine: its own home, and a credential in a file.
pub(crate) struct Elsewhere {
    pub(crate) place: Place,
    credential: PathBuf,
}

impl Elsewhere {
    pub(crate) fn with(secret: &str) -> Self {
        let place = Place::empty();
        let credential = place.home().join("team.credential");
        std::fs::write(&credential, secret).unwrap();
        std::fs::set_permissions(&credential, std::fs::Permissions::from_mode(0o600)).unwrap();
        Self { place, credential }
    }

    pub(crate) fn add(&self, url: &str) -> Ran {
        let file = text(self.credential.clone());
        self.run(&["backend", "add", "team", "--url", url, "--credential-file", &file])
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.place.command(arguments);
        Ran::of(command.env_remove("TOKENDECK_STORE"), "")
    }

    pub(crate) fn on_team(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["--backend", "team"], arguments].concat())
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let ran = self.on_team(&[arguments, &["--output", "json"]].concat()).ends(0);
        serde_json::from_str(&ran.out).unwrap()
    }
}

pub(crate) fn secret_of(place: Place, user: &'static str) -> (Place, String) {
    let place = place.by("rosa");
    let secret = place.run(&["operator", "create", user]).ends(0).out;
    (place, secret)
}

#[test]
fn a_team_sets_up_a_server_and_works_on_it() {
    let (place, secret) = secret_of(Place::example(), "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&serving.url).ends(0);
    let tested = elsewhere.run(&["backend", "test", "team"]).ends(0);
    assert!(tested.out.contains("Ada Admin (ada), Admin of Acme"), "{}", tested.out);
    let listed = elsewhere.run(&["backend", "list"]).ends(0);
    assert!(listed.out.contains("team") && listed.out.contains(&serving.url), "{}", listed.out);
    assert_eq!(elsewhere.json(&["token", "list", "--search", "robot"])["total"], 2);
    let list = elsewhere.json(&["token", "list"]);
    assert_eq!(names(&list).len(), 21);
    let module = "Catalog=read";
    let made = elsewhere.on_team(&[
        "token",
        "create",
        "from-afar",
        "--account",
        "Acme",
        "--module",
        module,
        "--scope",
        "North plant",
    ]);
    let value = made.ends(0).out;
    let mut verify = elsewhere.place.command(&["--backend", "team", "verify", "-"]);
    let verified = Ran::of(verify.env_remove("TOKENDECK_STORE"), &value).ends(0);
    assert_eq!(verified.out, "accepted\n");
    elsewhere.on_team(&["token", "revoke", "from-afar", "--yes"]).ends(0);
    elsewhere.on_team(&["token", "revoke", "from-afar", "--yes"]).ends(1);
    elsewhere.on_team(&["token", "show", "sync-agent"]).ends(4);
    elsewhere.on_team(&["audit", "list", "--limit", "3"]).ends(0);
    elsewhere.on_team(&["catalog", "list"]).ends(0);
    let revoked = place.run(&["operator", "revoke", "ada", "--yes"]);
    revoked.ends(0);
    let out = elsewhere.on_team(&["token", "list"]).ends(3);
    assert!(out.err.contains("not signed in"), "{}", out.err);
    let log = serving.stop();
    assert_eq!(place.status_of("from-afar"), "revoked");
    let hidden = |text: &str| text.trim().split('_').next_back().unwrap().to_owned();
    for text in [secret.as_str(), value.as_str(), value_of("robot-1")] {
        assert!(!log.contains(&hidden(text)), "a secret is in the log");
    }
    assert!(log.contains("\"route\":\"/v1/tokens/{token}/actions/{verb}\""), "{log}");
    assert!(!log.contains("robot"), "what was searched for is in the log: {log}");
}

#[test]
fn the_log_is_json_and_says_why_a_value_was_refused() {
    let (place, secret) = secret_of(Place::example(), "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&serving.url).ends(0);
    let verify = |more: &[&str], name| {
        let mut command =
            elsewhere.place.command(&[&["--backend", "team", "verify", "-"], more].concat());
        Ran::of(command.env_remove("TOKENDECK_STORE"), value_of(name))
    };
    verify(&[], "leaked-key").ends(1);
    verify(&["--module", "MOD-0003"], "robot-1").ends(1);
    for flag in ["--dry-run", "--read-only"] {
        let refused = verify(&[flag], "robot-1").ends(2);
        assert!(refused.err.contains("counts as a use"), "{}", refused.err);
    }
    let url = serving.url.clone();
    let log = serving.stop();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let (first, last) = (lines.first().unwrap(), lines.last().unwrap());
    assert_eq!((first["message"].as_str(), first["url"].as_str()), (Some("serving"), Some(&*url)));
    assert_eq!(last["message"], "stopped");
    let verified = lines.iter().filter(|line| line["route"] == "/v1/verify");
    let codes: Vec<_> = verified.map(|line| line["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["revoked", "no_access"]);
}

#[test]
fn a_credential_that_ends_soon_is_told_of_in_time() {
    let place = Place::example().by("rosa");
    let serving = Serving::of(&place);
    for (life, soon) in [("+9d", true), ("3m", false)] {
        let secret = place.run(&["operator", "create", "ada", "--expires", life]).ends(0).out;
        let elsewhere = Elsewhere::with(&secret);
        elsewhere.add(&serving.url).ends(0);
        let tested = elsewhere.run(&["backend", "test", "team"]).ends(0);
        assert!(tested.out.contains("Credential ends  2026-"), "{}", tested.out);
        assert_eq!(tested.err.contains("ask whoever runs the server"), soon, "{}", tested.err);
        let doctor = elsewhere.on_team(&["doctor"]).ends(0);
        let ends = doctor.out.lines().find(|line| line.contains("operator credential ends 2026-"));
        assert_eq!(ends.expect(&doctor.out).starts_with("warning"), soon, "{}", doctor.out);
    }
}

#[test]
fn where_no_store_is_the_server_that_was_meant_is_named() {
    let elsewhere = Elsewhere::with("x");
    elsewhere.add("https://tokens.example").ends(0);
    let missing = elsewhere.run(&["token", "list"]).ends(6);
    assert!(missing.err.contains("--backend team"), "{}", missing.err);
    assert!(missing.err.contains("default_backend"), "{}", missing.err);
}

#[test]
fn a_credential_that_others_could_read_is_not_used() {
    let (place, secret) = secret_of(Place::example(), "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&serving.url).ends(0);
    std::fs::set_permissions(&elsewhere.credential, std::fs::Permissions::from_mode(0o640))
        .unwrap();
    let refused = elsewhere.on_team(&["token", "list"]).ends(2);
    assert!(refused.err.contains("chmod 600"), "{}", refused.err);
    std::fs::set_permissions(&elsewhere.credential, std::fs::Permissions::from_mode(0o600))
        .unwrap();
    std::fs::write(&elsewhere.credential, "hello tdo_x").unwrap();
    let refused = elsewhere.on_team(&["token", "list"]).ends(2);
    assert!(!refused.err.contains("hello"), "{}", refused.err);
}

#[test]
fn what_only_a_local_store_can_do_says_so() {
    let elsewhere = Elsewhere::with("x");
    elsewhere.add("http://127.0.0.1:9").ends(0);
    for arguments in [["store", "check"].as_slice(), &["store", "accept-clock"], &["serve"]] {
        let refused = elsewhere.on_team(arguments).ends(2);
        assert!(refused.err.contains("is a server"), "{arguments:?}: {}", refused.err);
    }
    let refused = elsewhere.on_team(&["--store", "/tmp/x.db", "token", "list"]).ends(2);
    assert!(refused.err.contains("--store"), "{}", refused.err);
    let refused = elsewhere.on_team(&["--as", "kim", "token", "list"]).ends(2);
    assert!(refused.err.contains("--as"), "{}", refused.err);
}

#[test]
fn an_address_that_gives_the_credential_away_is_not_added() {
    let elsewhere = Elsewhere::with("x");
    elsewhere.add("http://tokens.example").ends(2);
    elsewhere.add("https://tokens.example").ends(0);
    let twice = elsewhere.add("https://tokens.example").ends(2);
    assert!(twice.err.contains("already"), "{}", twice.err);
    let file = elsewhere.place.home().join(".config/tokendeck/backends.toml");
    assert!(std::fs::read_to_string(file).unwrap().contains("[backends.team]"));
    assert!(!elsewhere.place.home().join(".config/tokendeck/config.toml").exists());
}

#[test]
fn a_server_that_is_away_ends_a_command_with_what_happened() {
    let (_, secret) = secret_of(Place::example(), "ada");
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add("http://127.0.0.1:9").ends(0);
    let failed = elsewhere.on_team(&["token", "list"]).ends(6);
    assert!(failed.err.contains("cannot reach 'http://127.0.0.1:9'"), "{}", failed.err);
}

#[test]
fn a19_a_dead_proxy_is_named_with_the_variable_it_came_from() {
    let (_, secret) = secret_of(Place::example(), "ada");
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add("https://tokens.example").ends(0);
    for variable in ["HTTPS_PROXY", "all_proxy"] {
        let mut command = elsewhere.place.command(&["--backend", "team", "token", "list"]);
        for other in
            ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"]
        {
            command.env_remove(other);
        }
        command.env_remove("TOKENDECK_STORE").env(variable, "http://me:hush@127.0.0.1:9");
        let failed = Ran::of(&mut command, "").ends(6);
        let named = format!("the proxy 'http://127.0.0.1:9' (from {variable}) does not answer");
        assert!(failed.err.contains(&named), "{}", failed.err);
        assert!(failed.err.contains("NO_PROXY") && !failed.err.contains("hush"), "{}", failed.err);
    }
}

#[test]
fn a19_serve_warns_of_a_certificate_that_ended_with_its_date() {
    let place = Place::example();
    let (cert, key) = (place.home().join("cert.pem"), place.home().join("key.pem"));
    let mut wanted = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    wanted.not_after = rcgen::date_time_ymd(2020, 2, 3);
    for ends in [true, false] {
        if !ends {
            wanted.not_after = rcgen::date_time_ymd(4000, 1, 1);
        }
        let pair = rcgen::KeyPair::generate().unwrap();
        std::fs::write(&cert, wanted.self_signed(&pair).unwrap().pem()).unwrap();
        std::fs::write(&key, pair.serialize_pem()).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
        let files = ["--tls-cert", &text(cert.clone()), "--tls-key", &text(key.clone())];
        let log = Serving::at(&place, "127.0.0.1:0", &files).stop();
        let warned = log.lines().find(|line| line.contains("WARN")).unwrap_or_default();
        assert_eq!(warned.contains("it ended at 2020-02-03 00:00:00 UTC"), ends, "{log}");
        assert_eq!(warned.contains("cert.pem"), ends, "{log}");
    }
}

#[test]
fn an_example_is_not_served_to_others() {
    let place = Place::example();
    let refused = place.run(&["serve", "--listen", "0.0.0.0:0"]).ends(2);
    assert!(refused.err.contains("public"), "{}", refused.err);
}

#[test]
fn a_backend_is_told_of_a_credential_file_that_cannot_be_used_yet() {
    let elsewhere = Elsewhere::with("tdo_0");
    let add = |name: &str, file: &str| {
        let url = "http://127.0.0.1:1";
        elsewhere
            .run(&["backend", "add", name, "--url", url, "--credential-file", file])
            .ends(0)
            .err
    };
    let file = text(elsewhere.credential.clone());
    assert!(add("broken", &file).contains("before it can be used: '"), "no credential in it");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(add("open", &file).contains("can be read by others: chmod 600"));
    assert!(add("missing", "nowhere").contains("cannot read"));
}

#[test]
fn a_relative_credential_file_is_the_same_from_every_folder() {
    let elsewhere = Elsewhere::with("tdo_0");
    let add = ["backend", "add", "team", "--url", "http://127.0.0.1:1"];
    let mut command = elsewhere.place.command(&[&add[..], &["--credential-file", "it"]].concat());
    Ran::of(command.current_dir(elsewhere.place.home()), "").ends(0);
    let settings = elsewhere.run(&["config", "show"]).ends(0).out;
    let file = text(elsewhere.place.home().join("it"));
    assert!(settings.contains(&file), "{settings}");
}

/// Passes on to a server, but loses requests that start with this on their way, or their
/// replies on the way back.
fn losing(url: &str, start: &'static str, arrives: bool) -> String {
    let to = url.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = vec![0; 65_536];
            let count = stream.read(&mut request).unwrap();
            let lost = request.starts_with(start.as_bytes());
            if count == 0 || (lost && !arrives) {
                continue;
            }
            let line = request.iter().position(|byte| *byte == b'\n').unwrap() + 1;
            let mut server = TcpStream::connect(&to).unwrap();
            server.write_all(&request[..line]).unwrap();
            server.write_all(b"connection: close\r\n").unwrap();
            server.write_all(&request[line..count]).unwrap();
            let mut reply = Vec::new();
            server.read_to_end(&mut reply).unwrap();
            if !lost {
                stream.write_all(&reply).unwrap();
            }
        }
    });
    format!("http://{address}")
}

#[test]
fn a_change_without_an_answer_says_that_it_is_unknown_and_where_to_look() {
    let place = Place::example();
    let (place, secret) = secret_of(place, "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&losing(&serving.url, "POST /v1/tokens", false)).ends(0);
    let ran = elsewhere.on_team(&["token", "revoke", "robot-1", "--yes"]).ends(5);
    let look = "tokendeck --backend team token show robot-1";
    assert!(ran.err.contains("could not revoke robot-1 (TKN-1000-0001): outcome unknown"));
    assert!(ran.err.trim_end().ends_with(&format!("look: {look}")), "{}", ran.err);
    assert!(!ran.err.contains("successfully"), "{}", ran.err);
    let ran = elsewhere.on_team(&["token", "revoke", "robot-1", "--yes", "-o", "json"]).ends(5);
    assert_eq!(
        (ran.error()["code"].as_str(), ran.error()["look"].as_str()),
        (Some("outcome_unknown"), Some(look))
    );
    assert_eq!(elsewhere.json(&["token", "show", "robot-1"])["status"], "active");
    // What was only tried may not have been done.
    let create = ["token", "create", "x", "--module", "Catalog=read", "--scope", "North plant"];
    let ran = elsewhere.on_team(&[&create[..], &["--dry-run"]].concat()).ends(6);
    assert!(
        ran.err.contains("broke off its answer") && !ran.err.contains("unknown"),
        "{}",
        ran.err
    );
}

#[test]
fn a_change_whose_answer_was_lost_is_looked_up_before_anything_is_said() {
    let place = Place::example();
    let (place, secret) = secret_of(place, "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&losing(&serving.url, "POST /v1/jobs ", true)).ends(0);
    let revoke = ["token", "revoke", "robot-1", "robot-2", "--confirm", "revoke 2"];
    let ran = elsewhere.on_team(&revoke).ends(0);
    assert!(!ran.err.contains("unknown"), "{}", ran.err);
    assert_eq!(elsewhere.json(&["token", "show", "robot-2"])["status"], "revoked");
    let jobs = elsewhere.on_team(&["job", "list"]).ends(0).out;
    assert_eq!(jobs.matches("JOB-").count(), 1, "{jobs}");
}

#[test]
fn a20_serve_takes_the_name_of_this_machine_and_says_how_an_address_is_written() {
    let place = Place::example();
    let serving = Serving::at(&place, "localhost:0", &[]);
    assert!(serving.url.starts_with("http://127.0.0.1:"), "{}", serving.url);
    serving.stop();
    for wrong in ["7878", "localhost", ":7878", "localhost:http", "::1:7878", "a b:1", "[::1:1"] {
        let refused = place.run(&["serve", "--listen", wrong]).ends(2);
        assert!(refused.err.contains("localhost:7878"), "{wrong}: {}", refused.err);
    }
    // Where a name leads decides, as for an address.
    let refused = place.run(&["serve", "--listen", "no-such-machine.invalid:0"]).ends(6);
    assert!(refused.err.contains("no-such-machine.invalid:0"), "{}", refused.err);
}
