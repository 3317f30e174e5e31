//! Confirmations for one token and what follows them: revoke in two stages, all
//! else in one (R58, R60, R66, D7).

use crate::domain::{Verb, calendar, verify};
use crate::text::{Safe, safe_line};
use crate::tui::call::Call;
use crate::tui::deed::{Deed, Exit};
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::layers::job_list::questions;
use crate::tui::layers::{Confirm, Entry, Issue, Terms};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::orders::Order;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::since::ago;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::Warned;
use crate::tui::{orders, overlap};
use crate::wire::{Ability, LookAlike, TokenView};

impl Shared {
    /// Whether its value still works, for who deletes it (R66).
    fn end_of(&self, view: &TokenView) -> &'static str {
        if self.status(view).is_active() {
            "Its value works until you delete it. This can't be undone."
        } else {
            "Its value does not work now. This can't be undone."
        }
    }

    /// How many values of it a gateway would let pass now.
    fn passing(&self, view: &TokenView) -> usize {
        verify::passing_values(&view.token, view.out_of_service, self.wall())
    }

    /// The id beside the name, as names may look alike, and whether it is in use.
    fn facts(&self, view: &TokenView) -> String {
        let token = &view.token;
        let access = match token.last_used_at {
            None => match token.owner.and(token.accepted) {
                Some(_) => "accepted, never used".to_owned(),
                None => "never used".to_owned(),
            },
            Some(at) => {
                let since = ago((self.wall() - at).num_minutes());
                format!("last access {} ({since})", calendar::minutes(at))
            }
        };
        let owner = token.owner.map(|id| format!("   of {}", view.names.user(id)));
        let status = self.status(view);
        let mark = self.glyphs.status(status);
        let owner = owner.unwrap_or_default();
        let status = view.status_in_words(status);
        let facts = format!("{}  {mark} {status}  {access}{owner}", token.id);
        safe_line(&facts)
    }
}

impl Tokens {
    fn dialog_for(&self, shared: &Shared, verb: Verb, view: &TokenView) -> Confirm {
        let token = &view.token;
        let account = shared.account_named(view);
        let id = token.account.map(|id| format!(" {id}")).unwrap_or_default();
        let place = safe_line(&format!("{account}{id}  {}", shared.backend()));
        let order =
            Order { verb, id: token.id.clone(), name: token.name.clone(), version: token.version };
        let title = match verb {
            Verb::Delete if view.is_request() => "Cancel request".to_owned(),
            Verb::Regenerate => format!("Regenerate {}", Safe::line(&token.name)),
            Verb::DropOld => verb.title().to_owned(),
            verb => format!("{} API token", verb.title()),
        };
        let overlap = (verb == Verb::Regenerate).then_some(Ability::Overlap);
        let takes: Vec<_> = [Ability::of(verb)].into_iter().chain(overlap).collect();
        let dialog = Confirm::new(title, place, self.stages(shared, verb, view), order)
            .warning(shared.warnings(&takes, Some(view)));
        let Some(overlap) = overlap else { return dialog };
        let overlaps = shared.session.abilities.must(&view.abilities, overlap).is_ok();
        dialog.wanting(Entry::Terms(Terms::of(token, overlaps)))
    }

    fn stages(&self, shared: &Shared, verb: Verb, view: &TokenView) -> Vec<Stage> {
        let name = Safe::line(&view.token.name);
        let button = match verb {
            Verb::Revoke if self.viewed().is_some() => "Revoke Token",
            verb => verb.title(),
        };
        let asked = format!("Are you sure you want to {}?", orders::doing(verb, name.as_str()));
        let alike = LookAlike::warning(&view.look_alikes);
        let alike = alike.map(|warning| format!("{}.", Safe::line(&warning)));
        let mut first = vec![asked, shared.facts(view)];
        first.extend(alike);
        match verb {
            Verb::Revoke => {
                let text = vec![
                    format!("Revoking {name} disables access to all associated products:"),
                    format!("{} This can't be undone.", lost_access(view)),
                ];
                return vec![Stage { text: first, button }, Stage { text, button }];
            }
            Verb::Disable => {
                first.push("Its value is refused until it is enabled again.".to_owned());
            }
            Verb::Delete if view.is_request() => {
                let asked = format!("Are you sure you want to cancel the request for {name}?");
                let exported = match shared.passing(view) {
                    0 => "",
                    _ => "Its exported value stops working. ",
                };
                let end = format!("{exported}This can't be undone.");
                let text = vec![asked, shared.facts(view), end];
                return vec![Stage { text, button: "Cancel request" }];
            }
            Verb::Delete => first.push(shared.end_of(view).to_owned()),
            Verb::DropOld => {
                first
                    .extend(shared.overlap(&view.token).map(|old| overlap::consequence(view, old)));
            }
            Verb::Regenerate => {
                let once =
                    if shared.is_shown_once(view) { ", which is shown only once" } else { "" };
                let text = vec![shared.facts(view), format!("It gets a new GUID and value{once}.")];
                return vec![Stage { text, button }];
            }
            // Each has its own dialog, or asks nothing but this.
            Verb::Enable | Verb::Edit | Verb::Accept | Verb::Reveal | Verb::HandOver => {}
        }
        vec![Stage { text: first, button }]
    }
}

