//! `dermaroll man`: manual pages, made from the description of the command line that `--help` prints.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::{Failure, UNEXPECTED, WRONG_USE, env, print_bytes};
use crate::cli::arguments::Cli;
use crate::content::config::from_here;
use crate::content::folders::Folders;

const CHANGELOG: &str = include_str!("../../CHANGELOG.md");

/// Prints the manual page of the program, or writes one page for it and one for each command into the folder `out`.
pub(super) fn run(out: Option<&Path>) -> Result<u8, Failure> {
    // The page of the program refers to those of its commands, and `help` has none.
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let out = out.map(|out| from_here("--out", out, &env, &Folders::find(&env))).transpose()?;
    let Some(folder) = out.as_deref() else {
        let bytes = page(&command)
            .map_err(|error| Failure::new(UNEXPECTED, format!("The page cannot be put together: {error}.")))?;
        return print_bytes(&bytes);
    };
    let written = fs::create_dir_all(folder).and_then(|()| write_pages(&command, folder));
    written.map(|()| 0).map_err(|error| {
        let message = format!(
            "Not all pages could be written to {}: {error}. Those that were are kept. Name a folder that takes them.",
            folder.display()
        );
        Failure::new(WRONG_USE, message)
    })
}

fn write_pages(command: &Command, folder: &Path) -> io::Result<()> {
    for inner in command.get_subcommands() {
        write_pages(inner, folder)?;
    }
    fs::write(folder.join(Man::new(command.clone()).get_filename()), page(command)?)
}

/// The page of `command`, with its sections in the usual order. The examples and the text after the help get sections
/// of their own; clap_mangen would leave out the examples and call the other one EXTRA.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone()).date(released()).manual("User Commands").source(concat!(
        env!("CARGO_PKG_NAME"),
        " ",
        env!("CARGO_PKG_VERSION")
    ));
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    if let Some((heading, text)) = headed(command.get_after_help()) {
        writeln!(out, ".SH {}\n{}", heading.to_uppercase(), escaped(text.trim()))?;
    }
    if let Some((heading, text)) = headed(command.get_before_help()) {
        writeln!(out, ".SH {}", heading.to_uppercase())?;
        for (line, words) in examples(&text) {
            writeln!(out, ".TP\n\\fB{}\\fR\n{}", escaped(&line), escaped(&words))?;
        }
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut out)?;
    }
    Ok(out)
}

/// The day of the newest release in the changelog, so that pages of one release are always the same.
fn released() -> &'static str {
    let headings = CHANGELOG.lines().filter_map(|line| line.strip_prefix("## ["));
    headings.filter_map(|heading| heading.split_once("] - ")).map(|(_, day)| day.trim()).next().unwrap_or_default()
}

/// `Heading: text` as heading and text.
fn headed(help: Option<&clap::builder::StyledStr>) -> Option<(String, String)> {
    let text = help?.to_string();
    text.split_once(':').map(|(heading, text)| (heading.to_owned(), text.to_owned()))
}

/// Each example with its explanation, which follows after two blanks or on the next line.
fn examples(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.split_once("  "), found.last_mut()) {
            (Some((line, words)), _) => found.push((line.to_owned(), words.trim().to_owned())),
            (None, Some((_, words))) if words.is_empty() => line.clone_into(words),
            (None, _) => found.push((line.to_owned(), String::new())),
        }
    }
    found
}

/// `text` with everything escaped that means something to roff: backslashes, hyphens, and a dot or quotation mark at
/// the beginning of a line.
fn escaped(text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
