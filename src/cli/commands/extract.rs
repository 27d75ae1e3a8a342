//! `acquaint extract`.

mod told;

use serde_json::Value;

use crate::agent::{Agent, Pending, SessionState};
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
    let pending = pending(screen, &agent, args.user).await?;
    if !pending.is_empty() {
        notice::fallback(screen, settings);
    }
    let run = all(screen, &agent, pending, settings.json).await;
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

/// What came of the sessions.
#[derive(Default)]
struct Run {
    told: Vec<Value>,
    failed: usize,
    /// Not tried, since it would have failed like the one before.
    left: usize,
}

/// Claims what is pending, oldest first for each user, and names what is open elsewhere.
async fn pending(
    screen: &mut Screen,
    agent: &Agent,
    user: Option<UserId>,
) -> Result<Vec<(UserId, Pending)>> {
    let users = match user {
        Some(user) => {
            agent.must_know(&user).await?;
            vec![user]
        }
        None => agent.users().await?,
    };
    let mut pending = Vec::new();
    for user in users {
        for session in agent.sessions(&user).await? {
            if session.state == SessionState::Open {
                let session = session.session;
                screen.note(format!("session {session} of {user} is open elsewhere: skipped"));
            }
        }
        pending.extend(agent.pending(&user).await?.into_iter().map(|one| (user.clone(), one)));
    }
    Ok(pending)
}

async fn all(
    screen: &mut Screen,
    agent: &Agent,
    pending: Vec<(UserId, Pending)>,
    as_json: bool,
) -> Run {
    let total = pending.len();
    let mut run = Run::default();
    for (at, (user, pending)) in pending.into_iter().enumerate() {
        let mut spinner = Spinner::new(&format!("extracting {} of {total}", at + 1));
        let recovered = spinner.during(screen, agent.recover(&user, pending, |_| {})).await;
        spinner.erase(screen);
        run.told.push(told::json(&user, &recovered));
        if !as_json {
            told::print(screen, &user, &recovered);
        }
        if let Err(error) = recovered.result {
            run.failed += 1;
            let hopeless = concerns_all(&error);
            Failure::from(error).report(screen);
            if hopeless {
                run.left = total - at - 1;
                break;
            }
        }
    }
    run
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
