//! Profiles and items for a person to read.

use super::screen::{Line, Screen};
use super::style::Style;
use crate::agent::Why;
use crate::profile::Profile;

/// Prints a profile.
pub(crate) fn profile(screen: &mut Screen, profile: &Profile) {
    if !profile.running_summary.is_empty() {
        screen.data(profile.running_summary.as_str());
    }
    for item in profile.items() {
        let line = Line::from("  ").styled(Style::CODE, item.id()).and("  ").and(&item.text());
        screen.data(line.hanging(4));
    }
}

/// Prints where an item comes from.
pub(crate) fn why(screen: &mut Screen, why: &Why) {
    screen.data(format!("{}: {}", why.item.id(), why.item.text()));
    if let Some(quote) = &why.item.meta().quote {
        screen.data(format!("  \"{quote}\""));
    }
}
