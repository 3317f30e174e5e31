//! The account that is looked at. Where it changes, what is listed changes on every screen.

use crate::domain::{AccountFilter, AccountId};
use crate::tui::list::List;
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;

impl Screens {
    /// Scopes and modules that the account does not have would hide all it has.
    fn drop_foreign_filters(&mut self, shared: &Shared, account: Option<AccountId>) {
        let Some(account) = account else { return };
        let catalogue = &shared.catalogue;
        self.tokens_mut()
            .filters
            .scopes
            .retain(|id| catalogue.scopes.get(id).is_some_and(|scope| scope.account == account));
        self.tokens_mut().filters.modules.retain(|id| {
            catalogue.modules.get(id).is_some_and(|module| module.accounts.contains(&account))
        });
    }
}

impl Model {
    /// Lists the tokens of one account, or of all. The one place where the account
    /// changes: what belongs to the rows of the one before ends here.
    pub(super) fn choose_account(&mut self, account: Option<AccountId>) {
        self.screens.close_user(&mut self.shared);
        let seat = self.seat();
        self.remember(Change::Account { seat, account });
        let wanted = AccountFilter::from(account);
        if wanted == self.shared.account {
            return;
        }
        self.screens.tokens_mut().empty_details(&self.shared);
        self.screens.drop_foreign_filters(&self.shared, account);
        let mut query = std::mem::take(&mut self.screens.tokens_mut().list.query);
        query.account = wanted;
        self.shared.account = wanted;
        // No row of the account before is seen under the name of this one.
        self.screens.tokens_mut().list = List::of(query);
        self.screens.tokens_mut().renew_dates(&self.shared);
        self.tell(&News::Known);
        self.screens.tokens_mut().reload(&mut self.shared);
        self.screens.turn_users_to_account(&mut self.shared, account);
    }

    /// Leaves an account that is no longer the operator's to see.
    pub(super) fn leave_lost_account(&mut self) {
        match self.shared.account {
            AccountFilter::One(account) if !self.may_choose(account) => {
                self.say(Kind::Info, format!("{account} is no longer here"));
                self.choose_account(None);
            }
            _ => {}
        }
    }
}
