//! The person's own command that is told of events.

use std::time::Duration;

use dermaroll::cues::event_command::EventCommand;

use crate::cues::command_folder::{CommandFolder, LONG};

fn command(folder: &CommandFolder, body: &str) -> EventCommand {
    EventCommand::new(folder.shell(body).into_iter().map(|part| part.into_string().unwrap()).collect())
}

#[test]
fn it_is_told_the_event_and_the_words() {
    let folder = CommandFolder::new();
    let command = command(&folder, r#"printf '%s=%s %s\n' "$DERMAROLL_EVENT" "$DERMAROLL_WORDS" "$#" >> told"#);
    command.send("turn", "Turn. Side to side.");
    command.send("saved", "$(touch gone) \"Saved\"");
    assert!(command.finish(LONG));
    assert_eq!(folder.read("told"), "turn=Turn. Side to side. 0\nsaved=$(touch gone) \"Saved\" 0\n");
    assert!(!folder.path("gone").exists());
    assert_eq!(command.trouble(), None);
}

#[test]
fn an_orderly_end_waits_no_longer_than_it_was_told_to() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    let command = command(&folder, "exec 9> life; echo up >&9; read never < never");
    command.send("saved", "Saved.");
    assert_eq!(life.next(), "up");
    assert!(!command.finish(Duration::ZERO));
    drop(command);
    life.ended();
}

#[test]
fn without_a_command_nobody_is_told() {
    let command = EventCommand::new(Vec::new());
    command.send("turn", "Turn.");
    assert!(command.finish(Duration::ZERO));
    assert_eq!(command.trouble(), None);
}
