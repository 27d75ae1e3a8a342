//! `acquaint extract`.

mod told;

use serde_json::Value;

use crate::agent::{Agent, SessionState};
use crate::cli::Context;
use crate::cli::args::Extract;
use crate::cli::fail::{Exit, Failure};
use crate::cli::notice;
use crate::cli::screen::Screen;
use crate::cli::spinner::Spinner;
use crate::cli::view::count;
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::model;

pub(crate) async fn run(context: Context<'_>, args: Extract) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let plan = plan(screen, &agent, args.user).await?;
    if plan.total > 0 {
        notice::fallback(screen, settings);
    }
    let run = all(screen, &agent, &plan, settings.json).await?;
    if settings.json {
        super::json(screen, &run.told)?;
    } else if run.told.is_empty() {
        screen.note("nothing is pending");
    }
    if run.failed + run.left == 0 {
        return Ok(Exit::Done);
    }
    let stay = count(run.failed + run.left, "session");
    screen.warn(format!("{stay} still pending; `acquaint extract` tries again"));
    Ok(Exit::Pending)
}

/// Whose sessions are pending, and how many there are.
struct Plan {
    users: Vec<UserId>,
    total: usize,
}

/// What came of the sessions.
#[derive(Default)]
struct Run {
    told: Vec<Value>,
    failed: usize,
    /// Not tried, since they would have failed like the one before.
    left: usize,
}

/// Looks for what is pending, and names what is open elsewhere.
async fn plan(screen: &mut Screen, agent: &Agent, user: Option<UserId>) -> Result<Plan> {
    let users = match user {
        Some(user) => vec![user],
        None => agent.users().await?,
    };
    let mut plan = Plan { users: Vec::new(), total: 0 };
    for user in users {
        let sessions = agent.sessions(&user).await?;
        for open in sessions.iter().filter(|session| session.state == SessionState::Open) {
            screen.note(format!("session {} of {user} is open elsewhere: skipped", open.session));
        }
        let pending = sessions.iter().filter(|session| session.state == SessionState::Pending);
        plan.total += pending.count();
        plan.users.push(user);
    }
    Ok(plan)
}

/// Extracts user by user, so that no more is claimed at a time than one user's sessions.
async fn all(screen: &mut Screen, agent: &Agent, plan: &Plan, as_json: bool) -> Result<Run> {
    let mut run = Run::default();
    for user in &plan.users {
        for pending in agent.pending(user).await? {
            let done = run.told.len();
            let total = plan.total.max(done + 1);
            let mut spinner = Spinner::new(&format!("extracting {} of {total}", done + 1));
            let recovered = spinner.during(screen, agent.recover(user, pending, |_| {})).await;
            spinner.erase(screen);
            run.told.push(told::json(user, &recovered));
            if !as_json {
                told::print(screen, user, &recovered);
            }
            let Err(error) = recovered.result else { continue };
            run.failed += 1;
            let hopeless = concerns_all(&error);
            Failure::from(error).report(screen);
            if hopeless {
                run.left = total - run.told.len();
                return Ok(run);
            }
        }
    }
    Ok(run)
}

/// Whether the other sessions would meet the same error.
fn concerns_all(error: &Error) -> bool {
    matches!(
        error,
        Error::Model(
            model::Error::NoCredentials { .. }
                | model::Error::Credentials { .. }
                | model::Error::Spending { .. }
                | model::Error::UnknownModel { .. }
                | model::Error::Unreachable { .. }
        )
    )
}
