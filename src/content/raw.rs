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
    /// A name for records, such as my-protocol.
    pub(super) id: Text,
    /// One sentence, the same wherever it is shown. It may be repeated here and not changed.
    pub(super) see_a_doctor: Option<Text>,
    /// How long each timed step lasts; all eight.
    pub(super) times: Spanned<RawTimes>,
    /// Where the times come from.
    #[serde(default)]
    pub(super) sources: BTreeMap<TimeName, RawFrom>,
    /// The sections in the order in which they are rolled, each at most once. Left and right are the person's own.
    pub(super) section: Spanned<Vec<RawSection>>,
    /// The strokes of every section in their order, one pass each.
    pub(super) stroke: Spanned<Vec<RawStroke>>,
    /// Why a person stops before the end: further ones. The embedded ones always stay.
    #[serde(default)]
    pub(super) stop_reason: Vec<RawStopReason>,
    /// Closing questions after rolling: further ones. The embedded ones always stay.
    #[serde(default)]
    pub(super) sign_out: Vec<RawSignOut>,
    /// Lines for the hours and days afterwards: further ones. The embedded ones always stay.
    #[serde(default)]
    pub(super) aftercare: Vec<RawAftercare>,
    /// The session with an empty hand. It may be repeated here and not changed.
    pub(super) rehearsal: Option<Spanned<RawRehearsal>>,
    /// Questions before rolling: further ones. The embedded ones always stay.
    #[serde(default)]
    pub(super) question: Vec<RawQuestion>,
}

/// Where a time comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawFrom {
    pub(super) firmness: Text,
    pub(super) source: Text,
}

/// A section of the face.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSection {
    /// Which one it is; left and right are the person's own.
    pub(super) id: Text,
    /// Its name in a sentence, such as your upper right.
    pub(super) name: Text,
    /// Its name alone, such as upper right.
    pub(super) bare: Text,
    /// Its sign where there is little room, such as UR.
    pub(super) short: Text,
    /// What belongs to it.
    pub(super) covers: Text,
    /// Where it ends. Left out or empty: the embedded edge, which always stays.
    pub(super) bounds: Option<Text>,
    /// What the roller keeps off.
    pub(super) keep_off: Text,
    /// Which hand holds the roller.
    pub(super) hands: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// One pass of the roller over a section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStroke {
    /// A name for records.
    pub(super) id: Text,
    /// Its direction as seen in the mirror; each at most once.
    pub(super) direction: Text,
    /// What it is called.
    pub(super) name: Text,
    /// The same where there is little room.
    pub(super) short: Text,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// A reason for stopping before the end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawStopReason {
    /// A name for records.
    pub(super) id: Text,
    /// The digit that chooses it; those of the embedded reasons are taken.
    pub(super) key: Text,
    /// What it is called.
    pub(super) text: Text,
    /// Serum is not offered afterwards.
    pub(super) no_serum: bool,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// A closing question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawSignOut {
    /// A name for records.
    pub(super) id: Text,
    /// One sentence.
    pub(super) question: Text,
    /// The same where there is little room.
    pub(super) short: Text,
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
    /// For how long, such as 24 hours.
    pub(super) span: Text,
    /// What to do or to leave.
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
    /// Saline.
    pub(super) saline: Text,
    /// Serum.
    pub(super) serum: Text,
    /// Ids of the questions that are shown.
    pub(super) questions: Vec<Text>,
}

/// `checklist.toml`, or a file of that shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawChecklist {
    /// Questions before rolling, behind the embedded ones.
    pub(super) question: Spanned<Vec<RawQuestion>>,
}

/// A question before rolling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawQuestion {
    /// A name for records.
    pub(super) id: Text,
    /// Two or three words.
    pub(super) title: Text,
    /// One sentence; yes always means that the risk is there, and not sure counts as yes.
    pub(super) question: Text,
    /// One sentence, shown on ?.
    pub(super) why: Text,
    /// About the person, or about the skin.
    pub(super) group: Text,
    /// What yes leads to. stop: no session today. ask: what did a doctor or pharmacist say? Only "it is all right" goes
    /// on. wait: which, and how long ago? Inside that one's days there is no session. area: where? Those sections are
    /// skipped. around: where? Skip the section, or go round the spot.
    pub(super) consequence: Text,
    /// For wait alone: the things that are asked about, each with its days.
    pub(super) kind: Option<Spanned<Vec<RawKind>>>,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}

/// A thing that has to be some days ago.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawKind {
    /// A name for records.
    pub(super) id: Text,
    /// What it is called.
    pub(super) name: Text,
    /// Days after it without a session.
    pub(super) days: Number,
    pub(super) firmness: Option<Text>,
    pub(super) source: Option<Text>,
}
