//! What a backend says of its abilities: that it can, with what has to be known before, or
//! why it can't. Where nothing is said of an ability, it is there.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::IntoEnumIterator as _;

use super::Ability;
use crate::domain::{Refusal, Verb};

/// Whether a backend can do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "can", rename_all = "lowercase")]
pub enum Can {
    /// It can.
    Yes {
        /// What is odd about how it does it, in a sentence: said before it is done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hazard: Option<String>,
        /// What one order reaches.
        #[serde(default)]
        extent: Extent,
    },
    /// It can't.
    No {
        /// Why not, in a sentence for people: "Acme can't regenerate a token in place".
        reason: String,
    },
}

/// What one order reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// The token that it names.
    #[default]
    Token,
    /// All that hang on the same parent, such as all tokens of a service account.
    Parent,
    /// More than the token, in a way that this version has no word for.
    #[serde(other)]
    More,
}

impl Can {
    /// It can, with nothing odd about it.
    pub const YES: Self = Self::Yes { hazard: None, extent: Extent::Token };

    /// It can't, for this reason.
    pub fn no(reason: impl Into<String>) -> Self {
        Self::No { reason: reason.into() }
    }

    /// Why not; none where it can.
    pub fn refusal(&self) -> Option<&str> {
        match self {
            Self::Yes { .. } => None,
            Self::No { reason } => Some(reason),
        }
    }

    /// What has to be known before it is done, a sentence each: what is odd about how it is
    /// done, and what it reaches beside what it is done to.
    fn warnings(&self) -> Vec<String> {
        match self {
            Self::No { .. } => vec![],
            Self::Yes { hazard, extent } => {
                hazard.iter().cloned().chain(extent.words().map(str::to_owned)).collect()
            }
        }
    }
}

impl Extent {
    /// What else an order reaches, in a sentence; none where that is nothing.
    fn words(self) -> Option<&'static str> {
        match self {
            Self::Token => None,
            Self::Parent => Some("One order reaches all that hang on the same parent."),
            Self::More => Some("One order reaches more than the token that it names."),
        }
    }
}

/// What a backend says of its abilities, or what a row says of them for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abilities(BTreeMap<Ability, Can>);

impl Abilities {
    /// Whether nothing is said, so that all is there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says this of an ability.
    #[must_use]
    pub fn with(mut self, ability: Ability, can: Can) -> Self {
        self.0.insert(ability, can);
        self
    }

    /// What is said of an ability. What rests on another that is lacked is lacked for the
    /// same reason.
    pub fn of(&self, ability: Ability) -> &Can {
        let said = self.0.get(&ability).unwrap_or(&Can::YES);
        match (said, ability.rests_on().map(|base| self.of(base))) {
            (Can::Yes { .. }, Some(no @ Can::No { .. })) => no,
            (said, _) => said,
        }
    }

    /// The same where a row says more: it can take away, and it can warn. What its backend
    /// lacks, no row brings back.
    pub fn narrowed<'a>(&'a self, row: &'a Self, ability: Ability) -> &'a Can {
        match (self.of(ability), row.of(ability), row.0.get(&ability)) {
            (no @ Can::No { .. }, ..) | (_, no @ Can::No { .. }, _) => no,
            (_, _, Some(said)) => said,
            (yes, _, None) => yes,
        }
    }

    /// Refuses what is lacked, be it by this row alone.
    pub fn must(&self, row: &Self, ability: Ability) -> Result<(), Refusal> {
        let why = self.narrowed(row, ability).refusal();
        why.map_or(Ok(()), |why| Err(Refusal::Lacking(why.to_owned())))
    }

    /// What has to be known before something is done that takes these, a sentence each and
    /// each once. What is odd about one order is odd about many, and what is odd about the
    /// ground of something is odd about it. The sentences are the backend's: not yet safe for
    /// a terminal.
    pub fn warnings(&self, row: &Self, takes: &[Ability]) -> Vec<String> {
        let mut warnings = Vec::new();
        let all = |it: &Ability| [Some(*it), it.one_by_one(), it.rests_on()];
        for ability in takes.iter().flat_map(all) {
            let said = ability.map(|ability| self.narrowed(row, ability).warnings());
            for warning in said.unwrap_or_default() {
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
            }
        }
        warnings
    }

