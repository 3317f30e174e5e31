//! How a trial store is to be filled.

/// How a trial store is to be filled.
#[derive(Debug, Clone, Copy)]
pub struct Filling {
    /// How many tokens.
    pub tokens: u64,
    /// What makes two stores alike.
    pub seed: u64,
    /// In how many accounts.
    pub accounts: usize,
    /// Whether all of them are Active, to know beforehand what a bulk action will do.
    pub active: bool,
}
