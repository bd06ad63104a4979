//! Typing at the terminal: a key is pressed again until it has led where it should.

use std::time::Duration;

use super::{Pty, State};

/// How long a screen may take before the test has failed. Generous: machines are busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a key may go unheeded before it is pressed again: the program lets a new screen rest for 400 ms.
const AGAIN: Duration = Duration::from_millis(420);

impl Pty {
    /// Whether the screen shows `wanted` within `limit`; no longer than the program lives.
    fn shows(&self, wanted: &str, limit: Duration) -> bool {
        let has = |seen: &super::Seen| seen.parser.screen().contents().contains(wanted);
        self.wait_at_most(limit, |seen| seen.has_ended() || has(seen));
        if self.seen().has_ended() {
            self.drain();
        }
        has(&self.seen())
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn wait_text(&self, text: &str) -> &Pty {
        assert!(self.shows(text, PATIENCE), "{text:?} never came; {:?}, screen:\n{}", self.state(), self.screen());
        self
    }

    /// Presses `key` until the screen shows `wanted`.
    #[track_caller]
    pub fn press_until(&self, key: &str, wanted: &str) -> &Pty {
        for _ in 0..30 {
            self.send(key.as_bytes());
            if self.shows(wanted, AGAIN) {
                return self;
            }
        }
        panic!("{key:?} never led to {wanted:?}; {:?}, screen:\n{}", self.state(), self.screen());
    }

    /// Presses `key` until the program has ended.
    #[track_caller]
    pub fn quit_with(&self, key: &str) -> State {
        for _ in 0..30 {
            self.send(key.as_bytes());
            if self.wait_at_most(AGAIN, super::Seen::has_ended).is_some() {
                return self.state();
            }
        }
        panic!("{key:?} never ended it; {:?}, screen:\n{}", self.state(), self.screen());
    }

    /// Waits for the end, and for all that was written before it.
    #[track_caller]
    pub fn end(&self) -> (State, String) {
        let (state, _) = self.wait_exit(PATIENCE);
        self.drain();
        (state, self.screen())
    }
}
