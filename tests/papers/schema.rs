//! The schema of the settings file.

use std::process::Command;

use super::hold;

#[test]
fn the_schema_in_the_repository_is_the_programs() {
    let output = Command::new(env!("CARGO_BIN_EXE_tokendeck"))
        .args(["config", "schema"])
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success());
    hold("config/schema.json", &String::from_utf8(output.stdout).unwrap());
}
