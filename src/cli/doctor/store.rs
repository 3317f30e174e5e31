//! The store: whether it is there, and whether its files, key and audit chain are
//! whole.

use std::path::Path;

use super::{Check, clock};
use crate::backend::local;

const AREA: &str = "store";

pub(super) fn checks(path: &Path) -> Vec<Check> {
    if path.symlink_metadata().is_err() {
        let found = format!("none at {} yet", path.display());
        return vec![Check::warning(
            AREA,
            found,
            "the first start makes it, and so does 'store init'",
        )];
    }
    match local::status(path) {
        Ok(status) => {
            let mut checks = vec![summary(path, &status)];
            checks.extend(findings(path));
            checks.push(clock::check(status.kind, status.last_event_at, chrono::Utc::now()));
            checks
        }
        Err(error) => vec![Check::problem(
            AREA,
            error.to_string(),
            "if that does not help, put back a backup, or name another store with --store",
        )],
    }
}

fn summary(path: &Path, status: &local::StoreStatus) -> Check {
    let tokens = status.counts.tokens;
    let modes = status.files.iter().map(|file| file.mode.as_str()).collect::<Vec<_>>().join(" ");
    Check::ok(AREA, format!("{}: {tokens} tokens, files of mode {modes}", path.display()))
}

/// A line for each thing that is not as it should be, or one for all that is.
fn findings(path: &Path) -> Vec<Check> {
    let advice = "see 'tokendeck store check'; keep the files as they are until it is understood";
    let looked = match local::check(path) {
        Ok(looked) => looked,
        Err(error) => return vec![Check::problem(AREA, error.to_string(), advice)],
    };
    let whats: Vec<_> = looked.iter().map(|finding| finding.what.clone()).collect();
    let wrong: Vec<_> = looked
        .into_iter()
        .filter_map(|finding| Some(format!("{}: {}", finding.what, finding.problem?)))
        .map(|wrong| Check::problem(AREA, wrong, advice))
        .collect();
    if wrong.is_empty() {
        vec![Check::ok(AREA, format!("{}: well", whats.join(", ")))]
    } else {
        wrong
    }
}
