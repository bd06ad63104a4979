//! The checklist: one question.

use super::answer::{Asked, answer_text, give, given, item_title};
use super::sheet::{CHOICE, TEXT, plain, quiet, row};
use super::{
    Action, Ago, App, Component, Doctor, Facts, HeadStage, Now, Output, Pressed, Review, Scene, Screen, ScreenName,
    Sheet, View, Where, Which, Why,
};
use crate::tui::view::{Form, Line, Row, Tone};
use engine::protocol::words::borrowed;
use engine::protocol::{Consequence, Group, Item, ItemIx, Sections};
use engine::safety::{self, Answer, Detail, Sureness};
use engine::session::{Event, Session};

/// How many earlier answers stand below a question.
const SO_FAR: usize = 5;

#[derive(Debug, Clone)]
pub struct Question(pub ItemIx);

impl Component for Question {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.0.0, must_be_read: true, ..Facts::of(ScreenName::Question) }
    }

    fn page(&self, scene: &Scene) -> View {
        let ix = self.0;
        let Some(item) = scene.protocol.checklist.item(ix) else { return Review::new(ix).page(scene) };
        let then = match item.consequence {
            Consequence::Stop => String::new(),
            Consequence::Ask => scene.say("question.then-ask"),
            Consequence::Wait(_) => scene.say("question.then-wait"),
            Consequence::Area | Consequence::Around => scene.say("question.then-where"),
        };
        let choices = vec![
            row([scene.key_of(Action::Yes), plain(scene.say("yes")), quiet(then)]),
            row([scene.key_of(Action::No), plain(scene.say("no")), Line::default()]),
            row([scene.key_of(Action::NotSure), plain(scene.say("not-sure")), quiet(scene.say("as-yes"))]),
        ];
        let answer = match given(scene, ix) {
            None => quiet(scene.say("nothing-chosen")),
            Some(_) => {
                let answer = answer_text(scene, ix, given(scene, ix)).text();
                plain(scene.fill("question.chosen", &[("answer", &answer)]))
            }
        };
        let mut sheet = scene
            .sheet()
            .wide_gap()
            .when_wide(|sheet| sheet.table(TEXT, counter(scene, ix, item)))
            .when_narrow(|sheet| sheet.line(TEXT, counter_narrow(scene, ix)))
            .gap()
            .heading_text(item.title.to_uppercase())
            .line(TEXT, plain(&item.question))
            .gap()
            .table(CHOICE, choices)
            .gap()
            .line(CHOICE, answer)
            .gap();
        sheet = stops_line(scene, sheet);
        let before = ix.0.checked_sub(1).map(ItemIx);
        match (scene.form, before) {
            // To be glanced at; in plain lines they were said already.
            (Form::LineMode, _) => {}
            (Form::Full, before) => {
                if before.is_some() || given(scene, ix).is_some() {
                    sheet = sheet.line(TEXT, quiet(scene.say("question.so-far"))).table(TEXT, so_far(scene, ix));
                }
            }
            (Form::OneLine | Form::Tiny | Form::Compact, Some(before)) => {
                let answer = answer_text(scene, before, given(scene, before)).text();
                let places = [("title", item_title(scene, before)), ("answer", answer)];
                sheet = sheet.line(TEXT, quiet(scene.fill("question.before", &borrowed(&places))));
            }
            (Form::OneLine | Form::Tiny | Form::Compact, None) => {}
        }
        let stops = scene.session.is_some_and(|session| session.stops_already().is_some());
        let live = |action| action != Action::VerdictNow || stops;
        let mut view = scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, live);
        view.foot.leave_out_dead();
        view
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let item = self.0;
        match action {
            Action::No => give(app, item, Answer::No, now),
            Action::Yes => ask_next(app, Asked { item, sureness: Sureness::Yes }, now),
            Action::NotSure => ask_next(app, Asked { item, sureness: Sureness::NotSure }, now),
            Action::Up if app.viewport.scroll > 0 => app.scroll_by(-1, 1),
            Action::Down if app.viewport.scroll < app.viewport.max_scroll => app.scroll_by(1, 1),
            Action::Up => app.show(Question(ItemIx(item.0.saturating_sub(1)))),
            Action::Down => self.move_on(app),
            Action::VerdictNow => verdict_now(app, now),
            Action::Leave => app.ask_to_leave(),
            _ => Vec::new(),
        }
    }

    fn moves(&self, action: Action) -> bool {
        matches!(action, Action::Up | Action::Down)
    }

    fn help(&self) -> Screen {
        Why(self.0).into()
    }
}

