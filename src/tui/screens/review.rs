//! The checklist: all answers once more, before they are confirmed.

use super::answer::{Asked, answer_text, given, short_answer};
use super::question::ask_next;
use super::sheet::{TEXT, plain, quiet};
use super::{Action, App, Component, Facts, HeadStage, Now, Output, Pressed, Scene, ScreenName, View};
use crate::tui::view::{Block, Form, Line, Row, Table, Tone};
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
        let mut sheet = scene.sheet().wide_gap();
        sheet = match scene.session.and_then(Session::again) {
            Some(Again::Stale) => sheet.text("review.again-stale", &[]),
            Some(Again::Clocks) => sheet.text("review.again-clocks", &[]),
            Some(Again::OtherProtocol) => sheet.text("review.again-protocol", &[]),
            Some(Again::OldAnswers) => sheet.text("review.again-old", &[]),
            None => sheet,
        };
        sheet = sheet.wide("review.title", &[]).wide_gap();
        let is_no = |item: &ItemIx| matches!(given(scene, *item), Some(Answer::No) | None);
        let (other, risks): (Vec<ItemIx>, Vec<ItemIx>) =
            scene.session.map(order).unwrap_or_default().into_iter().partition(is_no);
        if !risks.is_empty() {
            sheet = sheet.table(TEXT, risks.iter().map(|item| self.in_full(scene, *item)).collect()).gap();
            sheet = sheet.text("review.no-to-others", &[("n", &other.len().to_string())]);
        } else {
            sheet = sheet.text("review.no-to-all", &[("n", &other.len().to_string())]);
        }
        let titles = other.iter().map(|item| self.by_title(scene, *item)).collect();
        sheet = sheet.put(Block::Table(Table { indent: TEXT, rows: titles, two_up: true })).gap();
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
        let order = app.session().map(order).unwrap_or_default();
        let place = order.iter().position(|other| *other == item).unwrap_or(0);
        let at = |place: usize| order.get(place.min(order.len().saturating_sub(1))).map_or(0, |item| item.0);
        let last = order.len().saturating_sub(1);
        match action {
            Action::PageUp | Action::PageDown => self.page_on(app, &order, action == Action::PageDown),
            Action::Up | Action::Down if !self.is_chosen => app.show(Review::chosen(at(0))),
            Action::No | Action::Yes | Action::NotSure if !self.is_chosen => app.tell("review.choose-first"),
            Action::Up if app.viewport.scroll > 0 => app.scroll_by(-1, app.viewport.scroll),
            Action::Down if place == last => down_at_the_end(app, order.len()),
            Action::Up => app.show(Review::chosen(at(place.saturating_sub(1)))),
            Action::Down => app.show(Review::chosen(at(place + 1))),
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
    fn page_on(&self, app: &mut App, order: &[ItemIx], down: bool) -> Vec<Output> {
        let place = order.iter().position(|item| *item == self.item).unwrap_or(0);
        let last = order.len().saturating_sub(1);
        let at = |place: usize| order.get(place.min(last)).map_or(0, |item| item.0);
        let item = match app.viewport.next_page {
            _ if !down => at(place.saturating_sub(app.viewport.page)),
            // At the end, what was passed over in a very small window comes once more.
            _ if place == last => app.viewport.first_unseen(order.len()).unwrap_or(at(last)),
            // The row of the cursor alone is higher than the window.
            Some(next) if next == self.item.0 => at(place + 1),
            next => next.unwrap_or(at(last)),
        };
        app.show(Review::chosen(item))
    }

    /// A question that was not answered with no: all of it, with its answer.
    fn in_full(&self, scene: &Scene, item: ItemIx) -> Row {
        let asked = scene.protocol.checklist.item(item);
        let (text, answer) = if scene.is_wide() {
            (asked.map(|asked| asked.question.clone()), answer_text(scene, item, given(scene, item)))
        } else {
            (asked.map(|asked| asked.title.clone()), short_answer(scene, item, given(scene, item)))
        };
        if scene.form == Form::LineMode {
            return Row { cells: vec![number(item), plain(text.unwrap_or_default()), answer], ..self.row(item) };
        }
        let mut line = plain(text.unwrap_or_default()).and("   ", Tone::Plain);
        line.0.extend(answer.0);
        Row { cells: vec![number(item), line], ..self.row(item) }
    }

    /// A question that was answered with no.
    fn by_title(&self, scene: &Scene, item: ItemIx) -> Row {
        let title = scene.protocol.checklist.item(item).map(|item| item.title.clone()).unwrap_or_default();
        let mut cells = vec![number(item), plain(title)];
        if scene.form == Form::LineMode {
            // Whoever hears a row hears nothing of what stands above it.
            cells.push(answer_text(scene, item, given(scene, item)));
        }
        Row { cells, ..self.row(item) }
    }

    fn row(&self, item: ItemIx) -> Row {
        Row { cells: Vec::new(), cursor: item == self.item && self.is_chosen, seen_as: Some(item.0) }
    }
}

/// Below the last row, what was not in the window yet comes once more: the cursor may have begun further down.
fn down_at_the_end(app: &mut App, rows: usize) -> Vec<Output> {
    match app.viewport.first_unseen(rows) {
        Some(row) if app.viewport.is_at_end() => app.show(Review::chosen(row)),
        Some(_) | None => app.scroll_on(),
    }
}

fn number(item: ItemIx) -> Line {
    quiet(format!("{:>2}", item.0 + 1))
}

/// The questions in the order of their rows: what is not answered with no first.
fn order(session: &Session) -> Vec<ItemIx> {
    let is_no = |item: &ItemIx| !matches!(session.answers().given(*item), Some(Answer::Risk { .. }));
    let mut items: Vec<ItemIx> = session.protocol().checklist.iter().map(|(item, _)| item).collect();
    items.sort_by_key(is_no);
    items
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
