//! After the rolling: closing questions, summary, note.

use super::dates::day_words;
use super::hands_free::share;
use super::sheet::{LIST, Sheet, TEXT, plain, quiet, row, strong};
use super::wash::rolled_names;
use super::{HeadStage, Scene, map};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::view::{Fit, Line, MapSize, Means, On, Row, Tone, View, What};
use engine::protocol::Section;
use engine::protocol::words::{borrowed, clock};
use engine::session::closing::FELT;
use engine::session::{Outcome, Said, SectionEnd, Session, Stage, Summary};

fn saved(scene: &Scene) -> Fit {
    let Some(session) = scene.session else { return Fit::default() };
    if !session.is_kept() {
        return scene.status(scene.say("free.not-kept"));
    }
    let Some(summary) = session.summary() else { return Fit::default() };
    scene.status(scene.fill("free.saved", &[("time", &summary.closed.time_of_day())]))
}

pub(super) fn after(scene: &Scene, question: usize) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let said = |place: usize| match session.signed_out().get(place).copied().flatten() {
        None => scene.unanswered(),
        Some(Said::Yes) => strong(scene.say("yes")),
        Some(Said::No) => strong(scene.say("no")),
        Some(Said::NotSure) => strong(scene.say("not-sure")),
    };
    let rows = |narrow: bool| {
        let items = scene.protocol.sign_out.iter().enumerate();
        let rows = items.map(|(place, item)| {
            let keys = quiet(scene.say(if item.may_be_unsure { "after.or-unsure" } else { "after.or" }));
            let text = if narrow { &item.short } else { &item.question };
            Row {
                cells: vec![strong((place + 1).to_string()), plain(text), keys, said(place)],
                cursor: place == question,
                seen_as: None,
            }
        });
        rows.collect::<Vec<_>>()
    };
    let over = match (session.is_kept(), session.anything_rolled()) {
        (false, _) => "after.over-rehearsal",
        (true, true) => "after.over",
        (true, false) => "after.over-nothing",
    };
    let mut sheet = serum(scene, session, scene.sheet().gap_on(On::Wide)).text(over, &[]);
    if session.left_saline_out() {
        sheet = sheet.text("after.no-saline", &[]);
    }
    if let Some(roller) = session.roller().filter(|_| session.roller_is_retired() && session.is_kept()) {
        sheet = sheet.text("after.retired", &[("name", &roller.name)]);
    }
    sheet = sheet
        .gap()
        .wide("after.close", &[])
        .gap_on(On::Wide)
        .table_on(On::Wide, LIST, rows(false))
        .table_on(On::Narrow, TEXT, rows(true))
        .gap();
    let offers_serum = session.serum_may_be_wanted() && !scene.serum_given;
    if offers_serum {
        let time = clock(scene.protocol.times.serum);
        sheet = sheet.text("after.serum-offer", &[("time", &time)]).gap();
    }
    let care = scene.protocol.aftercare.iter();
    let care = care.map(|care| row([quiet(&care.span), plain(&care.text)])).collect();
    if session.anything_rolled() {
        let doctor = see_a_doctor(scene, session);
        // Where not everything fits, this comes first.
        sheet = sheet.line(On::Narrow, TEXT, doctor.clone()).gap_on(On::Narrow);
        sheet = sheet.table(TEXT, care).gap_on(On::Wide).line(On::Wide, TEXT, doctor);
    }
    let mut status = saved(scene);
    if let Stage::After { serum: Some(running) } = session.stage() {
        let left = clock(running.left(scene.now.moment));
        status = Fit::same(strong(scene.fill("after.serum-running", &[("left", &left)])));
    }
    let unsure = scene.protocol.sign_out.get(question).is_some_and(|item| item.may_be_unsure);
    scene.page(scene.steps(HeadStage::After), status, sheet, |action| match action {
        Action::Serum => offers_serum,
        Action::NotSure => unsure,
        _ => true,
    })
}

/// Serum that was asked for after a stop, as large as it is before the record is saved.
fn serum<'a>(scene: &Scene, session: &Session, sheet: Sheet<'a>) -> Sheet<'a> {
    let Stage::After { serum: Some(running) } = session.stage() else { return sheet };
    let digits = clock(running.left(scene.now.moment));
    let what = scene.fill("after.serum-where", &[("sections", &rolled_names(scene, session))]);
    sheet
        .put(On::All, What::Digits { text: digits, large: false, beside: Vec::new() })
        .gap()
        .line(On::All, TEXT, strong(what))
        .gap()
}

/// It stands out once blood, welts or pain were answered with yes, or with not sure.
fn see_a_doctor(scene: &Scene, session: &Session) -> Line {
    let mut items = scene.protocol.sign_out.iter().zip(session.signed_out());
    let is_meant = items.any(|(item, said)| item.no_serum && matches!(said, Some(Said::Yes | Said::NotSure)));
    let tone = if is_meant { Tone::Strong } else { Tone::Plain };
    Line::toned(&scene.protocol.see_a_doctor, tone)
}

