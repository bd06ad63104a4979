//! What was used: the rollers, and what was put on afterwards.

use std::cmp::Reverse;

use super::document::{Document, date, own};
use super::sums::{RollerSum, Sums};
use crate::calendar::Date;
use crate::export::NotExported;
use crate::record::timestamp::Day;
use crate::record::{OwnedRoller, Past, SerumNote};
use engine::protocol::Micrometres;
use engine::protocol::words::borrowed;

/// More rollers than these are only counted, the oldest ones.
const MOST_ROLLERS: usize = 4;

/// What is known of the rollers besides the sessions.
pub(super) struct Shelf<'a> {
    pub(super) rollers: &'a [OwnedRoller],
    pub(super) rest: &'a NotExported,
    /// How often one is meant to be used.
    pub(super) uses: u32,
}

pub(super) fn write(page: &mut Document, sums: &Sums, shown: &[&Past], shelf: &Shelf<'_>) {
    let mut rollers: Vec<(&String, &RollerSum)> = sums.rollers.iter().collect();
    rollers.sort_by_key(|(_, sum)| Reverse((sum.last, sum.first)));
    let rolled: Vec<&Past> = shown.iter().copied().filter(|session| session.counted).collect();
    for (id, sum) in rollers.iter().take(MOST_ROLLERS) {
        roller(page, id, sum, shelf);
    }
    if let Some(more) = rollers.len().checked_sub(MOST_ROLLERS).filter(|more| *more > 0) {
        page.item("used.more_rollers", &[("count", &more.to_string())]);
    }
    serums(page, &rolled);
}

fn roller(page: &mut Document, id: &str, sum: &RollerSum, shelf: &Shelf<'_>) {
    let owned = shelf.rollers.iter().find(|owned| owned.id == id);
    let (name, length) = match (owned, &sum.named) {
        (Some(owned), _) => (owned.name.clone(), Some(owned.needle.0)),
        (None, Some((name, needle))) => (name.clone(), Some(*needle)),
        (None, None) => (id.to_owned(), None),
    };
    let mut facts = Vec::new();
    facts.extend(length.map(|um| page.words.fill("used.length", &[("mm", &Micrometres(um).millimetres())])));
    facts.push(match owned.and_then(|owned| owned.opened) {
        Some(opened) => page.words.fill("used.opened", &[("day", &day(opened))]),
        None => page.words.fill("used.first", &[("day", &date(sum.first))]),
    });
    let totals = &shelf.rest.totals;
    let told = totals.told_retired(id);
    let name_of_uses = if shelf.rest.knows_uses() { "used.uses" } else { "used.uses_at_least" };
    let (uses, limit) = (totals.uses_of(id).to_string(), shelf.uses.to_string());
    facts.push(page.words.fill(name_of_uses, &[("uses", &uses), ("limit", &limit)]));
    match owned.and_then(|owned| owned.retired.as_ref()) {
        Some(retired) if retired.why.is_empty() => {
            facts.push(page.words.fill("used.retired_on", &[("day", &day(retired.on))]));
        }
        Some(retired) => {
            let places = [("day", day(retired.on)), ("why", own(&retired.why))];
            facts.push(page.words.fill("used.retired_why", &borrowed(&places)));
        }
        None if owned.map_or(told.is_some(), |owned| owned.is_told_retired(told)) => {
            facts.push(page.words.say("used.retired"))
        }
        None => {}
    }
    page.item("used.roller", &[("facts", &facts.join(", ")), ("name", &own(&name))]);
}

/// Serums and moisturisers, each with the days on which it was meant to be used.
fn serums(page: &mut Document, rolled: &[&Past]) {
    let mut found: Vec<(&Option<SerumNote>, Vec<Date>)> = Vec::new();
    for session in rolled {
        match found.iter_mut().find(|(serum, _)| **serum == session.serum) {
            Some((_, days)) => days.push(session.day()),
            None => found.push((&session.serum, vec![session.day()])),
        }
    }
    for (serum, days) in found {
        let days = page.days(&days);
        let Some(serum) = serum else {
            page.item("used.no_serum", &[("days", &days)]);
            continue;
        };
        let mut facts = Vec::new();
        facts.extend(serum.brand.as_ref().map(|brand| page.words.fill("used.by", &[("brand", &own(brand))])));
        facts.extend(serum.opened.map(|opened| page.words.fill("used.opened", &[("day", &day(opened))])));
        let what = [own(&serum.name)].into_iter().chain(facts).collect::<Vec<_>>().join(", ");
        page.item("used.serum", &[("days", &days), ("what", &what)]);
    }
}

fn day(day: Day) -> String {
    Date::parse(&day.to_string()).map_or_else(|| day.to_string(), date)
}
