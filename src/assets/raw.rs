//! The files as they are written: plain structs that refuse unknown keys. Nothing here is checked beyond its type.

pub(super) mod limits;
#[cfg(test)]
mod shape;
#[cfg(test)]
pub(crate) use shape::Times;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::times::TimeName;

/// A text with its place.
pub(crate) type Text = Spanned<String>;
/// A whole number with its place.
pub(crate) type Number = Spanned<i64>;

/// `[times]`; which of them a file must name depends on the file.
pub(crate) type RawTimes = BTreeMap<TimeName, Text>;

/// `protocol.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawProtocol {
    /// A name for records, such as my-protocol.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub(super) id: Text,
    /// One sentence, the same wherever it is shown. It may be repeated here and not changed.
    #[cfg_attr(test, schemars(with = "Option<shape::DoctorLine>"))]
    pub(super) see_a_doctor: Option<Text>,
    /// How long each timed step lasts; all eight.
    #[cfg_attr(test, schemars(with = "shape::AllTimes"))]
    pub(super) times: Spanned<RawTimes>,
    /// Where the times come from.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "shape::Sources"))]
    pub(super) sources: BTreeMap<TimeName, RawFrom>,
    /// The sections in the order in which they are rolled, each at most once. Left and right are the person's own.
    #[cfg_attr(test, schemars(with = "shape::Sections"))]
    pub(super) section: Spanned<Vec<RawSection>>,
    /// The strokes of every section in their order, one pass each.
    #[cfg_attr(test, schemars(with = "shape::Strokes"))]
    pub(super) stroke: Spanned<Vec<RawStroke>>,
    /// Why a person stops before the end: further ones. The embedded ones always stay.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "shape::StopReasons"))]
    pub(super) stop_reason: Vec<RawStopReason>,
    /// Closing questions after rolling: further ones. The embedded ones always stay.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "shape::SignOuts"))]
    pub(super) sign_out: Vec<RawSignOut>,
    /// Lines for the hours and days afterwards: further ones. The embedded ones always stay.
    #[serde(default)]
    pub(super) aftercare: Vec<RawAftercare>,
    /// The session with an empty hand. It may be repeated here and not changed.
    #[cfg_attr(test, schemars(with = "Option<RawRehearsal>"))]
    pub(super) rehearsal: Option<Spanned<RawRehearsal>>,
    /// Questions before rolling: further ones. The embedded ones always stay.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "shape::MoreQuestions"))]
    pub(super) question: Vec<RawQuestion>,
}

/// Where a time comes from.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawFrom {
    #[cfg_attr(test, schemars(with = "shape::Firmness"))]
    pub(super) firmness: Text,
    #[cfg_attr(test, schemars(with = "shape::Origin"))]
    pub(super) source: Text,
}

/// A section of the face.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSection {
    /// Which one it is; left and right are the person's own.
    #[cfg_attr(test, schemars(with = "shape::SectionId"))]
    pub(super) id: Text,
    /// Its name in a sentence, such as your upper right.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) name: Text,
    /// Its name alone, such as upper right.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) bare: Text,
    /// Its sign where there is little room, such as UR.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) short: Text,
    /// What belongs to it.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) covers: Text,
    /// Where it ends. Left out or empty: the embedded edge, which always stays.
    #[cfg_attr(test, schemars(with = "Option<shape::Line>"))]
    pub(super) bounds: Option<Text>,
    /// What the roller keeps off.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) keep_off: Text,
    /// Which hand holds the roller.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) hands: Text,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}

/// One pass of the roller over a section.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStroke {
    /// A name for records.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub(super) id: Text,
    /// Its direction as seen in the mirror; each at most once.
    #[cfg_attr(test, schemars(with = "shape::DirectionId"))]
    pub(super) direction: Text,
    /// What it is called.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) name: Text,
    /// The same where there is little room.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) short: Text,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}

/// A reason for stopping before the end.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStopReason {
    /// A name for records.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub(super) id: Text,
    /// The digit that chooses it; those of the embedded reasons are taken.
    #[cfg_attr(test, schemars(with = "shape::Digit"))]
    pub(super) key: Text,
    /// What it is called.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) text: Text,
    /// Serum is not offered afterwards.
    pub(super) no_serum: bool,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}

/// A closing question.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSignOut {
    /// A name for records.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub(super) id: Text,
    /// One sentence.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) question: Text,
    /// The same where there is little room.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) short: Text,
    /// Not sure is one of its answers.
    pub(super) may_be_unsure: bool,
    /// Serum is offered only where it is answered with no.
    pub(super) no_serum: bool,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}

/// A line for the hours or days afterwards.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawAftercare {
    /// For how long, such as 24 hours.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) span: Text,
    /// What to do or to leave.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) text: Text,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}

/// `[rehearsal]`: the times that differ from a session's, and the sample questions.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawRehearsal {
    /// The roller in the liquid.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) contact: Text,
    /// Hands free after the last touch.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) prepare: Text,
    /// Cleaning the hands after a touch.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) hand_clean: Text,
    /// Before the drum meets the skin.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) get_ready: Text,
    /// From one section to the next.
    #[serde(rename = "move")]
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) move_on: Text,
    /// One stroke of the sections after the first.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) later_stroke: Text,
    /// Saline.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) saline: Text,
    /// Serum.
    #[cfg_attr(test, schemars(with = "shape::Time"))]
    pub(super) serum: Text,
    /// Ids of the questions that are shown.
    #[cfg_attr(test, schemars(with = "shape::Ids"))]
    pub(super) questions: Vec<Text>,
}

/// `checklist.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawChecklist {
    /// Questions before rolling, behind the embedded ones.
    #[cfg_attr(test, schemars(with = "shape::Questions"))]
    pub(super) question: Spanned<Vec<RawQuestion>>,
}

/// A question before rolling.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawQuestion {
    /// A name for records.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub(super) id: Text,
    /// Two or three words.
    #[cfg_attr(test, schemars(with = "shape::Title"))]
    pub(super) title: Text,
    /// One sentence; yes always means that the risk is there, and not sure counts as yes.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) question: Text,
    /// One sentence, shown on ?.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) why: Text,
    /// About the person, or about the skin.
    #[cfg_attr(test, schemars(with = "shape::GroupId"))]
    pub(super) group: Text,
    /// What yes leads to. stop: no session today. ask: what did a doctor or pharmacist say? Only "it is all right" goes
    /// on. wait: which, and how long ago? Inside that one's days there is no session. area: where? Those sections are
    /// skipped. around: where? Skip the section, or go round the spot.
    #[cfg_attr(test, schemars(with = "shape::ConsequenceId"))]
    pub(super) consequence: Text,
    /// For wait alone: the things that are asked about, each with its days.
    #[cfg_attr(test, schemars(with = "Option<shape::Kinds>"))]
    pub(super) kind: Option<Spanned<Vec<RawKind>>>,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}

/// A thing that has to be some days ago.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawKind {
    /// A name for records.
    #[cfg_attr(test, schemars(with = "shape::Id"))]
    pub(super) id: Text,
    /// What it is called.
    #[cfg_attr(test, schemars(with = "shape::Words"))]
    pub(super) name: Text,
    /// Days after it without a session.
    #[cfg_attr(test, schemars(with = "shape::Days"))]
    pub(super) days: Number,
    #[cfg_attr(test, schemars(with = "Option<shape::Firmness>"))]
    pub(super) firmness: Option<Text>,
    #[cfg_attr(test, schemars(with = "Option<shape::Origin>"))]
    pub(super) source: Option<Text>,
}
