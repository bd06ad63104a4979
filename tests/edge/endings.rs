//! Every way of ending, again and again, while nothing happens and while frames are written without end: the terminal
//! is as it was, and soon.

use std::thread;
use std::time::Duration;

use engine::session::EventKind;
use rustix::process::Signal;
use store::record;
use tempfile::TempDir;

use crate::edge::breaking::{self, Break, FAILED, SECRET};
use crate::edge::{ARMED, SECOND};
use crate::support::counts::count;
use crate::support::many::{figure, worst};
use crate::support::pty::{Pty, Setup, State, now};

/// Ctrl-L, which asks for the whole screen anew.
const REPAINT: &[u8] = &[0x0c; 32];
/// Half of the flooded terminals take so little at a time that a frame is always being waited for.
const FLOODED: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Leave,
    InterruptTwice,
    Signal(Signal),
    HaltAndLeave,
    Break(Break),
    Close,
    CloseWhereHangUpIsIgnored,
    CloseWithoutSignal,
}

const FULL: u32 = 100;

/// One proof: `flood` says whether frames are written all the time, and whether to a slow terminal.
struct Proof {
    way: Way,
    flood: Option<bool>,
}

struct Run {
    pty: Pty,
    home: TempDir,
}

#[test]
fn leaving() {
    prove(Way::Leave);
}

#[test]
fn ctrl_c_twice() {
    prove(Way::InterruptTwice);
}

#[test]
fn signals() {
    each(&[Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT].map(Way::Signal));
}

#[test]
fn a_halt_then_leaving() {
    prove(Way::HaltAndLeave);
}

#[test]
fn a_loop_that_fails() {
    prove(Way::Break(Break::Frame));
}

#[test]
fn a_panic_while_drawing() {
    prove(Way::Break(Break::Draw));
}

#[test]
fn a_panic_right_after_something_was_recorded() {
    prove(Way::Break(Break::Record));
}

#[test]
fn a_panic_on_another_thread() {
    prove(Way::Break(Break::Thread));
}

#[test]
fn a_closed_window() {
    each(&[Way::Close, Way::CloseWhereHangUpIsIgnored, Way::CloseWithoutSignal]);
}

/// Side by side with small counts, which nearly all wait; one after the other when times are measured.
fn each(ways: &[Way]) {
    if count(0, 1) == 1 {
        return ways.iter().for_each(|way| prove(*way));
    }
    thread::scope(|scope| ways.iter().for_each(|way| _ = scope.spawn(|| prove(*way))));
}

/// As often as the figure says, idle and flooded.
fn prove(way: Way) {
    let count = count(1, FULL);
    let idle = worst(count, |_| Proof { way, flood: None }.run());
    let flooded = worst(count, |number| Proof { way, flood: Some(number % 2 == 0) }.run());
    figure(&format!("{way:?}: idle {count} of {count}, worst {idle:?}; flooded {count} of {count}, worst {flooded:?}"));
}

impl Proof {
    /// Gives how long it took from the last act of the person or the system until the program was gone.
    fn run(&self) -> Duration {
        let mut run = self.begin();
        if let Some(slow) = self.flood {
            let before = run.pty.count();
            run.pty.flood(REPAINT);
            run.pty.wait_count(before + if slow { FLOODED } else { 10 * FLOODED });
        }
        let took = match self.way {
            Way::Leave => self.leave(&mut run),
            Way::InterruptTwice => {
                run.pty.send(b"\x03");
                run.pty.wait_text("Ctrl-C");
                self.ends(&mut run, State::Left(130), |pty| pty.send(b"\x03"))
            }
            Way::Signal(signal) => self.ends(&mut run, State::Left(128 + signal.as_raw()), |pty| pty.signal(signal)),
            Way::HaltAndLeave => {
                self.halt(&mut run);
                self.leave(&mut run)
            }
            Way::Break(way) => self.broken(&mut run, way),
            Way::Close | Way::CloseWhereHangUpIsIgnored | Way::CloseWithoutSignal => return self.closed(&mut run),
        };
        run.pty.assert_given_back();
        took
    }

