//! The header of a session file: what was begun, when, and under which protocol.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::text::{LONGEST_NAME, LONGEST_REASON, TomlBlock, checksum, millis, truncated};
use super::timestamp::{Day, Timestamp};
#[cfg(test)]
use crate::export::shape;
use engine::protocol::{Fingerprint, Kind, Protocol};
use engine::timeline::{Boot, Wall};

/// The format that this program writes. It reads this one and refuses newer ones.
pub const FORMAT: u64 = 1;

/// What a record is of. A rehearsal has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum RecordKind {
    /// A session with needles.
    Session,
    /// The checklist review alone; never counted, never resumed.
    Check,
    /// An older session that was entered from paper: counted, but without entries.
    Log,
}

impl RecordKind {
    /// Whether it is a session; a review of the checklist alone is not.
    pub fn is_rolling(self) -> bool {
        match self {
            RecordKind::Session | RecordKind::Log => true,
            RecordKind::Check => false,
        }
    }
}

/// Serum or moisturiser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Serum"))]
pub struct SerumNote {
    /// Its name.
    pub name: String,
    /// Who makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The day on which it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::Date>"))]
    pub opened: Option<Day>,
}

/// Identifies the protocol that is followed; all empty for a manual entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProtocolRef {
    /// The protocol's id.
    pub id: String,
    /// The checksum of its texts and times.
    pub fingerprint: Fingerprint,
    /// The checksum of the questions.
    pub checklist: Fingerprint,
}

/// What is known when a session begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Version of this program.
    pub app: String,
    /// What is begun.
    pub kind: RecordKind,
    /// Times outside the usual ranges were asked for.
    pub trial: bool,
    /// What is followed.
    pub protocol: ProtocolRef,
    /// When.
    pub started: Wall,
    /// The boot of the computer and its uptime, so that a later run can tell whether the clocks went on.
    pub boot: Option<Boot>,
    /// Ids of the strokes of every section, in order, so that a later run under another protocol can tell what was
    /// rolled.
    pub strokes: Vec<String>,
    /// The typed reason for starting early.
    pub early_reason: Option<String>,
    /// The serum that is meant to be used.
    pub serum: Option<SerumNote>,
}

impl Start {
    /// A session or check that follows `protocol`; None for a rehearsal, which leaves no record.
    pub fn of(protocol: &Protocol, started: Wall) -> Option<Start> {
        let kind = match protocol.kind {
            Kind::Session => RecordKind::Session,
            Kind::Check => RecordKind::Check,
            Kind::Rehearsal => return None,
        };
        Some(Start {
            app: env!("CARGO_PKG_VERSION").to_owned(),
            kind,
            trial: protocol.trial,
            protocol: ProtocolRef {
                id: protocol.id.clone(),
                fingerprint: protocol.fingerprint,
                checklist: protocol.checklist.fingerprint,
            },
            started,
            boot: None,
            strokes: protocol.strokes.iter().map(|stroke| stroke.id.clone()).collect(),
            early_reason: None,
            serum: None,
        })
    }
}

/// The header as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always [`FORMAT`].
    pub format: u64,
    /// Version of the program that wrote it.
    pub app: String,
    /// What it is a record of.
    pub kind: RecordKind,
    /// A trial never counts as a session.
    pub trial: bool,
    /// The file's own name without its extension.
    pub id: String,
    /// When it began.
    pub started: Timestamp,
    /// The protocol's id. It and the two checksums are empty, and left out of the file, for a manual entry.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub protocol: String,
    /// Checksum of the protocol's text, eight hexadecimal digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub protocol_fingerprint: String,
    /// Checksum of the questions, eight hexadecimal digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checklist_fingerprint: String,
    /// Which boot of the computer.
    pub boot: Option<String>,
    /// Milliseconds since that boot.
    pub boot_ms: Option<u64>,
    /// Ids of the strokes of every section, in order.
    #[serde(default)]
    pub strokes: Vec<String>,
    /// Why it was begun before the interval was over.
    pub early_reason: Option<String>,
    /// The serum that is meant to be used.
    pub serum: Option<String>,
    /// The day on which it was opened.
    pub serum_opened: Option<Day>,
    /// Who makes it, if known.
    pub serum_brand: Option<String>,
    /// Checksum of the lines above; also the key of every other checksum in the file.
    pub sum: String,
}

impl Header {
    /// The header of the file `id`, its checksum included.
    pub fn new(start: &Start, id: &str) -> Header {
        let name = |text: &String| truncated(text, LONGEST_NAME);
        let known = |text: String| if start.kind == RecordKind::Log { String::new() } else { text };
        let mut header = Header {
            format: FORMAT,
            app: name(&start.app),
            kind: start.kind,
            trial: start.trial,
            id: id.to_owned(),
            started: Timestamp::of(start.started),
            protocol: known(name(&start.protocol.id)),
            protocol_fingerprint: known(start.protocol.fingerprint.code()),
            checklist_fingerprint: known(start.protocol.checklist.code()),
            boot: start.boot.as_ref().map(|boot| name(&boot.id)),
            boot_ms: start.boot.as_ref().map(|boot| millis(boot.up)),
            strokes: start.strokes.iter().map(name).collect(),
            early_reason: start.early_reason.as_ref().map(|reason| truncated(reason, LONGEST_REASON)),
            serum: start.serum.as_ref().map(|serum| name(&serum.name)),
            serum_opened: start.serum.as_ref().and_then(|serum| serum.opened),
            serum_brand: start.serum.as_ref().and_then(|serum| serum.brand.as_ref()).map(name),
            sum: String::new(),
        };
        header.sum = checksum("", &header.lines().finish());
        header
    }

    /// The serum that was meant to be used.
    pub fn serum_note(&self) -> Option<SerumNote> {
        let name = self.serum.clone()?;
        Some(SerumNote { name, brand: self.serum_brand.clone(), opened: self.serum_opened })
    }

    /// The text of the header, including the empty line that closes it.
    pub fn to_text(&self) -> String {
        self.lines().seal("")
    }

    fn lines(&self) -> TomlBlock {
        let mut lines = TomlBlock::new("");
        lines.number("format", Some(self.format));
        lines.text("app", Some(&self.app));
        lines.text("kind", Some(self.kind.into()));
        lines.flag("trial", Some(self.trial));
        lines.text("id", Some(&self.id));
        lines.time("started", self.started);
        if self.kind != RecordKind::Log {
            lines.text("protocol", Some(&self.protocol));
            lines.text("protocol_fingerprint", Some(&self.protocol_fingerprint));
            lines.text("checklist_fingerprint", Some(&self.checklist_fingerprint));
        }
        lines.text("boot", self.boot.as_deref());
        lines.number("boot_ms", self.boot_ms);
        if !self.strokes.is_empty() {
            lines.texts("strokes", Some(&self.strokes));
        }
        lines.text("early_reason", self.early_reason.as_deref());
        lines.text("serum", self.serum.as_deref());
        if let Some(opened) = self.serum_opened {
            lines.raw("serum_opened", &opened.to_string());
        }
        lines.text("serum_brand", self.serum_brand.as_deref());
        lines
    }
}
