//! Taking the terminal over and giving it back. Every step is noted; giving back undoes each noted step whatever
//! became of the others, once, and never prints.
//!
//! The state is a static because the panic hook and the watch's fuse must reach it from any thread, also while the
//! main thread is stuck in a write. Not `ratatui::init`: it leaves raw mode on when a later step fails, and its
//! `restore` aborts the process on a dead terminal.

use core::time::Duration;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{Command, cursor};

use super::display::Out;
use platform::terminal::{self, Settings};

/// Alternate screen, cursor off, bracketed paste on. The screen is emptied: after a crash it may be on already, and only
/// cells that are not blank are written on it.
fn enter() -> String {
    let reset = SetAttribute(Attribute::Reset);
    ansi(&[&EnterAlternateScreen, &reset, &Clear(ClearType::All), &cursor::Hide, &EnableBracketedPaste])
}

/// What [`enter`] did undone, in the opposite order, with colours and attributes reset. Where there is no alternate
/// screen, as in GNU screen and on consoles, the last frame stays, and what comes next begins below it in the first
/// column; where there is one, that is left behind with it.
fn leave() -> String {
    let reset = SetAttribute(Attribute::Reset);
    let last_row = cursor::MoveTo(0, 998);
    ansi(&[&reset, &DisableBracketedPaste, &cursor::Show, &last_row, &Print("\r\n"), &LeaveAlternateScreen])
}

/// A command that has its own type for each sequence.
trait Sequence {
    fn put(&self, into: &mut String);
}

impl<C: Command> Sequence for C {
    fn put(&self, into: &mut String) {
        // Writing to a string cannot fail.
        let _ = self.write_ansi(into);
    }
}

fn ansi(sequences: &[&dyn Sequence]) -> String {
    let mut bytes = String::new();
    sequences.iter().for_each(|sequence| sequence.put(&mut bytes));
    bytes
}

/// The terminal's settings from before; None while it is not ours.
static BEFORE: Mutex<Option<Settings>> = Mutex::new(None);
/// Whether the screen is ours.
static SCREEN: AtomicBool = AtomicBool::new(false);
/// Held while a frame is written.
static FRAME: Mutex<Switch> = Mutex::new(Switch { unsent: Vec::new(), is_switched: false });
/// What others want done when the terminal is taken over and given back.
static ALSO: OnceLock<Also> = OnceLock::new();
/// How long a last act waits for a terminal that takes no output, as after Ctrl-S.
const LAST_WAIT: Duration = Duration::from_millis(400);

/// How far the screen is switched.
struct Switch {
    /// What switches it, until it leaves in one write with the next frame: whoever draws them is called once.
    unsent: Vec<u8>,
    /// It was written, or half of it, so that it has to be undone.
    is_switched: bool,
}

/// What others want done when the terminal is taken over and given back.
#[derive(Debug)]
pub struct Also {
    /// Written once the screen is ours.
    pub enter: Vec<u8>,
    /// Written before it is given back.
    pub leave: Vec<u8>,
    /// Done before the process is ended from another thread; must not block for long.
    pub end: fn(),
}

/// Has `also` done on every way in and out from now on. Only the first call counts.
pub fn also(also: Also) {
    let _ = ALSO.set(also);
}

/// Holds the terminal; dropping it gives the terminal back.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When a step fails; those before it are undone.
    pub fn enter() -> io::Result<Guard> {
        let guard = Guard(());
        guard.take()?;
        Ok(guard)
    }

    /// Takes its keys alone: they come one by one and are not shown. What is on the screen stays there.
    ///
    /// # Errors
    /// When the terminal's settings cannot be changed.
    pub fn keys_alone() -> io::Result<Guard> {
        take_raw()?;
        Ok(Guard(()))
    }

    /// Takes it over again after [`Guard::give_back`].
    ///
    /// # Errors
    /// When a step fails; those before it are undone.
    pub fn take(&self) -> io::Result<()> {
        take_raw().inspect_err(|_| give_back())?;
        take_screen();
        Ok(())
    }

    /// Gives it back for a while.
    pub fn give_back(&self) {
        give_back();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

fn take_raw() -> io::Result<()> {
    let before = terminal::take_raw()?;
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(before);
    Ok(())
}

fn take_screen() {
    SCREEN.store(true, Ordering::SeqCst);
    let mut switch = frame();
    // What is kept on entering would be lost by entering twice.
    let also = ALSO.get().filter(|_| !switch.is_switched).map(|also| also.enter.as_slice()).unwrap_or_default();
    switch.unsent = [enter().as_bytes(), also].concat();
}

fn frame() -> MutexGuard<'static, Switch> {
    FRAME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives the terminal back: screen first, then its settings.
pub fn give_back() {
    if SCREEN.swap(false, Ordering::SeqCst) {
        put_leave();
    }
    give_back_settings();
}

fn put_leave() {
    let mut switch = frame();
    switch.unsent.clear();
    if !core::mem::take(&mut switch.is_switched) {
        return;
    }
    let also = ALSO.get().map(|also| also.leave.as_slice()).unwrap_or_default();
    let _ = Out.put(&[also, leave().as_bytes()].concat());
}

/// Gives the terminal back as the last act of a process whose main thread may be stuck in a write: a screen that takes
/// no output is left as it is rather than waited for.
pub fn give_back_at_last() {
    if SCREEN.swap(false, Ordering::SeqCst) {
        within_last_wait(put_leave);
    }
    give_back_settings();
    if let Some(also) = ALSO.get() {
        (also.end)();
    }
}

/// Does what may block on a thread of its own and does not wait for it for long. Asking first whether there is room is
/// not enough: there may be too little, or another thread may take it.
fn within_last_wait(act: impl Fn() + Clone + Send + 'static) {
    let (done, is_done) = channel();
    let acting = act.clone();
    let thread = thread::Builder::new().spawn(move || {
        acting();
        let _ = done.send(());
    });
    match thread {
        Ok(_) => _ = is_done.recv_timeout(LAST_WAIT),
        Err(_) => act(),
    }
}

/// Writes a frame while the screen is ours; nothing once another thread has given the terminal back and is about to
/// end the process.
///
/// # Errors
/// When the terminal does not take it.
pub(super) fn write_frame(bytes: &[u8]) -> io::Result<()> {
    let mut switch = frame();
    if !SCREEN.load(Ordering::SeqCst) {
        return Ok(());
    }
    if switch.unsent.is_empty() {
        return Out.put(bytes);
    }
    switch.is_switched = true;
    let mut first = core::mem::take(&mut switch.unsent);
    first.extend_from_slice(bytes);
    Out.put(&first)
}

fn give_back_settings() {
    // A poisoned lock holds the settings all the same.
    let mut kept = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(before) = kept.take() {
        let _ = terminal::give_back(&before);
    }
}

/// From now on a panic on any thread gives the terminal back, says where it happened but not with what values, and
/// ends the process: a half-dead program must not go on drawing. What was confirmed is on disk already.
#[expect(clippy::disallowed_methods, reason = "the panic hook is one of the two places that may end the process")]
pub fn end_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        give_back_at_last();
        let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
        let report = format!(
            "Something broke{place}. Every step that the screen confirmed is saved. Run dermaroll show last to see it.\n"
        );
        within_last_wait(move || _ = terminal::write_to_stderr(report.as_bytes()));
        std::process::exit(101);
    }));
}
