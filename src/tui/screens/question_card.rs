//! The checklist: several questions on one screen, for a person who knows them.

use super::answer::{Asked, after_answer, answer_text, give, given};
use super::question::{ask_next, stops_line, verdict_now};
use super::sheet::{CHOICE, TEXT, plain, quiet, row, strong};
use super::{Action, App, Component, Facts, HeadStage, Now, Output, Pressed, Scene, Screen, ScreenName, View, Why};
use crate::tui::app::debounce::{BURST, ECHO};
use crate::tui::view::{Foot, Form, Line, Means, Row, Tone};
use engine::protocol::words::clock;
use engine::protocol::{Card, ItemIx};
use engine::safety::{Answer, Sureness};
use engine::session::Session;
use engine::timeline::Moment;

/// A card of the checklist.
#[derive(Debug, Clone)]
pub struct QuestionCard {
    card: Card,
    /// The line that was picked by its number.
    picked: Option<ItemIx>,
    /// When no to the rest was asked for too early. A key that is held down comes once more soon after.
    too_early: Option<Moment>,
}

impl QuestionCard {
    pub(in crate::tui) fn new(card: Card) -> QuestionCard {
        QuestionCard { card, picked: None, too_early: None }
    }

    pub(in crate::tui) fn card(&self) -> Card {
        self.card
    }
}

impl Component for QuestionCard {
    fn facts(&self, _: &App) -> Facts {
        Facts { about: self.card.number(), must_be_read: true, ..Facts::of(ScreenName::Card) }
    }

    fn page(&self, scene: &Scene) -> View {
        let first = self.card.items().next().unwrap_or(ItemIx(0));
        // Elsewhere there are no cards; what is drawn before the screen changes is a question.
        if !matches!(scene.form, Form::Full | Form::OneLine) {
            return super::Question(first).page(scene);
        }
        let checklist = &scene.protocol.checklist;
        let title = checklist.item(first).map(|item| item.card.clone()).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| scene.say("card.own"));
        let all = checklist.cards().count().to_string();
        let place = scene.fill("card.count", &[("n", &(self.card.number() + 1).to_string()), ("all", &all)]);
        let sheet = scene
            .sheet()
            .line(TEXT, strong(title).and(format!("   {place}"), Tone::Quiet))
            .gap()
            .table(TEXT, self.lines(scene))
            .gap();
        let open = self.open(scene.session);
        let sheet = match self.picked {
            Some(item) => self.picked_choices(scene, sheet, item),
            None if open == 0 => sheet.text("card.answered", &[]),
            None => self.rest(scene, sheet, open),
        };
        let sheet = stops_line(scene, sheet);
        let opens = self.opens_in(scene.session, scene.now.moment);
        let stops = scene.session.is_some_and(|session| session.stops_already().is_some());
        let view = scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |action| match action {
            Action::No => self.picked.is_none() && open > 0 && opens.is_some_and(|left| left.is_zero()),
            Action::Yes | Action::NotSure | Action::Back => self.picked.is_some(),
            Action::Choose => self.picked.is_none(),
            Action::VerdictNow => stops,
            _ => true,
        });
        let mut view = scene.numbered(view, self.card.items().len());
        if let Foot::Keys(hints) = &mut view.foot {
            hints.retain(|hint| hint.live || hint.action == Action::No && self.picked.is_none());
        }
        view
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let Pressed { action, now, .. } = pressed;
        let sure = |sureness| self.picked.map(|item| Asked { item, sureness });
        match action {
            Action::Choose => match pressed.place().and_then(|place| self.card.items().nth(place)) {
                Some(item) => app.show(QuestionCard { picked: Some(item), ..self.clone() }),
                None => Vec::new(),
            },
            Action::Yes | Action::NotSure => {
                let sureness = if action == Action::Yes { Sureness::Yes } else { Sureness::NotSure };
                match sure(sureness) {
                    Some(asked) => ask_next(app, asked, now),
                    None => app.tell("card.pick-first"),
                }
            }
            Action::No => self.no(app, now),
            Action::Back if self.picked.is_some() => app.show(QuestionCard { picked: None, ..self.clone() }),
            Action::Up => self.turn(app, false),
            Action::Down => self.turn(app, true),
            Action::VerdictNow => verdict_now(app, now),
            Action::Leave | Action::Back => app.ask_to_leave(),
            _ => Vec::new(),
        }
    }

    fn moves(&self, action: Action) -> bool {
        matches!(action, Action::Up | Action::Down)
    }

    fn counts_down(&self, session: &Session) -> Option<Moment> {
        session.rest_opens()
    }

    fn help(&self) -> Screen {
        self.picked.map_or_else(|| super::Help.into(), |item| Why(item).into())
    }
}

impl QuestionCard {
    /// How many of its questions have no answer.
    fn open(&self, session: Option<&Session>) -> usize {
        let answers = session.map(Session::answers);
        self.card.items().filter(|item| answers.is_none_or(|answers| answers.given(*item).is_none())).count()
    }

    /// How long until the rest may be answered; None while not all of it is in sight.
    fn opens_in(&self, session: Option<&Session>, now: Moment) -> Option<core::time::Duration> {
        session?.rest_opens().map(|opens| opens.since(now))
    }

