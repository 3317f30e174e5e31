//! Where the view state is kept between runs. The terminal program opens no file
//! itself: whoever starts it hands it one of these.

use std::io;

/// Keeps one text from run to run.
pub trait Memory: Send + Sync {
    /// The text; nothing where none was kept yet.
    fn read(&self) -> io::Result<Option<String>>;

    /// Keeps a text instead: all of it or, where that fails, the one before.
    fn write(&self, text: &str) -> io::Result<()>;
}
