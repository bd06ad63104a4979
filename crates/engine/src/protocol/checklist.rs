//! The contraindication checklist: questions, and what a yes leads to.

use alloc::string::String;
use alloc::vec::Vec;

use super::Fingerprint;

/// How many questions a list may hold, the shipped ones included.
pub const MAX_ITEMS: usize = 40;

/// The place of a question in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemIx(pub usize);

/// What the question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// The person as a whole.
    General,
    /// The skin of the face.
    Skin,
}

/// One of the things that a `wait` question asks about, with its own waiting time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitKind {
    /// A stable name for records.
    pub id: String,
    /// What it is called: "filler".
    pub name: String,
    /// Days that must have passed.
    pub days: u32,
    /// Where the figure comes from.
    pub source: String,
}

/// What the answer yes or not sure leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// No session today.
    Stop,
    /// Asks what a doctor or pharmacist said. Only "it is all right" allows a session.
    Ask,
    /// Asks which, and how long ago. During the waiting time there is no session. Never empty.
    Wait(Vec<WaitKind>),
    /// Asks where. Those sections are skipped.
    Area,
    /// Asks where, and whether to skip the section or go round the spot.
    Around,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// A stable name for records: `cold-sore`.
    pub id: String,
    /// Two or three words for lists: "cold sore".
    pub title: String,
    /// One sentence; yes always means that the risk is there.
    pub question: String,
    /// Why it is asked, in one sentence.
    pub why: String,
    /// What to do next where its answer stops the session; empty where it says nothing of its own.
    pub next: String,
    /// What it is about.
    pub group: Group,
    /// What a yes leads to.
    pub consequence: Consequence,
    /// Where it comes from: `article`, or the publication.
    pub source: String,
    /// Came from the user's own file.
    pub own: bool,
}

/// The questions in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// At least one, at most [`MAX_ITEMS`].
    pub items: Vec<Item>,
    /// Checksum of the wording, kept with the answers.
    pub fingerprint: Fingerprint,
}

impl Checklist {
    /// The question at `ix`.
    pub fn item(&self, ix: ItemIx) -> Option<&Item> {
        self.items.get(ix.0)
    }

    /// Every question with its place.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ItemIx, &Item)> {
        self.items.iter().enumerate().map(|(ix, item)| (ItemIx(ix), item))
    }

    /// The place of the question called `id`.
    pub fn find(&self, id: &str) -> Option<ItemIx> {
        self.items.iter().position(|item| item.id == id).map(ItemIx)
    }
}
