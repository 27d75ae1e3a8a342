//! The terminal.

pub mod fail;
pub mod harmless;
pub mod markdown;
pub mod screen;
pub mod style;
pub mod table;
mod wrap;
