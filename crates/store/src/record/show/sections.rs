//! What was rolled, section by section.

use core::time::Duration;

use super::rows::columns;
use super::terms::{id, ids, time};
use super::{Page, Shape};
use crate::record::header::{Header, RecordKind};
use crate::record::summary::{SectionFields, SummaryFields};
use engine::protocol::words::{borrowed, clock};
use engine::session::{Carried, SectionEnd};

impl Page {
    /// Each section in the order of rolling, with its time and how it ended.
    pub(super) fn sections(&mut self, summary: &SummaryFields, header: &Header) {
        let is_list = header.kind == RecordKind::Check;
        if !is_list && summary.sections.iter().all(|section| section.end == SectionEnd::NotReached) {
            return;
        }
        let widest = summary.sections.iter().map(|section| columns(&id(section.section.id()))).max().unwrap_or(0);
        let planned = summary.order.iter().filter_map(|name| summary.sections.iter().find(|one| one.section == *name));
        // A list alone says which sections it shuts, and of the others nothing.
        let is_told = |section: &&SectionFields| !is_list || !section.skip.is_empty() || !section.round.is_empty();
        let planned = planned.filter(is_told);
        let rows: Vec<(String, String)> = planned.map(|section| self.section(section, header, widest)).collect();
        for (place, (start, end)) in rows.iter().enumerate() {
            let label = if place == 0 { self.words.say("label.sections") } else { String::new() };
            self.labelled(label, columns(start), &format!("{start}{end}"));
        }
        if let Some(reason) = &summary.stop_reason {
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
    fn section(&self, section: &SectionFields, header: &Header, widest: usize) -> (String, String) {
        let is_list = header.kind == RecordKind::Check;
        let name = id(section.section.id());
        let is_wide = self.shape == Shape::Wide;
        let gap = if is_wide { " ".repeat(widest.saturating_sub(columns(&name))) } else { String::new() };
        let (rolled, planned) = (time(section.rolled_ms), time(section.planned_ms));
        let mut spent = self.words.fill("section.time", &[("rolled", &rolled), ("planned", &planned)]);
        if section.rolled_ms == 0 {
            let width = if is_wide { columns(&spent) } else { 0 };
            spent = format!("{:width$}", self.words.say("section.no_time"));
        }
        let mut parts = Vec::new();
        // A list alone reaches none.
        if !(is_list && section.end == SectionEnd::NotReached) {
            parts.push(self.word("end", section.end.into()));
        }
        if !section.skip.is_empty() {
            parts.push(self.words.fill("section.skip", &[("items", &ids(&section.skip))]));
        }
        parts.extend(self.strokes(section, &header.strokes));
        if section.cut_off > 0 {
            parts.push(self.words.fill("section.cut_off", &[("count", &section.cut_off.to_string())]));
        }
        if section.one_more {
            parts.push(self.words.say("section.one_more"));
        }
        if !section.round.is_empty() {
            parts.push(self.words.fill("section.round", &[("items", &ids(&section.round))]));
        }
        (format!("{name}{gap}  {spent}  "), parts.join(", "))
    }

    /// Each stroke with what was rolled of it and what was planned. Those that were not reached are named where the
    /// section was begun.
    fn strokes(&self, section: &SectionFields, strokes: &[String]) -> Vec<String> {
        if section.strokes.is_empty() {
            return Vec::new();
        }
        let count = u64::try_from(strokes.len()).unwrap_or(0).saturating_add(u64::from(section.one_more));
        let planned = time(section.planned_ms.checked_div(count).unwrap_or(0));
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