impl Model {
    /// Asks before something is done to the selected tokens, or to the one under the
    /// cursor.
    pub(super) fn confirm_verb(&mut self, verb: Verb) {
        if self.screens.acts_on_selection() {
            return self.propose(Some(verb));
        }
        let verb = match verb {
            Verb::Revoke => self.screens.target().map_or(verb, |view| self.revoking(view)),
            verb => verb,
        };
        self.confirm(verb);
    }

    pub(super) fn confirm_switch(&mut self) {
        if self.screens.acts_on_selection() {
            return self.propose(None);
        }
        if let Some(verb) = self.screens.target().map(|view| self.switching(view)) {
            self.confirm(verb);
        }
    }

    /// Asks before something is done to the token under the cursor.
    pub(super) fn confirm(&mut self, verb: Verb) {
        if let Some(dialog) = self
            .screens
            .target()
            .map(|view| self.screens.tokens.dialog_for(&self.shared, verb, view))
        {
            self.layers.push(dialog);
        }
    }

    /// All is confirmed.
    pub(super) fn carry_out(&mut self, deed: Deed) {
        match deed {
            Deed::Act(order) if order.verb == Verb::Accept => {
                self.layers.pop();
                self.accept_now(order);
            }
            Deed::Act(order) => {
                self.layers.pop();
                self.acting.insert(order.id.clone());
                self.ask(Call::Act(order));
            }
            Deed::Regenerate(order) => self.regenerate(order),
            Deed::Run(bulk) => self.run_bulk(bulk),
            Deed::Holders(holders) => self.run_holders(holders),
            Deed::RemoveEntry(removal) => {
                self.layers.pop();
                self.screens.shelf.remove_entry(&mut self.shared, removal);
            }
            Deed::SwitchUser(order) => {
                self.layers.pop();
                self.screens.shelf.switch_user(&mut self.shared, order);
            }
            Deed::Discard => {
                self.layers.pop();
                self.layers.take::<Form>();
            }
            Deed::Reload => {
                self.layers.pop();
                if let Some(form) = self.layers.find_mut::<Form>() {
                    form.reload(&mut self.shared);
                }
            }
            Deed::Steer(steer) => {
                self.layers.pop();
                self.ask(Call::Steer(steer));
            }
            Deed::AskAbandon(job) => {
                self.layers.pop();
                let dialog = questions::abandon(self, *job);
                self.layers.push(dialog);
            }
            Deed::Switch(name) => {
                self.layers.pop();
                self.open_backend(name, true);
            }
            Deed::Quit => self.put(Effect::Quit),
            Deed::QuitUnconfirmed => {
                self.warned = Warned::Agreed;
                self.leave();
            }
            Deed::OrderAgain(number) => {
                self.layers.pop();
                self.order_again(number);
            }
            Deed::Insist(number) => {
                self.layers.pop();
                if let Some(known) = self.unconfirmed_mut(number) {
                    known.insists = true;
                }
                self.order_again(number);
            }
            Deed::Dismiss(number) => {
                self.layers.pop();
                self.release_form(number);
                self.forget_unconfirmed(number);
            }
            Deed::Nothing => {
                self.layers.pop();
            }
            Deed::Leave(exit) => {
                self.layers.pop();
                if let (Some(issue), Exit::Details) = (self.layers.take::<Issue>(), exit) {
                    self.screens.tokens.open_details_of(&mut self.shared, *issue.token);
                }
            }
        }
    }

    /// There is nothing left to confirm in the dialog on top: it says why instead of
    /// asking, and so do the messages.
    pub(super) fn void_question(&mut self, why: String) {
        if let Some(dialog) = self.layers.top_mut::<Confirm>() {
            dialog.void(why.clone());
        }
        self.say(Kind::Refused, why);
    }

    /// The token of the dialog on top is now like this. A dialog about what is no
    /// longer so starts again, or closes with the reason.
    pub(super) fn recheck_dialog(&mut self, view: &TokenView) {
        let Some(order) = self.layers.top::<Confirm>().and_then(Confirm::order).cloned() else {
            return;
        };
        if order.id != view.token.id || order.version == view.token.version {
            return;
        }
        let name = Safe::line(&view.token.name);
        if order.verb == Verb::Accept {
            // What it replaces has to be asked for anew.
            self.void_question(format!("{name} changed meanwhile: accept it again"));
            return;
        }
        if let Some(refusal) = self.refused(view, order.verb) {
            self.void_question(format!("{name} changed meanwhile: {refusal}"));
            return;
        }
        self.layers.pop();
        let mut dialog = self.screens.tokens.dialog_for(&self.shared, order.verb, view);
        dialog.note = Some("It changed meanwhile: look again".to_owned());
        self.layers.push(dialog);
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
    safe_line(&format!("{}.", words.join(", ")))
}
