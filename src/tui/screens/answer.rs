//! Answers to the questions of the checklist: in words, and how one is given.

use super::sheet::{plain, strong};
use super::{Review, Scene, Screen};
use crate::tui::app::{App, Output};
use crate::tui::view::{Line, Tone};
use engine::protocol::{Consequence, ItemIx, Protocol, WaitKind};
use engine::safety::{Ago, Answer, Detail, Doctor, Keep, Place, Sureness, Which};
use engine::session::Event;
use engine::timeline::Now;

/// A question that was answered with yes or with not sure, and needs to know more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) item: ItemIx,
    pub(super) sureness: Sureness,
}

impl Asked {
    /// The answer with `detail`, which is all that was missing.
    pub(super) fn give(self, app: &mut App, detail: Detail, now: Now) -> Vec<Output> {
        give(app, self.item, Answer::Risk { sureness: self.sureness, detail }, now)
    }

    /// Back to where it was asked: with every answer given, a line of the review.
    pub(super) fn back(self, app: &mut App) -> Vec<Output> {
        let complete = app.session().is_some_and(|session| session.answers().complete());
        let screen = if complete { Screen::from(Review::new(self.item)) } else { app.asking(self.item) };
        app.show(screen)
    }

    /// "ECZEMA: yes".
    pub(super) fn titled(self, scene: &Scene) -> String {
        let answer = scene.say(match self.sureness {
            Sureness::Yes => "yes",
            Sureness::NotSure => "not-sure",
        });
        format!("{}: {answer}", item_title(scene, self.item).to_uppercase())
    }
}

/// Gives `answer`, and goes on to the next question without one, or to the review: to its top, or back to the line that was
/// changed there.
pub(super) fn give(app: &mut App, item: ItemIx, answer: Answer, now: Now) -> Vec<Output> {
    let is_change = app.session().is_some_and(|session| session.answers().complete());
    let outputs = app.send(Event::Answered { item, answer }, now);
    app.screen = after_answer(app, item, is_change);
    outputs
}

/// What comes after an answer to `item`: the next question without one, the rest of its own card before any other; or the
/// review, on the line that was changed there.
pub(super) fn after_answer(app: &App, item: ItemIx, is_change: bool) -> Screen {
    let from = app.card_of(item).and_then(|card| card.items().next()).unwrap_or(item);
    match app.session().and_then(|session| session.answers().next_open(from)) {
        Some(open) => app.asking(open),
        None if is_change => Review::chosen(item.0).into(),
        None => Review::new(ItemIx(0)).into(),
    }
}

pub(super) fn item_title(scene: &Scene, item: ItemIx) -> String {
    scene.protocol.checklist.item(item).map(|item| item.title.clone()).unwrap_or_default()
}

/// An answer in a word or two, with what goes with it.
pub(super) fn answer_text(scene: &Scene, item: ItemIx, answer: Option<&Answer>) -> Line {
    match answer {
        None => scene.unanswered(),
        Some(Answer::No) => plain(scene.say("no")),
        Some(Answer::Risk { sureness, detail }) => {
            let line = strong(scene.say(match sureness {
                Sureness::Yes => "yes-loud",
                Sureness::NotSure => "not-sure-loud",
            }));
            let about = detail_text(scene, item, detail);
            if about.is_empty() { line } else { line.and(format!("  {about}"), Tone::Plain) }
        }
    }
}

/// An answer for a narrow window: sections by their short names.
pub(super) fn short_answer(scene: &Scene, item: ItemIx, answer: Option<&Answer>) -> Line {
    let Some(Answer::Risk { sureness, detail }) = answer else { return answer_text(scene, item, answer) };
    let word = strong(scene.say(match sureness {
        Sureness::Yes => "yes-loud",
        Sureness::NotSure => "not-sure-loud",
    }));
    let shorts = |place: &Place| match place {
        Place::Everywhere => scene.say("answer.everywhere"),
        Place::Sections(sections) => {
            let shorts = sections.iter().map(|section| scene.protocol.sections[section].short.clone());
            shorts.collect::<Vec<_>>().join(" ")
        }
    };
    match detail {
        Detail::Where(place) => word.and(format!(" {}", shorts(place)), Tone::Plain),
        Detail::Around { place, keep: Keep::Skip } => word.and(format!(" {}", shorts(place)), Tone::Plain),
        Detail::Around { place, keep: Keep::GoRound } => {
            word.and(format!(" {} {}", shorts(place), scene.say("answer.round")), Tone::Plain)
        }
        Detail::Plain | Detail::Doctor(_) | Detail::Waited { .. } | Detail::WaitedEach(_) => {
            answer_text(scene, item, answer)
        }
    }
}

fn detail_text(scene: &Scene, item: ItemIx, detail: &Detail) -> String {
    match detail {
        Detail::Plain => String::new(),
        Detail::Doctor(Doctor::NotAsked) => scene.say("answer.not-asked"),
        Detail::Doctor(Doctor::SaidNo) => scene.say("answer.said-no"),
        Detail::Doctor(Doctor::AllRight) => scene.say("answer.all-right"),
        Detail::Waited { which, ago } => {
            let kinds = kinds_of(scene.protocol, item);
            let which = match which {
                Which::NotSure => scene.say("answer.which-unsure"),
                Which::These(chosen) => {
                    scene.joined(chosen.iter().filter_map(|place| kinds.get(*place)).map(|kind| kind.name.clone()))
                }
            };
            scene.joined([which, ago_text(scene, *ago)])
        }
        Detail::WaitedEach(each) => {
            let kinds = kinds_of(scene.protocol, item);
            let named = each.iter().filter_map(|(place, ago)| kinds.get(*place).zip(Some(*ago)));
            scene.joined(named.map(|(kind, ago)| format!("{} {}", kind.name, ago_text(scene, ago))))
        }
        Detail::Where(place) => place_text(scene, *place),
        Detail::Around { place, keep } => {
            let keep = scene.say(match keep {
                Keep::Skip => "answer.skip",
                Keep::GoRound => "answer.round",
            });
            scene.joined([place_text(scene, *place), keep])
        }
    }
}

fn ago_text(scene: &Scene, ago: Ago) -> String {
    match ago {
        Ago::Days(days) => super::welcome::ago(scene, days.into()),
        Ago::NotSure => scene.say("answer.when-unsure"),
    }
}

pub(super) fn place_text(scene: &Scene, place: Place) -> String {
    match place {
        Place::Everywhere => scene.say("answer.everywhere"),
        Place::Sections(sections) => scene.joined(sections.iter().map(|section| scene.section_bare(section))),
    }
}

/// What the question `item` waits after.
pub(super) fn kinds_of(protocol: &Protocol, item: ItemIx) -> &[WaitKind] {
    match protocol.checklist.item(item).map(|item| &item.consequence) {
        Some(Consequence::Wait(kinds)) => kinds,
        Some(Consequence::Stop | Consequence::Ask | Consequence::Area | Consequence::Around) | None => &[],
    }
}

pub(super) fn given<'a>(scene: &Scene<'a>, item: ItemIx) -> Option<&'a Answer> {
    scene.session.and_then(|session| session.answers().given(item))
}
