//! Who signs in to a server: operator credentials made, listed, revoked and
//! recognised. A credential stands for its user as they are at each call, so what
//! is taken from the user is taken from it at once.

use crate::domain::catalogue_rules::known_to;
use crate::domain::sign_in::{end, may_look_after};
use crate::domain::{
    Actor, Change, Detail, EventAction, Guid, Name, NewEvent, OperatorCredential, OperatorSecret,
    Refusal, Stamp, Subject, User, UserId, ValueHash, name,
};
use crate::seal::random;
use crate::wire::{CredentialAsk, CredentialState, CredentialView, Run};

use super::scene::Scene;
use super::{Authority, Caller, Ruling, Trace};

impl Authority {
    /// Makes a credential for a user. Nothing is returned of a dry run but what it
    /// would be.
    pub fn create_credential(
        &self,
        caller: &Caller,
        ask: &CredentialAsk,
        run: Run,
    ) -> Ruling<(CredentialView, Option<OperatorSecret>)> {
        let guid = self.propose_guid()?;
        let secret = OperatorSecret::generate(guid, random::fill)?;
        let (view, hash) = self.decide(caller, run, |scene| {
            let user = looked_after(scene, ask.user)?;
            if user.is_disabled() {
                return Err(Refusal::UserDisabled { name: user.name }.into());
            }
            let expires_at = end(ask.expiry, scene.now)?;
            let name = ask.name.as_deref().map(checked_name).transpose()?;
            let credential = OperatorCredential {
                guid,
                user: user.id,
                hash: secret.hash(),
                name,
                created: Stamp { at: scene.now, by: Some(scene.operator.user) },
                expires_at,
                revoked: None,
                last_used_at: None,
            };
            let mut facts = about(&credential);
            facts.insert(1, Detail::ValidTo { at: Some(expires_at) });
            let event = event(scene, user.id, EventAction::Created, facts);
            let answer = (self.credential_view(scene, &credential, &user.login), credential.hash);
            Ok((vec![Change::OperatorCredential(credential, event)], answer))
        })?;
        let made = run == Run::Real && hash.matches(&secret.hash());
        Ok((view, made.then_some(secret)))
    }

    /// The credentials the caller may look after, the oldest first.
    pub fn credentials(&self, caller: &Caller) -> Ruling<Vec<CredentialView>> {
        self.glance(caller, |scene| {
            let known = known_to(&scene.operator, &scene.catalogue);
            let mine = |credential: &OperatorCredential| {
                let user = known.users.get(&credential.user)?;
                let whole = scene.catalogue.users.get(&credential.user)?;
                may_look_after(&scene.operator, whole, &scene.catalogue).ok()?;
                Some(self.credential_view(scene, credential, &user.login))
            };
            Ok(scene.state.operator_credentials()?.iter().filter_map(mine).collect())
        })
    }

    /// Revokes one credential of a user, or all that still sign in. Refused where
    /// there is none.
    pub fn revoke_credentials(
        &self,
        caller: &Caller,
        user: UserId,
        only: Option<Guid>,
        run: Run,
    ) -> Ruling<Vec<CredentialView>> {
        self.decide(caller, run, |scene| {
            let user = looked_after(scene, user)?;
            let mut changes = Vec::new();
            let mut views = Vec::new();
            for credential in scene.state.operator_credentials()? {
                let named = only.is_none_or(|guid| guid == credential.guid);
                if credential.user != user.id || !named {
                    continue;
                }
                match (only, credential.revoked) {
                    (Some(_), Some(_)) => return Err(Refusal::AlreadyRevoked.into()),
                    (None, _) if !credential.is_valid(scene.now) => continue,
                    _ => {}
                }
                let stamp = Stamp { at: scene.now, by: Some(scene.operator.user) };
                let revoked = OperatorCredential { revoked: Some(stamp), ..credential };
                let event = event(scene, user.id, EventAction::Revoked, about(&revoked));
                views.push(self.credential_view(scene, &revoked, &user.login));
                changes.push(Change::OperatorCredential(revoked, event));
            }
            if changes.is_empty() {
                let name = only.map_or_else(|| user.login.clone(), |guid| guid.to_string());
                return Err(Refusal::NotFound { what: "operator credential", name }.into());
            }
            Ok((changes, views))
        })
    }

