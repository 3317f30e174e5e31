//! Standard output and standard error themselves, and the secrets that are written there.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;

use zeroize::Zeroizing;

use crate::cli::failure::Failure;
use crate::domain::{OperatorSecret, TokenValue, leak};
use crate::text::Safe;

/// Says something on standard error, where nothing ever stands that looks like a value.
/// Where nobody listens, nothing is lost.
pub(in crate::cli) fn say(text: &Safe) {
    let _ = writeln!(io::stderr().lock(), "{}", leak::hide(text.as_str()));
}

/// Standard output as the system has it: the library's own takes a stream that can't be
/// written to for one that swallowed everything, and keeps what was written in a buffer.
pub(super) fn standard_output() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// A text of this program's own on standard output, as it stands.
pub(in crate::cli) fn print(text: &str) -> Result<(), Failure> {
    Ok(standard_output()?.write_all(text.as_bytes())?)
}

/// Refuses a standard output that was closed when the program started, where a secret is about
/// to be written: nobody would get it. By then the null device stands in its place, opened both
/// ways, as no redirection of a shell opens it.
pub(in crate::cli) fn must_be_open() -> Result<(), Failure> {
    if stands_in(&standard_output()?)? {
        return Err(io::Error::from(rustix::io::Errno::BADF).into());
    }
    Ok(())
}

fn stands_in(out: &File) -> io::Result<bool> {
    use rustix::fs::{FileType, OFlags, fcntl_getfl, fstat, stat};
    let (this, null) = (fstat(out)?, stat("/dev/null")?);
    Ok(FileType::from_raw_mode(this.st_mode) == FileType::CharacterDevice
        && this.st_rdev == null.st_rdev
        && fcntl_getfl(out)? & OFlags::RWMODE == OFlags::RDWR)
}

/// A value and nothing else on standard output, so that a script can take it.
pub(in crate::cli) fn print_value(value: &TokenValue) -> Result<(), Failure> {
    print_secret(value.expose())
}

/// An operator credential and nothing else on standard output.
pub(in crate::cli) fn print_operator_secret(secret: &OperatorSecret) -> Result<(), Failure> {
    print_secret(secret.expose())
}

fn print_secret(secret: &str) -> Result<(), Failure> {
    must_be_open()?;
    print(&Zeroizing::new(format!("{secret}\n")))
}
