//! `dermaroll doctor`: one page for a person, JSON for a script, and what it says about a computer that lacks something.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::Duration;

use support::pty::{Setup, State, command};

fn json(home: &Path, variables: &[(&str, &str)]) -> (serde_json::Value, Option<i32>) {
    let out = command(&["doctor", "--json"], home).envs(variables.iter().copied()).output().unwrap();
    (serde_json::from_slice(&out.stdout).unwrap(), out.status.code())
}

fn settings(home: &Path, text: &str) {
    let folder = home.join(".config/dermaroll");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

#[test]
fn without_a_terminal_it_says_so_and_looks_all_the_same() {
    let home = tempfile::tempdir().unwrap();
    let (found, status) = json(home.path(), &[]);
    assert_eq!(status, Some(0));
    assert_eq!((&found["keys_from_terminal"], &found["screens"]), (&false.into(), &false.into()));
    assert_eq!((&found["voice"], &found["kept_awake_by"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!((&found["utf8"], &found["records"]["writable"]), (&true.into(), &true.into()));
    assert!(!home.path().join(".local").exists(), "it changes nothing");
}

#[test]
fn the_settings_are_heeded() {
    let home = tempfile::tempdir().unwrap();
    settings(home.path(), "bell = false\nsay_command = [\"/nowhere/say\", \"-x\"]\nnotify = \"osc99\"\n");
    let (found, _) = json(home.path(), &[("NO_COLOR", "1"), ("LANG", "C")]);
    assert_eq!((&found["bell"], &found["voice"]), (&false.into(), &"say".into()));
    assert_eq!((&found["colour"], &found["utf8"]), (&false.into(), &false.into()));
}

#[test]
fn it_tells_what_a_terminal_of_that_kind_can_show() {
    let home = tempfile::tempdir().unwrap();
    for (term, colours) in [("xterm", true), ("linux", true), ("xterm-mono", false), ("vt220", false)] {
        let (found, _) = json(home.path(), &[("TERM", term)]);
        assert_eq!(found["colour"], colours, "{term}");
    }
    assert_eq!(json(home.path(), &[("TERM", "xterm-mono"), ("CLICOLOR_FORCE", "1")]).0["colour"], true, "asked for");
    let page = |term| String::from_utf8(command(&["doctor"], home.path()).env("TERM", term).output().unwrap().stdout);
    let page = |term| page(term).unwrap();
    assert!(page("vt52").contains("plain lines, since TERM=\"vt52\" names no terminal"), "{}", page("vt52"));
    assert!(page("vt100").contains("off, since TERM=\"vt100\" names a terminal without colours"), "{}", page("vt100"));
    assert!(!page("xterm").contains("TERM="), "{}", page("xterm"));
}

#[test]
fn a_folder_that_cannot_be_there_is_told_by_the_status() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join(".local"), "no folder").unwrap();
    let (found, status) = json(home.path(), &[]);
    assert_eq!((status, &found["records"]["writable"]), (Some(5), &false.into()));
    let out = command(&["doctor"], home.path()).output().unwrap();
    let page = String::from_utf8_lossy(&out.stdout);
    assert!(page.contains("CANNOT BE WRITTEN"));
    assert!(page.contains("not rung") && !page.contains("has just rung"), "no bell goes into a pipe: {page}");
}

#[test]
fn a_folder_named_from_here_is_made_here() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["records", "not/there/yet", "./records", "."] {
        let mut doctor = command(&["doctor", "--json", "--data-dir", folder], home.path());
        let out = doctor.current_dir(home.path()).output().unwrap();
        let found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!((out.status.code(), &found["records"]["writable"]), (Some(0), &true.into()), "{folder}");
    }
}

#[test]
fn names_that_hide_something_or_are_no_text_are_told_in_json_all_the_same() {
    let home = tempfile::tempdir().unwrap();
    for name in [&b"\xe2\x80\xaeno"[..], b"\xff"] {
        let folder = home.path().join(OsStr::from_bytes(name));
        let out = command(&["doctor", "--json", "--data-dir"], home.path()).arg(&folder).output().unwrap();
        let found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(found["records"]["path"].as_str(), Some(&*folder.to_string_lossy()));
    }
}

#[test]
fn a_voice_that_does_not_work_tells_its_trouble() {
    let home = tempfile::tempdir().unwrap();
    settings(home.path(), "say_command = [\"/nowhere/say\"]\n");
    let out = command(&["doctor"], home.path()).output().unwrap();
    let page = String::from_utf8(out.stdout).unwrap();
    let voice = page.lines().find(|line| line.trim_start().starts_with("voice")).unwrap();
    assert!(voice.contains("/nowhere/say"), "{page}");
}

#[test]
fn a_clicker_is_tried_key_by_key_and_the_terminal_given_back() {
    let home = tempfile::tempdir().unwrap();
    let pty = Setup::dermaroll(&["doctor"], home.path()).start();
    pty.wait_text("any other key ends this");
    pty.press_until("\x1b[6~", "PgDn: enough here, next section");
    pty.press_until(".", ".: pause, and go on");
    pty.send(b"x");
    assert_eq!(pty.wait_exit(Duration::from_secs(5)).0, State::Left(0));
    pty.assert_given_back();
}

#[test]
fn the_zone_is_named_and_one_that_is_none_is_told_everywhere() {
    let home = tempfile::tempdir().unwrap();
    let (found, _) = json(home.path(), &[("TZ", "Asia/Kolkata")]);
    assert_eq!(found["zone"], serde_json::json!({ "name": "Asia/Kolkata", "offset": "+05:30", "known": true }));
    let run = |args: &[&str], zone: &str| command(args, home.path()).env("TZ", zone).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let shown = run(&["config", "show"], "<+0330>-3:30");
    assert!(text(&shown.stdout).ends_with("# Time zone: <+0330>-3:30, now +03:30\n"), "{shown:?}");
    assert!(shown.stderr.is_empty());
    for args in [&["due"][..], &["config", "show"], &["config", "check"], &["history", "--plain"]] {
        let out = run(args, "Europe/Berlinn");
        let said = text(&out.stderr);
        assert!(said.contains("TZ=Europe/Berlinn names no time zone") && said.contains("+00:00 from UTC"), "{said}");
    }
    let page = text(&run(&["doctor"], "Europe/Berlinn").stdout);
    assert!(page.contains("Europe/Berlinn IS NOT KNOWN here"), "{page}");
    let pty = Setup::dermaroll(&[], home.path()).env("TZ", "Europe/Berlinn").start();
    pty.wait_text("names no time zone");
}
