//! An independent monitor. It sees events, moments and what the engine shows, and works out by itself what may
//! happen: it never asks the engine whether an answer stops, whether the soak is over or how long anything took.

use std::sync::Arc;
use std::time::Duration;

use dermaroll::protocol::{Consequence, ItemIx, PerSection, Protocol, Section, Sections};
use dermaroll::safety::{Ago, Answer, Contact, Detail, Doctor, Keep, Place, Roller, Verdict, Which};
use dermaroll::session::{
    Away, ContactKept, Due, Effect, Event, Held, Judgement, Kept, LastTouch, Outcome, Pause, Said, SectionEnd, Session,
    Stage, Step, Summary,
};
use dermaroll::timeline::{Countdown, Moment, Now};

/// Fails with a sentence unless it holds.
macro_rules! hold {
    ($holds:expr, $($sentence:tt)+) => {
        if !$holds {
            return Err(format!($($sentence)+));
        }
    };
}

/// Where the engine shows that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Sterilise,
    Checklist,
    Verdict { stop: bool },
    LastTouch { skin: bool, heard: bool },
    Running { due: Due, ends: Moment, then: Option<Held> },
    Paused(Pause),
    Touched(Pause),
    Soaking(Pause),
    After { serum: Option<Moment> },
    Ended,
}

/// News that come within this are as good as news that come at once.
const AT_ONCE: Duration = Duration::from_millis(250);

/// What the engine shows, as far as rules speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) at: At,
    pub(crate) section: Option<Section>,
    pub(crate) last: Option<Section>,
    rolled: PerSection<Duration>,
    cut_off: PerSection<u32>,
    end: PerSection<Option<SectionEnd>>,
}

impl View {
    pub(crate) fn of(session: &Session) -> View {
        let at = match session.stage() {
            Stage::Sterilise => At::Sterilise,
            Stage::Checklist => At::Checklist,
            Stage::Verdict(verdict) => At::Verdict { stop: matches!(verdict, Verdict::Stop(_)) },
            Stage::LastTouch(LastTouch { skin_ready, heard, .. }) => {
                At::LastTouch { skin: *skin_ready, heard: heard.is_some() }
            }
            Stage::HandsFree(hands_free) => match hands_free.step {
                Step::Running { due, clock: Countdown::Running { ends }, then } => At::Running { due, ends, then },
                Step::Running { .. } => panic!("a running step has a running clock"),
                Step::Paused(pause) => At::Paused(pause),
                Step::RollerTouched(pause) => At::Touched(pause),
                Step::SoakingAgain(pause) => At::Soaking(pause),
            },
            Stage::After { serum } => At::After { serum: serum.and_then(Countdown::deadline) },
            Stage::Ended => At::Ended,
        };
        let last = match session.stage() {
            Stage::HandsFree(hands_free) => hands_free.last,
            _ => None,
        };
        let progress = session.progress();
        View {
            at,
            section: session.section(),
            last,
            rolled: PerSection::from_fn(|section| progress[section].rolled()),
            cut_off: PerSection::from_fn(|section| progress[section].cut_off),
            end: PerSection::from_fn(|section| progress[section].end),
        }
    }

    fn begun(&self, section: Section) -> bool {
        !self.rolled[section].is_zero() || self.cut_off[section] > 0
    }

    fn anything_rolled(&self) -> bool {
        Section::ALL.into_iter().any(|section| self.begun(section))
    }

    fn hands_free(&self) -> bool {
        matches!(self.at, At::Running { .. } | At::Paused(_) | At::Touched(_) | At::Soaking(_))
    }

    fn runs(&self) -> Option<Due> {
        match self.at {
            At::Running { due, .. } => Some(due),
            _ => None,
        }
    }

    pub(crate) fn under_drum(&self) -> Option<Section> {
        match self.runs() {
            Some(Due::Stroke { section, .. }) => Some(section),
            _ => None,
        }
    }
}

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
    pub(crate) acknowledged: bool,
    soak: Soak,
    /// The soak is over and the session was told so.
    soaked: bool,
    answers: Vec<Option<Answer>>,
    pub(crate) first: Option<Moment>,
    /// The answers are older by this than the time line says.
    pub(crate) older: Duration,
    pub(crate) complete: Option<Moment>,
    confirmed: Option<Judgement>,
    skin: bool,
    heard: bool,
    idle: Duration,
    halted: Option<Moment>,
    attended: PerSection<Duration>,
    seen: Moment,
    one_more: Sections,
    pub(crate) carries: bool,
    carried: Sections,
    pub(crate) stopped: bool,
    pub(crate) reason: Option<usize>,
    said: Vec<Option<Said>>,
    note: String,
    pub(crate) closes: u32,
}

