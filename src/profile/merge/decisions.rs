//! Decisions: one stands for each topic.

use super::{Merge, Support};
use crate::profile::change::{Change, remove};
use crate::profile::item::{Decision, Item};
use crate::profile::text::comparable;
use crate::profile::update::DecisionProposal;

impl Merge<'_> {
    pub(super) fn new_decision(&mut self, proposal: &DecisionProposal) {
        let Some(decision) = self.decision(proposal) else {
            return;
        };
        let support = self.support(proposal.confidence, proposal.quote.as_deref());
        let topic = comparable(&decision.topic);
        if let Some(twin) = self.decision_like(&decision) {
            if !topic.is_empty() {
                self.settled("decision", &topic, &support);
            }
            return self.again(Item::Decision(twin), &support);
        }
        let what = format!("decision \"{}\"", Item::Decision(decision.clone()).text());
        let standing: Vec<Decision> = self.on_topic(&topic);
        let refusal = standing.iter().find_map(|old| self.protected(&old.meta, &support));
        if let Some(why) = refusal {
            return self.refuse(what, why);
        }
        if !topic.is_empty() && self.settled("decision", &topic, &support) {
            return self.refuse(what, "this update decided on that topic already");
        }
        self.decide(decision, standing, &support, what);
    }

    fn decide(
        &mut self,
        decision: Decision,
        standing: Vec<Decision>,
        support: &Support,
        what: String,
    ) {
        let known = self.profile.recent_decisions.iter();
        let stays = |known: &&Decision| !standing.iter().any(|old| old.id == known.id);
        let pinned = known.filter(stays).filter(|known| known.meta.pinned).count();
        if self.is_full(pinned, self.caps.decisions) {
            return self.refuse_full(what, "decisions", pinned);
        }
        for old in standing {
            remove(self.profile, &old.id);
            self.changes
                .push(Change::Retired { item: Item::Decision(old), quote: support.quote.clone() });
        }
        self.profile.last_ids.1 += 1;
        let decision = Decision {
            id: format!("d{}", self.profile.last_ids.1),
            date: Some(support.at.date_naive()),
            meta: self.meta(support),
            ..decision
        };
        self.profile.recent_decisions.push(decision.clone());
        self.changes.push(Change::Added { item: Item::Decision(decision) });
    }

    /// The proposal's texts, as they may be stored.
    fn decision(&mut self, proposal: &DecisionProposal) -> Option<Decision> {
        let topic = match proposal.topic.trim() {
            "" => String::new(),
            topic => self.admit("decision", topic)?,
        };
        let text = self.admit("decision", &proposal.decision)?;
        let decision = Decision { topic, decision: text, ..Decision::default() };
        let whole = Item::Decision(decision.clone()).text();
        if let Some(id) = self.forgotten.in_text(&whole).map(str::to_owned) {
            self.refuse_forgotten("decision", &id);
            return None;
        }
        Some(decision)
    }

    fn decision_like(&self, wanted: &Decision) -> Option<Decision> {
        let words =
            |decision: &Decision| (comparable(&decision.topic), comparable(&decision.decision));
        let wanted = words(wanted);
        let mut known = self.profile.recent_decisions.iter();
        known.find(|known| words(known) == wanted).cloned()
    }

    fn on_topic(&self, topic: &str) -> Vec<Decision> {
        let known = self.profile.recent_decisions.iter();
        known
            .filter(|known| !topic.is_empty() && comparable(&known.topic) == topic)
            .cloned()
            .collect()
    }
}
