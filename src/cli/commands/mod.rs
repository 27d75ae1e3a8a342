//! A file for each command.

pub(super) mod doctor;
pub(super) mod edit;
pub(super) mod erase;
pub(super) mod export;
pub(super) mod extract;
pub(super) mod forget;
pub(super) mod history;
pub(super) mod import;
pub(super) mod remember;
pub(super) mod sessions;
pub(super) mod show;
pub(super) mod transcript;
pub(super) mod undo;
pub(super) mod users;
pub(super) mod why;
