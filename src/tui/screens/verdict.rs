//! What the checklist leads to: which sections are rolled, or a stop.

use core::time::Duration;

use super::answer::{item_title, kinds_of};
use super::dates::day_ahead;
use super::rolling::section_left;
use super::sheet::{TEXT, alert, plain, quiet, row, strong};
use super::{Action, App, Component, Facts, HeadStage, Note, Now, Output, Pressed, Scene, Screen, ScreenName, View};
use crate::tui::view::{Form, Line, Row, Tone};
use engine::protocol::words::clock;
use engine::protocol::{ItemIx, Kind, Section};
use engine::safety::{self, Answer, Because, Clearance, Contact, Reason, Sureness};
use engine::session::{Cue, Effect, Event, Session, Stage};

#[derive(Debug, Clone)]
pub struct Verdict;

impl Component for Verdict {
    fn facts(&self, app: &App) -> Facts {
        let name = match app.session().map(Session::stage) {
            Some(Stage::Verdict(_)) if app.kind() == Kind::Check => ScreenName::VerdictCheck,
            Some(Stage::Verdict(safety::Verdict::Stop(_))) => ScreenName::VerdictStop,
            _ => ScreenName::VerdictClear,
        };
        Facts { nears_skin: true, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        match scene.session.map(Session::stage) {
            Some(Stage::Verdict(safety::Verdict::Clear(clearance))) => clear(scene, clearance),
            Some(Stage::Verdict(safety::Verdict::Stop(reasons))) => stop(scene, reasons),
            _ => super::welcome::welcome(scene),
        }
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        let checking = app.kind() == Kind::Check;
        let stage = app.session().map(Session::stage);
        let stopped = matches!(stage, Some(Stage::Verdict(safety::Verdict::Stop(_))));
        match action {
            Action::SetUp if !checking => set_up(app, now),
            Action::Change => app.send(Event::ListReopened, now),
            Action::Leave if checking || stopped => app.send(Event::Left, now),
            // The soak and every answer would be for nothing.
            Action::Leave => app.ask_to_leave(),
            Action::Note if stopped => app.show(Note::of(app)),
            _ => Vec::new(),
        }
    }
}

/// Whether the last touch comes without a key once the soak is over: nothing is skipped or gone round, and nothing has to
/// be listened for there.
pub(in crate::tui) fn leads_on_by_itself(app: &App) -> bool {
    let Some(Stage::Verdict(safety::Verdict::Clear(clearance))) = app.session().map(Session::stage) else {
        return false;
    };
    let is_plain = clearance.plan().iter().all(|(_, plan)| plan.skip.is_empty() && plan.round.is_empty());
    let is_looked_at = matches!(app.present(), Screen::Verdict(_));
    is_plain && is_looked_at && app.kind() == Kind::Session && app.startup.cues_heard.is_some()
}

/// On to the last touch. Whether bell and voice are noticed is not asked where that is known.
pub(in crate::tui) fn set_up(app: &mut App, now: Now) -> Vec<Output> {
    let mut outputs = app.send(Event::SetUp, now);
    let is_there = matches!(app.session().map(Session::stage), Some(Stage::LastTouch(_)));
    let known = app.startup.cues_heard.filter(|_| is_there && app.kind() == Kind::Session);
    app.cues_are_known = known.is_some();
    if let Some(heard) = known {
        outputs.retain(|output| *output != Output::Session(Effect::Cue(Cue::Check)));
        outputs.extend(app.send(Event::CuesKnown { heard }, now));
    }
    let local = app.running_session.as_ref().map(|running| running.local(now).moment);
    if let (Some(Contact::Soaking { ends }), Some(local)) = (app.session().map(Session::contact), local)
        && outputs.is_empty()
    {
        app.notice = app.words.fill("verdict.soak-first", &[("left", &clock(ends.since(local)))]).into();
    }
    outputs
}

fn finished(scene: &Scene, section: Section) -> bool {
    scene.session.is_some_and(|session| session.progress()[section].end.is_some())
}

/// Sections that will be rolled.
pub(super) fn to_roll(scene: &Scene, clearance: &Clearance) -> Vec<Section> {
    let open = |section: &Section| clearance.plan()[*section].skip.is_empty() && !finished(scene, *section);
    scene.protocol.order.iter().copied().filter(open).collect()
}

/// How long rolling these sections takes, from the last five seconds before the first one.
pub(super) fn rolling_time(scene: &Scene, sections: &[Section]) -> Duration {
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

fn plan_rows(scene: &Scene, clearance: &Clearance) -> Vec<Row> {
    let narrow = !scene.is_wide();
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
    let mut sheet = scene.sheet().wide_gap();
    let places = [("n", count.as_str()), ("sections", in_plan.as_str())];
    // A check plans nothing.
    let answered = if checking { "verdict.answered-check" } else { "verdict.answered" };
    sheet = if skipped == 0 {
        let places = if checking { &places[..1] } else { &places[..] };
        sheet.when_wide(|sheet| sheet.heading("verdict.clear").gap()).both(answered, places)
    } else {
        let word = if skipped == 1 { "verdict.skip-title-one" } else { "verdict.skip-title" };
        sheet.when_wide(|sheet| sheet.heading_text(scene.fill(word, &[("n", &skipped.to_string())])))
    };
    sheet = sheet.wide_gap().list(plan_rows(scene, clearance));
    if skipped == 0 {
        sheet = sheet.narrow("keep-off-short", &[]);
    }
    sheet = sheet.gap();
    if !checking {
        let rolling = rolling_time(scene, &sections);
        sheet = with_times(scene, sheet, &sections, rolling, skipped > 0);
    }
    // No key pauses in a check, where nothing rolls.
    sheet = sheet.both(if checking { "verdict.own-list-check" } else { "verdict.own-list" }, &[]).gap();
    sheet = if checking { check_note(scene, sheet) } else { soak_note(scene, sheet) };
    let head = scene.steps_titled(HeadStage::Check, &narrow_title(scene, skipped), Tone::Strong);
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
    sheet.both(word, &places).gap().both("verdict.stays", &[]).wide_gap()
}

fn check_note<'a>(scene: &Scene, sheet: super::Sheet<'a>) -> super::Sheet<'a> {
    let kept = scene.if_saved("verdict.check-saved", "verdict.unsaved");
    let saved = if scene.app.check_is_kept { kept } else { "verdict.check-not-saved" };
    sheet.text("verdict.check-clear", &[]).quiet(saved, &[])
}

