//! What the documents say about the program, where a machine can tell: commands, keys, the test command, modules, the
//! example of a record.

use clap::CommandFactory as _;
use dermaroll::cli::arguments::Cli;
use dermaroll::content::keymap::Action;
use engine::session::{Event, EventKind, PauseCause};
use strum::{VariantArray as _, VariantNames as _};

use crate::architecture::source::other;

/// The first fenced block after `marker` in `text`.
fn block<'a>(text: &'a str, marker: &str) -> &'a str {
    let rest = text.split_once(marker).unwrap_or_else(|| panic!("{marker} is there")).1;
    let inside = rest.split_once("```").expect("a fenced block").1;
    let inside = inside.split_once('\n').expect("its first line").1;
    inside.split_once("```").expect("its end").0
}

#[test]
fn the_readme_has_the_test_command_that_ci_runs() {
    assert_eq!(block(&other("README.md"), "<!-- test-command -->").trim(), "cargo test --locked --workspace");
    assert!(other(".ci/run").contains("<!-- test-command -->"), ".ci/run reads it from the README");
}

#[test]
fn the_readme_names_every_command() {
    let readme = other("README.md");
    for command in Cli::command().get_subcommands().filter(|command| command.get_name() != "help") {
        let inner: Vec<_> = command.get_subcommands().filter(|inner| inner.get_name() != "help").collect();
        let mut names = vec![format!("`dermaroll {}", command.get_name())];
        if !inner.is_empty() {
            names = inner.iter().map(|inner| format!("{} {}", names[0], inner.get_name())).collect();
        }
        for name in names {
            assert!(readme.contains(&name), "README.md does not name {name}`");
        }
    }
    for flag in Cli::command().get_arguments().filter_map(|flag| flag.get_long()) {
        assert!(["help", "version"].contains(&flag) || readme.contains(&format!("`--{flag}")), "--{flag} is missing");
    }
}

#[test]
fn every_key_has_its_way_back_told() {
    let text = other("docs/way-back.md");
    let told = |action: &&Action| text.contains(&format!("`{}`", action.id()));
    let missing: Vec<&Action> = Action::ALL.iter().filter(|action| !told(action)).collect();
    assert!(missing.is_empty(), "docs/way-back.md does not name {missing:?}");
}

#[test]
fn the_keys_of_the_readme_do_what_it_says() {
    let screens = [
        ("start", "welcome"),
        ("soak", "sterilise"),
        ("question", "question"),
        ("review", "review"),
        ("verdict", "verdict-clear"),
        ("last touch", "last-touch"),
        ("pause", "pause"),
        ("summary", "summary"),
    ];
    let keymap: toml::Table = other("assets/keymap.toml").parse().expect("TOML");
    let readme = other("README.md");
    let table = readme.split_once("## Keys").expect("keys").1.split_once("\n## ").expect("its end").0;
    let mut count = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let Some((_, screen)) = screens.iter().find(|(place, _)| *place == cells[1]) else { continue };
        let known = format!("{:?}", keymap[*screen]["keys"]);
        for key in cells[2].split('`').skip(1).step_by(2).filter(|key| !["0", "5"].contains(key)) {
            assert!(known.contains(&format!("String(\"{key}\")")), "{screen} has no key {key}: {row}");
            count += 1;
        }
    }
    assert!(count > 15, "the table of keys was found");
}

#[test]
fn the_page_on_architecture_names_every_part() {
    let page = other("docs/architecture.md");
    let parts = |file: &str, folder: &str| -> Vec<String> {
        let file = other(file);
        let names = file.lines().filter_map(|line| line.strip_prefix("pub mod "));
        names.map(|name| format!("{folder}{}", name.trim_end_matches(';'))).collect()
    };
    let packages = ["engine", "platform", "store"].map(|name| format!("crates/{name}"));
    let parts = parts("src/lib.rs", "src/").into_iter().chain(packages);
    let missing: Vec<String> = parts.filter(|part| !page.contains(&format!("`{part}`"))).collect();
    assert!(missing.is_empty(), "docs/architecture.md does not name {missing:?}");
}

#[test]
fn every_dependency_is_argued() {
    let manifest: toml::Table = other("Cargo.toml").parse().expect("TOML");
    let page = other("docs/dependencies.md");
    for table in [&manifest["workspace"]["dependencies"], &manifest["dev-dependencies"]] {
        let foreign = table.as_table().expect("a table").iter().filter(|(_, of)| of.get("path").is_none());
        for (name, _) in foreign {
            assert!(page.contains(&format!("**{name}**")), "docs/dependencies.md does not argue for {name}");
        }
    }
}

#[test]
fn the_page_on_records_names_every_event_and_every_cause_of_a_pause() {
    let page = other("docs/record-format.md");
    let names = EventKind::VARIANTS.iter().map(|kind| serde_json::to_value(kind).expect("a name"));
    let events: Vec<String> = names.map(|name| name.as_str().expect("a name").to_owned()).collect();
    let names = events.iter().map(String::as_str).chain(PauseCause::VARIANTS.iter().copied());
    let missing: Vec<&str> = names.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/record-format.md does not name {missing:?}");
}

#[test]
fn the_example_of_a_record_is_one() {
    let page = other("docs/record-format.md");
    let text = block(&page, "<!-- record-example -->").to_owned() + "\n";
    let reading = store::record::read::parse(text.as_bytes()).expect("it reads");
    assert!(reading.damage.is_empty(), "{:?}", reading.damage);
    assert_eq!(reading.tail, store::record::Tail::Clean);
    assert_eq!(reading.entries.len(), 5);
    assert!(reading.summary.is_some());
    // As the program writes it today: what may be left out is there.
    assert!(!reading.header.strokes.is_empty() && reading.header.boot_ms.is_some());
    let mut answered = reading.entries.iter().filter_map(|entry| match &entry.event {
        Event::Answered { item, .. } => Some(item),
        _ => None,
    });
    assert!(answered.all(|item| item.asked.is_some()), "an answer without the question that was asked");
}

#[test]
fn the_page_on_exports_names_every_column() {
    let page = other("docs/export.md");
    let names = other("tests/golden/export.csv");
    let names = names.lines().next().expect("a header row").trim_end().split(',');
    let missing: Vec<&str> = names.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/export.md does not name {missing:?}");
}
