//! Reads the view state at the start and keeps its changes. A damaged state counts
//! as none, and is replaced when there is something to keep.

use std::sync::Arc;

use crate::backend::{Answer, BackendError, Cause};
use crate::tui::memory::Memory;
use crate::tui::state::{Change, ViewState};

/// The state of the run before, or why it can't be had.
pub(in crate::tui) fn recall(memory: &dyn Memory) -> Result<ViewState, String> {
    let text = memory.read().map_err(|error| format!("the view state can't be read: {error}"))?;
    ViewState::read(&text.unwrap_or_default())
        .map_err(|_| "the view state was damaged and will be replaced".to_owned())
}

/// Keeps changes, in what is kept by now: another program may have been there.
pub(super) async fn remember(memory: Arc<dyn Memory>, changes: Vec<Change>) -> Answer<()> {
    let work = move || {
        let mut state = recall(memory.as_ref()).unwrap_or_default();
        for change in changes {
            state.apply(change);
        }
        let text = state.text().map_err(|error| error.to_string())?;
        memory.write(&text).map_err(|error| error.to_string())
    };
    // Files have no place on the loop: a home folder may lie on a slow network.
    let done: Result<(), String> =
        tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string()).flatten();
    done.map_err(|why| BackendError::new(Cause::File, why))
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use super::*;
    use crate::tui::options::PageSize;

    #[derive(Default)]
    struct Text(Mutex<Option<String>>);

    impl Memory for Text {
        fn read(&self) -> io::Result<Option<String>> {
            self.0.lock().map(|text| text.clone()).map_err(|_| io::Error::other("poisoned"))
        }

        fn write(&self, text: &str) -> io::Result<()> {
            let mut kept = self.0.lock().map_err(|_| io::Error::other("poisoned"))?;
            *kept = Some(text.to_owned());
            Ok(())
        }
    }

    #[tokio::test]
    async fn two_programs_at_once_undo_nothing_of_each_other() {
        let memory: Arc<dyn Memory> = Arc::new(Text::default());
        let line = Change::Line("help".to_owned());
        let size = Change::PageSize(Some(PageSize::Rows(25)));
        for changes in [vec![line], vec![size]] {
            assert!(remember(Arc::clone(&memory), changes).await.is_ok());
        }
        let state = recall(memory.as_ref()).unwrap_or_default();
        assert_eq!(state.history, ["help"]);
        assert_eq!(state.page_size, Some(PageSize::Rows(25)));
    }

    #[tokio::test]
    async fn a_damaged_state_is_told_once_and_replaced() {
        let memory: Arc<dyn Memory> = Arc::new(Text(Mutex::new(Some("= [".to_owned()))));
        assert!(recall(memory.as_ref()).is_err());
        let kept = remember(Arc::clone(&memory), vec![Change::Line("help".to_owned())]).await;
        assert!(kept.is_ok());
        assert_eq!(recall(memory.as_ref()).map(|state| state.history), Ok(vec!["help".to_owned()]));
    }
}
