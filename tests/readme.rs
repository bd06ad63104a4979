//! What the documents tell a person to type is typed: commands of the README and of `--help` are run, the manual, the
//! completions and the package are made as CONTRIBUTING.md says, and a command that no test knows how to run fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

mod support;

#[path = "readme/cargo.rs"]
mod cargo;
#[path = "readme/commands.rs"]
mod commands;
#[path = "readme/document.rs"]
mod document;
#[path = "readme/help.rs"]
mod help;
#[path = "readme/home.rs"]
mod home;
#[path = "commands/house.rs"]
#[allow(dead_code)]
mod house;
#[path = "readme/package.rs"]
mod package;
#[path = "readme/pages.rs"]
mod pages;
#[path = "readme/typos.rs"]
mod typos;
