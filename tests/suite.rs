//! What holds of the whole program, one module for each subject. What a package promises by itself is tested beside its
//! source.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod fuzz_checks;
mod support;

mod architecture;
mod assets;
mod care;
mod check_in;
mod clocks;
mod commands;
mod config;
mod crash;
mod cues;
mod doctor;
mod due;
mod edge;
mod end_to_end;
mod engine;
mod export;
mod faults;
mod fuzz;
mod guards;
mod hands;
mod history;
mod keys;
mod line_mode;
mod looks;
mod own_files;
mod pictures;
mod reading_age;
mod readme;
mod record;
mod refusals;
mod resume;
mod text;
mod ui;
mod versions;
mod walkthrough;
