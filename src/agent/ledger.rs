//! What a session used and cost, model by model.

use std::collections::BTreeMap;

use super::journal::Call;
use crate::model::{Cost, Prices, Usage};

/// Calls and tokens by model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    models: BTreeMap<String, Sum>,
}

/// What one model used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// How often it was called.
    pub calls: u64,
    /// Tokens.
    pub usage: Usage,
    /// Dollars, if the price is known.
    pub cost: Cost,
}

impl Ledger {
    /// Counts a call.
    pub fn add(&mut self, call: &Call, prices: &Prices) {
        let cost = prices.cost(&call.model, &call.usage);
        let sum = self.models.entry(call.model.clone()).or_insert(Sum {
            calls: 0,
            usage: Usage::default(),
            cost: Cost::Known(0.0),
        });
        sum.calls += 1;
        sum.usage += call.usage;
        sum.cost += cost;
    }

    /// Model by model.
    pub fn models(&self) -> impl Iterator<Item = (&str, &Sum)> {
        self.models.iter().map(|(model, sum)| (model.as_str(), sum))
    }

    /// Everything together.
    #[must_use]
    pub fn total(&self) -> Sum {
        let zero = Sum { calls: 0, usage: Usage::default(), cost: Cost::Known(0.0) };
        self.models.values().fold(zero, |mut total, sum| {
            total.calls += sum.calls;
            total.usage += sum.usage;
            total.cost += sum.cost;
            total
        })
    }
}
