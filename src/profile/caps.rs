//! How much a profile may hold.

/// The caps of a profile. [`Caps::default`] gives the documented ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caps {
    /// Facts kept in the profile (10).
    pub facts: usize,
    /// Decisions kept (5).
    pub decisions: usize,
    /// Preferences kept (20).
    pub preferences: usize,
    /// Characters of the running summary (500).
    pub summary_chars: usize,
    /// Characters of one item's text (200); a quote has the same cap.
    pub item_chars: usize,
    /// Tokens that the memory block may take in the system prompt (400).
    pub memory_tokens: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            facts: 10,
            decisions: 5,
            preferences: 20,
            summary_chars: 500,
            item_chars: 200,
            memory_tokens: 400,
        }
    }
}
