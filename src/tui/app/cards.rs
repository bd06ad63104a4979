//! The cards of the checklist: whether there are any, which one stands on the screen, and what of it was shown.

use std::collections::BTreeSet;

use super::{App, Output, next_second};
use crate::tui::screens::{Question, QuestionCard, Screen};
use crate::tui::view::{Form, Seen};
use engine::protocol::{Card, ItemIx};
use engine::safety::Contact;
use engine::session::Event;
use engine::timeline::Now;

/// What the window has room for.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Its columns and rows; None where nothing is drawn.
    window: Option<(u16, u16)>,
    /// Numbers of the cards that are too high for it.
    too_high: BTreeSet<usize>,
}

impl App {
    /// What is drawn from now on has this many columns and rows. Gives whether another screen stands there for it: a card
    /// needs room for all of its lines, and one that was there before is read from its first line again.
    pub fn resized(&mut self, columns: u16, rows: u16, now: Now) -> bool {
        if self.room.window == Some((columns, rows)) {
            return false;
        }
        self.room = Room { window: Some((columns, rows)), ..Room::default() };
        self.put_card_away();
        let is_another = self.deal_again();
        self.settle(now);
        is_another
    }

    /// The card on which this question is answered; None where it is answered by itself.
    pub(in crate::tui) fn card_of(&self, item: ItemIx) -> Option<Card> {
        let checklist = &self.session()?.protocol().checklist;
        let is_known = self.startup.knows.as_ref().is_some_and(|knows| knows.is_of(checklist));
        let is_large = self.room.window.is_some_and(|(columns, rows)| Form::of_window(columns, rows) == Form::Full);
        let card = checklist.card_of(item).filter(|_| is_known && is_large)?;
        (!self.room.too_high.contains(&card.number())).then_some(card)
    }

    /// The screen on which this question is answered.
    pub(in crate::tui) fn asking(&self, item: ItemIx) -> Screen {
        self.card_of(item).map_or_else(|| Question(item).into(), |card| QuestionCard::new(card).into())
    }

    /// The question that is asked stands on a card where it has one now, and by itself elsewhere.
    fn deal_again(&mut self) -> bool {
        let (item, was_on_card) = match &self.screen {
            Screen::QuestionCard(page) => (self.open_on(page.card()), true),
            Screen::Question(Question(item)) => (Some(*item), false),
            _ => return false,
        };
        let Some(item) = item else { return false };
        let is_another = self.card_of(item).is_some() != was_on_card;
        if is_another {
            self.screen = self.asking(item);
        }
        is_another
    }

    /// The first question on `card` without an answer, or else its first one.
    fn open_on(&self, card: Card) -> Option<ItemIx> {
        let answers = self.session()?.answers();
        card.items().find(|item| answers.given(*item).is_none()).or_else(|| card.items().next())
    }

    /// The window showed `seen`. A card of which all lines are in sight is read from now on. Gives whether that is new.
    pub(super) fn card_shown(&mut self, seen: &Seen, now: Now) -> bool {
        let Screen::QuestionCard(page) = self.present() else { return false };
        let card = page.card();
        // A word about the last key may take a row for a moment.
        if !seen.whole && self.notice.get().is_none() {
            self.room.too_high.insert(card.number());
            self.put_card_away();
            let is_another = self.deal_again();
            self.settle(now);
            return is_another;
        }
        let is_in_sight = card.items().all(|item| seen.rows.contains(&item.0));
        let (true, Some(knows), Some(running)) = (is_in_sight, &self.startup.knows, &mut self.running_session) else {
            return false;
        };
        let local = running.local(now).moment;
        // Its lines light up with the seconds of the soak, so that one look a second is enough for both.
        let since = match running.session.contact() {
            Contact::Soaking { ends } if ends > local => next_second(ends, local),
            Contact::Soaking { .. } | Contact::NotStarted | Contact::SealedPack | Contact::Soaked => local,
        };
        let before = running.session.rest_opens();
        running.session.show_card(card, knows, since);
        running.session.rest_opens() != before
    }

    /// What stands over a card hides it.
    pub(super) fn cover_card(&mut self, now: Now) {
        if matches!(self.present(), Screen::QuestionCard(_)) {
            return;
        }
        if let Some(running) = &mut self.running_session {
            let local = running.local(now).moment;
            running.session.cover_card(local);
        }
    }

    /// Nobody may have seen the screen for a while: a card is read from its first line again.
    pub(super) fn unsee_card(&mut self, event: &Event) {
        if matches!(event, Event::Slept { .. } | Event::Stalled { .. } | Event::Paused { .. }) {
            self.put_card_away();
        }
    }

    fn put_card_away(&mut self) {
        if let Some(running) = &mut self.running_session {
            running.session.put_card_away();
        }
    }

    /// Answers what is open on the card with no, in one piece; nothing where that cannot be yet.
    pub(in crate::tui) fn no_to_the_rest(&mut self, now: Now) -> Vec<Output> {
        let Some(running) = &mut self.running_session else { return Vec::new() };
        let local = running.local(now);
        let effects = running.session.no_to_the_rest(local);
        if effects.is_empty() { Vec::new() } else { vec![Output::Together(effects)] }
    }
}