    fn credential_view(
        &self,
        scene: &Scene,
        credential: &OperatorCredential,
        login: &str,
    ) -> CredentialView {
        let unwritten = self.uses.of_credential(credential.guid);
        let last_used_at = credential.last_used_at.max(unwritten);
        view(scene, &OperatorCredential { last_used_at, ..credential.clone() }, login)
    }

    /// Whose credential this is. Unknown ones cost the same comparison as known ones.
    pub fn recognise(&self, secret: &OperatorSecret, trace: Trace) -> Ruling<Caller> {
        let known = self.known();
        self.read(|state| {
            let presented = secret.hash();
            let found = state.operator_credential(secret.guid())?;
            let nobody = ValueHash::from_bytes([0; 32]);
            let hash = found.as_ref().map_or(nobody, |credential| credential.hash);
            let matches = hash.matches(&presented);
            let head = state.head()?;
            // While the clock is not believed it is the time that is known: nobody could
            // come and pull the brake otherwise.
            let now = self.now(head);
            let credential = found.filter(|_| matches).ok_or(Refusal::NotSignedIn)?;
            if !credential.is_valid(now) {
                self.note_time(trace, now, head);
                return Err(Refusal::NotSignedIn.into());
            }
            let catalogue = known.at(state)?;
            let user = catalogue.users.get(&credential.user).filter(|user| !user.is_disabled());
            let user = user.ok_or(Refusal::NotSignedIn)?;
            if trace == Trace::Kept {
                self.uses.note_sign_in(credential.guid, credential.last_used_at, now);
            }
            Ok(Caller::remote(user, credential.expires_at))
        })
    }
}

/// A user the caller knows of and may give credentials to.
fn looked_after(scene: &Scene, id: UserId) -> Ruling<User> {
    let known = known_to(&scene.operator, &scene.catalogue);
    let user = scene.catalogue.users.get(&id).filter(|_| known.users.contains_key(&id));
    let missing = || Refusal::NotFound { what: "user", name: id.to_string() };
    let user = user.ok_or_else(missing)?;
    may_look_after(&scene.operator, user, &scene.catalogue)?;
    Ok(user.clone())
}

/// A name as it may be: what stands in the record for ever shows no value.
fn checked_name(name: &str) -> Result<String, Refusal> {
    name::check(name, "Name").map_err(|message| Refusal::field("name", message))
}

/// What an event tells of a credential: which, and what it is called.
fn about(credential: &OperatorCredential) -> Vec<Detail> {
    let name = credential.name.as_deref().and_then(Name::of);
    let name = name.map(|name| Detail::Name { before: Some(name.clone()), after: name });
    [Detail::Credential { guid: credential.guid }].into_iter().chain(name).collect()
}

fn event(scene: &Scene, user: UserId, action: EventAction, details: Vec<Detail>) -> NewEvent {
    let by = Actor {
        user: Some(scene.operator.user),
        system_login: scene.operator.system_login.clone(),
    };
    NewEvent { at: scene.now, by, subject: Subject::User(user), action, details }
}

fn view(scene: &Scene, credential: &OperatorCredential, login: &str) -> CredentialView {
    let state = if credential.revoked.is_some() {
        CredentialState::Revoked
    } else if scene.catalogue.users.get(&credential.user).is_some_and(User::is_disabled) {
        CredentialState::Disabled
    } else if credential.is_valid(scene.now) {
        CredentialState::Active
    } else {
        CredentialState::Expired
    };
    CredentialView {
        guid: credential.guid,
        user: credential.user,
        login: login.to_owned(),
        name: credential.name.clone(),
        state,
        created_at: credential.created.at,
        created_by: credential.created.by.map(|id| scene.user(id)),
        expires_at: credential.expires_at,
        revoked_at: credential.revoked.map(|stamp| stamp.at),
        last_used_at: credential.last_used_at,
    }
}
