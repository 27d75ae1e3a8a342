//! What is remembered about a user, and every rule about it.
//!
//! Pure: no clock, no I/O, no async. Time comes in as an argument; bytes come in, bytes go out.
//!
//! The flow: [`Profile::parse`] reads the document; an extraction's reply becomes an [`Update`]; [`merge()`] applies it
//! under the [`Caps`] and tells every [`Change`]; [`render()`] makes the memory block that the next session sees.
//!
//! This module knows nothing of stores, models, sessions or terminals.

mod caps;
mod change;
mod document;
mod forget;
mod ground;
mod item;
mod merge;
mod origin;
mod redact;
mod render;
mod text;
mod tombstone;
mod update;

#[cfg(test)]
mod tests;

pub use caps::Caps;
pub use change::{Change, apply, diff};
pub use document::{Error, Profile, SCHEMA, SCHEMA_VERSION};
pub use forget::{cut, scrub};
pub use ground::{Role, Turn, quoted_turn};
pub use item::{Confidence, Decision, Fact, Item, Meta, Preference};
pub use merge::{Evidence, merge};
pub use origin::{By, Extracted, LastChange};
pub use redact::redact;
pub use render::{Block, render};
pub use text::{normalise, shorten, tokens};
pub use tombstone::Tombstone;
pub use update::{
    DecisionProposal, FactProposal, PreferenceProposal, Problem, Retirement, Revision, Update,
};
