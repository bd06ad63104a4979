//! Lists interruptions: pauses with their causes, touches of the roller and what followed, downtime.

use super::SessionText;
use super::terms::{clean, id, time};
use crate::record::dialect::ByName;
use crate::record::entry::RecordedEntry;
use crate::record::reading::Reading;
use engine::protocol::Section;
use engine::protocol::words::clock;
use engine::session::{Away, Due, Event, Kept, PauseCause};

impl SessionText {
    /// One line for each event worth telling, with the time of day.
    pub(super) fn events(&mut self, reading: &Reading) {
        let entries = &reading.entries;
        let line = |(place, entry): (usize, &RecordedEntry)| {
            let what = self.event(entry, entries.get(place + 1..).unwrap_or_default())?;
            Some(self.words.fill("event.line", &[("time", &entry.at.local_second()), ("what", &what)]))
        };
        let lines: Vec<String> = entries.iter().enumerate().filter_map(line).collect();
        self.rows("label.events", &lines);
    }

    /// What `entry` tells; `after` are the entries after it.
    fn event(&self, entry: &RecordedEntry, after: &[RecordedEntry]) -> Option<String> {
        Some(match &entry.event {
            Event::Paused { cause } => self.paused(entry.t, *cause, after),
            Event::NeedlesRejected => self.words.say("event.needles-rejected"),
            Event::SoakStarted(Kept::SealedPack) => self.words.say("event.pack-opened"),
            Event::SoakStarted(Kept::InLiquid { .. }) => self.words.say("event.soak-started"),
            Event::SoakTakenBack => self.words.say("event.soak-taken-back"),
            Event::EnoughTakenBack => self.words.say("event.enough-taken-back"),
            Event::RollerTouched => self.words.say("event.roller-touched"),
            Event::TouchedNothing => self.words.say("event.touched-nothing"),
            Event::BloodOrWelts => self.words.say("event.blood-or-welts"),
            Event::NoBloodOrWelts => self.words.say("event.no-blood-or-welts"),
            Event::SoakedAgain => self.words.say("event.soaked-again"),
            Event::RollerUnfit { cause } => self.word("unfit", (*cause).into()),
            Event::RollerRetired => self.words.say("event.roller-retired"),
            Event::RollerSwapped { roller, .. } => {
                self.words.fill("event.roller-swapped", &[("name", &clean(&roller.name))])
            }
            Event::ProtocolChanged { .. } => self.words.say("event.protocol-changed"),
            Event::OneMore => self.words.say("event.one-more"),
            Event::Resumed { away: Away::For { least, .. }, .. } => {
                self.words.fill("event.resumed", &[("long", &clock(*least))])
            }
            Event::Resumed { away: Away::Unknown, .. } => self.words.say("event.resumed-unknown"),
            _ => return None,
        })
    }

    /// A pause that began at `since`, in milliseconds on the session's timeline: its length, its cause and its section.
    fn paused(&self, since: u64, cause: PauseCause, after: &[RecordedEntry]) -> String {
        // Going on after a touch begins with cleaning hands, which is part of the pause.
        let mut rest = after.iter().skip_while(|later| is_a_halt(&later.event)).peekable();
        let gone_on = rest.next();
        let hands = rest.peek().filter(|next| matches!(next.event, Event::RanOut(Due::HandClean)));
        let ended = hands.copied().or(gone_on);
        let paused = match ended.map(|ended| time(ended.t.saturating_sub(since))) {
            Some(long) => self.words.fill("event.paused", &[("long", &long)]),
            None => self.words.say("event.paused-still"),
        };
        let section = after.iter().find_map(|later| section_of(&later.event));
        let section = section.map(|section| id(section.id())).unwrap_or_default();
        let parts = [paused, self.word("cause", cause.into()), section];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Events that happen while a session stands still.
fn is_a_halt(event: &Event<ByName>) -> bool {
    matches!(
        event,
        Event::Paused { .. }
            | Event::Slept { .. }
            | Event::Stalled { .. }
            | Event::RollerTouched
            | Event::TouchedNothing
            | Event::BloodOrWelts
            | Event::NoBloodOrWelts
            | Event::EnoughTakenBack
            | Event::RollerUnfit { .. }
            | Event::SoakedAgain
            | Event::RollerSwapped { .. }
    )
}

/// The section that the event is about.
fn section_of(event: &Event<ByName>) -> Option<Section> {
    match event {
        Event::RanOut(Due::GetReady { section } | Due::Stroke { section, .. } | Due::Move { section }) => {
            Some(*section)
        }
        Event::CarriedOver(carried) => Some(carried.section),
        _ => None,
    }
}
