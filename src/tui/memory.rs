//! Where the view state is kept between runs. The terminal program opens no file
//! itself: whoever starts it hands it one of these.

use std::io;

use crate::domain::view::{SavedView, Views};

/// Keeps one text from run to run.
pub trait Memory: Send + Sync {
    /// The text; nothing where none was kept yet.
    fn read(&self) -> io::Result<Option<String>>;

    /// Keeps a text instead: all of it or, where that fails, the one before.
    fn write(&self, text: &str) -> io::Result<()>;

    /// The views that are kept. The error says what is wrong with them, in words.
    fn views(&self) -> Result<Views, String> {
        Ok(Views::new())
    }

    /// Keeps a view under a name, or takes away the one of that name; gives back all there are
    /// then. The error says why that could not be; then all is as it was.
    fn keep_view(&self, _name: &str, _view: Option<SavedView>) -> Result<Views, String> {
        Err("nothing keeps views here".to_owned())
    }
}
