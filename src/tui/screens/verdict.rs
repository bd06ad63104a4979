//! What the list leads to, and the last touch.

use core::time::Duration;

use super::dates::day_words;
use super::hands_free::section_left;
use super::list::item_title;
use super::sheet::{CHOICE, LIST, TEXT, alert, plain, quiet, row, strong};
use super::{HeadStage, Scene};
use crate::content::keymap::Action;
use crate::tui::view::{Line, On, Row, Tone, View};
use engine::protocol::words::clock;
use engine::protocol::{ItemIx, Kind, Section};
use engine::safety::{Answer, Because, Clearance, Contact, Reason, Sureness, Verdict};
use engine::session::{LastTouch, Session, Stage};
use store::known::Awake;

pub(super) fn verdict(scene: &Scene) -> View {
    match scene.session.map(Session::stage) {
        Some(Stage::Verdict(Verdict::Clear(clearance))) => clear(scene, clearance),
        Some(Stage::Verdict(Verdict::Stop(reasons))) => stop(scene, reasons),
        Some(
            Stage::Sterilise
            | Stage::Checklist
            | Stage::LastTouch(_)
            | Stage::HandsFree(_)
            | Stage::After { .. }
            | Stage::Ended,
        )
        | None => super::welcome::welcome(scene),
    }
}

fn finished(scene: &Scene, section: Section) -> bool {
    scene.session.is_some_and(|session| session.progress()[section].end.is_some())
}

/// Sections that will be rolled.
fn to_roll(scene: &Scene, clearance: &Clearance) -> Vec<Section> {
    let open = |section: &Section| clearance.plan()[*section].skip.is_empty() && !finished(scene, *section);
    scene.protocol.order.iter().copied().filter(open).collect()
}

/// How long rolling these sections takes, from the last five seconds before the first one.
fn rolling_time(scene: &Scene, sections: &[Section]) -> Duration {
    let left = |section: &Section| scene.session.map_or(Duration::ZERO, |session| section_left(session, *section));
    let ways = u32::try_from(sections.len().saturating_sub(1)).unwrap_or(0);
    let times = &scene.protocol.times;
    let rolled: Duration = sections.iter().map(left).sum();
    if sections.is_empty() { Duration::ZERO } else { times.get_ready + rolled + times.move_on * ways }
}

fn given(scene: &Scene, item: ItemIx) -> String {
    match scene.session.and_then(|session| session.answers().given(item)) {
        Some(Answer::Risk { sureness: Sureness::NotSure, .. }) => {
            scene.joined([scene.say("not-sure"), scene.say("as-yes")])
        }
        Some(Answer::Risk { sureness: Sureness::Yes, .. }) => scene.say("yes"),
        Some(Answer::No) | None => scene.say("no"),
    }
}

fn plan_rows(scene: &Scene, clearance: &Clearance, narrow: bool) -> Vec<Row> {
    let rows = scene.protocol.order.iter().map(|section| {
        let plan = &clearance.plan()[*section];
        let titles = |items: &[ItemIx]| scene.joined(items.iter().map(|item| item_title(scene, *item)));
        let name = if narrow { scene.section_bare(*section) } else { scene.section_name(*section) };
        let (state, about) = if finished(scene, *section) {
            (quiet(scene.say("verdict.done")), Line::default())
        } else if let Some(first) = plan.skip.first() {
            let because = if narrow {
                titles(&plan.skip)
            } else {
                scene.fill(
                    "verdict.because",
                    &[("title", &item_title(scene, *first)), ("answer", &given(scene, *first))],
                )
            };
            (alert(scene.say("verdict.skip")), plain(because))
        } else if !plan.round.is_empty() {
            let word = if narrow { "verdict.round-narrow" } else { "verdict.round" };
            (plain(scene.say("verdict.roll")), strong(scene.fill(word, &[("titles", &titles(&plan.round))])))
        } else {
            let bounds = if narrow { String::new() } else { scene.protocol.sections[*section].bounds.clone() };
            (plain(scene.say("verdict.roll")), quiet(bounds))
        };
        row([strong(section.number().to_string()), plain(name), state, about])
    });
    rows.collect()
}

