//! Who can be given a token: the users of its account, and the account itself. Who can't have
//! it is listed with the reason.

use super::entry::{Choice, Entry};
use crate::domain::hand_over::may_receive;
use crate::domain::{AccountId, Receiver, User, draft};
use crate::text::{pad, safe_line, width};
use crate::tui::place::Seen;
use crate::wire::TokenView;

/// The widest the names make their column.
const NAME: usize = 28;

/// What is to be handed over.
#[derive(Debug, Clone)]
pub(in crate::tui) enum Giving {
    /// This token.
    One(Box<TokenView>),
    /// Those that are selected: each is asked about when the plan is made.
    Selected,
}

impl Giving {
    /// Why that one can't have it.
    pub(in crate::tui) fn refusal(&self, to: Receiver, model: &Seen<'_>) -> Option<String> {
        match self {
            Self::One(view) => {
                let who = (&model.session.operator, &model.catalogue);
                let refusal = may_receive(&view.token, to, who).err()?;
                Some(safe_line(&refusal.to_string()))
            }
            Self::Selected => None,
        }
    }
}

/// The account first, then its users by name.
pub(super) fn entries(giving: &Giving, model: &Seen<'_>) -> Vec<Entry> {
    let (account, known) = match giving {
        Giving::One(view) => (view.token.account, true),
        Giving::Selected => (model.account(), model.account().is_some()),
    };
    let belongs = |user: &&User| !known || belongs(user, account);
    let mut users: Vec<_> = model.catalogue.users.values().filter(belongs).collect();
    users.sort_by_key(|user| (user.name.to_lowercase(), user.id));
    let names = users.iter().map(|user| width(&safe_line(&user.name)));
    let column = names.chain([ACCOUNT.len()]).max().unwrap_or_default().min(NAME);
    let entry = |to: Receiver, text: String, name: &str| {
        let refusal = giving.refusal(to, model).unwrap_or_default();
        // Its name stands beside it.
        let why = refusal.strip_prefix(name).unwrap_or(&refusal).trim_start().to_owned();
        Entry::new(Choice::Receiver(to), "", text).noted(why)
    };
    let name = model.catalogue.account_name(account);
    let whose = if known { safe_line(&name) } else { "of each".to_owned() };
    let back = entry(Receiver::Account, format!("{}  {whose}", pad(ACCOUNT, column)), "");
    let each = users.into_iter().map(|user| {
        let name = safe_line(&user.name);
        let text = format!("{}  {}", pad(&name, column), user.id);
        entry(Receiver::User(user.id), text, &name)
    });
    [back].into_iter().chain(each).collect()
}

/// What the entry says that gives it back.
const ACCOUNT: &str = "the account itself";

/// Whether a user could own one there, in service or not: who is out of it is told so.
fn belongs(user: &User, account: Option<AccountId>) -> bool {
    draft::belongs(user, account)
}
