//! What `dermaroll export` writes: golden exports read by readers of others, texts that would do harm elsewhere, dates
//! across leap days and changes of the clocks, and the file that takes the place of an old one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(unreachable_pub, reason = "the support room is shared")]

#[path = "export/command.rs"]
mod command;
#[path = "export/dates.rs"]
mod dates;
#[path = "export/golden.rs"]
mod golden;
#[path = "export/house.rs"]
mod house;
mod support;
#[path = "export/texts.rs"]
mod texts;
