//! Drives line mode on a clock moved by hand.

use std::time::Duration;

use dermaroll::line_mode::LineMode;
use dermaroll::tui::clock::ClockSampler;
use dermaroll::tui::run::{Flow, Input, Program};
use engine::protocol::Kind;
use engine::timeline::{Moment, Now};

use crate::support::computer::Computer;
use crate::support::program::{questions, snapshot};

pub(crate) struct LineDriver<'a> {
    computer: &'a mut Computer,
    plain: LineMode,
    clock: ClockSampler,
    now: Now,
    /// All that was printed, what was typed included.
    pub(crate) out: String,
    pub(crate) bells: usize,
    pub(crate) left: Option<u8>,
}

impl LineDriver<'_> {
    pub(crate) fn start(computer: &mut Computer, kind: Kind) -> LineDriver<'_> {
        let (controller, clock, now) = computer.controller(kind);
        let mut driver = LineDriver {
            computer,
            plain: LineMode::new(controller),
            clock,
            now,
            out: String::new(),
            bells: 0,
            left: None,
        };
        driver.listen();
        driver
    }

    fn sample(&mut self, asked: Option<Moment>) {
        let (now, gap) = self.clock.sample(self.computer.reading(), asked);
        self.now = now;
        if let Some(gap) = gap {
            self.tell(Input::Gap(gap));
        }
    }

    fn tell(&mut self, input: Input) {
        if let Flow::Leave(status) = self.plain.handle(input, self.now) {
            self.left = Some(status);
        }
    }

    fn listen(&mut self) {
        let bytes = self.plain.utter(self.now);
        self.bells += bytes.iter().filter(|byte| **byte == 7).count();
        let text: Vec<u8> = bytes.into_iter().filter(|byte| *byte != 7).collect();
        self.out.push_str(std::str::from_utf8(&text).unwrap());
    }

    /// Time goes by as the loop lets it: from deadline to deadline.
    pub(crate) fn pass(&mut self, span: Duration) -> &mut Self {
        let until = self.now.moment.plus(span);
        while let Some(deadline) = self.plain.deadline(self.now).filter(|deadline| *deadline <= until) {
            self.computer.pass_exactly(deadline.since(self.now.moment));
            self.sample(Some(deadline));
            self.tell(Input::Due);
            self.listen();
        }
        self.computer.pass_exactly(until.since(self.now.moment));
        self.sample(None);
        self.listen();
        self
    }

    pub(crate) fn seconds(&mut self, count: u64) -> &mut Self {
        self.pass(Duration::from_secs(count))
    }

    /// A line, a second after the last one.
    pub(crate) fn line(&mut self, line: &str) -> &mut Self {
        self.pass(Duration::from_millis(900));
        self.at_once(line);
        self.pass(Duration::from_millis(100))
    }

    /// A line without a pause before it.
    pub(crate) fn at_once(&mut self, line: &str) -> &mut Self {
        self.out.push_str(line);
        self.out.push('\n');
        self.tell(Input::Line(line.to_owned()));
        self.listen();
        self
    }

    pub(crate) fn lines(&mut self, lines: &str) -> &mut Self {
        for line in lines.split(' ') {
            self.line(line);
        }
        self
    }

    #[track_caller]
    pub(crate) fn says(&mut self, text: &str) -> &mut Self {
        assert!(self.out.contains(text), "no {text:?} in\n{}", self.out);
        self.out.clear();
        self
    }

    /// All that was printed so far as it is kept in `tests/snapshots`.
    #[track_caller]
    pub(crate) fn snapshot(&mut self, name: &str) -> &mut Self {
        snapshot(&format!("plain-{name}"), &self.out);
        self.out.clear();
        self
    }

    /// From the start to the first question.
    pub(crate) fn soaking(&mut self) -> &mut Self {
        self.line("").line("space")
    }

    pub(crate) fn answered(&mut self) -> &mut Self {
        self.no(questions()).seconds(6).line("c")
    }

    /// As many questions answered with no.
    pub(crate) fn no(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            self.line("n");
        }
        self
    }

    pub(crate) fn rolling(&mut self) -> &mut Self {
        self.soaking().answered().seconds(600).lines("s d y space").seconds(156)
    }
}
