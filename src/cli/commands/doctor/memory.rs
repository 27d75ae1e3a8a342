//! Each user's memory.

use super::{Finding, Health};
use crate::agent::{Agent, UserCheckup};
use crate::cli::view::count;
use crate::error::{Error, Result};
use crate::id::UserId;

/// Everyone with whom something is not in order, or that all is well.
pub(super) async fn check(agent: &Agent) -> Vec<Finding> {
    match look(agent).await {
        Ok(findings) if findings.is_empty() => {
            vec![Finding::new(Health::Ok, "memory: every profile can be read, nothing is pending")]
        }
        Ok(findings) => findings,
        Err(error) => vec![Finding::failed("memory", &error)],
    }
}

async fn look(agent: &Agent) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for user in agent.users().await? {
        let checkup = agent.check_user(&user).await?;
        findings.extend(profile(&user, &checkup));
        findings.extend(sessions(&user, &checkup));
    }
    Ok(findings)
}

fn profile(user: &UserId, checkup: &UserCheckup) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut just_now = None;
    if let Err(error) = &checkup.profile {
        findings.push(Finding::failed(user.as_str(), error));
        if let Error::Damaged(damaged) = error {
            just_now = Some(&damaged.aside);
        }
    }
    for place in checkup.set_aside.iter().filter(|place| Some(*place) != just_now) {
        let told = format!("{user}: a damaged profile was set aside as `{place}`");
        findings
            .push(Finding::new(Health::Warn, told).hint("delete it when it is no longer needed"));
    }
    if !checkup.revived.is_empty() {
        let ids = checkup.revived.join(" ");
        let told = format!("{user}: {ids} hold what was forgotten");
        let finding = Finding::new(Health::Warn, told);
        findings.push(finding.hint(format!("`acquaint forget {user} {ids}` takes it out")));
    }
    findings
}

fn sessions(user: &UserId, checkup: &UserCheckup) -> Vec<Finding> {
    let mut findings = Vec::new();
    if checkup.pending > 0 {
        let gave_up = match checkup.gave_up {
            0 => String::new(),
            number => format!(", {number} of which failed too often to be tried again unasked"),
        };
        let told = format!("{user}: {}{gave_up}", count(checkup.pending, "pending session"));
        let hint = format!("`acquaint extract {user}` learns from what was said there");
        findings.push(Finding::new(Health::Warn, told).hint(hint));
    }
    if checkup.unreadable > 0 {
        let lines = count(checkup.unreadable, "unreadable line");
        let told = format!("{user}: {lines} in the history or the journals");
        let hint = "a crash or a full disk leaves one behind, which harms nothing; for more, look at the disk";
        findings.push(Finding::new(Health::Warn, told).hint(hint));
    }
    findings
}
