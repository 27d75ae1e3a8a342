//! Patterns as the rules write them.

use regex::Regex;

/// What stands between subject and verb without changing the sense.
const ADVERBS: &str = r"(?: (?:also|really|mostly|mainly|usually|often|still|now|currently|just|always|only|actually|absolutely|totally|generally|normally|typically|primarily|recently|definitely|finally|all|both|happily|kind of|sort of))*";

/// Words for the people and animals of one's own.
const KIN: &str = r"((?:(?:older|younger|little|big|eldest|oldest|youngest|new|second|first|twin) )?(?:wife|husband|partner|spouse|girlfriend|boyfriend|fianc[eé]e?|daughter|son|child|kid|baby|mother|mom|mum|father|dad|sister|brother|grandmother|grandma|grandfather|grandpa|granddaughter|grandson|niece|nephew|aunt|uncle|dog|cat|puppy|kitten|parrot|horse|hamster|rabbit|tortoise|turtle|goldfish|snake|pet))";

/// Compiles a pattern of the rules. In it a space is any white space (with `?`, also
/// none), an apostrophe may be typographic or missing, and
/// `{i}` stands for the user as subject, `{am}` for the same with its verb, `{adv}` for adverbs, `{kin}` for family and pets.
#[expect(clippy::expect_used, reason = "patterns are constants, and the tests compile every one")]
pub(super) fn compile(pattern: &str) -> Regex {
    let pattern = pattern
        .replace("{am}", "(?:i'm|i am|we're|we are)")
        .replace("{i}", "(?:i|we)")
        .replace("{adv}", ADVERBS)
        .replace("{kin}", KIN)
        .replace('\'', "['’‘ʼ´`]?")
        .replace(" ?", r"\s*")
        .replace(' ', r"\s+");
    Regex::new(&format!("(?i){pattern}")).expect("a constant pattern compiles")
}

/// A pattern that is compiled when it is first used.
macro_rules! pattern {
    ($pattern:expr) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| super::pattern::compile($pattern));
        &*PATTERN
    }};
}

pub(super) use pattern;
