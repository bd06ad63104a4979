//! The real program in a real pseudo-terminal, from the first key to the saved record.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::support::program::all_questions;
use crate::support::pty::{Pty, Setup, State, command};
use engine::session::{EventKind, Outcome};
use rustix::process::Signal;
use store::record;

/// Every time is a second or less, so that a whole session takes some seconds.
const TRIAL: &str = "trial = true\nserum_name = \"plain\"\n[times]\ncontact = \"1s\"\nprepare = \"600ms\"\n\
                     hand_clean = \"300ms\"\nget_ready = \"200ms\"\nstroke = \"100ms\"\nmove = \"100ms\"\n\
                     saline = \"300ms\"\nserum = \"400ms\"\n";

/// A home of its own with settings in it.
fn home(settings: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/dermaroll");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), settings).unwrap();
    home
}

fn sessions(home: &Path) -> Vec<PathBuf> {
    store::record::listing::files(&home.join(".local/share/dermaroll")).0
}

/// From the welcome screen to the first question.
fn begin(terminal: &Pty) {
    terminal.wait_text("First session");
    terminal.press_until("\r", "What do you call your roller?");
    terminal.send(b"blue");
    terminal.wait_text("blue").press_until("\r", "How long are the needles");
    terminal.send(b"0.13");
    terminal.wait_text("0.13").press_until("\r", "new in a sealed pack, or used before?");
    terminal.press_until("2", "Soak the roller").press_until(" ", "Question 1 of");
}

/// Answers every question with `n` but those in `others`.
fn answer(terminal: &Pty, others: &[(usize, &str)]) {
    for number in 1..=all_questions() {
        let key = others.iter().find(|(other, _)| *other == number).map_or("n", |(_, key)| key);
        let is_last = number == all_questions();
        let next = if is_last { "Read your answers".into() } else { format!("Question {} of", number + 1) };
        terminal.press_until(key, &next);
    }
}

#[test]
fn from_the_first_key_to_the_saved_record() {
    let home = home(TRIAL);
    let terminal = Setup::dermaroll(&[], home.path()).start();
    begin(&terminal);
    answer(&terminal, &[]);
    terminal.press_until("c", "NOTHING ON YOUR CHECKLIST STOPS TODAY");
    terminal.press_until("s", "LAST TOUCH").press_until("d", "done   done").press_until("y", "bell noticed");
    terminal.press_until(" ", "CLEAN YOUR HANDS");
    // No key from here to the saved record; a window that changes its size never halts it.
    terminal.resize(40, 15);
    terminal.resize(80, 24);
    terminal.wait_text("Rolling is over and saved");
    terminal.press_until("\r", "DONE. 5 of 5 sections, 0:02 rolled.").press_until("4", "[4]");
    terminal.press_until("\r", "Saved: ");
    let (state, text) = terminal.end();
    assert_eq!(state, State::Left(0), "{text}");
    terminal.assert_given_back();

    let files = sessions(home.path());
    assert_eq!(files.len(), 1);
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    let reading = record::read(&files[0]).unwrap();
    assert!(reading.damage.is_empty() && reading.is_closed());
    assert!(reading.header.trial);
    // By it a later run tells whether the clocks went on; it was looked up behind the first frame.
    let names_its_boot = Path::new("/proc/sys/kernel/random/boot_id").exists();
    assert_eq!((reading.header.boot.is_some(), reading.header.boot_ms.is_some()), (names_its_boot, names_its_boot));
    let summary = reading.summary.as_ref().unwrap();
    assert_eq!((summary.outcome, summary.rolled_ms, summary.touches), (Outcome::Finished, 1_500, Some(0)));
    let last_key = reading.entries.iter().position(|entry| entry.event.kind() == EventKind::HandsFree).unwrap();
    assert!(reading.entries[last_key + 1..].iter().all(|entry| entry.event.kind() == EventKind::RanOut));

    let shown = command(&["show", "last"], home.path()).output().unwrap();
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.status.success() && text.contains("blue") && text.contains("0.13 mm"), "{text}");
    let shown = command(&["show", "--json"], home.path()).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(json["summary"]["outcome"], "finished");
}

