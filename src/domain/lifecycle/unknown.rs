//! Tokens whose status their backend does not tell.

use std::fmt;

use super::permitted;
use crate::domain::{Operator, Refusal, Token, Verb};

/// Whether `operator` may do this to a token whose status its backend does not tell: its
/// state refuses nothing then, and what can be done is said by the backend's abilities.
pub fn allowed_unknown(
    verb: Verb,
    token: &Token<impl fmt::Display>,
    operator: &Operator,
) -> Result<(), Refusal> {
    if !operator.sees(token) {
        return Err(Refusal::no_token(token.id.to_string()));
    }
    permitted(verb, token, operator)
}
