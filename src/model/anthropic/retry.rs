//! When a call is tried again, and how long to wait: the policy of the official SDKs (2026), except that no wait is longer
//! than [`LONGEST`].

use std::time::Duration;

use chrono::DateTime;
use reqwest::header::HeaderMap;

/// The longest wait that a server may ask for.
const LONGEST: Duration = Duration::from_mins(1);

/// How many times the wait may double.
const DOUBLINGS: u32 = 4;

/// What a server says about trying again.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Wish {
    /// Whether to, where it says so (`x-should-retry`).
    pub(super) retry: Option<bool>,
    /// How long to wait (`retry-after-ms`, else `retry-after`), at most [`LONGEST`].
    pub(super) after: Option<Duration>,
}

impl Wish {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
        let retry = header("x-should-retry").and_then(|v| v.parse().ok());
        let milliseconds = header("retry-after-ms").and_then(|v| seconds(v, 1e-3));
        let after = milliseconds.or_else(|| {
            let value = header("retry-after")?;
            seconds(value, 1.0).or_else(|| until(value, header("date")?))
        });
        Self { retry, after }
    }
}

/// Says whether a status is one that passes. Spending limits are not, whatever their status; that is for the caller.
pub(super) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 409 | 429) || status >= 500
}

/// The wait before retry number `n`, which counts from 0, where the server names none. `random` is from 0 to 1 and spares
/// up to a quarter, so that many callers do not come back at once.
pub(super) fn backoff(first: Duration, n: u32, random: f64) -> Duration {
    let whole = first.saturating_mul(1 << n.min(DOUBLINGS));
    whole.mul_f64(1.0 - 0.25 * random.clamp(0.0, 1.0))
}

fn seconds(value: &str, unit: f64) -> Option<Duration> {
    let seconds = value.parse::<f64>().ok()? * unit;
    // NaN fails the comparison too.
    (seconds > 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST.as_secs_f64())))
}

/// The time until an HTTP date, by the clock of the server that named it.
fn until(date: &str, now: &str) -> Option<Duration> {
    let parse = |text| DateTime::parse_from_rfc2822(text).ok();
    let wait = parse(date)? - parse(now)?;
    let wait = wait.to_std().ok()?;
    (wait > Duration::ZERO).then(|| wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn wish(headers: &[(&'static str, &'static str)]) -> Wish {
        let headers = headers
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        Wish::read(&headers)
    }

    fn after(headers: &[(&'static str, &'static str)]) -> Option<Duration> {
        wish(headers).after
    }

    #[test]
    fn reads_the_wait_in_each_form_a_server_may_give_it() {
        let seconds = |s| Some(Duration::from_secs_f64(s));
        assert_eq!(after(&[("retry-after-ms", "1500"), ("retry-after", "9")]), seconds(1.5));
        assert_eq!(after(&[("retry-after-ms", "soon"), ("retry-after", " 9 ")]), seconds(9.0));
        assert_eq!(after(&[("retry-after", "0.25")]), seconds(0.25));
        assert_eq!(after(&[("retry-after", "3600")]), seconds(60.0));
        assert_eq!(after(&[("retry-after", "1e300")]), seconds(60.0));
        let now = ("date", "Wed, 21 Oct 2026 07:28:00 GMT");
        assert_eq!(after(&[("retry-after", "Wed, 21 Oct 2026 07:28:07 GMT"), now]), seconds(7.0));
        assert_eq!(after(&[("retry-after", "Thu, 22 Oct 2026 07:28:07 GMT"), now]), seconds(60.0));
    }

    #[test]
    fn a_wait_that_makes_no_sense_is_no_wish() {
        for value in ["", "-1", "0", "NaN", "soon", "Wed, 21 Oct 2020 07:28:00 GMT"] {
            let now = ("date", "Wed, 21 Oct 2026 07:28:00 GMT");
            assert_eq!(after(&[("retry-after", value), now]), None, "{value}");
        }
        assert_eq!(wish(&[("x-should-retry", "perhaps")]).retry, None);
        assert_eq!(wish(&[("x-should-retry", "false")]).retry, Some(false));
        assert_eq!(wish(&[("x-should-retry", "true")]).retry, Some(true));
    }

    proptest! {
        #[test]
        fn the_backoff_is_that_of_the_official_sdks(n in 0u32..100, random in 0.0f64..1.0) {
            let wait = backoff(Duration::from_millis(500), n, random).as_secs_f64();
            let documented = (0.5 * 2f64.powi(n.try_into().unwrap())).min(8.0) * (1.0 - 0.25 * random);
            prop_assert!((wait - documented).abs() < 1e-6, "{wait} {documented}");
        }
    }
}
