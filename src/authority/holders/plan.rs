//! The plan for users: which users and modules, what each would lose, and what will
//! be done or why nothing will. Changes nothing.

use std::collections::BTreeSet;

use crate::authority::Ruling;
use crate::authority::scene::Scene;
use crate::domain::{
    AccountFilter, AccountId, HolderVerb, Module, ModuleId, Refusal, Status, Token, User, UserId,
    holding, name, verify,
};
use crate::search::TokenIndex;
use crate::wire::{HolderItem, HolderTarget, Lost, Step};

use super::counts;

/// What would be done for each user and module.
pub(in crate::authority) fn planned(
    verb: HolderVerb,
    target: &HolderTarget,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<HolderItem>> {
    scene.operator.must_manage()?;
    must_reach(scene, target.account)?;
    let modules = modules(verb, target, scene)?;
    let planner = Planner { verb, account: target.account, scene };
    let of = |user| planner.user(user, &modules, listing, target);
    Ok(users(target, scene).into_iter().flat_map(of).collect())
}

/// Refuses an account that is not the operator's as if there were none. A plan comes
/// back from whoever holds it, so this is asked again when it is run.
pub(super) fn must_reach(scene: &Scene, account: AccountId) -> Result<(), Refusal> {
    let known = scene.catalogue.accounts.contains_key(&account);
    if known && scene.operator.reaches(account) {
        return Ok(());
    }
    Err(Refusal::NotFound { what: "account", name: account.to_string() })
}

/// The modules chosen, or the only one there is. Cancelling takes a request for
/// whatever module, so it needs no choice (R130).
fn modules<'c>(
    verb: HolderVerb,
    target: &HolderTarget,
    scene: &'c Scene,
) -> Result<Vec<&'c Module>, Refusal> {
    let all = &scene.catalogue;
    let offered: Vec<&Module> = all.modules_of(Some(target.account)).collect();
    if target.modules.is_empty() {
        return match offered.as_slice() {
            [_] => Ok(offered),
            _ if verb == HolderVerb::Cancel => Ok(all.modules.values().collect()),
            _ => Err(Refusal::ChooseModule),
        };
    }
    let makes = verb.makes();
    let find = |id: &ModuleId| {
        let unknown = || Refusal::NotFound { what: "module", name: id.to_string() };
        let module = known_module(*id, scene).ok_or_else(unknown)?;
        if makes && !module.accounts.contains(&target.account) {
            let account = all.account_name(Some(target.account));
            let message = format!("{} is not enabled for {account}", module.name);
            return Err(Refusal::field("module", message));
        }
        Ok(module)
    };
    let mut chosen: Vec<&Module> = target.modules.iter().map(find).collect::<Result<_, _>>()?;
    chosen.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    Ok(chosen)
}

/// The users by name; those who are no more, or not to be known of, come last.
fn users(target: &HolderTarget, scene: &Scene) -> Vec<UserId> {
    let mut ids: Vec<UserId> = target.users.iter().copied().collect();
    ids.sort_by_cached_key(|id| {
        let user = known(*id, scene);
        (user.is_none(), user.map(|user| name::key(&user.name)), *id)
    });
    ids
}

/// What is the same for every item of a plan.
pub(super) struct Planner<'s> {
    pub(super) verb: HolderVerb,
    pub(super) account: AccountId,
    pub(super) scene: &'s Scene<'s>,
}

impl Planner<'_> {
    fn user(
        &self,
        id: UserId,
        modules: &[&Module],
        listing: &TokenIndex,
        target: &HolderTarget,
    ) -> Vec<HolderItem> {
        let operator = &self.scene.operator;
        let place = AccountFilter::One(self.account);
        let tokens: Vec<&Token> =
            listing.owned_by(id, operator).filter(|token| counts(token, place, operator)).collect();
        let mut items: Vec<_> =
            modules.iter().map(|module| self.item(id, module, &tokens)).collect();
        if target.modules.is_empty() && self.verb == HolderVerb::Cancel {
            // Of modules that nobody chose, only those count where something is pending.
            if items.iter().any(|item| item.step.acts()) {
                items.retain(|item| item.step.acts());
            } else {
                items.truncate(1);
            }
        }
        items
    }

    fn item(&self, id: UserId, module: &Module, tokens: &[&Token]) -> HolderItem {
        let catalogue = &self.scene.catalogue;
        let user = known(id, self.scene);
        let reaching: Vec<&Token> = tokens
            .iter()
            .copied()
            .filter(|token| holding::reaches(token, module.id, catalogue))
            .collect();
        let (lost, step) = match self.taken(id, &reaching) {
            Ok(taken) => (taken.iter().map(|token| self.lost(token, module)).collect(), Step::Act),
            Err(refusal) => (vec![], Step::skip(&refusal)),
        };
        HolderItem {
            user: id,
            user_name: user.map_or_else(|| id.to_string(), |user| user.name.clone()),
            module: module.id,
            module_name: module.name.clone(),
            lost,
            step,
        }
    }

    /// The tokens that go, of those that reach the module, or why nothing is done.
    pub(super) fn taken<'t>(
        &self,
        id: UserId,
        reaching: &[&'t Token],
    ) -> Result<Vec<&'t Token>, Refusal> {
        let user = holder(id, self.account, self.scene)?;
        self.may_be_made(user)?;
        holding::taken(self.verb, reaching, self.scene.now)
    }

    /// Whether a token can be made for the user where the verb makes one.
    fn may_be_made(&self, user: &User) -> Result<(), Refusal> {
        if !self.verb.makes() {
            return Ok(());
        }
        must_be_in_service(user)?;
        let (operator, all) = (&self.scene.operator, &*self.scene.catalogue);
        holding::scopes_for(user, self.account, operator, all).map(drop)
    }

    fn lost(&self, token: &Token, module: &Module) -> Lost {
        let catalogue = &*self.scene.catalogue;
        let others: BTreeSet<String> = holding::modules_of(token, catalogue)
            .into_iter()
            .filter(|id| *id != module.id)
            .map(|id| catalogue.module_called(id))
            .collect();
        let now = self.scene.now;
        let pending = Status::alone(token, now) == Status::Pending;
        Lost {
            id: token.id,
            name: token.name.clone(),
            version: token.version,
            pending,
            values: verify::passing_values(token, self.scene.out(token), now),
            also: others.into_iter().collect(),
        }
    }
}

/// Refuses to make a token for somebody who is out of service.
pub(super) fn must_be_in_service(user: &User) -> Result<(), Refusal> {
    if user.is_disabled() {
        return Err(Refusal::UserDisabled { name: user.name.clone() });
    }
    Ok(())
}

pub(super) fn known<'s>(id: UserId, scene: &'s Scene) -> Option<&'s User> {
    scene.catalogue.users.get(&id).filter(|user| scene.operator.knows(user))
}

pub(super) fn known_module<'s>(id: ModuleId, scene: &'s Scene) -> Option<&'s Module> {
    let reached = |module: &&Module| module.accounts.iter().any(|id| scene.operator.reaches(*id));
    scene.catalogue.modules.get(&id).filter(reached)
}

/// The user, where the operator may act for them in the account.
pub(super) fn holder<'s>(
    id: UserId,
    account: AccountId,
    scene: &'s Scene,
) -> Result<&'s User, Refusal> {
    known(id, scene)
        .filter(|user| user.accounts.contains(&account))
        .ok_or_else(|| Refusal::NotFound { what: "user", name: id.to_string() })
}
