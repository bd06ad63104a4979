//! Answers in, verdict out. Only this module makes a [`Clearance`] and a [`Permit`]. Without a clearance there is no
//! last touch, and without a permit nothing rolls.

pub mod answers;
pub mod knows;
pub mod roller;

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use strum::IntoStaticStr;

use crate::protocol::{Checklist, Consequence, ItemIx, PerSection, Rules, Section, Sections, WaitKind};

pub use answers::{Ago, Answer, Answers, Detail, Doctor, Keep, Place, Sureness, Which};
pub use knows::{Acquaintance, Knows};
pub use roller::{Band, Contact, Roller, Standing, Unfit};

/// Why one answer stops the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The question.
    pub item: ItemIx,
    /// Yes, or not sure, which counts as yes.
    pub sureness: Sureness,
    /// What about the answer stops.
    pub because: Because,
}

/// What about an answer stops the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Because {
    /// A yes to this question stops every session.
    Listed,
    /// A doctor or pharmacist who knows about it was not asked.
    NotAsked,
    /// A doctor or pharmacist said no.
    SaidNo,
    /// Too little time has passed; possible again after these days.
    TooSoon {
        /// Days from today, at least 1.
        days_left: u32,
    },
    /// With this one, no section is left to roll.
    NoSectionLeft,
}

/// What the answers mean for one section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The answers because of which it is skipped; empty when it is rolled.
    pub skip: Vec<ItemIx>,
    /// The answers whose spots the person goes round.
    pub round: Vec<ItemIx>,
}

/// Permission to go on with the sections that the answers left open. Only [`judge`] makes one, and it cannot be copied,
/// so it always belongs to the answers that it was made from.
#[derive(Debug, PartialEq, Eq)]
pub struct Clearance {
    plan: Box<PerSection<Plan>>,
}

impl Clearance {
    /// What the answers mean for each section.
    pub fn plan(&self) -> &PerSection<Plan> {
        &self.plan
    }

    /// The sections that are skipped.
    pub fn skipped(&self) -> Sections {
        self.plan.iter().filter(|(_, plan)| !plan.skip.is_empty()).map(|(section, _)| section).collect()
    }
}

/// What a complete set of answers leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stops the session; some sections may be skipped.
    Clear(Clearance),
    /// No rolling today, for these reasons; never empty.
    Stop(Vec<Reason>),
}

/// The verdict on `answers`; None while a question is unanswered. `to_roll` are the sections that are still to be
/// rolled: all of them at first, fewer after a long pause.
pub fn judge(checklist: &Checklist, to_roll: Sections, answers: &Answers) -> Option<Verdict> {
    let is_complete = checklist.iter().all(|(ix, _)| answers.given(ix).is_some());
    is_complete.then(|| judge_given(checklist, to_roll, answers))
}

/// The stop to which the answers given so far lead, whatever the other ones will be.
pub fn stops_already(checklist: &Checklist, to_roll: Sections, answers: &Answers) -> Option<Verdict> {
    match judge_given(checklist, to_roll, answers) {
        stop @ Verdict::Stop(_) => Some(stop),
        Verdict::Clear(_) => None,
    }
}

/// The verdict on those questions that have an answer. It is a clearance for nobody while one is open, so it stays here.
fn judge_given(checklist: &Checklist, to_roll: Sections, answers: &Answers) -> Verdict {
    let mut plan: PerSection<Plan> = PerSection::default();
    let mut reasons = Vec::new();
    for (ix, item) in checklist.iter() {
        let (sureness, detail) = match answers.given(ix) {
            None | Some(Answer::No) => continue,
            Some(Answer::Risk { sureness, detail }) => (*sureness, detail),
        };
        match effect(&item.consequence, detail) {
            ItemEffect::Passes => {}
            ItemEffect::Stops(because) => reasons.push(Reason { item: ix, sureness, because }),
            ItemEffect::Skips(sections) => sections.iter().for_each(|section| plan[section].skip.push(ix)),
            ItemEffect::GoesRound(sections) => sections.iter().for_each(|section| plan[section].round.push(ix)),
        }
    }
    if reasons.is_empty() && to_roll.iter().all(|section| !plan[section].skip.is_empty()) {
        reasons = nothing_left(to_roll, &plan, answers);
    }
    if reasons.is_empty() { Verdict::Clear(Clearance { plan: Box::new(plan) }) } else { Verdict::Stop(reasons) }
}

/// What one answer does.
enum ItemEffect {
    Passes,
    Stops(Because),
    Skips(Sections),
    GoesRound(Sections),
}