impl Monitor {
    pub(crate) fn new(protocol: &Arc<Protocol>) -> Monitor {
        Monitor {
            needle: None,
            acknowledged: false,
            soak: Soak::None,
            soaked: false,
            answers: vec![None; protocol.checklist.items.len()],
            first: None,
            older: Duration::ZERO,
            complete: None,
            confirmed: None,
            skin: false,
            heard: false,
            idle: Duration::ZERO,
            halted: None,
            attended: PerSection::from_fn(|_| Duration::ZERO),
            seen: Moment::ZERO,
            one_more: Sections::NONE,
            carries: false,
            carried: Sections::NONE,
            stopped: false,
            reason: None,
            said: vec![None; protocol.sign_out.len()],
            note: String::new(),
            closes: 0,
            protocol: protocol.clone(),
        }
    }

    // ----- what the answers mean, read from the rules alone -----

    /// The answer says all that its question needs.
    fn fits(&self, item: ItemIx, answer: &Answer) -> bool {
        let Some(question) = self.protocol.checklist.items.get(item.0) else { return false };
        let Answer::Risk { detail, .. } = answer else { return true };
        match (&question.consequence, detail) {
            (Consequence::Stop, Detail::Plain) | (Consequence::Ask, Detail::Doctor(_)) => true,
            (Consequence::Wait(_), Detail::Waited { which: Which::NotSure, .. }) => true,
            (Consequence::Wait(kinds), Detail::Waited { which: Which::These(these), .. }) => {
                !these.is_empty() && these.iter().all(|ix| kinds.get(*ix).is_some())
            }
            (Consequence::Area, Detail::Where(Place::Sections(sections)))
            | (Consequence::Around, Detail::Around { place: Place::Sections(sections), .. }) => sections.len() > 0,
            (Consequence::Area, Detail::Where(Place::Everywhere))
            | (Consequence::Around, Detail::Around { place: Place::Everywhere, keep: Keep::Skip }) => true,
            _ => false,
        }
    }

    /// The answer ends the session whatever the others are.
    fn blocks(&self, item: usize, answer: &Answer) -> bool {
        let Answer::Risk { detail, .. } = answer else { return false };
        match (&self.protocol.checklist.items[item].consequence, detail) {
            (Consequence::Stop, _) => true,
            (Consequence::Ask, Detail::Doctor(said)) => *said != Doctor::AllRight,
            (Consequence::Wait(kinds), Detail::Waited { which, ago }) => {
                let passed = if let Ago::Days(days) = ago { *days } else { 0 };
                match which {
                    Which::NotSure => kinds.iter().any(|kind| passed < kind.days),
                    Which::These(these) => these.iter().any(|ix| passed < kinds[*ix].days),
                }
            }
            _ => false,
        }
    }

    /// The sections that the answer shuts.
    fn shuts(answer: &Answer) -> Sections {
        let Answer::Risk { detail, .. } = answer else { return Sections::NONE };
        match detail {
            Detail::Where(place) | Detail::Around { place, keep: Keep::Skip } => place.sections(),
            Detail::Plain | Detail::Doctor(_) | Detail::Waited { .. } | Detail::Around { .. } => Sections::NONE,
        }
    }

    pub(crate) fn shut(&self) -> Sections {
        self.answers.iter().flatten().fold(Sections::NONE, |all, answer| all.union(Monitor::shuts(answer)))
    }

    fn blocked(&self) -> bool {
        self.answers.iter().enumerate().any(|(ix, answer)| answer.as_ref().is_some_and(|given| self.blocks(ix, given)))
    }

    /// What is confirmed by these answers; None while one is missing.
    pub(crate) fn expected(&self, view: &View) -> Option<Judgement> {
        if self.answers.iter().any(Option::is_none) {
            return None;
        }
        let shut = self.shut();
        let open: Vec<Section> = self.open(view).collect();
        let nothing_left = !open.is_empty() && open.iter().all(|section| shut.contains(*section));
        Some(if self.blocked() || nothing_left {
            Judgement::Stop
        } else if shut.is_empty() {
            Judgement::Clear
        } else {
            Judgement::Skip
        })
    }

