//! What speaks for a proposal.

use chrono::{DateTime, Timelike as _, Utc};

use super::{Evidence, Merge};
use crate::profile::item::Confidence;

pub(super) struct Support {
    /// How far it can be trusted.
    pub(super) confidence: Confidence,
    /// When it was said.
    pub(super) at: DateTime<Utc>,
    /// The user's words, as they may be stored.
    pub(super) quote: Option<String>,
    /// Whether it may change what is known.
    pub(super) said: bool,
}

impl Merge<'_> {
    pub(super) fn support(&self, proposed: Confidence, quote: Option<&str>) -> Support {
        match self.evidence {
            Evidence::Person => Support {
                confidence: Confidence::High,
                at: self.now,
                quote: quote.and_then(|quote| self.quote(quote)),
                said: true,
            },
            Evidence::Program => Support {
                confidence: proposed,
                at: self.now,
                quote: quote.and_then(|quote| self.quote(quote)),
                said: true,
            },
            Evidence::Session { .. } => self.heard(proposed, quote),
        }
    }

    fn heard(&self, proposed: Confidence, quote: Option<&str>) -> Support {
        let found = quote.and_then(|quote| Some((quote, self.heard.find(quote)?)));
        let Some((quote, grounding)) = found else {
            return Support {
                confidence: Confidence::Low,
                at: self.moment(),
                quote: None,
                said: false,
            };
        };
        let confidence = proposed.min(grounding.ceiling);
        let own = grounding.ceiling > Confidence::Low;
        Support {
            confidence,
            at: grounding.at.with_nanosecond(0).unwrap_or(grounding.at),
            quote: own.then(|| self.quote(quote)).flatten(),
            said: confidence > Confidence::Low,
        }
    }
}
