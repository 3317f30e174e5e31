//! What the process is before it does anything: no picture of its memory is left behind,
//! and the end of a file is an error to be told, not a signal to die of.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::process::{Resource, Rlimit, setrlimit};

/// Makes the process one that may hold values. Called before all else; a system that
/// allows none of it is no reason to do nothing, as a revoke may be waiting.
pub fn guard_memory() {
    // A core would hold the value on the screen. Nobody can raise the limit again from within.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    not_dumpable();
}

/// A handler of a core (`core_pattern`) that is a program is not held by the limit; and whoever
/// runs as the same user could look at the memory.
#[cfg(target_os = "linux")]
fn not_dumpable() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Elsewhere the limit is all there is.
#[cfg(not(target_os = "linux"))]
fn not_dumpable() {}

/// Makes a write beyond the limit of a file's size fail like any other: the signal would end the
/// program with a value on its way and the terminal in its hands. A handler and not an
/// ignored signal, which the programs started from here would inherit.
pub fn tell_of_file_limits() -> io::Result<()> {
    let arrived = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, arrived).map(drop)
}
