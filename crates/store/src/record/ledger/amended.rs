//! Rollers and serums as they were corrected, and those that were struck out.

use super::item::LedgerItem;
use super::listed::list;
use super::{Ledger, OwnedRoller, OwnedSerum};
use crate::record::amendment::Amendments;
use crate::record::history::UncountedFile;
use crate::record::names::{ROLLERS, SERUMS};

/// A folder of the ledger.
pub(in crate::record) struct Listed<T> {
    /// By id, without their amendments, as they are written back.
    pub(in crate::record) items: Vec<T>,
    pub(super) uncounted: Vec<UncountedFile>,
    pub(super) amendments: Amendments,
}

impl<T: LedgerItem> Listed<T> {
    /// Its items as they were corrected, and the files that are not counted.
    fn amended(mut self) -> (Vec<T>, Vec<UncountedFile>) {
        self.items.iter_mut().for_each(|item| item.amend(&self.amendments.of(item.id())));
        (self.items, self.uncounted)
    }
}

impl Ledger {
    /// All rollers by id as they were corrected, including retired and struck ones, and the files that are not counted.
    pub fn rollers(&self) -> (Vec<OwnedRoller>, Vec<UncountedFile>) {
        self.recorded_rollers().amended()
    }

    /// All serums by id as they were corrected, including retired and struck ones, and the files that are not counted.
    pub fn serums(&self) -> (Vec<OwnedSerum>, Vec<UncountedFile>) {
        self.recorded_serums().amended()
    }

    /// All rollers without what was corrected or struck out.
    pub(in crate::record) fn recorded_rollers(&self) -> Listed<OwnedRoller> {
        list(&self.root.join(ROLLERS), OwnedRoller::read)
    }

    /// All serums without what was corrected or struck out.
    pub(in crate::record) fn recorded_serums(&self) -> Listed<OwnedSerum> {
        list(&self.root.join(SERUMS), OwnedSerum::read)
    }
}

impl OwnedRoller {
    /// Whether it is neither retired nor struck out, by its own files.
    pub fn is_in_use(&self) -> bool {
        self.retired.is_none() && self.struck.is_none()
    }
}

impl OwnedSerum {
    /// Whether it is neither retired nor struck out.
    pub fn is_in_use(&self) -> bool {
        self.retired.is_none() && self.struck.is_none()
    }
}
