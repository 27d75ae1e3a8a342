//! The store: can it be reached, written to and locked, and what lies in it that is nobody's.

use super::{Finding, Health};
use crate::agent::Agent;
use crate::cli::view::count;
use crate::config::Settings;

/// So many strays are named; the rest is counted.
const NAMED: usize = 5;

/// The findings, and whether there is any use in looking further.
pub(super) async fn check(agent: &Agent, settings: &Settings) -> (Vec<Finding>, bool) {
    let told = format!("store `{}`", settings.store);
    let space = settings.space.as_ref().map(|space| format!(", space `{space}`"));
    let users = match agent.users().await {
        Ok(users) => users.len(),
        Err(error) => return (vec![Finding::failed(&told, &error)], false),
    };
    let holds = format!("{told}{}: {}", space.unwrap_or_default(), count(users, "user"));
    let mut findings = vec![Finding::new(Health::Ok, holds)];
    findings.push(match agent.check_store().await {
        Ok(true) => {
            Finding::new(Health::Ok, "store: can be written to, and its locks keep others out")
        }
        Ok(false) => Finding::new(Health::Fail, "store: its locks keep nobody out")
            .hint("use a disk that knows `flock`; some network disks do not"),
        Err(error) => Finding::failed("store: cannot be written to", &error),
    });
    match agent.strays().await {
        Ok(strays) => findings.extend(strangers(&strays)),
        Err(error) => findings.push(Finding::failed("store", &error)),
    }
    (findings, true)
}

fn strangers(strays: &[String]) -> Option<Finding> {
    let named: Vec<String> = strays.iter().take(NAMED).map(|place| format!("`{place}`")).collect();
    let more = strays.len().checked_sub(named.len()).filter(|more| *more > 0);
    let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
    let told = format!("store: nobody will read {}{more}", named.join(", "));
    let finding =
        Finding::new(Health::Warn, told).hint("move what does not belong there elsewhere");
    (!strays.is_empty()).then_some(finding)
}
