//! What ending a session costs beside the model, against a bare write + fsync + rename + folder fsync under a lock.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use acquaint::agent::{Agent, Settings};
use acquaint::store;
use fs2::FileExt;

use crate::figure::{Figure, median, timed};
use crate::quick::Quick;

const SESSIONS: usize = 400;

pub(crate) fn run() -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let model = Quick::new(|request| {
        let learnt =
            request.messages.iter().find_map(|message| message.text.split("I keep ").nth(1));
        let Some(what) =
            learnt.and_then(|rest| rest.split(" on").next()).filter(|_| request.schema.is_some())
        else {
            return "Noted.".to_owned();
        };
        format!(
            r#"{{"running_summary":"Keeps {what} on the shelf.","new_facts":[{{"fact":"Keeps {what} on the shelf","confidence":"high","quote":"I keep {what} on the shelf"}}]}}"#
        )
    });
    let store = store::open(folder.path().to_str().unwrap()).unwrap();
    let agent = Agent::new(store, model.clone(), model, Settings::default());
    let user = "alice".parse().unwrap();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for number in 0..SESSIONS {
        let mut open = runtime.block_on(agent.open(&user)).unwrap();
        let message = format!("I keep book number {number} on the shelf.");
        runtime.block_on(open.say(&message, std::future::pending(), |_| {})).unwrap();
        let (time, outcome) = timed(|| runtime.block_on(open.end(|_| {})));
        assert_eq!(outcome.unwrap().revision, Some(number as u64 + 1));
        ours.push(time);
        let document = std::fs::read(folder.path().join("alice.json")).unwrap();
        let (time, ()) = timed(|| replace(folder.path(), &document));
        bare.push(time);
    }
    vec![Figure {
        what: "ending a session beside the model, median",
        value: median(ours),
        unit: "ms",
        bare: Some(("bare write, fsync, rename, folder fsync under a lock", median(bare))),
        goal: "ratio at most 1.5",
    }]
}

fn replace(folder: &Path, document: &[u8]) {
    let lock = File::create(folder.join("bare.lock")).unwrap();
    FileExt::lock_exclusive(&lock).unwrap();
    let temporary = folder.join("bare.tmp");
    let mut file = File::create(&temporary).unwrap();
    file.write_all(document).unwrap();
    file.sync_all().unwrap();
    std::fs::rename(&temporary, folder.join("bare.json")).unwrap();
    File::open(folder).unwrap().sync_all().unwrap();
}
