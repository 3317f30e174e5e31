//! What people install: packed, unpacked where nothing else is, and used.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::pty::{self, Pty};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tokendeck");

/// What each package holds besides the program, below the folder for programs.
const HELD: [&str; 11] = [
    "lib/systemd/system/tokendeck.service",
    "share/bash-completion/completions/tokendeck",
    "share/doc/tokendeck/CHANGELOG.md",
    "share/doc/tokendeck/README.md",
    "share/doc/tokendeck/docs/server.md",
    "share/doc/tokendeck/examples/catalogue.toml",
    "share/doc/tokendeck/examples/default.toml",
    "share/doc/tokendeck/examples/themes/dark.toml",
    "share/fish/vendor_completions.d/tokendeck.fish",
    "share/man/man1/tokendeck-token-revoke.1.gz",
    "share/zsh/site-functions/_tokendeck",
];

fn ran(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    output
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/dist")
}

/// The packages of the program as it was built for the tests.
fn packed(folder: &Path) -> Vec<PathBuf> {
    let mut command = Command::new(script());
    command.args(["--binary", PROGRAM, "--fast", "--any-size", "--to"]).arg(folder);
    let output = command.output().unwrap();
    // 77: a tool is missing, and which one is said.
    assert!(matches!(output.status.code(), Some(0 | 77)), "{output:?}");
    std::io::stderr().write_all(&output.stderr).unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(PathBuf::from).collect()
}

fn with_end<'p>(packages: &'p [PathBuf], end: &str) -> Option<&'p Path> {
    let ended = |package: &&PathBuf| package.extension() == Some(OsStr::new(end));
    packages.iter().find(ended).map(PathBuf::as_path)
}

/// A root with nothing in it but what the system's loader wants of any program.
fn empty_root() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("tmp")).unwrap();
    let listed = ran(Command::new("ldd").arg(PROGRAM)).stdout;
    let listed = String::from_utf8(listed).unwrap();
    for library in listed.split_whitespace().filter(|word| word.starts_with('/')) {
        let there = root.path().join(library.trim_start_matches('/'));
        fs::create_dir_all(there.parent().unwrap()).unwrap();
        fs::copy(library, there).unwrap();
    }
    root
}

/// Every file below this folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

/// The demo, by the program that lies there in a root of its own.
fn reaches_the_demo(root: &Path, program: &str) {
    let chroot = ["/usr/sbin/chroot", "/usr/bin/chroot"];
    let chroot = chroot.into_iter().find(|path| Path::new(path).exists()).unwrap();
    let root = root.to_str().unwrap();
    let demo = [chroot, root, program, "demo", "--now", "2026-03-10T12:00:00Z"];
    // Who is not root may still be it in a world of their own.
    let own_world = ["/usr/bin/unshare", "--map-root-user"];
    let before = if rustix::process::geteuid().is_root() { &[][..] } else { &own_world[..] };
    let words: Vec<_> = before.iter().chain(&demo).copied().collect();
    let mut deck = Pty::start(80, 24, |home| {
        let mut command = pty::command(words[0], &words[1..], home);
        command.env("HOME", "/tmp");
        command.env("TMPDIR", "/tmp");
        command
    });
    deck.wait_for("bulk-01");
    deck.settle();
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.settle();
    deck.assert_restored();
}

/// Unit, papers and examples are there, and the unit starts the program that is there.
fn holds_all(tree: &Path, program: &str) {
    let held = files(tree);
    for name in HELD {
        assert!(held.contains(name), "no {name} among {held:?}");
    }
    let unit = fs::read_to_string(tree.join(HELD[0])).unwrap();
    assert!(unit.contains(&format!("\nExecStart={program} ")), "{unit}");
}

#[test]
fn what_is_packed_reaches_the_demo_in_an_empty_root() {
    let folder = tempfile::tempdir().unwrap();
    let packages = packed(folder.path());

    let root = empty_root();
    let there = root.path().join("usr/local");
    fs::create_dir_all(&there).unwrap();
    let mut tar = Command::new("tar");
    tar.args(["--strip-components=1", "-xzf"]).arg(with_end(&packages, "gz").unwrap());
    ran(tar.arg("-C").arg(&there));
    holds_all(&there, "/usr/local/bin/tokendeck");
    assert!(there.join("share/doc/tokendeck/LICENSE").exists());
    reaches_the_demo(root.path(), "/usr/local/bin/tokendeck");

    let Some(deb) = with_end(&packages, "deb") else { return };
    let root = empty_root();
    ran(Command::new("dpkg-deb").arg("-x").arg(deb).arg(root.path()));
    let tree = root.path().join("usr");
    holds_all(&tree, "/usr/bin/tokendeck");
    assert!(tree.join("share/doc/tokendeck/copyright").exists());
    reaches_the_demo(root.path(), "/usr/bin/tokendeck");
    let control = String::from_utf8(ran(Command::new("dpkg-deb").arg("-f").arg(deb)).stdout);
    let oldest = oldest_glibc();
    assert!(control.unwrap().contains(&format!("Depends: libc6 (>= {oldest})")));

    let Some(rpm) = with_end(&packages, "rpm") else { return };
    let asked = |what| {
        let told = ran(Command::new("rpm").args(["-qp", what]).arg(rpm)).stdout;
        String::from_utf8(told).unwrap()
    };
    let listed = asked("-l");
    let listed: BTreeSet<_> =
        listed.lines().filter_map(|line| line.strip_prefix("/usr/")).collect();
    for name in HELD.into_iter().chain(["bin/tokendeck", "share/doc/tokendeck/LICENSE"]) {
        assert!(listed.contains(name), "no {name} in the rpm: {listed:?}");
    }
    assert!(asked("--requires").contains(&format!("glibc >= {oldest}\n")));
}

/// What the script promises.
fn oldest_glibc() -> String {
    let script = fs::read_to_string(script()).unwrap();
    let promised = script.lines().find_map(|line| line.strip_prefix("glibc="));
    promised.unwrap().to_owned()
}

#[test]
fn the_oldest_glibc_is_named_where_people_look() {
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/build.md");
    let paper = fs::read_to_string(paper).unwrap();
    assert!(paper.contains(&format!("glibc {}", oldest_glibc())));
}
