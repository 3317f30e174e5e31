//! What the session knows and the operator is to hear at once: their own credential for a
//! server, while there is time to replace it, and a clock that is not believed.

use crate::domain::Refusal;
use crate::domain::calendar::end_day;
use crate::tui::notice::Kind;
use crate::tui::shared::Shared;

impl Shared {
    /// Says that nothing but the brake is done, where the backend's clock jumped.
    pub(in crate::tui) fn warn_of_clock(&mut self) {
        if let Some(jump) = self.session.clock_jump {
            self.say(Kind::Error, Refusal::ClockJumped(jump).to_string());
        }
    }

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
    use crate::domain::clock::Jump;
    use crate::tui::fixture::{model, time};

    #[test]
    fn d01_a_clock_that_is_not_believed_is_told_with_what_to_type() {
        let mut model = model();
        model.warn_of_clock();
        assert!(model.notices.shown().is_none());
        model.session.clock_jump = Some(Jump { clock: time(100_000_000), known: time(0) });
        model.warn_of_clock();
        let said = model.notices.shown().map(|notice| notice.text.clone()).unwrap_or_default();
        assert!(said.contains("store accept-clock"), "{said}");
    }

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
