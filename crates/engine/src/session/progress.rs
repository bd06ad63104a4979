//! How far each section is. Kept apart from the stage, so that a long pause can send the person back to the soak
//! and the list without losing a second that was rolled.

use alloc::vec::Vec;

use core::time::Duration;

use super::resuming::Carried;
use super::summary::SectionEnd;
use crate::protocol::Section;

/// One section's strokes, planned and rolled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Progress {
    /// The strokes to roll, by their place in the protocol; one more stroke lengthens it.
    pub plan: Vec<usize>,
    /// Time rolled in each finished stroke, in the order of `plan`.
    pub strokes: Vec<Duration>,
    /// Time rolled in the present stroke before it was halted.
    pub part: Duration,
    /// How many of the strokes were cut off by a crash. They count as rolled; for how long nobody knows, so no time
    /// is credited for what was not seen.
    pub cut_off: u32,
    /// The one more stroke was used.
    pub one_more: bool,
    /// How the section ended; None while it is still to be rolled.
    pub end: Option<SectionEnd>,
}

impl Progress {
    /// Nothing rolled yet of `strokes` strokes.
    pub fn new(strokes: usize) -> Progress {
        Progress {
            plan: (0..strokes).collect(),
            strokes: Vec::new(),
            part: Duration::ZERO,
            cut_off: 0,
            one_more: false,
            end: None,
        }
    }

    /// The stroke to roll now, by its place in the protocol; None when all are rolled.
    pub fn stroke(&self) -> Option<usize> {
        self.plan.get(self.strokes.len()).copied()
    }

    /// Whether the drum has been on the skin here.
    pub fn begun(&self) -> bool {
        !self.rolled().is_zero() || self.cut_off > 0
    }

    /// Whether nothing at all has happened here.
    pub(super) fn is_untouched(&self) -> bool {
        !self.begun() && self.end.is_none()
    }

    /// Time rolled, the present stroke's part included.
    pub fn rolled(&self) -> Duration {
        self.strokes.iter().sum::<Duration>() + self.part
    }

    /// The present stroke ran for its whole `length`.
    pub(super) fn finish_stroke(&mut self, length: Duration) {
        self.strokes.push(length);
        self.part = Duration::ZERO;
    }

    /// The present stroke was cut off after what is known of it.
    pub(super) fn cut_stroke_off(&mut self) {
        self.finish_stroke(self.part);
        self.cut_off = self.cut_off.saturating_add(1);
    }

    /// Takes over what was rolled under another protocol, stroke for stroke. What was rolled more than the plan of
    /// this one is kept too.
    pub(super) fn carry_over(&mut self, carried: &Carried) {
        let last = self.plan.last().copied().unwrap_or(0);
        let present = usize::from(!carried.part.is_zero());
        let beyond = (carried.strokes.len() + present).saturating_sub(self.plan.len());
        self.plan.extend(core::iter::repeat_n(last, beyond));
        self.strokes.clone_from(&carried.strokes);
        self.part = carried.part;
        self.cut_off = carried.cut_off;
        self.end = carried.end;
        if self.end.is_none() && self.begun() && self.stroke().is_none() {
            self.end = Some(SectionEnd::Done);
        }
    }

    /// What is carried over of `section`, which this is, into a session under another protocol.
    pub(super) fn carried(&self, section: Section) -> Carried {
        Carried { section, strokes: self.strokes.clone(), part: self.part, cut_off: self.cut_off, end: self.end }
    }

    /// The section is over; what was rolled of the present stroke is kept as a stroke of its own.
    pub(super) fn close(&mut self, end: SectionEnd) {
        if !self.part.is_zero() {
            self.finish_stroke(self.part);
        }
        self.end = Some(end);
    }

    /// Adds one stroke in the direction of the present one, or of the last when all are rolled. False, and nothing
    /// changed, when that was used up.
    pub(super) fn add_one_more(&mut self) -> bool {
        let present = self.strokes.len();
        let again = self.plan.get(present).or_else(|| self.plan.last()).copied();
        let Some(stroke) = again.filter(|_| !self.one_more) else { return false };
        self.plan.insert((present + 1).min(self.plan.len()), stroke);
        self.one_more = true;
        self.end = None;
        true
    }
}
