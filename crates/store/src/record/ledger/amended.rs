//! Rollers and serums as they were corrected, and those that were struck out.

use super::listed::{LedgerItem, list};
use super::{Ledger, OwnedRoller, OwnedSerum};
use crate::record::amendment::{Amended, Amendments};
use crate::record::history::UncountedFile;
use crate::record::names::{ROLLERS, SERUMS};
use crate::record::text::{LONGEST_NAME, truncated};
use engine::protocol::Micrometres;

/// A folder of the ledger.
pub(super) struct Listed<T> {
    /// By id, without their amendments, as they are written back.
    pub(super) items: Vec<T>,
    pub(super) uncounted: Vec<UncountedFile>,
    pub(super) amendments: Amendments,
}

impl Ledger {
    /// All rollers by id as they were corrected, including retired and struck ones, and the files that are not counted.
    pub fn rollers(&self) -> (Vec<OwnedRoller>, Vec<UncountedFile>) {
        let Listed { mut items, uncounted, amendments } = self.recorded_rollers();
        items.iter_mut().for_each(|item| item.amend(&amendments.of(item.id())));
        (items, uncounted)
    }

    /// All serums by id as they were corrected, including retired and struck ones, and the files that are not counted.
    pub fn serums(&self) -> (Vec<OwnedSerum>, Vec<UncountedFile>) {
        let Listed { mut items, uncounted, amendments } = self.recorded_serums();
        items.iter_mut().for_each(|item| item.amend(&amendments.of(item.id())));
        (items, uncounted)
    }

    /// All rollers without what was corrected or struck out.
    pub(in crate::record) fn rollers_as_written(&self) -> Vec<OwnedRoller> {
        self.recorded_rollers().items
    }

    /// All serums without what was corrected or struck out.
    pub(in crate::record) fn serums_as_written(&self) -> Vec<OwnedSerum> {
        self.recorded_serums().items
    }

    pub(super) fn recorded_rollers(&self) -> Listed<OwnedRoller> {
        list(&self.root.join(ROLLERS), OwnedRoller::read)
    }

    pub(super) fn recorded_serums(&self) -> Listed<OwnedSerum> {
        list(&self.root.join(SERUMS), OwnedSerum::read)
    }
}

impl OwnedRoller {
    /// Whether it is neither retired nor struck out, by its own files.
    pub fn is_in_use(&self) -> bool {
        self.retired.is_none() && self.struck.is_none()
    }

    fn amend(&mut self, amended: &Amended) {
        self.struck = amended.struck();
        if let Some(name) = amended.last(|one| one.name.clone()) {
            self.name = truncated(&name, LONGEST_NAME);
        }
        if let Some(needle) = amended.last(|one| one.needle_um) {
            self.needle = Micrometres(needle);
        }
        self.bought_from = amended.last(|one| one.bought_from.clone()).or(self.bought_from.take());
        self.opened = amended.last(|one| one.opened).or(self.opened);
    }
}

impl OwnedSerum {
    /// Whether it is neither retired nor struck out.
    pub fn is_in_use(&self) -> bool {
        self.retired.is_none() && self.struck.is_none()
    }

    fn amend(&mut self, amended: &Amended) {
        self.struck = amended.struck();
        if let Some(name) = amended.last(|one| one.name.clone()) {
            self.name = truncated(&name, LONGEST_NAME);
        }
        self.brand = amended.last(|one| one.brand.clone()).or(self.brand.take());
        self.opened = amended.last(|one| one.opened).or(self.opened);
    }
}
