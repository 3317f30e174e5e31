//! Who calls, and as whom they are at work: looked up anew for every call, so that a
//! permission taken away counts at once.

use crate::domain::{Catalogue, GivenReason, Operator, Refusal, Time, User, UserId};

/// A user who signed in, and the login of the operating system they came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    user: UserId,
    login: String,
    system_login: Option<String>,
    until: Option<Time>,
    reason: Option<GivenReason>,
}

impl Caller {
    /// When the credential ends that they came with.
    pub fn until(&self) -> Option<Time> {
        self.until
    }

    /// The same, who says why: it stands with every event of what they do.
    #[must_use]
    pub fn because(self, reason: GivenReason) -> Self {
        Self { reason: Some(reason), ..self }
    }

    /// Why they do what they do, where they say so.
    pub fn reason(&self) -> Option<&GivenReason> {
        self.reason.as_ref()
    }

    /// Who it is.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// A user who works on the store's own machine.
    pub(super) fn here(user: &User, system_login: &str) -> Self {
        let (user, login) = (user.id, user.login.clone());
        let system_login = Some(system_login.to_owned());
        Self { user, login, system_login, until: None, reason: None }
    }

    /// A user who came over the network with a credential that ends then: there is no
    /// system login to tell of.
    pub(super) fn remote(user: &User, until: Time) -> Self {
        let (user, login) = (user.id, user.login.clone());
        Self { user, login, system_login: None, until: Some(until), reason: None }
    }

    /// The user as they are now; refused where they were removed or disabled. Whoever
    /// came over the network is told no more than that they are not signed in.
    pub fn operator(&self, catalogue: &Catalogue) -> Result<Operator, Refusal> {
        let user = catalogue.users.get(&self.user).filter(|user| user.login == self.login);
        match user {
            Some(user) if !user.is_disabled() => Ok(Operator::of(user, self.system_login.clone())),
            Some(_) if self.until.is_some() => Err(Refusal::NotSignedIn),
            Some(user) => Err(Refusal::UserDisabled { name: user.name.clone() }),
            None => Err(Refusal::UnknownUser { login: self.login.clone(), example: false }),
        }
    }
}
