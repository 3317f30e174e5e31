//! The schema's versions: which there were, and the way from each to the next.

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The version it leads to, from the one before.
    pub to: u32,
    /// What it does.
    pub sql: &'static str,
}

/// Every step from an empty file to the schema of this program.
pub const STEPS: &[Step] = &[Step { to: 1, sql: include_str!("schema_1.sql") }];
