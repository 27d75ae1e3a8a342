//! Payment card numbers: 13 to 19 digits in the groups that cards print, with a valid check digit.

use regex::Captures;

use super::rules::Found;

pub(super) fn number<'t>(kind: &'static str, text: &'t str, found: &Captures<'t>) -> Found<'t> {
    let number = found.get(0)?;
    let before = text.get(..number.start())?.chars().next_back();
    let after = text.get(number.end()..)?.chars().next();
    // Part of something longer: an id, a decimal, a telephone number, a UUID.
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '/');
    let free = !before.is_some_and(|c| joined(c) || c == '.') && !after.is_some_and(joined);
    let one_separator = !(number.as_str().contains(' ') && number.as_str().contains('-'));
    (free && one_separator && luhn(number.as_str())).then_some((kind, number))
}

/// The check of ISO/IEC 7812-1, annex B.
fn luhn(number: &str) -> bool {
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}
