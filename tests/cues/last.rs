//! What becomes of commands when this process ends without order. Each test runs itself once more as the process that
//! ends.

use std::process::{Child, Command, Stdio};

use dermaroll::cues::inhibitor::Inhibitor;
use dermaroll::cues::jobs::{Job, JobQueue, JobRules, cancel_all};

use crate::cues::command_folder::{CommandFolder, NEVER};

/// The folder of commands, for the process that ends.
const FOLDER: &str = "DERMAROLL_TEST_FOLDER";

fn run_again(test: &str, folder: &CommandFolder) -> Child {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again
        .args(["--exact", test])
        .env(FOLDER, folder.search())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    again.spawn().unwrap()
}

/// Waits to be killed, or for the end of the process that should have done it.
fn hang() {
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
}

#[test]
fn a_panic_hook_ends_every_command() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        // Two queues, the panic on a third thread while both are at work.
        let rules = JobRules { late: NEVER, limit: NEVER, room: 2 };
        let queues = ["one", "two"].map(|name| {
            let jobs = JobQueue::start(rules);
            let body = format!("exec 9> {name}; echo up >&9; echo up > up-{name}; read never < never");
            let folder = folder.display().to_string();
            let argv = ["/bin/sh", "-c", &format!("cd {folder} || exit; {body}")].map(Into::into).to_vec();
            jobs.send(Job { argv, env: Vec::new() });
            std::fs::read(std::path::Path::new(&folder).join(format!("up-{name}"))).unwrap();
            jobs
        });
        std::panic::set_hook(Box::new(|_| cancel_all()));
        assert!(std::thread::spawn(|| panic!("on purpose")).join().is_err());
        core::mem::forget(queues);
        return hang();
    }
    let folder = CommandFolder::new();
    let (one, two) = (folder.listen("one"), folder.listen("two"));
    for name in ["up-one", "up-two", "never"] {
        folder.pipe(name);
    }
    let mut again = run_again("cues::last::a_panic_hook_ends_every_command", &folder);
    assert_eq!((one.next(), two.next()), ("up".into(), "up".into()));
    one.ended();
    two.ended();
    again.kill().unwrap();
    again.wait().unwrap();
}

#[test]
fn a_screen_is_not_kept_on_for_a_program_that_was_killed() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let _awake = Inhibitor::start_on("", Some(&folder), |_| {});
        return hang();
    }
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.program("systemd-inhibit", "exec 9> life; echo up >&9; cat");
    let mut again = run_again("cues::last::a_screen_is_not_kept_on_for_a_program_that_was_killed", &folder);
    assert_eq!(life.next(), "up");
    again.kill().unwrap();
    again.wait().unwrap();
    life.ended();
}
