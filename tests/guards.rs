//! The guards in `guards.toml`, each of which `cargo run --example deleted_guards` takes away in a copy of the engine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The parts of the source that have guards, from the root of the checkout.
const ENGINE: &str = "crates/engine/src";

pub struct Guard {
    pub name: String,
    /// With its type, when it is a method.
    function: String,
    take: String,
    put: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    take: String,
    #[serde(default)]
    put: String,
}

/// Every file of the engine with its text.
pub struct Engine(Vec<(PathBuf, String)>);

/// Every guard in the order of its function.
pub fn listed(root: &Path) -> Vec<Guard> {
    let text = fs::read_to_string(root.join("tests/guards.toml")).unwrap();
    let functions: BTreeMap<String, BTreeMap<String, Change>> = toml::from_str(&text).unwrap();
    let guards = functions.into_iter().flat_map(|(function, changes)| {
        let guard = move |(name, Change { take, put })| Guard { name, function: function.clone(), take, put };
        changes.into_iter().map(guard)
    });
    guards.collect()
}

impl Engine {
    pub fn read(root: &Path) -> Engine {
        let mut files = Vec::new();
        let mut folders = vec![root.join(ENGINE)];
        while let Some(folder) = folders.pop() {
            for child in fs::read_dir(folder).unwrap() {
                let path = child.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = fs::read_to_string(&path).unwrap();
                    files.push((path, text));
                }
            }
        }
        Engine(files)
    }

    /// The file in which `guard` stands, and its text without it. Function and condition must each be found once.
    pub fn without(&self, guard: &Guard) -> Result<(&Path, String), String> {
        let found = |(path, text)| functions(text, &guard.function).into_iter().map(move |body| (path, text, body));
        let places: Vec<_> = self.0.iter().map(|(path, text)| (path, text.as_str())).flat_map(found).collect();
        let [(path, text, (from, to))] = places[..] else {
            return Err(format!("{}: {} functions are called {}", guard.name, places.len(), guard.function));
        };
        let hits = places_of(&text[from..to], &guard.take);
        let [(start, end)] = hits[..] else {
            return Err(format!("{}: {:?} stands {} times in it", guard.name, guard.take, hits.len()));
        };
        Ok((path, [&text[..from + start], &guard.put, &text[from + end..]].concat()))
    }
}

/// Where the bodies of functions called `wanted` begin and end. Leans on how rustfmt indents.
fn functions(text: &str, wanted: &str) -> Vec<(usize, usize)> {
    let (wanted_type, wanted_name) = wanted.rsplit_once("::").unwrap_or(("", wanted));
    let mut found = Vec::new();
    let (mut of_type, mut at) = ("", 0);
    for line in text.split_inclusive('\n') {
        let (start, code) = (at, line.trim_start());
        at += line.len();
        let indent = &line[..line.len() - code.len()];
        if indent.is_empty() && code.starts_with("impl") {
            of_type = code.trim_end_matches(" {\n").rsplit(' ').next().unwrap();
        }
        let name = code.split_once("fn ").filter(|(before, _)| !before.starts_with("//")).map_or("", |(_, rest)| rest);
        let is_named = name.strip_prefix(wanted_name).is_some_and(|rest| rest.starts_with(['(', '<']));
        if is_named && wanted_type == if indent.is_empty() { "" } else { of_type } {
            let end = text[start..].find(&format!("\n{indent}}}\n")).expect("a function ends");
            found.push((start, start + end));
        }
    }
    found
}

/// Where `wanted` stands in `text`, whatever the white space of either.
fn places_of(text: &str, wanted: &str) -> Vec<(usize, usize)> {
    let solid = |text: &str| text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect::<Vec<_>>();
    let (text, wanted) = (solid(text), solid(wanted));
    let is_it = |window: &&[(usize, char)]| window.iter().zip(&wanted).all(|(here, there)| here.1 == there.1);
    let ends = |window: &[(usize, char)]| {
        let (first, last) = (window[0], window[window.len() - 1]);
        (first.0, last.0 + last.1.len_utf8())
    };
    text.windows(wanted.len()).filter(is_it).map(ends).collect()
}

#[test]
fn every_guard_stands_once_in_its_function() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (guards, engine) = (listed(root), Engine::read(root));
    assert!(guards.len() >= 100, "{} guards", guards.len());
    let flaws: Vec<_> = guards.iter().filter_map(|guard| engine.without(guard).err()).collect();
    assert!(flaws.is_empty(), "{flaws:#?}");
}

#[test]
fn a_guard_is_found_however_it_is_laid_out_and_nowhere_else() {
    let text = "fn open() {\n    stop();\n}\n\nimpl Door {\n    fn open(&self) {\n        if self.shut\n            \
                || self.locked\n        {\n            stop();\n        }\n    }\n}\n";
    let engine = Engine(vec![(PathBuf::from("door.rs"), text.to_owned())]);
    let guard = |function: &str, take: &str| Guard {
        name: "door".into(),
        function: function.into(),
        take: take.into(),
        put: String::new(),
    };
    let without = engine.without(&guard("Door::open", "|| self.locked")).unwrap().1;
    assert_eq!(without, text.replace("|| self.locked", ""));
    assert!(engine.without(&guard("open", "stop();")).unwrap().1.starts_with("fn open() {\n    \n}"));
    for (function, take) in [("shut", "stop();"), ("Door::shut", "stop();"), ("open", "self"), ("Door::open", "self")] {
        assert!(engine.without(&guard(function, take)).is_err(), "{function} {take}");
    }
}
