//! The commands of a chat.

use super::{Place, Run, TEA, answering};
use crate::support::fake_anthropic::Response;

#[test]
fn through_a_pipe_they_are_talk() {
    let place = Place::offline();
    let run = place.pipe("/help\n/memory\n/cost\n/save\n/why f1\n/undo\n");
    assert_eq!((run.out.as_str(), run.status), ("", Some(1)));
    assert_eq!(
        run.err,
        "  /memory         show what is remembered about you
  /remember TEXT  remember a fact for good
  /forget ITEM    forget an item: f3, d1 or a preference's key
  /why ITEM       show where an item comes from
  /cost           show what this session cost so far
  /save           save what was learned so far, and go on
  /new            end this session and begin another
  /undo           take back the last change of the memory
  /help           show this list
  /exit           end the session, as exit, quit, bye and Ctrl-D do
A line that ends in \\ goes on in the next one; Ctrl-C stops a reply.
nothing is remembered yet
nothing was used so far
nothing new was said
error: nothing is remembered of `alice` yet
error: nothing is remembered of `alice` yet
nothing was said
"
    );
}

#[test]
fn memory_changes_by_hand_and_the_session_says_that_it_is_frozen() {
    let place = Place::offline();
    let run =
        place.pipe("/remember Keeps bees\n/remember Has a cat\n/forget f1\n/undo\n/forget f9\n");
    assert_eq!((run.out.as_str(), run.status), ("", Some(1)));
    let frozen = "the next session will know (`/new`); this one keeps the memory it began with";
    assert_eq!(
        run.err,
        format!(
            "  + fact f1: Keeps bees
{frozen}
  + fact f2: Has a cat
  - fact f1: Keeps bees (forgotten)
back to revision 2, as revision 4; nothing is different
error: `alice` has no item `f9`
hint: `/memory` lists the items with their ids
nothing was said
"
        )
    );
    assert_eq!(place.facts(), ["Has a cat"]);
}

#[test]
fn a_mistake_is_told_and_the_rest_is_done() {
    let place = Place::offline();
    let run = place.pipe("/memroy\n/forget\n/save now\nI live in Porto.\n//memory\n");
    assert_eq!(run.status, Some(1));
    assert!(
        run.err.starts_with(
            "error: there is no command `/memroy`
hint: `/help` lists the commands; `//` begins a message with a slash
error: `/forget` needs ITEM behind it
hint: `/help` shows how the commands are used
error: `/save` takes nothing behind it
hint: `/help` shows how the commands are used
remembered:
"
        ),
        "{}",
        run.err
    );
    assert_eq!(place.facts(), ["Lives in Porto"]);
}

#[test]
fn save_learns_and_goes_on_and_nothing_is_learned_twice() {
    let server = answering(|_| Response::text("Noted."), |_| Response::text(TEA));
    let place = Place::talking_to(&server);
    let run = place.pipe("I drink tea\n/save\n/save\n/cost\n");
    assert_eq!(
        run,
        Run::new(
            "Noted.\n",
            "remembered:
  + fact f1: Drinks tea
nothing new was said
claude-fake-1: 2 calls, 50 tokens in (8 of them cached), 14 out; unknown
nothing new was said
cost: unknown (no price for the model); 2 calls, 50 tokens in (8 of them cached), 14 out
",
            0
        )
    );
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn new_ends_the_session_and_the_next_one_knows() {
    let server = answering(|_| Response::text("Noted."), |_| Response::text(TEA));
    let place = Place::talking_to(&server);
    let run = place.pipe("I drink tea\n/new\nand now?\n/why f1\n");
    assert_eq!(run.status, Some(0), "{run:?}");
    let chats: Vec<_> =
        server.requests().into_iter().filter(|request| !request.is_extraction()).collect();
    let system = |at: usize| chats[at].body["system"].to_string();
    assert!(!system(0).contains("Drinks tea") && system(1).contains("Drinks tea"));
    assert_eq!(chats[1].body["messages"].as_array().unwrap().len(), 1);
    assert_eq!(place.sessions(), 2);
    assert!(run.err.contains("I drink tea"), "{}", run.err);
}

#[test]
fn a_forgotten_value_is_not_learned_from_the_session_that_said_it() {
    let server = answering(|_| Response::text("Noted."), |_| Response::text(TEA));
    let place = Place::talking_to(&server);
    place.pipe("I drink tea\n/save\n/forget f1\nI drink tea, I said.\n");
    assert_eq!(place.facts(), [""; 0]);
}
