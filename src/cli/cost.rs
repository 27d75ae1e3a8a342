//! What a session used and cost, for a person to read.

use super::screen::{Line, Screen};
use super::style::Style;
use crate::agent::Ledger;
use crate::model::{Cost, Usage};

/// The model of the rule engine; its tokens are estimates, and nobody is billed for them.
const OFFLINE: &str = "offline";

/// Prints a line for each model, and their sum if there are several.
pub(crate) fn print(screen: &mut Screen, ledger: &Ledger) {
    let named =
        |name: &str, text: &str| Line::default().styled(Style::CODE, name).and(": ").and(text);
    let mut models = 0;
    for (model, sum) in ledger.models() {
        models += 1;
        let cost = if model == OFFLINE { "nothing".to_owned() } else { sum.cost.to_string() };
        screen.data(named(model, &format!("{}; {cost}", used(sum.calls, sum.usage))));
    }
    let total = ledger.total();
    match models {
        0 => screen.data("nothing was used so far"),
        1 => {}
        _ => screen
            .data(named("all", &format!("{}; {}", used(total.calls, total.usage), total.cost))),
    }
}

/// One line for the whole session.
pub(crate) fn line(ledger: &Ledger) -> String {
    let total = ledger.total();
    if ledger.models().all(|(model, _)| model == OFFLINE) {
        return "cost: nothing".to_owned();
    }
    let cost = match total.cost {
        Cost::Unknown => "unknown (no price for the model)".to_owned(),
        known => known.to_string(),
    };
    format!("cost: {cost}; {}", used(total.calls, total.usage))
}

fn used(calls: u64, usage: Usage) -> String {
    let input = usage.input + usage.cache_write + usage.cache_read;
    let cached = match usage.cache_read {
        0 => String::new(),
        cached => format!(" ({} of them cached)", grouped(cached)),
    };
    let calls = if calls == 1 { "1 call".to_owned() } else { format!("{} calls", grouped(calls)) };
    format!("{calls}, {} tokens in{cached}, {} out", grouped(input), grouped(usage.output))
}

/// A number with its thousands apart: `1,204`.
fn grouped(number: u64) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::screen::tests::captured;
    use super::*;
    use crate::agent::Call;
    use crate::config::Verbosity;
    use crate::model::Prices;

    fn ledger(calls: &[(&str, u64, u64, u64)]) -> Ledger {
        let mut ledger = Ledger::default();
        for &(model, input, cache_read, output) in calls {
            let usage = Usage { input, cache_write: 0, cache_read, output };
            ledger.add(&Call { model: model.to_owned(), usage }, &Prices::default());
        }
        ledger
    }

    fn printed(calls: &[(&str, u64, u64, u64)]) -> String {
        let (mut screen, data, _) = captured(None, Verbosity::Normal);
        print(&mut screen, &ledger(calls));
        data.text()
    }

    #[test]
    fn each_model_is_told_with_what_it_used() {
        assert_eq!(printed(&[]), "nothing was used so far\n");
        assert_eq!(
            printed(&[("offline", 9, 0, 9)]),
            "offline: 1 call, 9 tokens in, 9 out; nothing\n"
        );
        assert_eq!(
            printed(&[
                ("claude-sonnet-5-5", 1_000, 0, 250),
                ("claude-sonnet-5-5", 204, 1_000_000, 50),
                ("somebody-elses", 1, 0, 1)
            ]),
            "claude-sonnet-5-5: 2 calls, 1,001,204 tokens in (1,000,000 of them cached), 300 out; $0.1054\n\
             somebody-elses: 1 call, 1 tokens in, 1 out; unknown\n\
             all: 3 calls, 1,001,205 tokens in (1,000,000 of them cached), 301 out; at least $0.1054\n"
        );
    }

    #[test]
    fn a_session_has_one_line() {
        assert_eq!(line(&ledger(&[("offline", 9, 0, 9)])), "cost: nothing");
        assert_eq!(
            line(&ledger(&[("claude-haiku-4-5", 2_000, 0, 200), ("offline", 1, 0, 1)])),
            "cost: $0.0030; 2 calls, 2,001 tokens in, 201 out"
        );
        assert_eq!(
            line(&ledger(&[("somebody-elses", 7, 0, 2)])),
            "cost: unknown (no price for the model); 1 call, 7 tokens in, 2 out"
        );
    }
}
