//! The exit statuses, as the README has them. Those of a signal are 128 and its number; the terminal's guard and the
//! loop have them where they are told of one.

/// Finished, or nothing to do.
pub const DONE: u8 = 0;
/// Something unexpected.
pub const UNEXPECTED: u8 = 1;
/// Wrong use, or a file that is refused.
pub const WRONG_USE: u8 = 2;
/// Stopped by the checklist.
pub const STOPPED_BY_LIST: u8 = 3;
/// Ended early, and saved.
pub const EARLY: u8 = 4;
/// The record cannot be written.
pub const NOT_SAVED: u8 = 5;
/// Another instance is at work.
pub const ALREADY_RUNNING: u8 = 6;
/// `check`: some sections are skipped.
pub const SOME_SKIPPED: u8 = 7;
/// `due`: no session is due.
pub const NOT_DUE: u8 = 8;
/// Ctrl-C, as shells have it.
pub const INTERRUPTED: u8 = 130;
