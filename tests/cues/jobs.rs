//! The queue of commands: nothing that one of them does delays the sender, overlaps, or is left behind.

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dermaroll::cues::jobs::{Job, JobQueue, JobRules};
use rustix::process::{getpgid, getsid};

use crate::cues::command_folder::{CommandFolder, LONG, NEVER, is_there, number};

const RULES: JobRules = JobRules { late: NEVER, limit: NEVER, room: 8 };

fn job(argv: Vec<OsString>) -> Job {
    Job { argv, env: Vec::new() }
}

/// Hangs until `gate` is opened; tells of its start and of its end.
fn hanging(folder: &CommandFolder) -> Job {
    job(folder.shell("echo start hanging >> log; echo up > up; read go < gate; echo end hanging >> log"))
}

fn logging(folder: &CommandFolder, name: &str) -> Job {
    job(folder.shell(&format!("echo start {name} >> log; echo end {name} >> log")))
}

/// A queue whose first command hangs.
fn blocked(folder: &CommandFolder, jobs: &JobQueue) {
    let up = folder.listen("up");
    folder.pipe("gate");
    jobs.send(hanging(folder));
    assert_eq!(up.next(), "up");
}

#[test]
fn a_command_that_hangs_delays_neither_the_sender_nor_is_it_overlapped() {
    let folder = CommandFolder::new();
    let jobs = JobQueue::start(RULES);
    blocked(&folder, &jobs);
    for name in ["one", "two", "three"] {
        jobs.send(logging(&folder, name));
    }
    // Sending came back although the first one waits for a gate that is opened only now.
    assert!(!jobs.finish(Duration::ZERO));
    assert_eq!(folder.read("log"), "start hanging\n");
    folder.open("gate");
    assert!(jobs.finish(LONG));
    let order = ["hanging", "one", "two", "three"].map(|name| format!("start {name}\nend {name}\n")).concat();
    assert_eq!(folder.read("log"), order);
    assert_eq!(jobs.trouble(), None);
}

#[test]
fn one_that_waited_too_long_is_not_run() {
    let folder = CommandFolder::new();
    let now = Arc::new(AtomicU64::new(100));
    let clock = Arc::clone(&now);
    let rules = JobRules { late: Duration::from_secs(2), ..RULES };
    let jobs = JobQueue::with_clock(rules, move || Duration::from_secs(clock.load(Ordering::SeqCst)));
    blocked(&folder, &jobs);
    jobs.send(logging(&folder, "late"));
    now.store(101, Ordering::SeqCst);
    jobs.send(logging(&folder, "just in time"));
    now.store(103, Ordering::SeqCst);
    folder.open("gate");
    assert!(jobs.finish(LONG));
    let log = folder.read("log");
    assert_eq!(log, "start hanging\nend hanging\nstart just in time\nend just in time\n");
}

#[test]
fn a_full_queue_drops_the_job_that_waited_longest() {
    let folder = CommandFolder::new();
    let jobs = JobQueue::start(JobRules { room: 2, ..RULES });
    blocked(&folder, &jobs);
    for name in ["one", "two", "three"] {
        jobs.send(logging(&folder, name));
    }
    folder.open("gate");
    assert!(jobs.finish(LONG));
    assert_eq!(folder.read("log"), "start hanging\nend hanging\nstart two\nend two\nstart three\nend three\n");
}

#[test]
fn at_the_limit_it_is_killed_and_the_next_one_runs() {
    let folder = CommandFolder::new();
    folder.pipe("never");
    let jobs = JobQueue::start(JobRules { limit: Duration::from_millis(50), ..RULES });
    jobs.send(job(folder.shell("read never < never")));
    assert!(jobs.finish(LONG), "it is not waited for");
    let trouble = jobs.trouble().unwrap();
    assert!(trouble.starts_with("/bin/sh ran for more than 50ms and was ended. The session goes on"), "{trouble}");
}

#[test]
fn a_signal_that_can_be_ignored_is_not_what_kills() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    let jobs = JobQueue::start(RULES);
    jobs.send(job(folder.shell("trap '' HUP INT TERM; exec 9> life; echo up >&9; read never < never")));
    assert_eq!(life.next(), "up");
    jobs.cancel();
    life.ended();
    assert!(jobs.finish(LONG));
}

#[test]
fn cancelling_kills_all_that_was_started_and_drops_what_waits() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    let jobs = JobQueue::start(RULES);
    jobs.send(job(folder.shell("exec 9> life; sh -c 'echo $$ >&9; read never < never' & read never < never")));
    let child = life.next();
    assert!(is_there(&child));
    jobs.send(logging(&folder, "dropped"));
    jobs.cancel();
    life.ended();
    assert!(jobs.finish(LONG));
    assert_eq!((folder.read("log").as_str(), jobs.trouble()), ("", None), "being called off is no trouble");

    jobs.send(logging(&folder, "after"));
    assert!(jobs.finish(LONG));
    assert_eq!(folder.read("log"), "start after\nend after\n");
}

