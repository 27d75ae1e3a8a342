//! What several commands have to say in the same words.

use super::screen::Screen;
use crate::config::Settings;

/// Says that the rule engine answers because nobody named a provider and there is no key; silent otherwise.
pub(crate) fn fallback(screen: &mut Screen, settings: &Settings) {
    if settings.fallback {
        screen.note(
            "no `ANTHROPIC_API_KEY` is set, so the offline rule engine answers; it knows a little plain English. \
             Set the variable, here or in `.env`, for a real model.",
        );
    }
}