    fn open<'a>(&'a self, view: &'a View) -> impl Iterator<Item = Section> + 'a {
        self.protocol.order.iter().copied().filter(|section| view.end[*section].is_none())
    }

    // ----- what the clocks say -----

    fn demand(&self) -> Duration {
        self.protocol.times.contact
    }

    fn credit(&self, now: Moment) -> Duration {
        match self.soak {
            Soak::None => Duration::ZERO,
            Soak::Sealed => Duration::MAX,
            Soak::Liquid { credit, upto } => credit.saturating_add(now.since(upto)),
        }
    }

    fn answers_are_old(&self, now: Moment) -> bool {
        self.first.is_some_and(|first| {
            now.since(first).saturating_add(self.older) > self.protocol.rules.answers_last
        })
    }

    fn confirm_is_open(&self, now: Moment) -> bool {
        let (Some(first), Some(complete)) = (self.first, self.complete) else { return false };
        let count = u32::try_from(self.answers.len()).unwrap();
        let fast = complete.since(first) < self.protocol.rules.quick_answer * count;
        now >= if fast { complete.plus(self.protocol.rules.quick_answer_pause) } else { complete }
    }

    fn needle_fits(&self, roller: &Roller, acknowledged: bool) -> bool {
        let rules = &self.protocol.rules;
        roller.needle <= rules.longest_needle && (roller.needle < rules.article_needle_limit || acknowledged)
    }

    // ----- what may happen -----

    /// Whether `event` is to be taken, and nothing else is.
    pub(crate) fn takes(&self, view: &View, event: &Event, now: Now) -> bool {
        let rules = &self.protocol.rules;
        let needle = |range: fn(u32, u32) -> bool, limit: u32| self.needle.is_some_and(|length| range(length, limit));
        let limit = rules.article_needle_limit.0;
        let untouched = view.at == At::Sterilise && self.needle.is_none() && self.soak == Soak::None;
        match event {
            Event::RollerTaken(roller) => view.at == At::Sterilise && roller.needle <= rules.longest_needle,
            Event::LengthAcknowledged => {
                view.at == At::Sterilise && needle(|length, limit| length >= limit, limit) && !self.acknowledged
            }
            Event::NeedlesRejected => view.at == At::Sterilise && self.needle.is_some(),
            Event::SoakStarted(_) => {
                let fits = needle(|length, limit| length < limit, limit) || self.acknowledged;
                view.at == At::Sterilise && self.needle.is_some() && fits
            }
            Event::Answered { item, answer } => view.at == At::Checklist && self.fits(*item, answer),
            Event::ListConfirmed(judgement) => {
                view.at == At::Checklist && self.expected(view) == Some(*judgement) && self.confirm_is_open(now.moment)
            }
            Event::ListReopened => matches!(view.at, At::Verdict { .. }),
            Event::SetUp => view.at == At::Verdict { stop: false } && self.soaked,
            Event::SkinReady => matches!(view.at, At::LastTouch { .. }) && !self.skin,
            Event::CuesHeard(_) | Event::SteppedBack => matches!(view.at, At::LastTouch { .. }),
            Event::HandsFree => matches!(view.at, At::LastTouch { .. }) && self.skin && self.heard,
            Event::RanOut(Due::Contact) => {
                let running = matches!(self.soak, Soak::Liquid { .. }) && !self.soaked && view.at != At::Ended;
                running && self.credit(now.moment) >= self.demand()
            }
            Event::RanOut(over) => match view.at {
                At::Running { due, ends, .. } => due == *over && now.moment >= ends,
                At::After { serum: Some(ends) } => *over == Due::Serum && now.moment >= ends,
                _ => false,
            },
            Event::Paused(_) | Event::Stalled(_) => matches!(view.at, At::Running { .. }),
            Event::WentOn => matches!(view.at, At::Paused(_)),
            Event::Enough => match view.at {
                At::Paused(pause) => matches!(pause.held.due, Due::Stroke { .. } | Due::Saline | Due::Serum),
                _ => false,
            },
            Event::OneMore => self.one_more_goes_to(view).is_some(),
            Event::RollerTouched => matches!(view.at, At::Paused(_)) && view.section.is_some(),
            Event::RollerRetired | Event::SoakedAgain => matches!(view.at, At::Touched(_)),
            Event::RollerSwapped { roller, acknowledged, .. } => {
                matches!(view.at, At::Touched(_)) && self.needle_fits(roller, *acknowledged)
            }
            Event::Stopped { reason } => {
                let halted = matches!(view.at, At::Paused(_) | At::Touched(_) | At::Soaking(_));
                halted && *reason < self.protocol.stop_reasons.len()
            }
            Event::Slept(span) => !span.is_zero() && view.at != At::Ended,
            Event::Resumed { .. } => self.closes == 0 && view.at != At::Ended,
            Event::ProtocolChanged { .. } => untouched && !self.carries,
            Event::CarriedOver(carried) => {
                let fresh = !view.begun(carried.section) && view.end[carried.section].is_none();
                untouched && self.carries && fresh
            }
            Event::KeptAsPart => {
                let over = matches!(view.at, At::Running { .. } | At::After { .. } | At::Ended);
                self.closes == 0 && !over
            }
            Event::SignedOut { question, said } => {
                let asked = self.protocol.sign_out.get(*question);
                matches!(view.at, At::After { .. }) && asked.is_some_and(|asked| *said != Said::NotSure || asked.may_be_unsure)
            }
            Event::SerumWanted => view.at == At::After { serum: None } && self.serum_after_stop(view),
            Event::Felt(level) => *level <= 5 && matches!(view.at, At::After { .. }),
            Event::Noted(text) => {
                let here = matches!(view.at, At::After { .. } | At::Verdict { stop: true });
                here && text.chars().count() <= 2_000 && *text != self.note
            }
            Event::Left => view.at != At::Ended && !view.hands_free(),
        }
    }

