//! One question of a dialog: those who ask need not know the dialog.

/// One question of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stage {
    /// What it says, one paragraph each.
    pub(super) text: Vec<String>,
    /// What the acting button says.
    pub(super) button: &'static str,
}
