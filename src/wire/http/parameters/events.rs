//! What can be asked of the audit trail.

use super::{Given, Pairs, Parameters, instant, joined, words, wrong};
use crate::domain::event::Point;
use crate::domain::{EventAction, FieldError, Subject};
use crate::wire::http::form::{ACTIONS, MANY, Parameter, ParameterForm, USER, formed};
use crate::wire::{EventOrder, EventQuery};

static EVENTS: [Parameter; 9] = [
    formed(
        "subject",
        ParameterForm::Subject,
        "About this record, by its id; 'store' for the store itself.",
    ),
    formed("by", USER, "Done by this user."),
    formed("action", ParameterForm::Words(ACTIONS), "Of these kinds, with commas."),
    formed("since", ParameterForm::Instant, "Not before this."),
    formed("until", ParameterForm::Instant, "Before this."),
    formed(
        "before",
        ParameterForm::Number(1, MANY),
        "With a smaller sequence: the next page, whatever is written meanwhile.",
    ),
    formed("after", ParameterForm::Number(0, MANY), "With a greater sequence."),
    formed(
        "order",
        ParameterForm::Word(&["newest", "oldest"]),
        "Which come first; newest as usual.",
    ),
    formed(
        "proof",
        ParameterForm::Flag,
        "With the bytes and hashes of each event, for a Superadmin: others may not read all of the log.",
    ),
];

impl Parameters for EventQuery {
    fn list() -> Vec<&'static Parameter> {
        EVENTS.iter().collect()
    }

    fn write(&self) -> Pairs {
        let pairs = [
            ("subject", self.subject.as_ref().map(Subject::to_string)),
            ("by", self.by.map(|id| id.to_string())),
            ("action", joined(&self.actions)),
            ("since", self.since.map(instant)),
            ("until", self.until.map(instant)),
            ("before", self.before.map(|sequence| sequence.to_string())),
            ("after", self.after.map(|sequence| sequence.to_string())),
            ("order", (self.order != EventOrder::default()).then(|| self.order.to_string())),
            ("proof", self.proof.then(|| "true".to_owned())),
        ];
        pairs.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        let known = |word: &str| EventAction::known(word).map_err(|error| wrong("action", error));
        let order = given
            .text("order")
            .map(|text| text.parse().map_err(|_| wrong("order", "write newest or oldest")));
        let actions = words(given.text("action").unwrap_or_default());
        Ok(Self {
            subject: given.one("subject")?,
            by: given.one("by")?,
            actions: actions.map(known).collect::<Result<_, _>>()?,
            since: given.time("since")?,
            until: given.time("until")?,
            before: given.number("before", 1)?,
            after: given.number("after", 0)?,
            order: order.transpose()?.unwrap_or_default(),
            proof: given.flag("proof")?,
        })
    }
}

static EXPECTED: [Parameter; 1] = [formed(
    "expect",
    ParameterForm::Point,
    "A head that was kept, as this call told it: NO:HASH.",
)];

impl Parameters for Option<Point> {
    fn list() -> Vec<&'static Parameter> {
        EXPECTED.iter().collect()
    }

    fn write(&self) -> Pairs {
        self.iter().map(|point| ("expect", point.to_string())).collect()
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        given.one("expect")
    }
}
