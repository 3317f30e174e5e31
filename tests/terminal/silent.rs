//! A server that takes what it is sent and never answers, and one that nobody listens at: the
//! screen is there at once, and so are the ways out of it.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use tokendeck::domain::OperatorSecret;

use super::pty::{Pty, command};

/// The program at a server of that port.
fn start(port: u16, columns: u16, rows: u16) -> Pty {
    Pty::start(columns, rows, |home| {
        let folder = home.join(".config/tokendeck");
        fs::create_dir_all(&folder).unwrap();
        let credential = folder.join("team.credential");
        let guid = "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321".parse().unwrap();
        let drawn = |bytes: &mut [u8]| {
            bytes.fill(7);
            Ok::<(), ()>(())
        };
        let secret = OperatorSecret::generate(guid, drawn).unwrap();
        fs::write(&credential, format!("{}\n", secret.expose())).unwrap();
        fs::set_permissions(&credential, fs::Permissions::from_mode(0o600)).unwrap();
        let text = format!(
            "[backends.team]\nkind = \"remote\"\nurl = \"http://127.0.0.1:{port}\"\n\
             credential_file = \"team.credential\"\n"
        );
        fs::write(folder.join("config.toml"), text).unwrap();
        command(env!("CARGO_BIN_EXE_tokendeck"), &["--backend", "team"], home)
    })
}

#[test]
fn b19_a_socket_that_never_answers_leaves_nobody_before_a_blank_screen() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut deck = start(port, columns, rows);
        deck.wait_for("connecting to team");
        deck.wait_for("2 s");
        deck.wait_for("3 s");
        deck.send("\x03");
        assert!(deck.wait_exit().success());
        deck.assert_restored();
    }
    let mut deck = start(port, 80, 24);
    deck.wait_for("connecting to team");
    deck.send("plocal\r");
    deck.wait_for("No API tokens yet");
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.assert_restored();
}

#[test]
fn b19_where_nobody_listens_it_stays_open_and_asks_again() {
    let port = {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap();
        gone.local_addr().unwrap().port()
    };
    let mut deck = start(port, 80, 24);
    deck.wait_for("team can't be reached");
    // The reason may be broken over two lines.
    deck.wait_for("refused");
    deck.wait_for("asked 2 times");
    deck.wait_for("tokendeck --backend local");
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.assert_restored();
}
