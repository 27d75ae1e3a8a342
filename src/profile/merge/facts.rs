//! Facts, and the operations that name an item by its id.

use super::Merge;
use crate::profile::change::{Change, put, remove};
use crate::profile::item::{Confidence, Fact, Item};
use crate::profile::text::comparable;
use crate::profile::update::{FactProposal, Retirement, Revision};

impl Merge<'_> {
    pub(super) fn new_fact(&mut self, proposal: &FactProposal) {
        let Some(text) = self.admit("fact", &proposal.fact) else {
            return;
        };
        let support = self.support(proposal.confidence, proposal.quote.as_deref());
        if let Some(twin) = self.fact_like(&text) {
            return self.again(Item::Fact(twin), &support);
        }
        let pinned = self.profile.key_facts.iter().filter(|fact| fact.meta.pinned).count();
        if self.is_full(pinned, self.caps.facts) {
            return self.refuse_full(format!("fact \"{text}\""), "facts", pinned);
        }
        self.profile.last_ids.0 += 1;
        let fact = Fact {
            id: format!("f{}", self.profile.last_ids.0),
            fact: text,
            meta: self.meta(&support),
            ..Fact::default()
        };
        self.profile.key_facts.push(fact.clone());
        self.changes.push(Change::Added { item: Item::Fact(fact) });
    }

    fn fact_like(&self, text: &str) -> Option<Fact> {
        let words = comparable(text);
        let mut facts = self.profile.key_facts.iter();
        facts.find(|fact| comparable(&fact.fact) == words).cloned()
    }

    /// Whether a person's item would find only pinned ones to push out.
    pub(super) fn is_full(&self, pinned: usize, cap: usize) -> bool {
        self.is_person() && pinned >= cap
    }

    pub(super) fn refuse_full(&mut self, what: String, kind: &str, pinned: usize) {
        let why = format!("all {pinned} {kind} kept are pinned; forget one of them first");
        self.refuse(what, &why);
    }

    /// `retired_facts`: an id or a preference's key.
    pub(super) fn retire(&mut self, retirement: &Retirement) {
        let Some(item) = self.profile.item(&retirement.id) else {
            return self.unknown(&retirement.id);
        };
        self.take_back(item, retirement.quote.as_deref());
    }

    /// Removes an item, if what speaks for that is good enough.
    pub(super) fn take_back(&mut self, item: Item, quote: Option<&str>) {
        let support = self.support(Confidence::High, quote);
        if let Some(why) = self.protected(item.meta(), &support) {
            return self.refuse(format!("retiring {} \"{}\"", item.kind(), item.text()), why);
        }
        remove(self.profile, item.id());
        let quote = support.quote;
        self.changes.push(if self.is_person() {
            Change::Removed { item }
        } else {
            Change::Retired { item, quote }
        });
    }

    /// `updated_facts`: another text for a fact or a decision.
    pub(super) fn revise(&mut self, revision: &Revision) {
        let before = match self.profile.item(&revision.id) {
            Some(Item::Preference(_)) | None => return self.unknown(&revision.id),
            Some(item) => item,
        };
        let Some(text) = self.admit(before.kind(), &revision.fact) else {
            return;
        };
        let support = self.support(revision.confidence, revision.quote.as_deref());
        if comparable(&text) == comparable(said(&before)) && !self.is_person() {
            return self.again(before, &support);
        }
        let refusal = self.protected(before.meta(), &support).or_else(|| {
            let again = self.settled("item", before.id(), &support);
            again.then_some("this update changed it already")
        });
        if let Some(why) = refusal {
            return self.refuse(format!("{} \"{text}\" for {}", before.kind(), before.id()), why);
        }
        if let (Item::Fact(_), Some(twin)) = (&before, self.other_fact(&text, before.id())) {
            // The new text is known already: one of the two goes.
            self.take_back(before, revision.quote.as_deref());
            return self.again(Item::Fact(twin), &support);
        }
        let after = self.revised(&before, text, &support);
        if after == before {
            return;
        }
        let whole = after.text();
        if let Some(id) = self.forgotten.in_text(&whole).map(str::to_owned) {
            return self.refuse_forgotten(before.kind(), &id);
        }
        put(self.profile, after.clone());
        self.changes.push(Change::Updated { before, after });
    }

    fn other_fact(&self, text: &str, id: &str) -> Option<Fact> {
        self.fact_like(text).filter(|fact| fact.id != id)
    }

    fn revised(&self, before: &Item, text: String, support: &super::Support) -> Item {
        let mut after = before.clone();
        let same = said(before) == text;
        match &mut after {
            Item::Fact(fact) => fact.fact = text,
            Item::Decision(decision) => {
                decision.decision = text;
                if !same {
                    decision.date = Some(support.at.date_naive());
                }
            }
            Item::Preference(_) => {}
        }
        let pinned = before.meta().pinned;
        if same {
            after.meta_mut().confidence = support.confidence;
        } else {
            *after.meta_mut() = self.meta(support);
        }
        after.meta_mut().pinned |= pinned || self.is_person();
        after
    }
}

fn said(item: &Item) -> &str {
    match item {
        Item::Fact(fact) => &fact.fact,
        Item::Decision(decision) => &decision.decision,
        Item::Preference(preference) => &preference.key,
    }
}