fn clear(scene: &Scene, clearance: &Clearance) -> View {
    let checking = scene.protocol.kind == Kind::Check;
    let sections = to_roll(scene, clearance);
    let skipped = scene.protocol.order.iter().filter(|section| !clearance.plan()[**section].skip.is_empty()).count();
    let count = scene.protocol.checklist.items.len().to_string();
    let left = sections.len().to_string();
    let in_plan = match sections.len() {
        1 => "verdict.one-section",
        count if count == scene.protocol.order.len() => "verdict.all-sections",
        _ => "verdict.sections",
    };
    let in_plan = scene.fill(in_plan, &[("n", &left)]);
    let mut sheet = scene.sheet().gap_on(On::Wide);
    let places = [("n", count.as_str()), ("sections", in_plan.as_str())];
    sheet = if skipped == 0 {
        sheet
            .line(On::Wide, TEXT, strong(scene.say("verdict.clear")))
            .gap_on(On::Wide)
            .both("verdict.answered", &places)
    } else {
        let word = if skipped == 1 { "verdict.skip-title-one" } else { "verdict.skip-title" };
        sheet.line(On::Wide, TEXT, strong(scene.fill(word, &[("n", &skipped.to_string())])))
    };
    sheet = sheet.gap_on(On::Wide).table_on(On::Wide, LIST, plan_rows(scene, clearance, false)).table_on(
        On::Narrow,
        TEXT,
        plan_rows(scene, clearance, true),
    );
    if skipped == 0 {
        sheet = sheet.narrow("keep-off-short", &[]);
    }
    sheet = sheet.gap();
    if !checking {
        let rolling = rolling_time(scene, &sections);
        sheet = with_times(scene, sheet, &sections, rolling, skipped > 0);
    }
    sheet = sheet.both("verdict.own-list", &[]).gap();
    sheet = if checking { check_note(scene, sheet) } else { soak_note(scene, sheet) };
    let head = scene.steps_titled(HeadStage::Check, &narrow_title(scene, skipped), Tone::Current);
    let ready = scene.session.is_some_and(|session| session.contact().is_done());
    scene.page(head, scene.soak_status(), sheet, |action| action != Action::SetUp || ready)
}

fn narrow_title(scene: &Scene, skipped: usize) -> String {
    match skipped {
        0 => scene.say("verdict.clear-narrow"),
        1 => scene.say("verdict.skip-title-one-narrow"),
        more => scene.fill("verdict.skip-title-narrow", &[("n", &more.to_string())]),
    }
}

fn with_times<'a>(
    scene: &Scene,
    sheet: super::Sheet<'a>,
    sections: &[Section],
    rolling: Duration,
    some_skipped: bool,
) -> super::Sheet<'a> {
    if !some_skipped {
        return sheet;
    }
    let times = &scene.protocol.times;
    let soak = match scene.session.map(Session::contact) {
        Some(Contact::Soaking { ends }) => ends.since(scene.now.moment),
        Some(Contact::NotStarted | Contact::SealedPack | Contact::Soaked) | None => Duration::ZERO,
    };
    let ends = scene.time_of_day(soak + times.prepare + rolling + times.saline + times.serum);
    let left = sections.len().to_string();
    let places = [("n", left.as_str()), ("rolling", &clock(rolling)), ("ends", &ends)];
    let word = if sections.len() == 1 { "verdict.left-one" } else { "verdict.left" };
    sheet.both(word, &places).gap().both("verdict.stays", &[]).gap_on(On::Wide)
}

fn check_note<'a>(scene: &Scene, sheet: super::Sheet<'a>) -> super::Sheet<'a> {
    let saved = if scene.check_is_kept { "verdict.check-saved" } else { "verdict.check-not-saved" };
    sheet.text("verdict.check-clear", &[]).quiet(saved, &[])
}

fn soak_note<'a>(scene: &Scene, sheet: super::Sheet<'a>) -> super::Sheet<'a> {
    match scene.session.map(Session::contact) {
        Some(Contact::Soaking { ends }) => {
            let left = clock(ends.since(scene.now.moment));
            sheet.both("verdict.soak-left", &[("left", &left)])
        }
        Some(Contact::SealedPack) => sheet.both("verdict.sealed", &[]),
        Some(Contact::NotStarted | Contact::Soaked) | None => sheet.both("verdict.soak-done", &[]),
    }
}

