//! The first lines of a chat at a terminal.

use super::opening::counted;
use crate::cli::screen::{Line, Screen};
use crate::cli::style::Style;
use crate::id::UserId;
use crate::profile::Profile;

/// Says who is talking, how much is known, and how to get help and out.
pub(super) fn greet(screen: &mut Screen, user: &UserId, profile: &Profile) {
    screen.note(Line::default().styled(Style::BOLD, user.as_str()).and(&known(profile)));
    screen.note(
        Line::default().styled(Style::DIM, "/help lists the commands; Ctrl-D ends the session"),
    );
}

fn known(profile: &Profile) -> String {
    let kinds = [
        (profile.key_facts.len(), "fact"),
        (profile.preferences.len(), "preference"),
        (profile.recent_decisions.len(), "decision"),
    ];
    let items: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(n, kind)| counted(*n, kind)).collect();
    let sessions = usize::try_from(profile.session_count).unwrap_or(usize::MAX);
    let sessions = match sessions {
        0 => String::new(),
        count => format!(" from {}", counted(count, "session")),
    };
    match (items.is_empty(), profile.revision) {
        (true, 0) => " is new here: nothing is known yet".to_owned(),
        (true, _) => format!(": nothing is remembered{sessions}"),
        (false, _) => format!(": {}{sessions}", items.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Decision, Fact};

    #[test]
    fn it_tells_how_much_is_known() {
        let mut profile = Profile::new("alice");
        assert_eq!(known(&profile), " is new here: nothing is known yet");
        profile.revision = 1;
        profile.session_count = 2;
        assert_eq!(known(&profile), ": nothing is remembered from 2 sessions");
        profile.key_facts = vec![Fact::default(); 7];
        profile.recent_decisions = vec![Decision::default()];
        assert_eq!(known(&profile), ": 7 facts, 1 decision from 2 sessions");
        profile.session_count = 0;
        assert_eq!(known(&profile), ": 7 facts, 1 decision");
    }
}
