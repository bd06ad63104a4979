//! A queue of commands that run one at a time beside the session. Sending one takes no time whatever the others do, two
//! never run at once, and none is left running at the end.
//!
//! The first job starts a thread that runs them all and otherwise sleeps. While a job runs, a second thread waits for
//! its end, so that the first can end it at its limit. A static knows every queue, because the panic hook has to kill
//! what runs from any thread.

use core::fmt;
use core::time::Duration;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, pipe};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use super::output::read_in_background;
use crate::content::duration;
use platform::clock;
use platform::process::Program;
use store::sanitise::brief;

static ALL_QUEUES: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());
/// How long the end of this process waits for a program that is just being started, since it can only be killed after
/// that; also how long the output of a job is waited for once the job has ended.
const LAST_WAIT: Duration = Duration::from_millis(100);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobRules {
    /// A job that has waited for longer than this is dropped.
    pub late: Duration,
    /// A job that runs for longer than this is killed with all that it has started.
    pub limit: Duration,
    /// How many may wait. One more drops the one that has waited longest.
    pub room: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The program and its arguments, which no shell touches.
    pub argv: Vec<OsString>,
    /// Variables that are set beside those of this process.
    pub env: Vec<(&'static str, String)>,
}

/// Dropping it drops what waits and kills what runs.
#[derive(Debug)]
pub struct JobQueue {
    shared: Arc<Shared>,
}

impl JobQueue {
    pub fn start(rules: JobRules) -> JobQueue {
        JobQueue::with_clock(rules, || clock::read().awake)
    }

    /// As [`JobQueue::start`]; [`JobQueue::stderr`] then has what each job writes on standard error.
    pub fn keeping_stderr(rules: JobRules) -> JobQueue {
        JobQueue::make(rules, Box::new(|| clock::read().awake), true)
    }

    /// As [`JobQueue::start`], with another clock to tell which jobs are late.
    pub fn with_clock(rules: JobRules, clock: impl Fn() -> Duration + Send + Sync + 'static) -> JobQueue {
        JobQueue::make(rules, Box::new(clock), false)
    }

    fn make(rules: JobRules, clock: Box<dyn Fn() -> Duration + Send + Sync>, keeps_stderr: bool) -> JobQueue {
        let shared = Arc::new(Shared {
            rules,
            clock,
            keeps_stderr,
            state: Mutex::default(),
            came: Condvar::new(),
            went: Condvar::new(),
        });
        let mut all = lock(&ALL_QUEUES);
        all.retain(|queue| queue.strong_count() > 0);
        all.push(Arc::downgrade(&shared));
        drop(all);
        JobQueue { shared }
    }

    /// Adds a job. Never waits for one that runs.
    pub fn send(&self, job: Job) {
        let sent = (self.shared.clock)();
        let mut state = self.shared.state();
        if state.closed || self.shared.rules.room == 0 {
            return;
        }
        if !state.has_thread {
            state.has_thread = true;
            let shared = Arc::clone(&self.shared);
            if let Err(error) = thread::Builder::new().name("jobs".into()).spawn(move || shared.run_all()) {
                state.closed = true;
                state.trouble = Some(format!("No command can be run: {error}. The session goes on without them."));
                return;
            }
        }
        while state.waiting.len() >= self.shared.rules.room {
            state.waiting.pop_front();
        }
        state.waiting.push_back((sent, job));
        drop(state);
        self.shared.came.notify_one();
    }

    /// Drops what waits and kills what runs. What is sent later is run.
    pub fn cancel(&self) {
        self.shared.cancel();
    }

    /// Waits until nothing waits or runs, for no longer than `limit`, and returns whether that came.
    pub fn finish(&self, limit: Duration) -> bool {
        let busy = |state: &mut State| state.is_busy();
        let waited = self.shared.went.wait_timeout_while(self.shared.state(), limit, busy);
        !waited.unwrap_or_else(PoisonError::into_inner).0.is_busy()
    }

    /// Why a job failed last, in sentences for the person.
    pub fn trouble(&self) -> Option<String> {
        self.shared.state().trouble.clone()
    }

    /// The beginning of what the last job wrote on standard error; empty unless that is kept.
    pub fn stderr(&self) -> String {
        self.shared.state().stderr.clone()
    }
}

impl Drop for JobQueue {
    fn drop(&mut self) {
        self.shared.close();
        self.shared.came.notify_one();
    }
}

/// Closes every queue of this process and kills what runs. This is the last thing before the process ends, on any
/// thread, also in a panic. Its locks are held for a few system calls that never wait, and by nothing that can panic.
pub fn cancel_all() {
    let queues: Vec<Arc<Shared>> = lock(&ALL_QUEUES).iter().filter_map(Weak::upgrade).collect();
    for queue in &queues {
        queue.close();
    }
    for queue in &queues {
        let _ = queue.went.wait_timeout_while(queue.state(), LAST_WAIT, |state| matches!(state.now, Work::Starting));
    }
}

struct Shared {
    rules: JobRules,
    clock: Box<dyn Fn() -> Duration + Send + Sync>,
    keeps_stderr: bool,
    state: Mutex<State>,
    /// There is something to run, or the queue was closed.
    came: Condvar,
    /// A job was started or has ended.
    went: Condvar,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("rules", &self.rules).finish_non_exhaustive()
    }
}

