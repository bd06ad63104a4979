//! An independent monitor. It sees events, moments and what the engine shows, and works out by itself what may
//! happen: it never asks the engine whether an answer stops, whether the soak is over or how long anything took.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use dermaroll_engine::protocol::{PerSection, Protocol, Sections};
use dermaroll_engine::safety::{Answer, Roller};
use dermaroll_engine::session::{Away, Due, Effect, Event, Judgement, Kept, PauseCause, Said, Session};
use dermaroll_engine::timeline::{Moment, Now};

/// Fails with a sentence unless it holds.
macro_rules! hold {
    ($holds:expr, $($sentence:tt)+) => {
        if !$holds {
            return Err(format!($($sentence)+));
        }
    };
}

mod cards;
mod holds;
mod rules;
mod standing;
mod view;

pub(crate) use cards::{CardMove, CardSeen};
pub(crate) use view::{At, View};

/// News that come within this are as good as news that come at once.
const AT_ONCE: Duration = Duration::from_millis(250);

/// The soak by the monitor's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Soak {
    None,
    Sealed,
    Liquid { credit: Duration, upto: Moment },
}

#[derive(Debug, Clone)]
pub(crate) struct Monitor {
    protocol: Arc<Protocol>,
    needle: Option<u32>,
    in_use: Option<String>,
    /// Found unfit or retired: they touch no skin any more.
    barred: BTreeSet<String>,
    /// Put into the liquid or taken from a pack: they are in no sealed pack any more.
    opened: BTreeSet<String>,
    /// The roller in use is one of those barred.
    unfit: bool,
    pub(crate) acknowledged: bool,
    soak: Soak,
    /// The soak is over and the session was told so.
    soaked: bool,
    answers: Vec<Option<Answer>>,
    pub(crate) first: Option<Moment>,
    /// The answers are older by this than the time line says.
    pub(crate) older: Duration,
    pub(crate) complete: Option<Moment>,
    /// The card that is on the screen, or was and is covered.
    pub(crate) card: Option<CardSeen>,
    confirmed: Option<Judgement>,
    skin: bool,
    heard: bool,
    /// A clicker was seen at the last touch.
    clicker: bool,
    /// Nothing but the clicker was touched since the last countdown ran.
    hands_clean: bool,
    /// For how long nothing ran or it stood still from the last touch on, since soak and list were gone through.
    pub(crate) idle: Duration,
    /// What is left of a soak in mid-session, by the longest that the clocks allow: it is no standing still.
    pub(crate) soaking_left: Duration,
    /// Such a soak is over, and nothing has gone on since.
    soaked_again: bool,
    /// When the last event came.
    last: Moment,
    attended: PerSection<Duration>,
    seen: Moment,
    one_more: Sections,
    pub(crate) carries: bool,
    carried: Sections,
    pub(crate) stopped: bool,
    pub(crate) reason: Option<usize>,
    pub(crate) retired: bool,
    said: Vec<Option<Said>>,
    note: String,
    pub(crate) closes: u32,
    /// Blood or welts were seen before serum.
    reaction: bool,
    /// How often the roller touched something, slips that were taken back left out.
    roller_events: u32,
}

impl Monitor {
    pub(crate) fn new(protocol: &Arc<Protocol>) -> Monitor {
        Monitor {
            needle: None,
            in_use: None,
            barred: BTreeSet::new(),
            opened: BTreeSet::new(),
            unfit: false,
            acknowledged: false,
            soak: Soak::None,
            soaked: false,
            answers: vec![None; protocol.checklist.items.len()],
            first: None,
            older: Duration::ZERO,
            complete: None,
            card: None,
            confirmed: None,
            skin: false,
            heard: false,
            clicker: false,
            hands_clean: false,
            idle: Duration::ZERO,
            soaking_left: Duration::ZERO,
            soaked_again: false,
            last: Moment::ZERO,
            attended: PerSection::from_fn(|_| Duration::ZERO),
            seen: Moment::ZERO,
            one_more: Sections::NONE,
            carries: false,
            carried: Sections::NONE,
            stopped: false,
            reason: None,
            retired: false,
            said: vec![None; protocol.sign_out.len()],
            note: String::new(),
            closes: 0,
            reaction: false,
            roller_events: 0,
            protocol: protocol.clone(),
        }
    }

