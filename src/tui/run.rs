//! The loop: wait for a message or the deadline, hand it over, draw when something changed. It knows neither sessions
//! nor files.

mod line_host;
mod terminal_host;
mod frame_cache;
#[cfg(test)]
mod tests;

use core::time::Duration;
use std::io;

use ratatui::Frame;

use crate::content::keymap::Press;
use crate::tui::clock::{ClockSampler, Gap};
use crate::tui::terminal::{Display, Guard, Mailbox, Message};
use engine::timeline::{Moment, Now};
pub use frame_cache::FrameCache;
use line_host::LineHost;
use platform::clock::Reading;
use platform::terminal::tells_of_the_end;
use terminal_host::TerminalHost;

/// What the program is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Press),
    /// Text was pasted.
    Paste(String),
    /// A whole line was typed, where there are lines instead of a screen.
    Line(String),
    /// Something outside that the screen tells of has changed.
    News,
    /// Its deadline has come.
    Due,
    /// Time passed otherwise than on the time line.
    Gap(Gap),
    /// It is about to be halted for a while.
    Suspend,
    /// It is told to end by a signal, or the terminal has gone: what is open must be kept now.
    End,
}

/// What the loop does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Wait on.
    On,
    /// Leave with this exit status.
    Leave(u8),
    /// Halt the process as Ctrl-Z does, then wait on.
    Halt,
    /// Draw the whole screen again, then wait on.
    Repaint,
}

/// What the loop drives.
pub trait Program {
    /// The next moment at which it wants to be told [`Input::Due`]; None: not before something happens.
    fn deadline(&self, now: Now) -> Option<Moment>;
    /// Takes an input.
    fn handle(&mut self, input: Input, now: Now) -> Flow;
    /// Whether the screen would look different from the last time it was drawn. A program without a screen has nothing
    /// to draw.
    fn is_changed(&mut self, _now: Now) -> bool {
        false
    }
    /// Draws the screen.
    fn draw(&mut self, _frame: &mut Frame, _now: Now) {}
    /// What goes to the terminal now besides frames: bells, the title of the window, lines.
    fn utter(&mut self, now: Now) -> Vec<u8>;
}

/// What the loop stands on: messages, clocks, a screen. Tests bring one of their own.
trait Host {
    /// What the clocks say.
    fn clocks(&mut self) -> Reading;
    /// The next message; None when `limit` is over first. Without a limit it blocks.
    fn wait(&mut self, limit: Option<Duration>) -> Option<Message>;
    /// A message that has come already.
    fn pending(&mut self) -> Option<Message>;
    /// Draws what differs from the last frame; it leaves with the next [`Host::send`].
    fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()>;
    /// Takes the window's present size and forgets what was drawn.
    fn resized(&mut self) -> io::Result<()>;
    /// Writes `bytes` besides the frames, at the latest with the next [`Host::send`].
    fn put(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Writes whatever has not left yet.
    fn send(&mut self) -> io::Result<()> {
        Ok(())
    }
    /// Begins to read what is typed.
    fn read_input(&mut self) {}
    /// Gives the terminal back and stops the process until somebody lets it go on.
    fn halt(&mut self) -> io::Result<()>;
    /// Takes the terminal over again.
    fn take(&mut self) -> io::Result<()>;
    /// Whether the terminal is there no longer.
    fn has_gone(&mut self) -> bool {
        false
    }
}

/// Exit status when the terminal has gone: 128 and the number of the signal that says so.
pub const HANG_UP: u8 = 129;
/// How many messages are taken before a frame is drawn at the latest: a flood of keys must stop neither clock nor
/// screen.
const AT_ONCE: usize = 64;

/// Drives `program` until it leaves. The exit status is its own, or 128 and the number of the signal that ended it;
/// 129 also when the terminal went without one.
///
/// # Errors
/// When the terminal can no longer be drawn on although it is there. The program was told to end; what was confirmed
/// is on disk.
pub fn run(
    program: &mut impl Program,
    guard: &Guard,
    display: &mut Display,
    messages: &Mailbox,
    clock: &mut ClockSampler,
) -> io::Result<u8> {
    drive(program, &mut TerminalHost { guard, display, messages }, clock)
}

/// As [`run`], where there are lines instead of a screen.
///
/// # Errors
/// When standard output takes no more lines.
pub fn run_in_lines(program: &mut impl Program, messages: &Mailbox, clock: &mut ClockSampler) -> io::Result<u8> {
    drive(program, &mut LineHost { messages }, clock)
}

fn drive(program: &mut impl Program, host: &mut impl Host, clock: &mut ClockSampler) -> io::Result<u8> {
    let (now, _) = clock.sample(host.clocks(), None);
    let mut drive = Drive { program, host, clock, now, repaint: false };
    match drive.until_left() {
        Ok(status) => Ok(status),
        Err(error) => {
            // The screen is lost, what is open on it is not.
            drive.end();
            // A write may find out that the terminal has gone before the watch's message is read. Asking for its size
            // does so with an error of another kind, depending on how far the system has come.
            if tells_of_the_end(&error) || drive.host.has_gone() { Ok(HANG_UP) } else { Err(error) }
        }
    }
}

struct Drive<'a, P, G> {
    program: &'a mut P,
    host: &'a mut G,
    clock: &'a mut ClockSampler,
    now: Now,
    repaint: bool,
}

