//! A session is the fold of its events. Events and the time come in, effects go out. Nothing here can fail, read a
//! clock or write to a disk.

mod cards;
mod clicker;
pub mod closing;
pub mod dialect;
pub mod event;
mod roller_fitness;
mod halts;
mod hands_free;
mod preparing;
pub mod progress;
pub mod rolled_from_events;
pub mod resuming;
pub mod stage;
mod idle;
mod stopping;
pub mod summary;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use alloc::sync::Arc;
use core::time::Duration;

pub use dialect::{ByPlace, Dialect, Translate};
pub use event::{Cue, Due, DueKind, Effect, Entry, Event, EventKind, Judgement, Kept, PauseCause, Said};
pub use progress::Progress;
pub use resuming::{Away, Carried};
pub use rolled_from_events::rolled_from_events;
pub use stage::{HaltedStep, HandsFree, LastTouch, Pause, Stage, Step};
pub use summary::{ContactKept, Outcome, SectionEnd, SectionSummary, Summary};

use crate::protocol::{Kind, PerSection, Protocol, Section, Sections};
use crate::safety::{self, Answers, Contact, Reason, Roller, Unfit, Verdict};
use crate::timeline::{Moment, Now};
use cards::CardReading;

/// Why the list is asked anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Again {
    /// The session stood still for too long.
    Stale,
    /// The clocks could not tell how long nothing ran.
    Clocks,
    /// It goes on under another protocol.
    OtherProtocol,
    /// The answers were too old.
    OldAnswers,
}

/// Counts for the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tally {
    /// How often it was paused.
    pub pauses: u32,
    /// How long it stood still in all.
    pub paused: Duration,
    /// Keys touched while hands free.
    pub touches: u32,
    /// Hand cleanings gone through.
    pub hand_cleans: u32,
    /// How often the roller touched something.
    pub roller_events: u32,
}

/// When the list was answered. Answers that came too fast cannot be confirmed for a while, and old answers do not
/// count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct ListClock {
    /// When the first answer was given.
    first: Option<Moment>,
    /// When the last question got its answer.
    complete: Option<Moment>,
    /// Time since the first answer that the session's time line leaves out: sleep, and time while the program was
    /// closed.
    slept: Duration,
}

/// The state of a session.
#[derive(Debug, PartialEq, Eq)]
pub struct Session {
    protocol: Arc<Protocol>,
    entries: u32,
    roller: Option<Roller>,
    acknowledged: bool,
    retired: bool,
    /// Why the roller that was in use may not touch the skin.
    unfit: Option<Unfit>,
    /// Ids of the rollers that may not touch the skin in this session any more.
    barred: Vec<String>,
    /// Ids of the rollers whose packs were opened in this session.
    opened: Vec<String>,
    contact: Contact,
    soaked: SoakTime,
    answers: Answers,
    list: ListClock,
    /// The card that is being read.
    reading: Option<CardReading>,
    again: Option<Again>,
    judgement: Option<Judgement>,
    reasons: Vec<Reason>,
    progress: PerSection<Progress>,
    tally: Tally,
    /// How long the session was idle from the last touch on, without the present halt. When that is too long, soak and
    /// list are due again.
    idle: Duration,
    cues_heard: Option<bool>,
    stopped: bool,
    /// The time for saline is over, or the person ended it.
    bathed: bool,
    /// Blood or welts were seen before serum.
    blood_or_welts: bool,
    stop_reason: Option<usize>,
    sign_out: Vec<Option<Said>>,
    felt: Option<u8>,
    note: String,
    /// The session goes on under another protocol, so what was rolled under the first one may be carried over.
    carries: bool,
    stage: Stage,
    closed: Option<Box<Summary>>,
}

/// How long the roller in use was in the liquid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum SoakTime {
    None,
    SealedPack,
    Since { began: Moment, before: Duration },
    For(Duration),
}

impl Session {
    /// A session that follows `protocol`, before its first event. A check begins with the list, since it needs no
    /// roller.
    pub fn begin(protocol: Arc<Protocol>) -> Session {
        Session {
            entries: 0,
            roller: None,
            acknowledged: false,
            retired: false,
            unfit: None,
            barred: Vec::new(),
            opened: Vec::new(),
            contact: Contact::NotStarted,
            soaked: SoakTime::None,
            answers: Answers::none(protocol.checklist.items.len()),
            list: ListClock::default(),
            reading: None,
            again: None,
            judgement: None,
            reasons: Vec::new(),
            progress: PerSection::from_fn(|_| Progress::new(protocol.strokes.len())),
            tally: Tally::default(),
            idle: Duration::ZERO,
            cues_heard: None,
            stopped: false,
            bathed: false,
            blood_or_welts: false,
            stop_reason: None,
            sign_out: vec![None; protocol.sign_out.len()],
            felt: None,
            note: String::new(),
            carries: false,
            stage: match protocol.kind {
                Kind::Check => Stage::Checklist,
                Kind::Session | Kind::Rehearsal => Stage::Sterilise,
            },
            closed: None,
            protocol,
        }
    }

