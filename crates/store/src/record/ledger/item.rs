//! What rollers and serums have in common: what is read of them from several files is put together here.

use super::{Condition, OwnedRoller, OwnedSerum, Retired};
use crate::record::amendment::Amended;
use crate::record::history::UncountedFile;
use crate::record::text::{LONGEST_NAME, truncated};
use crate::record::timestamp::Timestamp;
use engine::protocol::Micrometres;

/// An item of a ledger.
pub(in crate::record) trait LedgerItem {
    /// What it is; also its id if no id can be made from its name.
    const KIND: &'static str;
    /// Reads the text of its file, which is called `id`.
    fn read(id: &str, bytes: &[u8]) -> Result<Self, String>
    where
        Self: Sized;
    fn id(&self) -> &str;
    fn name(&self) -> &str;
    /// Whether `other` may be another version of it.
    fn is_same_as(&self, other: &Self) -> bool;
    /// Marks it as retired if `other`, a copy of it, is.
    fn merge_end(&mut self, other: &Self);
    /// Notes that `unread`, which may be a copy of it or hold one, cannot be read and may say that it is retired.
    fn note_unread(&mut self, unread: &UncountedFile);
    /// Puts in what was corrected of it, and that it was struck out.
    fn amend(&mut self, amended: &Amended);
    /// When and why it was retired, if it was.
    fn end(&self) -> Option<&Retired>;
    /// The same, to be changed.
    fn retired(&mut self) -> &mut Option<Retired>;
    /// When it was last taken back that it was retired, to be changed.
    fn restored(&mut self) -> &mut Option<Timestamp>;
    /// The text of its file.
    fn to_text(&self) -> String;
}

/// What two copies of a file that were `retired` and `restored` say together: whoever did not know yet that it was restored
/// does not retire it by what was said on an earlier day.
fn merged_end(
    one: (&Option<Retired>, Option<Timestamp>),
    other: (&Option<Retired>, Option<Timestamp>),
) -> (Option<Retired>, Option<Timestamp>) {
    let holds = |of: (&Option<Retired>, Option<Timestamp>), against: Option<Timestamp>| {
        let restored = against.filter(|_| against > of.1).and_then(Timestamp::day);
        of.0.clone().filter(|retired| restored.is_none_or(|day| retired.on >= day))
    };
    (holds(one, other.1).or_else(|| holds(other, one.1)), one.1.max(other.1))
}

impl LedgerItem for OwnedRoller {
    const KIND: &'static str = "roller";

    fn read(id: &str, bytes: &[u8]) -> Result<OwnedRoller, String> {
        OwnedRoller::read(id, bytes)
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn is_same_as(&self, other: &OwnedRoller) -> bool {
        self.name == other.name && self.needle == other.needle
    }

    fn merge_end(&mut self, other: &OwnedRoller) {
        (self.retired, self.restored) = merged_end((&self.retired, self.restored), (&other.retired, other.restored));
        // If either copy says that the pack is open, it is.
        if other.condition == Condition::Used {
            self.condition = Condition::Used;
        }
        self.opened = self.opened.or(other.opened);
    }

    fn note_unread(&mut self, unread: &UncountedFile) {
        self.unread.get_or_insert_with(|| unread.clone());
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

    fn end(&self) -> Option<&Retired> {
        self.retired.as_ref()
    }

    fn retired(&mut self) -> &mut Option<Retired> {
        &mut self.retired
    }

    fn restored(&mut self) -> &mut Option<Timestamp> {
        &mut self.restored
    }

    fn to_text(&self) -> String {
        OwnedRoller::to_text(self)
    }
}

impl LedgerItem for OwnedSerum {
    const KIND: &'static str = "serum";

    fn read(id: &str, bytes: &[u8]) -> Result<OwnedSerum, String> {
        OwnedSerum::read(id, bytes)
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn is_same_as(&self, other: &OwnedSerum) -> bool {
        self.name == other.name
    }

    fn merge_end(&mut self, other: &OwnedSerum) {
        (self.retired, self.restored) = merged_end((&self.retired, self.restored), (&other.retired, other.restored));
    }

    // A look at the bottle shows whether it is used up.
    fn note_unread(&mut self, _unread: &UncountedFile) {}

    fn amend(&mut self, amended: &Amended) {
        self.struck = amended.struck();
        if let Some(name) = amended.last(|one| one.name.clone()) {
            self.name = truncated(&name, LONGEST_NAME);
        }
        self.brand = amended.last(|one| one.brand.clone()).or(self.brand.take());
        self.opened = amended.last(|one| one.opened).or(self.opened);
    }

    fn end(&self) -> Option<&Retired> {
        self.retired.as_ref()
    }

    fn retired(&mut self) -> &mut Option<Retired> {
        &mut self.retired
    }

    fn restored(&mut self) -> &mut Option<Timestamp> {
        &mut self.restored
    }

    fn to_text(&self) -> String {
        OwnedSerum::to_text(self)
    }
}
