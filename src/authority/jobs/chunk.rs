//! One chunk of a job: from its text to changes and outcomes, by the rules of the
//! items it holds. This is the one place that tells the kinds of items apart.

use crate::authority::plans::report;
use crate::authority::scene::Scene;
use crate::authority::{Authority, Ruling};
use crate::authority::{bulk, holders, import};
use crate::domain::job::Work;
use crate::domain::{Change, JobChunk, JobRecord};
use crate::store::StoreError;
use crate::wire::{JobReport, Outcome};

use super::ended::EndedChunk;

impl Authority {
    /// Decides each item of a chunk on the state under the lock.
    pub(super) fn decide_chunk(&self, work: Work, plan: &str, scene: &Scene) -> Ruling<EndedChunk> {
        match work {
            Work::Tokens(verb) => bulk::decide_chunk(self, verb, plan, scene),
            Work::Holders(verb) => holders::decide_chunk(self, verb, plan, scene),
            Work::Import => import::decide_chunk(self, plan, scene),
        }
    }

    /// What a chunk asks for, by ids and versions: without the words that the store had for
    /// it when it was frozen.
    pub(super) fn asked(&self, work: Work, plan: &str) -> Ruling<String> {
        match work {
            Work::Tokens(verb) => bulk::asked(self, verb, plan),
            Work::Holders(_) => holders::asked(self, plan),
            // A file is taken as it stands.
            Work::Import => Ok(plan.to_owned()),
        }
    }

    /// What is to be erased with a job that is given up.
    pub(super) fn left_behind(&self, record: &JobRecord, scene: &Scene) -> Ruling<Vec<Change>> {
        match record.work {
            Work::Tokens(verb) => Ok(bulk::left_behind(self, (verb, record), scene)?),
            Work::Holders(_) | Work::Import => Ok(vec![]),
        }
    }

    /// What the file of a staged job has to hold; none where it has no file.
    pub(super) fn sheet_of(
        &self,
        record: &JobRecord,
        chunks: &[JobChunk],
    ) -> Result<Option<String>, StoreError> {
        let sheet = match record.work {
            Work::Tokens(_) => bulk::sheet_of(self, chunks)?,
            Work::Holders(_) => holders::sheet_of(self, chunks)?,
            Work::Import => import::sheet_of(self, chunks)?,
        };
        Ok(record.file.is_some().then_some(sheet))
    }

    /// How each item ended; `unreached` is for those of chunks that did not end.
    pub(super) fn report_of(
        &self,
        record: &JobRecord,
        chunks: &[JobChunk],
        unreached: &Outcome,
    ) -> Ruling<JobReport> {
        Ok(match record.work {
            Work::Tokens(verb) => JobReport::Tokens(report(self, verb, chunks, unreached)?),
            Work::Holders(verb) => JobReport::Holders(report(self, verb, chunks, unreached)?),
            Work::Import => JobReport::Imports(import::report_of(self, chunks, unreached)?),
        })
    }
}