    /// Follows one event that was taken: `before` and `after` are what the engine showed on either side of it.
    ///
    /// # Errors
    /// The sentence that does not hold.
    pub(crate) fn follow(
        &mut self,
        before: &View,
        event: &Event,
        now: Now,
        effects: &[Effect],
        session: &Session,
        after: &View,
    ) -> Result<(), String> {
        self.attend(before, event, now.moment);
        self.stand(before, event, now.moment);
        let (mut started_over, mut asked_again) = (false, false);
        match event {
            Event::RollerTaken(roller) => {
                self.take(roller);
                self.retired = false;
                self.acknowledged = false;
            }
            Event::LengthAcknowledged => self.acknowledged = true,
            Event::NeedlesRejected => {
                self.barred.extend(self.in_use.clone());
                self.let_go();
                self.acknowledged = false;
            }
            Event::RollerUnfit { .. } => {
                self.barred.extend(self.in_use.clone());
                self.unfit = true;
                self.soaked = false;
                if before.hands_free() {
                    hold!(matches!(after.at, At::Touched(_)), "an unfit roller leads to {:?}", after.at);
                } else {
                    hold!(after.at == At::Sterilise, "an unfit roller leads to {:?}", after.at);
                    self.let_go();
                    self.soak = Soak::None;
                    (self.acknowledged, self.confirmed) = (false, None);
                }
            }
            Event::SoakStarted(kept) => self.put_in(*kept, now.moment),
            Event::SoakTakenBack => {
                (self.soak, self.soaked, self.confirmed) = (Soak::None, false, None);
                hold!(after.at == At::Sterilise, "a soak that was taken back leads to {:?}", after.at);
            }
            Event::Answered { item, answer } => {
                self.answers[item.0] = Some(answer.clone());
                self.first.get_or_insert(now.moment);
                if self.answers.iter().all(Option::is_some) {
                    self.complete.get_or_insert(now.moment);
                }
            }
            Event::ListConfirmed { verdict: judgement } => self.confirmed = Some(*judgement),
            Event::ListReopened => self.confirmed = None,
            Event::SetUp | Event::HandsFree if self.answers_are_old(now.moment) => asked_again = true,
            Event::SetUp => (self.skin, self.heard, self.clicker) = (false, false, false),
            Event::HandsFree => {
                hold!(after.hands_free(), "the last key leads nowhere: {:?}", after.at);
            }
            Event::SkinReady => self.skin = true,
            Event::SkinTakenBack => self.skin = false,
            Event::CuesHeard { .. } | Event::CuesKnown { .. } => self.heard = true,
            Event::ClickerSeen => self.clicker = true,
            Event::RanOut(Due::Contact) => {
                self.soaked = true;
                if matches!(before.at, At::Soaking(_)) {
                    self.soaked_again = true;
                    (started_over, asked_again) = self.sent_back(true, now.moment);
                }
            }
            Event::WentOn => {
                if before.section.is_some() {
                    (started_over, asked_again) = self.sent_back(self.soaked_again, now.moment);
                }
            }
            Event::Enough => {
                let more = self.more(after);
                let unrolled = !more && !after.anything_rolled();
                if more && before.section.is_some() && !unrolled && before.runs().is_none() {
                    (started_over, asked_again) = self.sent_back(self.soaked_again, now.moment);
                }
            }
            Event::EnoughTakenBack => {
                let section = self.reopened(before).ok_or("taken back without a section")?;
                let at = matches!(after.at, At::Paused(is) if matches!(is.held.due, Due::Stroke { section: s, .. } if s == section));
                hold!(at && after.section == Some(section) && after.rolled == before.rolled, "{:?} goes on", after.at);
            }
            Event::OneMore => {
                let section = self.one_more_goes_to(before).ok_or("one more stroke without a section")?;
                self.one_more = self.one_more.with(section);
                if before.runs().is_none() {
                    (started_over, asked_again) = self.sent_back(self.soaked_again, now.moment);
                }
            }
            Event::RollerTouched => self.roller_events += 1,
            Event::TouchedNothing => {
                self.roller_events -= 1;
                let same = match (before.at, after.at) {
                    (At::Touched(was), At::Paused(is)) => (was.since, was.held, was.of) == (is.since, is.held, is.of),
                    _ => false,
                };
                hold!(same, "it is not the pause that it was: {:?} and {:?}", before.at, after.at);
            }
            Event::AdviceRead => {}
            Event::BloodOrWelts => self.reaction = true,
            Event::NoBloodOrWelts => self.reaction = false,
            Event::RollerRetired => {
                self.stopped = true;
            }
            Event::RollerSwapped { roller, kept, acknowledged } => {
                self.take(roller);
                self.acknowledged = *acknowledged;
                self.put_in(*kept, now.moment);
                if self.soaked {
                    (started_over, asked_again) = self.sent_back(true, now.moment);
                }
            }
            Event::SoakedAgain => {
                self.put_in(Kept::InLiquid { already: Duration::ZERO }, now.moment);
            }
            Event::Stopped { reason } => {
                if before.section.is_some() {
                    self.stopped = true;
                    self.reason = Some(*reason);
                } else {
                    self.reaction |= self.protocol.stop_reasons[*reason].no_serum;
                }
            }
            Event::Slept { span } => {
                self.pass(*span, *span);
                started_over = self.touches_anew(before);
            }
            Event::Stalled { .. } => started_over = self.touches_anew(before),
            Event::Resumed { away, .. } => started_over = self.resume(before, after, *away),
            Event::ProtocolChanged { .. } => self.carries = true,
            Event::CarriedOver(carried) => {
                let rolled = carried.strokes.iter().sum::<Duration>() + carried.part;
                self.carried = self.carried.with(carried.section);
                self.attended[carried.section] = rolled;
                hold!(after.rolled[carried.section] == rolled, "what was carried over is not what was rolled");
            }
            Event::SignedOut { question, said } => {
                self.said[*question] = Some(*said);
                let goes_on = matches!(after.at, At::After { serum: Some(_) });
                hold!(!goes_on || self.serum_after_stop(after), "serum goes on after blood, welts or pain");
            }
            Event::Noted { text } => self.note.clone_from(text),
            Event::KeptAsPart => self.stopped = true,
            Event::Left => self.stopped |= matches!(after.at, At::After { .. }),
            Event::SteppedBack | Event::RanOut(_) | Event::Paused { .. } | Event::SerumWanted | Event::Felt { .. } => {}
        }
        if started_over {
            self.start_over();
            hold!(after.at == At::Sterilise, "what is stale goes on: {:?}", after.at);
        } else if asked_again {
            self.ask_again();
            hold!(after.at == At::Checklist, "old answers are not asked again: {:?}", after.at);
        } else {
            let is_asked_for = matches!(event, Event::RollerUnfit { .. } | Event::SoakTakenBack);
            let sent_back = after.at == At::Sterilise && before.at != At::Sterilise && !is_asked_for;
            hold!(!sent_back, "sent back to the soak without a reason");
        }
        if after.at != At::Checklist || matches!(event, Event::Slept { .. } | Event::Resumed { .. }) {
            self.card = None;
        }
        self.soaked_again &= after.hands_free() && after.runs().is_none();
        let soaks = matches!(after.at, At::Soaking(_));
        if soaks && !matches!(before.at, At::Soaking(_)) {
            self.soaking_left = self.demand().saturating_sub(self.credit(now.moment));
        }
        let were_clean = self.hands_clean;
        let is_another_halt = matches!(event, Event::Paused { .. } | Event::Slept { .. } | Event::Resumed { .. });
        if !matches!(after.at, At::Paused(_)) || is_another_halt {
            self.hands_clean = *event == Event::Paused { cause: PauseCause::Clicker };
        }
        self.hands_clean &= !matches!(event, Event::BloodOrWelts | Event::NoBloodOrWelts | Event::EnoughTakenBack);
        self.check_effects(before, event, effects, session, now, after)?;
        self.check_moves(before, event, after, were_clean)?;
        hold!(session.judge().is_some() == self.answers.iter().all(Option::is_some), "judged with a question open");
        self.check_state(session, after, now)
    }

