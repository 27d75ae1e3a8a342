//! What a checkup looks at: whether the store can be written to, what lies in it that nobody will read, and how each user's
//! memory is.

use super::journal::Call;
use super::{Agent, history, random};
use crate::error::Result;
use crate::id::{SessionId, UserId};
use crate::model::{Message, Model, Request, Role, complete};
use crate::store::{Current, Next, Part};

/// The longest reply to a trial call. A reply that is cut off there proves as much as a whole one.
const TRIAL_TOKENS: u32 = 64;

/// How one user's memory is.
#[derive(Debug)]
pub struct UserCheckup {
    /// Whether the profile can be read; as [`Agent::profile`].
    pub profile: Result<()>,
    /// Where damaged profiles were set aside.
    pub set_aside: Vec<String>,
    /// Ids of items that hold a value that was forgotten.
    pub revived: Vec<String>,
    /// Sessions that wait for extraction, those open elsewhere included.
    pub pending: usize,
    /// Those among them that only `acquaint extract` tries again.
    pub gave_up: usize,
    /// Lines of the history and of the journals that cannot be read.
    pub unreadable: usize,
}

impl Agent {
    /// Writes, reads, claims and deletes a probe; whether a claim keeps others out.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub async fn check_store(&self) -> Result<bool> {
        let name = format!("acquaint probe {:08x}", random());
        let user = UserId::try_from(name)?;
        let probe = self.key(&user, Part::Input);
        let mut write = |_: Current<'_>| {
            Some(Next { document: Some(b"probe\n".to_vec()), entries: Vec::new() })
        };
        self.store().update(&probe, &mut write).await?;
        let journal = self.key(&user, Part::Journal(SessionId::new(self.now(), random())));
        let first = self.store().hold(&journal).await;
        let second = self.store().hold(&journal).await;
        self.store().delete(&probe).await?;
        Ok(first?.is_some() && second?.is_none())
    }

    /// What lies in the store's place and is no part of it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn strays(&self) -> Result<Vec<String>> {
        Ok(self.store().strays().await?)
    }

    /// Where damaged profiles of the user were set aside.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_aside(&self, user: &UserId) -> Result<Vec<String>> {
        let keys = self.keys(user).await?;
        let aside = keys.iter().filter(|key| matches!(key.part, Part::Damaged(_)));
        Ok(aside.map(|key| self.store().place(key)).collect())
    }

    /// Looks through everything that is kept of a user.
    ///
    /// # Errors
    /// When the store fails. What is wrong with the profile is told in the checkup.
    pub async fn check_user(&self, user: &UserId) -> Result<UserCheckup> {
        let profile = self.profile(user).await;
        let mut checkup = UserCheckup {
            revived: match &profile {
                Ok(Some(profile)) => profile.revived(),
                _ => Vec::new(),
            },
            profile: profile.map(drop),
            set_aside: self.set_aside(user).await?,
            pending: 0,
            gave_up: 0,
            unreadable: 0,
        };
        let lines = self.store().read(&self.key(user, Part::History)).await?;
        let unreadable = lines.iter().filter(|line| !history::is_entry(line));
        checkup.unreadable += unreadable.count();
        for key in self.keys(user).await? {
            if let Part::Journal(session) = &key.part {
                let journal = self.journal(user, session).await?;
                checkup.pending += usize::from(journal.is_pending());
                checkup.gave_up += usize::from(journal.is_pending() && journal.gave_up());
                checkup.unreadable += journal.unreadable;
            }
        }
        Ok(checkup)
    }

    /// Asks a model for next to nothing, so that a wrong key, a wrong model or a missing network shows.
    ///
    /// # Errors
    /// As the model has them.
    pub async fn try_model(&self, model: &dyn Model) -> Result<Call> {
        let request = Request {
            system: String::new(),
            messages: vec![Message { role: Role::User, text: "Answer with `ok`.".to_owned() }],
            max_tokens: TRIAL_TOKENS,
            schema: None,
            user: None,
            cache: false,
        };
        let reply = complete(model, &request, |_| {}).await?;
        Ok(Call { model: reply.done.model, usage: reply.done.usage })
    }
}
