//! Replays the records of interrupted sessions, so that they can be resumed.

use std::path::Path;
use std::sync::Arc;

use super::{InterruptedSessions, Interruption, ResumeCandidate};
use crate::record::{self, ByName, Facts, Past, Reading, Tail};
use engine::protocol::Protocol;
use engine::session::{Away, Due, Effect, Event, PauseCause, Session};
use engine::timeline::{Boot, Moment, Now, Wall};

/// The current time by every clock that helps to measure how long a session was interrupted.
#[derive(Debug, Clone)]
pub struct ClockReading {
    /// The wall clock.
    pub wall: Wall,
    /// The boot of the computer, if the system names it.
    pub boot: Option<Boot>,
    /// The program's own timeline.
    pub moment: Moment,
}

/// Makes each interrupted session in `past` ready to follow `protocol`. The caller passes interrupted sessions only.
pub fn interrupted_sessions<'a>(
    past: impl Iterator<Item = &'a Past>,
    protocol: &Arc<Protocol>,
    clocks: &ClockReading,
) -> InterruptedSessions {
    let mut interrupted = InterruptedSessions::default();
    for past in past {
        let found = record::read(&past.path).map(|reading| Facts::of(reading.verified_entries(), false));
        interrupted.opened.extend(found.into_iter().flat_map(|found| found.opened));
        match candidate(&past.path, protocol, clocks) {
            Some(candidate) => interrupted.candidates.push(candidate),
            None => interrupted.uncounted.names.push(format!("{}.toml {}", past.id, why_not(past))),
        }
    }
    interrupted
}

/// Why this session cannot be offered, as the second half of a sentence.
fn why_not(past: &Past) -> String {
    match past.damaged_lines.first() {
        Some(line) => format!("is damaged from line {line} on"),
        None => "says what the rules refuse".to_owned(),
    }
}

/// None if the record is damaged or holds an event that the engine refuses: what happened is then unknown, and not
/// guessed.
fn candidate(path: &Path, protocol: &Arc<Protocol>, clocks: &ClockReading) -> Option<ResumeCandidate> {
    let reading = record::read(path).ok().filter(|reading| reading.damage.is_empty())?;
    let last = last_now(&reading);
    let follows = reading.follows(protocol);
    let other_times = reading.header.trial != protocol.trial;
    // A trial stays a trial, and a real session stays real, whatever the settings say now.
    let protocol = &if other_times {
        Arc::new(Protocol { trial: reading.header.trial, ..Protocol::clone(protocol) })
    } else {
        protocol.clone()
    };
    let replayed = || if follows { replay(&reading, protocol) } else { carry(&reading, protocol, last) };
    let (session, pending) = replayed()?;
    let (mut preview, _) = replayed()?;
    let away = record::downtime(&reading, session.stands_still(), clocks.wall, clocks.boot.as_ref());
    let counted = if follows { away } else { Away::Unknown };
    let _ = preview.handle(Event::Resumed { away: counted, boot: None }, last);
    Some(ResumeCandidate {
        id: reading.header.id.clone(),
        started: reading.header.started.wall(),
        serum: reading.header.serum.clone().unwrap_or_default(),
        session,
        preview,
        last,
        interruption: interruption(&reading),
        away,
        found: clocks.moment,
        pending,
        other_protocol: !follows,
        other_times,
        torn: reading.tail != Tail::Clean,
        rolled_since: false,
        may_be_cut_short: false,
    })
}

fn last_now(reading: &Reading) -> Now {
    let last = reading.entries.last();
    Now {
        moment: last.map_or(Moment::ZERO, |entry| Moment::from_millis(entry.t)),
        wall: last.map_or(reading.header.started, |entry| entry.at).wall(),
    }
}

/// Read from its last entries by name, because the protocol may have changed.
fn interruption(reading: &Reading) -> Interruption {
    let found = reading.entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Paused { cause: PauseCause::Signal } => Some(Interruption::ToldToEnd),
        Event::Paused { .. }
        | Event::Slept { .. }
        | Event::Stalled { .. }
        | Event::SoakedAgain
        | Event::RollerSwapped { .. }
        | Event::Resumed { .. } => Some(Interruption::Paused),
        Event::RanOut(Due::Contact) => None,
        Event::RanOut(_) | Event::WentOn | Event::HandsFree | Event::Enough | Event::OneMore | Event::AdviceRead => {
            Some(Interruption::CutOff)
        }
        Event::SoakStarted(_)
        | Event::Answered { .. }
        | Event::ListConfirmed { .. }
        | Event::SetUp
        | Event::SkinReady
        | Event::SkinTakenBack
        | Event::SoakTakenBack => Some(Interruption::Open),
        _ => None,
    });
    found.unwrap_or(Interruption::Open)
}

/// Replays every entry under the same protocol; nothing is left to record.
fn replay(reading: &Reading, protocol: &Arc<Protocol>) -> Option<(Session, Vec<Effect>)> {
    let entries = reading.events(protocol).ok()?;
    let (session, refused) = Session::replay(protocol.clone(), &entries);
    refused.is_none().then(|| (session, Vec::new()))
}

/// Starts a session under `protocol` and carries over what was rolled. One that was stopped before is closed with that:
/// no protocol rolls on after a stop. Returns the effects of that, which must be recorded.
fn carry(reading: &Reading, protocol: &Arc<Protocol>, last: Now) -> Option<(Session, Vec<Effect>)> {
    let before = u32::try_from(reading.entries.len()).ok()?;
    let mut session = Session::begin_after(protocol.clone(), before);
    let change = Event::change_to(protocol);
    let carried = reading.rolled().into_iter().map(Event::CarriedOver);
    let stops =
        |event: &Event<ByName>| matches!(event, Event::Stopped { .. } | Event::RollerRetired | Event::KeptAsPart);
    let was_stopped = reading.entries.iter().any(|entry| stops(&entry.event));
    let close = was_stopped.then_some(Event::KeptAsPart);
    let mut pending = Vec::new();
    for event in core::iter::once(change).chain(carried).chain(close) {
        let effects = session.handle(event, last);
        if effects.is_empty() {
            return None;
        }
        pending.extend(effects);
    }
    Some((session, pending))
}
