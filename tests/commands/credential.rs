//! Credentials that a command prints: whose settings may name one, and what becomes of one
//! that does not end.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::support::{Place, Ran};

/// A place whose settings name this command for the server 'team'.
fn with(command: &[&str]) -> Place {
    let place = Place::empty();
    let folder = folder(&place);
    fs::create_dir_all(&folder).unwrap();
    for folder in folder.ancestors().take(2) {
        mode(folder, 0o755);
    }
    let text = format!(
        "default_backend = \"team\"\n[backends.team]\nkind = \"remote\"\n\
         url = \"http://127.0.0.1:9\"\ncredential_command = {command:?}\n"
    );
    fs::write(folder.join("config.toml"), text).unwrap();
    mode(&folder.join("config.toml"), 0o644);
    place
}

fn folder(place: &Place) -> PathBuf {
    place.home().join(".config/tokendeck")
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn run(place: &Place, arguments: &[&str]) -> Ran {
    let mut command = place.command(arguments);
    command.env_remove("TOKENDECK_STORE").env("PATH", std::env::var_os("PATH").unwrap());
    Ran::of(command.current_dir(place.home()), "")
}

fn start(place: &Place, arguments: &[&str]) -> Child {
    let mut command = place.process(arguments);
    command.env_remove("TOKENDECK_STORE").env("PATH", std::env::var_os("PATH").unwrap());
    command.current_dir(place.home()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Says loudly what this machine is not the one for.
fn untested(why: &str) {
    let said = writeln!(std::io::stderr(), "!! NOT TESTED: {why}");
    said.unwrap();
}

/// A command that tells its process and the one it waits for, and never ends.
const WAITS: &[&str] =
    &["sh", "-c", "sleep 600 & echo $$ $! > pids.new; mv pids.new pids; wait; echo no"];

/// The processes of [`WAITS`], once they are there.
fn processes(place: &Place) -> Vec<Pid> {
    let file = place.home().join("pids");
    while !file.exists() {
        std::thread::yield_now();
    }
    let text = fs::read_to_string(file).unwrap();
    text.split_whitespace().map(|id| Pid::from_raw(id.parse().unwrap()).unwrap()).collect()
}

/// Waits until none is left; who was ended is gone at the latest when the system's first
/// process has noticed.
fn gone(processes: &[Pid]) {
    for pid in processes {
        let stat = format!("/proc/{}/stat", pid.as_raw_nonzero());
        while test_kill_process(*pid).is_ok() {
            // Ended, and nobody there yet to take note of it.
            if fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") Z ")) {
                break;
            }
            std::thread::yield_now();
        }
    }
}

#[test]
fn a20_a_command_of_settings_that_others_can_change_is_not_run() {
    let place = with(&["sh", "-c", "touch ran; echo none"]);
    let (folder, ran) = (folder(&place), place.home().join("ran"));
    let file = folder.join("config.toml");
    let runs = || {
        let _ = fs::remove_file(&ran);
        let said = run(&place, &["token", "list"]).ends(2).err;
        (ran.exists(), said)
    };
    assert!(runs().0, "{}", runs().1);
    let refused = |open: &Path| {
        let (ran, said) = runs();
        assert!(!ran, "it was run: {said}");
        assert!(said.contains("config.toml:5:1: backends.team.credential_command: "), "{said}");
        let typed = format!("chmod go-w '{}'", open.canonicalize().unwrap().display());
        assert!(said.contains(&typed), "no {typed} in {said}");
        // Every verb says it, and doctor does.
        assert!(run(&place, &["verify", "-"]).ends(2).err.contains(&typed));
        assert!(run(&place, &["doctor"]).ends(1).out.contains(&typed));
    };
    for (path, open, closed) in [
        (&file, 0o664, 0o644),
        (&file, 0o646, 0o600),
        (&folder, 0o775, 0o755),
        (&folder, 0o757, 0o700),
        (&place.home().join(".config"), 0o777, 0o755),
    ] {
        mode(path, open);
        refused(path);
        mode(path, closed);
        assert!(runs().0, "{} is closed again: {}", path.display(), runs().1);
    }
    // A link is as safe as what it leads to, and as where that lies.
    let elsewhere = place.home().join("dotfiles");
    fs::create_dir(&elsewhere).unwrap();
    mode(&elsewhere, 0o775);
    fs::rename(&file, elsewhere.join("it.toml")).unwrap();
    symlink(elsewhere.join("it.toml"), &file).unwrap();
    refused(&elsewhere);
    mode(&elsewhere, 0o755);
    assert!(runs().0, "{}", runs().1);
    // Without a command to run, others may write what they like into settings.
    fs::write(&file, "").unwrap();
    mode(&file, 0o666);
    run(&place, &["config", "show"]).ends(0);
}

#[test]
fn a20_a_command_of_anothers_settings_is_not_run() {
    if !rustix::process::geteuid().is_root() {
        untested("only root can give a file away");
        return;
    }
    let place = with(&["sh", "-c", "touch ran; echo none"]);
    let file = folder(&place).join("config.toml");
    chown(&file, Some(4_242), None).unwrap();
    let said = run(&place, &["token", "list"]).ends(2).err;
    assert!(said.contains(&format!("chown 0 '{}'", file.display())), "{said}");
    assert!(!place.home().join("ran").exists());
    // Nor is a credential taken that another can read.
    fs::write(
        &file,
        "[backends.team]\nkind = \"remote\"\nurl = \"http://127.0.0.1:9\"\ncredential_file = \"it\"\n",
    )
    .unwrap();
    let credential = folder(&place).join("it");
    fs::write(&credential, "tdo_0").unwrap();
    mode(&credential, 0o600);
    chown(&credential, Some(4_242), None).unwrap();
    let said = run(&place, &["backend", "test", "team"]).ends(2).err;
    assert!(said.contains(&format!("chown 0 '{}'", credential.display())), "{said}");
}

#[test]
fn a20_a_command_that_waits_is_named_and_ended() {
    let place = with(WAITS);
    let waiting = std::thread::scope(|scope| {
        let ran = scope.spawn(|| run(&place, &["token", "list"]));
        let waiting = processes(&place);
        assert_eq!(waiting.len(), 2);
        let said = ran.join().unwrap().ends(2).err;
        for part in ["credential_command gave nothing within 10 s", "'sh -c sleep 600"] {
            assert!(said.contains(part), "no {part} in {said}");
        }
        waiting
    });
    gone(&waiting);
}

#[test]
fn a20_a_signal_ends_the_program_and_the_command_with_it() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let place = with(WAITS);
        let mut child = start(&place, &["token", "list"]);
        let waiting = processes(&place);
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(128 + signal.as_raw()));
        gone(&waiting);
    }
}

