//! The cargo commands of the documents: what they name is there. They are not run, for a build within a test would take
//! longer than all the tests.

use std::path::Path;

use clap::Parser as _;
use dermaroll::cli::arguments::Cli;

use crate::readme::document::{CONTRIBUTING, README, blocks, inline};

/// Commands of cargo itself, and those that are installed for a release.
const KNOWN: [&str; 10] = ["run", "test", "install", "build", "bench", "fmt", "clippy", "doc", "deny", "deb"];

fn commands() -> Vec<&'static str> {
    let all = [README, CONTRIBUTING];
    let lines = all.iter().flat_map(|text| blocks(text).into_iter().flatten().chain(inline(text)));
    // Variables may stand before it.
    lines.filter_map(|line| line.find("cargo ").map(|at| &line[at..])).collect()
}

#[test]
fn every_cargo_command_of_the_documents_names_what_is_there() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    let is_there = |folder: &str, name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
        path.with_extension("rs").exists()
    };
    assert!(commands().len() > 8, "they were found: {:?}", commands());
    for line in commands() {
        let (line_of_cargo, own) = line.split_once(" -- ").unwrap_or((line, ""));
        let words: Vec<&str> = line_of_cargo.split_whitespace().collect();
        assert!(KNOWN.contains(&words[1]), "no test knows what `{line}` is");
        for pair in words.windows(2) {
            match pair[0] {
                "--example" => assert!(is_there("examples", pair[1]), "{line}"),
                "--test" => assert!(is_there("tests", pair[1]), "{line}"),
                "--bench" => assert!(is_there("benches", pair[1]), "{line}"),
                "--path" => assert_eq!(pair[1], ".", "{line}"),
                "--features" => assert!(manifest["features"].get(pair[1]).is_some(), "{line}"),
                _ => {}
            }
        }
        if words[1] == "run" && !words.contains(&"--example") {
            let parsed = Cli::try_parse_from(["dermaroll"].into_iter().chain(own.split_whitespace()));
            assert!(parsed.is_ok(), "{line}: {parsed:?}");
        }
    }
}
