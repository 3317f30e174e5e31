//! Reads a file that need not be there. That nothing is there is one thing; that it
//! can't be read is another, and no reason to go on with something else.

use std::fs;
use std::io;
use std::path::Path;

/// The text of a file; none where nothing at all is there. A link that leads nowhere is
/// something, in the folders above it too.
pub fn read_if_there(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            dead_link(path).map_or(Ok(None), |why| Err(io::Error::new(error.kind(), why)))
        }
        Err(error) => Err(error),
    }
}

/// The link on the way to something that is not there, and what to do about it; none
/// where no link is to blame.
pub fn dead_link(path: &Path) -> Option<String> {
    let there = path.ancestors().find_map(|path| Some((path, path.symlink_metadata().ok()?)));
    let (link, _) = there.filter(|(path, found)| found.is_symlink() && path.metadata().is_err())?;
    let target = fs::read_link(link).unwrap_or_default();
    Some(format!(
        "'{}' is a link to '{}', which is not there: mend or remove the link",
        link.display(),
        target.display()
    ))
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a16_nothing_at_all_is_told_from_a_link_that_leads_nowhere() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        assert_eq!(read_if_there(&at("none/at/all"))?, None);
        fs::write(at("file"), "x")?;
        symlink(at("file"), at("good"))?;
        assert_eq!(read_if_there(&at("good"))?.as_deref(), Some("x"));
        symlink(at("gone"), at("dead"))?;
        for path in ["dead", "dead/below", "dead/far/below"] {
            let error = read_if_there(&at(path)).expect_err(path).to_string();
            assert!(error.contains("dead' is a link to"), "{path}: {error}");
        }
        assert!(read_if_there(&at("file/below")).is_err());
        assert!(read_if_there(folder.path()).is_err());
        Ok(())
    }
}
