//! Applies an update to the newest profile, under caps, tombstones and grounding.
//!
//! Every text that comes in is redacted, made one line and shortened to its cap; what is blank, nothing but a secret, an instruction to the
//! model, or holds a forgotten value is refused. Texts are the same when their words are, whatever the case and punctuation.
//!
//! **Evidence.** From a session, an item whose quote is found in the user's own words is kept as proposed; one without is kept as `low`.
//! What changes or removes an item must be found, and must not be older than what it changes: a session that was extracted late does
//! not undo a newer one. A person needs no quote and pins; a program needs none either.
//!
//! **Pinned** items are changed, removed and evicted by a person only; anybody may confirm them.
//!
//! **Twins.** A fact, a preference or a decision that is there already is confirmed. A new value takes a preference's slot. A new decision on a
//! topic retires the old one, which stays in the history with its id. Of two proposals for the same slot or topic in one update, the later said
//! counts, of those said at once the first.
//!
//! **Caps.** What goes is the lowest by score: pinned first, then confidence, then how lately it was said (`confirmed`, else
//! `learned`), then how long it has been there; so that merging an update again evicts the same. An item that is
//! the lowest itself goes at once: it is told as added and as evicted, and found in the history. `low` items never push out known ones.
//!
//! **Order of changes.** Retired, updated, confirmed, facts, preferences, decisions, evicted facts, preferences and decisions, the
//! summary; within each, the order of the update.

use chrono::{DateTime, Timelike as _, Utc};

use super::caps::Caps;
use super::change::Change;
use super::document::Profile;
use super::ground::{Heard, Turn};
use super::item::{Confidence, Item, Meta, id_number};
use super::text::comparable;
use super::tombstone::Forgotten;
use super::update::Update;

mod admit;
mod decisions;
mod evict;
mod facts;
mod hostile;
mod preferences;
mod summary;
mod support;

pub(super) use evict::score;
use support::Support;

/// What an update rests on.
#[derive(Debug, Clone, Copy)]
pub enum Evidence<'a> {
    /// A session: an item counts as known when its quote is found in a turn of the user among these.
    Session {
        /// The session's id, noted on what it teaches.
        id: &'a str,
        /// The turns that were extracted.
        turns: &'a [Turn],
    },
    /// A person who says so: no quote needed, and what is added is pinned.
    Person,
    /// A program that was given the right to write (`PATCH`): no quote needed, not pinned.
    Program,
}

/// Applies `update` and tells, in order, everything that changed, was evicted or was refused.
///
/// Merging the same update twice changes nothing the second time but `confirmed` (and what is evicted at once is told again, under a new id). The
/// caller counts revisions and sessions.
pub fn merge(
    profile: &mut Profile,
    update: &Update,
    evidence: Evidence<'_>,
    caps: &Caps,
    now: DateTime<Utc>,
) -> Vec<Change> {
    let mut merge = Merge::new(profile, evidence, caps, now);
    for retirement in &update.retired_facts {
        merge.retire(retirement);
    }
    for revision in &update.updated_facts {
        merge.revise(revision);
    }
    for id in &update.confirmed_facts {
        merge.confirm(id);
    }
    for fact in &update.new_facts {
        merge.new_fact(fact);
    }
    for preference in &update.updated_preferences {
        merge.preference(preference);
    }
    for decision in &update.new_decisions {
        merge.new_decision(decision);
    }
    merge.evict();
    if let Some(summary) = &update.running_summary {
        merge.summary(summary);
    }
    merge.changes
}

struct Merge<'a> {
    profile: &'a mut Profile,
    evidence: Evidence<'a>,
    caps: &'a Caps,
    now: DateTime<Utc>,
    heard: Heard,
    forgotten: Forgotten,
    /// What this update has set already, by kind and words, and when that was said.
    settled: Vec<(&'static str, String, DateTime<Utc>)>,
    changes: Vec<Change>,
}

impl<'a> Merge<'a> {
    fn new(
        profile: &'a mut Profile,
        evidence: Evidence<'a>,
        caps: &'a Caps,
        now: DateTime<Utc>,
    ) -> Self {
        let turns = match evidence {
            Evidence::Session { turns, .. } => turns,
            _ => &[],
        };
        let facts = profile.key_facts.iter().filter_map(|fact| id_number(&fact.id, 'f'));
        profile.last_ids.0 = facts.fold(profile.last_ids.0, u64::max);
        let decisions = profile.recent_decisions.iter();
        let decisions = decisions.filter_map(|decision| id_number(&decision.id, 'd'));
        profile.last_ids.1 = decisions.fold(profile.last_ids.1, u64::max);
        Self {
            forgotten: Forgotten::new(&profile.forgotten),
            profile,
            evidence,
            caps,
            now: now.with_nanosecond(0).unwrap_or(now),
            heard: Heard::new(turns),
            settled: Vec::new(),
            changes: Vec::new(),
        }
    }

