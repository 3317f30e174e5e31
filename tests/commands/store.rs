//! `store init|status|check`, the first start, and files that are no store.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Place, text};

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_store_is_for_its_owner_alone() {
    let place = Place::empty();
    place.run(&["store", "init"]).ends(0);
    assert_eq!(mode(place.store().parent().unwrap()), 0o700);
    for file in fs::read_dir(place.store().parent().unwrap()).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn the_first_operator_becomes_superadmin_and_starts_with_an_empty_list() {
    let place = Place::empty();
    place.run(&["store", "init"]).ends(0);
    assert_eq!(place.json(&["token", "list"])["total"], 0);
    let users = place.json(&["catalog", "list", "user"]);
    assert_eq!(users["entries"][0]["role"], "superadmin");
    let accounts = place.json(&["catalog", "list", "account"]);
    assert_eq!(accounts["entries"][0]["name"], "Default");
    // R140: what an empty list says leads to a working token.
    let made = place.run(&["token", "create", "first", "--module", "API=full"]).ends(0);
    place.piped(&["verify", "-"], &made.out).ends(0);
}

#[test]
fn a_store_is_never_made_over_another() {
    let place = Place::example();
    let before = fs::read(place.store()).unwrap();
    let ran = place.run(&["store", "init", "--output", "json"]).ends(6);
    assert_eq!(ran.error()["code"], "store_exists");
    assert_eq!(fs::read(place.store()).unwrap(), before);
}

#[test]
fn status_and_check_need_no_user_of_the_store() {
    let place = Place::example().by("nobody-here");
    let status = place.json(&["store", "status"]);
    assert_eq!(status["kind"], "example");
    assert_eq!(status["counts"]["users"], 10);
    let check = place.json(&["store", "check"]);
    assert_eq!(check["well"], true);
}

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    for bytes in [&b"not a database, just a text file\n"[..], b"", &[0xff; 8192]] {
        let place = Place::empty();
        let folder = place.store();
        let folder = folder.parent().unwrap();
        fs::create_dir(folder).unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
        fs::write(place.store(), bytes).unwrap();
        fs::set_permissions(place.store(), fs::Permissions::from_mode(0o600)).unwrap();
        let commands: [&[&str]; 5] = [
            &["token", "list"],
            &["store", "status"],
            &["store", "check"],
            &["store", "init"],
            &["audit", "verify"],
        ];
        for command in commands {
            let ran = place.run(&[command, &["-o", "json"]].concat()).ends(6);
            let message = ran.error()["message"].as_str().unwrap().to_owned();
            assert!(message.contains(&text(place.store())), "{command:?}: {message}");
        }
        assert_eq!(fs::read(place.store()).unwrap(), bytes);
        let left: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["store.db"], "no other file was made");
    }
}

#[test]
fn a25_the_example_says_who_its_superadmin_is_and_whom_to_try_it_as() {
    let place = Place::empty();
    let made = place.run(&["store", "init", "--example"]).ends(0).out;
    let superadmin = made.lines().find(|line| line.starts_with("Superadmin"));
    assert_eq!(superadmin.unwrap().split_once(' ').unwrap().1.trim(), "rosa; try --as ada");
    let unknown = place.run(&["token", "list"]).ends(3).err;
    assert!(unknown.contains("in this example --as ada"), "{unknown}");
    place.run(&["token", "list", "--as", "ada"]).ends(0);
    let place = Place::empty();
    let made = place.json(&["store", "init", "--example"]);
    assert_eq!(made["operator"], "rosa");
    let place = Place::empty();
    place.run(&["store", "init"]).ends(0);
    let unknown = place.run(&["token", "list", "--as", "ada"]).ends(3).err;
    assert!(!unknown.contains("example"), "{unknown}");
}
