//! Commands that are run one after the other beside the session. Whatever one of them does, sending the next takes no
//! time, two never run at once, and none is left behind.
//!
//! One thread, begun with the first of them, runs them and wakes for nothing but an errand; while one runs, a second
//! thread blocks until it has ended. The queues are known to a static, because a panic hook and the terminal's fuse
//! must reach them from any thread.

use core::fmt;
use core::time::Duration;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::pipe;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use super::ear::listen;
use crate::content::duration;
use platform::clock;
use platform::process::{Program, until_ended};
use store::visible::brief;

/// All queues that are in use.
static ALL: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());
/// How long the last act of the process waits for a program that is just being started and cannot be ended yet.
const LAST_WAIT: Duration = Duration::from_millis(100);

/// How errands are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// One that has waited for longer than this is not run.
    pub late: Duration,
    /// One that runs for longer than this is killed, with all that it has started.
    pub limit: Duration,
    /// How many may wait; with one more, the one that has waited longest is dropped.
    pub room: usize,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// The program and its arguments, passed on as they are, without a shell.
    pub argv: Vec<OsString>,
    /// What is set in its environment, beside what this process has.
    pub env: Vec<(&'static str, String)>,
}

/// A queue of errands. Dropping it drops what waits and kills what runs.
#[derive(Debug)]
pub struct Errands {
    shared: Arc<Shared>,
}

impl Errands {
    /// Starts an empty queue.
    pub fn start(rules: Rules) -> Errands {
        Errands::with_clock(rules, || clock::read().awake)
    }

    /// As [`Errands::start`], and what each command writes on standard error is kept for [`Errands::said`].
    pub fn listening(rules: Rules) -> Errands {
        Errands::make(rules, Box::new(|| clock::read().awake), true)
    }

    /// As [`Errands::start`], with another clock to measure waiting by.
    pub fn with_clock(rules: Rules, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Errands {
        Errands::make(rules, Box::new(clock), false)
    }

    fn make(rules: Rules, clock: Box<dyn Fn() -> Duration + Send + Sync>, listens: bool) -> Errands {
        let shared = Arc::new(Shared {
            rules,
            clock,
            listens,
            desk: Mutex::default(),
            came: Condvar::new(),
            went: Condvar::new(),
        });
        let mut all = hold(&ALL);
        all.retain(|queue| queue.strong_count() > 0);
        all.push(Arc::downgrade(&shared));
        drop(all);
        Errands { shared }
    }

    /// Hands an errand in. Never waits for one that runs.
    pub fn send(&self, errand: Errand) {
        let sent = (self.shared.clock)();
        let mut desk = self.shared.desk();
        if desk.closed || self.shared.rules.room == 0 {
            return;
        }
        if !desk.begun {
            desk.begun = true;
            let running = Arc::clone(&self.shared);
            // Without a thread nothing is run, and the queue says so.
            if let Err(error) = thread::Builder::new().name("errands".into()).spawn(move || running.run()) {
                desk.closed = true;
                desk.trouble = Some(format!("No command can be run: {error}. The session goes on without them."));
                return;
            }
        }
        while desk.waiting.len() >= self.shared.rules.room {
            desk.waiting.pop_front();
        }
        desk.waiting.push_back((sent, errand));
        drop(desk);
        self.shared.came.notify_one();
    }

    /// Drops what waits and kills what runs. What is sent later is run.
    pub fn hush(&self) {
        self.shared.hush();
    }

    /// Waits until nothing waits or runs any more, at most for `within`. Whether it came to that.
    pub fn finish(&self, within: Duration) -> bool {
        let busy = |desk: &mut Desk| desk.is_busy();
        let waited = self.shared.went.wait_timeout_while(self.shared.desk(), within, busy);
        !waited.unwrap_or_else(PoisonError::into_inner).0.is_busy()
    }

    /// What went wrong with the last errand that failed, in sentences for the person.
    pub fn trouble(&self) -> Option<String> {
        self.shared.desk().trouble.clone()
    }

    /// The beginning of what the last command wrote on standard error; empty unless they are listened to.
    pub fn said(&self) -> String {
        self.shared.desk().said.clone()
    }
}

impl Drop for Errands {
    fn drop(&mut self) {
        self.shared.close();
        self.shared.came.notify_one();
    }
}

/// Closes every queue of this process and kills what runs: the last act before it ends, from any thread, also in a
/// panic. The locks it takes are held for a few system calls that never wait, and by nothing that can panic; a program
/// that is just being started is waited for, but not for long.
pub fn hush_all() {
    let queues: Vec<Arc<Shared>> = hold(&ALL).iter().filter_map(Weak::upgrade).collect();
    for queue in &queues {
        queue.close();
    }
    for queue in &queues {
        let _ = queue.went.wait_timeout_while(queue.desk(), LAST_WAIT, |desk| matches!(desk.now, Work::Starting));
    }
}

struct Shared {
    rules: Rules,
    clock: Box<dyn Fn() -> Duration + Send + Sync>,
    listens: bool,
    desk: Mutex<Desk>,
    /// There is something to run, or nothing ever again.
    came: Condvar,
    /// An errand was started or is over.
    went: Condvar,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("rules", &self.rules).finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Desk {
    waiting: VecDeque<(Duration, Errand)>,
    now: Work,
    /// The present errand is not wanted any more.
    hushed: bool,
    /// Its thread was begun.
    begun: bool,
    closed: bool,
    trouble: Option<String>,
    said: String,
}

#[derive(Default)]
enum Work {
    #[default]
    Idle,
    Starting,
    Running(Program),
    Over,
}

impl Desk {
    fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || !matches!(self.now, Work::Idle)
    }

