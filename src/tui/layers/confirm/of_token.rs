//! Questions about one token: revoke in two stages, all else in one (R58, R60, R66, D7).

use crate::domain::{Verb, calendar, verify};
use crate::text::{Safe, safe_line};
use crate::tui::orders::Order;
use crate::tui::shared::Shared;
use crate::tui::since::ago;
use crate::tui::stage::Stage;
use crate::tui::{orders, overlap};
use crate::wire::{Ability, LookAlike, TokenView};

use super::{Confirm, Entry, Terms};

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

    /// Whether the old value of that token can pass beside a new one.
    pub(super) fn overlaps(&self, view: &TokenView) -> bool {
        self.session.abilities.must(&view.abilities, Ability::Overlap).is_ok()
    }

    /// The id beside the name, as names may look alike, and whether it is in use.
    pub(super) fn facts(&self, view: &TokenView) -> String {
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

impl Confirm {
    /// The question whether to do that to a token; of whom may say that it is a user's.
    pub(in crate::tui) fn of_token(
        shared: &Shared,
        verb: Verb,
        view: &TokenView,
        of_user: bool,
    ) -> Self {
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
        let question = Self::new(title, place, stages(shared, verb, view, of_user), order)
            .warning(shared.warnings(&takes, Some(view)));
        if overlap.is_none() {
            return question;
        }
        question.wanting(Entry::Terms(Terms::of(token, shared.overlaps(view))))
    }
}

fn stages(shared: &Shared, verb: Verb, view: &TokenView, of_user: bool) -> Vec<Stage> {
    let name = Safe::line(&view.token.name);
    let button = match verb {
        Verb::Revoke if of_user => "Revoke Token",
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
            first.extend(shared.overlap(&view.token).map(|old| overlap::consequence(view, old)));
        }
        Verb::Regenerate => {
            let once = if shared.is_shown_once(view) { ", which is shown only once" } else { "" };
            let text = vec![shared.facts(view), format!("It gets a new GUID and value{once}.")];
            return vec![Stage { text, button }];
        }
        // Each has its own dialog, or asks nothing but this.
        Verb::Enable | Verb::Edit | Verb::Accept | Verb::Reveal | Verb::HandOver => {}
    }
    vec![Stage { text: first, button }]
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