#[derive(Default)]
struct State {
    /// Each with when it was sent.
    waiting: VecDeque<(Duration, Job)>,
    now: Work,
    /// The present job was cancelled.
    cancelled: bool,
    has_thread: bool,
    closed: bool,
    trouble: Option<String>,
    stderr: String,
}

#[derive(Default)]
enum Work {
    #[default]
    Idle,
    Starting,
    Running(Arc<Program>),
}

impl State {
    fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || !matches!(self.now, Work::Idle)
    }

    fn cancel(&mut self) {
        self.waiting.clear();
        self.cancelled = !matches!(self.now, Work::Idle);
        if let Work::Running(program) = &self.now {
            program.kill();
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn cancel(&self) {
        self.state().cancel();
        self.went.notify_all();
    }

    fn close(&self) {
        self.state().closed = true;
        self.cancel();
    }

    fn run_all(&self) {
        while let Some(job) = self.next() {
            let name = job.argv.first().map(|name| brief(&name.to_string_lossy())).unwrap_or_default();
            let trouble = self.run(&job).err();
            let mut state = self.state();
            // A job that was cancelled did not fail.
            if let (Some(trouble), false) = (trouble, state.cancelled) {
                let todo = "The session goes on without it. Try the command in a terminal.";
                state.trouble = Some(format!("{name} {trouble}. {todo}"));
            }
            state.now = Work::Idle;
            drop(state);
            self.went.notify_all();
        }
    }

    /// Waits for the next job that is not late, and marks it as being started. None once the queue is closed.
    fn next(&self) -> Option<Job> {
        loop {
            let nothing = |state: &mut State| state.waiting.is_empty() && !state.closed;
            let mut state = self.came.wait_while(self.state(), nothing).unwrap_or_else(PoisonError::into_inner);
            let (sent, job) = state.waiting.pop_front()?;
            if (self.clock)().saturating_sub(sent) <= self.rules.late {
                state.now = Work::Starting;
                state.cancelled = false;
                return Some(job);
            }
            drop(state);
            self.went.notify_all();
        }
    }

    /// Runs `job` to its end, or to the limit. The error is the end of a sentence that begins with its name.
    fn run(&self, job: &Job) -> Result<(), String> {
        let (name, arguments) = job.argv.split_first().ok_or("is no command")?;
        let mut command = Command::new(name);
        command.args(arguments).envs(job.env.iter().map(|(name, value)| (name, value)));
        let (output, stderr) = match self.keeps_stderr.then(pipe) {
            Some(Ok((reader, writer))) => (Some(read_in_background(reader)), writer.into()),
            Some(Err(_)) | None => (None, Stdio::null()),
        };
        let program = Program::start(command, Stdio::null(), [Stdio::null(), stderr])
            .map_err(|error| format!("could not be started: {error}"))?;
        let program = Arc::new(program);
        let mut state = self.state();
        if state.cancelled {
            program.kill();
        }
        state.now = Work::Running(Arc::clone(&program));
        drop(state);
        self.went.notify_all();

        let (status, is_late) = self.wait_for(&program);
        self.state().stderr = output.map(|output| all_of(&output)).unwrap_or_default();
        match status {
            _ if is_late => Err(format!("ran for more than {} and was ended", duration::words(self.rules.limit))),
            Ok(status) if !status.success() => Err(format!("failed: {status}")),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// How `program` ended, and whether it was killed at the limit.
    fn wait_for(&self, program: &Arc<Program>) -> (io::Result<ExitStatus>, bool) {
        let (sender, ended) = channel();
        let waiting = Arc::clone(program);
        let thread = thread::Builder::new().name("job".into()).spawn(move || _ = sender.send(waiting.wait()));
        if thread.is_err() {
            program.kill();
            return (program.wait(), true);
        }
        let in_time = ended.recv_timeout(self.rules.limit);
        let is_late = in_time.is_err();
        let status = in_time.or_else(|_| {
            program.kill();
            ended.recv()
        });
        (status.unwrap_or_else(|_| Err(io::ErrorKind::Other.into())), is_late)
    }
}

/// What a job wrote that has ended. Something that it left running may still have the pipe open, and is not waited for.
fn all_of(output: &Receiver<Vec<u8>>) -> String {
    let parts = core::iter::from_fn(|| output.recv_timeout(LAST_WAIT).ok());
    String::from_utf8_lossy(&parts.flatten().collect::<Vec<u8>>()).into_owned()
}

/// A thread that panicked has left what is locked whole: each change is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
