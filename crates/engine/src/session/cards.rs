//! Cards: several questions on one screen, for a person who knows them. This alone decides when those that have no
//! answer yet may be answered with no together. What is recorded are single answers.

use alloc::vec::Vec;

use core::time::Duration;

use super::Session;
use super::event::{Effect, Event};
use super::stage::Stage;
use crate::protocol::{Card, ItemIx};
use crate::safety::{Answer, Knows};
use crate::timeline::{Moment, Now};

/// How far the card on the screen was read. No record has it: whatever ends its showing ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CardReading {
    card: Card,
    /// Whole lines that were read before it was covered.
    before: Duration,
    /// When it was shown; None while something covers it.
    since: Option<Moment>,
}

impl CardReading {
    fn read(self, now: Moment) -> Duration {
        self.before.saturating_add(self.since.map_or(Duration::ZERO, |since| now.since(since)))
    }
}

impl Session {
    /// The whole of `card` is on the screen from `since` on. It is timed from its first line, but for lines that were
    /// read before something covered it for a while.
    pub fn show_card(&mut self, card: Card, knows: &Knows, since: Moment) {
        let checklist = &self.protocol.checklist;
        let is_one_of_it = || checklist.cards().any(|other| other == card);
        if self.stage != Stage::Checklist || !knows.is_of(checklist) || !is_one_of_it() {
            return;
        }
        match &mut self.reading {
            Some(reading) if reading.card == card => _ = reading.since.get_or_insert(since),
            Some(_) | None => {
                self.reading = Some(CardReading { card, before: Duration::ZERO, since: Some(since) });
            }
        }
    }

    /// Something covers the card: a line that was not read to its end is read again.
    pub fn cover_card(&mut self, now: Moment) {
        if let Some(reading) = self.reading {
            let ends = self.line_ends(reading.card);
            let before = ends.take_while(|ends| *ends <= reading.read(now)).last().unwrap_or_default();
            self.reading = Some(CardReading { before, since: None, ..reading });
        }
    }

    /// The card went from the screen: it is read from its first line again.
    pub fn put_card_away(&mut self) {
        self.reading = None;
    }

    /// When each line of a card was read, from the moment on at which it was shown.
    fn line_ends(&self, card: Card) -> impl Iterator<Item = Duration> {
        card.items().scan(Duration::ZERO, |ends, item| {
            let question = self.protocol.checklist.item(item).map_or("", |item| item.question.as_str());
            *ends = ends.saturating_add(self.protocol.rules.reading_time(question));
            Some(*ends)
        })
    }

    /// How many lines of `card` were shown for as long as it takes to read them.
    pub fn lines_read(&self, card: Card, now: Moment) -> usize {
        let read = self.reading.filter(|reading| reading.card == card).map(|reading| reading.read(now));
        read.map_or(0, |read| self.line_ends(card).filter(|ends| *ends <= read).count())
    }

    /// From when on no may be said to the rest of the card on the screen; None while none is read.
    pub fn rest_opens(&self) -> Option<Moment> {
        let reading = self.reading?;
        let whole = self.line_ends(reading.card).last().unwrap_or(Duration::MAX);
        Some(reading.since?.plus(whole.saturating_sub(reading.before)))
    }

    /// Answers no to every question of the card on the screen that has no answer yet, once all of its lines were shown
    /// for as long as it takes to read them. Gives an entry of the record for each, and nothing where that cannot be.
    pub fn no_to_the_rest(&mut self, now: Now) -> Vec<Effect> {
        let Some(reading) = self.reading else { return Vec::new() };
        if self.rest_opens().is_none_or(|opens| now.moment < opens) {
            return Vec::new();
        }
        let open: Vec<ItemIx> = reading.card.items().filter(|item| self.answers.given(*item).is_none()).collect();
        if open.is_empty() {
            return Vec::new();
        }
        self.reading = None;
        open.into_iter().flat_map(|item| self.handle(Event::Answered { item, answer: Answer::No }, now)).collect()
    }
}