impl<P: Program, G: Host> Drive<'_, P, G> {
    fn until_left(&mut self) -> io::Result<u8> {
        self.show()?;
        // Nobody answers a screen that is not there yet, and a thread that starts takes the processor from drawing it.
        self.host.read_input();
        loop {
            if let Some(status) = self.turn()? {
                return Ok(status);
            }
            self.show()?;
        }
    }

    /// One wait and all that has come by its end. Some: leave with this status.
    fn turn(&mut self) -> io::Result<Option<u8>> {
        let asked = self.program.deadline(self.now);
        // From the clock as it is after drawing, so that no second lasts longer for having been drawn.
        let limit = asked.map(|asked| asked.since(self.clock.moment(self.host.clocks())));
        let first = self.host.wait(limit);
        if let Some(status) = self.take(first, asked)? {
            return Ok(Some(status));
        }
        for _ in 1..AT_ONCE {
            let Some(message) = self.host.pending() else { break };
            let asked = self.program.deadline(self.now);
            if let Some(status) = self.take(Some(message), asked)? {
                return Ok(Some(status));
            }
        }
        Ok(None)
    }

    /// Tells the program what time has brought, then what the message says: a key that comes after a deadline finds
    /// the program behind it.
    fn take(&mut self, message: Option<Message>, asked: Option<Moment>) -> io::Result<Option<u8>> {
        // Whatever stopped the process, nothing ran since it was last awake.
        let woken = if matches!(message, Some(Message::Continued)) { Some(self.now.moment) } else { asked };
        if let Some(status) = self.pass(woken)? {
            return Ok(Some(status));
        }
        if asked.is_some_and(|asked| asked <= self.now.moment)
            && let Some(status) = self.tell(Input::Due)?
        {
            return Ok(Some(status));
        }
        match message {
            None => Ok(None),
            Some(Message::Key(key)) => self.tell(Input::Key(key)),
            Some(Message::Paste(text)) => self.tell(Input::Paste(text)),
            Some(Message::Line(text)) => self.tell(Input::Line(text)),
            Some(Message::News) => self.tell(Input::News),
            Some(Message::Suspend) => self.tell(Input::Suspend),
            Some(Message::Resized) => {
                self.repaint = true;
                Ok(None)
            }
            Some(Message::Continued) => {
                // Whoever stopped the process may have used the terminal since.
                self.host.take()?;
                self.repaint = true;
                Ok(None)
            }
            Some(Message::End(status)) => {
                self.end();
                Ok(Some(status))
            }
            Some(Message::HangUp) => {
                self.end();
                Ok(Some(HANG_UP))
            }
        }
    }

    /// The time line goes on to the present, for which the program had asked at `asked`. Of what passed otherwise it is told.
    fn pass(&mut self, asked: Option<Moment>) -> io::Result<Option<u8>> {
        let awake_before = self.now.moment;
        let (now, gap) = self.clock.sample(self.host.clocks(), asked);
        // At which moment since then the computer fell asleep nobody knows; nothing that ran is credited beyond it.
        let slept_at = Now { moment: awake_before, ..now };
        self.now = if matches!(gap, Some(Gap::Slept(_))) { slept_at } else { now };
        let left = gap.map_or(Ok(None), |gap| self.tell(Input::Gap(gap)));
        self.now = now;
        left
    }

    fn tell(&mut self, input: Input) -> io::Result<Option<u8>> {
        match self.program.handle(input, self.now) {
            Flow::On => {}
            Flow::Leave(status) => return Ok(Some(status)),
            Flow::Halt => {
                self.host.halt()?;
                self.host.take()?;
                self.repaint = true;
                return self.pass(Some(self.now.moment));
            }
            Flow::Repaint => self.repaint = true,
        }
        Ok(None)
    }

    fn end(&mut self) {
        let _ = self.program.handle(Input::End, self.now);
    }

    /// Tells and draws what is to be heard and seen now.
    fn show(&mut self) -> io::Result<()> {
        let bytes = self.program.utter(self.now);
        if !bytes.is_empty() {
            self.host.put(&bytes)?;
        }
        if core::mem::take(&mut self.repaint) {
            self.host.resized()?;
            self.draw()?;
        }
        // What a frame showed may change the view once more: an answer opens when its question has been on screen. The
        // frame does not wait for that to be found out.
        for _ in 0..2 {
            if self.program.is_changed(self.now) {
                self.draw()?;
            }
            self.host.send()?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let (program, now) = (&mut *self.program, self.now);
        self.host.draw(|frame| program.draw(frame, now))
    }
}
