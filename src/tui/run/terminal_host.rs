//! The real host of the loop: the system's clocks, the two threads' messages, the terminal.

use core::time::Duration;
use std::io;

use ratatui::Frame;

use super::Host;
use crate::tui::terminal::{Display, Guard, Mailbox, Message, input};
use platform::clock::{self, Reading};
use platform::{signals, terminal};

pub(super) struct TerminalHost<'a> {
    pub(super) guard: &'a Guard,
    pub(super) display: &'a mut Display,
    pub(super) messages: &'a Mailbox,
}

impl Host for TerminalHost<'_> {
    fn clocks(&mut self) -> Reading {
        clock::read()
    }

    fn wait(&mut self, limit: Option<Duration>) -> Option<Message> {
        self.messages.wait(limit)
    }

    fn pending(&mut self) -> Option<Message> {
        self.messages.take()
    }

    fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.display.draw(render)
    }

    fn resized(&mut self) -> io::Result<()> {
        self.display.resized()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.display.put(bytes);
        Ok(())
    }

    fn send(&mut self) -> io::Result<()> {
        self.display.send()
    }

    fn read_input(&mut self) {
        input::start(self.messages.clone());
    }

    fn halt(&mut self) -> io::Result<()> {
        self.guard.give_back();
        signals::stop()
    }

    fn take(&mut self) -> io::Result<()> {
        self.guard.take()
    }

    fn has_gone(&mut self) -> bool {
        terminal::has_gone()
    }
}