    /// Why a backend can't do it; none where it can.
    pub fn refusal(&self, ability: Ability) -> Option<&str> {
        self.of(ability).refusal()
    }

    /// All abilities there are, each with what is said of it.
    #[must_use]
    pub fn all(&self) -> Self {
        Self(Ability::iter().map(|ability| (ability, self.of(ability).clone())).collect())
    }

    /// The same where whoever asks does bulk work itself, by giving order after order: these
    /// verbs can be had for many wherever they can for one, unless there is a word of the
    /// backend's own against it. `hazard` is what has to be known of such work.
    #[must_use]
    pub fn with_bulk_here(&self, verbs: impl IntoIterator<Item = Verb>, hazard: &str) -> Self {
        let hazard = Some(hazard.to_owned());
        let all = self
            .all()
            .with(Ability::Jobs, Can::Yes { hazard, extent: Extent::Token })
            .with(Ability::SteerJobs, Can::YES);
        verbs.into_iter().fold(all, |all, verb| {
            let (many, one) = (Ability::of_many(verb), self.of(Ability::of(verb)));
            let for_want_of_jobs = self.of(many) == self.of(Ability::Jobs);
            match (for_want_of_jobs, one) {
                (false, _) => all,
                (true, Can::No { .. }) => all.with(many, one.clone()),
                (true, Can::Yes { .. }) => all.with(many, Can::YES),
            }
        })
    }

    /// What a server said, and of what it did not know to speak of, what its calls tell: one
    /// that lacks a call is older than what takes it. A server that names no call at all is
    /// taken to have them.
    #[must_use]
    pub fn or_by_calls(mut self, calls: &[String]) -> Self {
        for ability in Ability::iter().filter(|_| !calls.is_empty()) {
            let lacks = |call: &&super::http::HttpCall| !calls.iter().any(|id| id == call.id);
            if !self.0.contains_key(&ability) && ability.calls().iter().any(lacks) {
                self.0.insert(ability, Can::no(ability.refusal().to_string()));
            }
        }
        self
    }
}

impl Serialize for Abilities {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(ability, can)| (ability.to_string(), can)))
    }
}

/// What a newer version says is left out where this one has no word for it.
#[derive(Deserialize)]
#[serde(untagged)]
enum CanText {
    Known(Can),
    Unknown(serde::de::IgnoredAny),
}

impl<'de> Deserialize<'de> for Abilities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = BTreeMap::<String, CanText>::deserialize(deserializer)?;
        let known = said.into_iter().filter_map(|(word, said)| match (word.parse(), said) {
            (Ok(ability), CanText::Known(can)) => Some((ability, can)),
            (Err(_), _) | (_, CanText::Unknown(_)) => None,
        });
        Ok(Self(known.collect()))
    }
}

impl JsonSchema for Abilities {
    fn schema_name() -> Cow<'static, str> {
        "Abilities".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let can = generator.subschema_for::<Can>();
        // Open: a newer server knows more of them.
        schemars::json_schema!({ "type": "object", "additionalProperties": can })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]
mod tests {
    use super::*;
    use crate::wire::http::{Admits, calls};

    fn ids() -> Vec<String> {
        let operators = calls::ALL.iter().filter(|call| call.door == Admits::Operator);
        operators.map(|call| call.id.to_owned()).collect()
    }

    #[test]
    fn a_server_with_every_call_and_one_that_names_none_can_all() {
        for calls in [ids(), vec![]] {
            assert!(Abilities::default().or_by_calls(&calls).is_empty());
        }
    }

    #[test]
    fn a_server_without_a_call_lacks_what_takes_it_unless_it_says_otherwise() {
        let mut calls = ids();
        calls.retain(|id| id != "hand_over_token" && id != "list_users");
        let said = Abilities::default().with(Ability::Users, Can::YES);
        let abilities = said.or_by_calls(&calls);
        assert_eq!(
            abilities.refusal(Ability::HandOver),
            Some("This backend cannot hand tokens over")
        );
        assert_eq!(abilities.refusal(Ability::Users), None);
        assert_eq!(abilities.refusal(Ability::Edit), None);
    }

