//! The arrows between the parts of the crate point one way.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Which parts a part may name by `crate::…`, beside itself.
const ALLOWED: [(&str, &[&str]); 10] = [
    ("id", &[]),
    ("profile", &[]),
    ("model", &[]),
    ("store", &["id"]),
    ("error", &["id", "model", "profile", "store"]),
    ("agent", &["error", "id", "model", "profile", "store"]),
    ("config", &["agent", "error", "id", "model", "profile"]),
    ("open", &["agent", "config", "error", "model", "store"]),
    ("cli", &["agent", "config", "error", "id", "model", "open", "profile"]),
    ("lib", &["agent", "config", "error", "id", "model", "open", "profile", "store", "cli"]),
];

#[test]
fn no_part_knows_a_part_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let named = Regex::new(r"\bcrate::(\w+)").unwrap();
    let mut wrong = Vec::new();
    for file in rust_files(&root) {
        let inner = file.strip_prefix(&root).unwrap();
        let part = inner
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs");
        if part == "main" {
            continue;
        }
        let allowed = ALLOWED.iter().find(|(name, _)| *name == part);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("`{part}` is a new part: say here what it may know"));
        let text = fs::read_to_string(&file).unwrap();
        for capture in named.captures_iter(&text) {
            let other = &capture[1];
            if other != part && !allowed.contains(&other) {
                wrong.push(format!("{} names crate::{other}", inner.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
