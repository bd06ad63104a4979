//! The list of guards that `cargo run --example deleted_guards` takes away one by one still fits the source.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_listed_guard_stands_once_in_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("tests/rulebook/guards.toml")).unwrap();
    let list: toml::Table = toml::from_str(&text).unwrap();
    let guards = list["guard"].as_array().unwrap();
    assert!(guards.len() >= 30, "{} guards", guards.len());
    let mut names = BTreeSet::new();
    for guard in guards {
        let field = |name: &str| guard[name].as_str().unwrap();
        let source = std::fs::read_to_string(root.join(field("file"))).unwrap();
        assert_eq!(source.matches(field("text")).count(), 1, "{}: its text in {}", field("name"), field("file"));
        assert_ne!(field("text"), field("without"));
        assert!(!field("keeps").is_empty());
        assert!(names.insert(field("name").to_owned()), "{} comes twice", field("name"));
    }
}