    fn refuse(&mut self, what: String, why: &str) {
        self.changes.push(Change::Refused { what, why: why.to_owned() });
    }

    fn is_person(&self) -> bool {
        matches!(self.evidence, Evidence::Person)
    }

    /// Why an item must stay as it is, if it must.
    fn protected(&self, meta: &Meta, support: &Support) -> Option<&'static str> {
        if meta.pinned && !self.is_person() {
            Some("it is pinned")
        } else if !support.said {
            Some("nothing that the user said shows it")
        } else if meta.confidence > Confidence::Low
            && meta.last_said().is_some_and(|last| last > support.at)
        {
            Some("what is known was said later")
        } else {
            None
        }
    }

    /// Whether this update has settled the matter already; notes that it has now. What nobody said settles nothing.
    fn settled(&mut self, kind: &'static str, words: &str, support: &Support) -> bool {
        let at = support.at;
        let known = self.settled.iter_mut().find(|(k, w, _)| *k == kind && w == words);
        match known {
            Some((_, _, then)) if *then >= at => true,
            Some((_, _, then)) => {
                *then = at;
                false
            }
            None => {
                if support.said {
                    self.settled.push((kind, words.to_owned(), at));
                }
                false
            }
        }
    }

    /// The details of something new.
    fn meta(&self, support: &Support) -> Meta {
        Meta {
            confidence: support.confidence,
            learned: Some(support.at),
            confirmed: None,
            session: match self.evidence {
                Evidence::Session { id, .. } => Some(id.to_owned()),
                _ => None,
            },
            quote: support.quote.clone(),
            pinned: self.is_person(),
        }
    }

    /// Notes that an item was said again, and tells so when that changed it.
    fn again(&mut self, item: Item, support: &Support) {
        let before = item;
        let mut after = before.clone();
        let pins = self.is_person();
        let meta = after.meta_mut();
        if support.said {
            meta.confidence = meta.confidence.max(support.confidence);
            if meta.last_said().is_none_or(|last| last < support.at) {
                meta.confirmed = Some(support.at);
            }
        }
        if meta.quote.is_none() {
            meta.quote.clone_from(&support.quote);
        }
        let pinned = !meta.pinned && pins;
        meta.pinned |= pins;
        if before == after {
            return;
        }
        super::change::put(self.profile, after.clone());
        self.changes.push(if pinned {
            Change::Updated { before, after }
        } else {
            Change::Confirmed { before, after }
        });
    }

    /// `confirmed_facts`: an id, without a quote. It moves `confirmed` and raises nothing.
    fn confirm(&mut self, id: &str) {
        let Some(item) = self.profile.item(id) else {
            return self.unknown(id);
        };
        let support = Support {
            confidence: match self.evidence {
                Evidence::Person => Confidence::High,
                _ => Confidence::Low,
            },
            at: self.moment(),
            quote: None,
            said: true,
        };
        self.again(item, &support);
    }

    fn unknown(&mut self, id: &str) {
        let id = self.short(id);
        self.refuse(format!("`{id}`"), &format!("`{id}` does not exist"));
    }

    /// When what comes without a quote counts as said: when the user last spoke, so that extracting late or twice makes no difference.
    fn moment(&self) -> DateTime<Utc> {
        let at = self.heard.last().unwrap_or(self.now);
        at.with_nanosecond(0).unwrap_or(at)
    }
}

impl Profile {
    /// The item of that id: `f3`, `d1`, or a preference's key in any spelling (`time-zone`, `Time Zone`).
    #[must_use]
    pub fn item(&self, id: &str) -> Option<Item> {
        let id = id.trim();
        let fact = self.key_facts.iter().find(|fact| fact.id == id).cloned();
        let decision = self.recent_decisions.iter().find(|decision| decision.id == id);
        let preference = || {
            let key = comparable(id);
            let mut preferences = self.preferences.iter();
            let exact = preferences.clone().find(|preference| preference.key == id);
            exact.or_else(|| preferences.find(|preference| comparable(&preference.key) == key))
        };
        fact.map(Item::Fact)
            .or_else(|| decision.cloned().map(Item::Decision))
            .or_else(|| preference().cloned().map(Item::Preference))
    }
}
