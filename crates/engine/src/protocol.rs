//! What a session consists of: sections, strokes, times, questions. Plain values, which the program reads from its data
//! files at the start and never changes.

pub mod checklist;
pub mod needle;
pub mod section;
pub mod words;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use alloc::sync::Arc;
use core::time::Duration;

use serde::{Deserialize, Serialize};

pub use checklist::{Card, Checklist, Consequence, Group, Item, ItemIx, MAX_ITEMS, MOST_LINES, WaitKind};
pub use needle::Micrometres;
pub use section::{PerSection, Section, Sections};
pub use words::Words;

/// A checksum of the text that a protocol was read from, questions included. A resumed session compares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint(pub u32);

impl Fingerprint {
    /// Eight hexadecimal digits, for files.
    pub fn code(self) -> String {
        format!("{:08x}", self.0)
    }

    /// Reads what [`Fingerprint::code`] writes; None for anything else.
    pub fn from_code(code: &str) -> Option<Fingerprint> {
        let number = u32::from_str_radix(code, 16).ok().map(Fingerprint)?;
        (number.code() == code).then_some(number)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> String {
        fingerprint.code()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Fingerprint, &'static str> {
        Fingerprint::from_code(&code).ok_or("eight hexadecimal digits are needed")
    }
}

/// What a protocol is run for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A real session with needles.
    Session,
    /// The checklist review alone: `dermaroll check`.
    Check,
    /// With an empty hand and shorter times; nothing is saved: `dermaroll rehearse`.
    Rehearsal,
}

/// The direction in which the drum travels, as it looks in the mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Forehead towards chin and back.
    UpDown,
    /// Ear towards nose and back.
    SideToSide,
    /// From the lower left of the picture to its upper right and back.
    Diagonal,
    /// The other diagonal; off in the shipped protocol.
    OtherDiagonal,
}

/// One of the strokes that every section gets, one pass each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stroke {
    /// The id in records, such as `up-down`. It never changes.
    pub id: String,
    /// The direction that the arrow shows.
    pub direction: Direction,
    /// The name that the person hears: "up and down".
    pub name: String,
    /// Short form for bars: "up-down".
    pub short: String,
    /// Where the method comes from.
    pub source: String,
}

/// How long each timed step lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// Contact time of the roller in the soaking liquid.
    pub contact: Duration,
    /// Hands free after the last touch: clean your hands, take the roller out, let it dry.
    pub prepare: Duration,
    /// Cleaning the hands after a key was touched.
    pub hand_clean: Duration,
    /// The last seconds before the drum meets the skin.
    pub get_ready: Duration,
    /// One stroke of the first section.
    pub stroke: Duration,
    /// One stroke of every later section. Differs from `stroke` in a rehearsal only.
    pub later_stroke: Duration,
    /// From one section to the next.
    pub move_on: Duration,
    /// Bathing the skin with saline.
    pub saline: Duration,
    /// Spreading the serum.
    pub serum: Duration,
}

/// Limits that protect the person. They are not settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The article's limit for home use. Needles below it need no acknowledgement.
    pub article_needle_limit: Micrometres,
    /// The longest needle with which a session is possible, after a warning.
    pub longest_needle: Micrometres,
    /// How long the session may be idle in all, from the last touch on, before soak and list are due again.
    pub stale_after: Duration,
    /// How old an answer may be at the last touch.
    pub answers_last: Duration,
    /// How long it takes to read one question. If the list was answered faster, it cannot be confirmed for a while.
    pub quick_answer: Duration,
    /// How long answers that were given that fast cannot be confirmed.
    pub quick_answer_pause: Duration,
    /// The least number of days between two sessions, whatever the person has set.
    pub least_interval_days: u32,
    /// When the skin is asked about after a session.
    pub check_in: CheckIn,
    /// Uses from which a roller is called worn.
    pub roller_uses_warn: u32,
    /// Uses after which a roller should be replaced.
    pub roller_uses_limit: u32,
    /// Sessions that make a course.
    pub course: u32,
    /// How many words a second a person reads who knows them.
    pub words_a_second: u32,
    /// For how many days after a session its checklist counts as known.
    pub known_for_days: u32,
}

