//! `catalog`: what exists, as far as the operator may know, and changing it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Place, Ran, text};

fn entries(place: &Place, kind: &str) -> Vec<String> {
    let list = place.json(&["catalog", "list", kind]);
    let entries = list["entries"].as_array().unwrap();
    assert_eq!(list["total"], entries.len());
    entries.iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_admin_sees_what_belongs_to_the_account() {
    let place = Place::example();
    assert_eq!(entries(&place, "account"), ["Acme"]);
    assert_eq!(entries(&place, "module"), ["Catalog", "Orders", "Billing"]);
    assert_eq!(entries(&place, "group"), ["Order readers", "Billing operators", "Support"]);
}

#[test]
fn a_superadmin_sees_everything() {
    let place = Place::example().by("rosa");
    assert_eq!(entries(&place, "account"), ["Acme", "Borealis", "Cedar County"]);
    assert_eq!(entries(&place, "scope"), ["North plant", "South plant", "Harbor"]);
    assert_eq!(entries(&place, "user").len(), 10);
    assert_eq!(place.json(&["catalog", "list"])["total"], 3 + 4 + 3 + 3 + 10);
}

#[test]
fn each_line_says_of_which_kind_it_is() {
    let ran = Place::example().run(&["catalog", "list", "-o", "jsonl"]).ends(0);
    for line in ran.out.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(entry["kind"].is_string() && entry["id"].is_string(), "{line}");
    }
}

#[test]
fn the_status_of_an_account_does_not_stand_among_the_accounts() {
    let ran = Place::example().run(&["catalog", "list", "account", "-o", "csv"]).ends(0);
    let row = "account,ACC-0001-0001,Acme,,active,https://tokens.example/v1,,,,,,,,\n";
    assert!(ran.out.ends_with(row), "{}", ran.out);
}

#[test]
fn a_word_that_is_none_of_a_few_is_answered_with_the_few() {
    let place = Place::example().by("rosa");
    for wrong in [
        ["catalog", "add", "user", "zed", "--role", "king"].as_slice(),
        &["user", "list", "--role", "king"],
    ] {
        let ran = place.run(wrong).ends(2);
        assert!(ran.err.contains("superadmin, partner, admin, viewer, member"), "{}", ran.err);
    }
    let ran = place.run(&["user", "list", "--holding", "all"]).ends(2);
    assert!(ran.err.contains("has, pending, nothing"), "{}", ran.err);
}

/// One entry as JSON, by kind and name.
fn entry(place: &Place, kind: &str, name: &str) -> serde_json::Value {
    let list = place.json(&["catalog", "list", kind]);
    let entries = list["entries"].as_array().unwrap();
    let found = entries.iter().find(|entry| entry["name"] == name || entry["login"] == name);
    found.unwrap_or_else(|| panic!("no {kind} {name}")).clone()
}

#[test]
fn r139_a_module_is_added_changed_and_removed() {
    let place = Place::example().by("rosa");
    let add = ["catalog", "add", "module", "Archive", "--account", "acme", "--path", "/archive"];
    let ran = place.run(&add).ends(0);
    assert_eq!(ran.out, "MOD-0005\n");
    assert_eq!(ran.err, "module Archive (MOD-0005) was added\n");
    let edit = ["--name", "Store room", "--account", "Borealis", "--remove-account", "Acme"];
    place.run(&[&["catalog", "edit", "module", "archive"], edit.as_slice()].concat()).ends(0);
    let after = entry(&place, "module", "Store room");
    assert_eq!(after["accounts"], serde_json::json!(["ACC-0001-0002"]));
    assert_eq!(after["paths"], serde_json::json!(["/archive"]));
    let remove = ["catalog", "remove", "module", "MOD-0005"];
    let unasked = place.run(&remove).ends(2);
    assert!(unasked.err.contains("add --yes"), "{}", unasked.err);
    let ran = place.run(&[remove.as_slice(), &["--yes"]].concat()).ends(0);
    assert_eq!(ran.err, "module Store room (MOD-0005) was removed\n");
    place.run(&remove).ends(4);
}

