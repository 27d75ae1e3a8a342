//! Memory for agents: one JSON profile per user.

pub mod cli;
pub mod config;
pub mod id;
pub mod model;
pub mod profile;
pub mod store;
