//! An unfinished session: what was done, what is left, what going on takes. Nothing is chosen.

use core::time::Duration;

use super::dates::{day_and_time, day_words};
use super::rolling::section_left;
use super::sheet::{CHOICE, LIST, TEXT, plain, quiet, row, strong};
use super::welcome::{welcome, zone};
use super::{Action, App, Component, ConfirmDelete, ConfirmPart, Facts, Output, Pressed, Scene, ScreenName, View};
use crate::tui::app::{Exit, WriteRequest};
use crate::tui::view::{Line, Tone};
use engine::protocol::Section;
use engine::protocol::words::{borrowed, clock};
use engine::session::{Again, Away, Due, SectionEnd, Session, Stage, Step};
use store::startup::{DueState, Interruption, ResumeCandidate};

#[derive(Debug, Clone)]
pub struct Resume;

impl Component for Resume {
    fn facts(&self, app: &App) -> Facts {
        Facts { about: app.candidates.len(), nears_skin: true, ..Facts::of(ScreenName::Resume) }
    }

    fn page(&self, scene: &Scene) -> View {
        scene.app.candidates.first().map_or_else(|| welcome(scene), |candidate| page(scene, candidate))
    }

    fn on(&self, app: &mut App, Pressed { action, now, .. }: Pressed) -> Vec<Output> {
        match action {
            Action::Resume if app.candidates.first().is_some_and(|candidate| app.may_go_on(candidate)) => {
                app.claim(WriteRequest::GoOn, now)
            }
            Action::KeepPart => app.show(ConfirmPart),
            Action::Delete => app.show(ConfirmDelete),
            Action::Leave => vec![Output::Leave(Exit::Done)],
            _ => Vec::new(),
        }
    }
}

fn page(scene: &Scene, candidate: &ResumeCandidate) -> View {
    // What stands on this screen is the session as it would go on.
    let scene = &Scene { session: Some(&candidate.preview), protocol: candidate.preview.protocol(), ..*scene };
    let (finished, open) = sections(scene, candidate);
    let label = |word: &str| quiet(scene.say(word));
    let title = || Line::toned(scene.say("resume.title"), Tone::Current);
    let stopped = stopped(scene, candidate);
    let place = place(scene, candidate);
    let mut rows = if scene.is_wide() {
        vec![
            row([label("resume.started"), plain(day_and_time(candidate.started, scene.now.wall))]),
            row([label("resume.stopped"), plain(&stopped)]),
            row([label("resume.where"), plain(&place)]),
        ]
    } else {
        vec![row([plain(&place)]), row([plain(&stopped)])]
    };
    if !finished.is_empty() && scene.is_wide() {
        rows.push(row([label("resume.finished"), plain(&finished)]));
        if !open.is_empty() {
            rows.push(row([label("resume.to-do"), plain(&open)]));
        }
    } else if !finished.is_empty() {
        rows.push(row([plain(scene.fill("resume.finished-narrow", &[("sections", &finished)]))]));
    }
    let mut sheet = zone(scene).when_wide(|sheet| sheet.line(TEXT, title()).gap()).table(TEXT, rows).gap();
    if candidate.torn {
        sheet = sheet.both("resume.torn", &[]).wide_gap();
    }
    let is_too_soon = candidate.is_too_soon(scene.app.startup.due);
    sheet = match scene.app.startup.due {
        _ if candidate.other_times => sheet.both("resume.other-times", &[]),
        DueState::TooSoon { possible_in, .. } if is_too_soon => {
            let least = scene.protocol.rules.least_interval_days.to_string();
            let date = day_words(scene.now.wall, possible_in);
            sheet.both("resume.too-soon", &[("least", &least), ("date", &date)])
        }
        DueState::NotKnown => {
            let folders = scene.app.startup.unlisted.join("; ");
            sheet.text("welcome.unlisted", &[("folders", &folders)]).both("resume.not-known", &[])
        }
        DueState::TooSoon { .. } | DueState::NotYet { .. } | DueState::Due => going_on(scene, candidate, sheet),
    };
    if candidate.may_be_cut_short {
        sheet = sheet.wide_gap().both("resume.cut-short", &[]);
    }
    if candidate.preview.anything_rolled() && !candidate.preview.is_stopped() {
        sheet = sheet.wide_gap().wide("resume.sore", &[]);
    }
    let sheet = sheet.gap().both("resume.nothing-chosen", &[]);
    let head = scene.fit(|| strong(scene.say("name")), title);
    let status =
        scene.fit(|| plain(day_and_time(scene.now.wall, scene.now.wall)), || plain(scene.now.wall.time_of_day()));
    let mut view =
        scene.page(head, status, sheet, |action| action != Action::Resume || !(candidate.other_times || is_too_soon));
    // A session in which nothing was rolled is no part session.
    if !candidate.preview.anything_rolled()
        && let Some(hint) = view.foot.hint(Action::KeepPart)
    {
        hint.label = scene.say("resume.close-it");
        hint.short.clone_from(&hint.label);
    }
    view.in_one_line(|| format!("{} {place}", scene.say("resume.title")))
}

