//! The questions before something is done about a change that is not known to be done.

use crate::domain::calendar;
use crate::text::safe_line;
use crate::tui::deed::Deed;
use crate::tui::layers::confirm::{Confirm, Entry, Word};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::{Attempt, Fate, Kept, Unconfirmed};

/// Changes that a question names before it only counts the rest.
const NAMED: usize = 5;

/// How an order is repeated.
#[derive(Debug, Clone, Copy)]
pub(super) enum Again {
    /// It is tried once.
    Once,
    /// It is tried until it is confirmed.
    UntilDone,
}

/// What is known of what became of it.
fn known_fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Unknown => "unknown whether it was done",
        Fate::NotDone => "not done",
        Fate::Unseen => "done, and nobody saw its value",
    }
}

/// Whether to order it again.
pub(super) fn again(shared: &Shared, known: &Unconfirmed, again: Again) -> Confirm {
    let Kept { at, fate, attempt, .. } = &known.kept;
    let doing = attempt.doing();
    let asked = match again {
        Again::Once => format!("Are you sure you want to {doing}, once more?"),
        Again::UntilDone => {
            format!("Are you sure you want to {doing}, again and again until it is confirmed?")
        }
    };
    let what = match attempt {
        Attempt::Token(order) => format!("{}   ", order.id),
        _ => String::new(),
    };
    let facts = format!("{what}ordered {}, {}", calendar::seconds(*at), known_fate(*fate));
    let phrase = known.bulk.as_ref().and_then(|bulk| bulk.plan.phrase());
    let entry = phrase.map_or(Entry::Nothing, |phrase| Entry::Word(Word::new(phrase)));
    let (title, button, deed) = match again {
        Again::Once => ("Order a change again", "Order again", Deed::OrderAgain(known.number)),
        Again::UntilDone => ("Keep trying", "Keep trying", Deed::Insist(known.number)),
    };
    let stage = Stage { text: vec![asked, facts], button };
    Confirm::new(title.to_owned(), shared.at_work_here(), vec![stage], deed).wanting(entry)
}

/// Whether to keep track of it no longer.
pub(super) fn dismissal(shared: &Shared, known: &Unconfirmed) -> Confirm {
    let asked = format!("Keep track of it no longer? {}", known.kept.attempt.doing());
    let fate = match known.kept.fate {
        Fate::Unknown => "It may have been done or not: look yourself.",
        Fate::NotDone => "It was not done, and will not be tried again.",
        Fate::Unseen => "Nobody saw its value: the token keeps it until it gets another.",
    };
    let stage = Stage { text: vec![asked, fate.to_owned()], button: "Dismiss" };
    let deed = Deed::Dismiss(known.number);
    Confirm::new("Dismiss a change".to_owned(), shared.at_work_here(), vec![stage], deed)
}

/// What is open, and whether to leave all the same.
pub(in crate::tui) fn leaving(shared: &Shared) -> Confirm {
    let count = shared.still_open().count();
    let mut text = vec![match count {
        1 => "1 change is not confirmed:".to_owned(),
        count => format!("{count} changes are not confirmed:"),
    }];
    let named = shared.still_open().take(NAMED);
    text.extend(named.map(|known| {
        let Kept { fate, attempt, .. } = &known.kept;
        format!("{}: {}", attempt.doing(), known_fate(*fate))
    }));
    if count > NAMED {
        text.push(format!("and {} more", count - NAMED));
    }
    text.push("They are kept, and looked at again at the next start here.".to_owned());
    let text = text.iter().map(|line| safe_line(line)).collect();
    let stage = Stage { text, button: "Leave" };
    let title = "Leave with unconfirmed changes".to_owned();
    Confirm::new(title, shared.at_work_here(), vec![stage], Deed::QuitUnconfirmed)
}
