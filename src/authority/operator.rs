//! Who am I: from a login to a user of the store.

use crate::domain::Refusal;

use super::{Authority, Caller, Ruling};
use crate::wire::StoreKind;

impl Authority {
    /// Takes the caller for the user `login`; an unknown or disabled one is refused.
    pub fn sign_in(&self, login: &str, system_login: &str) -> Ruling<Caller> {
        let known = self.known();
        self.read(|state| {
            let catalogue = known.at(state)?;
            let user = catalogue.user_by_login(login);
            let example = self.store.info().kind == StoreKind::Example;
            let unknown = || Refusal::UnknownUser { login: login.to_owned(), example };
            let user = user.ok_or_else(unknown)?;
            if user.is_disabled() {
                return Err(Refusal::UserDisabled { name: user.name.clone() }.into());
            }
            Ok(Caller::here(user, system_login))
        })
    }
}
