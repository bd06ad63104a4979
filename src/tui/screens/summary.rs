//! The summary: what was rolled, how it felt, when the next session is.

use super::after::retiring;
use super::dates::day_words;
use super::rolling::share;
use super::sheet::{TEXT, marked, plain, quiet, row, strong};
use super::{Action, After, App, Component, Facts, HeadStage, Note, Output, Pressed, Scene, ScreenName, View, map};
use crate::tui::view::{Fill, Fit, Form, Line, MapSize, Means, Piece, Tone};
use engine::protocol::Section;
use engine::protocol::words::{borrowed, clock};
use engine::session::closing::FELT;
use engine::session::{self, Event, Outcome, SectionEnd};

#[derive(Debug, Clone)]
pub struct Summary;

impl Component for Summary {
    fn facts(&self, _: &App) -> Facts {
        Facts::of(ScreenName::Summary)
    }

    fn page(&self, scene: &Scene) -> View {
        let Some(session) = scene.session else { return super::welcome::welcome(scene) };
        let Some(summary) = session.summary() else { return After(0).page(scene) };
        let kept = session.is_kept();
        let face = || {
            map::face(scene, MapSize::Mini, |section| {
                let this = &summary.sections[section];
                let fill = match this.rolled.is_zero() {
                    true => Fill::LeftOut,
                    false if share(this.rolled, this.planned).thousandths >= 500 => Fill::Done,
                    false => Fill::Next,
                };
                (String::new(), fill)
            })
        };
        let rows = scene.protocol.order.iter().map(|section| {
            let this = &summary.sections[*section];
            let time = if this.rolled.is_zero() { String::new() } else { clock(this.rolled) };
            let name = if scene.is_wide() { scene.section_name(*section) } else { scene.section_bare(*section) };
            row([strong(section.number().to_string()), plain(name), plain(time), end_text(scene, summary, *section)])
        });
        let counts = [
            ("pauses", summary.pauses.to_string()),
            ("paused", clock(summary.paused)),
            ("cleans", summary.hand_cleans.to_string()),
            ("events", summary.roller_events.to_string()),
        ];
        let counts = borrowed(&counts);
        let feel = match session.felt() {
            Some(level) => Line::meaning(format!("[ {level} ]"), Tone::Strong, Means::Level(Some(level))),
            None => Line::meaning("[   ]", Tone::Quiet, Means::Level(None)),
        };
        let note = if session.note().is_empty() { quiet(scene.say("summary.no-note")) } else { plain(session.note()) };
        let about = if scene.form == Form::LineMode {
            let all = FELT.map(|level| level.to_string()).collect::<Vec<_>>().join(" ");
            row([plain(scene.say("summary.feel")), plain(all), feel, quiet(scene.say("summary.feel-scale"))])
        } else if scene.is_wide() {
            row([plain(scene.say("summary.feel")), levels(session.felt())])
        } else {
            row([plain(scene.say("summary.feel-narrow")), feel])
        };
        let scale = || row([Line::default(), quiet(scene.say("summary.feel-ends"))]);
        let about = core::iter::once(about).chain((scene.form == Form::Full).then(scale));
        let note_row = vec![row([plain(scene.say("summary.note")), note])];
        let mut sheet = scene.sheet().when_wide(|sheet| sheet.gap().map(face())).heading_text(if kept {
            headline(scene, summary)
        } else {
            scene.say("summary.rehearsed")
        });
        if kept && summary.outcome == Outcome::Finished && !session.is_alarming() {
            sheet = sheet.wide("summary.warm", &[]);
        }
        sheet = sheet.gap();
        if kept && session.is_alarming() {
            sheet = sheet.red_flags(true).gap();
        }
        if !kept {
            let count = scene.app.startup.full_questions.to_string();
            let contact = clock(scene.app.startup.full_contact);
            sheet = sheet.text("summary.rehearsed-adds", &[("contact", &contact), ("n", &count)]).gap();
        }
        sheet = sheet.list(rows.collect()).gap();
        if let Some(reason) = summary.stop_reason.and_then(|reason| scene.protocol.stop_reasons.get(reason)) {
            sheet = sheet.text("summary.stop-reason", &[("reason", &reason.text)]);
        }
        // Nobody reads noughts.
        let tally = [
            (["summary.pauses-one", "summary.pauses"], if summary.carried { 0 } else { summary.pauses }),
            (["summary.cleans-one", "summary.cleans"], if summary.carried { 0 } else { summary.hand_cleans }),
            (["summary.events-one", "summary.events"], summary.roller_events),
        ];
        let tally = tally.into_iter().filter(|(_, count)| *count > 0);
        let tally: Vec<String> =
            tally.map(|([one, several], count)| scene.fill(if count == 1 { one } else { several }, &counts)).collect();
        // In a small window how it felt is wanted sooner.
        if !tally.is_empty() && scene.is_wide() {
            sheet = sheet.line(TEXT, plain(tally.join(" ")));
        }
        // A trial is never counted: neither as a use of the roller nor for the interval.
        let counts = kept && session.anything_rolled() && !scene.protocol.trial;
        if let Some(roller) = summary.roller.as_ref().filter(|_| counts) {
            let used = (roller.uses + 1).to_string();
            let limit = scene.app.startup.uses_limit.to_string();
            let is_used_up = roller.uses + 1 >= scene.app.startup.uses_limit;
            let word = if is_used_up { "summary.roller-over" } else { "summary.roller" };
            let places = [("name", roller.name.as_str()), ("used", &used), ("limit", &limit)];
            let line = marked(&scene.fill(word, &places), Tone::Plain);
            if scene.is_wide() || is_used_up {
                sheet = sheet.line(TEXT, line);
            }
        }
        if let Some(line) = retiring(&scene.app.words, session).filter(|_| kept) {
            sheet = sheet.line(TEXT, strong(line));
        }
        if kept && session.anything_rolled() {
            sheet = sheet.gap().both("summary.tonight", &[]);
        }
        sheet = sheet.gap().table(TEXT, about.collect()).table(TEXT, note_row);
        if counts {
            let date = day_words(scene.now.wall, i64::from(scene.app.startup.interval_days));
            let days = scene.app.startup.interval_days.to_string();
            sheet = sheet.gap().both(
                scene.if_saved("summary.next-line", "summary.next-line-unsaved"),
                &[("date", &date), ("days", &days)],
            );
        } else if kept {
            sheet = sheet.gap().text(scene.if_saved("summary.kept", "summary.unsaved"), &[]);
        }
        scene.page(scene.steps(HeadStage::After), saved(scene), sheet, |_| true)
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        match pressed.action {
            Action::Choose => {
                let level = pressed.number().and_then(|level| u8::try_from(level).ok());
                level.map(|level| app.send(Event::Felt { level }, pressed.now)).unwrap_or_default()
            }
            Action::Note => app.show(Note::of(app)),
            Action::Back => app.show(After(0)),
            Action::Finish => app.send(Event::Left, pressed.now),
            _ => Vec::new(),
        }
    }
}

