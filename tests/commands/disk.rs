//! A disk that is full to the last byte: what must work then, and what comes back
//! when there is room. The disk is a real one of 24 MiB, in memory; where none can be
//! mounted the tests say so aloud, and `tests/store/full.rs` holds the rules alone.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::{Place, value_of};

const RESERVE: u64 = 8 << 20;
const VERIFY: &[&str] = &["verify", "-"];
/// Tells a test that it runs in a world of mounts of its own.
const OWN_MOUNTS: &str = "TOKENDECK_TEST_OWN_MOUNTS";

/// A place whose store lies on a disk of its own, unmounted when dropped.
struct SmallDisk {
    place: Option<Place>,
    folder: PathBuf,
}

impl SmallDisk {
    /// None where this system lets nobody mount anything; then the test has run as a
    /// process that may, or has said that it did not run.
    fn of_test(name: &str) -> Option<Self> {
        let place = Place::empty();
        let folder = place.store().parent().unwrap().to_owned();
        fs::create_dir(&folder).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m,mode=700", "none"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|ended| ended.success()) {
            return Some(Self { place: Some(place), folder });
        }
        run_as_one_who_may_mount(name);
        None
    }

    fn place(&self) -> &Place {
        self.place.as_ref().unwrap()
    }

    fn with_example(mut self) -> Self {
        self.place = self.place.take().map(Place::with_example);
        self
    }

    fn reserve(&self) -> PathBuf {
        self.folder.join("store.db.reserve")
    }

    fn reserve_left(&self) -> u64 {
        fs::metadata(self.reserve()).unwrap().len()
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }

    /// Leaves not one byte.
    fn fill(&self) {
        let mut file = File::options().create(true).append(true).open(self.filler()).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            let block = vec![1; size];
            while file.write(&block).is_ok_and(|written| written > 0) {}
        }
        assert_eq!(self.free(), 0);
    }

    fn free(&self) -> u64 {
        rustix::fs::statvfs(&self.folder).unwrap().f_bavail
    }

    /// Gives so many bytes back.
    fn tidy_up(&self, bytes: u64) {
        let file = File::options().write(true).open(self.filler()).unwrap();
        let length = file.metadata().unwrap().len();
        file.set_len(length - bytes).unwrap();
    }

    fn says_full(&self, arguments: &[&str]) {
        let ran = self.place().run(&[arguments, &["-o", "json"]].concat()).ends(6);
        let error = ran.error();
        assert_eq!(error["code"], "store_full", "{arguments:?}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("is full: nothing was changed. Free space"), "{message}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}

fn run_as_one_who_may_mount(name: &str) {
    let say = |text: &str| {
        // Not by a macro whose output the test harness keeps to itself.
        let _ = writeln!(std::io::stderr(), "\nNOT TESTED: {name}: {text}\n");
    };
    if std::env::var_os(OWN_MOUNTS).is_some() {
        return say("no disk could be mounted, not even among mounts of its own");
    }
    let test = std::env::current_exe().unwrap();
    let may = Command::new("unshare").args(["-rm", "true"]).stderr(Stdio::null()).status();
    if !may.is_ok_and(|ended| ended.success()) {
        return say("only root, or 'unshare -rm', can mount a disk to fill");
    }
    let ran = Command::new("unshare")
        .arg("-rm")
        .arg(test)
        .args(["--exact", &format!("disk::{name}"), "--nocapture"])
        .env(OWN_MOUNTS, "1")
        .status();
    assert!(ran.unwrap().success(), "{name}, with mounts of its own");
}

#[test]
fn a07_with_no_room_at_all_tokens_are_read_verified_revoked_and_disabled() {
    let Some(disk) =
        SmallDisk::of_test("a07_with_no_room_at_all_tokens_are_read_verified_revoked_and_disabled")
    else {
        return;
    };
    let disk = disk.with_example();
    let place = disk.place();
    assert_eq!(disk.reserve_left(), RESERVE);
    assert_eq!(fs::metadata(disk.reserve()).unwrap().permissions().mode() & 0o777, 0o600);
    disk.fill();

    assert!(place.json(&["token", "list"])["total"].as_u64().unwrap() > 10);
    place.run(&["token", "show", "robot-1", "--audit"]).ends(0);
    assert_eq!(place.piped(VERIFY, value_of("robot-1")).ends(0).out, "accepted\n");
    assert_eq!(place.json(&["store", "status"])["reserve"]["state"], "whole");
    disk.says_full(&["token", "edit", "robot-1", "--description", "no room"]);
    assert_eq!(disk.reserve_left(), RESERVE, "what is no brake leaves the reserve alone");

    for (verb, name, status) in
        [("revoke", "robot-1", "revoked"), ("disable", "robot-2", "disabled")]
    {
        place.run(&["token", verb, name, "--yes"]).ends(0);
        assert_eq!(place.status_of(name), status);
        let told = format!("{status}\n");
        assert_eq!(place.piped(VERIFY, value_of(name)).ends(1).out, told);
        let left = disk.reserve_left();
        assert!(left > RESERVE / 2 && left < RESERVE, "what was not used is kept: {left}");
    }
    disk.says_full(&["token", "edit", "robot-2", "--description", "no room"]);
    disk.says_full(&["token", "delete", "robot-2", "--yes"]);
    disk.says_full(&["token", "enable", "robot-2"]);

    let checked = place.run(&["store", "check"]).ends(1);
    assert!(checked.out.contains("was released for revoke and disable"), "{}", checked.out);
    assert_eq!(place.json(&["store", "status"])["reserve"]["state"], "released");

    disk.tidy_up(4 << 20);
    place.run(&["token", "edit", "robot-2", "--description", "room"]).ends(0);
    assert_eq!(disk.reserve_left(), RESERVE);
    place.run(&["store", "check"]).ends(0);
    place.run(&["audit", "verify"]).ends(0);
}

#[test]
fn a07_without_a_reserve_a_full_disk_is_read_and_doctor_tells_that_there_never_was_one() {
    let Some(disk) = SmallDisk::of_test(
        "a07_without_a_reserve_a_full_disk_is_read_and_doctor_tells_that_there_never_was_one",
    ) else {
        return;
    };
    let place = disk.place();
    place.run(&["store", "init"]).ends(0);
    fs::remove_file(disk.reserve()).unwrap();
    assert_eq!(place.json(&["store", "status"])["reserve"]["state"], "missing");
    let doctor = place.run(&["doctor"]);
    assert!(doctor.out.contains("it has no reserve, which was never made"), "{}", doctor.out);
    place.run(&["catalog", "add", "module", "Mail", "--account", "Default"]).ends(0);
    assert_eq!(disk.reserve_left(), RESERVE, "the next change made it");
    fs::remove_file(disk.reserve()).unwrap();
    disk.fill();
    place.run(&["token", "list"]).ends(0);
    place.run(&["audit", "verify"]).ends(0);
    disk.says_full(&["token", "create", "late", "--module", "API=full"]);
}

#[test]
fn a07_thousands_are_revoked_within_the_reserve() {
    let Some(disk) = SmallDisk::of_test("a07_thousands_are_revoked_within_the_reserve") else {
        return;
    };
    let place = disk.place();
    place.run(&["store", "init", "--trial"]).ends(0);
    let fill = ["store", "fill", "--tokens", "4000", "--accounts", "1", "--active"];
    place.run(&fill).ends(0);
    disk.fill();
    place.run(&["token", "revoke-all", "--account", "Default", "--confirm", "revoke 4000"]).ends(0);
    assert_eq!(place.json(&["token", "list", "--status", "revoked"])["total"], 4000);
    place.run(&["audit", "verify"]).ends(0);
}

#[test]
fn d12_on_a_full_disk_doctor_speaks_of_room_and_never_of_a_backup() {
    let Some(disk) =
        SmallDisk::of_test("d12_on_a_full_disk_doctor_speaks_of_room_and_never_of_a_backup")
    else {
        return;
    };
    let disk = disk.with_example();
    for released in [false, true] {
        disk.fill();
        let doctor = disk.place().run(&["doctor"]).ends(1).out;
        assert!(doctor.contains("the disk is full: 0 KiB are free"), "{doctor}");
        assert!(!doctor.contains("backup"), "{doctor}");
        assert!(!doctor.contains("reserve, erased values"), "no reserve is well then: {doctor}");
        assert_eq!(doctor.contains("was released for revoke and disable"), released, "{doctor}");
        disk.place().run(&["token", "revoke", "robot-1", "--yes"]);
    }
}

#[test]
fn a21_a_store_on_a_read_only_disk_is_read_and_backed_up() {
    let Some(disk) = SmallDisk::of_test("a21_a_store_on_a_read_only_disk_is_read_and_backed_up")
    else {
        return;
    };
    let disk = disk.with_example();
    let place = disk.place();
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&disk.folder).status();
    assert!(remounted.unwrap().success());
    for more in [&["--read-only"][..], &[]] {
        let run = |arguments: &[&str]| place.run(&[arguments, more].concat());
        assert!(run(&["token", "list"]).ends(0).out.contains("robot-1"));
        run(&["token", "show", "robot-1", "--audit"]).ends(0);
        run(&["store", "status"]).ends(0);
        run(&["audit", "verify"]).ends(0);
        let file = crate::support::text(place.home().join(format!("{}.bak", more.len())));
        run(&["store", "backup", &file]).ends(0);
    }
    assert_eq!(place.piped(VERIFY, value_of("robot-1")).ends(0).out, "accepted\n");
    let refused = place.run(&["token", "revoke", "robot-1", "--yes"]).ends(6);
    assert!(refused.err.contains("Read-only file system"), "{}", refused.err);
    place.run(&["store", "check"]).ends(0);
}

