//! The checklist: all answers once more, before they are confirmed.

use super::answer::{Asked, answer_text, given, short_answer};
use super::question::ask_next;
use super::sheet::{TEXT, plain, quiet};
use super::{Action, App, Component, Facts, HeadStage, Now, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::{Block, Row, Table, Tone};
use engine::protocol::ItemIx;
use engine::protocol::words::clock;
use engine::safety::{Answer, Sureness};
use engine::session::{Again, Event, Session};
use engine::timeline::Moment;

/// All answers once more, with the cursor on one.
#[derive(Debug, Clone)]
pub struct Review {
    item: ItemIx,
    /// The line was chosen by moving to it. Until then no answer changes there: who answers in rhythm presses once too
    /// often.
    is_chosen: bool,
}

impl Review {
    /// With the cursor on `item`, which has to be chosen yet.
    pub(super) fn new(item: ItemIx) -> Review {
        Review { item, is_chosen: false }
    }

    /// On the line in that place, which was chosen by moving to it.
    pub(super) fn chosen(item: usize) -> Review {
        Review { item: ItemIx(item), is_chosen: true }
    }
}

impl Component for Review {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::Review)
    }

    fn page(&self, scene: &Scene) -> View {
        let answer = if scene.is_wide() { answer_text } else { short_answer };
        let rows = scene.protocol.checklist.iter().map(|(ix, item)| Row {
            cells: vec![quiet(format!("{:>2}", ix.0 + 1)), plain(&item.title), answer(scene, ix, given(scene, ix))],
            cursor: ix == self.item && self.is_chosen,
            seen_as: Some(ix.0),
        });
        let mut sheet = scene.sheet().wide_gap();
        sheet = match scene.session.and_then(Session::again) {
            Some(Again::Stale) => sheet.text("review.again-stale", &[]),
            Some(Again::Clocks) => sheet.text("review.again-clocks", &[]),
            Some(Again::OtherProtocol) => sheet.text("review.again-protocol", &[]),
            Some(Again::OldAnswers) => sheet.text("review.again-old", &[]),
            None => sheet,
        };
        sheet = sheet
            .wide("review.title", &[])
            .wide_gap()
            .put(Block::Table(Table { indent: TEXT, rows: rows.collect(), two_up: true }))
            .gap();
        let opens = scene.session.and_then(Session::confirm_opens).filter(|opens| *opens > scene.now.moment);
        if let Some(opens) = opens {
            let took = clock(scene.session.and_then(Session::answering_took).unwrap_or_default());
            let count = scene.protocol.checklist.items.len().to_string();
            let left = clock(opens.since(scene.now.moment));
            sheet = sheet
                .text("review.fast", &[("n", &count), ("took", &took)])
                .text("review.opens-in", &[("left", &left)]);
        } else if scene.app.review_read() {
            sheet = sheet.text("review.open", &[]);
        } else {
            sheet = sheet.both("review.read-all", &[]);
        }
        let head = scene.steps_titled(HeadStage::Check, &scene.say("review.title-narrow"), Tone::Strong);
        let confirmable = opens.is_none()
            && scene.app.review_read()
            && scene.session.is_some_and(|session| session.answers().complete());
        scene.page(head, scene.soak_status(), sheet, |action| match action {
            Action::Confirm => confirmable,
            Action::PageDown => scene.app.viewport.max_scroll > 0,
            _ => true,
        })
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let item = self.item;
        let last = last(app);
        match action {
            Action::PageUp | Action::PageDown => self.page_on(app, action == Action::PageDown),
            Action::Up | Action::Down if !self.is_chosen => app.show(Review::chosen(item.0)),
            Action::No | Action::Yes | Action::NotSure if !self.is_chosen => app.tell("review.choose-first"),
            Action::Up if app.viewport.scroll > 0 => app.scroll_by(-1, app.viewport.scroll),
            Action::Down if item.0 == last => down_at_the_end(app, last),
            Action::Up => app.show(Review::chosen(item.0.saturating_sub(1).min(last))),
            Action::Down => app.show(Review::chosen((item.0 + 1).min(last))),
            Action::No => app.send(Event::Answered { item, answer: Answer::No }, now),
            Action::Yes => ask_next(app, Asked { item, sureness: Sureness::Yes }, now),
            Action::NotSure => ask_next(app, Asked { item, sureness: Sureness::NotSure }, now),
            Action::Confirm => confirm(app, now),
            Action::Leave => app.ask_to_leave(),
            _ => Vec::new(),
        }
    }

    fn go_to(&mut self, row: usize) {
        *self = Review::chosen(row);
    }

    /// It is read from its top once more.
    fn covered(&mut self, _: usize) {
        self.is_chosen = false;
    }

    fn counts_down(&self, session: &Session) -> Option<Moment> {
        session.confirm_opens()
    }

    fn moves(&self, action: Action) -> bool {
        action.only_moves()
    }
}

impl Review {
    /// By pages, the cursor goes along, so that the row it stands on stays in sight.
    fn page_on(&self, app: &mut App, down: bool) -> Vec<Output> {
        let row = self.item.0;
        let last = last(app);
        let place = match app.viewport.next_page {
            _ if !down => row.saturating_sub(app.viewport.page),
            // At the end, what was passed over in a very small window comes once more.
            _ if row == last => app.viewport.first_unseen(last).unwrap_or(last),
            // The row of the cursor alone is higher than the window.
            Some(next) if next == row => (row + 1).min(last),
            next => next.unwrap_or(last),
        };
        app.show(Review::chosen(place))
    }
}

/// Below the last row, what was not in the window yet comes once more: the cursor may have begun further down.
fn down_at_the_end(app: &mut App, last: usize) -> Vec<Output> {
    match app.viewport.first_unseen(last) {
        Some(row) if app.viewport.is_at_end() => app.show(Review::chosen(row)),
        Some(_) | None => app.scroll_on(),
    }
}

/// The last row.
fn last(app: &App) -> usize {
    app.session().map_or(0, |session| session.protocol().checklist.items.len().saturating_sub(1))
}

fn confirm(app: &mut App, now: Now) -> Vec<Output> {
    if !app.review_read() {
        return app.tell("review.read-all-narrow");
    }
    match app.session().and_then(Session::judge) {
        Some(verdict) => app.send(Event::confirmation(&verdict), now),
        None => Vec::new(),
    }
}
