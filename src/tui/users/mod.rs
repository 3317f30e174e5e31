//! The Users screen: what is listed, chosen and open there. Knows no keys and draws
//! nothing.

/// What the Users screen knows.
#[derive(Debug, Default)]
pub(super) struct Users {}
