//! What was rolled, section by section.

use core::time::Duration;

use super::rows::columns;
use super::terms::{id, ids, time};
use super::{SessionText, Shape};
use crate::record::header::RecordKind;
use crate::record::past::{Past, SectionRow};
use engine::protocol::words::{borrowed, clock};
use engine::session::{Carried, SectionEnd};

impl SessionText {
    /// Each section in the order of rolling, with its time and how it ended.
    pub(super) fn sections(&mut self, past: &Past, strokes: &[String]) {
        let is_list = past.kind == RecordKind::Check;
        if !is_list && past.sections.iter().all(|section| section.end == SectionEnd::NotReached) {
            return;
        }
        let widest = past.sections.iter().map(|section| columns(&id(section.section.id()))).max().unwrap_or(0);
        let planned = past.order.iter().filter_map(|name| past.sections.iter().find(|one| one.section == *name));
        // A review of the checklist says which sections it rules out, and nothing about the others.
        let is_shown =
            |section: &&SectionRow| !is_list || !section.skipped_because.is_empty() || !section.went_round.is_empty();
        let planned = planned.filter(is_shown);
        let rows: Vec<(String, String)> =
            planned.map(|section| self.section(section, strokes, is_list, widest)).collect();
        for (place, (start, end)) in rows.iter().enumerate() {
            let label = if place == 0 { self.words.say("label.sections") } else { String::new() };
            self.labelled(label, columns(start), &format!("{start}{end}"));
        }
        if let Some(reason) = &past.stop_reason {
            self.row("label.stopped", &self.word("stop", reason));
        }
    }

    /// What was rolled before the record broke off.
    pub(super) fn so_far(&mut self, sections: &[Carried]) {
        let spent: Duration = sections.iter().map(Carried::spent).sum();
        if sections.is_empty() {
            return;
        }
        let done = sections.iter().filter(|section| section.is_done()).count().to_string();
        let spent = clock(spent);
        let mut line = self.words.fill("section.so_far", &[("done", &done), ("rolled", &spent)]);
        let cut_off: u32 = sections.iter().map(|section| section.cut_off).sum();
        if cut_off > 0 {
            line = format!("{line}, {}", self.words.fill("section.cut_off", &[("count", &cut_off.to_string())]));
        }
        self.row("label.sections", &line);
    }

    /// Name and time in columns, and how it ended.
    fn section(&self, section: &SectionRow, strokes: &[String], is_list: bool, widest: usize) -> (String, String) {
        let name = id(section.section.id());
        let is_wide = self.shape == Shape::Wide;
        let gap = if is_wide { " ".repeat(widest.saturating_sub(columns(&name))) } else { String::new() };
        let (rolled, planned) = (time(section.rolled_ms.unwrap_or(0)), time(section.planned_ms.unwrap_or(0)));
        let mut spent = self.words.fill("section.time", &[("rolled", &rolled), ("planned", &planned)]);
        if section.rolled_ms.unwrap_or(0) == 0 {
            let width = if is_wide { columns(&spent) } else { 0 };
            spent = format!("{:width$}", self.words.say("section.no_time"));
        }
        let mut parts = Vec::new();
        // A review of the checklist rolls none.
        if !(is_list && section.end == SectionEnd::NotReached) {
            parts.push(self.word("end", section.end.into()));
        }
        if !section.skipped_because.is_empty() {
            parts.push(self.words.fill("section.skip", &[("items", &ids(&section.skipped_because))]));
        }
        parts.extend(self.strokes(section, strokes));
        if let Some(count @ 1..) = section.cut_off {
            parts.push(self.words.fill("section.cut_off", &[("count", &count.to_string())]));
        }
        if section.one_more == Some(true) {
            parts.push(self.words.say("section.one_more"));
        }
        if !section.went_round.is_empty() {
            parts.push(self.words.fill("section.round", &[("items", &ids(&section.went_round))]));
        }
        (format!("{name}{gap}  {spent}  "), parts.join(", "))
    }

    /// Each stroke with what was rolled of it and what was planned. Those that were not reached are named where the
    /// section was begun.
    fn strokes(&self, section: &SectionRow, strokes: &[String]) -> Vec<String> {
        if section.strokes.is_empty() {
            return Vec::new();
        }
        let count = u64::try_from(strokes.len()).unwrap_or(0).saturating_add(u64::from(section.one_more == Some(true)));
        let planned = time(section.planned_ms.unwrap_or(0).checked_div(count).unwrap_or(0));
        let rolled = section.strokes.iter().map(|stroke| {
            let places = [("stroke", id(&stroke.stroke)), ("rolled", time(stroke.ms)), ("planned", planned.clone())];
            self.words.fill("section.stroke", &borrowed(&places))
        });
        let is_rolled = |stroke: &&String| section.strokes.iter().any(|rolled| rolled.stroke == **stroke);
        let missed = strokes.iter().filter(|stroke| !is_rolled(stroke));
        let missed = missed.map(|stroke| self.words.fill("section.missed", &[("stroke", &id(stroke))]));
        rolled.chain(missed).collect()
    }
}
