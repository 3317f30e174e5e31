//! Many at once: users, plans, exports and jobs.

use crate::backend::{Answer, Backend as _, BulkBackend as _};
use crate::domain::{HolderVerb, JobId, Verb, Window};
use crate::server::Limits;
use crate::server::answer::{Handed, Said};
use crate::server::asked::Asking;
use crate::server::route::{Route, route};
use crate::wire::http::{
    ImportCheckAsk, RotationAsk, StageAsk, StageImportAsk, StagedBody, StagedImportBody,
    StagedRotationBody, calls,
};
use crate::wire::{
    BulkCall, HolderPlanAsk, HolderTarget, ImportCheck, Job, JobReport, Plan, PlanAsk, Report,
    Rotation, Run, Target, TokenPlanAsk, UserPage, UserQuery,
};

pub(super) fn routes(limits: Limits) -> Vec<Route> {
    vec![
        route(&calls::PLAN, limits, plan),
        route(&calls::RUN, limits, run),
        route(&calls::USERS, limits, users),
        route(&calls::PLAN_HOLDERS, limits, plan_holders),
        route(&calls::STAGE, limits, stage),
        route(&calls::CHECK_IMPORT, limits, check_import),
        route(&calls::STAGE_IMPORT, limits, stage_import),
        route(&calls::STAGE_ROTATION, limits, stage_rotation),
        route(&calls::ACTIVATE, limits, activate),
        route(&calls::JOBS, limits, jobs),
        route(&calls::START, limits, start::<Verb>),
        route(&calls::START_HOLDERS, limits, start::<HolderVerb>),
        route(&calls::JOB, limits, job),
        route(&calls::JOB_REPORT, limits, job_report),
        route(&calls::RESUME, limits, resume),
        route(&calls::STOP, limits, stop),
        route(&calls::ABANDON, limits, abandon),
    ]
}

/// How many items a plan for users would have, at the most.
fn reach(target: &HolderTarget) -> usize {
    target.users.len().saturating_mul(target.modules.len().max(1))
}

async fn plan(asked: Asking<(), (), TokenPlanAsk>) -> Answer<Said<Plan>> {
    if let Target::Tokens(ids) = &asked.body.target {
        asked.must_be_bounded(ids.len())?;
    }
    let ask = PlanAsk::Tokens(asked.body.clone());
    let plan: Plan = asked.backend.plan_as(ask).await?;
    asked.must_be_bounded(plan.size())?;
    Ok(plan.into())
}

async fn run(asked: Asking<(), (), Plan>) -> Answer<Said<Report>> {
    asked.must_be_bounded(asked.body.size())?;
    Ok(asked.backend.run(asked.body).await?.into())
}

async fn users(asked: Asking<(), (UserQuery, Window)>) -> Answer<Said<UserPage>> {
    let (query, window) = asked.query;
    Ok(asked.backend.users(query, window).await?.into())
}

async fn plan_holders(asked: Asking<(), (), HolderPlanAsk>) -> Answer<Said<Plan<HolderVerb>>> {
    asked.must_be_bounded(reach(&asked.body.target))?;
    let plan: Plan<HolderVerb> = asked.backend.plan_as(PlanAsk::Holders(asked.body)).await?;
    Ok(plan.into())
}

async fn stage(asked: Asking<(), (), StageAsk>) -> Answer<Said<StagedBody>> {
    asked.must_be_bounded(asked.body.plan.size())?;
    let StageAsk { plan, file } = asked.body;
    let staged = asked.backend.stage(plan, file).await?;
    Ok(set_aside(staged.job, staged))
}

async fn check_import(asked: Asking<(), (), ImportCheckAsk>) -> Answer<Said<ImportCheck>> {
    asked.must_be_bounded(asked.body.rows.len())?;
    Ok(asked.backend.check_import(asked.body.rows).await?.into())
}

async fn stage_import(asked: Asking<(), (), StageImportAsk>) -> Answer<Said<StagedImportBody>> {
    asked.must_be_bounded(asked.body.plan.rows.len())?;
    let StageImportAsk { plan, file } = asked.body;
    let staged = asked.backend.stage_import(plan, file).await?;
    Ok(set_aside(staged.job, staged))
}

async fn stage_rotation(asked: Asking<(), (), RotationAsk>) -> Answer<Said<StagedRotationBody>> {
    asked.must_be_bounded(asked.body.plan.size())?;
    let RotationAsk { plan, expiry, overlap, file } = asked.body;
    let staged = asked.backend.stage_rotation(Rotation { plan, expiry, overlap }, file).await?;
    Ok(set_aside(staged.job, staged))
}

/// Values that were drawn, with the job that puts them in force.
fn set_aside<B: From<S>, S>(job: JobId, staged: S) -> Said<B> {
    let said = Said::from(B::from(staged)).made(Run::Real).found_at(job_place(job));
    said.handing(Some(Handed::Staged(job)))
}

async fn activate(asked: Asking<JobId>) -> Answer<Said<Job>> {
    Ok(asked.backend.activate(asked.path).await?.into())
}

async fn jobs(asked: Asking) -> Answer<Said<Vec<Job>>> {
    Ok(asked.backend.jobs().await?.into())
}

fn job_place(id: JobId) -> String {
    format!("/v1/jobs/{id}")
}

fn started(job: Job) -> Said<Job> {
    let place = job_place(job.id);
    Said::from(job).made(Run::Real).found_at(place)
}

async fn start<V: BulkCall>(asked: Asking<(), (), Plan<V>>) -> Answer<Said<Job>> {
    asked.must_be_bounded(asked.body.size())?;
    Ok(started(asked.backend.start(V::any(asked.body)).await?))
}

async fn job(asked: Asking<JobId>) -> Answer<Said<Job>> {
    Ok(asked.backend.job(asked.path).await?.into())
}

async fn job_report(asked: Asking<JobId>) -> Answer<Said<JobReport>> {
    Ok(asked.backend.job_report(asked.path).await?.into())
}

async fn resume(asked: Asking<JobId>) -> Answer<Said<Job>> {
    Ok(asked.backend.resume(asked.path).await?.into())
}

async fn stop(asked: Asking<JobId>) -> Answer<Said<Job>> {
    Ok(asked.backend.stop(asked.path).await?.into())
}

async fn abandon(asked: Asking<JobId>) -> Answer<Said<Job>> {
    Ok(asked.backend.abandon(asked.path).await?.into())
}
