//! The records on disk: one file for each session, the ledger of rollers and serums, and all of it read back.
//!
//! A session file is TOML 1.0 and only ever grows. It consists of blocks, each closed by a checksum and an empty
//! line: a top, one `[[entry]]` for each event, one `[summary]`, and `[[later]]` for what comes after it in the
//! same run.

pub mod aside;
pub mod dialect;

pub mod disk;
pub mod entry;
pub mod file;
pub mod folder;
pub mod header;
pub mod held;
pub mod history;
pub mod later;
pub mod ledger;
pub mod listing;
pub mod lock;
pub mod names;
pub mod paper;
pub mod parallel;
pub mod past;
pub mod place;
pub mod read;
pub mod reading;
pub mod downtime;
pub mod show;
pub mod stamp;
pub mod summary;
pub mod text;
pub mod facts;
pub mod totals;

mod fresh;
mod marks;
mod siblings;
mod small;
mod walk;

pub use aside::{TornTail, cut_torn_tail, discard};
pub use dialect::{ByName, NamedAnswer, NamedItem, NamedQuestion, Unsure};
pub use disk::{Disk, Handle, Plain};
pub use downtime::downtime;
pub use entry::{Part, RecordedEntry, WireError};
pub use facts::Facts;
pub use file::{ResumeError, SaveError, SessionFile};
pub use header::{Followed, Header, RecordKind, SerumNote, Start};
pub use history::{History, Odd};
pub use later::{Remark, Skin};
pub use ledger::{Ledger, OwnedRoller, OwnedSerum};
pub use lock::{Lock, LockError};
pub use paper::Paper;
pub use past::Past;
pub use read::{ReadError, read};
pub use reading::{Damage, Fault, Reading, Tail};

pub use stamp::{Day, Stamp};
pub use summary::SummaryFields;
pub use totals::{Held, Totals};
