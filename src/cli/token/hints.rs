//! What a refused field wants, in the words of the command line: the flag that gives
//! it, and what there is to choose. Knows no rule.

use super::grants::GrantPlace;
use crate::backend::{BackendError, Cause};
use crate::domain::{FieldError, Operator, Refusal, Settings};

/// The flags of the fields that the settings leave empty.
pub(super) struct Hints(Vec<(&'static str, String)>);

impl Hints {
    /// For settings that are about to be sent.
    pub(super) fn of(settings: &Settings, place: &GrantPlace<'_>, operator: &Operator) -> Self {
        let GrantPlace { catalogue, account, .. } = place;
        let mut hints = Vec::new();
        if settings.scopes.is_empty() {
            let held = catalogue.scopes_of(*account).filter(|scope| operator.holds(scope));
            hints.push(("scopes", "--scope", held.map(|scope| scope.name.as_str()).collect()));
        }
        if settings.access.is_empty() && settings.groups.is_empty() {
            let modules = catalogue.modules_of(*account).map(|module| module.name.as_str());
            hints.push(("access", "--module NAME=read or =full", modules.collect::<Vec<_>>()));
        }
        let some = hints.into_iter().filter(|(.., choices)| !choices.is_empty());
        Self(
            some.map(|(field, flag, choices)| (field, format!("{flag}: {}", choices.join(", "))))
                .collect(),
        )
    }

    /// The error with them.
    pub(super) fn add(&self, error: BackendError) -> BackendError {
        match error {
            BackendError { cause: Cause::Refused(Refusal::Invalid(fields)), .. } => {
                let fields = fields.into_iter().map(|field| self.hinted(field));
                Refusal::Invalid(fields.collect()).into()
            }
            error => error,
        }
    }

    fn hinted(&self, error: FieldError) -> FieldError {
        let FieldError { field, message } = error;
        let hint = self.0.iter().find(|(name, _)| *name == field);
        let message = match hint {
            Some((_, flag)) => format!("{message} with {flag}"),
            None => message,
        };
        FieldError { field, message }
    }
}
