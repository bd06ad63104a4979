//! How far each section is. It is not a part of the stage, so that a long pause can send the person back to soak and
//! list without losing what was rolled.

use alloc::vec::Vec;

use core::time::Duration;

use super::resuming::Carried;
use super::summary::SectionEnd;
use crate::protocol::Section;

/// One section's strokes, planned and rolled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Progress {
    /// The strokes to roll, by their index in the protocol; one more stroke is appended.
    pub plan: Vec<usize>,
    /// Time rolled in each finished stroke, in the order of `plan`.
    pub strokes: Vec<Duration>,
    /// Time rolled in the present stroke before it was halted.
    pub part: Duration,
    /// How much of the last stroke was rolled when the section was ended half way through it.
    pub ended_in: Duration,
    /// How many of the strokes were cut off by a crash. They count as rolled, but only for the time that is known.
    pub cut_off: u32,
    /// The one more stroke was used.
    pub one_more: bool,
    /// How the section ended; None while it is still to be rolled.
    pub end: Option<SectionEnd>,
}

impl Progress {
    /// A section with `strokes` strokes, none of them rolled.
    pub fn new(strokes: usize) -> Progress {
        Progress {
            plan: (0..strokes).collect(),
            strokes: Vec::new(),
            part: Duration::ZERO,
            ended_in: Duration::ZERO,
            cut_off: 0,
            one_more: false,
            end: None,
        }
    }

    /// The stroke to roll now, by its index in the protocol; None when all are rolled.
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

    /// Time rolled, including the present stroke.
    pub fn rolled(&self) -> Duration {
        self.strokes.iter().sum::<Duration>() + self.part
    }

    /// Finishes the present stroke, which took its whole `length`.
    pub(super) fn finish_stroke(&mut self, length: Duration) {
        self.strokes.push(length);
        self.part = Duration::ZERO;
    }

    /// Finishes the present stroke as cut off, with the time that is known.
    pub(super) fn cut_stroke_off(&mut self) {
        self.finish_stroke(self.part);
        self.cut_off = self.cut_off.saturating_add(1);
    }

    /// Takes over what was rolled under another protocol, stroke by stroke, even if that is more than this protocol
    /// plans.
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

    /// Ends the section. What was rolled of the present stroke counts as a stroke.
    pub(super) fn close(&mut self, end: SectionEnd) {
        self.ended_in = self.part;
        if !self.part.is_zero() {
            self.finish_stroke(self.part);
        }
        self.end = Some(end);
    }

    /// Takes it back that the section was ended: what was rolled of the present stroke is a part of it again.
    pub(super) fn reopen(&mut self) {
        if !self.ended_in.is_zero() {
            self.strokes.pop();
        }
        self.part = core::mem::take(&mut self.ended_in);
        self.end = None;
    }

    /// Adds one stroke in the direction of the present one, or of the last when all are rolled. Returns false, and
    /// changes nothing, if one was added before.
    pub(super) fn add_one_more(&mut self) -> bool {
        let present = self.strokes.len();
        let again = self.plan.get(present).or_else(|| self.plan.last()).copied();
        let Some(stroke) = again.filter(|_| !self.one_more) else { return false };
        self.plan.insert((present + 1).min(self.plan.len()), stroke);
        self.one_more = true;
        self.ended_in = Duration::ZERO;
        self.end = None;
        true
    }
}