impl Rules {
    /// [`Rules::stale_after`] in minutes, rounded up.
    pub fn stale_minutes(&self) -> u64 {
        self.stale_after.as_secs().div_ceil(60)
    }

    /// How long it takes to read `text`, in whole seconds.
    pub fn reading_time(&self, text: &str) -> Duration {
        let words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
        Duration::from_secs(words.div_ceil(self.words_a_second.max(1)).max(1).into())
    }
}

/// When the skin is asked about after a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Days after the session, in order.
    pub days: Vec<u32>,
    /// For how many days after the last of `days` the last check-in is still due.
    pub last_for: u32,
}

impl CheckIn {
    /// The check-in, in days after the session, that is due when the session was `days_ago` days ago and has notes
    /// about the days `noted`: the latest one so far, unless there is a note since.
    pub fn due(&self, days_ago: i64, noted: impl IntoIterator<Item = u32>) -> Option<u32> {
        let last = self.days.last()?;
        let today = u32::try_from(days_ago).ok().filter(|today| *today < last.saturating_add(self.last_for))?;
        let due = self.days.iter().copied().rfind(|day| *day <= today)?;
        noted.into_iter().all(|day| day < due).then_some(due)
    }
}

/// A reason for stopping before the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopReason {
    /// A stable name for records.
    pub id: String,
    /// The key that chooses it, `1` to `9`.
    pub key: char,
    /// As shown.
    pub text: String,
    /// What to do about it first; empty where nothing has to be done.
    pub advice: String,
    /// Harm may have been done, so that what to look out for afterwards stands out.
    pub alarming: bool,
    /// What to do about it ends with when to call an emergency number.
    pub emergency_line: bool,
    /// It can be the reason before anything was rolled.
    pub before_rolling: bool,
    /// Serum is not offered after this one.
    pub no_serum: bool,
}

impl StopReason {
    /// The reason, in every protocol, for which the roller must not be used again.
    pub const ROLLER: &'static str = "roller";
    /// The alarming ones of the built-in protocol: a record keeps no more of a reason than its id.
    pub const ALARMING: [&'static str; 4] = ["blood", "sharp-pain", "welts", "dizzy"];
    /// Those of the built-in protocol that are looked for in the saline and the serum too.
    pub const SEEN_AFTER_ROLLING: [&'static str; 2] = ["blood", "welts"];

    /// Whether it retires the roller in use: one that fell or is bent must not be used again.
    pub fn retires_roller(&self) -> bool {
        self.id == StopReason::ROLLER
    }
}

/// One question of the sign-out after rolling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOutItem {
    /// A stable name for records.
    pub id: String,
    /// As asked.
    pub question: String,
    /// Short form for a narrow window.
    pub short: String,
    /// Whether "not sure" is an answer.
    pub may_be_unsure: bool,
    /// Serum is not offered when this is answered yes or not sure.
    pub no_serum: bool,
    /// What to do when this is answered yes or not sure; empty where nothing is to be done.
    pub what_to_do: String,
}

impl SignOutItem {
    /// The question, in every protocol, about washing the roller.
    pub const ROLLER_UNWASHED: &'static str = "roller-unwashed";
    /// The question, in every protocol, about the needles.
    pub const NEEDLES_BENT: &'static str = "needles-bent";
    /// The questions, in every protocol, about the skin.
    pub const BLEEDING: &'static str = "bleeding";
    /// See [`SignOutItem::BLEEDING`].
    pub const WELTS: &'static str = "welts";
    /// See [`SignOutItem::BLEEDING`].
    pub const STRONG_PAIN: &'static str = "strong-pain";