/// By keys alone: what to do about blood comes first and waits; clean hands, saline and saving need none.
#[test]
fn from_a_stop_for_blood_to_the_saved_record() {
    let times = [("stroke = \"100ms\"", "stroke = \"20s\""), ("hand_clean = \"300ms\"", "hand_clean = \"2s\"")];
    let slow = times.iter().fold(TRIAL.replace("saline = \"300ms\"", "saline = \"2s\""), |text, (from, to)| {
        assert!(text.contains(from));
        text.replace(from, to)
    });
    let home = home(&slow);
    let terminal = Setup::dermaroll(&[], home.path()).start();
    begin(&terminal);
    answer(&terminal, &[]);
    terminal.press_until("c", "NOTHING ON YOUR CHECKLIST STOPS TODAY");
    terminal.press_until("s", "LAST TOUCH").press_until("d", "done   done").press_until("y", "bell noticed");
    terminal.press_until(" ", "CLEAN YOUR HANDS").wait_text("Light hand, each place once.");
    terminal.press_until("z", "Left of this section").press_until("x", "STOPPING: WHAT HAPPENED?");
    terminal.press_until("1", "Not stopped after 10 minutes: get help.");
    for key in ["z", "1", "\r"] {
        terminal.send(key.as_bytes());
    }
    terminal.press_until(" ", "then  SALINE").wait_text("Saline: bathe the rolled sections");
    terminal.wait_text("Rolling is over and saved");
    terminal.press_until("\r", "PART SESSION. 0 of 5 sections").press_until("\r", "Saved: ");
    let (state, text) = terminal.end();
    assert_eq!(state, State::Left(4), "{text}");
    terminal.assert_given_back();

    let files = sessions(home.path());
    assert_eq!(files.len(), 1);
    let reading = record::read(&files[0]).unwrap();
    assert!(reading.damage.is_empty() && reading.is_closed());
    let summary = reading.summary.as_ref().unwrap();
    assert_eq!((summary.outcome, summary.stop_reason.as_deref()), (Outcome::Part, Some("blood")));
    let kinds: Vec<EventKind> = reading.entries.iter().map(|entry| entry.event.kind()).collect();
    let stopped = kinds.iter().position(|kind| *kind == EventKind::Stopped).unwrap();
    assert_eq!(kinds[stopped - 1], EventKind::Paused);
    // The keys that were pressed on the advice page did nothing; after it hands and saline ran out by themselves.
    assert_eq!(kinds[stopped + 1..].iter().filter(|kind| **kind == EventKind::RanOut).count(), 2, "{kinds:?}");
    assert_eq!(kinds[stopped + 1..].len(), 3, "{kinds:?}");
    let shown = command(&["show", "last"], home.path()).output().unwrap();
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains("Stopped") && text.contains("blood"), "{text}");
}

/// Whether the process is gone, or goes within five seconds: it was told to.
#[cfg(target_os = "linux")]
fn ends(pid: rustix::process::Pid) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let Ok(process) = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()) else { return true };
    let limit = Timespec { tv_sec: 5, tv_nsec: 0 };
    poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&limit)) == Ok(1)
}

#[cfg(not(target_os = "linux"))]
fn ends(_: rustix::process::Pid) -> bool {
    true
}

