//! The real ground of the loop: the system's clocks, the two threads' messages, the terminal.

use core::time::Duration;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use ratatui::Frame;
use rustix::process::{Signal, getpid, kill_process};

use super::Ground;
use crate::clock::{self, Reading};
use crate::terminal::{Guard, Message, Screen};

pub(super) struct Live<'a> {
    pub(super) guard: &'a Guard,
    pub(super) screen: &'a mut Screen,
    pub(super) messages: &'a Receiver<Message>,
}

impl Ground for Live<'_> {
    fn clocks(&mut self) -> Reading {
        clock::read()
    }

    fn wait(&mut self, limit: Option<Duration>) -> Option<Message> {
        // Without the threads that watch it, the terminal is as good as gone.
        match limit {
            None => Some(self.messages.recv().unwrap_or(Message::HangUp)),
            Some(limit) => match self.messages.recv_timeout(limit) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => Some(Message::HangUp),
            },
        }
    }

    fn pending(&mut self) -> Option<Message> {
        self.messages.try_recv().ok()
    }

    fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.screen.draw(render)
    }

    fn resized(&mut self) -> io::Result<()> {
        self.screen.resized()
    }

    fn bell(&mut self) -> io::Result<()> {
        self.screen.bell()
    }

    fn halt(&mut self) -> io::Result<()> {
        self.guard.give_back();
        // Not TSTP: an orphaned process group ignores it.
        kill_process(getpid(), Signal::STOP)?;
        Ok(())
    }

    fn take(&mut self) -> io::Result<()> {
        self.guard.take()
    }
}