fn because_text(scene: &Scene, reason: &Reason) -> String {
    match reason.because {
        Because::Listed => match reason.sureness {
            Sureness::NotSure => scene.say("as-yes"),
            Sureness::Yes => String::new(),
        },
        Because::NotAsked => scene.say("verdict.not-asked"),
        Because::SaidNo => scene.say("verdict.said-no"),
        Because::TooSoon { days_left } => {
            let date = day_words(scene.now.wall, i64::from(days_left));
            scene.fill("verdict.too-soon", &[("date", &date)])
        }
        Because::NoSectionLeft => scene.say("verdict.no-section"),
    }
}

fn stop(scene: &Scene, reasons: &[Reason]) -> View {
    let rows = |narrow: bool| {
        let rows = reasons.iter().map(|reason| {
            let loud = scene.say(match reason.sureness {
                Sureness::Yes => "yes-loud",
                Sureness::NotSure => "not-sure-loud",
            });
            let number = quiet(format!("{:>2}", reason.item.0 + 1));
            let title = plain(item_title(scene, reason.item));
            let because = because_text(scene, reason);
            if narrow && !because.is_empty() {
                row([number, title, strong(loud).and(format!("  {because}"), Tone::Plain)])
            } else {
                row([number, title, strong(loud), plain(because)])
            }
        });
        rows.collect::<Vec<_>>()
    };
    let waits = reasons.iter().filter(|reason| matches!(reason.because, Because::TooSoon { .. })).count();
    let asks = reasons.iter().any(|reason| !matches!(reason.because, Because::TooSoon { .. } | Because::NoSectionLeft));
    let next = |narrow: &str| {
        let mut words = vec!["verdict.next-skin".to_owned()];
        if asks {
            words.push(format!("verdict.next-ask{narrow}"));
        }
        if waits > 0 {
            let several = if waits > 1 { "-several" } else { "" };
            words.push(format!("verdict.next-wait{several}{narrow}"));
        }
        if scene.protocol.kind != Kind::Check {
            words.push(format!("verdict.next-put-away{narrow}"));
        }
        words.into_iter().map(|word| row([plain(scene.say(&word))])).collect::<Vec<_>>()
    };
    let because = if reasons.len() == 1 { "verdict.because-answer" } else { "verdict.because-answers" };
    let mut sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .line(On::Wide, TEXT, alert(scene.say("verdict.stop")))
        .line(On::Narrow, TEXT, alert(scene.say("verdict.stop-narrow")))
        .gap()
        .text(because, &[])
        .gap_on(On::Wide)
        .table_on(On::Wide, LIST, rows(false))
        .table_on(On::Narrow, TEXT, rows(true))
        .gap()
        .line(On::Wide, TEXT, quiet(scene.say("verdict.next")))
        .table_on(On::Wide, LIST, next(""))
        .table_on(On::Narrow, TEXT, next("-narrow"))
        .gap();
    sheet = if scene.protocol.kind == Kind::Check {
        check_note(scene, sheet)
    } else {
        let saved = if scene.protocol.kind == Kind::Rehearsal { "verdict.not-saved" } else { "verdict.saved" };
        sheet.text(saved, &[]).text("verdict.no-key", &[])
    };
    let sheet = sheet.gap_on(On::Wide).wide("verdict.wrong", &[]);
    let head = scene.steps_titled(HeadStage::Check, &scene.say("verdict.stop-head"), Tone::Alert);
    scene.page(head, scene.soak_status(), sheet, |_| true)
}

