//! What is different on every system.

pub mod clock;
