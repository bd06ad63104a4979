//! The never-rules of docs/architecture.md, held over the source tree itself. Each test names the rule, the file and
//! the line, so that breaking one is a decision and not an accident.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "architecture/never.rs"]
mod never;
#[path = "architecture/papers.rs"]
mod papers;
#[path = "architecture/places.rs"]
mod places;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/words.rs"]
mod words;
