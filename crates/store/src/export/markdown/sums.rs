//! What all sessions of the range come to, listed or not.

use std::collections::BTreeMap;

use super::document::{Document, date};
use crate::calendar::Date;
use crate::record::Past;
use crate::record::header::RecordKind;
use engine::protocol::words::borrowed;
use engine::session::Outcome;
use engine::session::closing::FELT;

/// One bar for each eighth of the highest value; the lowest stands for 0 too.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// For a value that is not known.
const NO_BAR: char = '·';
/// The newest of so many sessions make the row of bars.
const MOST_BARS: usize = 48;

#[derive(Debug, Default)]
pub(super) struct Sums {
    /// How many there are without trials and checks, and the first and last day of them.
    pub(super) earnest: usize,
    pub(super) period: Option<(Date, Date)>,
    /// Of the sessions that count: how many days each came after the one before, and how it felt.
    between: Vec<i64>,
    felt: Vec<i64>,
    /// The rollers that touched the skin, by id.
    pub(super) rollers: BTreeMap<String, RollerSum>,
    counted: usize,
    ended_early: usize,
    from_paper: usize,
    checks: usize,
    trials: usize,
    damaged: usize,
}

/// A roller in the sessions of the range.
#[derive(Debug)]
pub(super) struct RollerSum {
    /// What its owner calls it and its length, if a record says so.
    pub(super) named: Option<(String, u32)>,
    pub(super) first: Date,
    pub(super) last: Date,
}

impl Sums {
    pub(super) fn add(&mut self, session: &Past) {
        let is_check = session.kind == RecordKind::Check;
        self.checks += usize::from(is_check);
        self.trials += usize::from(session.trial && !is_check);
        self.damaged += usize::from(session.damaged);
        if !is_earnest(session) {
            return;
        }
        let day = session.day();
        self.earnest += 1;
        self.period = Some((self.period.map_or(day, |(first, _)| first), day));
        for id in &session.rollers {
            let sum = self.rollers.entry(id.clone()).or_insert(RollerSum { named: None, first: day, last: day });
            sum.last = day;
            let named = session.roller.as_ref().filter(|roller| roller.id == *id);
            sum.named = named.map(|roller| (roller.name.clone(), roller.needle_um)).or(sum.named.take());
        }
        if session.counted {
            // The days before the first one are outside the period.
            self.between.extend(session.days_since_previous.filter(|_| self.counted > 0));
            self.felt.extend(session.felt.map(i64::from));
            self.counted += 1;
            self.ended_early += usize::from(is_cut_short(session));
            self.from_paper += usize::from(session.kind == RecordKind::Log);
        }
    }

    /// A few lines about all sessions together, with a row of bars for those in `shown`.
    pub(super) fn short(&self, page: &mut Document, shown: &[&Past]) {
        let count = self.counted.to_string();
        let mut counts = vec![match self.period {
            Some((first, last)) => {
                let places = [("count", count), ("from", date(first)), ("to", date(last))];
                page.words.fill("short.sessions", &borrowed(&places))
            }
            None => page.words.say("short.none"),
        }];
        for (name, count) in [
            ("short.ended_early", self.ended_early),
            ("short.from_paper", self.from_paper),
            ("short.trials", self.trials),
            ("short.checks", self.checks),
            ("short.damaged", self.damaged),
        ] {
            if count > 0 {
                counts.push(page.words.fill(name, &[("count", &count.to_string())]));
            }
        }
        page.lines.push(format!("- {}", counts.join("; ")));
        let counted: Vec<&&Past> = shown.iter().filter(|session| session.counted).collect();
        let days: Vec<Option<i64>> = counted.iter().skip(1).map(|session| session.days_since_previous).collect();
        let felt: Vec<Option<i64>> = counted.iter().map(|session| session.felt.map(i64::from)).collect();
        let highest = self.between.iter().copied().max().unwrap_or(0);
        for (name, all, row, most) in
            [("short.between", &self.between, days, highest), ("short.felt", &self.felt, felt, i64::from(*FELT.end()))]
        {
            if let Some(range) = range(page, all) {
                let range = [range, bars(page, &row, most)].concat();
                page.item(name, &[("range", &range)]);
            }
        }
    }
}

/// Neither a trial nor a check of the list.
pub(super) fn is_earnest(session: &Past) -> bool {
    session.kind.is_rolling() && !session.trial
}

/// A session from paper says which sections were rolled; nobody knows whether the others were planned.
pub(super) fn is_cut_short(session: &Past) -> bool {
    session.outcome != Some(Outcome::Finished) && session.kind != RecordKind::Log
}

/// `median 30, 28 to 35`; `28` if all are the same.
fn range(page: &Document, all: &[i64]) -> Option<String> {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    let (least, most) = (sorted.first()?, sorted.last()?);
    if least == most {
        return Some(least.to_string());
    }
    let (low, high) = (sorted.get((sorted.len() - 1) / 2)?, sorted.get(sorted.len() / 2)?);
    let half = if (low + high) % 2 == 0 { "" } else { ".5" };
    let median = format!("{}{half}", (low + high).div_euclid(2));
    let places = [("median", median), ("least", least.to_string()), ("most", most.to_string())];
    Some(page.words.fill("short.range", &borrowed(&places)))
}

/// One bar for each of the newest values, from 0 to `most`; nothing where fewer than two are known.
fn bars(page: &Document, values: &[Option<i64>], most: i64) -> String {
    let newest = values.get(values.len().saturating_sub(MOST_BARS)..).unwrap_or_default();
    if newest.iter().flatten().count() < 2 {
        return String::new();
    }
    let bar = |value: &Option<i64>| {
        let Some(value) = value else { return NO_BAR };
        let eighth = usize::try_from(value * 8 / most.max(1)).unwrap_or(0).clamp(1, BARS.len());
        BARS.get(eighth - 1).copied().unwrap_or(NO_BAR)
    };
    let row: String = newest.iter().map(bar).collect();
    page.words.fill("short.bars", &[("bars", &row)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        let page = Document::new(1);
        let said = |all: &[i64]| range(&page, all).unwrap();
        assert_eq!(said(&[28]), "28");
        assert_eq!(said(&[35, 28, 30]), "median 30, 28 to 35");
        assert_eq!(said(&[28, 29]), "median 28.5, 28 to 29");
        assert_eq!(range(&page, &[]), None);
    }

    #[test]
    fn bars_begin_at_nothing_and_not_at_the_least_value() {
        let page = Document::new(1);
        let row = |values: &[Option<i64>], most| bars(&page, values, most);
        assert!(row(&[Some(28), None, Some(35), Some(14)], 35).contains("▆·█▃"), "{}", row(&[Some(28), Some(35)], 35));
        assert!(row(&[Some(0), Some(1), Some(5)], 5).contains("▁▁█"));
        assert_eq!(row(&[Some(28), None], 28), "", "one value is no row");
        assert_eq!(row(&vec![Some(1); 100], 1).matches('█').count(), MOST_BARS);
        assert!(row(&[Some(0), Some(0)], 0).contains("▁▁"));
    }
}
