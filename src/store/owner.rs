//! Whose a file is, and who asks.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use nix::unistd::{Uid, User};

/// What a user is called, or their number where the system knows no name.
pub fn user_name(uid: u32) -> String {
    let user = User::from_uid(Uid::from_raw(uid)).ok().flatten();
    user.map_or_else(|| format!("uid {uid}"), |user| user.name)
}

/// Whose a file is, who asks, and what to do.
pub fn not_yours(found: &Metadata) -> String {
    let (owner, me) = (user_name(found.uid()), me());
    format!("it belongs to '{owner}' and you are '{me}': run this as '{owner}'")
}

/// Who asks.
pub(super) fn me() -> String {
    user_name(rustix::process::geteuid().as_raw())
}
