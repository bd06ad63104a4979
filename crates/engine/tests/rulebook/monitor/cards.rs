//! Cards, worked out anew: what was on the screen, for how long, and what one key may answer.

use std::time::Duration;

use dermaroll_engine::protocol::ItemIx;
use dermaroll_engine::safety::Answer;
use dermaroll_engine::session::{Effect, Event, Session};
use dermaroll_engine::timeline::{Moment, Now};

use super::super::world::{TICK, knows};
use super::{At, Monitor, View};

/// The questions of each card, by their places.
const CARDS: [&[usize]; 3] = [&[0, 1], &[2, 3], &[4, 5, 6, 7]];

/// What the screen does with cards, and the key that answers the rest of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CardMove {
    /// All of this card is on the screen.
    Show(usize),
    Cover,
    PutAway,
    Rest,
}

impl CardMove {
    pub(crate) const ALL: [CardMove; 5] =
        [CardMove::Show(0), CardMove::Show(1), CardMove::Cover, CardMove::PutAway, CardMove::Rest];

    /// Does it to `session`.
    pub(crate) fn make(self, session: &mut Session, now: Now) -> Vec<Effect> {
        match self {
            CardMove::Show(number) => {
                let card = session.protocol().checklist.cards().nth(number).unwrap();
                session.show_card(card, &knows(), now.moment);
            }
            CardMove::Cover => session.cover_card(now.moment),
            CardMove::PutAway => session.put_card_away(),
            CardMove::Rest => return session.no_to_the_rest(now),
        }
        Vec::new()
    }
}

/// A card, how many of its lines were read, and since when the next one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CardSeen {
    pub(crate) number: usize,
    pub(crate) lines: usize,
    pub(crate) since: Option<Moment>,
}

impl Monitor {
    /// A word takes a quarter of a tick, and no line takes less than one.
    fn line_time(&self, item: usize) -> Duration {
        let words = self.protocol.checklist.items[item].question.split(' ').filter(|word| !word.is_empty()).count();
        TICK * u32::try_from(words.div_ceil(4).max(1)).unwrap()
    }

    /// The lines that are read by `now`.
    pub(crate) fn lines_read(&self, seen: CardSeen, now: Moment) -> usize {
        let mut left = seen.since.map_or(Duration::ZERO, |since| now.since(since));
        let mut lines = seen.lines;
        while let Some(item) = CARDS[seen.number].get(lines) {
            let takes = self.line_time(*item);
            if left < takes {
                break;
            }
            (left, lines) = (left - takes, lines + 1);
        }
        lines
    }

    /// Makes `step` under the eyes of the monitor. Whether anything was to change.
    pub(crate) fn watch_card(&mut self, session: &mut Session, step: CardMove, now: Now) -> Result<bool, String> {
        let view = View::of(session);
        let entries = session.entries();
        let effects = step.make(session, now);
        let seen = self.card;
        match (step, seen) {
            (CardMove::Show(_), _) if view.at != At::Checklist => return nothing(&effects),
            (CardMove::Show(number), Some(seen)) if seen.number == number => {
                self.card = Some(CardSeen { since: seen.since.or(Some(now.moment)), ..seen });
            }
            (CardMove::Show(number), _) => {
                self.card = Some(CardSeen { number, lines: 0, since: Some(now.moment) });
            }
            (CardMove::Cover, Some(seen)) => {
                self.card = Some(CardSeen { lines: self.lines_read(seen, now.moment), since: None, ..seen });
            }
            (CardMove::PutAway, _) => self.card = None,
            (CardMove::Cover | CardMove::Rest, None) => return nothing(&effects),
            (CardMove::Rest, Some(seen)) => return self.watch_rest(session, &view, seen, &effects, entries, now),
        }
        nothing(&effects)?;
        let read = self.card.map_or(0, |seen| self.lines_read(seen, now.moment));
        for (number, card) in session.protocol().checklist.cards().enumerate() {
            let expected = if self.card.is_some_and(|seen| seen.number == number) { read } else { 0 };
            let lit = session.lines_read(card, now.moment);
            hold!(lit == expected, "{lit} lines of card {number} are read, not {expected}");
        }
        Ok(self.card != seen)
    }

    fn watch_rest(
        &mut self,
        session: &Session,
        view: &View,
        seen: CardSeen,
        effects: &[Effect],
        entries: u32,
        now: Now,
    ) -> Result<bool, String> {
        let items = CARDS[seen.number];
        let is_read = seen.since.is_some() && self.lines_read(seen, now.moment) == items.len();
        let open: Vec<usize> = items.iter().copied().filter(|item| self.answers[*item].is_none()).collect();
        if view.at != At::Checklist || !is_read || open.is_empty() {
            return nothing(effects);
        }
        hold!(effects.len() == open.len(), "{} entries for {open:?}", effects.len());
        for (place, (effect, item)) in (1..).zip(effects.iter().zip(open)) {
            let event = Event::Answered { item: ItemIx(item), answer: Answer::No };
            let Effect::Record(entry) = effect else { return Err(format!("not recorded: {effect:?}")) };
            let is_it = entry.event == event && entry.now == now && entry.number == entries + place;
            hold!(is_it, "no to {item} is recorded as {entry:?}");
            self.answers[item] = Some(Answer::No);
        }
        self.first.get_or_insert(now.moment);
        if self.is_complete() {
            self.complete.get_or_insert(now.moment);
        }
        self.card = None;
        self.check_state(session, &View::of(session), now)?;
        Ok(true)
    }
}

fn nothing(effects: &[Effect]) -> Result<bool, String> {
    hold!(effects.is_empty(), "out of place: {effects:?}");
    Ok(false)
}