#[test]
fn r139_what_is_used_or_an_account_is_not_removed() {
    let place = Place::example().by("rosa");
    let head = place.head();
    let ran = place.run(&["catalog", "remove", "module", "Catalog", "--yes"]).ends(1);
    assert_eq!(
        ran.err,
        "tokendeck: could not remove module Catalog (MOD-0001): used by 20 tokens and group \
         Support\n"
    );
    let ran = place.run(&["catalog", "remove", "account", "Acme", "--yes", "-o", "json"]).ends(1);
    assert_eq!(ran.error()["code"], "account_stays");
    let ran = place.run(&["catalog", "remove", "user", "rosa", "--yes", "-o", "json"]).ends(1);
    assert_eq!(ran.error()["code"], "last_superadmin");
    assert_eq!(place.head(), head);
}

#[test]
fn r008_the_permission_taken_from_ned_stops_his_next_create() {
    let place = Place::example();
    let create = [
        "token",
        "create",
        "x",
        "--module",
        "Catalog=read",
        "--scope",
        "North plant",
        "--as",
        "ned",
    ];
    place.run(&[create.as_slice(), &["--dry-run"]].concat()).ends(0);
    place.run(&["catalog", "edit", "user", "ned", "--no-manage-tokens"]).ends(0);
    let ran = place.run(&create).ends(3);
    assert!(ran.err.contains("Needs the manage_tokens permission"), "{}", ran.err);
    place.run(&["catalog", "edit", "user", "ned", "--manage-tokens"]).ends(0);
    place.run(&create).ends(0);
}

#[test]
fn who_may_change_what_is_told_by_the_exit_code() {
    let refused = |user: &'static str, arguments: &[&str], code: i32| -> Ran {
        let place = Place::example().by(user);
        let head = place.head();
        let ran = place.run(arguments).ends(code);
        assert_eq!(place.head(), head, "{arguments:?}");
        ran
    };
    let ran = refused("ada", &["catalog", "add", "account", "New"], 3);
    assert!(ran.err.contains("Needs the role Superadmin"), "{}", ran.err);
    refused("ada", &["catalog", "edit", "account", "Acme", "--disabled"], 3);
    refused("ada", &["catalog", "edit", "group", "Support", "--name", "Help"], 3);
    refused("ada", &["catalog", "edit", "account", "Borealis", "--disabled"], 4);
    refused("vic", &["catalog", "add", "scope", "East plant"], 3);
    refused("max", &["catalog", "add", "user", "eva"], 3);
    refused("ada", &["catalog", "add", "user", "eva", "--role", "partner"], 2);
    refused("ada", &["catalog", "add", "user", "eva", "--role", "admin", "--read-only"], 3);
    let ran = refused("ned", &["catalog", "add", "user", "eva", "--scope", "South plant"], 2);
    assert!(ran.err.contains("You do not hold South plant"), "{}", ran.err);
}

#[test]
fn a26_by_command_nobody_makes_something_else_of_who_holds_more() {
    let place = Place::example().by("ned");
    let head = place.head();
    let edit = ["catalog", "edit", "user", "vic"];
    let wrong: [&[&str]; 5] = [
        &["--role", "member"],
        &["--remove-scope", "South plant"],
        &["--remove-scope", "North plant"],
        &["--login", "vivi"],
        &["--remove-account", "Acme", "--role", "superadmin"],
    ];
    for flags in &wrong[..4] {
        let ran = place.run(&[&edit[..], flags].concat()).ends(3);
        assert!(ran.err.contains("Holds more than you do (South plant)"), "{}", ran.err);
    }
    place.run(&[&edit[..], wrong[4]].concat()).ends(2);
    let ran = place.run(&["catalog", "remove", "user", "vic", "--yes", "-o", "json"]).ends(3);
    assert_eq!(ran.error()["code"], "holds_more");
    assert_eq!(place.head(), head);
    place.run(&[&edit[..], &["--name", "Vicky"]].concat()).ends(0);
}

