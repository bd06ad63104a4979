//! The first screen: when the next session is due, and what it will be.

use core::time::Duration;

use super::dates::{day_and_time, day_words};
use super::plan::spans;
use super::sheet::{LIST, Sheet, TEXT, plain, quiet, row, strong};
use super::{
    Action, App, CheckIn, Component, EarlyReason, Editor, Facts, LaterNote, Output, Pressed, Scene, ScreenName, View,
    spark,
};
use crate::tui::app::{Exit, WriteRequest};
use crate::tui::view::{Block, Body, Fit, Foot, Form, Line, OneLine, Page, Table};
use engine::protocol::Words;
use engine::protocol::words::{borrowed, clock};
use store::calendar::offset_words;
use store::record::names::stem_of;
use store::record::text::LONGEST_NOTE;
use store::startup::{DueState, LastSession};

#[derive(Debug, Clone)]
pub struct Welcome;

impl Component for Welcome {
    fn facts(&self, app: &App) -> Facts {
        let name = match app.startup.due {
            DueState::Due => ScreenName::Welcome,
            DueState::NotYet { .. } => ScreenName::NotDue,
            DueState::TooSoon { .. } | DueState::NotKnown => ScreenName::TooSoon,
        };
        Facts { nears_skin: true, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        let mut view = welcome(scene);
        if let Foot::Keys(hints) = &mut view.foot {
            hints.retain(|hint| hint.live || hint.action != Action::TakeBack);
        }
        view
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let now = pressed.now;
        match pressed.action {
            Action::CheckIn if app.startup.last.is_some() => app.show(CheckIn::default()),
            Action::Note if app.startup.last.is_some() => app.show(LaterNote(Editor::new("", LONGEST_NOTE))),
            Action::History if app.startup.last.is_some() => vec![Output::OpenHistory],
            Action::TakeBack if app.noted_on.is_some() => app.claim(WriteRequest::TakeBack, now),
            Action::Begin if app.startup.due == DueState::Due => app.claim(WriteRequest::Begin, now),
            Action::Early if matches!(app.startup.due, DueState::NotYet { .. }) => {
                app.show(EarlyReason(app.reason_field()))
            }
            Action::Rehearse => app.rehearse(now),
            Action::TestCues => app.play_check(),
            Action::Leave => vec![Output::Leave(Exit::Done)],
            _ => Vec::new(),
        }
    }
}

pub(super) fn welcome(scene: &Scene) -> View {
    match (scene.app.startup.due, &scene.app.startup.last) {
        (DueState::Due, None) => first(scene),
        (DueState::Due, Some(last)) => returning(scene, last),
        (DueState::NotYet { in_days }, _) => not_due(scene, in_days, None),
        (DueState::TooSoon { in_days, possible_in }, _) => not_due(scene, in_days, Some(possible_in)),
        (DueState::NotKnown, _) => not_known(scene),
    }
}

/// The program's name, and whose records it keeps where it matters.
fn name(scene: &Scene) -> String {
    match scene.app.startup.profile.as_str() {
        "" => scene.say("name"),
        profile => scene.fill("name-of", &[("profile", profile)]),
    }
}

/// The beginning of a first screen: where the zone is none, days may be off.
pub(super) fn zone<'a>(scene: &Scene<'a>) -> Sheet<'a> {
    let sheet = scene.sheet().wide_gap();
    if scene.app.startup.zone_unknown.is_empty() {
        return sheet;
    }
    let offset = offset_words(scene.now.wall.offset);
    sheet.text("welcome.zone-unknown", &[("zone", &scene.app.startup.zone_unknown), ("offset", &offset)]).gap()
}

