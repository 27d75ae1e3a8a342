//! Sums of money, some of which nobody knows.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// A sum of money in US dollars, or how much of it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cost {
    /// Dollars.
    Known(f64),
    /// The price table has no such model.
    Unknown,
    /// So many dollars, and an unknown sum beside them.
    AtLeast(f64),
}

impl Cost {
    fn known_part(self) -> f64 {
        match self {
            Cost::Known(dollars) | Cost::AtLeast(dollars) => dollars,
            Cost::Unknown => 0.0,
        }
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let dollars = self.known_part() + other.known_part();
        match (self, other) {
            (Cost::Known(_), Cost::Known(_)) => Cost::Known(dollars),
            _ if dollars > 0.0 => Cost::AtLeast(dollars),
            _ => Cost::Unknown,
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Cost::Known(0.0), Add::add)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Cost::Known(dollars) => write_dollars(f, dollars),
            Cost::Unknown => f.write_str("unknown"),
            Cost::AtLeast(dollars) => {
                f.write_str("at least ")?;
                write_dollars(f, dollars)
            }
        }
    }
}

/// Writes four places below a dollar, because a call often costs a fraction of a cent.
fn write_dollars(f: &mut fmt::Formatter<'_>, dollars: f64) -> fmt::Result {
    match dollars {
        0.0 => f.write_str("$0"),
        d if d < 0.000_05 => f.write_str("under $0.0001"),
        d if d < 1.0 => write!(f, "${d:.4}"),
        d => write!(f, "${d:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Cost::{self, AtLeast, Known, Unknown};

    #[test]
    fn a_sum_with_an_unknown_part_keeps_what_is_known() {
        let sum = |costs: &[Cost]| costs.iter().copied().sum::<Cost>();
        assert_eq!(sum(&[]), Known(0.0));
        assert_eq!(sum(&[Known(0.5), Known(0.25)]), Known(0.75));
        assert_eq!(sum(&[Known(0.5), Unknown, Known(0.25)]), AtLeast(0.75));
        assert_eq!(sum(&[Unknown, Unknown]), Unknown);
        assert_eq!(sum(&[Known(0.0), Unknown]), Unknown);
    }

    #[test]
    fn shows_fractions_of_a_cent() {
        let shown = |cost: Cost| cost.to_string();
        assert_eq!(shown(Known(0.0)), "$0");
        assert_eq!(shown(Known(0.001_234)), "$0.0012");
        assert_eq!(shown(Known(0.000_001)), "under $0.0001");
        assert_eq!(shown(Known(12.345)), "$12.35");
        assert_eq!(shown(Unknown), "unknown");
        assert_eq!(shown(AtLeast(0.5)), "at least $0.5000");
    }
}
