//! Every transition of the engine, as scripts against a hand-moved clock.

mod session_driver;
mod verdicts;

mod after;
mod away;
mod cards;
mod clicker;
mod fitness;
mod halts;
mod list;
mod resuming;
mod rolling;
mod soak;
mod stopping;
mod taken_back;
