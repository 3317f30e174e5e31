//! Settling changes whose outcome is unknown, by reading the token back. Nothing is
//! said to be done before the backend says so, and nothing is forgotten.

use crate::backend::{Answer, BackendError};
use crate::domain::{Refusal, TokenId, Verb};
use crate::text::Safe;
use crate::tui::effect::{Call, Effect, Order};
use crate::tui::model::Model;
use crate::tui::moment::Moment;
use crate::tui::notice::Kind;
use crate::tui::reach;
use crate::tui::unconfirmed::{Found, Unconfirmed};
use crate::tui::words;
use crate::wire::TokenView;

impl Model {
    /// The unconfirmed change of a token of this backend.
    pub(in crate::tui) fn unconfirmed_of(&self, id: TokenId) -> Option<&Unconfirmed> {
        let seat = self.seat();
        self.unconfirmed.iter().find(|known| known.order.id == id && known.seat == seat)
    }

    /// How many changes at this backend are unconfirmed.
    pub(in crate::tui) fn unconfirmed_here(&self) -> usize {
        let seat = self.seat();
        self.unconfirmed.iter().filter(|known| known.seat == seat).count()
    }

    /// When the next token is to be read back by itself.
    pub(in crate::tui) fn look_at(&self) -> Option<Moment> {
        let seat = self.seat();
        let here = self.unconfirmed.iter().filter(|known| known.seat == seat && !known.looking);
        here.map(|known| known.look_at).min()
    }

    /// A change failed. Where it may have been done all the same, it is kept, and its
    /// token read back.
    pub(super) fn doubt(&mut self, order: &Order, error: &BackendError) -> Vec<Effect> {
        if !reach::is_open(error) {
            return vec![];
        }
        let seat = self.seat();
        self.unconfirmed.retain(|known| known.order.id != order.id || known.seat != seat);
        self.unconfirmed.push(Unconfirmed::new(seat, order.clone(), self.now));
        self.read_back()
    }

    /// The token is known to be like this now, by an answer to a later change.
    pub(super) fn settle_by(&mut self, view: &TokenView) {
        let (seat, now) = (self.seat(), self.now);
        self.unconfirmed.retain(|known| {
            let other = known.order.id != view.token.id || known.seat != seat;
            other || known.settle(view, now) == Found::Open
        });
    }

    /// Reads back every token of this backend with an unconfirmed change.
    pub(super) fn read_back(&mut self) -> Vec<Effect> {
        let seat = self.seat();
        let here = self.unconfirmed.iter_mut().filter(|known| known.seat == seat && !known.looking);
        here.map(|known| {
            known.looking = true;
            Effect::Call(Call::ReadBack { id: known.order.id, seat: seat.clone() })
        })
        .collect()
    }

    /// A token was read back, or could not be.
    pub(super) fn was_read_back(
        &mut self,
        id: TokenId,
        seat: &str,
        result: Answer<Box<TokenView>>,
    ) -> Vec<Effect> {
        let now = self.now;
        let mine = |known: &&mut Unconfirmed| known.order.id == id && known.seat == seat;
        let Some(known) = self.unconfirmed.iter_mut().find(mine) else { return vec![] };
        known.look_later(now);
        let order = known.order.clone();
        let found = match &result {
            Ok(view) => known.settle(view, now),
            // A token that was deleted may be out of sight.
            Err(BackendError::Refused(Refusal::NotFound { .. })) => match order.verb {
                Verb::Delete => Found::Done,
                _ => Found::Changed,
            },
            Err(_) => Found::Open,
        };
        if found == Found::Open {
            return vec![];
        }
        self.unconfirmed.retain(|known| known.order.id != id || known.seat != seat);
        self.tell_settled(&order, found);
        let mut effects = match result {
            Ok(view) if seat == self.seat() => self.take_changed(*view),
            _ => vec![],
        };
        effects.extend(self.reload());
        effects
    }

    fn tell_settled(&mut self, order: &Order, found: Found) {
        let name = Safe::line(&order.name);
        let doing = words::doing(order.verb, name.as_str());
        let (kind, text) = match (found, order.verb) {
            (Found::Done, verb) => {
                (Kind::Ok, format!("Confirmed: API token {name} was {}", verb.past()))
            }
            (Found::NotDone, _) => {
                (Kind::Error, format!("It was not done: {doing} again if it is still wanted"))
            }
            (_, Verb::Regenerate) => {
                let text = format!(
                    "{name} changed: if it has a new value, nobody saw it - regenerate it again"
                );
                (Kind::Error, text)
            }
            (..) => (Kind::Error, format!("{name} changed meanwhile: look before you {doing}")),
        };
        self.say(kind, text);
    }
}
