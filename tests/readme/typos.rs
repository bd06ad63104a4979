//! A word that is nearly one which is known is answered with that one, and a word that is none with none.

use crate::support::home::Home;

/// What is typed, and what it is answered with.
const TYPOS: [(&[&str], &str); 14] = [
    (&["histroy"], "a similar subcommand exists: 'history'"),
    (&["deu"], "a similar subcommand exists: 'due'"),
    (&["noet"], "a similar subcommand exists: 'note'"),
    (&["roller", "ad"], "a similar subcommand exists: 'add'"),
    (&["--plain", "config", "cehck"], "a similar subcommand exists: 'check'"),
    (&["--plian"], "a similar argument exists: '--plain'"),
    (&["export", "--frmat", "csv"], "a similar argument exists: '--format'"),
    (&["export", "--otu=x"], "a similar argument exists: '--out'"),
    (&["note", "--dya", "3"], "a similar argument exists: '--day'"),
    (&["export", "--format", "cvs"], "a similar value exists: 'csv'"),
    (&["export", "--format", "CSV"], "a similar value exists: 'csv'"),
    (&["completions", "bsh"], "a similar value exists: 'bash'"),
    (&["note", "--felt", "pnk"], "pink is nearest"),
    (&["log", "2026-01-04", "--sections", "uper-left"], "upper-left is nearest"),
];

#[test]
fn the_word_that_was_meant_is_named_once() {
    let home = Home::new();
    for (args, near) in TYPOS {
        let ended = home.run(args);
        ended.refused(&[near]);
        assert_eq!(ended.err.matches("similar").count() + ended.err.matches("nearest").count(), 1, "{}", ended.err);
    }
}

#[test]
fn what_is_near_nothing_is_answered_with_nothing() {
    let home = Home::new();
    let long = "d".repeat(100_000);
    for args in [
        &["bananas"][..],
        &["export", "--colour", "red"],
        &["export", "--format", "xlsx"],
        &["export", "--format", ""],
        &["note", "--felt", "wonderful"],
        &[&long],
        &["note", "one", "two", "three"],
    ] {
        let ended = home.run(args);
        ended.refused(&["--help"]);
        assert!(!ended.err.contains("similar") && !ended.err.contains("nearest"), "{}", ended.err);
    }
}

#[test]
fn a_word_of_another_command_is_no_answer() {
    let ended = Home::new().run(&["roller", "deu"]);
    ended.refused(&["unrecognized subcommand 'deu'"]);
    assert!(!ended.err.contains("similar"), "{}", ended.err);
}
