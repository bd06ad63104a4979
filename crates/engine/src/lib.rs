//! The engine of a dermarolling session: events in, effects out, time as an argument. It cannot open a file, read a
//! clock or draw: it is built without the standard library and depends on derives alone.
#![warn(missing_docs)]
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod timeline;
pub mod protocol;
pub mod safety;
pub mod session;
