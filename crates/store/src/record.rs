//! The records on disk: one file for each session, the ledger of rollers and serums, follow-ups, and everything that
//! reads them back.
//!
//! A session file is TOML 1.0 and only ever grows. It is made of blocks, each ending in a checksum and an empty line:
//! the header, one `[[entry]]` for each event, one `[summary]`, and one `[[later]]` for each event that comes after the
//! summary in the same run.

pub mod amendment;
pub mod dialect;
pub mod disk;
pub mod downtime;
pub mod entry;
pub mod facts;
pub mod file;
pub mod folder;
pub mod follow_up;
pub mod header;
pub mod history;
pub mod interval_hold;
pub mod ledger;
pub mod listing;
pub mod lock;
pub mod manual_entry;
pub mod names;
pub mod parallel;
pub mod past;
pub mod read;
pub mod reading;
pub mod show;
pub mod summary;
pub mod text;
pub mod timestamp;
pub mod torn_tail;
pub mod totals;
pub mod undo;
pub mod used_folders;

mod create;
mod profile_copies;
mod sniff;
mod toml_file;
mod walk;

pub use amendment::{Amended, Amendment, Amendments, Struck, What};
pub use dialect::{ByName, NamedAnswer, NamedItem, NamedQuestion, Unsure};
pub use disk::{Disk, Handle, OsDisk};
pub use downtime::downtime;
pub use entry::{FilePart, RecordedEntry, WireError};
pub use facts::{Facts, Retirement};
pub use file::{ResumeError, SaveError, SessionFile};
pub use follow_up::{FollowUp, Skin};
pub use header::{Header, ProtocolRef, RecordKind, SerumNote, Start};
pub use history::{History, UncountedFile};
pub use ledger::{Ledger, OwnedRoller, OwnedSerum};
pub use lock::{Lock, LockError};
pub use manual_entry::ManualEntry;
pub use past::Past;
pub use read::{ReadError, read};
pub use reading::{Damage, Fault, Reading, Tail};
pub use summary::SummaryFields;
pub use timestamp::{Day, Timestamp};
pub use torn_tail::{TornTail, cut_torn_tail, discard};
pub use totals::{IntervalHold, Totals};
