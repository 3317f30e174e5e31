//! Who the operating system says is at work.

use nix::unistd::{Uid, User};

/// The login of the effective user: the name that the user database has for the uid, else
/// the uid itself. The environment is not asked: whoever starts the program writes it, and
/// with it would say who is a Superadmin.
pub(super) fn system_login() -> String {
    let user = User::from_uid(Uid::effective()).ok().flatten();
    user.map_or_else(|| format!("uid-{}", Uid::effective()), |user| user.name)
}
