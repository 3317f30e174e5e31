//! Handing tokens over: who gets them is chosen first, then it is asked what becomes of the
//! value that others know.

use crate::backend::Answer;
use crate::domain::{Receiver, Verb};
use crate::text::Safe;
use crate::tui::bulk::Whose;
use crate::tui::layers::Confirm;
use crate::tui::orders::Gift;
use crate::tui::picker::{Giving, Picker, Subject};
use crate::tui::place::{Outside, Then};
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::Attempt;
use crate::tui::update::base::Base as _;
use crate::tui::update::plan;
use crate::wire::{Issued, Target};

use super::changes::take_issued;

impl Tokens {
    /// Asks who is to have the token under the cursor, or the selected ones.
    pub(super) fn choose_receiver(&mut self, outside: &mut Outside<'_>) {
        self.drop_range();
        outside.then.push(Then::Build(|seen| {
            let one = seen.target().filter(|_| !seen.acts_on_selection());
            let giving = one.map_or(Giving::Selected, |view| Giving::One(Box::new(view.clone())));
            Box::new(Picker::open(Subject::Receiver(Box::new(giving)), seen))
        }));
    }

    /// Somebody was chosen: it is asked whether they are to have it.
    pub(in crate::tui) fn give(
        &self,
        giving: &Giving,
        to: Receiver,
        shared: &mut Shared,
    ) -> Option<Then> {
        match giving {
            Giving::One(view) => {
                let view = self.list.find(&view.token.id).unwrap_or(view);
                Some(Then::Open(Box::new(Confirm::of_gift(shared, view, to))))
            }
            Giving::Selected => {
                let aim = Whose::ForAnother { to, name: shared.receiver_named(to) };
                let target = Target::Tokens(self.list.selection.ids());
                plan::ask(Some(Verb::HandOver), (target, aim), self.list.query.clone(), shared);
                None
            }
        }
    }

    pub(super) fn given(
        &mut self,
        gift: Gift,
        result: Answer<Box<Issued>>,
        outside: &mut Outside<'_>,
    ) {
        let Gift { order, how } = gift;
        outside.shared.acting.remove(&order.id);
        match result {
            Ok(issued) => take_issued(issued, Verb::HandOver, outside),
            Err(error) => {
                let name = Safe::line(&order.name);
                outside.shared.failed(&format!("hand {name} over"), &error);
                outside.shared.doubt(Attempt::Token(order), !how.new_value, &error);
            }
        }
        self.reload(outside.shared);
    }
}
