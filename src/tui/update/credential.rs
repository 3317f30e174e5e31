//! The operator's own credential for a server: told of while there is time to replace
//! it. When that is, the session knows.

use crate::domain::calendar::end_day;
use crate::tui::model::Model;
use crate::tui::notice::Kind;

impl Model {
    /// Says that the credential ends soon, if it does.
    pub(in crate::tui) fn warn_of_credential(&mut self) {
        if let Some(end) = self.session.credential_ends_soon() {
            let text = format!("Your operator credential ends {}: ask for a new one", end_day(end));
            self.say(Kind::Info, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::fixture::{model, time};

    #[test]
    fn an_end_within_14_days_is_told_and_a_later_one_is_not() {
        const DAY: i64 = 24 * 60 * 60;
        for (days, told) in [(-1, true), (13, true), (14, false), (90, false)] {
            let mut model = model();
            model.session.credential_expires_at = Some(time(days * DAY));
            model.warn_of_credential();
            let said = model.notices.shown().map(|notice| notice.text.clone()).unwrap_or_default();
            assert_eq!(said.starts_with("Your operator credential ends 20"), told, "{said}");
        }
    }
}
