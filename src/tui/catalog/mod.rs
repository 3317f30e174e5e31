//! The Catalog screen: which of the five lists is shown, and where its cursor is.
//! Knows no keys and draws nothing.

/// What the Catalog screen knows.
#[derive(Debug, Default)]
pub(super) struct Shelf {}