#[test]
fn a_new_user_has_what_the_role_brings_unless_said_otherwise() {
    let place = Place::example();
    place.run(&["catalog", "add", "user", "eva"]).ends(0);
    let eva = entry(&place, "user", "eva");
    assert_eq!((&eva["role"], &eva["manage_tokens"]), (&"member".into(), &false.into()));
    assert_eq!(eva["accounts"], serde_json::json!(["ACC-0001-0001"]));
    let add = ["catalog", "add", "user", "ian", "--role", "admin", "--email", "ian@acme.example"];
    place
        .run(&[add.as_slice(), &["--name", "Ian Idle", "--scope", "north plant"]].concat())
        .ends(0);
    let ian = entry(&place, "user", "ian");
    assert_eq!((&ian["role"], &ian["manage_tokens"]), (&"admin".into(), &true.into()));
    assert_eq!((&ian["name"], &ian["email"]), (&"Ian Idle".into(), &"ian@acme.example".into()));
    // A role without the permission takes it away; asking for both is an error.
    place.run(&["catalog", "edit", "user", "ian", "--role", "viewer"]).ends(0);
    assert_eq!(entry(&place, "user", "ian")["manage_tokens"], false);
    let ran = place.run(&["catalog", "edit", "user", "ian", "--manage-tokens"]).ends(2);
    assert!(ran.err.contains("A Viewer cannot be given it"), "{}", ran.err);
    place
        .run(&["catalog", "edit", "user", "ian", "--email", "", "--remove-scope", "SCP-0001"])
        .ends(0);
    let ian = entry(&place, "user", "ian");
    assert_eq!((&ian["email"], &ian["scopes"]), (&serde_json::Value::Null, &serde_json::json!([])));
}

#[test]
fn groups_and_scopes_are_made_in_the_only_account_or_the_one_named() {
    let place = Place::example();
    place.run(&["catalog", "add", "scope", "East plant"]).ends(0);
    let session = entry(&place, "user", "ada");
    assert_eq!(session["scopes"], serde_json::json!(["SCP-0001", "SCP-0002", "SCP-0004"]));
    let group = ["catalog", "add", "group", "Clerks", "--module", "orders=full"];
    place.run(&[group.as_slice(), &["--module", "Catalog=read"]].concat()).ends(0);
    let edit = ["catalog", "edit", "group", "clerks", "--module", "orders=no"];
    place.run(&edit).ends(0);
    let clerks = entry(&place, "group", "Clerks");
    assert_eq!(clerks["access"], serde_json::json!({"MOD-0001": "read"}));
    assert_eq!(clerks["account"], "ACC-0001-0001");
    let rosa = place.by("rosa");
    let ran = rosa.run(&["catalog", "add", "group", "All"]).ends(2);
    assert!(ran.err.contains("--account: Acme, Borealis, Cedar County"), "{}", ran.err);
    rosa.run(&["catalog", "add", "group", "All", "--account", "all"]).ends(0);
    assert_eq!(entry(&rosa, "group", "All")["account"], serde_json::Value::Null);
}

#[test]
fn an_edit_that_changes_nothing_says_so() {
    let place = Place::example();
    let head = place.head();
    let ran = place.run(&["catalog", "edit", "user", "vic", "--role", "viewer"]).ends(0);
    assert_eq!(ran.err, "user vic (USR-0001-0006) is like that already: nothing was changed\n");
    assert_eq!(place.head(), head);
}