/// What comes before the place is reached again.
fn going_on<'a>(scene: &Scene<'a>, candidate: &ResumeCandidate, sheet: super::Sheet<'a>) -> super::Sheet<'a> {
    let Some(again) = candidate.again(scene.now.moment) else {
        let cut_off = |session: &Session| session.progress().iter().map(|(_, progress)| progress.cut_off).sum::<u32>();
        let sheet = if cut_off(&candidate.preview) > cut_off(&candidate.session) {
            sheet.both("resume.counted", &[])
        } else {
            sheet
        };
        let word = match candidate.preview.step() {
            Some(Step::Paused(pause)) if matches!(pause.held.due, Due::Saline | Due::Serum) => "resume.go-on-after",
            Some(Step::Advice) => "resume.go-on-advice",
            Some(_) => "resume.go-on",
            None => "resume.go-on-list",
        };
        return sheet.both(word, &[]);
    };
    let minutes = scene.protocol.rules.stale_minutes().to_string();
    let word = match again {
        Again::OtherProtocol => "resume.other-protocol",
        Again::Clocks => "resume.clocks",
        Again::Stale | Again::OldAnswers => "resume.stale",
    };
    let soak = clock(scene.protocol.times.contact);
    let reading = scene.protocol.rules.quick_answer;
    let count = u32::try_from(scene.protocol.checklist.items.len()).unwrap_or(u32::MAX);
    let list = reading.saturating_mul(count).as_secs().div_ceil(60).max(1).to_string();
    let about = scene.fill("resume.list-about", &[("minutes", &list)]);
    let steps = vec![
        row([plain(scene.say("resume.soak")), plain(&soak)]),
        row([plain(scene.say("resume.list")), plain(&about)]),
    ];
    sheet
        .both(word, &[("minutes", &minutes)])
        .table(if scene.is_wide() { LIST } else { CHOICE }, steps)
        .wide("resume.then", &[])
}

/// "19:43, 26 minutes ago: the terminal closed".
fn stopped(scene: &Scene, candidate: &ResumeCandidate) -> String {
    let word = match candidate.interruption {
        Interruption::CutOff => "resume.cut-off",
        Interruption::ToldToEnd => "resume.told-to-end",
        Interruption::Paused if matches!(candidate.session.step(), Some(Step::SoakingAgain(_))) => {
            "resume.while-soaking"
        }
        Interruption::Paused => "resume.while-paused",
        Interruption::Open => "resume.left-open",
    };
    let ago = ago(scene, candidate.away_at(scene.now.moment));
    scene.fill(word, &[("time", &candidate.last.wall.time_of_day()), ("ago", &ago)])
}

