//! One measured figure, how it is timed, and how it is printed.

use std::time::{Duration, Instant};

use serde_json::json;

/// What was measured, in its unit, and beside what.
pub(crate) struct Figure {
    pub(crate) what: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// The bare operation, in the same unit.
    pub(crate) bare: Option<(&'static str, f64)>,
    /// What it has to stay within, as the issue states it.
    pub(crate) goal: &'static str,
}

impl Figure {
    pub(crate) fn to_line(&self, name: &str) -> String {
        let Self { what, value, unit, bare, goal } = self;
        let beside = bare.map_or_else(String::new, |(bare, by)| {
            format!("; {bare} {by:.3} {unit}, ratio {:.2}", value / by)
        });
        format!("{name}: {what} {value:.3} {unit}{beside} (goal: {goal})")
    }

    pub(crate) fn to_json(&self, name: &str) -> String {
        let bare = self.bare.map(
            |(bare, value)| json!({ "what": bare, "value": value, "ratio": self.value / value }),
        );
        json!({ "benchmark": name, "what": self.what, "value": self.value, "unit": self.unit, "bare": bare, "goal": self.goal })
            .to_string()
    }
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// The median in milliseconds.
pub(crate) fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}
