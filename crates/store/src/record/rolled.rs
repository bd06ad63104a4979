//! What was rolled, section by section, told from the names and times in a file alone. A session that goes on under
//! another protocol has nothing else: the protocol that its entries were made under is gone.

use core::time::Duration;

use super::codes::Code as _;
use super::entry::Fields;
use super::read::Reading;
use engine::protocol::{PerSection, Section};
use engine::session::{Carried, SectionEnd};

/// What was rolled in each section that was begun or brought to an end. A stroke that was under way when the file ends
/// was cut off.
pub fn rolled(reading: &Reading) -> Vec<Carried> {
    let mut tale = Tale {
        sections: PerSection::from_fn(|_| SoFar::default()),
        strokes: reading.header.strokes.len(),
        at: None,
        before: None,
        under_way: None,
    };
    for fields in &reading.entries {
        tale.hear(fields);
    }
    tale.cut_off();
    let begun = |(section, so_far): (Section, &SoFar)| so_far.carried(section);
    tale.sections.iter().filter_map(begun).collect()
}

#[derive(Default)]
struct SoFar {
    strokes: Vec<Duration>,
    part: Duration,
    cut_off: u32,
    /// Strokes beyond the plan.
    more: usize,
    end: Option<SectionEnd>,
}

impl SoFar {
    fn begun(&self) -> bool {
        !self.strokes.is_empty() || !self.part.is_zero()
    }

    fn carried(&self, section: Section) -> Option<Carried> {
        (self.begun() || self.end.is_some()).then(|| Carried {
            section,
            strokes: self.strokes.clone(),
            part: self.part,
            cut_off: self.cut_off,
            end: self.end,
        })
    }

    fn finish(&mut self) {
        self.strokes.push(self.part);
        self.part = Duration::ZERO;
    }

    fn close(&mut self, end: SectionEnd) {
        if !self.part.is_zero() {
            self.finish();
        }
        self.end = Some(end);
    }
}

/// What the entries that were read so far tell.
struct Tale {
    sections: PerSection<SoFar>,
    /// Strokes of every section under the protocol of the present entry.
    strokes: usize,
    /// The section that is being rolled, or was last.
    at: Option<Section>,
    /// The one before it: "one more" means that one as long as nothing of the present one was rolled.
    before: Option<Section>,
    /// Since when a stroke is under way, in milliseconds of the session's time line.
    under_way: Option<u64>,
}

impl Tale {
    fn hear(&mut self, fields: &Fields) {
        let section = fields.section.as_deref().and_then(Section::from_id);
        match (fields.event.as_str(), fields.due.as_deref(), section) {
            ("ran-out", Some("get-ready" | "move"), Some(section)) => self.begin(section, fields.t),
            ("ran-out", Some("stroke"), Some(section)) => self.stroke_over(section, fields.t),
            ("paused" | "slept", ..) => self.halt(fields.t),
            ("stalled", ..) => self.halt(fields.t.saturating_sub(fields.span_ms.unwrap_or(0))),
            ("enough", ..) => self.enough(),
            ("one-more", ..) => self.one_more(),
            ("stopped" | "roller-retired", ..) => self.stop(),
            ("resumed", ..) => self.cut_off(),
            ("protocol-changed", ..) => {
                self.strokes = fields.strokes.as_ref().map_or(self.strokes, Vec::len);
                // What counts from here on is told by the entries that follow.
                self.sections = PerSection::from_fn(|_| SoFar::default());
                (self.at, self.before, self.under_way) = (None, None, None);
            }
            ("carried-over", _, Some(section)) => self.carried_over(section, fields),
            _ => {}
        }
    }

    fn begin(&mut self, section: Section, t: u64) {
        if self.at != Some(section) {
            self.before = self.at.replace(section);
        }
        self.under_way = Some(t);
    }

    fn halt(&mut self, t: u64) {
        if let (Some(since), Some(section)) = (self.under_way.take(), self.at) {
            let part = &mut self.sections[section].part;
            *part = part.saturating_add(Duration::from_millis(t.saturating_sub(since)));
        }
    }

    fn stroke_over(&mut self, section: Section, t: u64) {
        self.halt(t);
        self.sections[section].finish();
        self.under_way = self.has_strokes_left(section).then_some(t);
    }

    /// After a stroke: true when another one follows; else the section is done.
    fn has_strokes_left(&mut self, section: Section) -> bool {
        let strokes = self.strokes;
        let so_far = &mut self.sections[section];
        let left = so_far.strokes.len() < strokes.saturating_add(so_far.more);
        if !left {
            so_far.close(SectionEnd::Done);
        }
        left
    }

    fn cut_off(&mut self) {
        let (Some(_), Some(section)) = (self.under_way.take(), self.at) else { return };
        let so_far = &mut self.sections[section];
        so_far.finish();
        so_far.cut_off = so_far.cut_off.saturating_add(1);
        let _ = self.has_strokes_left(section);
    }

    fn enough(&mut self) {
        let Some(section) = self.at else { return };
        let so_far = &mut self.sections[section];
        // On the way to the next section its name is not in the file yet; it is asked for anew.
        if so_far.end.is_none() {
            let end = if so_far.begun() { SectionEnd::Enough } else { SectionEnd::LeftOut };
            so_far.close(end);
        }
    }

    fn one_more(&mut self) {
        let begun = self.at.filter(|section| self.sections[*section].begun());
        let Some(section) = begun.or(self.before) else { return };
        self.sections[section].more += 1;
        self.sections[section].end = None;
        if self.at != Some(section) {
            self.before = self.at.replace(section);
        }
    }

    fn stop(&mut self) {
        for section in Section::ALL {
            let so_far = &mut self.sections[section];
            if so_far.end.is_none() && so_far.begun() {
                so_far.close(SectionEnd::Stopped);
            }
        }
    }

    fn carried_over(&mut self, section: Section, fields: &Fields) {
        let strokes: Vec<Duration> = fields.strokes_ms.iter().flatten().copied().map(Duration::from_millis).collect();
        self.sections[section] = SoFar {
            more: strokes.len().saturating_sub(self.strokes),
            strokes,
            part: Duration::from_millis(fields.part_ms.unwrap_or(0)),
            cut_off: fields.cut_off.unwrap_or(0),
            end: fields.end.as_deref().and_then(SectionEnd::from_code),
        };
    }
}
