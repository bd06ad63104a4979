//! The checklist: one question, what it asks next, all answers once more.

use super::sheet::{CHOICE, LIST, TEXT, plain, quiet, row, strong, tick};
use super::{HeadStage, Scene, map};
use crate::content::keymap::Action;
use crate::cues::announce::capitalised;
use crate::tui::editor::Editor;
use crate::tui::view::{Line, MapSize, On, Row, Table, Tone, View, What};
use engine::protocol::words::{borrowed, clock};
use engine::protocol::{Consequence, Group, Item, ItemIx, Kind, Section, Sections, WaitKind};
use engine::safety::{Ago, Answer, Detail, Doctor, Keep, Place, Sureness, Which};
use engine::session::{Again, Session};

/// How many earlier answers stand below a question.
const SO_FAR: usize = 5;

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
fn short_answer(scene: &Scene, item: ItemIx, answer: Option<&Answer>) -> Line {
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
        Detail::Plain | Detail::Doctor(_) | Detail::Waited { .. } => answer_text(scene, item, answer),
    }
}

fn detail_text(scene: &Scene, item: ItemIx, detail: &Detail) -> String {
    match detail {
        Detail::Plain => String::new(),
        Detail::Doctor(Doctor::NotAsked) => scene.say("answer.not-asked"),
        Detail::Doctor(Doctor::SaidNo) => scene.say("answer.said-no"),
        Detail::Doctor(Doctor::AllRight) => scene.say("answer.all-right"),
        Detail::Waited { which, ago } => {
            let kinds = kinds_of(scene, item);
            let which = match which {
                Which::NotSure => scene.say("answer.which-unsure"),
                Which::These(chosen) => {
                    scene.joined(chosen.iter().filter_map(|place| kinds.get(*place)).map(|kind| kind.name.clone()))
                }
            };
            let ago = match ago {
                Ago::Days(days) => scene.fill("welcome.days-ago", &[("days", &days.to_string())]),
                Ago::NotSure => scene.say("answer.when-unsure"),
            };
            scene.joined([which, ago])
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

pub(super) fn place_text(scene: &Scene, place: Place) -> String {
    match place {
        Place::Everywhere => scene.say("answer.everywhere"),
        Place::Sections(sections) => scene.joined(sections.iter().map(|section| scene.section_bare(section))),
    }
}

fn kinds_of<'a>(scene: &Scene<'a>, item: ItemIx) -> &'a [WaitKind] {
    match scene.protocol.checklist.item(item).map(|item| &item.consequence) {
        Some(Consequence::Wait(kinds)) => kinds,
        Some(Consequence::Stop | Consequence::Ask | Consequence::Area | Consequence::Around) | None => &[],
    }
}

fn given<'a>(scene: &Scene<'a>, item: ItemIx) -> Option<&'a Answer> {
    scene.session.and_then(|session| session.answers().given(item))
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

pub(super) fn question(scene: &Scene, ix: ItemIx) -> View {
    let Some(item) = scene.protocol.checklist.item(ix) else { return review(scene, ix) };
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
        .gap_on(On::Wide)
        .table_on(On::Wide, TEXT, counter(scene, ix, item))
        .line(On::Narrow, TEXT, counter_narrow(scene, ix))
        .gap()
        .heading_text(item.title.to_uppercase())
        .line(On::All, TEXT, plain(&item.question))
        .gap()
        .table(CHOICE, choices)
        .gap()
        .line(On::All, CHOICE, answer)
        .gap();
    if ix.0 > 0 || given(scene, ix).is_some() {
        sheet = sheet.line(On::Aside, TEXT, quiet(scene.say("question.so-far"))).table_on(
            On::Aside,
            TEXT,
            so_far(scene, ix),
        );
    }
    if let Some(before) = ix.0.checked_sub(1).map(ItemIx) {
        let places =
            [("title", item_title(scene, before)), ("answer", answer_text(scene, before, given(scene, before)).text())];
        let places = borrowed(&places);
        sheet = sheet.line(On::Narrow, TEXT, quiet(scene.fill("question.before", &places)));
    }
    scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
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

fn answer_word(scene: &Scene, sureness: Sureness) -> String {
    scene.say(match sureness {
        Sureness::Yes => "yes",
        Sureness::NotSure => "not-sure",
    })
}

/// "ECZEMA: yes".
fn titled(scene: &Scene, item: ItemIx, sureness: Sureness) -> String {
    format!("{}: {}", item_title(scene, item).to_uppercase(), answer_word(scene, sureness))
}

pub(super) fn doctor(scene: &Scene, item: ItemIx, sureness: Sureness) -> View {
    let choices = Doctor::ALL.into_iter().zip(1..).map(|(said, key)| {
        let word = match said {
            Doctor::NotAsked => "doctor.not-asked",
            Doctor::SaidNo => "doctor.said-no",
            Doctor::AllRight => "doctor.all-right",
        };
        row([strong(key.to_string()), plain(scene.say(word))])
    });
    let sheet = scene
        .sheet()
        .gap()
        .heading_text(titled(scene, item, sureness))
        .text("doctor.ask", &[])
        .gap()
        .table(CHOICE, choices.collect())
        .gap()
        .nothing_chosen()
        .gap()
        .quiet(scene.kept_or("doctor.note", "doctor.note-unkept"), &[]);
    scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
}

pub(super) fn place(scene: &Scene, item: ItemIx, sureness: Sureness, chosen: Sections) -> View {
    let around = scene.protocol.checklist.item(item).is_some_and(|item| item.consequence == Consequence::Around);
    let here = scene.say(if around { "where.here" } else { "where.skip" });
    let face = map::face(scene, MapSize::Small, |section| {
        if chosen.contains(section) { (here.clone(), Tone::Alert, false) } else { (String::new(), Tone::Plain, false) }
    });
    let rows = Section::ALL
        .into_iter()
        .map(|section| {
            row([
                tick(chosen.contains(section)),
                strong(section.number().to_string()),
                plain(scene.section_name(section)),
            ])
        })
        .collect();
    let all = vec![row([scene.key_of(Action::Everywhere), plain(scene.say("where.everywhere"))])];
    let sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .map(On::Wide, face)
        .heading_text(titled(scene, item, sureness))
        .both("where.ask", &[])
        .gap()
        .table(LIST, rows)
        .gap()
        .table(LIST, all)
        .gap()
        .quiet(if around { "where.around" } else { "where.area" }, &[]);
    scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |action| {
        action != Action::Keep || !chosen.is_empty()
    })
}

