//! What tells two states apart.

use std::time::Duration;

use dermaroll_engine::protocol::{ItemIx, Section};
use dermaroll_engine::safety::{Ago, Answer, Contact, Detail, Doctor, Keep, Place, Which};
use dermaroll_engine::session::{Due, HaltedStep, PauseCause, SectionEnd, Session, Stage, Step};
use dermaroll_engine::timeline::{Countdown, Moment};

use super::explore::World;
use super::world::{ANSWERS_LAST, ROLLERS, SMALL, STALE_AFTER, TICK};

/// All that can make a difference from here on, with moments relative to the present and spans as far as the rules
/// look at them.
pub(crate) fn key(world: &World) -> Vec<u8> {
    let World { session, monitor, moment } = world;
    let mut key = Key(Vec::with_capacity(64));
    let hands_free = matches!(session.stage(), Stage::HandsFree(_));
    let over = matches!(session.stage(), Stage::After { .. } | Stage::Ended);
    key.stage(session, *moment);
    key.push(u8::from(monitor.stopped));
    key.push(monitor.reason.map_or(9, |reason| u8::try_from(reason).unwrap_or(8)));
    key.push(u8::from(session.anything_rolled()));
    key.push(u8::from(monitor.closes > 0));
    key.push(u8::from(session.saw_blood_or_welts()));
    if over {
        key.push(u8::from(monitor.retired));
        session.signed_out().iter().for_each(|said| key.push(said.map_or(9, |said| said as u8)));
        key.push(u8::from(session.felt().is_some()));
        key.push(u8::from(session.note().is_empty()));
        return key.0;
    }
    key.push(
        session.roller().map_or(9, |roller| u8::from(roller.needle.0 >= 150) + 2 * u8::from(roller.id == ROLLERS[1])),
    );
    key.push(u8::from(session.unfit().is_some()));
    for id in ROLLERS {
        key.push(u8::from(session.is_barred(id)) + 2 * u8::from(session.was_opened(id)));
    }
    key.push(u8::from(session.acknowledged()));
    key.contact(session.contact(), *moment);
    key.push(u8::from(monitor.carries));
    let age =
        |since: Option<Moment>, older| since.map_or(9, |since| ticks(moment.since(since) + older, ANSWERS_LAST + 1));
    key.push(age(monitor.first, monitor.older));
    key.push(ticks(session.idle(*moment), STALE_AFTER + 1));
    if hands_free {
        let permit = session.permit();
        Section::ALL
            .into_iter()
            .for_each(|section| key.push(u8::from(permit.is_some_and(|permit| permit.allows(section)))));
    } else {
        for ix in 0..SMALL.checklist.items.len() {
            key.answer(session.answers().given(ItemIx(ix)));
        }
        key.push(monitor.card.map_or(9, |seen| u8::try_from(seen.number).unwrap_or(8)));
        if let Some(seen) = monitor.card {
            key.push(u8::try_from(monitor.lines_read(seen, *moment)).unwrap_or(9));
            key.push(u8::try_from(seen.lines).unwrap_or(9));
            key.push(seen.since.map_or(9, |since| ticks(moment.since(since), 8)));
        }
        key.push(age(monitor.complete, Duration::ZERO).min(1));
        key.push(session.answering_took().map_or(9, |took| u8::from(took < TICK)));
        key.push(u8::from(session.note().is_empty()));
    }
    key.progress(session);
    key.0
}

fn ticks(span: Duration, most: u32) -> u8 {
    u8::try_from(span.as_secs().min(u64::from(most))).unwrap_or(u8::MAX)
}

struct Key(Vec<u8>);

