//! The screens: each folder is one, with its state, its keys and its picture. They do not
//! know each other.

pub(super) mod tokens;
