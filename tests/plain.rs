//! The session in plain lines: what is printed, what a line means, and that the record is the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "support/bathroom.rs"]
#[allow(dead_code, unreachable_pub)]
mod bathroom;
#[path = "plain/talk.rs"]
mod talk;

#[path = "plain/answers.rs"]
mod answers;
#[path = "plain/record.rs"]
mod record;
#[path = "plain/said.rs"]
mod said;
