//! What is known of each model: its prices, its context window, what it can do.
//!
//! The table is `models.json`, after the provider's pages of November 2026. Prices move and models come, so a file of the
//! same form may add to it and overrule it. A model that neither names costs [`Cost::Unknown`], never nothing.

use serde::Deserialize;

use super::{Cost, Usage};

/// The context window of a model that the table does not know, in tokens: the smallest of those that it knows.
const WINDOW: usize = 200_000;

/// The shortest prompt, in tokens, that a model caches when the table does not say.
const CACHE_MINIMUM: usize = 1024;

/// What a token written to the five-minute cache costs, as a multiple of a prompt token.
const CACHE_WRITE: f64 = 1.25;

/// What a token read from the cache costs, as a multiple of a prompt token, where the table does not say.
const CACHE_READ: f64 = 0.1;

/// What a Bedrock inference profile that is bound to a region costs, as a multiple of the plain price.
const REGIONAL: f64 = 1.1;

const REGIONS: [&str; 5] = ["us.", "eu.", "jp.", "apac.", "au."];

/// Why a price file was refused.
#[derive(Debug, thiserror::Error)]
pub enum BadPrices {
    /// It is not JSON, or not of the table's form. The cause says at which line.
    #[error("the price file is not of the form of `models.json`")]
    Form(#[from] serde_json::Error),
    /// A figure that cannot be.
    #[error("the price file gives the model `{model}` {what}")]
    Figure {
        /// The model's id.
        model: String,
        /// What is wrong.
        what: &'static str,
    },
}

/// Prices and limits by model id.
///
/// An id is found with a date or a version after it (`claude-haiku-4-5-20251001`), and as Bedrock spells it
/// (`us.anthropic.claude-haiku-4-5-20251001-v1:0`, or the ARN of such a profile).
#[derive(Debug, Clone)]
pub struct Prices {
    models: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    models: Vec<Entry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    price: Rate,
    above: Option<Tier>,
    window: Option<usize>,
    cache_minimum: Option<usize>,
    effort: Option<bool>,
}

/// US dollars for a million tokens.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rate {
    input: f64,
    output: f64,
    cache_read: Option<f64>,
    cache_write: Option<f64>,
}

/// The price of a call whose prompt is longer than so many tokens.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tier {
    prompt: u64,
    price: Rate,
}

impl Default for Prices {
    fn default() -> Self {
        // A test parses the table, so this cannot fail; were it wrong, every price would be unknown.
        let models = parse(include_str!("models.json")).unwrap_or_default();
        Self { models }
    }
}

impl Prices {
    /// Puts the models of a JSON text of the form of `models.json` before those of the built-in table. What an entry
    /// says about limits may be left out where the table knows the model; its price is taken whole.
    ///
    /// # Errors
    /// When the text is not of that form, or a figure in it is negative or a window nothing.
    pub fn with_overrides(json: &str) -> Result<Self, BadPrices> {
        let mut models = parse(json)?;
        let built_in = Self::default();
        for entry in &mut models {
            if let Some((known, _)) = built_in.find(&entry.id) {
                entry.window = entry.window.or(known.window);
                entry.cache_minimum = entry.cache_minimum.or(known.cache_minimum);
                entry.effort = entry.effort.or(known.effort);
            }
        }
        models.extend(built_in.models);
        Ok(Self { models })
    }

    /// Says what a call cost.
    #[must_use]
    pub fn cost(&self, model: &str, usage: &Usage) -> Cost {
        let Some((entry, multiple)) = self.find(model) else {
            return Cost::Unknown;
        };
        let cached = usage.cache_write.saturating_add(usage.cache_read);
        let prompt = usage.input.saturating_add(cached);
        let rate = match entry.above {
            Some(tier) if prompt > tier.prompt => tier.price,
            _ => entry.price,
        };
        Cost::Known(rate.dollars(usage) * multiple)
    }

    /// Says how many tokens a prompt and its reply may have together; for an unknown model 200,000.
    #[must_use]
    pub fn context_window(&self, model: &str) -> usize {
        self.entry(model).and_then(|m| m.window).unwrap_or(WINDOW)
    }