    fn hush(&mut self) {
        self.waiting.clear();
        match &self.now {
            Work::Idle => {}
            Work::Starting | Work::Over => self.hushed = true,
            Work::Running(program) => {
                self.hushed = true;
                program.kill();
            }
        }
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        hold(&self.desk)
    }

    fn hush(&self) {
        self.desk().hush();
        self.went.notify_all();
    }

    fn close(&self) {
        self.desk().closed = true;
        self.hush();
    }

    fn run(&self) {
        while let Some(errand) = self.next() {
            let name = errand.argv.first().map(|name| brief(&name.to_string_lossy())).unwrap_or_default();
            let trouble = self.perform(&errand).err();
            let mut desk = self.desk();
            // Nobody wonders about one that was called off.
            if let (Some(trouble), false) = (trouble, desk.hushed) {
                let todo = "The session goes on without it. Try the command in a terminal.";
                desk.trouble = Some(format!("{name} {trouble}. {todo}"));
            }
            desk.now = Work::Idle;
            drop(desk);
            self.went.notify_all();
        }
    }

    /// The next errand that is not late, marked as being started. Waits for it; None once the queue is closed.
    fn next(&self) -> Option<Errand> {
        loop {
            let nothing = |desk: &mut Desk| desk.waiting.is_empty() && !desk.closed;
            let mut desk = self.came.wait_while(self.desk(), nothing).unwrap_or_else(PoisonError::into_inner);
            let (sent, errand) = desk.waiting.pop_front()?;
            if (self.clock)().saturating_sub(sent) <= self.rules.late {
                desk.now = Work::Starting;
                desk.hushed = false;
                return Some(errand);
            }
            drop(desk);
            self.went.notify_all();
        }
    }

    /// Runs `errand` to its end, or to the limit. The error is the end of a sentence that begins with its name.
    fn perform(&self, errand: &Errand) -> Result<(), String> {
        let (name, arguments) = errand.argv.split_first().ok_or("is no command")?;
        let mut command = Command::new(name);
        command.args(arguments).envs(errand.env.iter().map(|(name, value)| (name, value)));
        let (told, stderr) = self.ear();
        let started = Program::start(command, Stdio::null(), [Stdio::null(), stderr]);
        let program = started.map_err(|error| format!("could not be started: {error}"))?;
        let group = program.group();

        let mut desk = self.desk();
        if desk.hushed {
            program.kill();
        }
        desk.now = Work::Running(program);
        drop(desk);
        self.went.notify_all();

        let (tell, ended) = channel();
        let waiting = thread::Builder::new().name("errand".into()).spawn(move || {
            until_ended(group);
            let _ = tell.send(());
        });
        let is_late = match waiting {
            Ok(_) => matches!(ended.recv_timeout(self.rules.limit), Err(RecvTimeoutError::Timeout)),
            Err(_) => true,
        };
        if is_late {
            self.kill_present();
            match waiting {
                // The second thread has to be through with the number before it is given back.
                Ok(_) => _ = ended.recv(),
                Err(_) => until_ended(group),
            }
        }
        // It has ended, so that neither the lock nor the reaping waits.
        let Work::Running(program) = core::mem::replace(&mut self.desk().now, Work::Over) else { return Ok(()) };
        let status = program.reap();
        self.desk().said = told.map(|told| all_of(&told)).unwrap_or_default();
        match status {
            _ if is_late => Err(format!("ran for more than {} and was ended", duration::words(self.rules.limit))),
            Ok(status) if !status.success() => Err(format!("failed: {status}")),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// What hears the command, and what it writes into.
    fn ear(&self) -> (Option<Receiver<Vec<u8>>>, Stdio) {
        match self.listens.then(pipe) {
            Some(Ok((heard, said))) => (Some(listen(heard)), said.into()),
            Some(Err(_)) | None => (None, Stdio::null()),
        }
    }

    fn kill_present(&self) {
        if let Work::Running(program) = &self.desk().now {
            program.kill();
        }
    }
}

/// What a command said that has ended. Something that it left running may have the pipe open still, and is not waited
/// for.
fn all_of(told: &Receiver<Vec<u8>>) -> String {
    let parts = core::iter::from_fn(|| told.recv_timeout(LAST_WAIT).ok());
    String::from_utf8_lossy(&parts.flatten().collect::<Vec<u8>>()).into_owned()
}

/// A thread that panicked has left what is locked whole: each change is a single step.
fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
