//! Who am I: from a login to a user of the store, looked up anew for every call,
//! so that a permission taken away counts at once.

use crate::domain::{Catalogue, Operator, Refusal, Time, User, UserId};

use super::{Answer, Authority};
use crate::wire::StoreKind;

/// A user who signed in, and the login of the operating system they came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    user: UserId,
    login: String,
    system_login: Option<String>,
    until: Option<Time>,
}

impl Caller {
    /// When the credential ends that they came with.
    pub fn until(&self) -> Option<Time> {
        self.until
    }

    /// Who it is.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// A user who came over the network with a credential that ends then: there is no
    /// system login to tell of.
    pub(super) fn remote(user: &User, until: Time) -> Self {
        let (user, login) = (user.id, user.login.clone());
        Self { user, login, system_login: None, until: Some(until) }
    }

    /// The user as they are now; refused where they were removed.
    pub fn operator(&self, catalogue: &Catalogue) -> Result<Operator, Refusal> {
        let user = catalogue.users.get(&self.user).filter(|user| user.login == self.login);
        user.map(|user| Operator::of(user, self.system_login.clone()))
            .ok_or_else(|| Refusal::UnknownUser { login: self.login.clone(), example: false })
    }
}

impl Authority {
    /// Takes the caller for the user `login`; an unknown one is refused.
    pub fn sign_in(&self, login: &str, system_login: &str) -> Answer<Caller> {
        let known = self.known();
        self.read(|state| {
            let catalogue = known.at(state)?;
            let user = catalogue.user_by_login(login);
            let example = self.store.info().kind == StoreKind::Example;
            let unknown = || Refusal::UnknownUser { login: login.to_owned(), example };
            let user = user.ok_or_else(unknown)?;
            Ok(Caller {
                user: user.id,
                login: user.login.clone(),
                system_login: Some(system_login.to_owned()),
                until: None,
            })
        })
    }
}
