//! The settings, the provider and the models.

use std::path::Path;

use super::{Finding, Health};
use crate::agent::Agent;
use crate::cli::screen::Screen;
use crate::cli::spinner::Spinner;
use crate::config::{Provider, Settings};
use crate::model::Model;

pub(super) async fn check(screen: &mut Screen, agent: &Agent, settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![sources(settings), provider(settings)];
    let missing_key = settings.provider == Provider::Anthropic && settings.anthropic.key.is_none();
    if settings.provider == Provider::Offline || missing_key {
        return findings;
    }
    let (chat, extractor) = (agent.chat_model(), agent.extraction_model());
    findings.push(model(screen, agent, chat).await);
    if extractor.id() != chat.id() {
        findings.push(model(screen, agent, extractor).await);
    }
    findings
}

/// Settings that are wrong never get here; what is left to tell is where they may come from.
fn sources(settings: &Settings) -> Finding {
    let file = if Path::new(".env").exists() { ", with the `.env` here" } else { "" };
    let prompts = settings.prompts.as_ref();
    let prompts =
        prompts.map(|folder| format!(", prompts of `{}`", folder.display())).unwrap_or_default();
    let prices = settings.prices.as_ref();
    let prices = prices.map(|file| format!(", prices of `{}`", file.display())).unwrap_or_default();
    Finding::new(Health::Ok, format!("settings: all can be read{file}{prompts}{prices}"))
}

fn provider(settings: &Settings) -> Finding {
    let told = format!("provider: {}", settings.provider);
    match (settings.provider, &settings.anthropic.key) {
        (Provider::Offline, _) if settings.fallback => {
            Finding::new(Health::Warn, format!("{told}, since there is no API key"))
                .hint("set `ANTHROPIC_API_KEY` in the environment or in `.env` for a real model")
        }
        (Provider::Offline, _) => Finding::new(Health::Ok, format!("{told}, which needs no key")),
        (Provider::Anthropic, Some(_)) => {
            Finding::new(Health::Ok, format!("{told}, with a key, at {}", settings.anthropic.base_url))
        }
        (Provider::Anthropic, None) => Finding::new(Health::Fail, format!("{told}, without a key"))
            .hint("set `ANTHROPIC_API_KEY` in the environment or in `.env`, or use `--provider offline`"),
    }
}

/// Asks the model for a few tokens: nothing else shows a wrong key, a wrong name or a missing network.
async fn model(screen: &mut Screen, agent: &Agent, model: &dyn Model) -> Finding {
    let told = format!("model {}", model.id());
    let mut spinner = Spinner::new(&format!("asking {}", model.id()));
    let tried = spinner.during(screen, agent.try_model(model)).await;
    spinner.erase(screen);
    match tried {
        Ok(call) => {
            let cost = agent.settings().prices.cost(&call.model, &call.usage);
            let (input, output) = (call.usage.input, call.usage.output);
            let used = format!("{input} tokens in, {output} out, cost {cost}");
            Finding::new(Health::Ok, format!("{told}: answers ({used})"))
        }
        Err(error) => Finding::failed(&told, &error),
    }
}
