//! Backends with less than a store has: one that lacks abilities and says so, and one whose
//! rows go by ids of its own, without account or catalogue, that answers only what every
//! backend owes.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tokendeck::backend::{Answer, Backend, BackendError, absent};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    Catalogue, EntryDraft, EntryId, Expiry, Guid, HandOver, HolderVerb, JobId, Overlap, Query,
    Refusal, Subject, Switch, TokenDraft, TokenId, TokenValue, UserId, Verb, Window,
};
use tokendeck::tui::Options;
use tokendeck::wire::{
    Abilities, Ability, AnyPlan, Can, Edit, EntryEdit, EntryView, EventPage, EventQuery, Imported,
    Issued, Job, JobReport, LookupAnswer, Page, Plan, PlanAsk, Report, Revealed, Rotation,
    RotationRow, RowId, Run, Session, Staged, TokenView, UserPage, UserQuery, VerifyAnswer,
};
use tokio::sync::watch;

use super::desk::runtime;
use super::{App, Desk};

/// What a backend says of what it lacks.
pub(crate) const SENTENCE: &str = "Acme can't do that";

/// A backend that lacks some of its abilities.
pub(crate) struct Lacking {
    inner: Arc<dyn Backend>,
    abilities: Abilities,
}

impl Lacking {
    /// Without this one.
    pub(crate) fn one(inner: Arc<dyn Backend>, ability: Ability) -> Arc<dyn Backend> {
        Self::saying(inner, Abilities::default().with(ability, Can::no(SENTENCE)))
    }

    /// One that says this of them.
    pub(crate) fn saying(inner: Arc<dyn Backend>, abilities: Abilities) -> Arc<dyn Backend> {
        Arc::new(Self { inner, abilities })
    }

    fn lacks(&self, ability: Ability) -> bool {
        self.abilities.refusal(ability).is_some()
    }
}

/// Passes calls on where the ability that they take is there.
macro_rules! passed_on {
    ($($call:ident($($name:ident: $what:ty),*) -> $answer:ty, $ability:expr;)*) => {
        #[async_trait]
        impl Backend for Lacking {
            async fn session(&self) -> Answer<Session> {
                let session = self.inner.session().await?;
                Ok(Session { abilities: self.abilities.clone(), ..session })
            }

            $(async fn $call(&self, $($name: $what),*) -> Answer<$answer> {
                let ability: Ability = $ability;
                if self.lacks(ability) {
                    return absent(self, ability).await;
                }
                self.inner.$call($($name),*).await
            })*

            async fn catalogue(&self) -> Answer<Catalogue> {
                if self.lacks(Ability::Catalogue) {
                    return Ok(Catalogue::default());
                }
                self.inner.catalogue().await
            }

            fn changes(&self) -> watch::Receiver<u64> {
                self.inner.changes()
            }

            async fn close(&self) -> Answer<()> {
                self.inner.close().await
            }
        }
    };
}

fn planned(ask: &PlanAsk) -> Ability {
    match ask {
        PlanAsk::Tokens(ask) => Ability::of_many(ask.verb),
        PlanAsk::Holders(ask) => Ability::of_holders(ask.verb),
    }
}

fn started(plan: &AnyPlan) -> Ability {
    match plan {
        AnyPlan::Tokens(plan) => Ability::of_many(plan.verb),
        AnyPlan::Holders(plan) => Ability::of_holders(plan.verb),
    }
}

passed_on! {
    list(query: Query, window: Window) -> Page, Ability::List;
    position(query: Query, id: RowId) -> Option<usize>, Ability::List;
    found(query: Query) -> Vec<RowId>, Ability::List;
    show(reference: String) -> TokenView, Ability::Show;
    lookup(text: SecretString) -> LookupAnswer, Ability::Lookup;
    events(query: EventQuery, window: Window) -> EventPage, Ability::Events;
    reveal(id: RowId) -> Revealed, Ability::Reveal;
    create(draft: TokenDraft, run: Run) -> Issued, Ability::Create;
    edit(id: RowId, edit: Edit, run: Run) -> Issued, Ability::Edit;
    regenerate(id: RowId, expiry: Option<Expiry>, overlap: Overlap, run: Run) -> Issued,
        Ability::Regenerate;
    hand_over(id: RowId, order: HandOver, run: Run) -> Issued, Ability::HandOver;
    act(verb: Verb, id: RowId, version: Option<u64>) -> TokenView, Ability::of(verb);
    plan(ask: PlanAsk) -> AnyPlan, planned(&ask);
    run(plan: Plan) -> Report, Ability::of_many(plan.verb);
    propose_guid() -> Guid, Ability::ProposeGuid;
    accept(id: RowId, run: Run) -> Issued, Ability::Accept;
    users(query: UserQuery, window: Window) -> UserPage, Ability::Users;
    stage(plan: Plan<HolderVerb>, file: String) -> Staged, Ability::GenerateExport;
    stage_rotation(rotation: Rotation, file: String) -> Staged<RotationRow>,
        Ability::RegenerateMany;
    activate(job: JobId) -> Job, Ability::GenerateExport;
    start(plan: AnyPlan) -> Job, started(&plan);
    jobs() -> Vec<Job>, Ability::Jobs;
    job(id: JobId) -> Job, Ability::Jobs;
    job_report(id: JobId) -> JobReport, Ability::Jobs;
    resume(id: JobId) -> Job, Ability::SteerJobs;
    stop(id: JobId) -> Job, Ability::SteerJobs;
    abandon(id: JobId) -> Job, Ability::SteerJobs;
    add_entry(draft: EntryDraft, run: Run) -> EntryView, Ability::AddEntry;
    edit_entry(id: EntryId, edit: EntryEdit, run: Run) -> EntryView, Ability::EditEntry;
    remove_entry(id: EntryId, run: Run) -> (), Ability::RemoveEntry;
    switch_user(id: UserId, switch: Switch, run: Run) -> EntryView, Ability::SwitchUser;
    import_catalogue(catalogue: Catalogue, run: Run) -> Imported, Ability::ImportCatalogue;
    verify(value: TokenValue, request: Request) -> VerifyAnswer, Ability::Verify;
}