    /// As [`Session::begin`], with `entries` in its record already, all of them made under another protocol.
    pub fn begin_after(protocol: Arc<Protocol>, entries: u32) -> Session {
        Session { entries, ..Session::begin(protocol) }
    }

    /// The session after `entries`, and the number of the first entry that the rules refuse, if any; no entry after
    /// that is used.
    pub fn replay(protocol: Arc<Protocol>, entries: &[Entry]) -> (Session, Option<u32>) {
        let before = entries.first().map_or(0, |first| first.number.saturating_sub(1));
        let mut session = Session::begin_after(protocol, before);
        for entry in entries {
            if session.handle(entry.event.clone(), entry.now).is_empty() {
                return (session, Some(entry.number));
            }
        }
        (session, None)
    }

    /// Handles `event` at `now`. An event that the stage or the rules do not allow changes nothing and has no effects;
    /// for any other the first effect is its entry in the record.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let Some(effects) = self.apply(&event, now) else { return Vec::new() };
        self.entries = self.entries.saturating_add(1);
        // Nobody sees a card elsewhere, or through sleep.
        if self.stage != Stage::Checklist || matches!(event, Event::Slept { .. } | Event::Resumed { .. }) {
            self.reading = None;
        }
        let entry = Entry { number: self.entries, now, event };
        core::iter::once(Effect::Record(entry)).chain(effects).collect()
    }

    /// Handles every countdown that has run out by `now`, one after the other.
    pub fn run_out(&mut self, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(due) = self.over_at(now.moment) {
            let more = self.handle(Event::RanOut(due), now);
            if more.is_empty() {
                break;
            }
            effects.extend(more);
        }
        effects
    }

    /// When the next countdown runs out; None while the session waits for the person.
    pub fn deadline(&self) -> Option<Moment> {
        self.countdowns().map(|(_, ends)| ends).min()
    }

    fn over_at(&self, now: Moment) -> Option<Due> {
        self.countdowns().filter(|(_, ends)| *ends <= now).min_by_key(|(_, ends)| *ends).map(|(due, _)| due)
    }

    fn countdowns(&self) -> impl Iterator<Item = (Due, Moment)> {
        let contact = match self.contact {
            Contact::Soaking { ends } if !matches!(self.stage, Stage::Ended) => Some((Due::Contact, ends)),
            Contact::Soaking { .. } | Contact::NotStarted | Contact::SealedPack | Contact::Soaked => None,
        };
        let step = match &self.stage {
            Stage::HandsFree(HandsFree { step: Step::Running { due, clock, .. }, .. }) => {
                clock.deadline().map(|ends| (*due, ends))
            }
            Stage::After { serum: Some(clock) } => clock.deadline().map(|ends| (Due::Serum, ends)),
            Stage::Sterilise
            | Stage::Checklist
            | Stage::Verdict(_)
            | Stage::LastTouch(_)
            | Stage::HandsFree(_)
            | Stage::After { serum: None }
            | Stage::Ended => None,
        };
        contact.into_iter().chain(step)
    }

    /// What each event does; None where it is not allowed now.
    fn apply(&mut self, event: &Event, now: Now) -> Option<Vec<Effect>> {
        match event {
            Event::RollerTaken(roller) => self.take_roller(roller),
            Event::LengthAcknowledged => self.acknowledge_length(),
            Event::NeedlesRejected => self.reject_needles(),
            Event::SoakStarted(kept) => self.start_soak(*kept, now),
            Event::SoakTakenBack => self.take_soak_back(),
            Event::Answered { item, answer } => self.answer(*item, answer, now),
            Event::ListConfirmed { verdict: judgement } => self.confirm_list(*judgement, now),
            Event::ListReopened => self.reopen_list(),
            Event::SetUp => self.set_up(now),
            Event::SkinReady => self.skin_ready(),
            Event::SkinTakenBack => self.skin_taken_back(),
            Event::CuesHeard { heard } | Event::CuesKnown { heard } => self.hear_cues(*heard),
            Event::ClickerSeen => self.see_clicker(),
            Event::SteppedBack => self.step_back(),
            Event::HandsFree => self.go_hands_free(now),
            Event::RanOut(Due::Contact) => self.contact_over(now),
            Event::RanOut(due) => self.step_over(*due, now),
            Event::Paused { cause } => self.pause(*cause, now),
            Event::WentOn => self.go_on(now),
            Event::Enough => self.enough(now),
            Event::EnoughTakenBack => self.take_enough_back(),
            Event::OneMore => self.one_more(now),
            Event::RollerTouched => self.roller_touched(),
            Event::TouchedNothing => self.touched_nothing(),
            Event::RollerUnfit { cause: why } => self.roller_unfit(*why, now),
            Event::RollerRetired => self.retire_roller(now),
            Event::RollerSwapped { roller, kept, acknowledged } => self.swap_roller(roller, *kept, *acknowledged, now),
            Event::SoakedAgain => self.soak_again(now),
            Event::Stopped { reason } => self.stop(*reason, now),
            Event::AdviceRead => self.advice_read(now),
            Event::BloodOrWelts => self.see_blood_or_welts(true),
            Event::NoBloodOrWelts => self.see_blood_or_welts(false),
            Event::Slept { span } => self.slept(*span, now),
            Event::Stalled { span } => self.stalled(*span, now),
            Event::Resumed { away, boot: _ } => self.resume(*away, now),
            Event::ProtocolChanged { .. } => self.change_protocol(),
            Event::CarriedOver(carried) => self.carry_over(carried),
            Event::KeptAsPart => self.keep_as_part(now),
            Event::SignedOut { question, said } => self.sign_out(*question, *said),
            Event::SerumWanted => self.want_serum(now),
            Event::Felt { level } => self.feel(*level),
            Event::Noted { text } => self.take_note(text),
            Event::Left => self.leave(now),
        }
    }

    /// What the answers so far lead to; None while one is missing.
    pub fn judge(&self) -> Option<Verdict> {
        safety::judge(&self.protocol.checklist, self.to_roll(), &self.answers)
    }

    /// The stop to which the answers so far lead by themselves, while some are missing.
    pub fn stops_already(&self) -> Option<Verdict> {
        let is_open = !self.answers.complete();
        is_open.then(|| safety::stops_already(&self.protocol.checklist, self.to_roll(), &self.answers)).flatten()
    }

    /// The sections of the protocol that are still to be rolled.
    pub fn to_roll(&self) -> Sections {
        self.protocol.order.iter().copied().filter(|section| self.progress[*section].end.is_none()).collect()
    }

    /// The first section in the rolling order that is still to be rolled and is `allowed`.
    fn next_section(&self, allowed: impl Fn(Section) -> bool) -> Option<Section> {
        self.protocol.order.iter().copied().find(|section| self.progress[*section].end.is_none() && allowed(*section))
    }

    /// Whether the drum has been on the skin.
    pub fn anything_rolled(&self) -> bool {
        self.progress.iter().any(|(_, progress)| progress.begun())
    }
}

