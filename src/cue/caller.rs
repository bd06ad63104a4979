//! Performs announcements by every means there is.

use core::time::Duration;
use std::collections::VecDeque;

use crate::announce::Announcement;
use crate::timeline::{Moment, Now};

/// Bells in a row are this far apart, so that they can be counted.
const BETWEEN_BELLS: Duration = Duration::from_millis(250);
const BELL: u8 = 0x07;

/// Whoever calls the person.
#[derive(Debug, Default)]
pub struct Caller {
    bell: bool,
    bells: VecDeque<Moment>,
}

impl Caller {
    /// A caller with the terminal bell, or without.
    pub fn new(bell: bool) -> Caller {
        Caller { bell, ..Caller::default() }
    }

    /// Tells the person. `aloud` is false where they said that they watch the screen alone: nothing sounds then.
    pub fn call(&mut self, announcement: &Announcement, aloud: bool, now: Now) {
        if self.bell && aloud {
            self.bells.clear();
            self.bells.extend((0..announcement.bells).map(|number| now.moment.plus(BETWEEN_BELLS * number)));
        }
    }

    /// Counts the last seconds aloud.
    pub fn count(&mut self, _seconds: u8) {}

    /// When it has to be asked for bytes again; None: not before the next call.
    pub fn deadline(&self) -> Option<Moment> {
        self.bells.front().copied()
    }

    /// What goes to the terminal now.
    pub fn bytes(&mut self, now: Now) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.bells.front().is_some_and(|due| *due <= now.moment) {
            self.bells.pop_front();
            bytes.push(BELL);
        }
        bytes
    }
}
