//! Leaves of a message what the user says, without what they quote or paste.

use super::pattern::pattern;

/// The parts of a message in the user's own words, line by line. Fences, quoted lines, longer quotations, and what
/// follows "translate this:", "here is the mail:" or a mail's header are somebody else's.
pub(super) fn own_words(message: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut fenced = false;
    for line in message.lines() {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") || line.starts_with("\"\"\"") {
            fenced = !fenced;
            continue;
        }
        if fenced || line.starts_with('>') || line.starts_with('<') {
            continue;
        }
        let pasted = pasted_from(line);
        unquoted(line.get(..pasted.unwrap_or(line.len())).unwrap_or_default(), &mut parts);
        if pasted.is_some() {
            break;
        }
    }
    parts
}

/// Where something pasted begins that reaches to the end of the message.
fn pasted_from(line: &str) -> Option<usize> {
    let task = pattern!(
        r"\b(?:summari[sz]e|translate|rewrite|rephrase|reword|proofread|paraphrase|review|correct|fix|improve|edit|explain|analy[sz]e|check|shorten|classify|format)\b[^:.!?]{0,80}:"
    );
    let paste = pattern!(
        r"\b(?:here's|here is|here are|this is|below is|following is|the following)\b[^:.!?]{0,60}\b(?:article|e?-?mail|text|letter|bio|document|docs?|message|logs?|post|notes?|transcript|chat|story|paragraph|code|error|output|draft|readme|page|report|profile|cv|resume|poem|quote|snippet|statement)\b[^:.!?]{0,40}:"
    );
    let said = pattern!(r"\b(?:wrote|writes|said|says|reads?|states?|replied|answered|quote)\s*:");
    let header = pattern!(r"^(?:from|to|subject|sent|cc|bcc|reply-to)\s*: \S");
    let cues = [task, paste, said, header];
    cues.iter().filter_map(|cue| cue.find(line)).map(|found| found.start()).min()
}

/// Adds a line without quotations of more than three words; short ones are mostly names.
fn unquoted<'a>(line: &'a str, parts: &mut Vec<&'a str>) {
    let quotation = pattern!("\"[^\"]*\"|“[^”]*”|«[^»]*»|`[^`]*`");
    let mut from = 0;
    for found in quotation.find_iter(line) {
        if found.as_str().split_whitespace().count() > 3 {
            parts.extend(line.get(from..found.start()));
            from = found.end();
        }
    }
    parts.extend(line.get(from..));
}