    /// In records of version 0.1.0: whether the roller was washed. Yes meant that all was well.
    pub const ROLLER_WASHED: &'static str = "roller-washed";
    /// In records of version 0.1.0: whether the needles were straight. A no retired the roller at once.
    pub const NEEDLES_STRAIGHT: &'static str = "needles-straight";
    /// In records of version 0.1.0: blood, welts and strong pain in one question.
    pub const BLOOD: &'static str = "blood";
    /// The questions of version 0.1.0. Their ids keep their meaning, so no question may have one of them any more.
    pub const FORMER: [&'static str; 3] =
        [SignOutItem::ROLLER_WASHED, SignOutItem::NEEDLES_STRAIGHT, SignOutItem::BLOOD];
    /// What asks about the skin, in records of every version.
    pub const ABOUT_SKIN: [&'static str; 4] =
        [SignOutItem::BLEEDING, SignOutItem::WELTS, SignOutItem::STRONG_PAIN, SignOutItem::BLOOD];

    /// Whether the roller in use is retired if this is answered yes when the person leaves.
    pub fn yes_retires_roller(&self) -> bool {
        self.id == SignOutItem::NEEDLES_BENT
    }

    /// Whether it can only be true where skin was rolled.
    pub fn is_about_rolling(&self) -> bool {
        self.no_serum || self.id == SignOutItem::ROLLER_UNWASHED
    }
}

/// A line for the hours and days afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aftercare {
    /// For how long it holds, in words: "24 hours".
    pub span: String,
    /// The same, counted from the end of the session.
    pub lasts: Duration,
    /// What to do or not to do.
    pub text: String,
    /// Where it comes from.
    pub source: String,
}

/// The words of one section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionWords {
    /// Its name in a sentence: "your upper right".
    pub name: String,
    /// Its name alone: "upper right".
    pub bare: String,
    /// Its abbreviation: "UR".
    pub short: String,
    /// What it covers: "right forehead and upper right cheek".
    pub covers: String,
    /// Where it ends: "below the bone under the eye". Empty where `keep_off` says enough.
    pub bounds: String,
    /// What is close to this section and must not be rolled: "eye".
    pub keep_off: String,
    /// Which hand holds the roller here: "Roller in your right hand."
    pub hands: String,
    /// Where the section comes from.
    pub source: String,
}

/// When to get help, one sentence each, the same wherever they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RedFlags {
    /// What an ambulance is called for.
    pub emergency: String,
    /// What cannot wait for tomorrow.
    pub same_day: String,
    /// What a doctor should see.
    pub see_a_doctor: String,
}

impl RedFlags {
    /// All of them, the most urgent first.
    pub fn lines(&self) -> [&str; 3] {
        [&self.emergency, &self.same_day, &self.see_a_doctor]
    }
}

/// Everything that a session follows. Protocols of different kinds share what is the same in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// A stable name: `article-2018`.
    pub id: String,
    /// What it is run for.
    pub kind: Kind,
    /// Times outside the usual ranges were allowed. Such a record never counts as a session.
    pub trial: bool,
    /// Checksum of the text it was read from.
    pub fingerprint: Fingerprint,
    /// The sections in the order in which they are rolled; each at most once, at least one.
    pub order: Vec<Section>,
    /// What the sections are called.
    pub sections: Arc<PerSection<SectionWords>>,
    /// The strokes of every section, in order; at least one.
    pub strokes: Arc<[Stroke]>,
    /// How long each step lasts.
    pub times: Times,
    /// Limits that guard the person.
    pub rules: Rules,
    /// The contraindication checklist.
    pub checklist: Arc<Checklist>,
    /// Reasons to stop before the end.
    pub stop_reasons: Arc<[StopReason]>,
    /// Closing questions after rolling.
    pub sign_out: Arc<[SignOutItem]>,
    /// What to do and not to do afterwards.
    pub aftercare: Arc<[Aftercare]>,
    /// When to get help.
    pub red_flags: RedFlags,
}

impl Protocol {
    /// How long one stroke of the section at `place` in the rolling order lasts.
    pub fn stroke_time(&self, place: usize) -> Duration {
        if place == 0 { self.times.stroke } else { self.times.later_stroke }
    }

    /// The sections that this protocol rolls at all.
    pub fn all_sections(&self) -> Sections {
        self.order.iter().copied().collect()
    }
}
