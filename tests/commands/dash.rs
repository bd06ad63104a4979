//! Text that begins with a dash is text; a flag is a flag.

use crate::support::home::Home;

const DASHED: [&str; 12] = [
    "- pink on the left",
    "-bent",
    "-x",
    "--",
    "-",
    "-1",
    "--dry, a little",
    "---",
    "-hello",
    "-- two dashes",
    "–dash",
    "-\u{301}x",
];

#[test]
fn whatever_begins_with_a_dash_is_kept_as_it_is() {
    for text in DASHED {
        let home = Home::new();
        let (old, day) = (home.ago(40), home.ago(50));
        home.run(&["roller", "add", "blue", "--length", "0.13", "--bought-from", text]).done();
        // A lone pair ends the flags, as everywhere.
        if text != "--" {
            home.run(&["roller", "add", text, "--length", "0.13"]).done();
            home.run(&["log", &old, "--roller", text, "--note", text]).done();
            home.run(&["note", "last", text, "--felt", "pink"]).done();
            home.run(&["roller", "retire", text, "--why", text]).done();
            home.run(&["serum", "add", text, "--brand", text]).done();
            home.run(&["serum", "retire", text, "--why", text]).done();
        }
        home.run(&["log", &day, &format!("--note={text}")]).done();
        home.run(&["note", &day, "--felt", "calm", "--", text]).done();
        home.run(&["roller", "add", "--length", "0.13", "--", &format!("{text} 2")]).done();
        home.run(&["roller", "retire", "blue", &format!("--why={text}")]).done();
        let files = home.files().into_iter().map(|(_, text)| text).collect::<String>();
        let counted = files.matches(&format!("\"{text}\"")).count();
        assert_eq!(counted, if text == "--" { 4 } else { 12 }, "{text}: {files}");
    }
}

#[test]
fn a_note_may_be_nothing_but_dashed_text() {
    let home = Home::new();
    home.run(&["log", &home.ago(9)]).done();
    for words in
        [&["note", "-x"][..], &["note", "--", "-x"], &["note", "-x", "--felt", "pink"], &["note", "--felt=pink", "-x"]]
    {
        home.run(words).done();
    }
    let notes = home.files().into_iter().filter(|(_, text)| text.contains("\"-x\"")).count();
    assert_eq!(notes, 4);
}

#[test]
fn a_flag_is_no_text() {
    let home = Home::new();
    home.run(&["log", &home.ago(9)]).done();
    let before = home.files();
    for (words, told) in [
        (&["note", "last", "--fellt", "pink"][..], "'--felt'"),
        (&["note", "--phto", "x"], "'--photo'"),
        (&["note", "last", "a little", "--dya", "2"], "'--day'"),
        (&["roller", "retire", "blue", "--whi", "bent"], "'--why'"),
        (&["roller", "add", "--lenght", "0.13"], "'--length'"),
        (&["serum", "add", "gel", "--barnd", "x"], "'--brand'"),
        (&["roller", "add", "blue", "--bought-from", "--sealed", "--length", "0.1"], "--bought-from=--sealed"),
        (&["roller", "retire", "blue", "--why", "--profile", "anna"], "--why=--profile"),
        (&["log", "2026-01-04", "--note", "--felt=2"], "--note=--felt=2"),
        (&["due", "--jsno"], "'--json'"),
        (&["due", "--nonsense"], "unexpected argument '--nonsense'"),
        (&["show", "-x"], "unexpected argument '-x'"),
    ] {
        let refused = home.run(words);
        refused.refused(&[told]);
        assert!(!refused.err.contains("as a value"), "{words:?}: {}", refused.err);
    }
    assert_eq!(home.files(), before);
}