pub(super) fn last_touch(scene: &Scene) -> View {
    let Some(Stage::LastTouch(last)) = scene.session.map(Session::stage) else { return verdict(scene) };
    let sections = to_roll(scene, &last.clearance);
    let times = &scene.protocol.times;
    let first = sections.first().map(|section| scene.section_name(*section)).unwrap_or_default();
    let rolling = rolling_time(scene, &sections).saturating_sub(times.get_ready);
    let kind = if scene.protocol.kind == Kind::Rehearsal { "-rehearsal" } else { "" };
    let after = |narrow: &str| {
        let roll = if narrow.is_empty() { "" } else { kind };
        let mut rows = vec![
            (times.prepare, scene.say(&format!("last-touch.after-prepare{narrow}"))),
            (times.get_ready, scene.fill("last-touch.after-ready", &[("section", &first)])),
            (rolling, scene.say(&format!("last-touch.after-roll{roll}{narrow}"))),
        ];
        if narrow.is_empty() {
            rows.push((times.saline + times.serum, scene.say(&format!("last-touch.after-serum{kind}"))));
        }
        rows.into_iter().map(|(time, text)| row([strong(clock(time)), plain(text)])).collect::<Vec<_>>()
    };
    let awake = scene.say(match scene.awake {
        Awake::Unasked => "last-touch.awake-unasked",
        Awake::Asked => "last-touch.awake-asked",
        Awake::Held => "last-touch.awake-held",
        Awake::Refused => "last-touch.awake-refused",
    });
    let ready = last.skin_ready && last.heard.is_some();
    let last_key = if ready {
        Line::toned(scene.say("last-touch.last"), Tone::Current)
    } else {
        strong(scene.say("last-touch.not-yet"))
    };
    let clicker = scene.say(if last.clicker { "last-touch.clicker-seen" } else { "last-touch.clicker-none" });
    let sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .line(On::Wide, TEXT, strong(scene.say("last-touch.title")))
        .gap_on(On::Wide)
        .both("last-touch.skin", &[])
        .table(
            CHOICE,
            vec![row([
                scene.key_of(Action::SkinReady),
                plain(scene.say("last-touch.skin-choice")),
                skin_state(scene, last),
            ])],
        )
        .gap()
        .both(heard(scene), &[])
        .table_on(On::Wide, CHOICE, heard_rows(scene, last))
        .table_on(On::Narrow, CHOICE, heard_row_narrow(scene, last))
        .both("last-touch.state", &[("awake", &awake), ("clicker", &clicker)])
        .gap()
        .line(On::All, TEXT, quiet(scene.say("last-touch.after")))
        .table_on(On::Wide, LIST, after(""))
        .table_on(On::Narrow, TEXT, after("-narrow"))
        .gap()
        .both("last-touch.pause", &[])
        .gap()
        .line(On::All, TEXT, last_key);
    let ready = last.skin_ready && last.heard.is_some();
    let head = scene.steps_titled(HeadStage::Roll, &scene.say("last-touch.title"), Tone::Current);
    scene.page(head, scene.soak_status(), sheet, |action| match action {
        Action::Go => ready,
        Action::SkinReady => !last.skin_ready,
        _ => true,
    })
}

/// The word for what just called the person.
fn heard(scene: &Scene) -> &'static str {
    match (scene.known.bell, scene.known.voice) {
        (true, true) => "last-touch.heard-both",
        (true, false) => "last-touch.heard",
        (false, true) => "last-touch.heard-voice",
        (false, false) => "last-touch.heard-off",
    }
}

fn heard_yes(scene: &Scene) -> Line {
    strong(scene.say(match (scene.known.bell, scene.known.voice) {
        (true, true) => "last-touch.heard-both-yes",
        (true, false) => "last-touch.heard-yes",
        (false, true) => "last-touch.heard-voice-yes",
        (false, false) => "last-touch.heard-off-yes",
    }))
}

fn skin_state(scene: &Scene, last: &LastTouch) -> Line {
    if last.skin_ready { strong(scene.say("last-touch.skin-done")) } else { quiet(scene.say("nothing-chosen")) }
}

fn heard_row_narrow(scene: &Scene, last: &LastTouch) -> Vec<Row> {
    let state = match last.heard {
        None => scene.unanswered(),
        Some(true) => heard_yes(scene),
        Some(false) => strong(scene.say("last-touch.heard-no")),
    };
    let yes = plain(scene.say("last-touch.heard-choice-yes"));
    let no = plain(scene.say("last-touch.heard-choice-no-narrow"));
    vec![row([scene.key_of(Action::Yes), yes, scene.key_of(Action::No), no, state])]
}

fn heard_rows(scene: &Scene, last: &LastTouch) -> Vec<Row> {
    let state = |heard: bool| match last.heard {
        None if heard => quiet(scene.say("nothing-chosen")),
        Some(said) if said == heard && heard => heard_yes(scene),
        Some(said) if said == heard => strong(scene.say("last-touch.heard-no")),
        Some(_) | None => Line::default(),
    };
    vec![
        row([scene.key_of(Action::Yes), plain(scene.say("last-touch.heard-choice-yes")), state(true)]),
        row([scene.key_of(Action::No), plain(scene.say("last-touch.heard-choice-no")), state(false)]),
    ]
}
