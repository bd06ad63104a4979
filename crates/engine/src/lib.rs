//! The engine of a dermarolling session: events in, effects out, time as an argument. It opens no file, reads no clock
//! and draws nothing: this package is built without the standard library and depends on derives alone, which is the
//! proof.
#![warn(missing_docs)]
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod timeline;
pub mod protocol;
pub mod safety;
pub mod session;