pub(super) fn around(scene: &Scene, item: ItemIx, sureness: Sureness, place: Place) -> View {
    let choices =
        [(Action::Skip, scene.say("around.choice-skip")), (Action::GoRound, scene.say("around.choice-round"))];
    let names = scene.joined(place.sections().iter().map(|section| scene.section_name(section)));
    let sheet = scene
        .sheet()
        .gap()
        .heading_text(titled(scene, item, sureness))
        .text("around.ask", &[("where", &capitalised(&names))])
        .gap()
        .choices(&choices)
        .gap()
        .nothing_chosen()
        .gap()
        .quiet("around.note", &[]);
    scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
}

pub(super) fn which(scene: &Scene, item: ItemIx, sureness: Sureness, chosen: &[usize]) -> View {
    let kinds = kinds_of(scene, item);
    let rows = kinds.iter().enumerate().map(|(place, kind)| {
        let days = scene.fill("which.days", &[("days", &kind.days.to_string())]);
        row([tick(chosen.contains(&place)), strong((place + 1).to_string()), plain(&kind.name), quiet(days)])
    });
    let sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .heading_text(titled(scene, item, sureness))
        .text("which.ask", &[])
        .gap()
        .table(LIST, rows.collect())
        .gap()
        .table(LIST, vec![row([scene.key_of(Action::NotSure), plain(scene.say("which.unsure"))])]);
    let live = |action| action != Action::Keep || !chosen.is_empty();
    scene.numbered(scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, live), kinds.len())
}

pub(super) fn ago(scene: &Scene, item: ItemIx, sureness: Sureness, which: &Which, editor: &Editor) -> View {
    let several = matches!(which, Which::NotSure) || matches!(which, Which::These(chosen) if chosen.len() > 1);
    let sheet = scene
        .sheet()
        .gap()
        .heading_text(titled(scene, item, sureness))
        .text(if several { "ago.ask-several" } else { "ago.ask" }, &[])
        .gap()
        .field("ago.field", editor)
        .gap()
        .quiet("ago.note", &[]);
    scene.page(scene.steps(HeadStage::Check), scene.soak_status(), sheet, |_| true)
}

pub(super) fn review(scene: &Scene, cursor: ItemIx) -> View {
    let table = |short: bool| {
        let rows = scene.protocol.checklist.iter().map(|(ix, item)| Row {
            cells: vec![
                quiet(format!("{:>2}", ix.0 + 1)),
                plain(&item.title),
                if short {
                    short_answer(scene, ix, given(scene, ix))
                } else {
                    answer_text(scene, ix, given(scene, ix))
                },
            ],
            cursor: ix == cursor && scene.line_chosen,
            seen_as: Some(ix.0),
        });
        What::Table(Table { indent: TEXT, rows: rows.collect(), two_up: true })
    };
    let mut sheet = scene.sheet().gap_on(On::Wide);
    sheet = match scene.session.and_then(Session::again) {
        Some(Again::Stale) => sheet.text("review.again-stale", &[]),
        Some(Again::Clocks) => sheet.text("review.again-clocks", &[]),
        Some(Again::OtherProtocol) => sheet.text("review.again-protocol", &[]),
        Some(Again::OldAnswers) => sheet.text("review.again-old", &[]),
        None => sheet,
    };
    sheet =
        sheet.wide("review.title", &[]).gap_on(On::Wide).put(On::Wide, table(false)).put(On::Narrow, table(true)).gap();
    let opens = scene.session.and_then(Session::confirm_opens).filter(|opens| *opens > scene.now.moment);
    if let Some(opens) = opens {
        let took = clock(scene.session.and_then(Session::answering_took).unwrap_or_default());
        let count = scene.protocol.checklist.items.len().to_string();
        let left = clock(opens.since(scene.now.moment));
        sheet =
            sheet.text("review.fast", &[("n", &count), ("took", &took)]).text("review.opens-in", &[("left", &left)]);
    } else if scene.review_read {
        sheet = sheet.text("review.open", &[]);
    } else {
        sheet = sheet.both("review.read-all", &[]);
    }
    let head = scene.steps_titled(HeadStage::Check, &scene.say("review.title-narrow"), Tone::Current);
    let confirmable =
        opens.is_none() && scene.review_read && scene.session.is_some_and(|session| session.answers().complete());
    let mut view = scene.page(head, scene.soak_status(), sheet, |action| match action {
        Action::Confirm => confirmable,
        Action::PageDown => scene.scrolls,
        _ => true,
    });
    if scene.protocol.kind == Kind::Check {
        view.line = scene.say("review.title-narrow");
    }
    view
}
