//! The operator's own credential for a server: told of while there is time to replace
//! it. When that is, the session knows.

use crate::domain::calendar::day;
use crate::tui::model::Model;
use crate::tui::notice::Kind;

impl Model {
    /// Says that the credential ends soon, if it does.
    pub(in crate::tui) fn warn_of_credential(&mut self) {
        if let Some(end) = self.session.credential_ends_soon() {
            let text = format!("Your operator credential ends {}: ask for a new one", day(end));
            self.say(Kind::Info, text);
        }
    }
}
