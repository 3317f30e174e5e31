//! The store: whether it is there, and whether its files, key and audit chain are
//! whole.

use std::path::Path;

use super::check::Check;
use super::clock;
use crate::backend::local::{self, Finding, PathFound, ReserveState, StoreError, StorePlace};
use crate::wire::StoreKind;

const AREA: &str = "store";
/// Fewer free bytes than one change may need.
const FULL: u64 = 256 << 10;
/// Fewer than the reserve of a store takes, twice.
const SCARCE: u64 = 16 << 20;

pub(super) fn checks(path: &Path) -> Vec<Check> {
    let broken = |error: &StoreError| Check::problem(AREA, error.to_string(), error.remedy());
    let place = match StorePlace::find(path) {
        Ok(PathFound::Taken(place)) => place,
        Ok(PathFound::Free(_)) => {
            let found = format!("none at {} yet", path.display());
            let advice = "the first start makes it, and so does 'store init'";
            return vec![Check::warning(AREA, found, advice)];
        }
        Err(error) => return vec![broken(&error)],
    };
    match local::look_over(place) {
        Ok((status, found)) => {
            let mut checks = vec![summary(path, &status)];
            checks.extend(room(path, status.free));
            checks.extend(reserve(status.kind, status.reserve));
            checks.extend(found.map_or_else(|error| vec![broken(&error)], findings));
            let now = chrono::Utc::now();
            checks.push(clock::check(status.kind, status.clock_mark, status.clock, now));
            checks
        }
        Err(error) => vec![broken(&error)],
    }
}

fn summary(path: &Path, status: &local::StoreStatus) -> Check {
    let tokens = status.counts.tokens;
    let modes = status.files.iter().map(|file| file.mode.as_str()).collect::<Vec<_>>().join(" ");
    Check::ok(AREA, format!("{}: {tokens} tokens, files of mode {modes}", path.display()))
}

/// Says so where the disk is full, or soon will be.
fn room(path: &Path, free: Option<u64>) -> Option<Check> {
    let free = free?;
    let found = format!("{} KiB are free on the disk of {}", free >> 10, path.display());
    let advice = "free space on that disk; nothing is wrong with the store. Revoke and disable \
                  work on, as far as its reserve goes";
    match free {
        0..FULL => Some(Check::problem(AREA, format!("the disk is full: {found}"), advice)),
        FULL..SCARCE => Some(Check::warning(AREA, found, advice)),
        SCARCE.. => None,
    }
}

/// What revoke and disable have left when the disk is full. Stores that hold no real
/// tokens need no reserve.
fn reserve(kind: StoreKind, state: ReserveState) -> Option<Check> {
    match (state, kind) {
        (ReserveState::Whole, _)
        | (ReserveState::Missing, StoreKind::Example | StoreKind::Trial) => None,
        (ReserveState::Missing, StoreKind::Normal) => Some(Check::warning(
            AREA,
            "it has no reserve, which was never made: a full disk would stop revoke and disable too",
            "the next change makes it, where 16 MiB are free",
        )),
        (ReserveState::Released { left }, _) => Some(Check::problem(
            AREA,
            format!("its reserve was released for revoke and disable, {} KiB are left", left >> 10),
            "free 8 MiB on its disk: all other changes wait for that, and the next one fills it",
        )),
    }
}

/// A line for each thing that is not as it should be, or one for all that is.
fn findings(looked: Vec<Finding>) -> Vec<Check> {
    let advice = "see 'tokendeck store check'; keep the files as they are until it is understood";
    // Of these there are lines already, with better advice.
    let apart = ["reserve", "clock"];
    let looked: Vec<_> =
        looked.into_iter().filter(|look| !apart.contains(&look.what.as_str())).collect();
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