/// What every id of [`Odd`] begins with.
pub(crate) const ODD: &str = "a/../%2f b";

/// A store seen as a server of another kind: it owes eight answers and gives no other.
pub(crate) struct Odd(pub(crate) Arc<dyn Backend>);

/// What such a server lacks.
const LACKED: [Ability; 11] = [
    Ability::Catalogue,
    Ability::Users,
    Ability::Lookup,
    Ability::Reveal,
    Ability::Regenerate,
    Ability::HandOver,
    Ability::Accept,
    Ability::ProposeGuid,
    Ability::Jobs,
    Ability::SteerJobs,
    Ability::ImportTokens,
];

fn odd(id: &RowId) -> RowId {
    RowId::of(&format!("{ODD} {}", id.token().unwrap().number()))
}

fn ours(id: &str) -> Result<RowId, Refusal> {
    let number = id.strip_prefix(ODD).and_then(|rest| rest.trim_start().parse().ok());
    number.map(|number| TokenId::new(number).into()).ok_or_else(|| Refusal::no_token(id))
}

fn seen(mut view: TokenView) -> TokenView {
    view.token.id = odd(&view.token.id);
    view.token.account = None;
    view.look_alikes.clear();
    view
}

fn issued(issued: Issued) -> Issued {
    Issued { token: seen(issued.token), value: issued.value }
}

#[async_trait]
impl Backend for Odd {
    async fn session(&self) -> Answer<Session> {
        let session = self.0.session().await?;
        let lacks = |all: Abilities, ability| all.with(ability, Can::no(SENTENCE));
        let abilities = LACKED.into_iter().fold(Abilities::default(), lacks);
        Ok(Session { abilities, ..session })
    }

    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        let page = self.0.list(query, window).await?;
        Ok(Page { tokens: page.tokens.into_iter().map(seen).collect(), ..page })
    }

    async fn show(&self, reference: String) -> Answer<TokenView> {
        let id = ours(&reference)?;
        self.0.show(id.to_string()).await.map(seen)
    }

    async fn create(&self, draft: TokenDraft, run: Run) -> Answer<Issued> {
        self.0.create(draft, run).await.map(issued)
    }

    async fn edit(&self, id: RowId, edit: Edit, run: Run) -> Answer<Issued> {
        self.0.edit(ours(&id.to_string())?, edit, run).await.map(issued)
    }

    async fn act(&self, verb: Verb, id: RowId, version: Option<u64>) -> Answer<TokenView> {
        self.0.act(verb, ours(&id.to_string())?, version).await.map(seen)
    }

    async fn events(&self, query: EventQuery, window: Window) -> Answer<EventPage> {
        let ours = |id: RowId| ours(&id.to_string()).map_err(BackendError::from);
        let subject = query.subject.map(|subject| subject.with_id(ours)).transpose()?;
        let mut page = self.0.events(EventQuery { subject, ..query }, window).await?;
        for view in &mut page.events {
            if let Subject::Token(id) = &mut view.event.subject {
                *id = odd(id);
            }
        }
        Ok(page)
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes()
    }

    async fn close(&self) -> Answer<()> {
        self.0.close().await
    }
}

/// The screen of a user at a backend made of theirs.
pub(crate) fn seat_with(
    (desk, login): (&Desk, &str),
    made: impl FnOnce(Arc<dyn Backend>) -> Arc<dyn Backend>,
    options: &Options,
    size: (u16, u16),
) -> App {
    let runtime = runtime();
    let backend = made(desk.backend(&runtime, login));
    let options = Options { frozen_clock: true, ..options.clone() };
    App::start(runtime, backend, desk.memory(), options, size)
}