#[test]
fn a_child_that_goes_on_ends_with_the_command_that_left_it() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    let jobs = JobQueue::start(RULES);
    let leaving = "exec 9> life; mkfifo ready; sh -c 'echo up > ready; read never < never' & read up < ready";
    jobs.send(job(folder.shell(leaving)));
    life.ended();
    jobs.send(logging(&folder, "next"));
    assert!(jobs.finish(LONG));
    assert_eq!(folder.read("log"), "start next\nend next\n");
}

#[test]
fn floods_go_nowhere_and_nothing_can_be_read() {
    let folder = CommandFolder::new();
    let jobs = JobQueue::start(RULES);
    let flood = "head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2; cat; echo through >> log";
    jobs.send(job(folder.shell(flood)));
    assert!(jobs.finish(LONG));
    assert_eq!((folder.read("log").as_str(), jobs.trouble()), ("through\n", None));
}

#[test]
fn what_fails_is_told_and_the_next_one_runs() {
    let folder = CommandFolder::new();
    std::fs::write(folder.path("closed"), "#!/bin/sh\n").unwrap();
    let jobs = JobQueue::start(RULES);
    let missing: OsString = folder.path("missing").into();
    let of = |job: Job| {
        jobs.send(job);
        jobs.send(logging(&folder, "next"));
        assert!(jobs.finish(LONG));
        jobs.trouble().unwrap()
    };
    assert!(of(job(vec![missing])).contains("missing could not be started: No such file"));
    assert!(of(job(vec![folder.path("closed").into()])).contains("closed could not be started: Permission denied"));
    assert!(of(job(folder.shell("exit 3"))).contains("/bin/sh failed: exit status: 3"));
    assert!(of(job(Vec::new())).contains("is no command"));
    let nul = Job { argv: folder.shell("true"), env: vec![("WORDS", "nul \0 inside".into())] };
    assert!(of(nul).contains("could not be started"));
    assert_eq!(folder.read("log"), "start next\nend next\n".repeat(5));
}

#[test]
fn none_stays_behind_unreaped() {
    let folder = CommandFolder::new();
    folder.pipe("never");
    let life = folder.listen("life");
    let jobs = JobQueue::start(RULES);
    for end in ["exit 0", "exit 7", "kill -9 $$"] {
        jobs.send(job(folder.shell(&format!("echo $$ >> numbers; {end}"))));
    }
    jobs.send(job(folder.shell("echo $$ >> numbers; exec 9> life; echo up >&9; read never < never")));
    assert_eq!(life.next(), "up");
    jobs.cancel();
    assert!(jobs.finish(LONG));
    let numbers = folder.read("numbers");
    assert_eq!(numbers.lines().count(), 4);
    for number in numbers.lines() {
        assert!(!is_there(number), "{number} is reaped");
    }
}

#[test]
fn dropping_the_queue_ends_what_runs() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    let jobs = JobQueue::start(RULES);
    jobs.send(job(folder.shell("exec 9> life; echo up >&9; read never < never")));
    jobs.send(logging(&folder, "dropped"));
    assert_eq!(life.next(), "up");
    drop(jobs);
    life.ended();
    assert_eq!(folder.read("log"), "");
}

#[test]
fn a_key_that_means_a_signal_does_not_reach_it() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    let jobs = JobQueue::start(RULES);
    jobs.send(job(folder.shell("exec 9> life; echo $$ >&9; read never < never")));
    let leader = number(&life.next());
    assert_eq!(getpgid(Some(leader)), Ok(leader), "a group of its own");
    assert_eq!(getsid(Some(leader)), Ok(leader), "a session of its own, which has no terminal");
}

#[test]
fn what_it_complains_of_is_kept_only_where_somebody_listens() {
    let folder = CommandFolder::new();
    let complain = || job(folder.shell("echo no; echo first >&2; echo second >&2"));
    for (jobs, said) in [(JobQueue::start(RULES), ""), (JobQueue::keeping_stderr(RULES), "first\nsecond\n")] {
        jobs.send(complain());
        assert!(jobs.finish(LONG));
        assert_eq!(jobs.stderr(), said);
        jobs.send(job(folder.shell("true")));
        assert!(jobs.finish(LONG));
        assert_eq!(jobs.stderr(), "", "it is the last one's");
    }
    let jobs = JobQueue::keeping_stderr(RULES);
    // A flood is read to its end; something that goes on elsewhere with the pipe is not waited for.
    jobs.send(job(folder.shell("head -c 5000000 /dev/zero >&2; setsid sh -c 'echo $$ > away; exec sleep 60' &\nwhile ! [ -s away ]; do :; done")));
    assert!(jobs.finish(LONG));
    assert_eq!((jobs.stderr().len(), jobs.trouble()), (4096, None));
    rustix::process::kill_process(number(&folder.read("away")), rustix::process::Signal::KILL).unwrap();
}
