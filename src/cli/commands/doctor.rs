//! `acquaint doctor`.

mod memory;
mod settings;
mod store;

use serde::Serialize;

use crate::cli::Context;
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;

/// How a checked thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    /// As it should be.
    Ok,
    /// It works, but somebody should look.
    Warn,
    /// It does not work.
    Fail,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Finding {
    health: Health,
    /// What was looked at and how it is.
    what: String,
    /// What to do about it, a sentence each.
    hints: Vec<String>,
}

impl Finding {
    fn new(health: Health, what: impl Into<String>) -> Self {
        Self { health, what: what.into(), hints: Vec::new() }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Something failed, with what the error says about it.
    fn failed(what: &str, error: &crate::error::Error) -> Self {
        let what = format!("{what}: {}", error.chain());
        Self { health: Health::Fail, what, hints: error.hints() }
    }
}

pub(crate) async fn run(context: Context<'_>) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let mut findings = settings::check(screen, &agent, settings).await;
    let (store, reachable) = store::check(&agent, settings).await;
    findings.extend(store);
    if reachable {
        findings.extend(memory::check(&agent).await);
    }
    if settings.json {
        super::json(screen, &findings)?;
    } else {
        for finding in &findings {
            print(screen, finding);
        }
    }
    let failed = findings.iter().any(|finding| finding.health == Health::Fail);
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

fn print(screen: &mut Screen, finding: &Finding) {
    let (style, label) = match finding.health {
        Health::Ok => (Style::ADDED, "ok    "),
        Health::Warn => (Style::WARNING, "warn  "),
        Health::Fail => (Style::ERROR, "fail  "),
    };
    screen.data(Line::default().styled(style, label).and(&finding.what).hanging(6));
    for hint in &finding.hints {
        screen.data(Line::from("      ").and(hint).hanging(6));
    }
}
