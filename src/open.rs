//! Makes an agent of settings: the one place where a provider's name becomes a model, and a URL a store.

use std::sync::Arc;

use crate::agent::{self, Agent, Prompts};
use crate::config::{Provider, Settings};
use crate::error::{Error, Result};
use crate::model::{Anthropic, AnthropicSettings, Limits, Model, Offline, Prices};
use crate::store;

/// The agent that the settings describe. Nothing is read but the files they name, and nothing is sent.
///
/// # Errors
/// For a store that is not known, a prompt or a price table that cannot be read. Credentials are missed at the first call.
pub fn open(settings: &Settings) -> Result<Agent> {
    let prices = prices(settings)?;
    let (chat, extractor) = models(settings, &prices);
    let prompts =
        settings.prompts.as_deref().map_or_else(|| Ok(Prompts::default()), Prompts::from_folder)?;
    let settings_of_agent = agent::Settings {
        caps: settings.caps.clone(),
        keep_days: settings.keep_days,
        prompts,
        prices,
        space: settings.space.clone(),
        ..agent::Settings::default()
    };
    Ok(Agent::new(store::open(&settings.store)?, chat, extractor, settings_of_agent))
}

type Models = (Arc<dyn Model>, Arc<dyn Model>);

fn models(settings: &Settings, prices: &Prices) -> Models {
    match settings.provider {
        Provider::Anthropic => {
            let chat = Anthropic::new(AnthropicSettings {
                api_key: settings.anthropic.key.clone(),
                base_url: settings.anthropic.base_url.clone(),
                model: settings.model.clone(),
                prices: prices.clone(),
                limits: Limits::default(),
            });
            let extractor = chat.with_model(&settings.extraction_model);
            (Arc::new(chat), Arc::new(extractor))
        }
        Provider::Offline => {
            let model: Arc<dyn Model> = Arc::new(Offline::new());
            (Arc::clone(&model), model)
        }
    }
}

fn prices(settings: &Settings) -> Result<Prices> {
    let Some(path) = &settings.prices else { return Ok(Prices::default()) };
    let place = path.display().to_string();
    let json = std::fs::read_to_string(path)
        .map_err(|source| Error::File { place: place.clone(), source })?;
    Prices::with_overrides(&json).map_err(|source| Error::Prices { place, source })
}
