//! dermaroll: a guided dermarolling session in a terminal. The rooms, bottom to top; each uses only those above it.

pub mod timeline;
pub mod protocol;
pub mod safety;
pub mod session;
pub mod calendar;
pub mod record;
pub mod view;
