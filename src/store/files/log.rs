//! Logs: appending whole lines, and finding the last one.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{Durability, Error, disk, failed};
use crate::store::lines;

/// How much of a log's end is read at first to find its last line, in bytes.
const TAIL: u64 = 4096;

/// Appends lines with one write. On an error the log is as it was.
pub(super) fn append(path: &Path, lines: &[Vec<u8>], durability: Durability) -> Result<(), Error> {
    let mut options = disk::private();
    options.read(true).append(true).create(true);
    let mut file = disk::create(path, &options, "write")?;
    let length = file.metadata().map_err(failed("read", path))?.len();
    if length == 0 {
        // Before the first line, so that a log with lines in it always has a durable name.
        disk::sync_folder(disk::parent(path))?;
    }
    let written = write(&mut file, length, lines).and_then(|()| match durability {
        Durability::Now => file.sync_data(),
        Durability::Later => Ok(()),
    });
    if written.is_err() {
        // If this fails too, a half line stays, which readers leave out and the next append closes.
        drop(file.set_len(length));
    }
    written.map_err(failed("write", path))
}

fn write(file: &mut File, length: u64, lines: &[Vec<u8>]) -> io::Result<()> {
    let ends_whole = ends_with_line_break(file, length)?;
    file.write_all(&lines::joined(ends_whole, lines))
}

fn ends_with_line_break(file: &mut File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else {
        return Ok(true);
    };
    let mut byte = [0];
    file.seek(SeekFrom::Start(last))?;
    file.read_exact(&mut byte)?;
    Ok(byte == *b"\n")
}

/// The last whole line, without reading all of a long log.
pub(super) fn last_line(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match disk::open(path, OpenOptions::new().read(true))? {
        Some(mut file) => find_last_line(&mut file).map_err(failed("read", path)),
        None => Ok(None),
    }
}

fn find_last_line(file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let length = file.metadata()?.len();
    let mut window = TAIL;
    loop {
        let start = length.saturating_sub(window);
        let mut tail = Vec::with_capacity(usize::try_from(length - start).unwrap_or(0) + 1);
        file.seek(SeekFrom::Start(start))?;
        file.take(length - start).read_to_end(&mut tail)?;
        let cut = start > 0;
        if let Some(line) = lines::last(&tail, cut) {
            return Ok(Some(line.to_vec()));
        }
        if !cut {
            return Ok(None);
        }
        window = window.saturating_mul(8);
    }
}