#[test]
fn a20_a_signal_ends_the_program_after_the_credential_came_too() {
    let secret = Place::example().by("rosa").run(&["operator", "create", "ada"]).ends(0).out;
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = with(&["echo", secret.trim()]);
    let file = folder(&place).join("config.toml");
    let port = server.local_addr().unwrap().port().to_string();
    let text = fs::read_to_string(&file).unwrap().replace(":9\"", &format!(":{port}\""));
    fs::write(&file, text).unwrap();
    let mut child = start(&place, &["token", "list"]);
    // It is asked, and answers nothing.
    let asked = server.accept().unwrap();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(128 + Signal::TERM.as_raw()));
    drop(asked);
}

#[test]
fn a20_a_credential_file_that_is_a_pipe_is_not_waited_for() {
    let place = with(&["true"]);
    let file = folder(&place).join("config.toml");
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replace("credential_command = [\"true\"]", "credential_file = \"pipe\"");
    fs::write(&file, text).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder(&place).join("pipe")).status();
    assert!(made.unwrap().success());
    let said = run(&place, &["token", "list"]).ends(2).err;
    assert!(said.contains("is not a plain file"), "{said}");
}

/// A uid that the user database does not know, so that only the environment has a name.
#[test]
fn a20_the_uid_says_who_one_is_and_no_variable_does() {
    use std::os::unix::process::CommandExt as _;

    if !rustix::process::geteuid().is_root() {
        untested("only root can be somebody unknown");
        return;
    }
    let place = Place::empty();
    chown(place.home(), Some(4_242), None).unwrap();
    let mut command = place.process(&["store", "init", "-o", "json"]);
    for name in ["USER", "LOGNAME", "USERNAME", "LOGIN"] {
        command.env(name, "rosa");
    }
    let made = command.uid(4_242).gid(4_242).output().unwrap();
    let said = String::from_utf8(made.stderr).unwrap();
    assert!(made.status.success(), "{said}");
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    assert_eq!(made["operator"], "uid-4242");
}
