//! The contraindication checklist: questions, and what a yes leads to.

use alloc::string::String;
use alloc::vec::Vec;

use super::Fingerprint;

/// How many questions a list may hold, the shipped ones included.
pub const MAX_ITEMS: usize = 40;

/// How many questions stand on one card at most.
pub const MOST_LINES: usize = 6;

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
    /// The title of the card on which it stands beside others; empty for a question of the person's own.
    pub card: String,
    /// What a yes leads to.
    pub consequence: Consequence,
    /// Where it comes from: `article`, or the publication.
    pub source: String,
    /// Came from the user's own file.
    pub own: bool,
}

/// Questions that stand on one screen, for a person who knows them. Only a list makes its cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Card {
    number: usize,
    first: usize,
    lines: usize,
}

impl Card {
    /// Its place among the cards of the list, from 0.
    pub fn number(self) -> usize {
        self.number
    }

    /// The questions on it, from top to bottom; at least one.
    pub fn items(self) -> impl DoubleEndedIterator<Item = ItemIx> + ExactSizeIterator {
        (self.first..self.first + self.lines).map(ItemIx)
    }
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

    /// The cards of this list: questions that follow each other under one title, at most [`MOST_LINES`] on each.
    pub fn cards(&self) -> impl Iterator<Item = Card> {
        let of_one_title = self.items.chunk_by(|one, next| one.card == next.card);
        let sizes = of_one_title.flat_map(|items| items.chunks(MOST_LINES)).map(<[Item]>::len);
        sizes.scan((0, 0), |(number, first), lines| {
            let card = Card { number: *number, first: *first, lines };
            (*number, *first) = (*number + 1, *first + lines);
            Some(card)
        })
    }

    /// The card on which the question at `ix` stands.
    pub fn card_of(&self, ix: ItemIx) -> Option<Card> {
        self.cards().find(|card| card.items().any(|item| item == ix))
    }

    /// The place of the question called `id`.
    pub fn find(&self, id: &str) -> Option<ItemIx> {
        self.items.iter().position(|item| item.id == id).map(ItemIx)
    }
}
