//! The person's own command that is told of events.

use std::time::Duration;

use dermaroll::cues::hook::Hook;

use crate::cue::bench::{Bench, LONG};

fn hook(bench: &Bench, body: &str) -> Hook {
    Hook::new(bench.shell(body).into_iter().map(|part| part.into_string().unwrap()).collect())
}

#[test]
fn it_is_told_the_event_and_the_words() {
    let bench = Bench::new();
    let hook = hook(&bench, r#"printf '%s=%s %s\n' "$DERMAROLL_EVENT" "$DERMAROLL_WORDS" "$#" >> told"#);
    hook.tell("turn", "Turn. Side to side.");
    hook.tell("saved", "$(touch gone) \"Saved\"");
    assert!(hook.finish(LONG));
    assert_eq!(bench.read("told"), "turn=Turn. Side to side. 0\nsaved=$(touch gone) \"Saved\" 0\n");
    assert!(!bench.path("gone").exists());
    assert_eq!(hook.trouble(), None);
}

#[test]
fn an_orderly_end_waits_no_longer_than_it_was_told_to() {
    let bench = Bench::new();
    let life = bench.listen("life");
    bench.pipe("never");
    let hook = hook(&bench, "exec 9> life; echo up >&9; read never < never");
    hook.tell("saved", "Saved.");
    assert_eq!(life.next(), "up");
    assert!(!hook.finish(Duration::ZERO));
    drop(hook);
    life.ended();
}

#[test]
fn without_a_command_nobody_is_told() {
    let hook = Hook::new(Vec::new());
    hook.tell("turn", "Turn.");
    assert!(hook.finish(Duration::ZERO));
    assert_eq!(hook.trouble(), None);
}