/// What screens and summaries read.
impl Session {
    /// The protocol that it follows.
    pub fn protocol(&self) -> &Arc<Protocol> {
        &self.protocol
    }
    /// The present stage.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }
    /// Entries so far.
    pub fn entries(&self) -> u32 {
        self.entries
    }
    /// The roller to be used.
    pub fn roller(&self) -> Option<&Roller> {
        self.roller.as_ref()
    }
    /// The roller to be used fell, bent or looked bad: it is not used any more in this run.
    pub fn roller_is_retired(&self) -> bool {
        self.retired
    }
    /// Needles above the article's limit were acknowledged.
    pub fn acknowledged(&self) -> bool {
        self.acknowledged
    }
    /// The contact clock.
    pub fn contact(&self) -> Contact {
        self.contact
    }
    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }
    /// Why the list is asked anew, if it is.
    pub fn again(&self) -> Option<Again> {
        self.again
    }
    /// How far each section is.
    pub fn progress(&self) -> &PerSection<Progress> {
        &self.progress
    }
    /// Counts for the record.
    pub fn tally(&self) -> Tally {
        self.tally
    }
    /// Whether the cues were noticed at the mirror; None until that was answered.
    pub fn cues_heard(&self) -> Option<bool> {
        self.cues_heard
    }
    /// Whether skin was rolled and the record was closed without time for saline.
    pub fn left_saline_out(&self) -> bool {
        self.anything_rolled() && self.closed.is_some() && !self.bathed
    }
    /// Answers of the sign-out, in the protocol's order.
    pub fn signed_out(&self) -> &[Option<Said>] {
        &self.sign_out
    }
    /// How it felt.
    pub fn felt(&self) -> Option<u8> {
        self.felt
    }
    /// The person's note.
    pub fn note(&self) -> &str {
        &self.note
    }
    /// The summary, once the record is closed.
    pub fn summary(&self) -> Option<&Summary> {
        self.closed.as_deref()
    }
}
