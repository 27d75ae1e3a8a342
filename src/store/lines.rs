//! The lines of a log's bytes.

/// All whole lines, oldest first, without line breaks. Empty ones and a half one at the end are left out.
pub(super) fn whole(bytes: &[u8]) -> Vec<Vec<u8>> {
    iter(bytes).map(<[u8]>::to_vec).collect()
}

/// The last whole line. If the bytes are `cut` out of a log, their first line is not taken for a whole one.
pub(super) fn last(bytes: &[u8], cut: bool) -> Option<&[u8]> {
    let begin = if cut { bytes.iter().position(|byte| *byte == b'\n')? + 1 } else { 0 };
    iter(bytes.get(begin..)?).next_back()
}

/// What to write so that the lines follow what a log holds, whose last line may be a half one.
pub(super) fn joined(ends_whole: bool, lines: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if !ends_whole {
        bytes.push(b'\n');
    }
    for line in lines {
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
    }
    bytes
}

fn iter(bytes: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .filter_map(|line| line.strip_suffix(b"\n"))
        .filter(|line| !line.is_empty())
}
