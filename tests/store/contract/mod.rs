//! What every store promises, whatever keeps the rows. Each promise is a function
//! on a fresh store that holds the accounts Acme and Borealis.

pub(crate) mod catalogue;
pub(crate) mod commits;
pub(crate) mod jobs;
pub(crate) mod reads;
pub(crate) mod sign_in;
pub(crate) mod uses;