fn ago(scene: &Scene, away: Away) -> String {
    /// Clocks that differ by no more than this say the same in whole minutes.
    const AGREE: Duration = Duration::from_secs(60);
    const HOUR: u64 = 60;
    const DAY: u64 = 24 * HOUR;
    let most = match away {
        Away::For { least, most } if most.saturating_sub(least) <= AGREE => most,
        Away::For { .. } | Away::Unknown => return scene.say("resume.ago-unknown"),
    };
    let minutes = most.as_secs() / 60;
    let fill = |word: &str, count: u64| scene.fill(word, &[("count", &count.to_string())]);
    match minutes {
        0 => scene.say("resume.ago-now"),
        1 => scene.say("resume.ago-minute"),
        2..=119 => fill("resume.ago-minutes", minutes),
        120..=2_879 => fill("resume.ago-hours", minutes / HOUR),
        _ => fill("resume.ago-days", minutes / DAY),
    }
}

/// Where it goes on: a section with its time left, or a stage before it.
fn place(scene: &Scene, candidate: &ResumeCandidate) -> String {
    let session = &candidate.session;
    match session.stage() {
        _ if matches!(candidate.preview.stage(), Stage::After { .. }) => scene.say("resume.at-closing"),
        Stage::Sterilise if !candidate.preview.anything_rolled() => scene.say("resume.at-soak"),
        Stage::Checklist if !candidate.preview.anything_rolled() => {
            let places = [
                ("done", session.answers().count().to_string()),
                ("of", session.protocol().checklist.items.len().to_string()),
            ];
            scene.fill("resume.at-list", &borrowed(&places))
        }
        Stage::Verdict(_) | Stage::LastTouch(_) if !candidate.preview.anything_rolled() => {
            scene.say("resume.at-verdict")
        }
        Stage::Sterilise
        | Stage::Checklist
        | Stage::Verdict(_)
        | Stage::LastTouch(_)
        | Stage::HandsFree(_)
        | Stage::After { .. }
        | Stage::Ended => at_section(scene, candidate),
    }
}

fn at_section(scene: &Scene, candidate: &ResumeCandidate) -> String {
    let next = match candidate.preview.step() {
        Some(Step::Paused(pause) | Step::RollerTouched(pause) | Step::SoakingAgain(pause)) => match pause.held.due {
            Due::Stroke { section, .. } | Due::GetReady { section } | Due::Move { section } => Some(section),
            Due::Saline | Due::Serum if candidate.preview.is_stopped() => return stopped_at(scene, candidate),
            Due::Saline | Due::Serum => return scene.say("resume.at-saline"),
            Due::Contact | Due::Prepare | Due::HandClean => None,
        },
        Some(Step::Advice) => return stopped_at(scene, candidate),
        Some(Step::Running { .. }) | None => None,
    };
    let Some(section) = next.or_else(|| first_open(scene, candidate)) else { return scene.say("resume.at-saline") };
    let places = [
        ("n", section.number().to_string()),
        ("section", scene.section_name(section)),
        ("left", clock(section_left(&candidate.preview, section))),
    ];
    scene.fill("resume.at-section", &borrowed(&places))
}

/// Rolling was stopped: nothing is rolled any more.
fn stopped_at(scene: &Scene, candidate: &ResumeCandidate) -> String {
    let rolled = candidate.preview.anything_rolled();
    let word = if rolled { "resume.at-stop" } else { "resume.at-stop-unrolled" };
    scene.say(word)
}

fn first_open(scene: &Scene, candidate: &ResumeCandidate) -> Option<Section> {
    let open = candidate.preview.to_roll();
    scene.protocol.order.iter().copied().find(|section| open.contains(*section))
}

/// Names of the sections that were finished, and of those still to be rolled: neither skipped, nor after a stop.
fn sections(scene: &Scene, candidate: &ResumeCandidate) -> (String, String) {
    let session = &candidate.preview;
    let names = |wanted: &dyn Fn(Section) -> bool| {
        let order = scene.protocol.order.iter().copied();
        scene.joined(order.filter(|section| wanted(*section)).map(|section| scene.section_name(section)))
    };
    let is_done = |section: Section| session.progress()[section].end.is_some_and(SectionEnd::is_done);
    let is_open = |section: Section| {
        let is_allowed = session.permit().is_none_or(|permit| permit.allows(section));
        session.progress()[section].end.is_none() && is_allowed && !session.is_stopped()
    };
    (names(&is_done), names(&is_open))
}
