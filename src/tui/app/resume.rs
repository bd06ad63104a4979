//! What becomes of an unfinished session: it is gone on with, kept as it is, or deleted.

use core::time::Duration;

use super::{App, Output, RunningSession};
use crate::tui::screens::{Resume, Welcome};
use engine::safety::Verdict;
use engine::session::{Away, Effect, Event, Session, Stage};
use engine::timeline::{Boot, Moment, Now};
use store::startup::{InterruptedSessions, ResumeCandidate};

impl App {
    /// Unfinished sessions, newest first. Those that only lack their last line are closed without a question; the
    /// first of the others is asked about before anything else.
    pub(super) fn offer_resume(&mut self, interrupted: InterruptedSessions, now: Now) -> Vec<Output> {
        let mut outputs = Vec::new();
        self.startup.uncounted = interrupted.uncounted;
        for id in interrupted.opened {
            self.startup.unseal(&id);
        }
        for candidate in interrupted.candidates {
            match candidate.session.stage() {
                Stage::Verdict(Verdict::Stop(_)) => {
                    self.notice = self.words.say("resume.was-stopped").into();
                    let resumption = self.resumption(&candidate, now);
                    outputs.extend(close_stopped(candidate, resumption, now));
                }
                Stage::After { .. } | Stage::Ended => {
                    self.notice = self.words.say("resume.was-over").into();
                    outputs.extend(close_over(candidate));
                }
                Stage::HandsFree(_) if candidate.session.summary().is_some() => {
                    self.notice = self.words.say("resume.was-over").into();
                    outputs.extend(close_over(candidate));
                }
                Stage::Sterilise
                | Stage::Checklist
                | Stage::Verdict(Verdict::Clear(_))
                | Stage::LastTouch(_)
                | Stage::HandsFree(_) => self.candidates.push(candidate),
            }
        }
        self.ask_about_next();
        outputs
    }

    /// The present boot of the computer and how long it has been up, `now` of the program.
    pub fn boot_at(&self, now: Now) -> Option<Boot> {
        let up = |boot: &Boot| boot.up.saturating_add(now.moment.since(Moment::ZERO));
        self.startup.boot.as_ref().map(|boot| Boot { id: boot.id.clone(), up: up(boot) })
    }

    /// The program's own time line stands still while the computer sleeps; the boot and whatever is offered do not.
    pub(super) fn slept(&mut self, span: Duration) {
        if let Some(boot) = &mut self.startup.boot {
            boot.up = boot.up.saturating_add(span);
        }
        for candidate in &mut self.candidates {
            candidate.away = candidate.away.plus(span);
        }
    }

    pub(in crate::tui) fn may_go_on(&self, candidate: &ResumeCandidate) -> bool {
        !candidate.other_times && !candidate.is_too_soon(self.startup.due)
    }

    fn resumption(&self, candidate: &ResumeCandidate, now: Now) -> Event {
        Event::Resumed { away: candidate.counted_away(now.moment), boot: self.boot_at(now) }
    }

    /// On to the next unfinished session, or to the welcome screen.
    pub(in crate::tui) fn ask_about_next(&mut self) {
        self.screen = if self.candidates.is_empty() { Welcome.into() } else { Resume.into() };
    }

    pub(super) fn delete(&mut self) -> Vec<Output> {
        if self.candidates.is_empty() {
            return Vec::new();
        }
        let candidate = self.candidates.remove(0);
        self.notice = self.words.say("resume.deleted").into();
        self.ask_about_next();
        vec![Output::Discard { id: candidate.id }]
    }

    pub(super) fn go_on_with(&mut self, now: Now) -> Vec<Output> {
        let mut outputs = self.take_up(now);
        outputs.extend(self.run_out(now));
        if let Some(event) = self.roller_after_going_on() {
            outputs.extend(self.send(event, now));
        }
        // Another one in the place of a roller that may not be used is the person's own choice.
        let needs_roller = self.session().is_some_and(|session| {
            matches!(session.stage(), Stage::Sterilise) && session.roller().is_none() && session.unfit().is_none()
        });
        if needs_roller {
            outputs.extend(self.take_first_roller(now));
        }
        outputs
    }

    pub(super) fn keep_as_part(&mut self, now: Now) -> Vec<Output> {
        let mut outputs = self.take_up(now);
        outputs.extend(self.send(Event::KeptAsPart, now));
        if self.session().map(Session::stage) == Some(&Stage::Ended) {
            // Nothing was rolled, so there is nothing to ask about.
            self.running_session = None;
            self.notice = self.words.say("resume.kept").into();
            outputs.push(Output::CloseRecord);
            self.ask_about_next();
        }
        outputs
    }

    /// The first unfinished session becomes the present one.
    fn take_up(&mut self, now: Now) -> Vec<Output> {
        if self.candidates.is_empty() {
            return Vec::new();
        }
        let mut candidate = self.candidates.remove(0);
        let mut outputs = vec![Output::Reopen { id: candidate.id.clone() }];
        outputs.extend(core::mem::take(&mut candidate.pending).into_iter().map(Output::Session));
        if !candidate.serum.is_empty() {
            self.serum.clone_from(&candidate.serum);
        }
        let event = self.resumption(&candidate, now);
        self.run(running(candidate, now));
        outputs.extend(self.send(event, now));
        outputs
    }
}

/// The session of `offer` on its own time line, which stood still since its last entry.
fn running(candidate: ResumeCandidate, now: Now) -> RunningSession {
    RunningSession { session: candidate.session, began: now.moment, from: candidate.last.moment }
}

/// The checklist had stopped it, and the window was closed there. Clocks that cannot say for how long ask for the
/// checklist again where something is to be rolled; here they must not take the stop away.
fn close_stopped(candidate: ResumeCandidate, resumption: Event, now: Now) -> Vec<Output> {
    let mut outputs = vec![Output::Reopen { id: candidate.id.clone() }];
    let mut running = running(candidate, now);
    let local = running.local(now);
    let resumption = Some(resumption).filter(|event| !matches!(event, Event::Resumed { away: Away::Unknown, .. }));
    for event in resumption.into_iter().chain([Event::Left]) {
        outputs.extend(running.session.handle(event, local).into_iter().filter_map(kept_of_stopped));
    }
    outputs.push(Output::CloseRecord);
    outputs
}

/// It was over, and the program died between its last entry and the summary, which follows from the entries alone.
fn close_over(candidate: ResumeCandidate) -> Vec<Output> {
    let summary = candidate.session.summary().cloned();
    let close = summary.map(|summary| Output::Session(Effect::Close(Box::new(summary))));
    // What was rolled before a stop under another protocol is told first; the summary is among that.
    let told: Vec<Output> = candidate.pending.into_iter().filter_map(kept_of_stopped).collect();
    let close = close.filter(|close| !told.contains(close));
    let mut outputs = vec![Output::Reopen { id: candidate.id }];
    outputs.extend(told.into_iter().chain(close));
    outputs.push(Output::CloseRecord);
    outputs
}

/// The program goes on when a session that was over is closed.
fn kept_of_stopped(effect: Effect) -> Option<Output> {
    match effect {
        Effect::Record(_) | Effect::Close(_) => Some(Output::Session(effect)),
        Effect::Cue(_) | Effect::RetireRoller { .. } | Effect::Leave => None,
    }
}