fn soak_note<'a>(scene: &Scene, sheet: super::Sheet<'a>) -> super::Sheet<'a> {
    match scene.session.map(Session::contact) {
        Some(Contact::Soaking { ends }) => {
            let left = clock(ends.since(scene.now.moment));
            let is_known = leads_on_by_itself(scene.app);
            if scene.form != Form::Full {
                let word = if is_known { "verdict.soak-left-known" } else { "verdict.soak-left" };
                return sheet.both(word, &[("left", &left)]);
            }
            let meanwhile =
                ["wash", "saline", "dry"].map(|what| plain(scene.say(&format!("verdict.meanwhile-{what}"))));
            let lines = core::iter::once(strong(scene.say("verdict.meanwhile"))).chain(meanwhile);
            let opens = if is_known { "verdict.opens-known" } else { "verdict.opens" };
            sheet.digits(left, false, lines.collect()).text(opens, &[])
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
        Because::TooSoon { .. } if unasked(scene) > 0 => scene.say("verdict.too-soon-undated"),
        Because::TooSoon { days_left } => scene.fill("verdict.too-soon", &[("date", &day_ahead(scene, days_left))]),
        Because::NoSectionLeft => scene.say("verdict.no-section"),
    }
}

/// How many questions have no answer: an answer stopped by itself before they were asked, and they may ask for longer.
fn unasked(scene: &Scene) -> usize {
    let given = scene.session.map_or(0, |session| session.answers().count());
    scene.protocol.checklist.items.len().saturating_sub(given)
}