/// Files that are left as they are, first of all: nothing else would ever tell of them.
fn unread<'a>(scene: &Scene<'a>) -> Sheet<'a> {
    const NAMED: usize = 3;
    let sheet = zone(scene);
    let names = &scene.app.startup.uncounted.names;
    if names.is_empty() {
        return sheet;
    }
    let mut named: Vec<String> = names.iter().take(NAMED).cloned().collect();
    if let Some(more) = names.len().checked_sub(NAMED).filter(|more| *more > 0) {
        named.push(scene.fill("welcome.unread-more", &[("count", &more.to_string())]));
    }
    let word = if names.len() == 1 { "welcome.unread-one" } else { "welcome.unread-many" };
    let places = [
        ("count", names.len().to_string()),
        ("names", named.join("; ")),
        ("folder", scene.app.startup.uncounted.folder.clone()),
    ];
    sheet.text(word, &borrowed(&places)).gap()
}

/// What comes first: files that are left as they are, what was noted just now, and what is asked.
fn above<'a>(scene: &Scene<'a>, sheet: Sheet<'a>) -> Sheet<'a> {
    check_in(scene, sheet.urgent())
}

/// How the skin is, asked on the days that the protocol names.
fn check_in<'a>(scene: &Scene<'a>, sheet: Sheet<'a>) -> Sheet<'a> {
    let Some(last) = scene.app.startup.last.as_ref().filter(|last| last.check_in.is_some()) else { return sheet };
    let date = day_words(scene.now.wall, -last.days_ago);
    let key = scene.app.keymap.shown(scene.app.screen_name(), Action::CheckIn);
    let places = [("day", last.days_ago.to_string()), ("date", date), ("key", key)];
    sheet.text("check-in.ask", &borrowed(&places)).gap()
}

/// Keys that have something to ask or to note.
fn is_live(scene: &Scene, action: Action) -> bool {
    match action {
        Action::CheckIn | Action::Note | Action::History => scene.app.startup.last.is_some(),
        Action::TakeBack => scene.app.noted_on.is_some(),
        _ => true,
    }
}

fn minutes_up(span: Duration) -> String {
    span.as_secs().div_ceil(60).to_string()
}

fn first(scene: &Scene) -> View {
    let spans = spans(scene);
    let times = &scene.protocol.times;
    let head = |word: &str| strong(scene.say(word));
    let item = |word: &str| plain(scene.say(word));
    let step = |time: String, word: &str| row([plain(time), item(word)]);
    // Two columns on the screen, and one list after the other where they are read aloud.
    let tables = || {
        let table = core::iter::once(row([head("welcome.table")]))
            .chain((1..=5).map(|number| row([item(&format!("welcome.table-{number}"))])));
        let happens = [
            row([head("welcome.happens")]),
            step(clock(times.contact), "welcome.happens-soak"),
            step(clock(times.prepare), "welcome.happens-hands"),
            step(clock(spans.rolling), "welcome.happens-roll"),
            step(clock(spans.serum), "welcome.happens-serum"),
            step(String::new(), "welcome.happens-after"),
        ];
        Block::Table(Table { indent: TEXT, rows: table.chain(happens).collect(), two_up: true })
    };
    let rules = || {
        let rule = |number: &str, word: &str| row([strong(number), item(word)]);
        vec![rule("1", "welcome.rule-1"), rule("2", "welcome.rule-2")]
    };
    let free = minutes_up(spans.free);
    let all = minutes_up(spans.all);
    let sheet = unread(scene)
        .text("welcome.first", &[("minutes", &all), ("free", &free)])
        .gap()
        .when_wide(|sheet| sheet.put(tables()))
        .narrow("welcome.need-narrow", &[])
        .gap()
        .when_wide(|sheet| sheet.heading("welcome.rules").table(LIST, rules()))
        .narrow("welcome.rules-narrow", &[])
        .gap()
        .both("welcome.advice", &[])
        .gap()
        .both("welcome.rehearse", &[]);
    let offline = scene.fit(|| quiet(scene.say("welcome.offline")), || quiet(scene.say("welcome.offline-narrow")));
    scene.page(scene.title(name(scene)), offline, sheet, |action| is_live(scene, action))
}

pub(super) fn now_status(scene: &Scene) -> Fit {
    scene.status(day_and_time(scene.now.wall, scene.now.wall))
}

