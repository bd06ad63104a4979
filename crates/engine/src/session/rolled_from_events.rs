//! What was rolled, section by section, told from the events of a record alone. A session that goes on under another
//! protocol has nothing else: the protocol that its events were made under is gone.

use alloc::vec::Vec;

use super::dialect::Dialect;
use super::event::{Due, Event};
use super::progress::Progress;
use super::resuming::Carried;
use super::summary::SectionEnd;
use crate::protocol::{PerSection, Section};
use crate::timeline::Moment;

/// What was rolled in each section that was begun or brought to an end, by the events of a record in their order. Every
/// section had so many `strokes`. A stroke that was under way after the last event was cut off.
pub fn rolled_from_events<'a, D: Dialect + 'a>(
    strokes: usize,
    events: impl Iterator<Item = (Moment, &'a Event<D>)>,
) -> Vec<Carried> {
    let mut rolled = Rolled::new(strokes);
    for (moment, event) in events {
        rolled.apply(moment, event);
    }
    rolled.cut_off();
    let touched = rolled.sections.iter().filter(|(_, progress)| !progress.is_untouched());
    touched.map(|(section, progress)| progress.carried(section)).collect()
}

/// What the events so far tell.
struct Rolled {
    sections: PerSection<Progress>,
    /// The section that is being rolled, or was last.
    at: Option<Section>,
    /// The one before it: "one more" means that one as long as nothing of the present one was rolled.
    before: Option<Section>,
    /// The section that was ended last by a key, where that was noted.
    ended: Option<Section>,
    /// Since when a stroke is under way.
    under_way: Option<Moment>,
}

impl Rolled {
    fn new(strokes: usize) -> Rolled {
        let sections = PerSection::from_fn(|_| Progress::new(strokes));
        Rolled { sections, at: None, before: None, ended: None, under_way: None }
    }

    fn apply<D: Dialect>(&mut self, moment: Moment, event: &Event<D>) {
        match event {
            Event::RanOut(Due::GetReady { section } | Due::Move { section }) => self.begin(*section, moment),
            Event::RanOut(Due::Stroke { section, .. }) => self.stroke_over(*section, moment),
            Event::Paused { .. } | Event::Slept { .. } => self.halt(moment),
            Event::Stalled { span } => self.halt(moment.minus(*span)),
            Event::Enough => self.enough(),
            Event::EnoughTakenBack => self.reopen(),
            Event::OneMore => self.one_more(),
            Event::Stopped { .. } | Event::RollerRetired => self.stop(),
            Event::Resumed { .. } => self.cut_off(),
            // What counts from here on is told by the events that follow.
            Event::ProtocolChanged { strokes, .. } => *self = Rolled::new(strokes.len()),
            Event::CarriedOver(carried) => self.sections[carried.section].carry_over(carried),
            Event::RanOut(Due::Contact | Due::Prepare | Due::HandClean | Due::Saline | Due::Serum)
            | Event::RollerTaken(_)
            | Event::LengthAcknowledged
            | Event::NeedlesRejected
            | Event::SoakStarted(_)
            | Event::Answered { .. }
            | Event::ListConfirmed { .. }
            | Event::ListReopened
            | Event::SetUp
            | Event::SkinReady
            | Event::SkinTakenBack
            | Event::SoakTakenBack
            | Event::CuesHeard { .. }
            | Event::CuesKnown { .. }
            | Event::ClickerSeen
            | Event::SteppedBack
            | Event::HandsFree
            | Event::WentOn
            | Event::RollerTouched
            | Event::TouchedNothing
            | Event::AdviceRead
            | Event::BloodOrWelts
            | Event::NoBloodOrWelts
            | Event::RollerUnfit { .. }
            | Event::RollerSwapped { .. }
            | Event::SoakedAgain
            | Event::KeptAsPart
            | Event::SignedOut { .. }
            | Event::SerumWanted
            | Event::Felt { .. }
            | Event::Noted { .. }
            | Event::Left => {}
        }
    }

    fn begin(&mut self, section: Section, moment: Moment) {
        if self.at != Some(section) {
            self.before = self.at.replace(section);
        }
        self.under_way = Some(moment);
    }

    fn halt(&mut self, moment: Moment) {
        if let (Some(since), Some(section)) = (self.under_way.take(), self.at) {
            let part = &mut self.sections[section].part;
            *part = part.saturating_add(moment.since(since));
        }
    }

    fn stroke_over(&mut self, section: Section, moment: Moment) {
        self.halt(moment);
        let progress = &mut self.sections[section];
        progress.finish_stroke(progress.part);
        self.under_way = self.has_strokes_left(section).then_some(moment);
    }

    /// After a stroke: true when another one follows; else the section is done.
    fn has_strokes_left(&mut self, section: Section) -> bool {
        let progress = &mut self.sections[section];
        let left = progress.stroke().is_some();
        if !left {
            progress.close(SectionEnd::Done);
        }
        left
    }

    fn cut_off(&mut self) {
        let (Some(_), Some(section)) = (self.under_way.take(), self.at) else { return };
        self.sections[section].cut_stroke_off();
        let _ = self.has_strokes_left(section);
    }

    fn enough(&mut self) {
        let Some(section) = self.at else { return };
        let progress = &mut self.sections[section];
        // On the way to the next section no event names it yet; it is asked for anew.
        self.ended = progress.end.is_none().then_some(section);
        if progress.end.is_none() {
            progress.close(if progress.begun() { SectionEnd::Enough } else { SectionEnd::LeftOut });
        }
    }

    fn reopen(&mut self) {
        let Some(section) = self.ended.take() else { return };
        self.sections[section].reopen();
        if self.at != Some(section) {
            self.before = self.at.replace(section);
        }
    }

    fn one_more(&mut self) {
        let begun = self.at.filter(|section| self.sections[*section].begun());
        let Some(section) = begun.or(self.before) else { return };
        let _ = self.sections[section].add_one_more();
        if self.at != Some(section) {
            self.before = self.at.replace(section);
        }
    }

    fn stop(&mut self) {
        for section in Section::ALL {
            let progress = &mut self.sections[section];
            if progress.end.is_none() && progress.begun() {
                progress.close(SectionEnd::Stopped);
            }
        }
    }
}
