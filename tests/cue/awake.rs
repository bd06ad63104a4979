//! The screen is kept on by a program of the system's, and let go in any case.

use std::sync::mpsc::channel;

use dermaroll::cue::awake::{Awake, State};

use crate::bench::{Bench, LONG, is_there};

/// Tells its number and its arguments, then runs the last of them, as the real ones do.
const HOLDING: &str = r#"exec 9> life; echo $$ >&9; echo "$*" >&9; for last; do :; done; "$last""#;

fn nobody(state: State) {
    panic!("it changed to {state:?}");
}

#[test]
fn it_holds_until_it_is_dropped() {
    let bench = Bench::new();
    let life = bench.listen("life");
    bench.program("systemd-inhibit", HOLDING);
    let awake = Awake::hold_on("", Some(&bench.search()), nobody);
    assert_eq!(awake.state(), State::Held("systemd-inhibit".into()));
    let number = life.next();
    assert_eq!(life.next(), "--what=idle:sleep --who=dermaroll --why=hands are busy cat");
    assert_eq!(awake.state(), State::Held("systemd-inhibit".into()));
    drop(awake);
    life.ended();
    assert!(!is_there(&number), "it is reaped");
}

#[test]
fn one_that_ends_early_is_refused() {
    let bench = Bench::new();
    bench.program("systemd-inhibit", "exit 1");
    let (tell, told) = channel();
    let awake = Awake::hold_on("", Some(&bench.search()), move |state| tell.send(state).unwrap());
    assert_eq!(told.recv_timeout(LONG), Ok(State::Refused("systemd-inhibit".into())));
    assert_eq!(awake.state(), State::Refused("systemd-inhibit".into()));
}

#[test]
fn the_desktops_own_way_goes_first_and_the_next_one_steps_in() {
    let bench = Bench::new();
    let life = bench.listen("life");
    bench.program("gnome-session-inhibit", "echo gnome >> log; exit 1");
    bench.program("kde-inhibit", "echo kde >> log; exit 1");
    bench.program("systemd-inhibit", HOLDING);
    let awake = Awake::hold_on("ubuntu:GNOME", Some(&bench.search()), nobody);
    // Its number and its arguments: it is at work.
    life.next();
    life.next();
    assert_eq!(awake.state(), State::Held("systemd-inhibit".into()));
    assert_eq!(bench.read("log"), "gnome\n", "one of another desktop is not tried");
    drop(awake);
    life.ended();
}

#[test]
fn without_a_program_there_is_no_way() {
    let bench = Bench::new();
    assert_eq!(Awake::hold_on("", Some(&bench.search()), nobody).state(), State::NoWay);
    assert_eq!(Awake::hold_on("", None, nobody).state(), State::NoWay);
    // What could not be undone is not begun.
    bench.program("termux-wake-lock", "echo lock >> log");
    assert_eq!(Awake::hold_on("", Some(&bench.search()), nobody).state(), State::NoWay);
    assert_eq!(bench.read("log"), "");
}

#[test]
fn a_pair_is_undone() {
    let bench = Bench::new();
    let (locked, unlocked) = (bench.listen("locked"), bench.listen("unlocked"));
    bench.program("termux-wake-lock", "echo lock > locked");
    bench.program("termux-wake-unlock", "echo unlock > unlocked");
    let awake = Awake::hold_on("", Some(&bench.search()), nobody);
    assert_eq!(locked.next(), "lock");
    assert_eq!(awake.state(), State::Held("termux-wake-lock".into()));
    drop(awake);
    assert_eq!(unlocked.next(), "unlock");
}