    /// Every question in full. The one that is to be read now stands out, those after it are quiet.
    fn lines(&self, scene: &Scene) -> Vec<Row> {
        let read = scene.session.map_or(0, |session| session.lines_read(self.card, scene.now.moment));
        let line = |(place, item): (usize, ItemIx)| {
            let question = scene.protocol.checklist.item(item).map(|item| item.question.clone()).unwrap_or_default();
            let answer = given(scene, item);
            let is_picked = self.picked == Some(item);
            let tone = match place {
                _ if is_picked => Tone::Current,
                place if place < read => Tone::Plain,
                place if place == read => Tone::Strong,
                _ => Tone::Quiet,
            };
            let mut text = Line::toned(question, tone);
            if answer.is_some() {
                text = text.and("   ", Tone::Plain);
                text.0.extend(answer_text(scene, item, answer).0);
            }
            let mark = if is_picked || place == read && self.picked.is_none() { ">" } else { " " };
            let number = (place + 1).to_string();
            let number = if place <= read { strong(number) } else { quiet(number) };
            Row { cells: vec![plain(mark), number, text], cursor: false, seen_as: Some(item.0) }
        };
        self.card.items().enumerate().map(line).collect()
    }

    /// What one key answers, and what a number does.
    fn rest<'a>(&self, scene: &Scene, sheet: super::Sheet<'a>, open: usize) -> super::Sheet<'a> {
        let all = self.card.items().len();
        let word = match open {
            1 => "card.rest-one",
            open if open == all => "card.rest-all",
            _ => "card.rest",
        };
        let state = match self.opens_in(scene.session, scene.now.moment) {
            Some(left) if left.is_zero() => strong(scene.say("card.open")),
            Some(left) => quiet(scene.fill("card.opens-in", &[("left", &clock(left))])),
            None => Line::default(),
        };
        let numbers = Line::meaning(format!("1-{all}"), Tone::Strong, Means::Key(Action::Choose));
        sheet.text("card.read", &[]).table(
            CHOICE,
            vec![
                row([scene.key_of(Action::No), plain(scene.fill(word, &[("n", &open.to_string())])), state]),
                row([numbers, plain(scene.say("card.pick")), Line::default()]),
            ],
        )
    }

    fn picked_choices<'a>(&self, scene: &Scene, sheet: super::Sheet<'a>, item: ItemIx) -> super::Sheet<'a> {
        let place = self.card.items().position(|other| other == item).unwrap_or(0) + 1;
        let mut rows = vec![
            row([scene.key_of(Action::Yes), plain(scene.say("yes")), Line::default()]),
            row([scene.key_of(Action::NotSure), plain(scene.say("not-sure")), quiet(scene.say("as-yes"))]),
        ];
        if given(scene, item).is_some() {
            rows.push(row([scene.key_of(Action::No), plain(scene.say("no")), Line::default()]));
        } else {
            rows.push(row([scene.key_of(Action::Back), plain(scene.say("card.unpick")), Line::default()]));
        }
        sheet.text("card.picked", &[("n", &place.to_string())]).table(CHOICE, rows)
    }

    /// No to the rest, or to a line that has an answer already.
    fn no(&self, app: &mut App, now: Now) -> Vec<Output> {
        if let Some(item) = self.picked {
            let is_answered = app.session().is_some_and(|session| session.answers().given(item).is_some());
            return if is_answered { give(app, item, Answer::No, now) } else { app.tell("card.picked-no") };
        }
        if self.open(app.session()) == 0 {
            return self.turn(app, true);
        }
        let local = app.running_session.as_ref().map(|running| running.local(now).moment).unwrap_or_default();
        let left = self.opens_in(app.session(), local.minus(BURST));
        let is_echo = self.too_early.is_some_and(|early| local.since(early) < ECHO);
        if !is_echo && left.is_some_and(|left| left.is_zero()) {
            let outputs = app.no_to_the_rest(now);
            let last = self.card.items().next_back().unwrap_or(ItemIx(0));
            app.screen = after_answer(app, last, false);
            return outputs;
        }
        let left = clock(left.unwrap_or_default());
        app.notice = match is_echo && left == clock(core::time::Duration::ZERO) {
            true => app.words.say("card.again"),
            false => app.words.fill("card.too-early", &[("left", &left)]),
        }
        .into();
        app.show(QuestionCard { too_early: if is_echo { self.too_early } else { Some(local) }, ..self.clone() })
    }

    /// To the card before or after.
    fn turn(&self, app: &mut App, on: bool) -> Vec<Output> {
        let Some(session) = app.session() else { return Vec::new() };
        let next = if on {
            if self.open(Some(session)) > 0 {
                return app.tell("card.no-answer");
            }
            self.card.items().next_back().map(|last| ItemIx(last.0 + 1))
        } else {
            self.card.items().next().and_then(|first| first.0.checked_sub(1)).map(ItemIx)
        };
        match next {
            Some(item) if session.protocol().checklist.item(item).is_some() => {
                let screen = app.asking(item);
                app.show(screen)
            }
            Some(_) => {
                let screen = after_answer(app, ItemIx(0), false);
                app.show(screen)
            }
            None => Vec::new(),
        }
    }
}