    fn one_more_goes_to(&self, view: &View) -> Option<Section> {
        let At::Paused(Pause { held: Held { due: Due::Stroke { section, .. }, .. }, .. }) = view.at else { return None };
        let section = if view.begun(section) { section } else { view.last? };
        (view.begun(section) && !self.one_more.contains(section)).then_some(section)
    }

    fn serum_after_stop(&self, view: &View) -> bool {
        let no_serum = self.reason.is_some_and(|reason| self.protocol.stop_reasons[reason].no_serum);
        let mut asked = self.protocol.sign_out.iter().zip(&self.said);
        let no_blood = asked.all(|(asked, said)| !asked.no_serum || *said == Some(Said::No));
        self.stopped && view.anything_rolled() && !no_serum && no_blood
    }

    // ----- what happened -----

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
        let mut started_over = false;
        match event {
            Event::RollerTaken(roller) => {
                self.needle = Some(roller.needle.0);
                self.acknowledged = false;
            }
            Event::LengthAcknowledged => self.acknowledged = true,
            Event::NeedlesRejected => {
                self.needle = None;
                self.acknowledged = false;
            }
            Event::SoakStarted(kept) => self.put_in(*kept, now.moment),
            Event::Answered { item, answer } => {
                self.answers[item.0] = Some(answer.clone());
                self.first.get_or_insert(now.moment);
                if self.answers.iter().all(Option::is_some) {
                    self.complete.get_or_insert(now.moment);
                }
            }
            Event::ListConfirmed(judgement) => self.confirmed = Some(*judgement),
            Event::ListReopened => self.confirmed = None,
            Event::SetUp | Event::HandsFree if self.answers_are_old(now.moment) => {
                self.ask_again();
                hold!(after.at == At::Checklist, "old answers are not asked again: {:?}", after.at);
            }
            Event::SetUp => (self.skin, self.heard) = (false, false),
            Event::HandsFree => {
                self.idle = Duration::ZERO;
                hold!(after.hands_free(), "the last key leads nowhere: {:?}", after.at);
            }
            Event::SkinReady => self.skin = true,
            Event::CuesHeard(_) => self.heard = true,
            Event::RanOut(Due::Contact) => self.soaked = true,
            Event::WentOn => {
                self.stand_until(now.moment);
                started_over = self.is_stale() && before.section.is_some();
            }
            Event::Enough => {
                self.stand_until(now.moment);
                let more = self.open(after).any(|section| !self.shut().contains(section));
                let unrolled = !more && !after.anything_rolled();
                started_over = self.is_stale() && more && before.section.is_some() && !unrolled;
            }
            Event::OneMore => {
                let section = self.one_more_goes_to(before).ok_or("one more stroke without a section")?;
                self.one_more = self.one_more.with(section);
                self.stand_until(now.moment);
                started_over = self.is_stale();
            }
            Event::RollerTouched => {}
            Event::RollerRetired => {
                self.stand_until(now.moment);
                self.stopped = true;
            }
            Event::RollerSwapped { roller, kept, acknowledged } => {
                self.stand_until(now.moment);
                self.needle = Some(roller.needle.0);
                self.acknowledged = *acknowledged;
                self.put_in(*kept, now.moment);
                started_over = self.soaked && self.is_stale();
            }
            Event::SoakedAgain => {
                self.stand_until(now.moment);
                self.put_in(Kept::InLiquid { already: Duration::ZERO }, now.moment);
            }
            Event::Stopped { reason } => {
                self.stand_until(now.moment);
                if before.section.is_some() {
                    self.stopped = true;
                    self.reason = Some(*reason);
                }
            }
            Event::Slept(span) => {
                self.pass(*span, *span);
                if matches!(before.at, At::Running { .. } | At::Paused(_) | At::Touched(_)) {
                    self.idle = self.idle.saturating_add(*span);
                }
            }
            Event::Stalled(span) => self.idle = self.idle.saturating_add(*span),
            Event::Resumed { away, .. } => started_over = self.resume(before, after, *away, now.moment),
            Event::ProtocolChanged { .. } => self.carries = true,
            Event::CarriedOver(carried) => {
                let rolled = carried.strokes.iter().sum::<Duration>() + carried.part;
                self.carried = self.carried.with(carried.section);
                self.attended[carried.section] = rolled;
                hold!(after.rolled[carried.section] == rolled, "what was carried over is not what was rolled");
            }
            Event::SignedOut { question, said } => self.said[*question] = Some(*said),
            Event::Noted(text) => self.note.clone_from(text),
            Event::KeptAsPart => self.stopped = true,
            Event::Left => self.stopped |= matches!(after.at, At::After { .. }),
            Event::SteppedBack | Event::RanOut(_) | Event::Paused(_) | Event::SerumWanted | Event::Felt(_) => {}
        }
        if started_over {
            self.start_over();
            hold!(after.at == At::Sterilise, "what is stale goes on: {:?}", after.at);
        } else {
            let sent_back = after.at == At::Sterilise && before.at != At::Sterilise;
            hold!(!sent_back, "sent back to the soak without a reason");
        }
        self.note_halt(before, after, now.moment);
        self.check_effects(event, effects, session, now, after)?;
        self.check_moves(before, event, after)?;
        hold!(session.judge().is_some() == self.answers.iter().all(Option::is_some), "judged with a question open");
        self.check_state(session, after, now)
    }

    fn put_in(&mut self, kept: Kept, now: Moment) {
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

    fn resume(&mut self, before: &View, after: &View, away: Away, now: Moment) -> bool {
        let most = match away {
            Away::For { least, most } => {
                self.pass(least, most);
                most
            }
            Away::Unknown => Duration::ZERO,
        };
        let unknown = away == Away::Unknown;
        if !before.hands_free() {
            (self.skin, self.heard) = (false, false);
            return unknown;
        }
        if matches!(before.at, At::Soaking(_)) && !unknown {
            return false;
        }
        let stood = self.halted.map_or(Duration::ZERO, |since| now.since(since)).saturating_add(most);
        // A stroke that was cut off may have been the last one.
        let more = match before.under_drum() {
            Some(_) => self.open(after).any(|section| !self.shut().contains(section)),
            None => before.section.is_some(),
        };
        if more && (unknown || self.idle.saturating_add(stood) > self.protocol.rules.stale_after) {
            return true;
        }
        self.idle = self.idle.saturating_add(most);
        false
    }

    fn is_stale(&self) -> bool {
        self.idle > self.protocol.rules.stale_after
    }

    fn stand_until(&mut self, now: Moment) {
        if let Some(since) = self.halted {
            self.idle = self.idle.saturating_add(now.since(since));
        }
    }

    fn note_halt(&mut self, before: &View, after: &View, now: Moment) {
        let stands = |view: &View| matches!(view.at, At::Paused(_) | At::Touched(_));
        if !stands(after) {
            self.halted = None;
        } else if !stands(before) {
            self.halted = Some(now);
        }
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
        self.soak = Soak::None;
        self.soaked = false;
        self.acknowledged = false;
        self.idle = Duration::ZERO;
    }

    /// Time under the drum since the last event. A countdown that ran out ended when its time was over if that was
    /// told at once; what a stall took was not attended.
    fn attend(&mut self, before: &View, event: &Event, now: Moment) {
        let until = match (event, before.at) {
            (Event::Stalled(span), _) => now.minus(*span),
            (Event::RanOut(over), At::Running { due, ends, .. }) if due == *over && now.since(ends) <= AT_ONCE => ends,
            _ => now,
        };
        if let Some(section) = before.under_drum() {
            let span = until.since(self.seen);
            self.attended[section] = self.attended[section].saturating_add(span);
        }
        self.seen = self.seen.max(if matches!(event, Event::Stalled(_)) { now } else { until });
    }

    // ----- what must hold -----

    fn check_effects(
        &mut self,
        event: &Event,
        effects: &[Effect],
        session: &Session,
        now: Now,
        after: &View,
    ) -> Result<(), String> {
        let Some(Effect::Record(entry)) = effects.first() else { return Err("recorded is not the first effect".into()) };
        hold!(entry.number == session.entries() && entry.now == now && entry.event == *event, "recorded wrongly: {entry:?}");
        hold!(effects.iter().skip(1).all(|effect| !matches!(effect, Effect::Record(_))), "recorded twice");
        for effect in effects {
            if let Effect::Close(summary) = effect {
                self.closes += 1;
                self.check_summary(summary, session, now, after)?;
            }
        }
        hold!(self.closes <= 1, "closed {} times", self.closes);
        let over = matches!(after.at, At::After { .. } | At::Ended);
        hold!(!over || self.closes == 1, "{:?}, but closed {} times", after.at, self.closes);
        let retires = effects.iter().any(|effect| matches!(effect, Effect::RetireRoller { .. }));
        let retired = matches!(event, Event::NeedlesRejected | Event::RollerRetired);
        hold!(retires == retired, "{event:?} retires a roller: {retires}");
        let leaves = effects.contains(&Effect::Leave);
        let left = *event == Event::Left && after.at == At::Ended;
        hold!(leaves == left, "{event:?} leaves: {leaves}");
        Ok(())
    }

    fn check_moves(&self, before: &View, event: &Event, after: &View) -> Result<(), String> {
        for (section, rolled) in after.rolled.iter() {
            hold!(*rolled >= before.rolled[section], "{event:?} takes recorded seconds of {section:?} back");
        }
        if let Event::Resumed { .. } = event {
            let cut = before.under_drum();
            let same = Section::ALL.into_iter().all(|section| {
                let more = u32::from(cut == Some(section));
                after.rolled[section] == before.rolled[section] && after.cut_off[section] == before.cut_off[section] + more
            });
            hold!(same, "a crash credits time, or what was cut off does not count");
        }
        let halts = matches!(event, Event::Paused(_) | Event::Slept(_) | Event::Stalled(_) | Event::Resumed { .. });
        hold!(!halts || after.runs().is_none(), "{event:?} halts nothing");
        let Some(due) = after.runs() else { return Ok(()) };
        if before.runs() == Some(due) && before.at == after.at {
            return Ok(());
        }
        let led = match (due, event) {
            (Due::Prepare, Event::HandsFree) => after.section.is_some(),
            (Due::Saline, Event::HandsFree) => self.open(after).next().is_none(),
            (Due::Prepare | Due::HandClean, Event::WentOn | Event::Enough | Event::OneMore | Event::RollerSwapped { .. }) => true,
            (Due::GetReady(_), Event::RanOut(Due::Prepare | Due::HandClean)) => true,
            (Due::Stroke { section: to, .. }, Event::RanOut(Due::GetReady(section) | Due::Move(section))) => to == *section,
            (Due::Stroke { section: to, .. }, Event::RanOut(Due::Stroke { section, .. })) => to == *section,
            (Due::Move(to), Event::RanOut(Due::Stroke { section, .. })) => to != *section,
            (Due::Saline, Event::RanOut(Due::Stroke { .. } | Due::HandClean) | Event::Stopped { .. } | Event::RollerRetired) => true,
            (Due::Serum, Event::RanOut(Due::Saline | Due::HandClean) | Event::Enough | Event::Stopped { .. }) => true,
            _ => false,
        };
        hold!(led, "{event:?} leads to {due:?}");
        Ok(())
    }

    /// The gate, worked out anew from the answers and clocks that the monitor keeps.
    fn check_may_roll(&self, section: Option<Section>, now: Moment) -> Result<(), String> {
        hold!(self.soaked && self.credit(self.seen.max(now)) >= self.demand(), "rolls without contact time");
        let fits = self.needle.is_some_and(|length| {
            let rules = &self.protocol.rules;
            length < rules.article_needle_limit.0 || (length <= rules.longest_needle.0 && self.acknowledged)
        });
        hold!(fits, "rolls with needles of {:?}, acknowledged: {}", self.needle, self.acknowledged);
        hold!(self.answers.iter().all(Option::is_some), "rolls with a question open");
        hold!(!self.blocked(), "rolls against an answer that stops");
        hold!(self.confirmed.is_some_and(|judgement| judgement != Judgement::Stop), "rolls unconfirmed");
        hold!(self.skin && self.heard, "rolls without the last touch");
        hold!(!self.stopped && self.closes == 0, "rolls after a stop");
        hold!(!self.is_stale(), "rolls though it stood still for {:?}", self.idle);
        if let Some(section) = section {
            hold!(!self.shut().contains(section), "rolls {section:?}, which an answer shuts");
            hold!(self.protocol.order.contains(&section), "rolls {section:?}, which is not in the protocol");
        }
        Ok(())
    }

    fn check_state(&self, session: &Session, view: &View, now: Now) -> Result<(), String> {
        let given: Vec<Option<Answer>> = (0..self.answers.len()).map(|ix| session.answers().given(ItemIx(ix)).cloned()).collect();
        hold!(given == self.answers, "the answers are {given:?}, given were {:?}", self.answers);
        hold!(session.acknowledged() == self.acknowledged, "acknowledged: {}", session.acknowledged());
        self.check_contact(session.contact(), now.moment)?;
        if let At::LastTouch { skin, heard } = view.at {
            hold!((skin, heard) == (self.skin, self.heard), "at the last touch: {skin} {heard}");
        }
        if matches!(view.at, At::LastTouch { .. } | At::Verdict { stop: false }) {
            hold!(self.expected(view).is_some_and(|all| all != Judgement::Stop), "clear with {given:?}");
        }
        match view.runs() {
            Some(Due::Prepare) => self.check_may_roll(view.section, now.moment)?,
            Some(Due::GetReady(section) | Due::Move(section) | Due::Stroke { section, .. }) => {
                hold!(view.section == Some(section), "rolls {section:?} when {:?} is shown", view.section);
                hold!(view.end[section].is_none(), "rolls {section:?}, which is over");
                self.check_may_roll(Some(section), now.moment)?;
            }
            Some(Due::HandClean | Due::Saline | Due::Serum | Due::Contact) | None => {}
        }
        if let At::Running { due: Due::HandClean, then, .. } = view.at {
            let then = then.map(|held| held.due);
            hold!(matches!(then, Some(Due::Stroke { .. } | Due::Saline | Due::Serum)), "clean hands lead to {then:?}");
            if let Some(Due::Stroke { section, .. }) = then {
                self.check_may_roll(Some(section), now.moment)?;
            }
        }
        self.check_times(session, view)
    }

    fn check_contact(&self, contact: Contact, now: Moment) -> Result<(), String> {
        match contact {
            Contact::NotStarted => hold!(self.soak == Soak::None, "the soak is forgotten"),
            Contact::SealedPack => hold!(self.soak == Soak::Sealed, "a sealed pack out of nowhere"),
            Contact::Soaked => hold!(
                matches!(self.soak, Soak::Liquid { .. }) && self.soaked && self.credit(now) >= self.demand(),
                "soaked after {:?}",
                self.credit(now)
            ),
            Contact::Soaking { ends } => {
                let left = self.demand().saturating_sub(self.credit(now));
                hold!(!self.soaked && ends.since(now) >= left, "contact time is over-credited: {:?} for {left:?}", ends.since(now));
                // No credit is lost either, but where the time line itself has no room for it.
                let room = ends > Moment::ZERO;
                hold!(!room || ends.since(now) == left, "contact time is lost: {:?} for {left:?}", ends.since(now));
            }
        }
        Ok(())
    }

    fn check_times(&self, session: &Session, view: &View) -> Result<(), String> {
        let mut sum = Duration::ZERO;
        let mut all = Duration::ZERO;
        for section in Section::ALL {
            let progress = &session.progress()[section];
            let (rolled, attended) = (progress.rolled(), self.attended[section]);
            hold!(rolled <= attended, "{section:?} has {rolled:?} of {attended:?} attended");
            let strokes = self.protocol.strokes.len() + usize::from(self.one_more.contains(section));
            let length = session.stroke_length(section);
            let limit = length.saturating_mul(u32::try_from(strokes).unwrap());
            let carried = self.carried.contains(section);
            hold!(carried || rolled <= limit, "{section:?} has {rolled:?} of at most {limit:?}");
            hold!(carried || progress.plan.len() == strokes, "{section:?} has {} strokes", progress.plan.len());
            let whole = length.saturating_mul(u32::try_from(self.protocol.strokes.len()).unwrap());
            let done = view.end[section] == Some(SectionEnd::Done);
            let excused = carried || progress.cut_off > 0;
            hold!(!done || excused || rolled >= whole, "{section:?} is done after {rolled:?}");
            hold!(view.end[section] != Some(SectionEnd::LeftOut) || !view.begun(section), "{section:?} was left out in part");
            sum += rolled;
            all = all.saturating_add(attended);
        }
        hold!(sum <= all, "{sum:?} rolled of {all:?}");
        Ok(())
    }

    fn check_summary(&self, summary: &Summary, session: &Session, now: Now, view: &View) -> Result<(), String> {
        let all: Duration = view.rolled.iter().map(|(_, rolled)| *rolled).sum();
        hold!(summary.rolled == all, "{:?} in the summary, {all:?} rolled", summary.rolled);
        hold!(summary.judgement == self.confirmed, "{:?} in the summary", summary.judgement);
        hold!(session.summary() == Some(summary), "the summary kept is another one");
        let blocked = self.confirmed == Some(Judgement::Stop);
        hold!(summary.reasons.is_empty() != blocked, "a stop has its reasons: {:?}", summary.reasons);
        for (section, told) in summary.sections.iter() {
            hold!(told.rolled == view.rolled[section], "{section:?} has {:?} in the summary", told.rolled);
            if view.begun(section) {
                let end = !matches!(told.end, SectionEnd::NotReached | SectionEnd::Skipped | SectionEnd::LeftOut);
                hold!(end, "{section:?} was rolled and ends as {:?}", told.end);
            }
            let skipped = told.end == SectionEnd::Skipped;
            hold!(!skipped || !told.skip.is_empty(), "{section:?} is skipped without a reason");
            let shut = self.answers.iter().all(Option::is_some) && self.shut().contains(section);
            let ended = view.end[section].is_some();
            let nothing_left = self.expected(view) == Some(Judgement::Stop) && told.end == SectionEnd::NotReached;
            hold!(!shut || skipped || ended || view.begun(section) || nothing_left, "{section:?} is shut and ends as {:?}", told.end);
        }
        let whole = |section: &Section| {
            let end = summary.sections[*section].end;
            matches!(end, SectionEnd::Done | SectionEnd::Enough | SectionEnd::LeftOut | SectionEnd::Skipped)
        };
        let whole = self.protocol.order.iter().all(whole);
        let fits = match summary.outcome {
            Outcome::Finished => whole && !self.stopped && view.anything_rolled(),
            Outcome::Part => view.anything_rolled() && (self.stopped || !whole),
            Outcome::StoppedByList => blocked && !view.anything_rolled(),
            Outcome::LeftBefore => !blocked && !view.anything_rolled(),
        };
        hold!(fits, "{:?} with {:?}", summary.outcome, summary.sections);
        let credit = match summary.contact {
            ContactKept::None | ContactKept::SealedPack => Duration::ZERO,
            ContactKept::InLiquid(span) => span,
        };
        hold!(credit <= self.credit(now.moment), "{credit:?} in the liquid of {:?}", self.credit(now.moment));
        Ok(())
    }
}
