//! No picture of the memory of a process that may hold values is left behind.

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use tokendeck::cli::process;

use crate::support::{Place, Ran, value_of};

#[test]
#[cfg(target_os = "linux")]
fn d03_a_crash_leaves_no_core() {
    let place = Place::example();
    let program = place.process(&["verify", "-"]);
    let mut shell = Command::new("sh");
    // Where no core may be made at all, the rest of this still holds.
    let line = r#"ulimit -c "$(ulimit -H -c)"; exec "$0" "$@""#;
    shell.args(["-c", line]).arg(program.get_program()).args(program.get_args()).env_clear();
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let mut child = shell
        .current_dir(place.home())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // It waits for the end of what it is given, with the value in its memory.
    let mut input = child.stdin.take().unwrap();
    input.write_all(value_of("robot-1").as_bytes()).unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    let limits = || std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let core =
        |limits: String| limits.lines().find(|line| line.contains("core file")).unwrap().to_owned();
    let start = std::time::Instant::now();
    while core(limits()).split_whitespace().filter(|word| *word == "0").count() < 2 {
        assert!(start.elapsed().as_secs() < 30, "{}", core(limits()));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    rustix::process::kill_process(pid, rustix::process::Signal::ABORT).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(6));
    assert!(!status.core_dumped(), "{status:?}");
    let left = std::fs::read_dir(place.home()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("core")), "{left:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn d03_nobody_else_looks_at_the_memory() {
    // It can't be taken back, so it is tried in another process.
    let child = ["--exact", "memory::a_child_that_guards_its_memory", "--ignored"];
    let mut command = assert_cmd::Command::new(std::env::current_exe().unwrap());
    Ran::of(command.args(child), "").ends(0);
    // And the program does it before anything else.
    let main = include_str!("../../src/main.rs");
    let (_, body) = main.split_once("fn main() -> ExitCode {\n").unwrap();
    assert!(body.trim_start().starts_with("process::guard_memory();"), "{body}");
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
#[cfg(target_os = "linux")]
fn a_child_that_guards_its_memory() {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
    process::guard_memory();
    assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    let limit = getrlimit(Resource::Core);
    assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
}
