//! How text looks.

/// A set of looks: `Style::BOLD.and(Style::ITALIC)`. Only these can reach a terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style(u8);

impl Style {
    /// As everything else.
    pub const PLAIN: Self = Self(0);
    /// Headings, names.
    pub const BOLD: Self = Self(1);
    /// What matters less: times, code blocks.
    pub const DIM: Self = Self(1 << 1);
    /// Emphasis.
    pub const ITALIC: Self = Self(1 << 2);
    /// Code within a sentence, commands to type.
    pub const CODE: Self = Self(1 << 3);
    /// What failed.
    pub const ERROR: Self = Self(1 << 4);
    /// What needs attention.
    pub const WARNING: Self = Self(1 << 5);

    /// What is new.
    pub const ADDED: Self = Self(1 << 6);

    /// Parameters of "select graphic rendition" (ECMA-48, 8.3.117), by bit.
    const CODES: [&str; 7] = ["1", "2", "3", "36", "31", "33", "32"];

    /// Puts an end to every look.
    pub(super) const RESET: &str = "\u{1b}[0m";

    /// Both looks at once.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The sequence that turns the look on, from plain.
    pub(super) fn start(self) -> String {
        let codes: Vec<_> = (Self::CODES.iter().enumerate())
            .filter(|(bit, _)| self.0 >> bit & 1 == 1)
            .map(|(_, code)| *code)
            .collect();
        match codes.as_slice() {
            [] => String::new(),
            codes => format!("\u{1b}[{}m", codes.join(";")),
        }
    }
}
