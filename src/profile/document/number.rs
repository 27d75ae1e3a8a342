//! Numbers that neither a 64-bit integer nor a double can hold, such as the long integers that Python writes.
//!
//! `serde_json` would round them (its `arbitrary_precision` breaks tagged types), and a load and a save must not change what they do not
//! know. So they travel as texts behind a noncharacter, which no interchanged text holds, and are numbers again in what is saved.

use std::borrow::Cow;

use serde_json::{Number, Value};

const MARK: char = '\u{10fffe}';

/// Marks the numbers in a JSON text that would not come back with the same value.
pub(super) fn keep(json: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (start, number) in numbers(json) {
        if is_kept(number) {
            continue;
        }
        out.push_str(json.get(done..start).unwrap_or_default());
        out.extend(['"', MARK]);
        out.push_str(number);
        out.push('"');
        done = start + number.len();
    }
    if done == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(json.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Turns marked texts in a JSON text into numbers again.
pub(super) fn restore(json: String) -> String {
    if !json.contains(MARK) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(at) = rest.find(MARK) {
        let (head, tail) = rest.split_at(at);
        let tail = tail.get(MARK.len_utf8()..).unwrap_or_default();
        let number = tail.split('"').next().unwrap_or_default();
        if let (Some(open), true) = (head.strip_suffix('"'), is_number(number)) {
            out.push_str(open);
            out.push_str(number);
            rest = tail.get(number.len() + 1..).unwrap_or_default();
        } else {
            out.push_str(head);
            out.push(MARK);
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

/// A value as a person reads it: a text without quotes, anything else as JSON.
pub(in crate::profile) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => match text.strip_prefix(MARK) {
            Some(number) if is_number(number) => number.to_owned(),
            _ => text.clone(),
        },
        other => restore(other.to_string()),
    }
}

/// The number literals outside of texts.
fn numbers(json: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = json.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => at = text_end(bytes, at + 1),
                b'-' | b'0'..=b'9' => {
                    let start = at;
                    while bytes.get(at).is_some_and(|b| b"+-.eE0123456789".contains(b)) {
                        at += 1;
                    }
                    return Some((start, json.get(start..at)?));
                }
                _ => at += 1,
            }
        }
        None
    })
}

fn text_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'"' => break,
            _ => {}
        }
    }
    at
}

fn is_number(text: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
        && text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether `serde_json` gives this literal back with the same value.
fn is_kept(literal: &str) -> bool {
    if literal.len() < 16 && !literal.contains(['e', 'E']) {
        // Fifteen significant digits survive a double, and what is no integer has a point among these.
        return literal != "-0";
    }
    serde_json::from_str::<Number>(literal)
        .is_ok_and(|number| decimal(literal) == decimal(&number.to_string()))
}

/// Sign, significant digits and exponent: equal for literals of equal value.
fn decimal(literal: &str) -> (bool, String, i64) {
    let (negative, rest) = match literal.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, literal),
    };
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let dropped = i64::try_from(digits.len() - significant.len()).unwrap_or(i64::MAX);
    let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let exponent = exponent.parse::<i64>().unwrap_or(i64::MAX);
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return (negative, String::new(), 0);
    }
    let power = exponent.saturating_sub(places).saturating_add(dropped);
    (negative, significant.to_owned(), power)
}

#[cfg(test)]
mod tests {
    use super::{keep, restore};

    #[test]
    fn only_numbers_that_would_change_are_marked() {
        for same in [
            "0",
            "-1.50",
            "1e3",
            "18446744073709551615",
            "0.1",
            "3.141592653589793",
            "\"1e999\"",
            "-0.0",
        ] {
            assert_eq!(keep(same), same);
        }
        for exact in ["1e400", "18446744073709551616", "0.1234567890123456789", "-0", "[1,-1E-400]"]
        {
            assert_ne!(keep(exact), exact);
            assert_eq!(restore(keep(exact).into_owned()), exact);
        }
        let text = "\"\u{10fffe}not a number\"".to_owned();
        assert_eq!(restore(text.clone()), text);
    }
}
