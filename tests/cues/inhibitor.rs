//! The screen is kept on by a program of the system's, and let go in any case.

use std::ffi::OsString;
use std::sync::mpsc::{Receiver, channel};

use dermaroll::cues::inhibitor::{Inhibitor, Status};

use crate::cues::command_folder::{CommandFolder, LONG, is_there};

/// Tells its number and its arguments, then runs the last of them, as the real ones do.
const HOLDING: &str = r#"exec 9> life; echo $$ >&9; echo "$*" >&9; for last; do :; done; "$last""#;

/// Asks for the screen on `desktop` with the programs below `path`, and what is told of it.
fn ask(desktop: &str, path: Option<OsString>) -> (Inhibitor, Receiver<Status>) {
    let (tell, told) = channel();
    (Inhibitor::start_on(desktop, path.as_deref(), move |state| drop(tell.send(state))), told)
}

fn active(name: &str) -> Status {
    Status::Active(name.into())
}

fn refused(name: &str) -> Status {
    Status::Refused(name.into())
}

#[test]
fn it_holds_until_it_is_dropped() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.program("systemd-inhibit", HOLDING);
    let (inhibitor, told) = ask("", Some(folder.search()));
    let number = life.next();
    assert_eq!(life.next(), "--what=idle:sleep --who=dermaroll --why=hands are busy cat");
    assert_eq!(told.recv_timeout(LONG), Ok(active("systemd-inhibit")));
    assert_eq!(inhibitor.status(), active("systemd-inhibit"));
    drop(inhibitor);
    life.ended();
    assert!(!is_there(&number), "it is reaped");
}

/// What a program does that does not hold the screen, though it may look as if it did.
const REFUSED: [(&str, &str); 17] = [
    ("fails at once", "exit 1"),
    ("ends well at once", "exit 0"),
    ("is no program", "exec /nowhere/at/all"),
    ("is killed", "kill -9 $$"),
    ("hangs", "exec sleep 3600"),
    ("hangs with a child", "sleep 3600 & wait"),
    ("closes all and hangs", "exec >&- 2>&-; exec sleep 3600"),
    ("says so and fails", "echo 'Failed to inhibit: Access denied' >&2; exit 1"),
    ("says so and hangs", "echo 'Access denied'; exec sleep 3600"),
    ("says so and goes on all the same", "echo 'Inhibit failed \"no such service\"' >&2; exec cat"),
    ("asks for a password", "printf 'Password: ' >&2; read word; exec cat"),
    ("asks for a password in vain", "while printf 'Password: '; do read word || exit 1; done"),
    ("asks for it on the terminal", "printf 'Password: ' > /dev/tty || exit 127; read word < /dev/tty"),
    ("reads and says nothing", "exec cat > /dev/null"),
    ("proves it and ends", "read word; echo \"$word\""),
    ("proves it and fails a moment later", "read word; echo \"$word\"; sleep 0.1; exit 1"),
    ("proves it and complains", "read word; echo \"$word\"; echo 'Failed to inhibit'; exec cat"),
];

#[test]
fn one_that_does_not_hold_is_refused_within_a_moment() {
    std::thread::scope(|scope| {
        for (what, body) in REFUSED {
            scope.spawn(move || {
                let folder = CommandFolder::new();
                folder.program("systemd-inhibit", &format!("PATH=/usr/bin:/bin; echo $$ > number; {body}"));
                let (inhibitor, told) = ask("", Some(folder.search()));
                assert_eq!(told.recv_timeout(LONG), Ok(refused("systemd-inhibit")), "{what}");
                assert_eq!(inhibitor.status(), refused("systemd-inhibit"), "{what}");
                drop(inhibitor);
                assert!(!is_there(&folder.read("number")), "{what}: it is left behind");
            });
        }
    });
}

#[test]
fn one_that_is_ended_later_is_told_as_refused() {
    let folder = CommandFolder::new();
    folder.program("systemd-inhibit", "PATH=/usr/bin:/bin; echo $$ > number; exec cat");
    let (inhibitor, told) = ask("", Some(folder.search()));
    assert_eq!(told.recv_timeout(LONG), Ok(active("systemd-inhibit")));
    rustix::process::kill_process(
        crate::cues::command_folder::number(&folder.read("number")),
        rustix::process::Signal::KILL,
    )
    .unwrap();
    assert_eq!(told.recv_timeout(LONG), Ok(refused("systemd-inhibit")));
    drop(inhibitor);
}

#[test]
fn one_with_an_input_of_its_own_holds_all_the_same() {
    let folder = CommandFolder::new();
    // As kde-inhibit runs its command: with an input that is not ours.
    folder.program("kde-inhibit", "PATH=/usr/bin:/bin; shift 2; sleep 3600 | \"$@\"");
    let (inhibitor, told) = ask("KDE", Some(folder.search()));
    assert_eq!(told.recv_timeout(LONG), Ok(active("kde-inhibit")));
    drop(inhibitor);
}

#[test]
fn the_desktops_own_way_goes_first_and_the_next_one_steps_in() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.program("gnome-session-inhibit", "echo gnome >> log; exit 1");
    folder.program("kde-inhibit", "echo kde >> log; exit 1");
    folder.program("systemd-inhibit", HOLDING);
    let (inhibitor, told) = ask("ubuntu:GNOME", Some(folder.search()));
    // Its number and its arguments: it is at work.
    life.next();
    life.next();
    assert_eq!(told.recv_timeout(LONG), Ok(active("systemd-inhibit")));
    assert_eq!(folder.read("log"), "gnome\n", "one of another desktop is not tried");
    drop(inhibitor);
    life.ended();
}

#[test]
fn without_a_program_there_is_no_way() {
    let folder = CommandFolder::new();
    assert_eq!(ask("", Some(folder.search())).0.status(), Status::Unavailable);
    assert_eq!(ask("", None).0.status(), Status::Unavailable);
    // What could not be undone is not begun.
    folder.program("termux-wake-lock", "echo lock >> log");
    assert_eq!(ask("", Some(folder.search())).0.status(), Status::Unavailable);
    assert_eq!(folder.read("log"), "");
}

#[test]
fn a_pair_is_undone() {
    let folder = CommandFolder::new();
    let (locked, unlocked) = (folder.listen("locked"), folder.listen("unlocked"));
    folder.program("termux-wake-lock", "echo lock > locked");
    folder.program("termux-wake-unlock", "echo unlock > unlocked");
    let (inhibitor, told) = ask("", Some(folder.search()));
    assert_eq!(locked.next(), "lock");
    assert_eq!(told.recv_timeout(LONG), Ok(active("termux-wake-lock")));
    drop(inhibitor);
    assert_eq!(unlocked.next(), "unlock");
}