    /// Says how many tokens a prompt must have before the provider caches it; for an unknown model 1,024.
    #[must_use]
    pub fn cache_minimum(&self, model: &str) -> usize {
        self.entry(model).and_then(|m| m.cache_minimum).unwrap_or(CACHE_MINIMUM)
    }

    /// Says whether the model is known to take an effort level: Claude 4.6 and newer do, older ones refuse it.
    #[must_use]
    pub fn takes_effort(&self, model: &str) -> bool {
        self.entry(model).and_then(|m| m.effort).unwrap_or(false)
    }

    fn entry(&self, model: &str) -> Option<&Entry> {
        self.find(model).map(|(entry, _)| entry)
    }

    /// Finds the entry whose id is the longest beginning of this one, and what its price is multiplied by.
    fn find(&self, model: &str) -> Option<(&Entry, f64)> {
        let (name, multiple) = plain(model);
        let mut best: Option<&Entry> = None;
        for entry in &self.models {
            let fits = entry.id == model || name.strip_prefix(&entry.id).is_some_and(is_version);
            if fits && best.is_none_or(|best| entry.id.len() > best.id.len()) {
                best = Some(entry);
            }
        }
        // Whoever prices a regional id by its full name has its own price.
        best.map(|entry| (entry, if entry.id == model { 1.0 } else { multiple }))
    }
}

impl Rate {
    fn dollars(&self, usage: &Usage) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "no call has 2^53 tokens")]
        let price = |tokens: u64, rate: f64| tokens as f64 * rate / 1e6;
        price(usage.input, self.input)
            + price(usage.output, self.output)
            + price(usage.cache_read, self.cache_read.unwrap_or(self.input * CACHE_READ))
            + price(usage.cache_write, self.cache_write.unwrap_or(self.input * CACHE_WRITE))
    }

    fn is_possible(&self) -> bool {
        [Some(self.input), Some(self.output), self.cache_read, self.cache_write]
            .iter()
            .flatten()
            .all(|price| price.is_finite() && *price >= 0.0)
    }
}

fn parse(json: &str) -> Result<Vec<Entry>, BadPrices> {
    let table: Table = serde_json::from_str(json.trim_start_matches('\u{feff}'))?;
    for entry in &table.models {
        let what = if entry.id.trim().is_empty() {
            "no id"
        } else if !entry.price.is_possible() || entry.above.is_some_and(|t| !t.price.is_possible())
        {
            "a price that is negative"
        } else if entry.window == Some(0) {
            "a window of nothing"
        } else {
            continue;
        };
        let model = entry.id.clone();
        return Err(BadPrices::Figure { model, what });
    }
    Ok(table.models)
}

/// Takes off what Bedrock puts before a model's id, and says what that does to the price.
fn plain(model: &str) -> (&str, f64) {
    let id = match model.strip_prefix("arn:") {
        Some(arn) => arn.rsplit('/').next().unwrap_or(arn),
        None => model,
    };
    match id.split_once("anthropic.") {
        Some((region, name)) if REGIONS.contains(&region) => (name, REGIONAL),
        Some((_, name)) => (name, 1.0),
        None => (id, 1.0),
    }
}

