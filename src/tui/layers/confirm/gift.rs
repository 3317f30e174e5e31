//! The question whether to hand a token over: who had it still knows its value, so it gets a
//! new one unless the operator wants it otherwise.

use crate::domain::{HandOver, Overlap, Receiver, Verb};
use crate::text::{Safe, safe_line};
use crate::tui::orders::{Gift, Order};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::{Ability, TokenView};

use super::{Confirm, Entry, Terms};

impl Shared {
    /// Who that is, in words; not yet safe for a terminal.
    pub(in crate::tui) fn receiver_named(&self, to: Receiver) -> String {
        let Receiver::User(id) = to else { return "its account".to_owned() };
        self.catalogue.users.get(&id).map_or_else(|| id.to_string(), |user| user.name.clone())
    }
}

impl Confirm {
    /// The question whether that receiver is to have the token.
    pub(in crate::tui) fn of_gift(shared: &Shared, view: &TokenView, to: Receiver) -> Self {
        let token = &view.token;
        let account = shared.account_named(view);
        let id = token.account.map(|id| format!(" {id}")).unwrap_or_default();
        let place = safe_line(&format!("{account}{id}  {}", shared.backend()));
        let (verb, version) = (Verb::HandOver, token.version);
        let order = Order { verb, id: token.id.clone(), name: token.name.clone(), version };
        let name = Safe::line(&token.name);
        let asked = match to {
            Receiver::User(_) => {
                format!("Hand {name} over to {}?", Safe::line(&shared.receiver_named(to)))
            }
            Receiver::Account => format!("Hand {name} back to {}?", Safe::line(&account)),
        };
        let sealed = token.value.is_some_and(|value| value.retained);
        let erased = (sealed && to.owner().is_some())
            .then(|| "What the store can show of its value is erased for good.".to_owned());
        let text = [asked].into_iter().chain(erased).chain([shared.facts(view)]).collect();
        let how = HandOver { to, new_value: true, overlap: Overlap::NONE };
        let title = format!("{} API token", verb.title());
        let stage = Stage { text, button: verb.title() };
        Self::new(title, place, vec![stage], Gift { order, how })
            .warning(shared.warnings(&[Ability::HandOver], Some(view)))
            .wanting(Entry::Terms(Terms::of_gift(token, shared.overlaps(view))))
    }
}
