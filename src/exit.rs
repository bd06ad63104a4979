//! The exit statuses, as the README has them. After a signal it is 128 plus the signal's number, which
//! `platform::signals` knows.

/// Finished, or nothing to do.
pub const DONE: u8 = 0;
pub const UNEXPECTED: u8 = 1;
/// Wrong use, or a refused file.
pub const WRONG_USE: u8 = 2;
pub const STOPPED_BY_LIST: u8 = 3;
/// Ended early, and saved.
pub const EARLY: u8 = 4;
/// The record cannot be written.
pub const NOT_SAVED: u8 = 5;
/// Another window or command writes to these records.
pub const ALREADY_RUNNING: u8 = 6;
/// `check`: some sections are skipped.
pub const SOME_SKIPPED: u8 = 7;
/// `due`: no session is due.
pub const NOT_DUE: u8 = 8;
/// Ctrl-C: 128 plus SIGINT, as in shells.
pub const INTERRUPTED: u8 = 130;
