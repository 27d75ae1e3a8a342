//! Small things done to text: folding, splitting into words, shortening, estimating.

mod clean;
mod estimate;
mod fold;
mod script;
mod shorten;
mod words;

pub(super) use clean::{one_line, plain};
pub use estimate::tokens;
pub(super) use estimate::{UNITS_PER_TOKEN, units};
pub use fold::normalise;
pub(super) use script::is_unspaced;
pub use shorten::shorten;
pub(super) use words::comparable;
