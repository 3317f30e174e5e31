//! Confirmations and what follows them: revoke in two stages, enable and disable
//! in one (R58, R60, D7).

use crate::domain::{Verb, calendar};
use crate::text::Safe;
use crate::tui::availability::{refused, switch};
use crate::tui::effect::{Call, Effect, Order};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::overlay::{Confirm, Overlay, Pressed, Stage};
use crate::wire::TokenView;

/// How long ago, in the largest unit that says it.
fn ago(minutes: i64) -> String {
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

impl Model {
    pub(super) fn confirm_revoke(&mut self) -> Vec<Effect> {
        self.confirm(Verb::Revoke)
    }

    pub(super) fn confirm_switch(&mut self) -> Vec<Effect> {
        match self.target().map(|view| switch(self.status(view))) {
            Some(verb) => self.confirm(verb),
            None => vec![],
        }
    }

    fn confirm(&mut self, verb: Verb) -> Vec<Effect> {
        if let Some(dialog) = self.target().map(|view| self.dialog_for(verb, view)) {
            self.overlays.push(Overlay::Confirm(Box::new(dialog)));
        }
        vec![]
    }

    fn dialog_for(&self, verb: Verb, view: &TokenView) -> Confirm {
        let token = &view.token;
        let account = view.names.account(token.account);
        let id = token.account.map(|id| format!(" {id}")).unwrap_or_default();
        let place = Safe::line(&format!("{account}{id}  {}", self.backend())).into_string();
        let order = Order { verb, id: token.id, name: token.name.clone(), version: token.version };
        let title = format!("{} API token", verb.title());
        Confirm::new(title, place, self.stages(verb, view), order)
    }

    fn stages(&self, verb: Verb, view: &TokenView) -> Vec<Stage> {
        let name = Safe::line(&view.token.name);
        let button = verb.title();
        let mut first = vec![format!("Are you sure you want to {verb} {name}?"), self.facts(view)];
        match verb {
            Verb::Revoke => {
                let text = vec![
                    format!("Revoking {name} disables access to all associated products:"),
                    format!("{} This can't be undone.", lost_access(view)),
                ];
                vec![Stage { text: first, button }, Stage { text, button }]
            }
            Verb::Disable => {
                first.push("Its value is refused until it is enabled again.".to_owned());
                vec![Stage { text: first, button }]
            }
            _ => vec![Stage { text: first, button }],
        }
    }

    /// The id beside the name, as names may look alike, and whether it is in use.
    fn facts(&self, view: &TokenView) -> String {
        let token = &view.token;
        let access = match token.last_used_at {
            None => "never used".to_owned(),
            Some(at) => {
                let since = ago((self.wall() - at).num_minutes());
                format!("last access {} ({since})", calendar::minutes(at))
            }
        };
        let owner = token.owner.map(|id| format!("   of {}", view.names.user(id)));
        let facts = format!("{}   {access}{}", token.id, owner.unwrap_or_default());
        Safe::line(&facts).into_string()
    }

    /// Presses the button with the focus.
    pub(super) fn press(&mut self) -> Vec<Effect> {
        let Some(pressed) = self.dialog_mut().map(Confirm::press) else { return vec![] };
        match pressed {
            Pressed::Next => vec![],
            Pressed::Cancelled => {
                self.overlays.pop();
                vec![]
            }
            Pressed::Confirmed(order) => {
                self.overlays.pop();
                self.acting.insert(order.id);
                vec![Effect::Call(Call::Act(order))]
            }
        }
    }

    /// The token of the dialog on top is now like this. A dialog about what is no
    /// longer so starts again, or closes with the reason.
    pub(super) fn recheck_dialog(&mut self, view: &TokenView) {
        let Some(order) = self.dialog().map(|dialog| dialog.order.clone()) else { return };
        if order.id != view.token.id || order.version == view.token.version {
            return;
        }
        self.overlays.pop();
        if let Some(refusal) = refused(self, view, order.verb) {
            let name = Safe::line(&view.token.name);
            self.say(Kind::Refused, format!("{name} changed meanwhile: {refusal}"));
            return;
        }
        let mut dialog = self.dialog_for(order.verb, view);
        dialog.note = Some("It changed meanwhile: look again".to_owned());
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }
}

/// `Catalog (Full), Orders (Read).`
fn lost_access(view: &TokenView) -> String {
    let grants = view.grants();
    if grants.is_empty() {
        return "no modules.".to_owned();
    }
    let words: Vec<_> =
        grants.iter().map(|grant| format!("{} ({})", grant.module, grant.level)).collect();
    Safe::line(&format!("{}.", words.join(", "))).into_string()
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn a_time_ago_is_said_in_its_largest_unit() {
        assert_eq!(ago(-5), "just now");
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(59), "59 min ago");
        assert_eq!(ago(15 * 60 + 38), "15 h ago");
        assert_eq!(ago(48 * 60), "2 days ago");
    }
}