    fn take(&mut self, roller: &Roller) {
        self.needle = Some(roller.needle.0);
        self.in_use = Some(roller.id.clone());
        self.unfit = false;
    }

    fn let_go(&mut self) {
        (self.needle, self.in_use) = (None, None);
    }

    fn put_in(&mut self, kept: Kept, now: Moment) {
        self.opened.extend(self.in_use.clone());
        (self.soak, self.soaked) = match kept {
            Kept::SealedPack => (Soak::Sealed, true),
            Kept::InLiquid { already } => (Soak::Liquid { credit: already, upto: now }, already >= self.demand()),
        };
    }

    /// Time that the time line does not know of.
    fn pass(&mut self, least: Duration, most: Duration) {
        if let Soak::Liquid { credit, .. } = &mut self.soak {
            *credit = credit.saturating_add(least);
        }
        if self.first.is_some() {
            self.older = self.older.saturating_add(most);
        }
    }

    fn resume(&mut self, before: &View, after: &View, away: Away) -> bool {
        if let Away::For { least, most } = away {
            self.pass(least, most);
        }
        let unknown = away == Away::Unknown;
        if !before.hands_free() {
            // All of it was rolled: on to the closing questions.
            if before.anything_rolled() && self.open(before).next().is_none() {
                return false;
            }
            (self.skin, self.heard, self.clicker) = (false, false, false);
            return unknown || self.is_stale();
        }
        // A stroke that was cut off may have been the last one.
        let more = match before.under_drum() {
            Some(_) => self.more(after),
            None => before.section.is_some(),
        };
        more && (unknown || self.is_stale())
    }

    fn ask_again(&mut self) {
        self.answers.fill(None);
        self.first = None;
        self.complete = None;
        self.older = Duration::ZERO;
        self.confirmed = None;
    }

    fn start_over(&mut self) {
        self.ask_again();
        if self.unfit {
            self.let_go();
        }
        self.soak = Soak::None;
        self.soaked = false;
        self.acknowledged = false;
        self.idle = Duration::ZERO;
    }
}