/// Whether this is all that may follow an id that names the same model: nothing, a date, a version of Bedrock's.
/// Without this check a new `claude-sonnet-5-9` would be given the price of `claude-sonnet-5`.
fn is_version(rest: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_date = |text: &str| text.len() == 8 && is_number(text);
    rest.split(['-', '@']).skip(1).all(|part| {
        let bedrock = part.strip_prefix('v').map(|v| v.split_once(':').unwrap_or((v, "0")));
        is_date(part)
            || part == "latest"
            || bedrock.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
    }) && (rest.is_empty() || rest.starts_with(['-', '@']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLION: Usage =
        Usage { input: 1_000_000, cache_write: 0, cache_read: 0, output: 1_000_000 };

    fn dollars(model: &str, usage: &Usage) -> Option<f64> {
        match Prices::default().cost(model, usage) {
            Cost::Known(dollars) => Some((dollars * 1e9).round() / 1e9),
            _ => None,
        }
    }

    #[test]
    fn the_built_in_table_parses_and_names_each_model_once() {
        let models = parse(include_str!("models.json")).unwrap();
        let mut ids: Vec<_> = models.iter().map(|m| m.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), models.len());
    }

    #[test]
    fn dated_and_bedrock_ids_find_their_model() {
        for id in [
            "claude-haiku-4-5",
            "claude-haiku-4-5-20251001",
            "claude-haiku-4-5@20251001",
            "anthropic.claude-haiku-4-5",
            "global.anthropic.claude-haiku-4-5-20251001-v1:0",
        ] {
            assert_eq!(dollars(id, &MILLION), Some(6.0), "{id}");
        }
        for id in [
            "us.anthropic.claude-haiku-4-5-20251001-v1:0",
            "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-haiku-4-5-v1",
        ] {
            assert_eq!(dollars(id, &MILLION), Some(6.6), "{id}");
        }
        assert_eq!(dollars("claude-sonnet-5-5-20261001", &MILLION), Some(12.0));
        assert_eq!(dollars("claude-opus-5", &MILLION), Some(30.0));
    }

    #[test]
    fn a_model_that_is_not_in_the_table_costs_nobody_knows_what() {
        for id in [
            "",
            "gpt-5",
            "claude-sonnet-5-9",
            "claude-haiku-4-50",
            "claude",
            "claude-haiku-4-5-fast",
        ] {
            assert_eq!(dollars(id, &MILLION), None, "{id}");
            assert_eq!(Prices::default().context_window(id), 200_000, "{id}");
        }
        assert_eq!(dollars("offline", &MILLION), Some(0.0));
    }

    #[test]
    fn a_prompt_over_the_threshold_is_dearer_cache_included() {
        let usage = |input| Usage { input, cache_write: 20_000, cache_read: 40_000, output: 1_000 };
        let below = 40_000.0 * 0.1 + 20_000.0 * 0.125 + 40_000.0 * 0.01 + 1_000.0 * 0.5;
        let above = 40_001.0 * 0.5 + 20_000.0 * 0.625 + 40_000.0 * 0.05 + 1_000.0 * 2.5;
        assert_eq!(dollars("claude-haiku-5-5", &usage(40_000)), Some(below / 1e6));
        assert_eq!(dollars("claude-haiku-5-5", &usage(40_001)), Some(above / 1e6));
    }

    #[test]
    fn a_file_adds_models_and_overrules_prices_but_keeps_known_limits() {
        let prices = Prices::with_overrides(
            r#"{"models": [
                {"id": "claude-haiku-5-5", "price": {"input": 7, "output": 0}},
                {"id": "llama", "price": {"input": 0, "output": 1}, "window": 8192}]}"#,
        )
        .unwrap();
        assert_eq!(prices.cost("claude-haiku-5-5", &MILLION), Cost::Known(7.0));
        assert_eq!(prices.context_window("claude-haiku-5-5"), 1_000_000);
        assert_eq!(prices.cache_minimum("claude-haiku-5-5"), 512);
        assert_eq!(prices.cost("llama", &MILLION), Cost::Known(1.0));
        assert_eq!(prices.context_window("llama"), 8192);
        assert_eq!(prices.cost("claude-opus-5", &MILLION), Cost::Known(30.0));
    }

    #[test]
    fn a_wrong_file_is_refused_with_what_is_wrong() {
        let refusal = |json: &str| {
            let error = Prices::with_overrides(json).unwrap_err();
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            cause.unwrap_or_else(|| error.to_string())
        };
        assert!(refusal("{").contains("line 1"));
        assert!(
            refusal(r#"{"models": [{"id": "a", "pricey": 1}]}"#).contains("unknown field `pricey`")
        );
        assert!(refusal(r#"{"models": [{"id": "a"}]}"#).contains("missing field `price`"));
        assert_eq!(
            refusal(r#"{"models": [{"id": "a", "price": {"input": -1, "output": 1}}]}"#),
            "the price file gives the model `a` a price that is negative"
        );
    }
}
