//! One question and its raw reply.

use serde::Serialize;
use zeroize::Zeroizing;

use crate::backend::Answer;
use crate::domain::GivenReason;
use crate::store::StoreError;
use crate::wire::Run;
use crate::wire::http::{HttpCall, Pairs, Parameters, Problem, Why};

/// A call with all that is sent with it.
pub(super) struct Ask {
    pub(super) call: &'static HttpCall,
    pub(super) path: String,
    pub(super) pairs: Pairs,
    /// It may hold a value.
    pub(super) body: Option<Zeroizing<Vec<u8>>>,
    pub(super) version: Option<u64>,
}

impl Ask {
    /// The bare call.
    pub(super) fn of(call: &'static HttpCall) -> Self {
        let path = call.path.to_owned();
        Self { call, path, pairs: vec![], body: None, version: None }
    }

    /// About these records: ids and verbs, which need no escaping.
    pub(super) fn at(mut self, names: &[&str]) -> Self {
        for name in names {
            let braces = self.path.find('{').zip(self.path.find('}'));
            if let Some((start, end)) = braces.filter(|(start, end)| start < end) {
                self.path.replace_range(start..=end, name);
            }
        }
        self
    }

    /// With these parameters.
    pub(super) fn asking(self, parameters: &impl Parameters) -> Self {
        Self { pairs: parameters.write(), ..self }
    }

    /// With the reason for it, where it may change something.
    pub(super) fn because(mut self, reason: Option<&GivenReason>) -> Self {
        if let Some(reason) = reason.filter(|_| self.call.changes) {
            self.pairs.extend(Why(Some(reason.clone())).write());
        }
        self
    }

    /// With this body.
    pub(super) fn with(self, body: &impl Serialize) -> Answer<Self> {
        let fault = |_| StoreError::Fault("a request could not be written".to_owned());
        let text = serde_json::to_vec(body).map_err(fault)?;
        Ok(Self { body: Some(Zeroizing::new(text)), ..self })
    }

    /// Whether something may be different after it: a dry run changes nothing.
    pub(super) fn changes(&self) -> bool {
        self.call.changes && Run::Dry.write().iter().all(|dry| !self.pairs.contains(dry))
    }

    /// As the record was read at that version.
    pub(super) fn seen(self, version: u64) -> Self {
        Self { version: Some(version), ..self }
    }
}

/// What came back.
pub(super) enum ServerReply {
    /// It was done; the body may hold a value.
    Done(Zeroizing<Vec<u8>>),
    /// It was not, and after so many seconds it may be tried again.
    Refused(Box<Problem>, Option<u64>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::http::calls;

    #[test]
    fn names_take_the_places_of_braces_in_order() {
        let ask = Ask::of(&calls::ACT).at(&["TKN-1000-0001", "drop-old"]);
        assert_eq!(ask.path, "/v1/tokens/TKN-1000-0001/actions/drop-old");
    }
}
