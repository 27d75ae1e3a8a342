//! What a turn costs beside the model: everything `say` does, against bare appends with fsync of the same bytes.

use std::fs::OpenOptions;
use std::io::Write;

use acquaint::agent::{Agent, Settings};
use acquaint::store;

use crate::figure::{Figure, median, timed};
use crate::quick::Quick;

const SESSIONS: usize = 50;
const TURNS: usize = 20;
const MESSAGE: &str =
    "I use Rust for the worker and I would like the next part of the plan to be about the queue.";

pub(crate) fn run() -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let model = Quick::new(|_| {
        "Noted. The queue comes next; tell me how many messages a second it has to take.".to_owned()
    });
    let store = store::open(folder.path().to_str().unwrap()).unwrap();
    let agent = Agent::new(store, model.clone(), model, Settings::default());
    let user = "alice".parse().unwrap();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for session in 0..SESSIONS {
        let mut open = runtime.block_on(agent.open(&user)).unwrap();
        let mut journalled = 0;
        for _ in 0..TURNS {
            let say = open.say(MESSAGE, std::future::pending(), |_| {});
            let (time, said) = timed(|| runtime.block_on(say));
            said.unwrap();
            ours.push(time);
            let journal = folder.path().join(format!("alice/sessions/{}.jsonl", open.id()));
            let bytes = std::fs::read(&journal).unwrap();
            let lines: Vec<&[u8]> =
                bytes.get(journalled..).unwrap().split_inclusive(|byte| *byte == b'\n').collect();
            journalled = bytes.len();
            let file = folder.path().join(format!("bare-{session}"));
            let (time, ()) = timed(|| lines.iter().for_each(|line| append(&file, line)));
            bare.push(time);
        }
        drop(open);
    }
    vec![Figure {
        what: "a turn beside the model (two journal lines), median",
        value: median(ours),
        unit: "ms",
        bare: Some(("two bare appends with fsync", median(bare))),
        goal: "ratio at most 1.5",
    }]
}

fn append(file: &std::path::Path, line: &[u8]) {
    let mut file = OpenOptions::new().create(true).append(true).open(file).unwrap();
    file.write_all(line).unwrap();
    file.sync_data().unwrap();
}
