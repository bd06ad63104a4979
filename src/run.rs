//! The loop: wait for a message or the deadline, hand it over, draw when something changed. It knows neither sessions
//! nor files.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use crossterm::event::KeyEvent;
use ratatui::Frame;

use crate::clock::{self, Gap, Pulse};
use crate::terminal::{Guard, Message, Screen};
use crate::timeline::{Moment, Now};

/// What the program is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
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
    /// Whether the screen would look different from the last time it was drawn.
    fn is_changed(&mut self, now: Now) -> bool;
    /// Draws the screen.
    fn draw(&mut self, frame: &mut Frame, now: Now);
    /// Bells to ring now.
    fn bells(&mut self, now: Now) -> u32;
}

/// Exit status after a signal or the end of the terminal, beside the program's own: 128 and the signal's number.
const HANG_UP: u8 = 129;

/// Drives `program` until it leaves. The exit status is its own, or 128 and the number of the signal that ended it.
///
/// # Errors
/// When the terminal can no longer be drawn on. What was confirmed is on disk.
pub fn run(
    program: &mut impl Program,
    guard: &Guard,
    screen: &mut Screen,
    messages: &Receiver<Message>,
    pulse: &mut Pulse,
) -> io::Result<u8> {
    let (mut now, _) = pulse.beat(clock::read(), None);
    draw(program, screen, now)?;
    loop {
        let asked = program.deadline(now);
        let message = wait(messages, asked, now);
        let gap;
        (now, gap) = pulse.beat(clock::read(), asked);
        if let Some(gap) = gap {
            let _ = program.handle(Input::Gap(gap), now);
        }
        let mut next = message;
        // All that has come already is taken before one frame is drawn.
        loop {
            let flow = match next {
                Some(Message::Resized) => {
                    screen.resized()?;
                    Flow::Repaint
                }
                Some(Message::Continued) => halted(guard, screen)?,
                Some(Message::HangUp) => {
                    let _ = program.handle(Input::End, now);
                    return Ok(HANG_UP);
                }
                Some(Message::End(signal)) => {
                    let _ = program.handle(Input::End, now);
                    return Ok(u8::try_from(128 + signal).unwrap_or(HANG_UP));
                }
                Some(Message::Suspend) => program.handle(Input::Suspend, now),
                Some(Message::Key(key)) => program.handle(Input::Key(key), now),
                Some(Message::Paste(text)) => program.handle(Input::Paste(text), now),
                None => program.handle(Input::Due, now),
            };
            match flow {
                Flow::On => {}
                Flow::Leave(status) => return Ok(status),
                Flow::Halt => halt(guard, screen)?,
                Flow::Repaint => {
                    screen.resized()?;
                    frame(program, screen, now)?;
                }
            }
            match messages.try_recv() {
                Ok(more) => next = Some(more),
                Err(_) => break,
            }
        }
        for _ in 0..program.bells(now) {
            screen.bell()?;
        }
        draw(program, screen, now)?;
    }
}

/// A message, or None when the deadline came first. Without a deadline it blocks; nothing polls.
fn wait(messages: &Receiver<Message>, deadline: Option<Moment>, now: Now) -> Option<Message> {
    match deadline {
        None => Some(messages.recv().unwrap_or(Message::HangUp)),
        Some(deadline) => match messages.recv_timeout(deadline.since(now.moment)) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Message::HangUp),
        },
    }
}

fn draw(program: &mut impl Program, screen: &mut Screen, now: Now) -> io::Result<()> {
    // What a frame showed may change the view once more: an answer opens when its question has been on screen.
    for _ in 0..2 {
        if program.is_changed(now) {
            frame(program, screen, now)?;
        }
    }
    Ok(())
}

fn frame(program: &mut impl Program, screen: &mut Screen, now: Now) -> io::Result<()> {
    screen.draw(|frame| program.draw(frame, now))
}

/// Gives the terminal back and stops the whole process. SIGSTOP, because an orphaned process group ignores SIGTSTP.
fn halt(guard: &Guard, screen: &mut Screen) -> io::Result<()> {
    guard.give_back();
    rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP)?;
    halted(guard, screen).map(|_| ())
}

/// After a halt, whoever asked for it: the terminal may have been used by others.
fn halted(guard: &Guard, screen: &mut Screen) -> io::Result<Flow> {
    guard.take()?;
    screen.resized()?;
    Ok(Flow::Repaint)
}
