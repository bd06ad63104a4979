//! The host where there are lines instead of a screen: nothing is taken over, so nothing has to be given back.

use core::time::Duration;
use std::io;

use ratatui::Frame;

use super::Host;
use crate::tui::terminal::display::Out;
use crate::tui::terminal::{Mailbox, Message, input};
use platform::clock::{self, Reading};
use platform::signals;

pub(super) struct LineHost<'a> {
    pub(super) messages: &'a Mailbox,
}

impl Host for LineHost<'_> {
    fn clocks(&mut self) -> Reading {
        clock::read()
    }

    fn wait(&mut self, limit: Option<Duration>) -> Option<Message> {
        self.messages.wait(limit)
    }

    fn pending(&mut self) -> Option<Message> {
        self.messages.take()
    }

    fn draw(&mut self, _: impl FnOnce(&mut Frame)) -> io::Result<()> {
        Ok(())
    }

    fn resized(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        Out.put(bytes)
    }

    fn read_input(&mut self) {
        input::start_lines(self.messages.clone());
    }

    fn halt(&mut self) -> io::Result<()> {
        signals::stop()
    }

    fn take(&mut self) -> io::Result<()> {
        Ok(())
    }
}
