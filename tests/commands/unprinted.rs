//! Standard output that takes nothing: what was saved is told all the same, and what only prints says that it did not.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::process::Stdio;

use crate::support::home::Home;
use crate::support::pty::command;

/// A full device, if there is one.
#[expect(clippy::print_stderr, reason = "what is skipped is told")]
fn full() -> Option<Stdio> {
    let full = File::options().write(true).open("/dev/full");
    if full.is_err() {
        eprintln!("SKIPPED: there is no /dev/full");
    }
    full.ok().map(Stdio::from)
}

/// A pipe that nobody reads.
fn broken() -> Stdio {
    Stdio::from(OwnedFd::from(std::io::pipe().unwrap().1))
}

fn run(home: &Home, words: &[&str], out: Stdio) -> (i32, String) {
    let ended = command(words, home.path()).env("TZ", home.zone()).stdout(out).stderr(Stdio::piped()).output().unwrap();
    (ended.status.code().unwrap(), String::from_utf8(ended.stderr).unwrap())
}

#[test]
fn a_command_that_has_saved_says_so_and_where() {
    let home = Home::new();
    let (day, old) = (home.ago(3), home.ago(50));
    for (words, place) in [
        (&["roller", "add", "blue", "--length", "0.13"][..], "rollers/blue.toml"),
        (&["roller", "add", "long", "--length", "0.2"], "rollers/long.toml"),
        (&["serum", "add", "gel", "--brand", "-x"], "serums/gel.toml"),
        (&["log", &day, "--roller", "blue"], "/sessions/"),
        (&["log", &old, "--note", "-"], "/sessions/"),
        (&["note", "last", "calm"], ".later-"),
        (&["note", "--felt", "pink", "--photo", "missing.jpg"], ".later-"),
        (&["roller", "retire", "blue", "--why", "bent"], "rollers/blue.toml"),
        (&["serum", "retire", "gel"], "serums/gel.toml"),
    ] {
        let Some(full) = full() else { return };
        let before = home.files();
        let (status, err) = run(&home, words, full);
        assert_eq!(status, 0, "{words:?}: {err}");
        let line = err.lines().next().unwrap();
        assert!(line.contains(". It is saved") && line.matches(place).count() == 1, "{words:?}: {err}");
        assert!(line.contains(".toml"), "{words:?}: {err}");
        assert!(line.contains("do not do it again"), "{words:?}: {err}");
        assert_ne!(home.files(), before, "{words:?}");
    }
    // Whoever closes a pipe has read enough.
    assert_eq!(run(&home, &["note", "again"], broken()), (0, String::new()));
}

#[test]
fn what_only_prints_says_that_it_did_not() {
    let home = Home::new();
    home.run(&["log", &home.ago(9)]).done();
    let before = home.files();
    let printing: [&[&str]; 24] = [
        &["--help"],
        &["--version"],
        &["help"],
        &["note", "--help"],
        &["roller", "add", "--help"],
        &["due"],
        &["due", "--json"],
        &["show"],
        &["show", "--json"],
        &["history"],
        &["history", "--json"],
        &["history", "--csv"],
        &["roller", "list"],
        &["roller", "list", "--json"],
        &["serum", "list"],
        &["config", "path"],
        &["config", "check"],
        &["config", "show"],
        &["doctor"],
        &["doctor", "--json"],
        &["completions", "bash"],
        &["man"],
        &["export", "--format", "json"],
        &["export", "--format", "csv"],
    ];
    for words in printing {
        let Some(full) = full() else { return };
        let (status, err) = run(&home, words, full);
        // An export that is not written anywhere is one that could not be saved.
        let is_export = words[0] == "export" || words.contains(&"--csv");
        assert_eq!(status, if is_export { 5 } else { 1 }, "{words:?}: {err}");
        assert!(err.contains("tandard output"), "{words:?}: {err}");
    }
    assert_eq!(home.files(), before);
}
