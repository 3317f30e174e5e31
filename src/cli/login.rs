//! Who the operating system says is at work.

use nix::unistd::{Uid, User};

/// The login of the effective user. The environment is asked only where the user
/// database has no answer, as a variable proves nothing.
pub(super) fn system_login() -> String {
    let user = User::from_uid(Uid::effective()).ok().flatten();
    user.map(|user| user.name)
        .or_else(|| std::env::var("USER").ok().filter(|name| !name.is_empty()))
        .unwrap_or_else(|| format!("uid-{}", Uid::effective()))
}
