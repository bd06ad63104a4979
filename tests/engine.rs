//! Every transition of the engine, as scripts against a hand-moved clock.

mod play;

mod after;
mod away;
mod clicker;
mod fitness;
mod halts;
mod list;
mod resuming;
mod rolling;
mod soak;
