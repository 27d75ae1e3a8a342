//! The prompts: compiled in from `prompts/`, each overridden by a file of the same name in a folder of one's own.

use std::io::ErrorKind;
use std::path::Path;

use crate::error::{Error, Result};

/// The prompts that an agent works with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompts {
    /// The base of the chat's system prompt, `system.md`; the memory block follows it.
    pub system: String,
    /// The system prompt of an extraction, `extraction.md`.
    pub extraction: String,
    /// The system prompt for making one summary of two, `summary.md`.
    pub summary: String,
}

impl Default for Prompts {
    fn default() -> Self {
        Self {
            system: include_str!("../../prompts/system.md").to_owned(),
            extraction: include_str!("../../prompts/extraction.md").to_owned(),
            summary: include_str!("../../prompts/summary.md").to_owned(),
        }
    }
}

impl Prompts {
    /// The built-in prompts, each replaced by the file of its name in `folder` where there is one.
    ///
    /// # Errors
    /// [`Error::File`] when the folder does not exist or a file in it cannot be read as UTF-8.
    pub fn from_folder(folder: &Path) -> Result<Self> {
        let built_in = Self::default();
        let problem =
            |place: &Path, source| Error::File { place: place.display().to_string(), source };
        folder.read_dir().map_err(|source| problem(folder, source))?;
        let read = |name: &str, default: String| {
            let path = folder.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => Ok(text),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(default),
                Err(error) => Err(problem(&path, error)),
            }
        };
        Ok(Self {
            system: read("system.md", built_in.system)?,
            extraction: read("extraction.md", built_in.extraction)?,
            summary: read("summary.md", built_in.summary)?,
        })
    }
}
