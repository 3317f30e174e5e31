//! Tokendeck: one keyboard-driven console for API tokens.
//!
//! The crate map, from the rules outwards. Imports point upwards in this list
//! only; a test holds them to it.

pub mod text;

pub mod domain;

pub mod wire;

pub mod store;

pub mod seal;

pub mod search;

pub mod authority;

pub mod example;

pub mod backend;

#[cfg(feature = "server")]
pub mod server;

pub mod config;

pub mod tui;

pub mod cli;
