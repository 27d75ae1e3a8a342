//! What a command does where there is somebody to ask.

use super::World;

/// Waits for the end, and looks at the status.
fn ends(session: &mut rexpect::session::PtySession, status: i32) {
    session.exp_eof().unwrap();
    let ended = format!("{:?}", session.process().wait().unwrap());
    assert!(ended.starts_with("Exited(") && ended.ends_with(&format!(", {status})")), "{ended}");
}

#[test]
fn a_no_leaves_everything_and_a_yes_does_it() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    for (answer, status) in [("n", 1), ("", 1), ("\u{3}", 130)] {
        let mut session = world.terminal(&["forget", "ann", "--matching", "porto"]);
        session.exp_string("- fact f1: lives in Porto").unwrap();
        session.exp_string("Forget this item? [y/N]").unwrap();
        session.send(&format!("{answer}\r")).unwrap();
        session.flush().unwrap();
        session.exp_string("nothing was forgotten").unwrap();
        ends(&mut session, status);
    }
    let mut session = world.terminal(&["erase", "ann"]);
    session.exp_string("memory/ann.json").unwrap();
    session.exp_string("Erase ann for good, 2 files and 0 sessions? [y/N]").unwrap();
    session.send("maybe\r").unwrap();
    session.flush().unwrap();
    session.exp_string("answer `y` or `n`").unwrap();
    session.send("yes\r").unwrap();
    session.flush().unwrap();
    session.exp_string("0 left").unwrap();
    ends(&mut session, 0);
}

#[test]
fn a_broken_edit_can_be_mended_at_once() {
    let world = World::new().with("EDITOR", "sh editor");
    world.run(&["remember", "ann", "lives in Porto"]);
    world.put(
        "editor",
        "if [ -e second ]; then cp whole \"$1\"; else touch second; sed s/Porto/Faro/ \"$1\" > whole; echo '{' > \"$1\"; fi\n",
    );
    let mut session = world.terminal(&["edit", "ann"]);
    session.exp_string("ends too early").unwrap();
    session.exp_string("Edit again? [Y/n]").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("lives in Faro").unwrap();
    ends(&mut session, 0);
    assert_eq!(world.files("tmp"), Vec::<String>::new());
}

#[test]
fn an_archive_does_not_go_to_a_terminal() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let mut session = world.terminal(&["export", "ann"]);
    session.exp_string("a zip file would garble the terminal").unwrap();
    ends(&mut session, 2);
}

#[test]
fn tables_have_headings_on_a_terminal() {
    let world = World::new();
    world.run(&["remember", "ann", "lives in Porto"]);
    let mut session = world.terminal(&["users"]);
    session.exp_string("LAST SESSION").unwrap();
    session.exp_string("ann ").unwrap();
    ends(&mut session, 0);
}