/// A voice that never ends, and a command of one's own that floods and leaves children behind.
#[test]
fn no_command_holds_up_a_session_or_outlives_it() {
    let home = home("");
    let script = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        path.display().to_string()
    };
    let pids = home.path().join("pids");
    // PATH leads nowhere, so each program is named in full.
    let voice = script("voice", &format!("echo $$ >> '{}'; exec /bin/sleep 1000", pids.display()));
    // More than any pipe holds, and then no end: a flood without end would show no more and take a whole processor.
    let flood = "n=0; while [ $n -lt 20000 ]; do echo flood; n=$((n + 1)); done";
    let hook = script("hook", &format!("{flood}; exec /bin/sleep 1000"));
    let settings = format!("say_command = [\"{voice}\"]\non_event = [\"{hook}\"]\n{TRIAL}");
    fs::write(home.path().join(".config/dermaroll/config.toml"), settings).unwrap();
    let terminal = Setup::dermaroll(&[], home.path()).start();
    begin(&terminal);
    answer(&terminal, &[]);
    terminal.press_until("c", "NOTHING ON YOUR CHECKLIST STOPS TODAY");
    terminal.press_until("s", "Two bells and a voice just called").press_until("d", "done   done");
    terminal.press_until("y", "both noticed").press_until(" ", "CLEAN YOUR HANDS");
    terminal.wait_text("Rolling is over and saved");
    terminal.press_until("\r", "DONE. 5 of 5 sections").press_until("\r", "Saved: ");
    assert_eq!(terminal.end().0, State::Left(0));
    let reading = record::read(&sessions(home.path())[0]).unwrap();
    let times: Vec<u64> =
        reading.entries.iter().filter(|entry| entry.event.kind() == EventKind::RanOut).map(|entry| entry.t).collect();
    // Twenty countdowns of a tenth of a second; a command that held one up would take a thousand.
    assert!(times.last().unwrap() - times[1] < 30_000, "{times:?}");
    for pid in fs::read_to_string(pids).unwrap().lines() {
        let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
        assert!(ends(pid), "a voice outlives the program");
    }
}

#[test]
fn signals_end_it_saved_with_the_terminal_as_it_was() {
    // Side by side: nearly all of the time is waiting.
    std::thread::scope(|scope| {
        for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
            scope.spawn(move || ends_with(signal, code));
        }
    });
}

fn ends_with(signal: Signal, code: i32) {
    let home = home(TRIAL);
    let terminal = Setup::dermaroll(&[], home.path()).start();
    begin(&terminal);
    terminal.press_until("n", "Question 2 of").signal(signal);
    assert_eq!(terminal.end().0, State::Left(code));
    terminal.assert_given_back();
    let reading = record::read(&sessions(home.path())[0]).unwrap();
    assert!(!reading.is_closed() && reading.damage.is_empty());
    assert_eq!(reading.entries.last().unwrap().event.kind(), EventKind::Answered);
}

#[test]
fn the_check_gives_its_verdict_as_exit_status() {
    std::thread::scope(|scope| {
        scope.spawn(|| checks(&[], "NOTHING ON YOUR CHECKLIST STOPS TODAY", 0));
        scope.spawn(|| checks(&[(1, "u")], "STOP. NO ROLLING TODAY.", 3));
    });
}

fn checks(others: &[(usize, &str)], verdict: &str, code: i32) {
    let home = home("");
    let terminal = Setup::dermaroll(&["check"], home.path()).start();
    terminal.wait_text("Question 1 of");
    answer(&terminal, others);
    terminal.press_until("c", verdict);
    assert_eq!(terminal.quit_with("q"), State::Left(code));
    assert!(sessions(home.path()).is_empty(), "a check is kept only on request");
}

#[test]
fn a_second_one_changes_nothing() {
    let home = home(TRIAL);
    let first = Setup::dermaroll(&[], home.path()).start();
    begin(&first);
    let second = Setup::dermaroll(&[], home.path()).start();
    second.wait_text("These records are in use");
    assert_eq!(second.end().0, State::Left(6));
    first.signal(Signal::TERM);
    assert_eq!(sessions(home.path()).len(), 1);
}

#[test]
fn without_a_terminal_it_says_so() {
    let home = home("");
    let refused = command(&[], home.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(message.starts_with("dermaroll needs ") && message.lines().count() == 1, "{message}");
    assert!(refused.stdout.is_empty());
    assert!(sessions(home.path()).is_empty());
}

#[test]
fn broken_settings_are_refused_before_anything_is_drawn() {
    let home = home("intervall_days = 28\n");
    let terminal = Setup::dermaroll(&[], home.path()).start();
    let (state, text) = terminal.end();
    assert_eq!(state, State::Left(2), "{text}");
    assert!(text.contains("interval_days"), "{text}");
    assert!(text.contains("line 1, column 1"), "{text}");
}
