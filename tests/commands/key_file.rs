//! A key file that is not private blocks values and nothing else.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt as _, chown};

use crate::support::{Place, value_of};

#[test]
fn d09_a_key_file_that_others_can_use_blocks_values_alone() {
    let place = Place::example();
    let key = place.store().with_extension("key");
    let loosen = || std::fs::set_permissions(&key, Permissions::from_mode(0o640)).unwrap();
    let give_away = || chown(&key, Some(65_534), None).unwrap();
    let mut wrongs: Vec<(&dyn Fn(), &str)> = vec![(&loosen, "chmod 600")];
    if rustix::process::geteuid().is_root() {
        wrongs.push((&give_away, "it belongs to '"));
    }
    for (round, (wrong, words)) in wrongs.into_iter().enumerate() {
        std::fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
        wrong();
        let (off, gone) = (format!("bulk-0{}", round + 1), format!("bulk-0{}", round + 3));
        place.piped(&["verify", "-"], value_of("robot-1")).ends(0);
        place.piped(&["lookup", "-"], value_of("robot-1")).ends(0);
        place.run(&["token", "list"]).ends(0);
        place.run(&["token", "show", "robot-1", "--audit"]).ends(0);
        place.run(&["token", "disable", &off]).ends(0);
        place.run(&["token", "revoke", &gone, "--yes"]).ends(0);
        let head = place.head();
        let refused: [&[&str]; 3] = [
            &["token", "value", "robot-1"],
            &["token", "create", "new", "--module", "Catalog=read", "--scope", "North plant"],
            &["token", "regenerate", "robot-1", "--yes"],
        ];
        for command in refused {
            let ran = place.run(&[command, &["-o", "json"]].concat()).ends(6);
            assert_eq!(ran.error()["code"], "store_key", "{command:?}");
            assert!(ran.error()["message"].as_str().unwrap().contains(words), "{}", ran.err);
            assert!(ran.out.is_empty(), "{}", ran.out);
        }
        assert_eq!(place.head(), head, "nothing was made or recorded");
        let problem = place.json(&["store", "status"])["key_problem"].to_string();
        assert!(problem.contains(words), "{problem}");
    }
}
