//! Which process a lease belongs to, written into the name of its runner: a lease of a
//! process that died on this machine ends with it, and nobody has to wait for the clock.
//!
//! A name is 16 bytes: where (boot and process namespace), which process, when it
//! began, and 4 at random. A process of another machine, another container or an older
//! program names another place, and only the clock tells about it.

use std::fs;

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;
use sha2::{Digest, Sha256};

use crate::seal::random;
use crate::store::StoreError;

/// The name of a new runner of this process; all of it random where the system does
/// not tell.
pub(super) fn runner() -> Result<[u8; 16], StoreError> {
    let pid = std::process::id();
    match (place(), facts(pid)) {
        (Some(place), Some(facts)) => {
            let parts = [place, pid.to_be_bytes(), facts.began, random::bytes()?];
            let mut name = [0; 16];
            for (byte, part) in name.iter_mut().zip(parts.as_flattened()) {
                *byte = *part;
            }
            Ok(name)
        }
        _ => random::bytes(),
    }
}

/// Whether the process of that runner was one of this machine and is there no more.
/// What can't be told is no.
pub(super) fn is_gone(runner: &[u8; 16]) -> bool {
    let (parts, _) = runner.as_chunks::<4>();
    let [there, pid, began, _] = parts else { return false };
    let pid = u32::from_be_bytes(*pid);
    if place().as_ref() != Some(there) {
        return false;
    }
    let Ok(number) = i32::try_from(pid) else { return false };
    // A system may hide the files of a process, but not that there is one.
    if kill(Pid::from_raw(number), None) == Err(Errno::ESRCH) {
        return true;
    }
    facts(pid).is_some_and(|facts| facts.ended || facts.began != *began)
}

/// Names this boot of this machine, and the numbers that processes have here.
fn place() -> Option<[u8; 4]> {
    let boot = fs::read("/proc/sys/kernel/random/boot_id").ok()?;
    let numbers = fs::read_link("/proc/self/ns/pid").ok()?;
    let mut digest = Sha256::new();
    digest.update(&boot);
    digest.update(numbers.as_os_str().as_encoded_bytes());
    digest.finalize().first_chunk().copied()
}

/// What the system tells of a process.
struct Facts {
    /// When it began: the low bytes of a count since the boot.
    began: [u8; 4],
    /// Whether it is dead, and only waits for its parent to notice.
    ended: bool,
}

fn facts(pid: u32) -> Option<Facts> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything, so the fields are counted behind it:
    // the state is the third of all (proc_pid_stat(5)), the start the 22nd.
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace();
    let ended = matches!(fields.next()?, "Z" | "X" | "x");
    let ticks: u64 = fields.nth(18)?.parse().ok()?;
    let began = ticks.to_be_bytes().last_chunk().copied()?;
    Some(Facts { began, ended })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

    use std::process::Command;

    use super::*;

    #[test]
    fn a_process_that_lives_is_not_gone_and_two_runners_of_it_differ() {
        let (one, other) = (runner().unwrap(), runner().unwrap());
        assert_ne!(one, other);
        assert!(!is_gone(&one) && !is_gone(&other));
    }

    #[test]
    fn d08_a_process_that_died_is_gone_before_its_parent_noticed_and_after() {
        let mut child = Command::new("sleep").arg("1000").spawn().unwrap();
        let named = |pid: u32| {
            let parts = [place().unwrap(), pid.to_be_bytes(), facts(pid).unwrap().began, [7; 4]];
            let mut name = [0; 16];
            name.copy_from_slice(parts.as_flattened());
            name
        };
        let name = named(child.id());
        assert!(!is_gone(&name));
        let mut reused = name;
        // Another process has its number by now.
        reused[11] ^= 1;
        assert!(is_gone(&reused));
        child.kill().unwrap();
        while !facts(child.id()).unwrap().ended {
            std::thread::yield_now();
        }
        assert!(is_gone(&name), "a zombie works on nothing");
        child.wait().unwrap();
        assert!(is_gone(&name));
    }

    #[test]
    fn of_another_machine_nothing_is_told() {
        let mut name = runner().unwrap();
        name[0] ^= 1;
        assert!(!is_gone(&name));
        assert!(!is_gone(&[0xff; 16]), "nor of a name that an older program drew");
    }
}