/// The levels, with the chosen one marked by more than its weight.
fn levels(felt: Option<u8>) -> Line {
    let level = |level: u8| match felt == Some(level) {
        true => Piece::new(format!("[{level}]"), Tone::Current),
        false => Piece::new(format!(" {level} "), Tone::Plain),
    };
    Line(FELT.map(level).collect())
}

/// When it was saved, for the right end of the head.
pub(super) fn saved(scene: &Scene) -> Fit {
    let Some(session) = scene.session else { return Fit::default() };
    match saved_words(scene, session) {
        Some(words) => scene.status(words),
        None => Fit::default(),
    }
}

/// Whether the session is saved, and since when; None before it is over.
pub(super) fn saved_words(scene: &Scene, session: &session::Session) -> Option<String> {
    if !session.is_kept() {
        return Some(scene.say("free.not-kept"));
    }
    let closed = session.summary()?.closed.time_of_day();
    Some(scene.fill(scene.if_saved("free.saved", "free.unsaved"), &[("time", &closed)]))
}

fn end_text(scene: &Scene, summary: &session::Summary, section: Section) -> Line {
    let this = &summary.sections[section];
    let titles = |items: &[engine::protocol::ItemIx]| {
        scene.joined(items.iter().map(|item| super::answer::item_title(scene, *item)))
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

fn headline(scene: &Scene, summary: &session::Summary) -> String {
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
