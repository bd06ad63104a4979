//! A session is the fold of its events.

pub mod event;
pub mod summary;

pub use event::{Cue, Due, Effect, Entry, Event, Judgement, Kept, PauseCause, Said};
pub use summary::{ContactKept, Outcome, SectionEnd, SectionSummary, Summary};
