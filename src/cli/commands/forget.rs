//! `acquaint forget`.

use crate::agent::{Agent, Forgotten};
use crate::cli::Context;
use crate::cli::args::Forget;
use crate::cli::changes;
use crate::cli::confirm::{Answer, must_agree};
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::{Line, Screen};
use crate::cli::view::count;
use crate::id::UserId;
use crate::profile::{Change, Item};

pub(crate) async fn run(context: Context<'_>, args: Forget) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let ids = match &args.matching {
        None => distinct(args.items),
        Some(text) => {
            let items = matching(&agent, &args.user, text).await?;
            if !args.yes {
                for line in listed(&items) {
                    screen.note(line);
                }
                let question = format!("Forget {}?", these(items.len()));
                let answer = must_agree(screen, "forgetting whatever matches", &question)?;
                if answer != Answer::Yes {
                    screen.note("nothing was forgotten");
                    return Ok(answer.exit());
                }
            }
            items.iter().map(|item| item.id().to_owned()).collect()
        }
    };
    let forgotten = agent.forget(&args.user, &ids).await?;
    if settings.json {
        let Forgotten { items, saved } = &forgotten;
        let told = serde_json::json!({ "revision": saved.revision, "forgotten": items });
        super::json(screen, &told)?;
    } else {
        screen.lines(listed(&forgotten.items));
        screen.note(
            "gone from the profile, its history and the turns that are kept; not learned again",
        );
    }
    left(screen, &agent, &args.user).await?;
    Ok(Exit::Done)
}

async fn matching(agent: &Agent, user: &UserId, text: &str) -> Result<Vec<Item>, Failure> {
    let items = agent.matching(user, text).await?;
    if items.is_empty() {
        let nothing = format!("nothing that is known of `{user}` holds `{text}`");
        let hint = format!("`acquaint show {user}` lists the items with their ids");
        return Err(Failure::usage(nothing).hint(hint));
    }
    Ok(items)
}

/// Tells what may still hold a forgotten value.
async fn left(screen: &mut Screen, agent: &Agent, user: &UserId) -> Result<(), Failure> {
    let profile = agent.profile(user).await?;
    for id in profile.map(|profile| profile.revived()).unwrap_or_default() {
        screen.warn(format!(
            "`{id}` says the same and is still there: `acquaint forget {user} {id}`"
        ));
    }
    for place in agent.set_aside(user).await? {
        screen.warn(format!("`{place}` was set aside as damaged and may still hold it: delete it"));
    }
    Ok(())
}

fn listed(items: &[Item]) -> Vec<Line> {
    let gone = items.iter().map(|item| Change::Removed { item: item.clone() });
    changes::lines(&gone.collect::<Vec<_>>())
}

fn these(number: usize) -> String {
    if number == 1 { "this item".to_owned() } else { format!("these {}", count(number, "item")) }
}

fn distinct(items: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    items.into_iter().filter(|item| seen.insert(item.trim().to_owned())).collect()
}
