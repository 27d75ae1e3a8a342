//! Before the first prompt: who is talking, whether the profile can be read, and what earlier sessions left behind.

use super::source::Source;
use super::waiting::{Waiting, events, interrupted};
use crate::agent::{Agent, Pending, Session};
use crate::cli::changes;
use crate::cli::fail::{Exit, Failure};
use crate::cli::input::Input;
use crate::cli::screen::Screen;
use crate::error::Error;
use crate::id::UserId;
use crate::model;

/// Who talks when nobody says.
const NOBODY: &str = "default_user";

/// Asks who is talking; a status when the question was left with Ctrl-C or Ctrl-D.
pub(super) async fn who(
    source: &mut Source,
    screen: &mut Screen,
) -> Result<Result<UserId, Exit>, Failure> {
    let answer = match source.ask("Enter user ID:", screen).await? {
        Input::Line(line) => line,
        Input::Interrupted => return Ok(Err(Exit::Interrupted)),
        Input::End if source.is_terminal() => return Ok(Err(Exit::Done)),
        Input::End => String::new(),
    };
    let id = match answer.trim() {
        "" => NOBODY,
        id => id,
    };
    Ok(Ok(id.parse::<UserId>().map_err(Error::from)?))
}

/// What can be done about a profile that cannot be read.
enum Way {
    Back(u64),
    Afresh,
}

impl Way {
    fn out_of(error: &Error) -> Option<Self> {
        match error {
            Error::Damaged(damaged) => Some(damaged.last_good.map_or(Self::Afresh, Self::Back)),
            Error::Lost { revision, .. } => Some(Self::Back(*revision)),
            _ => None,
        }
    }

    fn question(&self) -> String {
        match self {
            Self::Back(revision) => format!("Go back to revision {revision}? [Y/n]"),
            Self::Afresh => "Start afresh without it? [y/N]".to_owned(),
        }
    }

    fn is_accepted(&self, answer: &str) -> bool {
        let yes = ["y", "yes"].iter().any(|word| answer.trim().eq_ignore_ascii_case(word));
        yes || answer.trim().is_empty() && matches!(self, Self::Back(_))
    }
}

/// Opens a session. At a terminal a profile that is damaged or lost can be brought back; `None` when that was declined.
pub(super) async fn open(
    agent: &Agent,
    user: &UserId,
    source: &mut Source,
    screen: &mut Screen,
) -> Result<Option<Session>, Failure> {
    let error = match agent.open(user).await {
        Ok(session) => return Ok(Some(session)),
        Err(error) => error,
    };
    let Some(way) = Way::out_of(&error).filter(|_| source.is_terminal()) else {
        return Err(error.into());
    };
    Failure::from(error).report(screen);
    let accepted = match source.ask(&way.question(), screen).await? {
        Input::Line(answer) => way.is_accepted(&answer),
        Input::Interrupted | Input::End => false,
    };
    if !accepted {
        return Ok(None);
    }
    if let Way::Back(revision) = way {
        let (back, saved) = agent.undo(user, Some(revision)).await?;
        screen.note(format!("revision {back} is back, as revision {}", saved.revision));
    }
    Ok(Some(agent.open(user).await?))
}

/// What became of the sessions that earlier chats left behind.
#[derive(Default)]
pub(super) struct CaughtUp {
    /// Something was learned, so that the profile is another one now.
    pub(super) learned: bool,
    /// One failed and is still pending.
    pub(super) failed: bool,
}

/// Learns from earlier sessions that are pending.
pub(super) async fn catch_up(agent: &Agent, user: &UserId, screen: &mut Screen) -> CaughtUp {
    let mut caught_up = CaughtUp::default();
    let pending = match agent.pending(user).await {
        Ok(pending) => pending,
        Err(error) => {
            Failure::from(error).report(screen);
            return CaughtUp { learned: false, failed: true };
        }
    };
    let (hopeless, pending): (Vec<Pending>, Vec<Pending>) =
        pending.into_iter().partition(Pending::gave_up);
    if !hopeless.is_empty() {
        let count = counted(hopeless.len(), "earlier session");
        screen.note(format!(
            "{count} could not be learned from so far; `acquaint extract {user}` tries again"
        ));
    }
    // Not claimed any longer than needed: somebody may run what the line says.
    drop(hopeless);
    for session in pending {
        match recover(agent, user, session, screen).await {
            Recovery::Learned => caught_up.learned = true,
            Recovery::Failed => caught_up.failed = true,
            Recovery::OutOfReach => {
                caught_up.failed = true;
                break;
            }
            Recovery::Skipped => break,
        }
    }
    caught_up
}

enum Recovery {
    Learned,
    /// It is about this session.
    Failed,
    /// The next one would fail as well.
    OutOfReach,
    Skipped,
}

async fn recover(agent: &Agent, user: &UserId, pending: Pending, screen: &mut Screen) -> Recovery {
    let mut waiting = Waiting::new("learning from an earlier session (Ctrl-C skips)");
    let (listener, events) = events();
    let call = agent.recover(user, pending, listener);
    let recovered = tokio::select! {
        biased;
        () = interrupted() => None,
        recovered = waiting.during(screen, call, events, |waiting, screen, event| {
            waiting.retry(screen, &event);
        }) => Some(recovered),
    };
    waiting.end(screen);
    match recovered.map(|recovered| recovered.result) {
        None => {
            screen.note("skipped; it stays pending");
            Recovery::Skipped
        }
        Some(Ok(outcome)) => {
            let told = changes::lines(&outcome.changes);
            let headline = if told.is_empty() { "nothing new in" } else { "learned from" };
            screen.note(format!("{headline} an earlier session"));
            for line in told {
                screen.note(line);
            }
            Recovery::Learned
        }
        Some(Err(error)) => {
            let alone = is_about_the_session(&error);
            let hint =
                format!("an earlier session stays pending; `acquaint extract {user}` tries again");
            Failure::from(error).hint(hint).report(screen);
            if alone { Recovery::Failed } else { Recovery::OutOfReach }
        }
    }
}

fn is_about_the_session(error: &Error) -> bool {
    match error {
        Error::Declined { .. } | Error::NoUpdate { .. } => true,
        Error::Model(error) => {
            matches!(error, model::Error::Rejected { .. } | model::Error::TooLong { .. })
        }
        _ => false,
    }
}

/// `1 fact`, `2 facts`.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