impl Question {
    /// Down goes as far as the first question without an answer, and from the last one to the review.
    fn move_on(&self, app: &mut App) -> Vec<Output> {
        let Some(session) = app.session() else { return Vec::new() };
        let next = ItemIx(self.0.0 + 1);
        if session.answers().given(self.0).is_none() {
            app.notice = app.words.fill("question.no-answer", &[("n", &next.0.to_string())]).into();
            return Vec::new();
        }
        let is_last = session.protocol().checklist.item(next).is_none();
        let next = if is_last { first_open(session) } else { Question(next).into() };
        app.show(next)
    }
}

/// The question to go on with: the first one without an answer, or the review when there is none.
pub(super) fn first_open(session: &Session) -> Screen {
    match session.answers().next_open(ItemIx(0)) {
        Some(open) => Question(open).into(),
        None => Review::new(ItemIx(0)).into(),
    }
}

/// To the verdict of an answer that stops by itself, with questions left.
pub(super) fn verdict_now(app: &mut App, now: Now) -> Vec<Output> {
    match app.session().and_then(Session::stops_already) {
        Some(verdict) => app.send(Event::confirmation(&verdict), now),
        None => app.tell("question.nothing-stops"),
    }
}

/// That an answer stops by itself, with questions left.
pub(super) fn stops_line<'a>(scene: &Scene, sheet: Sheet<'a>) -> Sheet<'a> {
    if scene.session.is_some_and(|session| session.stops_already().is_some()) {
        sheet.both("question.stops", &[])
    } else {
        sheet
    }
}

/// A yes or a not sure leads to what its question needs to know; the answer is given when that is known too.
pub(super) fn ask_next(app: &mut App, asked: Asked, now: Now) -> Vec<Output> {
    let item = app.session().and_then(|session| session.protocol().checklist.item(asked.item));
    match item.map(|item| &item.consequence) {
        Some(Consequence::Stop) => asked.give(app, Detail::Plain, now),
        Some(Consequence::Ask) => app.show(Doctor(asked)),
        Some(Consequence::Area | Consequence::Around) => app.show(Where { asked, chosen: Sections::NONE }),
        Some(Consequence::Wait(kinds)) if kinds.len() == 1 => app.show(Ago::new(asked, safety::Which::These(vec![0]))),
        Some(Consequence::Wait(_)) => app.show(Which { asked, chosen: Vec::new() }),
        None => Vec::new(),
    }
}

/// "Question 16 of 24   on your skin, 1 of 9    answered 15, left 9".
fn counter(scene: &Scene, ix: ItemIx, item: &Item) -> Vec<Row> {
    let items = &scene.protocol.checklist.items;
    let same_group = |other: &&Item| other.group == item.group;
    let place = items.iter().take(ix.0 + 1).filter(same_group).count().to_string();
    let of_group = items.iter().filter(same_group).count().to_string();
    let done = scene.session.map_or(0, |session| session.answers().count());
    let group = scene.fill(
        match item.group {
            Group::General => "question.group-general",
            Group::Skin => "question.group-skin",
        },
        &[("n", &place), ("all", &of_group)],
    );
    let count = scene.fill("question.count", &[("n", &(ix.0 + 1).to_string()), ("all", &items.len().to_string())]);
    let left = (items.len() - done.min(items.len())).to_string();
    let answered = scene.fill("question.answered", &[("done", &done.to_string()), ("left", &left)]);
    let group = if item.own { scene.joined([group, scene.say("question.own")]) } else { group };
    vec![row([plain(count), quiet(group), quiet(answered)])]
}

fn counter_narrow(scene: &Scene, ix: ItemIx) -> Line {
    let all = scene.protocol.checklist.items.len();
    let done = scene.session.map_or(0, |session| session.answers().count());
    let count = scene.fill("question.count", &[("n", &(ix.0 + 1).to_string()), ("all", &all.to_string())]);
    let left = scene.fill("question.answered-narrow", &[("left", &all.saturating_sub(done).to_string())]);
    plain(count).and(format!("   {left}"), Tone::Quiet)
}

fn so_far(scene: &Scene, ix: ItemIx) -> Vec<Row> {
    let first = ix.0.saturating_sub(SO_FAR);
    (first..=ix.0)
        .map(ItemIx)
        .map(|other| Row {
            cells: vec![
                // No cursor: it would hold the end of the page in sight, and the question is to be read from its top.
                plain(if other == ix { ">" } else { " " }).and(format!("{:>3}", other.0 + 1), Tone::Quiet),
                plain(item_title(scene, other)),
                answer_text(scene, other, given(scene, other)),
            ],
            cursor: false,
            seen_as: None,
        })
        .collect()
}
