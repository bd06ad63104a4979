//! The five sections of the face, sets of them, and one value for each of them.

use core::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// A section of the face. Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Right forehead and upper right cheek.
    UpperRight,
    /// Left forehead and upper left cheek.
    UpperLeft,
    /// Below the right eye and lower right cheek.
    LowerRight,
    /// Below the left eye and lower left cheek.
    LowerLeft,
    /// Around the mouth.
    Mouth,
}

impl Section {
    /// All five, in the article's order.
    pub const ALL: [Section; 5] =
        [Section::UpperRight, Section::UpperLeft, Section::LowerRight, Section::LowerLeft, Section::Mouth];

    /// The id in files. It never changes.
    pub fn id(self) -> &'static str {
        match self {
            Section::UpperRight => "upper-right",
            Section::UpperLeft => "upper-left",
            Section::LowerRight => "lower-right",
            Section::LowerLeft => "lower-left",
            Section::Mouth => "mouth",
        }
    }

    /// The section with this id.
    pub fn from_id(id: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.id() == id)
    }

    /// The number that chooses it, 1 to 5, in whatever order sections are rolled.
    pub fn number(self) -> u8 {
        match self {
            Section::UpperRight => 1,
            Section::UpperLeft => 2,
            Section::LowerRight => 3,
            Section::LowerLeft => 4,
            Section::Mouth => 5,
        }
    }

    /// The section of that number.
    pub fn from_number(number: u8) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.number() == number)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Sections(u8);

impl Sections {
    /// The empty set.
    pub const NONE: Sections = Sections(0);

    /// Whether `section` is in the set.
    pub fn contains(self, section: Section) -> bool {
        self.0 & section.bit() != 0
    }

    /// The set with `section` in it.
    #[must_use]
    pub fn with(self, section: Section) -> Sections {
        Sections(self.0 | section.bit())
    }

    /// The set with `section` added if it was missing and taken out if it was there.
    #[must_use]
    pub fn toggled(self, section: Section) -> Sections {
        Sections(self.0 ^ section.bit())
    }

    /// The union of both sets.
    #[must_use]
    pub fn union(self, other: Sections) -> Sections {
        Sections(self.0 | other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are, 0 to 5.
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// The sections of the set in the article's order.
    pub fn iter(self) -> impl Iterator<Item = Section> {
        Section::ALL.into_iter().filter(move |section| self.contains(*section))
    }
}

impl FromIterator<Section> for Sections {
    fn from_iter<I: IntoIterator<Item = Section>>(sections: I) -> Sections {
        sections.into_iter().fold(Sections::NONE, Sections::with)
    }
}

/// One value for each section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PerSection<T> {
    /// For [`Section::UpperRight`].
    pub upper_right: T,
    /// For [`Section::UpperLeft`].
    pub upper_left: T,
    /// For [`Section::LowerRight`].
    pub lower_right: T,
    /// For [`Section::LowerLeft`].
    pub lower_left: T,
    /// For [`Section::Mouth`].
    pub mouth: T,
}

impl<T> PerSection<T> {
    /// Computes each value from its section.
    pub fn from_fn(mut make: impl FnMut(Section) -> T) -> PerSection<T> {
        PerSection {
            upper_right: make(Section::UpperRight),
            upper_left: make(Section::UpperLeft),
            lower_right: make(Section::LowerRight),
            lower_left: make(Section::LowerLeft),
            mouth: make(Section::Mouth),
        }
    }

    /// Each section with its value, in the article's order.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &T)> {
        Section::ALL.into_iter().map(|section| (section, &self[section]))
    }
}

impl<T> Index<Section> for PerSection<T> {
    type Output = T;
    fn index(&self, section: Section) -> &T {
        match section {
            Section::UpperRight => &self.upper_right,
            Section::UpperLeft => &self.upper_left,
            Section::LowerRight => &self.lower_right,
            Section::LowerLeft => &self.lower_left,
            Section::Mouth => &self.mouth,
        }
    }
}

impl<T> IndexMut<Section> for PerSection<T> {
    fn index_mut(&mut self, section: Section) -> &mut T {
        match section {
            Section::UpperRight => &mut self.upper_right,
            Section::UpperLeft => &mut self.upper_left,
            Section::LowerRight => &mut self.lower_right,
            Section::LowerLeft => &mut self.lower_left,
            Section::Mouth => &mut self.mouth,
        }
    }
}
