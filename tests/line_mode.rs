//! The session in plain lines: what is printed, what a line means, and that the record is the same.

mod line_driver;

mod answers;
mod record;
mod said;