fn end_text(scene: &Scene, summary: &Summary, section: Section) -> Line {
    let this = &summary.sections[section];
    let titles = |items: &[engine::protocol::ItemIx]| {
        scene.joined(items.iter().map(|item| super::list::item_title(scene, *item)))
    };
    let word = match this.end {
        SectionEnd::Done => "summary.end-done",
        SectionEnd::Enough => "summary.end-enough",
        SectionEnd::LeftOut => "summary.end-left-out",
        SectionEnd::Skipped => "summary.end-skip",
        SectionEnd::Stopped => "summary.end-stopped",
        SectionEnd::NotReached => "summary.end-not-reached",
    };
    let line = plain(scene.say(word));
    if !this.skip.is_empty() && this.end == SectionEnd::Skipped {
        line.and(format!(" {}", titles(&this.skip)), Tone::Plain)
    } else if !this.round.is_empty() && !this.rolled.is_zero() {
        line.and(format!("  {}", scene.fill("summary.round", &[("titles", &titles(&this.round))])), Tone::Quiet)
    } else {
        line
    }
}

fn headline(scene: &Scene, summary: &Summary) -> String {
    let done = summary.sections_done().to_string();
    let all = summary.order.len().to_string();
    let rolled = clock(summary.rolled);
    let places = [("done", done.as_str()), ("all", &all), ("rolled", &rolled)];
    match summary.outcome {
        Outcome::Finished => scene.fill("summary.done", &places),
        Outcome::Part => scene.fill("summary.part", &places),
        Outcome::StoppedByList | Outcome::LeftBefore => scene.say("summary.left"),
    }
}

pub(super) fn summary(scene: &Scene) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let Some(summary) = session.summary() else { return after(scene, 0) };
    let kept = session.is_kept();
    let face = map::face(scene, MapSize::Mini, |section| {
        let this = &summary.sections[section];
        let filled = share(this.rolled, this.planned).thousandths >= 500;
        (String::new(), Tone::Plain, filled)
    });
    let rows = |narrow: bool| {
        let rows = scene.protocol.order.iter().map(|section| {
            let this = &summary.sections[*section];
            let time = if this.rolled.is_zero() { String::new() } else { clock(this.rolled) };
            let name = if narrow { scene.section_bare(*section) } else { scene.section_name(*section) };
            row([strong(section.number().to_string()), plain(name), plain(time), end_text(scene, summary, *section)])
        });
        rows.collect::<Vec<_>>()
    };
    let counts = [
        ("pauses", summary.pauses.to_string()),
        ("paused", clock(summary.paused)),
        ("touches", summary.touches.to_string()),
        ("cleans", summary.hand_cleans.to_string()),
        ("events", summary.roller_events.to_string()),
    ];
    let counts = borrowed(&counts);
    let feel = match session.felt() {
        Some(level) => Line::meaning(format!("[ {level} ]"), Tone::Strong, Means::Level(Some(level))),
        None => Line::meaning("[   ]", Tone::Quiet, Means::Level(None)),
    };
    let note = if session.note().is_empty() { quiet(scene.say("summary.no-note")) } else { plain(session.note()) };
    let about = vec![row([
        plain(scene.say("summary.feel")),
        plain(FELT.map(|level| level.to_string()).collect::<Vec<_>>().join(" ")),
        feel.clone(),
        quiet(scene.say("summary.feel-scale")),
    ])];
    let about_narrow = vec![row([plain(scene.say("summary.feel-narrow")), feel])];
    let note_row = vec![row([plain(scene.say("summary.note")), note])];
    let mut sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .map(On::Wide, face)
        .heading_text(if kept { headline(scene, summary) } else { scene.say("summary.rehearsed") })
        .gap();
    if !kept {
        let count = scene.known.full_questions.to_string();
        let contact = clock(scene.known.full_contact);
        sheet = sheet.text("summary.rehearsed-adds", &[("contact", &contact), ("n", &count)]).gap();
    }
    sheet = sheet.table_on(On::Wide, LIST, rows(false)).table_on(On::Narrow, TEXT, rows(true)).gap();
    if let Some(reason) = summary.stop_reason.and_then(|reason| scene.protocol.stop_reasons.get(reason)) {
        sheet = sheet.text("summary.stop-reason", &[("reason", &reason.text)]);
    }
    if !summary.carried {
        sheet = sheet.both("summary.tally", &counts);
    }
    if summary.roller_events > 0 {
        sheet = sheet.text("summary.events", &counts);
    }
    // A trial is never counted: neither as a use of the roller nor for the interval.
    let counts = kept && session.anything_rolled() && !scene.protocol.trial;
    if let Some(roller) = summary.roller.as_ref().filter(|_| counts) {
        let used = (roller.uses + 1).to_string();
        let limit = scene.known.uses_limit.to_string();
        let places = [("name", roller.name.as_str()), ("used", &used), ("limit", &limit)];
        let line = plain(scene.fill("summary.roller", &places));
        sheet = sheet.line(On::Wide, TEXT, line);
    }
    sheet = sheet.gap().table_on(On::Wide, TEXT, about).table_on(On::Narrow, TEXT, about_narrow).table(TEXT, note_row);
    if counts {
        let date = day_words(scene.now.wall, i64::from(scene.known.interval_days));
        let days = scene.known.interval_days.to_string();
        sheet = sheet.gap().both("summary.next-line", &[("date", &date), ("days", &days)]);
    } else if kept {
        sheet = sheet.gap().text("summary.kept", &[]);
    }
    scene.page(scene.steps(HeadStage::Save), saved(scene), sheet, |_| true)
}

pub(super) fn note(scene: &Scene, editor: &Editor) -> View {
    let sheet = scene
        .sheet()
        .gap()
        .heading("note.title")
        .text(scene.kept_or("note.ask", "note.ask-rehearsal"), &[])
        .gap()
        .field("note.field", editor);
    let step = if scene.stage_is_after() { HeadStage::Save } else { HeadStage::Check };
    scene.page(scene.steps(step), saved(scene), sheet, |_| true)
}
