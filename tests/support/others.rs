//! What happens to a desk's store behind the backs of those who sit at a screen: what
//! other operators change there, what a gateway asks, and what is found in it.

use tokendeck::domain::catalogue::Rules;
use tokendeck::domain::entry::{AccountDraft, UserDraft};
use tokendeck::domain::event::Detail;
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    EntryDraft, EntryId, Module, ModuleId, Query, Settings, TokenValue, Verb, Window,
};
use tokendeck::wire::{Edit, EntryEdit, EventQuery, Run, TokenView};

use super::Desk;
use super::desk::runtime;

impl Desk {
    /// Does something to a token as another process of that user would.
    pub(crate) fn act(&self, login: &str, verb: &str, name: &str) {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let verb = verb.parse::<Verb>().unwrap();
        runtime.block_on(async {
            let id = backend.show(name.to_owned()).await.unwrap().token.id;
            backend.act(verb, id, None).await.unwrap();
        });
    }

    /// Adds modules to Acme, called `extra-001` and so on.
    pub(crate) fn add_modules(&self, login: &str, count: usize) {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let mut all = runtime.block_on(backend.catalogue()).unwrap();
        let like = all.modules.values().next().unwrap().clone();
        for number in 1..=count {
            let id = ModuleId::new(1_000 + number as u64);
            let (name, paths) = (format!("extra-{number:03}"), vec![]);
            all.modules.insert(id, Module { id, name, paths, accounts: like.accounts.clone() });
        }
        runtime.block_on(backend.import_catalogue(all, Run::Real)).unwrap();
    }

    /// Gives a token another name.
    pub(crate) fn rename(&self, name: &str, to: &str) {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        runtime.block_on(async {
            let token = backend.show(name.to_owned()).await.unwrap().token;
            let settings = Settings { name: to.to_owned(), ..Settings::of(&token) };
            let edit = Edit { version: token.version, settings, new_value: false, guid: None };
            backend.edit(token.id, edit, Run::Real).await.unwrap();
        });
    }

    /// Every reason on record.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        let page = runtime.block_on(backend.events(EventQuery::default(), Window::ALL)).unwrap();
        let details = page.events.iter().flat_map(|view| &view.event.details);
        let reason = |detail: &Detail| match detail {
            Detail::Reason { reason } => Some(reason.to_string()),
            _ => None,
        };
        details.filter_map(reason).collect()
    }

    /// Makes these the rules of Acme.
    pub(crate) fn rule(&self, rules: Rules) {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        runtime.block_on(async {
            let catalogue = backend.catalogue().await.unwrap();
            let acme = catalogue.accounts.values().find(|account| account.name == "Acme").unwrap();
            let draft = AccountDraft { rules, ..acme.draft() };
            let edit = EntryEdit { seen: None, draft: EntryDraft::Account(draft) };
            backend.edit_entry(EntryId::Account(acme.id), edit, Run::Real).await.unwrap();
        });
    }

    /// Takes the permission to manage tokens from a user.
    pub(crate) fn take_permission(&self, login: &str) {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        runtime.block_on(async {
            let catalogue = backend.catalogue().await.unwrap();
            let user = catalogue.users.values().find(|user| user.login == login).unwrap();
            let draft = UserDraft { manage_tokens: false, ..user.draft() };
            let edit = EntryEdit { seen: None, draft: EntryDraft::User(draft) };
            backend.edit_entry(EntryId::User(user.id), edit, Run::Real).await.unwrap();
        });
    }

    /// Whether a gateway would let a value pass, and if not, why.
    pub(crate) fn verify(&self, value: &str) -> Result<(), String> {
        self.verify_as("rosa", value)
    }

    /// The same, asked as that user.
    pub(crate) fn verify_as(&self, login: &str, value: &str) -> Result<(), String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, login);
        let value = TokenValue::parse(value).unwrap();
        let answer = runtime.block_on(backend.verify(value, Request::default())).unwrap();
        answer.reason.map_or(Ok(()), |reason| Err(reason.to_string()))
    }

    /// Whether it would be let pass to a module with that method, and if not, why.
    pub(crate) fn verify_for(&self, value: &str, module: &str, method: &str) -> Result<(), String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        let request =
            Request { module: Some(module.parse().unwrap()), method: method.parse().unwrap() };
        let value = TokenValue::parse(value).unwrap();
        let answer = runtime.block_on(backend.verify(value, request)).unwrap();
        answer.reason.map_or(Ok(()), |reason| Err(reason.to_string()))
    }

    /// Every token with its status and version.
    pub(crate) fn statuses(&self) -> Vec<String> {
        let runtime = runtime();
        let backend = self.backend(&runtime, "rosa");
        let page = runtime.block_on(backend.list(Query::default(), Window::ALL)).unwrap();
        let line =
            |view: &TokenView| format!("{} {} {}", view.token.id, view.status, view.token.version);
        page.tokens.iter().map(line).collect()
    }
}
