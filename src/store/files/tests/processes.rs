//! Several processes on one folder, and processes that are killed.

use std::io::{BufRead, BufReader};

use super::child::{finish, start};
use super::*;

#[test]
fn processes_lose_no_update() {
    let place = Place::new();
    let children = [(); 4].map(|()| start(&place, "count", ""));
    children.into_iter().for_each(finish);
    assert_eq!(fs::read(place.path("alice.json")).unwrap(), b"100\n");
    let history = fs::read_to_string(place.path("alice/history.jsonl")).unwrap();
    let entries = history.lines().map(|line| line.parse::<usize>().unwrap());
    assert!(entries.eq(1..=100), "{history}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_kill_at_any_moment_leaves_everything_whole() {
    let place = Place::new();
    let mut said = 0;
    for round in 0..25 {
        let mut child = start(&place, "write for ever", "");
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        // The kill hits whatever the child is doing just then; the number of steps before it only varies that.
        for (step, line) in lines.map(Result::unwrap).enumerate() {
            said = line.parse().unwrap_or_else(|_| panic!("the child says `{line}`"));
            if step == round % 7 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        check(&place, said).await;
    }
    put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap();
    let files = ["alice.json", "alice/", "alice/history.jsonl", "alice/sessions/"];
    assert_eq!(place.tree()[..4], files);
    assert_eq!(place.tree()[4..], ["alice/sessions/s.jsonl"]);
}

async fn check(place: &Place, said: usize) {
    let store = place.store();
    let document = store.get(&alice(Part::Profile)).await.unwrap().unwrap();
    assert_eq!(document.len(), 60_001);
    let number: usize = String::from_utf8(document).unwrap().trim().parse().unwrap();
    assert!(number == said || number == said + 1, "{number} after {said}");

    let lines = store.read(&alice(journal("s"))).await.unwrap();
    let count = |line: &Vec<u8>| line.ends_with(format!("{said:>5000}").as_bytes());
    assert_eq!(lines.iter().filter(|line| count(line)).count(), 1);

    let history = store.read(&alice(Part::History)).await.unwrap();
    let last = history.last().unwrap();
    let last: usize = String::from_utf8_lossy(last).parse().unwrap();
    assert!(last == number || last + 1 == number, "{last} of {number}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_hold_dies_with_its_process() {
    let place = Place::new();
    let mut child = start(&place, "hold", "");
    let mut line = String::new();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    said.read_line(&mut line).unwrap();
    assert_eq!(line, "held\n");
    let session = alice(journal("s"));
    assert!(place.store().hold(&session).await.unwrap().is_none());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.path("alice/sessions/s.hold").exists());
    let hold = place.store().hold(&session).await.unwrap();
    assert!(hold.is_some());
    drop(hold);
    assert_eq!(place.tree(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_whatever_the_umask() {
    for umask in ["umask 0", "umask 022", "umask 077"] {
        finish(start(&Place::new(), "check modes", umask));
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let before = "trap '' XFSZ; ulimit -f 16";
    finish(start(&Place::new(), "fill the disk", before));
}

#[cfg(unix)]
#[tokio::test]
async fn a_looser_mode_is_tightened_by_the_next_write() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    for file in ["alice.json", "alice/profile.tmp"] {
        let path = place.plant(file, b"by hand");
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    put(&place.store(), &alice(Part::Profile), b"{}").await.unwrap();
    let mode = fs::metadata(place.path("alice.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