pub(super) fn ago(scene: &Scene, days: i64) -> String {
    match days {
        ..-1 => scene.say("welcome.not-come"),
        // Behind the date line it is still the day before.
        -1 | 0 => scene.say("welcome.today"),
        1 => scene.say("welcome.yesterday"),
        days => scene.fill("welcome.days-ago", &[("days", &days.to_string())]),
    }
}

fn last_text(scene: &Scene, days_ago: i64) -> String {
    let date = day_words(scene.now.wall, -days_ago);
    scene.fill("welcome.last-text", &[("date", &date), ("ago", &ago(scene, days_ago))])
}

fn last_state(scene: &Scene, last: &LastSession) -> String {
    let word = if last.part { "welcome.last-part" } else { "welcome.last-state" };
    let state = scene.fill(word, &[("done", &last.done.to_string()), ("of", &last.of.to_string())]);
    match last.felt {
        Some(felt) => scene.joined([state, scene.fill("welcome.felt", &[("felt", &felt.to_string())])]),
        None => state,
    }
}

fn roller_text(scene: &Scene) -> String {
    let Some(available) = scene.app.startup.rollers.first() else { return scene.say("welcome.roller-none") };
    let uses = available.roller.uses;
    let left = scene.app.startup.uses_limit.saturating_sub(uses);
    let word = match left {
        0 => "welcome.roller-over",
        1 => "welcome.roller-last",
        _ if uses >= scene.protocol.rules.roller_uses_warn => "welcome.roller-warn",
        _ => "welcome.roller-text",
    };
    let places = [
        ("name", available.roller.name.as_str()),
        ("uses", &scene.uses(&available.roller, false)),
        ("left", &left.to_string()),
    ];
    scene.fill(word, &places)
}

/// Which one of its course the next session is.
fn course(scene: &Scene) -> String {
    let places =
        [("n", (scene.app.startup.course_done + 1).to_string()), ("course", scene.protocol.rules.course.to_string())];
    scene.fill("welcome.course-text", &borrowed(&places))
}

/// Whether one may begin, in one sentence. Overdue is said without counting from the day it was due: nothing was missed.
fn due_sentence(scene: &Scene, last: &LastSession) -> String {
    let days = last.days_ago.max(0).to_string();
    let word = match (scene.protocol.trial, last.days_ago) {
        (true, _) => "welcome.due-trial",
        (false, ..=1) => "welcome.due-today",
        (false, _) => "welcome.due-since",
    };
    scene.fill(word, &[("days", &days)])
}

fn returning(scene: &Scene, last: &LastSession) -> View {
    let spans = spans(scene);
    let narrow = scene.narrow();
    let label = |word: &str| quiet(scene.say(&format!("{word}{narrow}")));
    let nothing = Line::default;
    let takes = [("minutes", minutes_up(spans.all)), ("ends", scene.time_of_day(spans.all))];
    let takes = scene.fill("welcome.takes", &borrowed(&takes));
    let serum = match scene.app.startup.serum.as_str() {
        "" => scene.say("welcome.ready-serum"),
        serum => serum.to_owned(),
    };
    let things = scene.both("welcome.ready-things", &[("serum", &serum)]);
    let last_one = format!("{}: {}", last_text(scene, last.days_ago), last_state(scene, last));
    let mut rows = vec![
        row([label("welcome.ready"), plain(roller_text(scene))]),
        row([nothing(), plain(things)]),
        row([label("welcome.last"), plain(last_one)]),
    ];
    if !last.note.is_empty() {
        rows.push(row([nothing(), plain(format!("\"{}\"", last.note))]));
    }
    rows.push(row([label("welcome.course"), plain(course(scene))]));
    rows.extend(spark::rows(scene, &scene.app.startup.recent));
    let sheet = above(scene, unread(scene).when_narrow(Sheet::gap))
        .heading_text(due_sentence(scene, last))
        .gap()
        .when_wide(|sheet| {
            let start = row([scene.key_of(Action::Begin), strong(scene.say("welcome.start")), plain(&takes)]);
            sheet.table(TEXT, vec![start]).gap()
        })
        .when_narrow(|sheet| sheet.line(TEXT, plain(&takes)))
        .table(TEXT, rows)
        .gap()
        .both("welcome.every-time", &[])
        .still_counts();
    scene.page(scene.title(name(scene)), now_status(scene), sheet, |action| is_live(scene, action))
}

