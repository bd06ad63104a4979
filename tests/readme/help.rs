//! `--help`: its examples come first, fit into the usual window, and are commands that do something.

use clap::{Command, CommandFactory as _};
use dermaroll::cli::arguments::Cli;

use crate::readme::document::README;
use crate::readme::home::{lived_in, looked_at, typed};

/// The usual window.
const COLUMNS: usize = 80;

/// Every command with examples, by what is typed for it, with those.
fn examples() -> Vec<(String, Vec<String>)> {
    fn collect(command: &Command, name: &str, found: &mut Vec<(String, Vec<String>)>) {
        if let Some(help) = command.get_before_help() {
            let help = help.to_string();
            let lines = help.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
            found.push((name.to_owned(), lines.map(|line| line.split("  ").next().unwrap().to_owned()).collect()));
        }
        for inner in command.get_subcommands() {
            collect(inner, &format!("{name} {}", inner.get_name()), found);
        }
    }
    let mut found = Vec::new();
    collect(&Cli::command(), "dermaroll", &mut found);
    found
}

#[test]
fn every_example_is_a_command_that_does_something() {
    assert!(examples().len() >= 5);
    for (name, lines) in examples() {
        assert!(lines.len() > 1, "{name}: {lines:?}");
        for line in lines {
            assert!(name == "dermaroll" || line.starts_with(&name), "{line} is no example of {name}");
            match line.as_str() {
                "dermaroll" => looked_at(&[], "First session"),
                "dermaroll rehearse" => looked_at(&["rehearse"], "REHEARSAL"),
                "dermaroll check" => looked_at(&["check"], "Question 1 of"),
                _ => {
                    let house = lived_in();
                    // The one session of this home stands for the one of the example.
                    let line = line.replace("20261122T183000Z-ab12", &house.id_of(&house.ago(3)));
                    let ended = typed(&house, &line);
                    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{line}: {ended:?}");
                }
            }
        }
    }
}

#[test]
fn they_come_first_and_fit_into_the_usual_window() {
    for (name, lines) in examples() {
        let help = typed(&lived_in(), &format!("{name} --help")).done();
        let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("{name} --help has no {text}:\n{help}"));
        assert!(at("Examples:") < at("Usage:"), "{name}: examples come first");
        assert!(lines.iter().all(|line| help.contains(line)), "{name}: {help}");
    }
    let mut command = Cli::command();
    command.build();
    let texts = |command: &Command| [command.get_before_help(), command.get_after_help()].map(|text| text.cloned());
    let inner = command.get_subcommands().flat_map(|command| command.get_subcommands().chain([command]));
    for text in inner.chain([&command]).flat_map(texts).flatten() {
        for line in text.to_string().lines() {
            assert!(line.chars().count() <= COLUMNS, "this line would be broken: {line}");
        }
    }
}

#[test]
fn the_exit_statuses_of_help_are_those_of_the_readme() {
    let command = Cli::command();
    let help = command.get_after_help().unwrap().to_string();
    let in_help: Vec<&str> = help.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let table = README.split_once("| exit status |").unwrap().1.split_once("\n\n").unwrap().0;
    let numbers = table.lines().skip(2).flat_map(|row| row.split('|').nth(1).unwrap().split(','));
    assert_eq!(in_help, numbers.map(str::trim).collect::<Vec<_>>());
}
