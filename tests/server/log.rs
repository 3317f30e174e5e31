//! The real program with a log that nobody reads: it answers, and it stops when it is
//! told to. A process is started for each test, as its standard error is what it is about.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;
use tokendeck::backend::local::{self, InitKind};

use crate::support::NOW;

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than a pipe and the queue before it hold together.
const FLOOD: usize = 9_500;

/// An example's store, and how it is served.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        local::init(
            &local::NewPlace::of(&place.store()).unwrap(),
            InitKind::Example { shift_to: None },
            "tester",
        )
        .unwrap();
        place
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// The program, by a shell where its streams are to be something special.
    fn command(&self, shell: &str, listen: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec \"$0\" \"$@\" {shell}")]);
        command.arg(env!("CARGO_BIN_EXE_tokendeck")).env_clear().env("HOME", self.folder.path());
        command.arg("--store").arg(self.store()).args(["--now", NOW, "--as", "rosa"]);
        command.args(["serve", "--listen", listen]);
        command
    }

    fn credential(&self, login: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokendeck"));
        command.env_clear().env("HOME", self.folder.path()).arg("--store").arg(self.store());
        command.args(["--now", NOW, "--as", "rosa", "operator", "create", login]);
        let made = command.output().unwrap();
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }
}

/// The program at work.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    /// Started by a command whose standard output is for us to read.
    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("serving on http://").expect(&line).to_owned();
        Self { child, address }
    }

    fn log(&mut self) -> BufReader<ChildStderr> {
        BufReader::new(self.child.stderr.take().unwrap())
    }

    fn connected(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks that often on one connection, and is answered each time.
    fn asked(&self, times: usize) {
        let mut stream = self.connected();
        for turn in 0..times {
            stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
            let mut reply = Vec::new();
            while !reply.ends_with(b"\r\n\r\n") {
                let mut byte = [0; 512];
                let count = stream.read(&mut byte).unwrap();
                assert!(count > 0, "request {turn} was cut");
                reply.extend_from_slice(&byte[..count]);
            }
            assert!(reply.starts_with(b"HTTP/1.1 204"), "{}", String::from_utf8_lossy(&reply));
        }
    }

    /// Makes a token, and gets the reply.
    fn makes(&self, credential: &str, name: &str) {
        let body = serde_json::json!({
            "account": "ACC-0001-0001", "owner": null,
            "settings": {
                "name": name, "description": "", "access": { "MOD-0001": "read" }, "groups": [],
                "scopes": ["SCP-0001"], "enabled": true, "valid_from": null, "valid_to": null, "labels": {},
            },
        });
        let body = body.to_string();
        let mut stream = self.connected();
        let head = format!(
            "POST /v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {credential}\r\n\
             content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 201"), "{reply}");
    }

    /// Tells it to stop, as a service manager does, and waits until it has.
    fn stops(&mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        let status = self.ended().expect("it is told to stop and goes on");
        assert!(status.success(), "{status}");
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        let pid = Pid::from_child(&self.child);
        let (sender, told) = mpsc::channel();
        // Only looked at, so that the child is still ours to end.
        std::thread::spawn(move || {
            let options =
                rustix::process::WaitIdOptions::EXITED | rustix::process::WaitIdOptions::NOWAIT;
            let _ = rustix::process::waitid(rustix::process::WaitId::Pid(pid), options);
            let _ = sender.send(());
        });
        told.recv_timeout(PATIENCE).ok()?;
        self.child.wait().ok()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn c02_a_log_that_nobody_reads_holds_nothing_up_and_tells_what_is_missing() {
    let place = Place::new();
    let mut command = place.command("", "127.0.0.1:0");
    command.stderr(Stdio::piped());
    let mut serving = Serving::of(command);
    let mut log = serving.log();
    serving.asked(FLOOD);
    // Somebody reads again: each line is whole, and so many are missing where it says so.
    let (mut read, mut missing) = (0, 0);
    while missing == 0 {
        let mut line = String::new();
        assert!(log.read_line(&mut line).unwrap() > 0, "the log ended after {read} lines");
        let line: Value = serde_json::from_str(&line).expect(&line);
        missing = line["lines"].as_u64().unwrap_or(0);
        read += u64::from(line["route"] == "/healthz");
    }
    assert_eq!(read + missing, FLOOD as u64);
    serving.asked(1);
    kill_process(Pid::from_child(&serving.child), Signal::TERM).unwrap();
    let last = log.lines().last().unwrap().unwrap();
    assert!(last.contains("\"stopped\""), "{last}");
    assert!(serving.ended().unwrap().success());
}

#[test]
fn c02_an_unread_log_keeps_no_server_from_stopping() {
    let place = Place::new();
    let mut command = place.command("", "127.0.0.1:0");
    command.stderr(Stdio::piped());
    let mut serving = Serving::of(command);
    let _unread = serving.log();
    serving.asked(FLOOD);
    serving.stops();
}

#[test]
fn c02_a_log_whose_reader_went_away_cuts_no_reply() {
    let place = Place::new();
    let credential = place.credential("ada");
    let mut command = place.command("", "127.0.0.1:0");
    command.stderr(Stdio::piped());
    let mut serving = Serving::of(command);
    drop(serving.log());
    serving.asked(20);
    serving.makes(&credential, "unheard");
    serving.stops();
}

#[test]
fn c02_closed_streams_are_no_reason_to_stand_still() {
    let place = Place::new();
    let credential = place.credential("ada");
    let mut serving = Serving::of(place.command("2>&-", "127.0.0.1:0"));
    serving.asked(20);
    serving.makes(&credential, "unheard");
    serving.stops();
}

/// A pipe that takes nothing more.
fn full_pipe() -> (std::io::PipeReader, std::io::PipeWriter) {
    let (reader, mut writer) = std::io::pipe().unwrap();
    let flags = fcntl_getfl(writer.as_fd()).unwrap();
    fcntl_setfl(writer.as_fd(), flags | OFlags::NONBLOCK).unwrap();
    while writer.write(&[b'\n'; 4096]).is_ok() {}
    while writer.write(b"\n").is_ok() {}
    fcntl_setfl(writer.as_fd(), flags).unwrap();
    (reader, writer)
}

#[test]
fn c02_not_even_the_word_that_it_serves_waits_for_a_reader() {
    let place = Place::new();
    let (_unread, full) = full_pipe();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let mut command = place.command("", &address);
    command.stdout(full.try_clone().unwrap()).stderr(full);
    let mut serving = Serving { child: command.spawn().unwrap(), address };
    let start = std::time::Instant::now();
    while TcpStream::connect(&serving.address).is_err() {
        assert!(start.elapsed() < PATIENCE, "it never serves");
        std::thread::yield_now();
    }
    serving.asked(20);
    serving.stops();
}
