//! What the tests share.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod bathroom;
pub mod counts;
pub mod pty;
pub mod stage;