#[cfg(feature = "server")]
#[test]
fn a07_a_server_whose_disk_is_full_answers_revokes_and_disables() {
    use crate::backends::{Elsewhere, Serving};

    let Some(disk) =
        SmallDisk::of_test("a07_a_server_whose_disk_is_full_answers_revokes_and_disables")
    else {
        return;
    };
    let mut disk = disk.with_example();
    disk.place = disk.place.take().map(|place| place.by("rosa"));
    let place = disk.place();
    let secret = place.run(&["operator", "create", "ada"]).ends(0).out;
    // Once it was there before, once it has to start without any room.
    for (revoked, disabled) in [("robot-1", "robot-2"), ("bulk-01", "bulk-02")] {
        let names = place.json(&["token", "list", "--status", "active", "--limit", "100"]);
        let names = crate::support::names(&names).join(" ");
        assert!(names.contains(revoked) && names.contains(disabled), "{names}");
        let serving = Serving::of(place);
        disk.fill();
        let far = Elsewhere::with(&secret);
        far.add(&serving.url).ends(0);
        assert!(far.json(&["token", "list"])["total"].as_u64().unwrap() > 10);
        let verify = |name: &str| {
            let mut verify = far.place.command(&["--backend", "team", "verify", "-"]);
            crate::support::Ran::of(verify.env_remove("TOKENDECK_STORE"), value_of(name))
        };
        verify(revoked).ends(0);
        // A command beside it has the brake too, and the server heeds that at once,
        // also where it has room for no index of its own.
        let beside = if revoked == "robot-1" { "bulk-03" } else { "bulk-04" };
        verify(beside).ends(0);
        disk.fill();
        place.run(&["token", "revoke", beside, "--yes"]).ends(0);
        assert_eq!(verify(beside).ends(1).out, "revoked\n");
        disk.fill();
        far.on_team(&["token", "revoke", revoked, "--yes"]).ends(0);
        assert_eq!(verify(revoked).ends(1).out, "revoked\n");
        // Whatever a commit gave back is taken at once by who fills the disk.
        disk.fill();
        far.on_team(&["token", "disable", disabled]).ends(0);
        assert_eq!(verify(disabled).ends(1).out, "disabled\n");
        let full = far.on_team(&["token", "enable", disabled]).ends(6);
        assert!(full.err.contains("is full"), "{}", full.err);
        assert_eq!(place.status_of(revoked), "revoked");
        // It could not write the last uses, and would say so.
        drop(serving);
    }
    disk.tidy_up(4 << 20);
    let serving = Serving::of(place);
    let far = Elsewhere::with(&secret);
    far.add(&serving.url).ends(0);
    far.on_team(&["token", "enable", "robot-2"]).ends(0);
    assert_eq!(disk.reserve_left(), RESERVE);
    // Everything an account has, in one order.
    disk.fill();
    let all = ["token", "revoke-all", "--account", "Acme", "--confirm", "revoke 15"];
    far.on_team(&all).ends(0);
    let left = place.json(&["token", "list", "--account", "Acme", "--status", "active"]);
    assert_eq!(left["total"], 0);
    let waiting = place.json(&["token", "list", "--account", "Acme", "--status", "pending"]);
    assert_eq!(waiting["total"], 0, "what waits to be accepted goes too");
}
