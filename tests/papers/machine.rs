//! A machine with nothing on it but the program: an empty home, a shell that remembers
//! what was typed, and servers that run until it goes.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::pty::{self, Pty};

/// Longer than any command of a paper takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// How a command ended.
pub(super) struct Ran {
    pub(super) exit: i32,
    pub(super) out: String,
    pub(super) err: String,
}

/// One machine.
pub(super) struct Machine {
    folder: tempfile::TempDir,
    shell: Child,
    typed: ChildStdin,
    /// What the shell says between the commands.
    answers: Receiver<String>,
    commands: usize,
    /// The port that servers take is one for the whole of the real machine.
    turn: Option<fs::File>,
}

impl Machine {
    pub(super) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "bin", "ran"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let program = env!("CARGO_BIN_EXE_tokendeck");
        std::os::unix::fs::symlink(program, folder.path().join("bin/tokendeck")).unwrap();
        let mut shell = Command::new("bash")
            .args(["--noprofile", "--norc"])
            .env_clear()
            .env("HOME", folder.path().join("home"))
            .env("PATH", path(&folder))
            .env("LANG", "C.UTF-8")
            .current_dir(folder.path().join("home"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(shell.stdout.take().unwrap());
        let (answer, answers) = channel();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                if answer.send(line).is_err() {
                    break;
                }
            }
        });
        let typed = shell.stdin.take().unwrap();
        Self { folder, shell, typed, answers, commands: 0, turn: None }
    }

    /// Types a command as it stands and waits for its end; for a server until it serves.
    pub(super) fn run(&mut self, command: &str) -> Ran {
        if draws(command) {
            return self.look(command);
        }
        self.commands += 1;
        let ran = self.folder.path().join("ran").join(self.commands.to_string());
        let (out, err) = (ran.with_extension("out"), ran.with_extension("err"));
        let to = format!("</dev/null >'{}' 2>'{}'", out.display(), err.display());
        let text = if serves(command) {
            self.wait_for_a_turn();
            self.stop_server();
            format!(
                "{{ exec {command}\n}} {to} & SERVER=$!\n\
                 until grep -qs '^serving on ' '{0}' || ! kill -0 $SERVER 2>/dev/null; do sleep 0.05; done\n\
                 kill -0 $SERVER && echo 'ended 0' || {{ wait $SERVER; echo \"ended $?\"; }}",
                out.display()
            )
        } else {
            format!("{{ {command}\n}} {to}\necho \"ended $?\"")
        };
        self.type_in(&text);
        Ran {
            exit: self.exit_of(command),
            out: fs::read_to_string(out).unwrap_or_default(),
            err: fs::read_to_string(err).unwrap_or_default(),
        }
    }

    /// The code that the shell tells of what was typed last.
    fn exit_of(&self, command: &str) -> i32 {
        let answer = self.answers.recv_timeout(PATIENCE);
        let answer = answer.unwrap_or_else(|_| panic!("does not end: {command}"));
        let code = answer.strip_prefix("ended ").and_then(|code| code.parse().ok());
        code.unwrap_or_else(|| panic!("{command} said {answer}"))
    }

    /// Stops the server, if there is one, as a service manager does.
    pub(super) fn stop_server(&mut self) {
        self.type_in(
            "[ -z \"$SERVER\" ] || { kill $SERVER; wait $SERVER; }; echo \"ended $?\"; SERVER=",
        );
        assert_eq!(self.exit_of("serve"), 0, "the server did not end well");
    }

    /// The screen of a command, left again once it is there.
    fn look(&self, command: &str) -> Ran {
        let home = self.folder.path().join("home");
        let mut screen = Pty::start(80, 24, |_| {
            let mut shell = pty::command("bash", &["-c", command], &home);
            shell.env("PATH", path(&self.folder));
            shell
        });
        screen.wait_for("? help");
        screen.send("q");
        let exit = screen.wait_exit().exit_code().try_into().unwrap();
        Ran { exit, out: String::new(), err: screen.text() }
    }

    fn type_in(&mut self, text: &str) {
        writeln!(self.typed, "{text}").unwrap();
    }

    /// Waits until no other test serves on the port of the papers.
    fn wait_for_a_turn(&mut self) {
        self.turn.get_or_insert_with(|| {
            let file: PathBuf = std::env::temp_dir().join("tokendeck-papers.lock");
            let file = fs::File::create(file).unwrap();
            file.lock().unwrap();
            file
        });
    }

    /// Fails unless the shell understands the text.
    pub(super) fn parses(text: &str, place: &str) {
        let mut shell = Command::new("bash");
        let parsed = shell.args(["-n", "-c", text]).output().unwrap();
        assert!(parsed.status.success(), "{place}: {}", String::from_utf8_lossy(&parsed.stderr));
    }
}

/// The program before all else that is on the machine.
fn path(folder: &tempfile::TempDir) -> String {
    let rest = std::env::var("PATH").unwrap();
    format!("{}:{rest}", folder.path().join("bin").display())
}

/// Whether a command is a server, which ends when it is told to.
fn serves(command: &str) -> bool {
    let words: Vec<_> = command.split_whitespace().collect();
    words.first() == Some(&"tokendeck") && words.contains(&"serve")
}

/// Whether a command is a screen: there is no verb, or one that opens it.
fn draws(command: &str) -> bool {
    let mut words = command.split_whitespace();
    if words.next() != Some("tokendeck") {
        return false;
    }
    // Each flag that stands before a verb has a value.
    let words: Vec<_> = words.collect();
    let verb = words.chunks(2).find_map(|pair| pair.first().filter(|word| !word.starts_with('-')));
    !words.contains(&"--version") && verb.is_none_or(|verb| *verb == "demo")
}

impl Drop for Machine {
    fn drop(&mut self) {
        let end = "[ -z \"$SERVER\" ] || { kill $SERVER; wait $SERVER; }; exit";
        // Where the shell is gone already, so are its servers.
        let _ = writeln!(self.typed, "{end}");
        let _ = self.shell.wait();
    }
}
