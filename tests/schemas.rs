//! The schemas in docs/schemas and the program's own check agree, over all bad files of tests/refusals and over files
//! that are in order. What a schema cannot tell stands in tests/schemas/untold.toml, each with its reason; so that the
//! list is true in both directions, and is the list of what an editor does not find.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(unreachable_pub, reason = "the support room is shared")]

#[path = "schemas/changed.rs"]
mod changed;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use support::pattern::fits;
use support::pty::command;
use support::schema::{Seen, check, schema};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Why a schema lets through what the program refuses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Untold {
    reasons: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

fn untold() -> Untold {
    toml::from_str(include_str!("schemas/untold.toml")).unwrap()
}

fn below(folder: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(Path::new(ROOT).join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect();
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// `config`, `protocol` or `checklist`.
fn kind(path: &Path) -> &str {
    name(path).split('-').next().unwrap()
}

/// Whether the program takes the file, and what it says.
fn taken(path: &Path) -> (bool, String) {
    let file = path.to_str().unwrap();
    let arguments = match kind(path) {
        "config" => vec!["--config", file, "config", "check"],
        _ => vec!["protocol", "check", file],
    };
    let home = tempfile::tempdir().unwrap();
    let output = command(&arguments, home.path()).output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    match output.status.code() {
        Some(0) => (true, said),
        Some(2) => (false, said),
        other => panic!("{file}: status {other:?}\n{said}"),
    }
}

/// What the schema finds in the file; None where it is not TOML, which an editor tells by itself.
fn told(path: &Path) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let table: toml::Table = toml::from_str(&text).ok()?;
    Some(check(&schema(kind(path)), &serde_json::to_value(table).unwrap(), &mut Seen::default()))
}

#[test]
fn what_a_schema_refuses_is_refused_and_what_it_cannot_tell_is_listed() {
    let Untold { mut files, .. } = untold();
    let mut wrong = Vec::new();
    for path in below("tests/refusals") {
        let (is_taken, said) = taken(&path);
        assert!(!is_taken, "{}: {said}", name(&path));
        let reason = files.remove(name(&path));
        match (told(&path), reason.as_deref()) {
            (None, Some("not-toml")) => {}
            (None, _) => wrong.push(format!("{} is not TOML, and is not listed as that", name(&path))),
            (Some(_), Some("not-toml")) => wrong.push(format!("{} is TOML", name(&path))),
            (Some(found), Some(_)) if !found.is_empty() => {
                wrong.push(format!("{} is told by its schema; take it from the list: {found:?}", name(&path)));
            }
            (Some(found), None) if found.is_empty() => {
                wrong.push(format!("{} is not told by its schema: {said}", name(&path)));
            }
            (Some(_), _) => {}
        }
    }
    wrong.extend(files.into_keys().map(|name| format!("{name} is listed and not there")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_program_accepts_its_schema_accepts() {
    let mut files = below("tests/accepted");
    assert!(files.len() >= 10);
    files.extend(
        ["config.toml", "assets/protocol.toml", "assets/checklist.toml"].map(|file| Path::new(ROOT).join(file)),
    );
    for path in files {
        let (is_taken, said) = taken(&path);
        assert!(is_taken, "{}: {said}", name(&path));
        assert_eq!(told(&path), Some(Vec::new()), "{}", name(&path));
    }
}

/// One mistake or one other value at a time, everywhere in the files that are in order: six thousand of them.
#[test]
fn whatever_is_changed_in_a_file_no_schema_refuses_what_the_program_accepts() {
    let program = changed::Program::read();
    let (mut taken, mut refused) = (0, 0);
    // What the protocol of three sections has is in the other one as well, but for the number of strokes.
    for path in below("tests/accepted").iter().filter(|path| name(path) != "protocol-three-sections") {
        let rules = schema(kind(path));
        let whole: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for table in changed::changes(&whole) {
            let found = check(&rules, &serde_json::to_value(&table).unwrap(), &mut Seen::default());
            if program.takes(kind(path), &table) {
                assert_eq!(found, Vec::<String>::new(), "{}:\n{table}", name(path));
                taken += 1;
            } else if !found.is_empty() {
                refused += 1;
            }
        }
    }
    assert!(taken > 1_500 && refused > 2_500, "{taken} were taken, {refused} refused by both");
}

#[test]
fn every_reason_is_argued_and_used() {
    let Untold { reasons, files } = untold();
    let used: BTreeSet<&String> = files.values().collect();
    assert_eq!(used, reasons.keys().collect(), "reasons that are used, and those that are argued");
    assert!(reasons.values().all(|why| why.split_whitespace().count() > 5), "a reason is a sentence");
}

#[test]
fn the_schemas_name_each_time_and_setting_once() {
    let config = schema("config");
    let shipped: toml::Table = toml::from_str(dermaroll::config::SHIPPED).unwrap();
    for (key, value) in shipped.iter().filter(|(_, value)| !value.is_table()) {
        let default: Value = serde_json::to_value(value).unwrap();
        assert_eq!(config["properties"][key]["default"], default, "{key}");
    }
    let times = schema("protocol")["properties"]["times"].clone();
    assert_eq!(times["required"].as_array().unwrap().len(), dermaroll::assets::TimeName::ALL.len());
}

#[test]
fn the_line_for_editors_leads_to_a_schema() {
    let page = std::fs::read_to_string(Path::new(ROOT).join("docs/schemas.md")).unwrap();
    let shown = page.split_once("<!-- schema-line -->").unwrap().1.lines().find(|line| line.starts_with("#:")).unwrap();
    let schema = shown.strip_prefix("#:schema ./").unwrap();
    assert!(Path::new(ROOT).join("docs").join(schema).is_file(), "{schema}");
    for path in below("tests/accepted") {
        let text = std::fs::read_to_string(&path).unwrap();
        if let Some(schema) = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")) {
            assert!(path.parent().unwrap().join(schema).is_file(), "{}: {schema}", name(&path));
        }
    }
}

#[test]
fn patterns_fit_what_they_say() {
    let time = "^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";
    for (pattern, good, bad) in [
        (time, vec!["1m30s", "250ms", "10m", "1h2m3s4ms", ""], vec!["8", "1s1m", "1d", " 1s", "1.5s"]),
        (r"\S", vec!["a", " a "], vec!["", " ", "\u{a0}"]),
        ("[^ -~]|^ *[!-~]([ -~]{0,2}[!-~])? *$", vec!["abcd", " a b ", "äääääää", "a"], vec!["abcde", "", "  "]),
        (r"^[^\s,.0-9]$", vec!["a", "-"], vec!["1", ",", " ", "ab", ""]),
        ("^[a-z0-9-]{1,4}$", vec!["a-1", "-"], vec!["abcde", "", "A"]),
    ] {
        for text in good {
            assert!(fits(pattern, text), "{pattern} fits {text:?}");
        }
        for text in bad {
            assert!(!fits(pattern, text), "{pattern} does not fit {text:?}");
        }
    }
}
