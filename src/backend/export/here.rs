//! This machine: its disk, and how a file of it is called elsewhere.

use std::io;
use std::path::Path;

use tokio::task::spawn_blocking;

use crate::text::Safe;

/// Where the file is, said so that it is found from another machine.
pub(super) fn place(path: &Path) -> String {
    let host = nix::unistd::gethostname().unwrap_or_default();
    let place = format!("{}:{}", host.to_string_lossy(), path.display());
    Safe::line(&place).into_string()
}

/// Does what waits for the disk where it holds up nothing else.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    // The text of a panic is left out, for it may hold a value.
    spawn_blocking(work).await.unwrap_or_else(|_| Err(io::Error::other("writing broke off")))
}