#[test]
fn what_was_exported_is_imported_without_a_change() {
    for user in ["rosa", "pia", "ada", "vic", "kim"] {
        let place = Place::example().by(user);
        let head = place.head();
        for name in ["all.toml", "all.json"] {
            let file = text(place.home().join(name));
            place.run(&["catalog", "export", &file]).ends(0);
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
            let ran = place.run(&["catalog", "import", &file]).ends(0);
            assert!(ran.err.starts_with("0 added, 0 changed, "), "{user}: {}", ran.err);
            let again = place.run(&["catalog", "export", &file]).ends(6);
            assert!(again.err.contains("exists"), "{}", again.err);
        }
        let piped = place.run(&["catalog", "export", "-"]).ends(0).out;
        place.piped(&["catalog", "import", "-"], &piped).ends(0);
        assert_eq!(place.head(), head, "{user}");
    }
}

const FILE: &str = r#"
[[account]]
name = "Delta"

[[module]]
name = "orders"
accounts = ["Acme", "Borealis", "Delta"]

[[scope]]
name = "North plant"
account = "Delta"

[[group]]
name = "Delta readers"
account = "Delta"
access = { Orders = "read" }

[[user]]
login = "dan"
role = "admin"
accounts = ["delta"]
scopes = ["North plant"]
"#;

#[test]
fn an_import_adds_and_changes_what_the_file_names_and_nothing_else() {
    let place = Place::example().by("rosa");
    let head = place.head();
    let dry = place.piped(&["catalog", "import", "-", "--dry-run"], FILE).ends(0);
    assert!(
        dry.err.ends_with("4 added, 1 changed, 0 unchanged: nothing was done yet\n"),
        "{}",
        dry.err
    );
    assert_eq!(place.head(), head);
    let ran = place.piped(&["catalog", "import", "-"], FILE).ends(0);
    assert!(ran.out.contains("account Delta (ACC-0001-0004)"), "{}", ran.out);
    assert!(ran.out.contains("changed  module orders (MOD-0002)"), "{}", ran.out);
    assert_eq!(entry(&place, "module", "orders")["paths"], serde_json::json!(["/orders"]));
    let dan = entry(&place, "user", "dan");
    assert_eq!(dan["scopes"], serde_json::json!(["SCP-0004"]), "the scope of Delta, not Acme's");
    assert_eq!(dan["manage_tokens"], true);
    let again = place.piped(&["catalog", "import", "-"], FILE).ends(0);
    assert_eq!(again.err, "0 added, 0 changed, 5 unchanged\n");
    let renamed = "[[account]]\nid = \"ACC-0001-0004\"\nname = \"Delta Ltd\"\n";
    place.piped(&["catalog", "import", "-"], renamed).ends(0);
    assert_eq!(entry(&place, "account", "Delta Ltd")["id"], "ACC-0001-0004");
}

#[test]
fn an_import_that_is_wrong_in_one_place_does_nothing_and_says_where() {
    let place = Place::example().by("rosa");
    let head = place.head();
    let cases = [
        ("[[modul]]\nname = \"x\"\n", "did you mean 'module'?"),
        ("[[module]]\nname = \"x\"\npats = []\n", "line 3"),
        ("[[module]]\nname = \"x\"\npats = []\n", "did you mean 'paths'?"),
        ("{\"user\": [{\"login\": \"eva\", \"rol\": \"admin\"}]}", "did you mean 'role'?"),
        (
            "[[module]]\nname = \"A\"\n[[module]]\nname = \"a\"\n",
            "module 'a' stands in the file twice",
        ),
        ("[[user]]\nlogin = \"eva\"\naccounts = [\"Nowhere\"]\n", "no account 'Nowhere' here"),
        ("[[account]]\nname = \"New\"\n[[user]]\nlogin = \"eva\"\n", "user 'eva' accounts: Choose"),
    ];
    for (file, said) in cases {
        let ran = place.piped(&["catalog", "import", "-"], file);
        assert!(ran.code == 2 || ran.code == 4, "{file}: {}", ran.err);
        assert!(ran.err.contains(said), "{file}: {}", ran.err);
    }
    place.run(&["catalog", "import", "file.yaml"]).ends(2);
    place.run(&["catalog", "import", "nowhere.toml"]).ends(2);
    assert_eq!(place.head(), head);
}