fn not_due(scene: &Scene, in_days: i64, possible_in: Option<i64>) -> View {
    let date = day_words(scene.now.wall, in_days);
    let from = if in_days == 1 {
        scene.fill("welcome.due-tomorrow", &[("date", &date)])
    } else {
        scene.fill("welcome.due-from-text", &[("date", &date), ("days", &in_days.to_string())])
    };
    let label = |word: &str| quiet(scene.say(word));
    let interval = scene.fill("welcome.interval-text", &[("days", &scene.app.startup.interval_days.to_string())]);
    let last_words = scene
        .app
        .startup
        .rolled_days_ago
        .map_or_else(|| scene.say("welcome.never"), |days_ago| last_text(scene, days_ago));
    let narrow = scene.narrow();
    let mut rows = vec![
        row([label(&format!("welcome.last{narrow}")), plain(&last_words)]),
        row([label(&format!("welcome.interval{narrow}")), plain(&interval)]),
        row([label(&format!("welcome.due-from{narrow}")), strong(&from)]),
        row([label(&format!("welcome.course{narrow}")), plain(course(scene))]),
    ];
    rows.extend(spark::rows(scene, &scene.app.startup.recent));
    let mut sheet = above(scene, unread(scene).when_narrow(Sheet::gap))
        .heading("welcome.not-due")
        .gap()
        .table(TEXT, rows)
        .gap()
        .both("welcome.come-back", &[("date", &date)])
        .gap();
    if let Some(file) = &scene.app.startup.ahead {
        sheet = sheet.text("welcome.ahead", &[("id", &stem_of(file)), ("file", file)]).gap();
    }
    sheet = match possible_in {
        Some(days) => {
            let possible = day_words(scene.now.wall, days);
            let least = scene.protocol.rules.least_interval_days.to_string();
            sheet.text("welcome.too-soon", &[("least", &least)]).text("welcome.too-soon-from", &[("date", &possible)])
        }
        None => sheet.text("welcome.early", &[]),
    };
    let sheet = sheet.still_counts();
    scene.page(scene.title(name(scene)), now_status(scene), sheet, |action| is_live(scene, action))
}

/// Sessions may lie where nobody can look, so that nothing can be said of the interval.
fn not_known(scene: &Scene) -> View {
    let places = [("folders", scene.app.startup.unlisted.join("; "))];
    let sheet = above(scene, zone(scene))
        .heading("welcome.not-known")
        .gap()
        .text("welcome.unlisted", &borrowed(&places))
        .gap()
        .both("welcome.unlisted-why", &[])
        .gap()
        .both("welcome.unlisted-mend", &[]);
    let sheet = sheet.still_counts();
    scene.page(scene.title(name(scene)), now_status(scene), sheet, |action| is_live(scene, action))
}

/// While this many records are read, before anything is known of them.
pub fn reading(words: &Words, records: usize, form: Form) -> View {
    let text = words.fill("welcome.reading", &[("count", &records.to_string())]);
    let body = match form {
        Form::OneLine => Body::OneLine(OneLine { text, ..OneLine::default() }),
        Form::Tiny | Form::Compact | Form::Full | Form::LineMode => {
            Body::Page(Page { blocks: vec![Block::Gap, Block::Text { indent: TEXT, line: quiet(text) }], scroll: 0 })
        }
    };
    let head = Fit::same(strong(words.say("name")));
    View { head, status: Fit::default(), reversed: false, mark: None, body, foot: Foot::Keys(Vec::new()) }
}