impl Key {
    fn push(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// How long until `ends`, or how long ago it was.
    fn until(&mut self, ends: Moment, now: Moment) {
        self.push(ticks(ends.since(now), 200));
        self.push(ticks(now.since(ends), 3));
    }

    fn due(&mut self, due: Due) {
        let (tag, part) = match due {
            Due::Contact => (0, 0),
            Due::Prepare => (1, 0),
            Due::HandClean => (2, 0),
            Due::GetReady { section } => (3, section.number()),
            Due::Stroke { section, stroke } => (4, section.number() * 8 + u8::try_from(stroke).unwrap_or(7)),
            Due::Move { section } => (5, section.number()),
            Due::Saline => (6, 0),
            Due::Serum => (7, 0),
        };
        self.0.extend([tag, part]);
    }

    fn held(&mut self, held: HaltedStep) {
        self.due(held.due);
        self.push(ticks(held.left, 200));
    }

    fn stage(&mut self, session: &Session, now: Moment) {
        match session.stage() {
            Stage::Sterilise => self.push(0),
            Stage::Checklist => self.push(1),
            Stage::Verdict(_) => self.push(2),
            Stage::LastTouch(last) => {
                let said = [last.skin_ready, last.heard.is_some(), last.clicker];
                self.push(3);
                self.0.extend(said.map(u8::from));
            }
            Stage::HandsFree(hands_free) => {
                self.push(4);
                self.push(u8::from(hands_free.clicker));
                self.push(hands_free.section.map_or(0, Section::number));
                self.push(hands_free.last.map_or(0, Section::number));
                self.step(hands_free.step, now);
            }
            Stage::After { serum } => {
                self.push(5);
                if let Some(ends) = serum.and_then(Countdown::deadline) {
                    self.until(ends, now);
                }
            }
            Stage::Ended => self.push(6),
        }
    }

    fn step(&mut self, step: Step, now: Moment) {
        match step {
            Step::Running { due, clock, then } => {
                self.push(0);
                self.due(due);
                clock.deadline().into_iter().for_each(|ends| self.until(ends, now));
                then.into_iter().for_each(|held| self.held(held));
            }
            Step::Paused(pause) | Step::RollerTouched(pause) => {
                self.push(if matches!(step, Step::Paused(_)) { 1 } else { 2 });
                self.held(pause.held);
                self.push(
                    u8::from(pause.cause == PauseCause::Clicker) + 2 * u8::from(pause.cause == PauseCause::Soaked),
                );
                self.push(ticks(now.since(pause.since.moment), STALE_AFTER + 1));
            }
            Step::Advice => self.push(4),
            Step::SoakingAgain(pause) => {
                self.push(3);
                self.held(pause.held);
                self.until(pause.since.moment, now);
            }
        }
    }

    fn contact(&mut self, contact: Contact, now: Moment) {
        match contact {
            Contact::NotStarted => self.push(0),
            Contact::SealedPack => self.push(1),
            Contact::Soaked => self.push(2),
            Contact::Soaking { ends } => {
                self.push(3);
                self.until(ends, now);
            }
        }
    }

    fn answer(&mut self, answer: Option<&Answer>) {
        let detail = match answer {
            None => return self.push(0),
            Some(Answer::No) => return self.push(1),
            Some(Answer::Risk { detail, .. }) => detail,
        };
        match detail {
            Detail::Plain => self.push(2),
            Detail::Doctor(said) => self.push(3 + u8::from(*said == Doctor::AllRight)),
            Detail::Waited { which, ago } => {
                self.push(5);
                self.push(if let Which::These(these) = which { u8::try_from(these.len()).unwrap_or(8) } else { 9 });
                self.push(if let Ago::Days(days) = ago { u8::try_from(*days).unwrap_or(99) } else { 98 });
            }
            Detail::WaitedEach(each) => {
                self.push(9);
                self.push(u8::try_from(each.len()).unwrap_or(99));
                for (ix, ago) in each {
                    self.push(u8::try_from(*ix).unwrap_or(99));
                    self.push(if let Ago::Days(days) = ago { u8::try_from(*days).unwrap_or(99) } else { 98 });
                }
            }
            Detail::Where(place) => self.place(6, *place),
            Detail::Around { place, keep } => self.place(7 + u8::from(*keep == Keep::Skip), *place),
        }
    }

    fn place(&mut self, tag: u8, place: Place) {
        self.push(tag);
        self.push(place.sections().iter().map(|section| 1 << (section.number() - 1)).sum());
    }

    /// Of a section that is over and cannot be taken up again, only that matters.
    fn progress(&mut self, session: &Session) {
        let last = match session.stage() {
            Stage::HandsFree(hands_free) => hands_free.last,
            _ => None,
        };
        for (section, progress) in session.progress().iter() {
            let again = last == Some(section) || session.section() == Some(section) || progress.end.is_none();
            if !again {
                self.push(0);
                continue;
            }
            let tag = match progress.end {
                None => 1,
                Some(SectionEnd::LeftOut) => 2,
                Some(_) => 3,
            };
            self.push(tag);
            self.push(u8::from(progress.begun()));
            self.push(u8::from(progress.one_more));
            self.push(ticks(progress.part, 200));
            self.push(ticks(progress.ended_in, 200));
            let to_go = progress.plan.get(progress.strokes.len()..).unwrap_or_default();
            to_go.iter().for_each(|stroke| self.push(u8::try_from(*stroke).unwrap_or(7)));
            self.push(9);
        }
    }
}
