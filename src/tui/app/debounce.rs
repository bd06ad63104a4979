//! Which key presses count. A held key, a burst and a paste must answer nothing; a knuckle must always pause.

use core::time::Duration;

use engine::timeline::Moment;

/// For how long a new screen takes no key: nobody can have read it.
const DEAD_TIME: Duration = Duration::from_millis(400);
/// For how long no key may come before one counts: a held key repeats every 30 to 40 ms and never counts again.
const QUIET: Duration = Duration::from_millis(250);
/// For how long a key that answers or starts something waits for a second one: keys this close come from a paste.
pub(in crate::tui) const BURST: Duration = Duration::from_millis(60);
/// The longest time after which a key that is held down repeats for the first time.
pub(in crate::tui) const ECHO: Duration = Duration::from_millis(1_000);

/// What sort of key it is: the more it does, the more carefully it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyClass {
    /// It reads the help or puts it away, which answers nothing: it may come as soon as the help is there.
    Free,
    /// It only moves what is looked at: a held key may repeat it.
    Moves,
    /// It can be taken back at once, such as opening the help.
    Light,
    /// It answers, starts, ends or records something.
    Counts,
}

/// What to do with a key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Act,
    /// Act on it when the burst time is over and no other key came.
    Wait,
    /// As if it had not been pressed.
    Drop,
}

/// Remembers when the screen changed and when keys came.
#[derive(Debug, Clone, Copy, Default)]
pub struct Debounce {
    changed: Option<Moment>,
    last_key: Option<Moment>,
    /// The last key was text in a field.
    after_text: bool,
    waiting_since: Option<Moment>,
}

impl Debounce {
    /// Another screen stands there now.
    pub fn screen_changed(&mut self, now: Moment) {
        self.changed = Some(now);
        self.waiting_since = None;
    }

    /// Decides on a key press at `now`.
    pub fn decide(&mut self, class: KeyClass, now: Moment) -> Decision {
        let ready = self.is_ready(now);
        let awake = self.changed.is_none_or(|changed| now.since(changed) >= DEAD_TIME);
        self.came(now, false);
        // A second key this soon shows that the first one came from a paste or a burst as well: that one is dropped too.
        self.waiting_since = None;
        match class {
            KeyClass::Free => Decision::Act,
            KeyClass::Moves if awake => Decision::Act,
            KeyClass::Light if ready => Decision::Act,
            KeyClass::Counts if ready => {
                self.waiting_since = Some(now);
                Decision::Wait
            }
            KeyClass::Moves | KeyClass::Light | KeyClass::Counts => Decision::Drop,
        }
    }

    /// Whether a key that counts would be taken at `now`.
    pub fn is_ready(&self, now: Moment) -> bool {
        // Whoever types goes on to the end of the line at the pace of typing; a paste is faster.
        let rest = if self.after_text { BURST } else { QUIET };
        let quiet = self.last_key.is_none_or(|last| now.since(last) >= rest);
        quiet && self.changed.is_none_or(|changed| now.since(changed) >= DEAD_TIME)
    }

    fn came(&mut self, now: Moment, is_text: bool) {
        self.last_key = Some(now);
        self.after_text = is_text;
    }

    /// A key in a field: it is text, not a command. A key that waits before it is dropped as part of a burst.
    pub fn typed(&mut self, now: Moment) {
        self.came(now, true);
        self.waiting_since = None;
    }

    /// A key while hands are busy: it always pauses, but for the echo of the key that led here, held a moment too
    /// long.
    pub fn touch(&mut self, now: Moment) -> bool {
        let quiet = self.last_key.is_none_or(|last| now.since(last) >= QUIET);
        let awake = self.changed.is_none_or(|changed| now.since(changed) >= ECHO);
        self.came(now, false);
        quiet && awake
    }

    /// When the waiting key may be acted on; None when none waits.
    pub fn deadline(&self) -> Option<Moment> {
        self.waiting_since.map(|since| since.plus(BURST))
    }

    /// Whether a key still waits and its time has come.
    pub fn ripe(&mut self, now: Moment) -> bool {
        let ripe = self.deadline().is_some_and(|deadline| deadline <= now);
        if ripe {
            self.waiting_since = None;
        }
        ripe
    }

    /// Whether a key waits at all.
    pub fn is_waiting(&self) -> bool {
        self.waiting_since.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Moment {
        Moment::from_millis(millis)
    }

    #[test]
    fn a_single_key_counts_after_the_burst_time() {
        let mut debounce = Debounce::default();
        debounce.screen_changed(at(0));
        assert_eq!(debounce.decide(KeyClass::Counts, at(399)), Decision::Drop);
        assert_eq!(debounce.decide(KeyClass::Counts, at(700)), Decision::Wait);
        assert!(!debounce.ripe(at(759)));
        assert!(debounce.ripe(at(760)));
        assert!(!debounce.ripe(at(900)), "it counts once");
    }

    #[test]
    fn the_end_of_a_line_comes_at_the_pace_of_typing() {
        let mut debounce = Debounce::default();
        debounce.screen_changed(at(0));
        debounce.typed(at(900));
        debounce.typed(at(1_000));
        assert_eq!(debounce.decide(KeyClass::Counts, at(1_059)), Decision::Drop, "pasted");
        debounce.typed(at(2_000));
        assert_eq!(debounce.decide(KeyClass::Counts, at(2_100)), Decision::Wait);
        assert!(debounce.ripe(at(2_160)));
        assert_eq!(debounce.decide(KeyClass::Counts, at(2_200)), Decision::Drop, "no text came between");
        debounce.screen_changed(at(3_000));
        debounce.typed(at(3_100));
        assert_eq!(debounce.decide(KeyClass::Counts, at(3_200)), Decision::Drop, "nobody has read it yet");
    }

    #[test]
    fn a_burst_answers_nothing() {
        let mut debounce = Debounce::default();
        debounce.screen_changed(at(0));
        for millis in 1_000..2_000 {
            let _ = debounce.decide(KeyClass::Counts, at(millis));
            assert!(!debounce.ripe(at(millis)));
        }
        assert!(!debounce.ripe(at(5_000)), "nothing is left of it");
    }

    #[test]
    fn a_held_key_acts_at_most_once() {
        let mut debounce = Debounce::default();
        debounce.screen_changed(at(0));
        let mut acted = 0;
        for repeat in 0..300 {
            // The first repeat comes after half a second, the others 33 ms apart.
            let now = if repeat == 0 { 1_000 } else { 1_500 + repeat * 33 };
            acted += u32::from(debounce.ripe(at(now)));
            let _ = debounce.decide(KeyClass::Counts, at(now));
        }
        assert_eq!(acted, 1);
    }

    #[test]
    fn the_echo_of_the_last_key_does_not_pause_but_a_knuckle_does() {
        let mut debounce = Debounce::default();
        let _ = debounce.decide(KeyClass::Counts, at(1_000));
        debounce.screen_changed(at(1_060));
        for repeat in 0..100 {
            assert!(!debounce.touch(at(1_560 + repeat * 33)), "held too long");
        }
        assert!(debounce.touch(at(6_000)));
    }
}
