//! The `.env` file.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Error;

/// The variables of a `.env` file. The process's environment is not touched.
#[derive(Clone, Default)]
pub struct Dotenv {
    path: PathBuf,
    variables: HashMap<String, String>,
}

impl Dotenv {
    /// Reads a file; none, or a folder of that name, has no variables.
    ///
    /// # Errors
    /// [`Error::Read`], or [`Error::Line`] for the first malformed line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        match std::fs::read(path) {
            Ok(bytes) => Self::parse(path, &bytes),
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory
                ) =>
            {
                Ok(Self::default())
            }
            Err(source) => Err(Error::Read { path: path.to_owned(), source }),
        }
    }

    /// Parses a file's bytes: `NAME=value`, `export NAME=value`, quotes, `#` comments, `$NAME` for a variable named
    /// before. A name that stands there twice has its first value.
    ///
    /// # Errors
    /// [`Error::Line`] for the first line that is malformed or not UTF-8.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let malformed = |line| Error::Line { path: path.to_owned(), line };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes)
            .map_err(|error| malformed(line_of(bytes, error.valid_up_to())))?;
        // dotenvy takes white space before the end of the file for an open quote, if no line break follows.
        let text = format!("{text}\n");
        let mut variables = HashMap::new();
        for pair in dotenvy::from_read_iter(text.as_bytes()) {
            let (name, value) = pair.map_err(|error| malformed(line_of_error(&text, &error)))?;
            variables.entry(name).or_insert(value);
        }
        Ok(Self { path: path.to_owned(), variables })
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

fn line_of(text: &[u8], offset: usize) -> usize {
    let before = text.iter().take(offset);
    before.filter(|&&byte| byte == b'\n').count() + 1
}

/// Finds the line that dotenvy could not parse: its error holds the text, without a comment, but not the place.
fn line_of_error(text: &str, error: &dotenvy::Error) -> usize {
    let dotenvy::Error::LineParse(wrong, _) = error else {
        return 1;
    };
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let found = starts.into_iter().find(|&at| {
        let rest = text.get(at..).and_then(|rest| rest.strip_prefix(wrong.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', '\r', '#']))
    });
    line_of(text.as_bytes(), found.unwrap_or(0))
}
