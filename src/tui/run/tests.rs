//! The loop on a scripted host: messages at set times, a clock that waiting moves.

use core::time::Duration;
use std::collections::VecDeque;
use std::io;

use ratatui::backend::TestBackend;
use ratatui::{Frame, Terminal};

use super::{AT_ONCE, Flow, Host, Input, Program, drive};
use crate::content::keymap::{Key, Press};
use crate::tui::clock::{ClockSampler, Gap};
use crate::tui::terminal::Message;
use engine::timeline::{Moment, Now};
use platform::clock::Reading;

const SECOND: Duration = Duration::from_secs(1);

/// Host whose clock stands still but for waiting, sleeping and slow drawing.
#[derive(Default)]
struct Script {
    awake: Duration,
    asleep: Duration,
    messages: VecDeque<(u64, Message)>,
    /// How long a frame takes.
    slowness: Duration,
    error: Option<i32>,
    done: Vec<&'static str>,
    waits: Vec<Option<Duration>>,
}

impl Script {
    /// Messages and the milliseconds at which they come; a hang-up ends the script.
    fn new(messages: impl IntoIterator<Item = (u64, Message)>) -> Script {
        Script { messages: messages.into_iter().collect(), ..Script::default() }
    }

    fn count(&self, what: &str) -> usize {
        self.done.iter().filter(|done| **done == what).count()
    }

    fn note(&mut self, what: &'static str) -> io::Result<()> {
        self.done.push(what);
        self.error.map_or(Ok(()), |number| Err(io::Error::from_raw_os_error(number)))
    }
}

impl Host for Script {
    fn clocks(&mut self) -> Reading {
        Reading { awake: self.awake, boot: Some(self.awake + self.asleep), unix: 0 }
    }

    fn wait(&mut self, limit: Option<Duration>) -> Option<Message> {
        self.waits.push(limit);
        let until = limit.map(|limit| self.awake + limit);
        let next = self.messages.front().map(|(at, _)| Duration::from_millis(*at));
        match (next, until) {
            (Some(next), until) if until.is_none_or(|until| next <= until) => {
                self.awake = self.awake.max(next);
                self.messages.pop_front().map(|(_, message)| message)
            }
            (_, Some(until)) => {
                self.awake = until;
                None
            }
            (_, None) => panic!("it waits for a message that never comes"),
        }
    }

    fn pending(&mut self) -> Option<Message> {
        let has_come = self.messages.front().is_some_and(|(at, _)| Duration::from_millis(*at) <= self.awake);
        if has_come { self.messages.pop_front().map(|(_, message)| message) } else { None }
    }

    fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let mut terminal = Terminal::new(TestBackend::new(10, 1)).unwrap();
        terminal.draw(render).unwrap();
        self.awake += self.slowness;
        self.note("draw")
    }

    fn resized(&mut self) -> io::Result<()> {
        self.note("resized")
    }

    fn put(&mut self, _: &[u8]) -> io::Result<()> {
        self.note("put")
    }

    fn halt(&mut self) -> io::Result<()> {
        self.note("halt")
    }

    fn take(&mut self) -> io::Result<()> {
        self.note("take")
    }
}

/// Counts seconds and keeps all it is told.
#[derive(Default)]
struct Counter {
    counts: bool,
    told: Vec<(u64, Input)>,
    drawn: Option<u64>,
}

impl Counter {
    fn counting() -> Counter {
        Counter { counts: true, ..Counter::default() }
    }

    fn count(&self, wanted: impl Fn(&Input) -> bool) -> usize {
        self.told.iter().filter(|(_, input)| wanted(input)).count()
    }

    fn shown(&self, now: Now) -> u64 {
        if self.counts { now.moment.millis() / 1_000 } else { 0 }
    }
}

impl Program for Counter {
    fn deadline(&self, now: Now) -> Option<Moment> {
        self.counts.then(|| Moment::from_millis((now.moment.millis() / 1_000 + 1) * 1_000))
    }

    fn handle(&mut self, input: Input, now: Now) -> Flow {
        let flow = match &input {
            Input::Key(press) if press.key == Key::Char('q') => Flow::Leave(7),
            Input::Key(press) if press.key == Key::Char('l') => Flow::Repaint,
            Input::Suspend => Flow::Halt,
            _ => Flow::On,
        };
        self.told.push((now.moment.millis(), input));
        flow
    }

    fn is_changed(&mut self, now: Now) -> bool {
        self.drawn != Some(self.shown(now))
    }

    fn draw(&mut self, _: &mut Frame, now: Now) {
        self.drawn = Some(self.shown(now));
    }

    fn utter(&mut self, _: Now) -> Vec<u8> {
        Vec::new()
    }
}

fn key(character: char) -> Message {
    Message::Key(Press::of(character))
}

fn play(program: &mut Counter, script: &mut Script) -> io::Result<u8> {
    let mut clock = ClockSampler::with_offsets(script.clocks(), |_| 0);
    drive(program, script, &mut clock)
}

#[test]
fn without_a_deadline_it_waits_for_as_long_as_it_takes() {
    let (mut program, mut script) = (Counter::default(), Script::new([(60_000, Message::HangUp)]));
    assert_eq!(play(&mut program, &mut script).unwrap(), 129);
    assert_eq!(script.waits, [None]);
    assert_eq!(script.done, ["draw"]);
    assert_eq!(program.told, [(60_000, Input::End)]);
}

