//! What several tests stand on.

pub(crate) mod acquaint;
pub(crate) mod fake_anthropic;
pub(crate) mod scripted;
