//! `acquaint edit`.

mod draft;

use crate::agent::{Agent, Saved};
use crate::cli::Context;
use crate::cli::args::User;
use crate::cli::confirm::{Answer, ask, can_ask};
use crate::cli::fail::{Exit, Failure};
use crate::cli::screen::Screen;
use crate::error::{Error, Result};
use crate::id::UserId;
use crate::profile::Profile;
use draft::Draft;

pub(crate) async fn run(context: Context<'_>, args: User) -> Result<Exit, Failure> {
    let Context { agent, settings, screen } = context;
    let original = original(&agent, &args.user).await?;
    let draft = Draft::new(&original).map_err(Failure::failed)?;
    let editor = settings.editor.as_deref().unwrap_or(draft::DEFAULT_EDITOR);
    loop {
        match attempt(&agent, &args.user, &original, &draft, editor).await {
            Ok(Some(saved)) => {
                draft.remove();
                return super::saved(screen, settings.json, &saved);
            }
            Ok(None) => {
                draft.remove();
                screen.note("nothing changed");
                return Ok(Exit::Done);
            }
            Err(failure) => again(screen, failure, &draft, &original)?,
        }
    }
}

/// What is there to edit; an empty document for a user of whom there is none.
async fn original(agent: &Agent, user: &UserId) -> Result<Vec<u8>> {
    match agent.document(user).await {
        Err(Error::NoSuchUser { .. }) => Ok(Profile::new(user.as_str()).to_json().into_bytes()),
        document => document,
    }
}

/// Edits once and saves; `None` when nothing changed.
async fn attempt(
    agent: &Agent,
    user: &UserId,
    original: &[u8],
    draft: &Draft,
    editor: &str,
) -> Result<Option<Saved>, Failure> {
    draft.edit(editor).await?;
    let edited = draft.read().map_err(Failure::failed)?;
    let parse = |document| Profile::parse(document, user.as_str()).ok();
    let unchanged = parse(&edited).is_some_and(|edited| parse(original) == Some(edited));
    if unchanged || edited == original {
        return Ok(None);
    }
    agent.edit(user, original, &edited).await.map(Some).map_err(super::of_input)
}

/// Offers another try where that can help. What was typed is kept in any case.
fn again(
    screen: &mut Screen,
    failure: Failure,
    draft: &Draft,
    original: &[u8],
) -> Result<(), Failure> {
    if draft.read().is_ok_and(|edited| edited == original) {
        draft.remove();
        return Err(failure);
    }
    if failure.exit == Exit::Usage && can_ask() {
        failure.report(screen);
        if ask(screen, "Edit again?", Answer::Yes)? == Answer::Yes {
            return Ok(());
        }
        screen.warn(format!("nothing was saved; what you wrote is in `{}`", draft.place()));
        return Err(Failure::usage("the edited document is not a profile"));
    }
    Err(failure.hint(format!("nothing was saved; what you wrote is in `{}`", draft.place())))
}