/// What stops, one line for each thing that is not long enough ago.
fn because_lines(scene: &Scene, reason: &Reason) -> Vec<String> {
    let kinds = kinds_of(scene.protocol, reason.item);
    let detail = match scene.session.and_then(|session| session.answers().given(reason.item)) {
        Some(Answer::Risk { detail, .. }) => detail,
        Some(Answer::No) | None => return vec![because_text(scene, reason)],
    };
    let waits = safety::waits(kinds, detail).into_iter().filter(|wait| wait.days_left > 0);
    let lines = waits.map(|wait| {
        let date = day_ahead(scene, wait.days_left);
        match wait.kind.and_then(|place| kinds.get(place)) {
            Some(kind) if unasked(scene) > 0 => scene.fill("verdict.too-soon-kind-undated", &[("kind", &kind.name)]),
            None if unasked(scene) > 0 => scene.say("verdict.too-soon-undated"),
            Some(kind) => scene.fill("verdict.too-soon-kind", &[("kind", &kind.name), ("date", &date)]),
            None => scene.fill("verdict.too-soon", &[("date", &date)]),
        }
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { vec![because_text(scene, reason)] } else { lines }
}

/// What to do next, by each reason's own word; the general one where a question has none.
fn next_lines(scene: &Scene, reasons: &[Reason]) -> Vec<String> {
    let narrow = scene.narrow();
    let mut lines = vec![scene.say("verdict.next-skin")];
    let mut is_general = false;
    for reason in reasons {
        let title = item_title(scene, reason.item);
        let next = scene.protocol.checklist.item(reason.item).map_or("", |item| item.next.as_str());
        match reason.because {
            Because::SaidNo => lines.push(scene.fill("verdict.next-said-no", &[("title", &title)])),
            // It speaks of a day that is not named.
            Because::TooSoon { .. } if unasked(scene) > 0 => {}
            Because::Listed | Because::NotAsked | Because::TooSoon { .. } | Because::NoSectionLeft => {
                if !next.is_empty() {
                    lines.push(scene.fill("verdict.next-of", &[("title", &title), ("next", next)]));
                }
                is_general |= next.is_empty() && matches!(reason.because, Because::Listed | Because::NotAsked);
            }
        }
    }
    if is_general {
        lines.push(scene.say(&format!("verdict.next-ask{narrow}")));
    }
    let waits = reasons.iter().filter(|reason| matches!(reason.because, Because::TooSoon { .. }));
    let days = waits.map(|reason| because_lines(scene, reason).len()).sum::<usize>();
    if days > 0 && unasked(scene) == 0 {
        let several = if days > 1 { "-several" } else { "" };
        lines.push(scene.say(&format!("verdict.next-wait{several}{narrow}")));
    }
    if scene.protocol.kind != Kind::Check {
        lines.push(scene.say(&format!("verdict.next-put-away{narrow}")));
    }
    lines
}

fn stop(scene: &Scene, reasons: &[Reason]) -> View {
    let rows = reasons.iter().flat_map(|reason| {
        let loud = scene.say(match reason.sureness {
            Sureness::Yes => "yes-loud",
            Sureness::NotSure => "not-sure-loud",
        });
        let number = quiet(format!("{:>2}", reason.item.0 + 1));
        let title = plain(item_title(scene, reason.item));
        let because = because_lines(scene, reason);
        let first = because.first().cloned().unwrap_or_default();
        let mut rows = vec![if scene.is_wide() || first.is_empty() {
            row([number, title, strong(loud), plain(first)])
        } else {
            row([number, title, strong(loud).and(format!("  {first}"), Tone::Plain)])
        }];
        rows.extend(because.iter().skip(1).map(|more| {
            let nothing = Line::default;
            if scene.is_wide() {
                row([nothing(), nothing(), nothing(), plain(more)])
            } else {
                row([nothing(), nothing(), plain(more)])
            }
        }));
        rows
    });
    let because = if reasons.len() == 1 { "verdict.because-answer" } else { "verdict.because-answers" };
    let mut sheet = scene
        .sheet()
        .wide_gap()
        .line(TEXT, alert(scene.both("verdict.stop", &[])))
        .gap()
        .text(because, &[])
        .wide_gap()
        .list(rows.collect())
        .gap()
        .when_wide(|sheet| sheet.quiet("verdict.next", &[]))
        .list(next_lines(scene, reasons).iter().map(|line| row([plain(line)])).collect())
        .gap();
    let unasked = unasked(scene);
    if unasked > 0 {
        let word = if unasked == 1 { "verdict.unasked-one" } else { "verdict.unasked" };
        sheet = sheet.both(word, &[("n", &unasked.to_string())]).gap();
    }
    sheet = if scene.protocol.kind == Kind::Check {
        check_note(scene, sheet)
    } else {
        // With something rolled before the checklist was asked anew, it is a part session.
        let has_rolled = scene.session.is_some_and(Session::anything_rolled);
        let saved = scene.if_saved(if has_rolled { "leave.rolled" } else { "verdict.saved" }, "verdict.unsaved");
        let saved = if scene.protocol.kind == Kind::Rehearsal { "verdict.not-saved" } else { saved };
        sheet.text(saved, &[]).text("verdict.no-key", &[])
    };
    let sheet = sheet.wide_gap().wide("verdict.wrong", &[]);
    let head = scene.steps_titled(HeadStage::Check, &scene.say("verdict.stop-head"), Tone::Alert);
    scene.page(head, scene.soak_status(), sheet, |_| true)
}
