//! `dermaroll doctor`: one page for a person, JSON for a script, and what it says about a computer that lacks something.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::time::Duration;

use crate::support::pty::{PROGRAM, Setup, State, command};

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
    assert!(page("vt52").contains("plain lines, since TERM=\"vt52\" is not known to show screens"), "{}", page("vt52"));
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
    pty.wait_text("any other key ends");
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
        assert!(
            said.contains("TZ=\"Europe/Berlinn\" names no time zone") && said.contains("+00:00 from UTC"),
            "{said}"
        );
    }
    let page = text(&run(&["doctor"], "Europe/Berlinn").stdout);
    assert!(page.contains("\"Europe/Berlinn\" IS NOT KNOWN here"), "{page}");
    // A blank that nobody sees is one of the reasons.
    let said = text(&run(&["due"], "Europe/Berlin ").stderr);
    assert!(said.contains("TZ=\"Europe/Berlin \" names no time zone"), "{said}");
    let pty = Setup::dermaroll(&[], home.path()).env("TZ", "Europe/Berlinn").start();
    pty.wait_text("names no time zone");
}

/// A folder with a program called `name` that runs `body`, and the search path that has it first.
fn helper(home: &Path, name: &str, body: &str) -> String {
    let bin = home.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let draft = home.join("draft");
    std::fs::write(&draft, format!("#!/bin/sh\ncd {} || exit\n{body}\n", home.display())).unwrap();
    // Copied by another process: one that this one has open for writing while it forks cannot be run.
    for words in [["cp", "draft", &format!("bin/{name}")], ["chmod", "755", &format!("bin/{name}")]] {
        let done = std::process::Command::new(words[0]).args(&words[1..]).current_dir(home).status().unwrap();
        assert!(done.success());
    }
    format!("{}:/usr/bin:/bin", bin.display())
}

fn page(home: &Path, path: &str) -> String {
    let out = command(&["doctor"], home).env("PATH", path).output().unwrap();
    String::from_utf8(out.stdout).unwrap()
}

#[track_caller]
fn row<'a>(page: &'a str, name: &str) -> &'a str {
    page.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_else(|| panic!("no {name}: {page}"))
}

#[test]
fn a_screen_that_may_turn_off_is_told() {
    for (body, told) in [
        ("for last; do :; done; exec \"$last\"", "while hands are busy, by systemd-inhibit"),
        ("exit 0", "systemd-inhibit was refused, so the screen may turn off"),
        (
            "echo 'Failed to inhibit: Access denied' >&2; exec cat",
            "systemd-inhibit was refused, so the screen may turn off",
        ),
        ("exec sleep 3600", "systemd-inhibit was refused, so the screen may turn off"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let path = helper(home.path(), "systemd-inhibit", body);
        let page = page(home.path(), &path);
        assert!(row(&page, "stays on").contains(told), "{body}: {page}");
    }
    let home = tempfile::tempdir().unwrap();
    assert!(row(&page(home.path(), "/nowhere"), "stays on").contains("we know no way, so the screen may turn off"));
    settings(home.path(), "keep_awake = false\n");
    assert!(row(&page(home.path(), "/nowhere"), "stays on").contains("not asked for by your settings"));
}

#[test]
fn a_voice_is_said_to_have_spoken_only_if_nothing_speaks_against_it() {
    for (setting, body, told) in [
        ("voice = true\n", "exit 0", "espeak-ng was run just now"),
        ("voice = true\n", "echo 'audio open error: No such file' >&2", "ended without having spoken"),
        ("voice = true\n", "echo 'what is this' >&2", "espeak-ng was run and says \"what is this\". Not heard?"),
        ("voice = true\n", "exit 3", "failed: exit status: 3"),
        ("voice = false\n", "exit 0", "switched off by your settings"),
        ("voice = false\nsay_command = [\"espeak-ng\"]\n", "exit 0", "switched off by your settings"),
        ("", "exit 0", "not used with plain lines"),
    ] {
        let home = tempfile::tempdir().unwrap();
        settings(home.path(), &format!("plain = true\n{setting}"));
        let path = helper(home.path(), "espeak-ng", body);
        let page = page(home.path(), &path);
        assert!(row(&page, "voice").contains(told), "{setting}{body}: {page}");
        assert_eq!(page.contains("was run just now"), told.contains("was run just now"), "{page}");
    }
}

/// Tries to reach the terminal in every way that a script has, itself and by children that outlive it.
const REACHING: &str = r#"
reach() {
    echo REACHED > /dev/tty || echo "$1 shut" >> log
    read -r word < /dev/tty || echo "$1 deaf" >> log
    for name in "$GPG_TTY" "$SSH_TTY" "$TTY"; do [ -z "$name" ] || echo REACHED > "$name"; done
    for number in 0 1 2 3 4 5 6 7 8 9; do [ ! -t "$number" ] || echo "$1 has a terminal at $number" >> log; done
    ps -o tty= -p $$ | grep -q '?' || echo "$1 has a terminal" >> log
}
{ reach self; (reach child; (reach grandchild) & wait); } 2> /dev/null
"#;

#[test]
fn no_helper_reaches_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    for (name, last) in [("systemd-inhibit", "exec cat"), ("espeak-ng", ""), ("hook", "")] {
        helper(home.path(), name, &format!("log={name}.log; {}{last}", REACHING.replace(">> log", ">> $log")));
    }
    let hook = home.path().join("bin/hook");
    settings(home.path(), &format!("on_event = [{:?}]\n", hook.to_str().unwrap()));
    let path = format!("PATH={}:/usr/bin:/bin", home.path().join("bin").display());
    // The terminal's own name is known to whatever asks for passwords, and it is open under two more numbers.
    let script = "exec 3>/dev/tty 9<>/dev/tty; TTY=$(tty) GPG_TTY=$(tty) SSH_TTY=$(tty) exec \"$0\" doctor";
    let pty = Setup::new("env", &[&path, "sh", "-c", script, PROGRAM]).home(home.path()).start();
    pty.wait_text("any other key ends");
    for name in ["systemd-inhibit", "espeak-ng", "hook"] {
        let log = std::fs::read_to_string(home.path().join(format!("{name}.log"))).unwrap();
        let who = ["self", "child", "grandchild"];
        let wanted: String = who.iter().map(|who| format!("{who} shut\n{who} deaf\n")).collect();
        assert_eq!(log, wanted, "{name}");
    }
    pty.send(b"x");
    assert_eq!(pty.wait_exit(Duration::from_secs(5)).0, State::Left(0));
    pty.drain();
    assert!(!String::from_utf8_lossy(&pty.bytes()).contains("REACHED"), "{}", pty.screen());
    pty.assert_given_back();
}