/// A detail that does not fit the consequence stops the session: in doubt nothing rolls.
fn effect(consequence: &Consequence, detail: &Detail) -> ItemEffect {
    match (consequence, detail) {
        (Consequence::Ask, Detail::Doctor(Doctor::AllRight)) => ItemEffect::Passes,
        (Consequence::Ask, Detail::Doctor(Doctor::SaidNo)) => ItemEffect::Stops(Because::SaidNo),
        (Consequence::Ask, _) => ItemEffect::Stops(Because::NotAsked),
        (Consequence::Wait(kinds), Detail::Waited { .. } | Detail::WaitedEach(_)) => {
            match waits(kinds, detail).into_iter().map(|wait| wait.days_left).max() {
                Some(0) => ItemEffect::Passes,
                Some(days_left) => ItemEffect::Stops(Because::TooSoon { days_left }),
                None => ItemEffect::Stops(Because::Listed),
            }
        }
        (Consequence::Area, Detail::Where(place)) => ItemEffect::Skips(place.sections()),
        (Consequence::Around, Detail::Around { place, keep }) => match (place, keep) {
            (Place::Sections(sections), Keep::GoRound) => ItemEffect::GoesRound(*sections),
            // The person cannot go round a spot without knowing where it is.
            (Place::Everywhere, _) | (_, Keep::Skip) => ItemEffect::Skips(place.sections()),
        },
        (Consequence::Stop | Consequence::Wait(_) | Consequence::Area | Consequence::Around, _) => {
            ItemEffect::Stops(Because::Listed)
        }
    }
}

/// What one of the things that a question names still asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Its place in the question; None where the person is not sure which it was.
    pub kind: Option<usize>,
    /// Days from today until it is long enough ago; 0 where it is.
    pub days_left: u32,
}

/// The waits of each thing that `detail` names. Where the person is not sure which, the longest waiting time counts;
/// where they are not sure when, it counts as today.
pub fn waits(kinds: &[WaitKind], detail: &Detail) -> Vec<Wait> {
    let left = |days: u32, ago: Ago| match ago {
        Ago::Days(passed) => days.saturating_sub(passed),
        Ago::NotSure => days,
    };
    let one = |ix: usize, ago: Ago| {
        let days = kinds.get(ix).map_or(u32::MAX, |kind| kind.days);
        Wait { kind: Some(ix), days_left: left(days, ago) }
    };
    match detail {
        Detail::Waited { which: Which::NotSure, ago } => {
            let longest = kinds.iter().map(|kind| kind.days).max().unwrap_or(u32::MAX);
            vec![Wait { kind: None, days_left: left(longest, *ago) }]
        }
        Detail::Waited { which: Which::These(chosen), ago } => chosen.iter().map(|ix| one(*ix, *ago)).collect(),
        Detail::WaitedEach(each) => each.iter().map(|(ix, ago)| one(*ix, *ago)).collect(),
        Detail::Plain | Detail::Doctor(_) | Detail::Where(_) | Detail::Around { .. } => Vec::new(),
    }
}

/// The answers that together skip every section, each once.
fn nothing_left(to_roll: Sections, plan: &PerSection<Plan>, answers: &Answers) -> Vec<Reason> {
    let mut items: Vec<ItemIx> = to_roll.iter().flat_map(|section| plan[section].skip.iter().copied()).collect();
    items.sort();
    items.dedup();
    items
        .into_iter()
        .filter_map(|item| match answers.given(item) {
            Some(Answer::Risk { sureness, .. }) => {
                Some(Reason { item, sureness: *sureness, because: Because::NoSectionLeft })
            }
            Some(Answer::No) | None => None,
        })
        .collect()
}

/// Permission to put the drum on the skin: the answers are clear, the roller was in the liquid for its contact time or
/// comes from a sealed pack, and its needles are not too long. Only [`permit`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Permit {
    clearance: Clearance,
}

impl Permit {
    /// What the answers mean for each section.
    pub fn plan(&self) -> &PerSection<Plan> {
        self.clearance.plan()
    }

    /// Whether `section` may be rolled.
    pub fn allows(&self, section: Section) -> bool {
        self.plan()[section].skip.is_empty()
    }
}

/// What is still missing before anything may roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The contact clock has not run out, or was never started.
    ContactTime,
    /// No roller, a retired one, or needles that are too long.
    Roller,
    /// Needles above the article's limit have not been acknowledged for this session.
    Acknowledgement,
}

/// What forbids to roll with this roller; None where nothing does. The same holds for a spare one during a session.
pub fn roller_gate(contact: Contact, roller: Option<&Roller>, acknowledged: bool, rules: &Rules) -> Option<Missing> {
    match roller.map(|roller| roller.band(rules)) {
        None | Some(Band::TooLong) => Some(Missing::Roller),
        Some(Band::AboveArticle) if !acknowledged => Some(Missing::Acknowledgement),
        Some(Band::Within | Band::AboveArticle) if !contact.is_done() => Some(Missing::ContactTime),
        Some(Band::Within | Band::AboveArticle) => None,
    }
}

/// The last check before rolling.
///
/// # Errors
/// The clearance, and what is missing.
pub fn permit(
    clearance: Clearance,
    contact: Contact,
    roller: Option<&Roller>,
    acknowledged: bool,
    rules: &Rules,
) -> Result<Permit, (Clearance, Missing)> {
    match roller_gate(contact, roller, acknowledged, rules) {
        None => Ok(Permit { clearance }),
        Some(missing) => Err((clearance, missing)),
    }
}
