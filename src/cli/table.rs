//! Columns, times and sizes for a person to read.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use unicode_width::UnicodeWidthStr;

use super::harmless::one_line;
use super::screen::{Line, Screen};
use super::style::Style;

/// Rows under headings, aligned by what they look like on a screen.
///
/// A column whose every cell is a number is aligned to the right. The last column is not padded, and wraps under itself.
#[derive(Debug, Clone)]
pub struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    const GAP: usize = 2;

    /// An empty table.
    #[must_use]
    pub fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new() }
    }

    /// Adds a row. A missing cell is empty; cells without a heading are left out.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells = cells.into_iter().map(|cell| one_line(cell.as_ref()).into_owned());
        self.rows.push(cells.take(self.headings.len()).collect());
    }

    /// Prints the headings (to a terminal only: a program that reads the rows does not want them) and the rows.
    pub fn print(&self, screen: &mut Screen) {
        let columns: Vec<Column> = (0..self.headings.len()).map(|at| self.column(at)).collect();
        if screen.is_terminal() && !self.rows.is_empty() {
            screen.data(lay(&columns, &self.headings, Style::DIM));
        }
        for row in &self.rows {
            screen.data(lay(&columns, row, Style::PLAIN));
        }
    }

    fn column(&self, at: usize) -> Column {
        let cells = || self.rows.iter().filter_map(|row| row.get(at));
        let heading = self.headings.get(at).map_or(0, |heading| heading.width());
        let digits = |cell: &String| cell.bytes().all(|byte| byte.is_ascii_digit());
        Column {
            width: cells().map(|cell| cell.width()).fold(heading, usize::max),
            right: cells().all(digits),
        }
    }
}

struct Column {
    width: usize,
    right: bool,
}

fn lay<T: AsRef<str>>(columns: &[Column], cells: &[T], style: Style) -> Line {
    let mut line = Line::default();
    let mut start = 0;
    for (at, column) in columns.iter().enumerate() {
        let cell = cells.get(at).map_or("", AsRef::as_ref);
        let pad = " ".repeat(column.width - cell.width().min(column.width));
        let last = at + 1 == columns.len();
        line = line.and(&" ".repeat(if at == 0 { 0 } else { Table::GAP }));
        line = match (column.right, last) {
            (true, _) => line.and(&pad).styled(style, cell),
            (false, true) => line.styled(style, cell),
            (false, false) => line.styled(style, cell).and(&pad),
        };
        if !last {
            start += column.width + Table::GAP;
        }
    }
    line.hanging(start)
}

/// A time of day in a person's zone: `2026-11-21 09:14`.
#[must_use]
pub fn date<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> String {
    let local = at.with_timezone(zone).naive_local();
    local.format("%Y-%m-%d %H:%M").to_string()
}

/// How long ago that was: `just now`, `3 days ago`; `in 2 hours` if it is still to come.
#[must_use]
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let passed = now - at;
    let age = passed.abs();
    let (count, unit) = match age {
        _ if age < TimeDelta::minutes(1) => return "just now".to_owned(),
        _ if age < TimeDelta::hours(1) => (age.num_minutes(), "minute"),
        _ if age < TimeDelta::days(1) => (age.num_hours(), "hour"),
        _ if age < TimeDelta::days(14) => (age.num_days(), "day"),
        _ if age < TimeDelta::days(60) => (age.num_days() / 7, "week"),
        _ if age < TimeDelta::days(730) => (age.num_days() / 30, "month"),
        _ => (age.num_days() / 365, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if passed < TimeDelta::zero() {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

/// A size in bytes, with decimal units: `812 B`, `1.5 kB`, `23 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let (divisor, unit) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let (whole, tenth) = (bytes / divisor, bytes % divisor * 10 / divisor);
    if whole < 10 { format!("{whole}.{tenth} {unit}") } else { format!("{whole} {unit}") }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::super::screen::tests::captured;
    use super::*;
    use crate::config::Verbosity;

    fn printed(terminal: Option<usize>) -> String {
        let (mut screen, data, _) = captured(terminal, Verbosity::Normal);
        let mut table = Table::new(&["USER", "ITEMS", "LAST SESSION"]);
        table.row(["alice", "7", "3 days ago"]);
        table.row(["ユーザー", "12", "just now\nmallory 9"]);
        table.row(["b"]);
        table.print(&mut screen);
        data.text()
    }

    #[test]
    fn columns_align_by_what_they_look_like() {
        assert_eq!(
            printed(None),
            "alice         7  3 days ago\n\
             ユーザー     12  just now mallory 9\n\
             b\n"
        );
    }

    #[test]
    fn a_terminal_gets_headings_and_wraps_the_last_column_under_itself() {
        assert_eq!(
            printed(Some(34)).replace(['\u{1b}'], ""),
            "[2mUSER[0m      [2mITEMS[0m  [2mLAST SESSION[0m\n\
             alice         7  3 days ago\n\
             ユーザー     12  just now mallory\n                 9\n\
             b\n"
        );
    }

    #[test]
    fn a_date_is_in_the_readers_zone() {
        let at = "2026-11-21T23:14:05Z".parse().unwrap();
        assert_eq!(date(at, &Utc), "2026-11-21 23:14");
        let east = FixedOffset::east_opt(3600).unwrap();
        assert_eq!(date(at, &east), "2026-11-22 00:14");
    }

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().unwrap();
        for (seconds, told) in [
            (0, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (3599, "59 minutes ago"),
            (3600, "1 hour ago"),
            (86_400, "1 day ago"),
            (3 * 86_400, "3 days ago"),
            (14 * 86_400, "2 weeks ago"),
            (61 * 86_400, "2 months ago"),
            (800 * 86_400, "2 years ago"),
            (-7200, "in 2 hours"),
        ] {
            assert_eq!(ago(now - TimeDelta::seconds(seconds), now), told);
        }
        let longest = ago(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert!(longest.ends_with(" years ago"), "{longest}");
    }

    #[test]
    fn a_size_has_two_digits_or_three() {
        let told = [0, 999, 1_000, 1_560, 10_400, 23_000_000, 7_200_000_000].map(size);
        assert_eq!(told, ["0 B", "999 B", "1.0 kB", "1.5 kB", "10 kB", "23 MB", "7.2 GB"]);
    }
}