    #[test]
    fn every_call_of_an_operator_belongs_to_an_ability_or_to_all_of_them() {
        let taken: Vec<_> = Ability::iter().flat_map(Ability::calls).map(|call| call.id).collect();
        // Each of these only tells faster what a list, a plan or a session tells too.
        let shared = ["me", "head", "find_token_ids", "token_position", "show_token", "run_plan"];
        for id in ids() {
            let known = taken.contains(&id.as_str()) || shared.contains(&id.as_str());
            assert!(known, "no ability takes the call {id}");
        }
    }

    #[test]
    fn what_a_newer_server_says_in_words_of_its_own_is_left_out() {
        let text = r#"{
            "edit": { "can": "no", "reason": "Acme can't edit tokens", "since": 3 },
            "revoke": { "can": "yes", "extent": "tenant" },
            "show": { "can": "perhaps" },
            "sort": 3,
            "teleport": { "can": "no", "reason": "No" }
        }"#;
        let abilities: Abilities = serde_json::from_str(text).unwrap();
        let revoke = Can::Yes { hazard: None, extent: Extent::More };
        let expected = Abilities::default()
            .with(Ability::Edit, Can::no("Acme can't edit tokens"))
            .with(Ability::Revoke, revoke);
        assert_eq!(abilities, expected);
    }

    #[test]
    fn all_of_them_survive_the_wire() {
        let hazard = Some("Its children end too".to_owned());
        let said = Abilities::default()
            .with(Ability::Revoke, Can::Yes { hazard, extent: Extent::Parent })
            .with(Ability::Reveal, Can::no("It keeps no value"))
            .all();
        let text = serde_json::to_string(&said).unwrap();
        assert_eq!(serde_json::from_str::<Abilities>(&text).unwrap(), said);
    }

    #[test]
    fn what_rests_on_what_is_lacked_is_lacked_for_the_same_reason() {
        let abilities = Abilities::default().with(Ability::Jobs, Can::no("Acme has no jobs"));
        assert_eq!(abilities.refusal(Ability::RevokeMany), Some("Acme has no jobs"));
        assert_eq!(abilities.refusal(Ability::Revoke), None);
        let own = abilities.with(Ability::RevokeMany, Can::no("One by one"));
        assert_eq!(own.refusal(Ability::RevokeMany), Some("One by one"));
    }

    #[test]
    fn a_row_takes_away_and_never_gives() {
        let backend = Abilities::default().with(Ability::Edit, Can::no("Nobody edits"));
        let row = Abilities::default()
            .with(Ability::Edit, Can::YES)
            .with(Ability::Revoke, Can::no("It is the root token"));
        assert_eq!(backend.narrowed(&row, Ability::Edit).refusal(), Some("Nobody edits"));
        assert_eq!(backend.narrowed(&row, Ability::Revoke).refusal(), Some("It is the root token"));
        assert_eq!(backend.narrowed(&row, Ability::Show).refusal(), None);
        let no_value = Abilities::default().with(Ability::Regenerate, Can::no("It has no value"));
        assert_eq!(
            backend.narrowed(&no_value, Ability::Overlap).refusal(),
            Some("It has no value"),
            "what rests on it goes with it"
        );
    }

    #[test]
    fn what_is_odd_about_one_order_is_said_once_of_many() {
        let odd = |sentence: &str, extent| Can::Yes { hazard: Some(sentence.to_owned()), extent };
        let parent = "One order reaches all that hang on the same parent.";
        let backend = Abilities::default()
            .with(Ability::Revoke, odd("It ends within a minute.", Extent::Parent))
            .with(Ability::RevokeMany, odd("One a second.", Extent::Parent))
            .with(Ability::Delete, Can::no("Nobody deletes"));
        let plain = Abilities::default();
        assert_eq!(
            backend.warnings(&plain, &[Ability::RevokeMany, Ability::Delete, Ability::Edit]),
            ["One a second.", parent, "It ends within a minute."]
        );
        let row = Abilities::default().with(Ability::Revoke, odd("It is the root.", Extent::More));
        assert_eq!(
            backend.warnings(&row, &[Ability::Revoke]),
            ["It is the root.", "One order reaches more than the token that it names."]
        );
        assert!(plain.warnings(&plain, &[Ability::RevokeMany]).is_empty());
    }
}
