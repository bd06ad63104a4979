//! What the documents tell a person to type is typed: commands of the README and of `--help` are run, the manual, the
//! completions and the package are made as CONTRIBUTING.md says, and a command that no test knows how to run fails.

mod cargo;
mod commands;
mod document;
mod help;
mod home;
#[allow(dead_code)]
mod package;
mod pages;
mod typos;