#[test]
fn it_wakes_once_for_each_deadline_and_draws_once() {
    let (mut program, mut script) = (Counter::counting(), Script::new([(10_500, Message::End(143))]));
    assert_eq!(play(&mut program, &mut script).unwrap(), 143);
    assert_eq!(program.count(|input| *input == Input::Due), 10);
    assert_eq!(script.waits.len(), 11);
    assert_eq!(script.count("draw"), 11);
}

#[test]
fn drawing_makes_no_second_longer() {
    let (mut program, mut script) = (Counter::counting(), Script::new([(5_999, Message::HangUp)]));
    script.slowness = Duration::from_millis(40);
    play(&mut program, &mut script).unwrap();
    let due: Vec<u64> = program.told.iter().filter(|(_, input)| *input == Input::Due).map(|(at, _)| *at).collect();
    assert_eq!(due, [1_000, 2_000, 3_000, 4_000, 5_000]);
}

#[test]
fn no_flood_of_keys_holds_up_the_deadline_or_the_screen() {
    // A key every millisecond, and a screen so slow that there is always another one waiting.
    let keys = (0..3_500).map(|at| (at, key('x'))).chain([(3_500, key('q'))]);
    let (mut program, mut script) = (Counter::counting(), Script::new(keys));
    script.slowness = Duration::from_millis(300);
    assert_eq!(play(&mut program, &mut script).unwrap(), 7);
    assert_eq!(program.count(|input| *input == Input::Due), 3);
    assert!(script.count("draw") >= 4, "{} frames", script.count("draw"));
    assert_eq!(program.count(|input| matches!(input, Input::Key(_))), 3_501, "no key is lost");
}

#[test]
fn a_key_after_the_deadline_finds_the_program_behind_it() {
    let (mut program, mut script) = (Counter::counting(), Script::new([(1_200, key('q'))]));
    script.slowness = Duration::from_millis(1_300);
    play(&mut program, &mut script).unwrap();
    assert_eq!(program.told[0], (1_300, Input::Due));
    assert!(matches!(program.told[1], (1_300, Input::Key(_))));
}

#[test]
fn many_sizes_make_one_frame() {
    let sizes = (0..AT_ONCE).map(|_| (400, Message::Resized)).chain([(500, Message::HangUp)]);
    let mut script = Script::new(sizes);
    play(&mut Counter::default(), &mut script).unwrap();
    assert_eq!(script.done, ["draw", "resized", "draw"]);
}

#[test]
fn a_whole_frame_is_drawn_again_when_asked_for() {
    let mut script = Script::new([(1, key('x')), (400, key('l')), (500, Message::HangUp)]);
    play(&mut Counter::default(), &mut script).unwrap();
    assert_eq!(script.done, ["draw", "resized", "draw"], "a key that changes nothing draws nothing");
}

#[test]
fn a_halt_takes_the_terminal_again_and_draws_the_whole_frame() {
    let mut script = Script::new([(400, Message::Suspend), (400, Message::Continued), (500, Message::HangUp)]);
    play(&mut Counter::default(), &mut script).unwrap();
    assert_eq!(script.done, ["draw", "halt", "take", "take", "resized", "draw"]);
}

#[test]
fn while_the_process_was_stopped_nothing_ran_whoever_stopped_it() {
    for stops in [Some((400, Message::Suspend)), None] {
        let messages = stops.into_iter().chain([(400 + 660_000, Message::Continued), (660_500, Message::HangUp)]);
        let (mut program, mut script) = (Counter::default(), Script::new(messages));
        play(&mut program, &mut script).unwrap();
        let stalls = program.told.iter().filter_map(|(_, input)| match input {
            Input::Gap(Gap::Stalled(span)) => Some(*span),
            _ => None,
        });
        let stalls: Vec<Duration> = stalls.collect();
        assert!(matches!(stalls.as_slice(), [span] if *span >= 660 * SECOND), "{stalls:?}");
    }
}

#[test]
fn a_terminal_that_goes_while_it_is_drawn_on_is_a_hang_up() {
    let (mut program, mut script) = (Counter::default(), Script::new([]));
    script.error = Some(rustix::io::Errno::IO.raw_os_error());
    assert_eq!(play(&mut program, &mut script).unwrap(), 129);
    assert_eq!(program.told, [(0, Input::End)], "what is open is kept");
}

#[test]
fn any_other_failure_to_draw_is_told_and_what_is_open_is_kept() {
    let (mut program, mut script) = (Counter::default(), Script::new([]));
    script.error = Some(rustix::io::Errno::NOSPC.raw_os_error());
    play(&mut program, &mut script).unwrap_err();
    assert_eq!(program.told, [(0, Input::End)]);
}

#[test]
fn a_frame_that_blocks_is_a_stall_and_no_time_of_the_session() {
    let (mut program, mut script) = (Counter::counting(), Script::new([(12_500, key('q'))]));
    script.slowness = 12 * SECOND;
    play(&mut program, &mut script).unwrap();
    assert_eq!(program.told[0], (12_000, Input::Gap(Gap::Stalled(12 * SECOND))), "before it is told what is due");
    assert_eq!(program.told[1], (12_000, Input::Due));
}
