//! Servers in the file that is kept for them: added, changed, removed, and what people
//! wrote beside them.

use std::fs;
use std::path::PathBuf;

use crate::support::{Place, Ran};

/// A machine whose settings are its own, and the file beside them.
struct Settings {
    place: Place,
    file: PathBuf,
}

impl Settings {
    fn with(text: &str) -> Self {
        let place = Place::empty();
        let folder = place.home().join(".config/tokendeck");
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("backends.toml");
        fs::write(&file, text).unwrap();
        Self { place, file }
    }

    fn run(&self, words: &str) -> Ran {
        let words: Vec<_> = words.split(' ').collect();
        Ran::of(self.place.command(&words).env_remove("TOKENDECK_STORE"), "")
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }

    fn names(&self) -> String {
        let ran = self.run("backend list -o csv").ends(0);
        let names = ran.out.lines().skip(1).filter_map(|line| line.split(',').next());
        names.collect::<Vec<_>>().join(" ")
    }
}

const WRITTEN: &str = "\
# Ours.
[backends.team]
kind = \"remote\"
# Behind the tunnel.
url = \"https://tokens.example\"
credential_command = [\"pass\", \"show\", \"team\"]

# The one to try things on.
[backends.trial]
kind = \"remote\"
url = \"https://trial.example\"
credential_file = \"trial.credential\"
";

#[test]
fn a28_a_server_is_changed_and_what_stands_beside_it_stays() {
    let settings = Settings::with(WRITTEN);
    settings.run("backend edit team --url https://new.example").ends(0);
    let changed = WRITTEN.replace(
        "# Behind the tunnel.\nurl = \"https://tokens.example\"\n\
         credential_command = [\"pass\", \"show\", \"team\"]\n",
        "# Behind the tunnel.\n",
    );
    let text = settings.text();
    assert!(text.starts_with("# Ours.\n[backends.team]\n# Behind the tunnel.\n"), "{text}");
    assert!(text.contains("url = \"https://new.example\"\n"), "{text}");
    assert!(text.contains("\"pass\""), "{text}");
    let (_, below) = changed.split_once("# The one").unwrap();
    assert!(text.ends_with(&format!("\n\n# The one{below}")), "{text}");
    // A file takes the place of the command, another name that of the old one.
    settings.run("backend edit team --rename prod --credential-file prod.credential").ends(0);
    let text = settings.text();
    assert!(text.contains("[backends.prod]") && !text.contains("pass"), "{text}");
    assert_eq!(settings.names(), "local prod trial");
    let dry = settings.run("backend edit trial --no-ca-file --url https://x.example --dry-run");
    assert!(dry.ends(0).err.contains("would stand in"));
    assert_eq!(settings.text(), text);
}

#[test]
fn a28_a_server_is_removed_and_its_credential_stays() {
    let settings = Settings::with(WRITTEN);
    let dry = settings.run("backend remove trial --dry-run").ends(0);
    assert!(dry.err.contains("would remove 'trial'"), "{}", dry.err);
    assert_eq!(settings.text(), WRITTEN);
    let ran = settings.run("backend remove trial").ends(0);
    assert!(ran.err.contains("'trial.credential' stays"), "{}", ran.err);
    assert_eq!(settings.names(), "local team");
    let (above, _) = WRITTEN.split_once("[backends.trial]").unwrap();
    assert_eq!(settings.text(), above);
    settings.run("backend remove team").ends(0);
    assert_eq!(settings.names(), "local");
    settings.run("backend add team --url https://t.example --credential-file x").ends(0);
    assert_eq!(settings.names(), "local team");
}

#[test]
fn a28_what_is_not_ours_to_change_is_refused_with_what_to_do() {
    let settings = Settings::with(WRITTEN);
    let own = settings.file.with_file_name("config.toml");
    fs::write(
        &own,
        "default_backend = \"team\"\n[backends.mine]\nkind = \"local\"\npath = \"/tmp/x.db\"\n",
    )
    .unwrap();
    for (words, code, told) in [
        ("backend remove nobody", 4, "nobody"),
        ("backend remove local", 2, "always there"),
        ("backend remove mine", 2, "stands in your settings"),
        ("backend edit mine --url https://x.example", 2, "stands in your settings"),
        ("backend remove team", 2, "name another there first"),
        ("backend edit team --rename prod", 2, "name another there first"),
        ("backend edit trial --rename team", 2, "already"),
        ("backend edit trial", 2, "nothing to change"),
        ("backend edit trial --url http://far.example", 2, "https"),
        ("backend edit trial --rename a.b", 2, "up to 32 letters"),
    ] {
        let ran = settings.run(words).ends(code);
        assert!(ran.err.contains(told), "{words}: {}", ran.err);
    }
    assert_eq!(settings.text(), WRITTEN);
    // In a form that a machine can't follow line by line.
    let hand = "backends = { far = { kind = \"remote\", url = \"https://far.example\", \
                credential_file = \"x\" } }\n";
    fs::write(&settings.file, hand).unwrap();
    fs::write(&own, "").unwrap();
    let ran = settings.run("backend remove far").ends(2);
    assert!(ran.err.contains("written by hand"), "{}", ran.err);
    assert_eq!(settings.text(), hand);
}

#[test]
fn a28_an_odd_name_is_refused_by_what_is_allowed() {
    let settings = Settings::with("");
    for name in ["te\"am", "te'am", "a.b", "[x]", "a b", "", "tëam", "x\u{1b}[31m"] {
        let mut command = settings.place.command(&["backend", "add", name]);
        command.args(["--url", "https://t.example", "--credential-file", "x"]);
        let ran = Ran::of(command.env_remove("TOKENDECK_STORE"), "").ends(2);
        assert!(ran.err.contains("up to 32 letters, digits, hyphens, underscores"), "{}", ran.err);
        assert!(!ran.err.contains("TOML") && !ran.err.contains('\u{1b}'), "{}", ran.err);
    }
    assert_eq!(settings.text(), "");
}
