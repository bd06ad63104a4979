//! The protocol and checklist files as they are written. Unknown keys are refused; beyond that only types are checked.

pub(super) mod limits;
use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::times::TimeName;

/// A text with its position in the file.
pub(crate) type Text = Spanned<String>;
/// A whole number with its position in the file.
pub(crate) type Number = Spanned<i64>;

/// `[times]`; a protocol has to name all of them, a settings file none.
pub(crate) type RawTimes = BTreeMap<TimeName, Text>;

/// `protocol.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawProtocol {
    pub(super) id: Text,
    /// Version 0.1.0 had it; `red_flags` took its place.
    pub(super) see_a_doctor: Option<Text>,
    /// They may be repeated here but not changed.
    pub(super) red_flags: Option<Spanned<RawRedFlags>>,
    pub(super) times: Spanned<RawTimes>,
    #[serde(default)]
    pub(super) sources: BTreeMap<TimeName, RawFrom>,
    /// In the order in which they are rolled.
    pub(super) section: Spanned<Vec<RawSection>>,
    /// In the order in which every section gets them.
    pub(super) stroke: Spanned<Vec<RawStroke>>,
    /// Added to the embedded ones, as are `sign_out`, `aftercare` and `question`.
    #[serde(default)]
    pub(super) stop_reason: Vec<RawStopReason>,
    #[serde(default)]
    pub(super) sign_out: Vec<RawSignOut>,
    #[serde(default)]
    pub(super) aftercare: Vec<RawAftercare>,
    /// It may be repeated here but not changed.
    pub(super) rehearsal: Option<Spanned<RawRehearsal>>,
    #[serde(default)]
    pub(super) question: Vec<RawQuestion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawFrom {
    pub(super) firmness: Text,
    pub(super) source: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSection {
    /// Left and right are the person's own.
    pub(super) id: Text,
    /// In a sentence, such as "your upper right".
    pub(super) name: Text,
    /// Alone, such as "upper right".
    pub(super) bare: Text,
    /// Such as "UR".
    pub(super) short: Text,
    pub(super) covers: Text,
    /// Where it ends; the embedded edge where this is left out or empty.
    pub(super) bounds: Option<Text>,
    pub(super) keep_off: Text,
    pub(super) hands: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// One pass of the roller over a section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStroke {
    pub(super) id: Text,
    /// Its direction as seen in the mirror; each at most once.
    pub(super) direction: Text,
    pub(super) name: Text,
    pub(super) short: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStopReason {
    pub(super) id: Text,
    /// The digit that chooses it; those of the embedded reasons are taken.
    pub(super) key: Text,
    pub(super) text: Text,
    /// What to do about it, shown before anything else.
    #[serde(rename = "do")]
    pub(super) advice: Option<Text>,
    /// What to look out for afterwards stands out.
    #[serde(default)]
    pub(super) alarming: bool,
    /// What to do about it ends with when to call an emergency number.
    #[serde(default)]
    pub(super) emergency_line: bool,
    /// It can be the reason before anything was rolled; true where it is left out.
    #[serde(default = "yes")]
    pub(super) before_rolling: bool,
    /// Serum is not offered afterwards.
    pub(super) no_serum: bool,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSignOut {
    pub(super) id: Text,
    pub(super) question: Text,
    pub(super) short: Text,
    /// What to do when it is answered yes or not sure.
    #[serde(rename = "do")]
    pub(super) what_to_do: Option<Text>,
    /// Not sure is one of its answers.
    pub(super) may_be_unsure: bool,
    /// Serum is offered only where it is answered with no.
    pub(super) no_serum: bool,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// A line for the hours or days afterwards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawAftercare {
    /// For how long: hours or days, such as 24 hours, or today.
    pub(super) span: Text,
    pub(super) text: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// `[red_flags]`: when to get help.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRedFlags {
    pub(super) emergency: RawRedFlag,
    pub(super) same_day: RawRedFlag,
    pub(super) see_a_doctor: RawRedFlag,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRedFlag {
    pub(super) text: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// `[rehearsal]`: the times that differ from a session's, and the sample questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRehearsal {
    /// The roller in the liquid.
    pub(super) contact: Text,
    /// Hands free after the last touch.
    pub(super) prepare: Text,
    /// Cleaning the hands after a touch.
    pub(super) hand_clean: Text,
    /// Before the drum meets the skin.
    pub(super) get_ready: Text,
    /// From one section to the next.
    #[serde(rename = "move")]
    pub(super) move_on: Text,
    /// One stroke of the sections after the first.
    pub(super) later_stroke: Text,
    pub(super) saline: Text,
    pub(super) serum: Text,
    pub(super) questions: Vec<Text>,
}

/// `checklist.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawChecklist {
    /// Added to the embedded ones.
    pub(super) question: Spanned<Vec<RawQuestion>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawQuestion {
    pub(super) id: Text,
    pub(super) title: Text,
    /// One sentence; yes always means that the risk is there, and not sure counts as yes.
    pub(super) question: Text,
    /// Shown on `?`.
    pub(super) why: Text,
    /// What to do next, shown with a stop because of this question. Without it the general line is shown.
    pub(super) next: Option<Text>,
    pub(super) group: Text,
    /// The title of the card on which it stands beside others, for a person who knows the questions.
    pub(super) card: Option<Text>,
    /// What yes leads to. stop: no session today. ask: what did a doctor or pharmacist say? Only "it is all right" goes
    /// on. wait: which, and how long ago? Inside that one's days there is no session. area: where? Those sections are
    /// skipped. around: where? Skip the section, or go round the spot.
    pub(super) consequence: Text,
    /// The things that `wait` asks about; not for another consequence.
    pub(super) kind: Option<Spanned<Vec<RawKind>>>,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// A thing that has to be so many days ago.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawKind {
    pub(super) id: Text,
    pub(super) name: Text,
    /// Days after it without a session.
    pub(super) days: Number,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

fn yes() -> bool {
    true
}
