//! What an update did to a profile, line by line.

use super::screen::Line;
use super::style::Style;
use crate::profile::{Change, Confidence, Item};

/// A line for each change that a person wants to hear of, in the order in which they were made.
#[must_use]
pub fn lines(changes: &[Change]) -> Vec<Line> {
    changes.iter().map(line).collect()
}

/// How many of each kind: `+2 -1 ~1`; empty if there are none.
#[must_use]
pub fn counts(changes: &[Change]) -> String {
    let of = |mark| changes.iter().filter(|change| look(change).1 == mark).count();
    let counted = ["+", "-", "~", "=", "!"].map(|mark| (mark, of(mark)));
    let told = counted.iter().filter(|(_, count)| *count > 0);
    told.map(|(mark, count)| format!("{mark}{count}")).collect::<Vec<_>>().join(" ")
}

fn line(change: &Change) -> Line {
    let (style, mark) = look(change);
    Line::from("  ").styled(style, mark).and(" ").and(&told(change)).hanging(4)
}

/// Added, gone, changed, said again, refused.
fn look(change: &Change) -> (Style, &'static str) {
    match change {
        Change::Added { .. } => (Style::ADDED, "+"),
        Change::Updated { .. } | Change::Summary { .. } => (Style::CODE, "~"),
        Change::Confirmed { .. } => (Style::DIM, "="),
        Change::Retired { .. }
        | Change::Evicted { .. }
        | Change::Removed { .. }
        | Change::Forgotten { .. } => (Style::WARNING, "-"),
        Change::Refused { .. } => (Style::DIM, "!"),
    }
}

fn told(change: &Change) -> String {
    match change {
        Change::Added { item } | Change::Removed { item } => named(item),
        Change::Updated { before, after } => format!("{} ({})", named(after), moved(before, after)),
        Change::Confirmed { after, .. } => format!("{} (said again)", named(after)),
        Change::Retired { item, .. } => format!("{} (taken back)", named(item)),
        Change::Evicted { item, why } => format!("{} (evicted: {why})", named(item)),
        Change::Forgotten { id } => format!("{id} forgotten"),
        Change::Summary { after, .. } if after.is_empty() => "summary removed".to_owned(),
        Change::Summary { after, .. } => format!("summary: {after}"),
        Change::Refused { what, why } => format!("not taken over: {what} ({why})"),
    }
}

/// What differs between two states of one item.
fn moved(before: &Item, after: &Item) -> String {
    let (old, new) = (before.meta(), after.meta());
    if before.text() != after.text() {
        return format!("was: {}", before.text());
    }
    match (old.pinned, new.pinned) {
        (false, true) => return "pinned now".to_owned(),
        (true, false) => return "no longer pinned".to_owned(),
        (true, true) | (false, false) => {}
    }
    if old.confidence == new.confidence {
        "its origin changed".to_owned()
    } else {
        format!("was: {}", old.confidence.name())
    }
}

/// `fact f3: Lives in Porto`, and how far it is trusted unless it is fully.
pub(super) fn named(item: &Item) -> String {
    let trust = match item.meta().confidence {
        Confidence::High => "",
        Confidence::Medium => " (medium)",
        Confidence::Low => " (low: nobody was heard saying it)",
    };
    match item {
        Item::Preference(_) => format!("preference {}{trust}", item.text()),
        Item::Fact(_) | Item::Decision(_) => {
            format!("{} {}: {}{trust}", item.kind(), item.id(), item.text())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Fact, Meta};

    fn fact(text: &str, confidence: Confidence, pinned: bool) -> Item {
        let meta = Meta { confidence, pinned, ..Meta::default() };
        Item::Fact(Fact { id: "f3".to_owned(), fact: text.to_owned(), meta, ..Fact::default() })
    }

    fn said(change: Change) -> String {
        lines(&[change]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_change_says_what_differs() {
        let (high, medium) = (Confidence::High, Confidence::Medium);
        let before = fact("Lives in Porto", medium, false);
        for (after, told) in [
            (
                fact("Lives in Faro", high, false),
                "  ~ fact f3: Lives in Faro (was: Lives in Porto)",
            ),
            (fact("Lives in Porto", high, false), "  ~ fact f3: Lives in Porto (was: medium)"),
            (
                fact("Lives in Porto", medium, true),
                "  ~ fact f3: Lives in Porto (medium) (pinned now)",
            ),
        ] {
            assert_eq!(said(Change::Updated { before: before.clone(), after }), told);
        }
        let evicted = Change::Evicted { item: before, why: "10 facts are kept".to_owned() };
        assert_eq!(
            said(evicted),
            "  - fact f3: Lives in Porto (medium) (evicted: 10 facts are kept)"
        );
    }

    #[test]
    fn a_stored_text_cannot_pose_as_a_line_of_ours() {
        let hostile = fact("x\n  + fact f9: forged\u{1b}[2J", Confidence::High, false);
        assert_eq!(
            said(Change::Added { item: hostile }),
            "  + fact f3: x   + fact f9: forged\\u001b[2J"
        );
    }

    #[test]
    fn changes_are_counted_by_kind() {
        let item = fact("Lives in Porto", Confidence::High, false);
        let added = || Change::Added { item: item.clone() };
        let removed = Change::Removed { item: item.clone() };
        let summary = Change::Summary { before: String::new(), after: "A.".to_owned() };
        assert_eq!(counts(&[added(), summary, removed, added()]), "+2 -1 ~1");
        assert_eq!(counts(&[]), "");
    }
}
