//! The manual and the completions: whatever `--help` knows, they know.

use std::fs;

use clap::{Arg, Command, CommandFactory as _};
use dermaroll::cli::arguments::Cli;

use crate::readme::home::{lived_in, typed};

/// Every command with the name of its page, as `dermaroll-roller-add`.
fn each(visit: &mut dyn FnMut(&str, &Command)) {
    fn walk(command: &Command, name: &str, visit: &mut dyn FnMut(&str, &Command)) {
        visit(name, command);
        for inner in command.get_subcommands() {
            walk(inner, &format!("{name}-{}", inner.get_name()), visit);
        }
    }
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    walk(&command, "dermaroll", visit);
}

/// As a manual writes it.
fn escaped(text: &str) -> String {
    text.replace('-', "\\-")
}

#[test]
fn each_command_has_a_page_with_its_flags_and_examples() {
    let house = lived_in();
    typed(&house, "dermaroll man --out pages").done();
    let folder = house.path().join("pages");
    let mut count = 0;
    each(&mut |name, command| {
        let page = fs::read_to_string(folder.join(format!("{name}.1"))).unwrap_or_else(|_| panic!("{name}.1"));
        assert!(page.contains(&format!(".TH {name} 1")), "{page}");
        for flag in command.get_arguments().filter_map(Arg::get_long) {
            assert!(page.contains(&format!("\\-\\-{}", escaped(flag))), "{name}.1 does not know --{flag}");
        }
        for inner in command.get_subcommands() {
            assert!(page.contains(&escaped(&format!("{name}-{}(1)", inner.get_name()))), "{name}.1: {page}");
        }
        let has_examples = command.get_before_help().is_some();
        assert_eq!(page.contains(".SH EXAMPLES\n.TP\n\\fBdermaroll"), has_examples, "{name}.1: {page}");
        count += 1;
    });
    assert_eq!(fs::read_dir(&folder).unwrap().count(), count, "and no other pages");
    let page = typed(&house, "dermaroll man").done();
    assert_eq!(page, fs::read_to_string(folder.join("dermaroll.1")).unwrap());
    assert!(page.contains(".SH EXIT STATUS\n0 finished"), "{page}");
    assert!(!page.contains("help(1)"), "there is no page for help");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let house = lived_in();
    typed(&house, "touch file; dermaroll man --out file").refused(&["file", "are kept", "Name a folder"]);
}

#[test]
fn neither_asks_for_settings_that_are_in_order() {
    let house = lived_in();
    house.settings("nonsense = ");
    typed(&house, "dermaroll man").done();
    typed(&house, "dermaroll completions bash").done();
}

#[test]
fn what_completes_knows_each_command_and_flag() {
    let house = lived_in();
    for shell in ["bash", "zsh", "fish"] {
        let script = typed(&house, &format!("dermaroll completions {shell}")).done();
        each(&mut |name, command| {
            let last = name.rsplit('-').next().unwrap();
            assert!(script.contains(last), "{shell} does not know {name}");
            for flag in command.get_arguments().filter_map(Arg::get_long) {
                let written = if shell == "fish" { format!("-l {flag}") } else { format!("--{flag}") };
                assert!(script.contains(&written), "{shell} does not know {written} of {name}");
            }
        });
        // Read without being run, by the shell that it is for, where there is one.
        let check = format!("dermaroll completions {shell} > script; ! command -v {shell} || {shell} -n script");
        assert_eq!(typed(&house, &check).status, 0, "{shell} cannot read its script");
    }
}