    fn begin(&self) -> Run {
        let home = tempfile::tempdir().unwrap();
        let setup = match self.way {
            Way::Break(_) => breaking::setup(home.path()),
            Way::InterruptTwice => Setup::dermaroll(&["check"], home.path()),
            Way::CloseWhereHangUpIsIgnored => Setup::dermaroll(&[], home.path()).ignoring_hang_up(),
            Way::CloseWithoutSignal => Setup::dermaroll(&[], home.path()).untold(),
            Way::Leave | Way::Signal(_) | Way::HaltAndLeave | Way::Close => Setup::dermaroll(&[], home.path()),
        };
        let pty = if self.flood == Some(true) { setup.reading_slowly() } else { setup }.start();
        pty.wait_for("first screen", |screen| screen.alternate_screen() && !screen.contents().trim().is_empty());
        if matches!(self.way, Way::Break(_)) {
            pty.press_until("n", "Question 2");
        }
        Run { pty, home }
    }

    /// Does the last act, waits for the end, and gives the time between them.
    fn ends(&self, run: &mut Run, state: State, act: impl FnOnce(&Pty)) -> Duration {
        let began = now();
        act(&run.pty);
        let (ended, _) = run.pty.wait_exit(5 * SECOND);
        let took = run.pty.since() - began;
        run.pty.calm();
        assert_eq!(ended, state, "{:?}, screen:\n{}", self.way, run.pty.screen());
        // A key waits behind those of the flood, each of which asks for a whole frame; a signal does not.
        let is_behind = self.flood.is_some() && matches!(self.way, Way::Break(_) | Way::InterruptTwice);
        let limit = if is_behind { 4 * SECOND } else { SECOND };
        assert!(took < limit, "{:?} took {took:?}", self.way);
        took
    }

    /// The key counts only after a moment without any, so the flood ends before it.
    fn leave(&self, run: &mut Run) -> Duration {
        run.pty.calm();
        run.pty.settle(ARMED);
        self.ends(run, State::Left(0), |pty| pty.send(b"q"))
    }

    fn halt(&self, run: &mut Run) {
        run.pty.signal(Signal::TSTP);
        run.pty.wait_state(State::Stopped, SECOND);
        run.pty.calm();
        run.pty.assert_given_back();
        run.pty.signal(Signal::CONT);
        run.pty.wait_for("screen again", |screen| screen.alternate_screen() && screen.hide_cursor());
        assert_ne!(run.pty.settings(), run.pty.before, "taken again");
    }

    fn broken(&self, run: &mut Run, way: Break) -> Duration {
        let status = if way == Break::Frame { FAILED } else { 101 };
        let byte = [way.byte()];
        let recorded = way == Break::Record;
        let took = if recorded {
            // A key is recorded only when none came for a moment before it.
            run.pty.calm();
            run.pty.send(&byte);
            run.pty.settle(ARMED);
            self.ends(run, State::Left(status), |pty| pty.send(b"n"))
        } else {
            self.ends(run, State::Left(status), |pty| pty.send(&byte))
        };
        run.pty.drain();
        let bytes = run.pty.bytes();
        let text = String::from_utf8_lossy(&bytes);
        // Keys that came too late are echoed by the terminal, now that it is itself again.
        let (_, after) = text.rsplit_once("\u{1b}[?1049l").unwrap();
        let after = after.replace("^L", "");
        assert!(!text.contains(SECRET), "the words of the panic were shown");
        let report = if way == Break::Frame { "" } else { "Something broke (tests/edge/breaking.rs:" };
        // A slow terminal that is busy with echoes may not take the report in time; it is given back all the same.
        let is_lost = self.flood == Some(true) && after.is_empty();
        assert!(is_lost || after.starts_with(report), "{after:?}");
        assert!(!after.contains('\u{1b}'), "a frame came after the screen was left: {after:?}");
        let files = record::listing::files(run.home.path()).0;
        let reading = record::read(&files[0]).unwrap();
        assert!(reading.damage.is_empty() && !reading.is_closed());
        let answers = reading.entries.iter().filter(|entry| entry.event.kind() == EventKind::Answered).count();
        assert_eq!(answers, if recorded { 2 } else { 1 }, "what was confirmed is on disk");
        took
    }

    /// The terminal cannot be looked at any more; the program is to be gone, and not to have been busy until then.
    fn closed(&self, run: &mut Run) -> Duration {
        let before = run.pty.processor_time();
        let began = now();
        run.pty.hang_up();
        let (state, _) = run.pty.wait_exit(5 * SECOND);
        let took = run.pty.since() - began;
        assert_eq!(state, State::Left(129), "{:?}", self.way);
        assert!(took < 2 * SECOND, "{:?} took {took:?}", self.way);
        let busy = run.pty.processor_time().saturating_sub(before);
        assert!(busy < SECOND / 5, "{busy:?} of the processor after the window was closed");
        took
    }
}
