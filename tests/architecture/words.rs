//! The words of the screens: every name that the source uses exists, every name that exists is used, every place is
//! filled, and no text promises or judges anything.

use std::collections::BTreeMap;

use clap::{Command, CommandFactory as _};
use dermaroll::cli::arguments::Cli;

use crate::architecture::places::Use;
use crate::architecture::source::{File, other, program};

/// Words that would promise, judge, or treat, and words that people take for something else. Compared with whole words
/// in small letters.
const FORBIDDEN: &[&str] = &[
    "sterile",
    "sterilised",
    "sterilized",
    "sterility",
    "safe",
    "safely",
    "safer",
    "safety",
    "cleared",
    "approved",
    "fit",
    "treatment",
    "treatments",
    "treat",
    "treated",
    "therapy",
    "patient",
    "dose",
    "result",
    "results",
    "collagen",
    "younger",
    "heal",
    "heals",
    "healed",
    "healing",
    "improve",
    "improves",
    "improved",
    "improvement",
    "benefit",
    "benefits",
    "guarantee",
    "cure",
    "cures",
    "diagnosis",
    "contraindicated",
    "recommended",
    "warning",
    "danger",
    "dangerous",
    "oops",
    "scent",
    "nursing",
];

/// The same of more than one word.
const FORBIDDEN_TOGETHER: [&str; 2] = ["germ-free", "normal redness"];

/// Texts that quote a pack, or say what the soak does not do, and the word that they may use for it.
const EXEMPT: [(&str, &str); 5] = [
    ("roller.sealed-1", "sterile"),
    ("roller.kept-2", "sterile"),
    ("other-soak.choice-2", "sterile"),
    ("sterilise.only-time", "sterile"),
    ("sterilise.only-time-narrow", "sterile"),
];

/// The suffix of the shorter form, which `both` and some tables add by themselves.
const ADDED: [&str; 3] = ["-narrow", "-help", "-lines"];

/// Functions whose first argument is the name of a word.
const SAYING: [&str; 9] = ["say", "fill", "text", "both", "quiet", "wide", "narrow", "heading", "field"];

fn words() -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    collect(&other("assets/words.toml").parse().expect("words.toml is TOML"), "", &mut words);
    assert!(words.len() > 100, "words.toml holds the words of the screens");
    words
}

fn collect(table: &toml::Table, prefix: &str, words: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let name = format!("{prefix}{key}");
        match value {
            toml::Value::Table(inner) => collect(inner, &format!("{name}."), words),
            toml::Value::String(text) => drop(words.insert(name, text.clone())),
            _ => panic!("{name} is no text"),
        }
    }
}

/// Literals that name words: dotted ones that begin with a table of words.toml, and whatever is said by name.
fn uses<'a>(files: &'a [File], words: &BTreeMap<String, String>) -> Vec<Use<'a>> {
    let tables: Vec<&str> = words.keys().filter_map(|name| name.split_once('.')).map(|(table, _)| table).collect();
    let is_dotted = |text: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_{}".contains(c);
        text.contains('.') && text.chars().all(plain) && !text.ends_with(".toml") && !text.ends_with('.')
    };
    let begins_with_a_table = |text: &str| text.split_once('.').is_some_and(|(table, _)| tables.contains(&table));
    let mut all = Vec::new();
    // Records and exports have words of their own, in crates/store/assets.
    for file in files.iter().filter(|file| !file.is_in(&["crates/store"])) {
        for literal in &file.strings {
            let one = Use { file, at: literal.at, name: &literal.text };
            let said = one.function().is_some_and(|function| SAYING.contains(&function));
            // A name without a table may be any word: it counts where it is said, or where a hyphen makes it plain.
            let is_name = if is_dotted(one.name) {
                said || begins_with_a_table(one.name)
            } else {
                (said || one.name.contains('-')) && words.contains_key(one.name)
            };
            if is_name {
                all.push(one);
            }
        }
    }
    assert!(all.len() > 100, "the source names its words");
    all
}

/// Whether `name` is what the pattern `{…}` gives with something, or nothing, in place of each bracket.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('{') {
        None => pattern == name,
        Some((before, rest)) => {
            let after = rest.split_once('}').expect("a closed bracket").1;
            name.strip_prefix(before)
                .is_some_and(|name| (0..=name.len()).any(|at| name.is_char_boundary(at) && matches(after, &name[at..])))
        }
    }
}

fn refuse(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn every_name_used_exists() {
    let (words, files) = (words(), program());
    let unknown = |one: &&Use| !words.keys().any(|name| matches(one.name, name));
    let found: Vec<String> = uses(&files, &words)
        .iter()
        .filter(unknown)
        .map(|one| format!("{}: {}", one.file.place(one.at), one.name))
        .collect();
    refuse(&found, "names that assets/words.toml does not have");
}

#[test]
fn both_forms_exist_where_both_are_used() {
    let (words, files) = (words(), program());
    let mut found = Vec::new();
    for one in uses(&files, &words).iter().filter(|one| one.function() == Some("both")) {
        let narrow = format!("{}-narrow", one.name);
        if !words.contains_key(&narrow) {
            found.push(format!("{}: {narrow}", one.file.place(one.at)));
        }
    }
    refuse(&found, "names that assets/words.toml does not have");
}

#[test]
fn every_name_is_used() {
    let (words, files) = (words(), program());
    let uses = uses(&files, &words);
    let used = |name: &str| uses.iter().any(|one| matches(one.name, name));
    let found: Vec<String> = words
        .keys()
        .filter(|name| {
            let base = ADDED.iter().find_map(|suffix| name.strip_suffix(suffix));
            !used(name) && !base.is_some_and(used)
        })
        .cloned()
        .collect();
    refuse(&found, "words that no screen uses");
}

#[test]
fn every_place_is_filled() {
    let (words, files) = (words(), program());
    let mut found = Vec::new();
    for one in &uses(&files, &words) {
        let mut texts: Vec<&String> = words.get(one.name).into_iter().collect();
        if one.function() == Some("both") {
            texts.extend(words.get(&format!("{}-narrow", one.name)));
        }
        let bare = matches!(one.function(), Some("say" | "heading" | "field"));
        let filled = match one.filled() {
            Some(filled) => filled,
            None if bare => Vec::new(),
            // The places come from elsewhere, most likely from the same file.
            None => one.filled_in_file(),
        };
        for place in texts.iter().flat_map(|text| places(text)) {
            if !filled.contains(&place) {
                found.push(format!("{}: {} leaves {{{place}}} open", one.file.place(one.at), one.name));
            }
        }
    }
    refuse(&found, "places that nobody fills");
}

fn places(text: &str) -> Vec<&str> {
    let places = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(place, _)| place);
    // Those of keys are filled by the key table; tests/keys.rs holds them to it.
    places.filter(|place| !place.to_lowercase().starts_with("key:")).collect()
}

#[test]
fn no_text_promises_or_judges() {
    let mut texts: Vec<(String, String)> = words().into_iter().collect();
    for path in [
        "crates/store/assets/show.toml",
        "crates/store/assets/export.toml",
        "assets/protocol.toml",
        "assets/checklist.toml",
        "assets/keymap.toml",
    ] {
        shown(&toml::Value::Table(other(path).parse().expect("TOML")), path, &mut texts);
    }
    texts.push(("config.toml".to_owned(), other("config.toml")));
    helped(Cli::command(), &mut texts);
    let mut found = Vec::new();
    for (name, text) in &texts {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| FORBIDDEN.contains(word));
        let together = FORBIDDEN_TOGETHER.into_iter().filter(|words| lower.contains(words));
        let is_exempt = |word: &&str| EXEMPT.iter().any(|(of, exempt)| of == name && exempt == word);
        for word in words.chain(together).filter(|word| !is_exempt(word)) {
            found.push(format!("{name}: {word:?} in {text:?}"));
        }
        if text.contains('!') {
            found.push(format!("{name}: an exclamation mark in {text:?}"));
        }
    }
    refuse(&found, "words that promise, judge or shout");
}

/// The help of `command` and of all commands below it.
fn helped(mut command: Command, texts: &mut Vec<(String, String)>) {
    let inner: Vec<Command> = command.get_subcommands().cloned().collect();
    texts.push((format!("--help of {}", command.get_name()), command.render_long_help().to_string()));
    for command in inner {
        helped(command, texts);
    }
}

/// Texts in the source of modules that speak to the person, and why each may stand there.
const SPOKEN_IN_SOURCE: [(&str, &str); 4] = [
    ("Ctrl-C", "the name of a key that no file gives to anything else"),
    ("Ctrl-L", "likewise"),
    ("PATH", "a variable of the environment"),
    ("Wake", "the name of a type, for whoever debugs"),
];

/// Whether a literal would be read as words: a capital, or a blank between letters. A `{place}` is none of its own.
fn is_wording(literal: &str) -> bool {
    let mut bare = String::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        bare.push_str(before);
        rest = after.split_once('}').map_or("", |(_, behind)| behind);
    }
    bare.push_str(rest);
    let letters: Vec<char> = bare.chars().collect();
    let is_parted = |three: &[char]| three[1] == ' ' && three[0].is_alphabetic() && three[2].is_alphabetic();
    bare.chars().any(char::is_uppercase) || letters.windows(3).any(is_parted)
}

#[test]
fn what_the_person_reads_is_no_literal() {
    let speaking = [
        "src/tui/screens",
        "src/tui/app",
        "src/tui/history",
        "src/tui/controller",
        "src/line_mode",
        "src/cues/text",
        "crates/store/src/recorder",
    ];
    let mut found = Vec::new();
    for file in program().iter().filter(|file| file.is_in(&speaking)) {
        for literal in file.strings.iter().filter(|literal| is_wording(&literal.text)) {
            if !SPOKEN_IN_SOURCE.iter().any(|(known, _)| *known == literal.text) {
                found.push(format!("{}: {:?}", file.place(literal.at), literal.text));
            }
        }
    }
    refuse(&found, "words for the person belong into assets/words.toml");
    assert!(is_wording("STOP") && is_wording("a word") && !is_wording("{n} {name}") && !is_wording("verdict.stop"));
}

/// Every text of a data file that reaches the screen: all but sources and names for records.
fn shown(value: &toml::Value, path: &str, texts: &mut Vec<(String, String)>) {
    match value {
        toml::Value::String(text) => texts.push((path.to_owned(), text.clone())),
        toml::Value::Array(list) => list.iter().for_each(|value| shown(value, path, texts)),
        toml::Value::Table(table) => {
            for (key, value) in
                table.iter().filter(|(key, _)| !["source", "sources", "firmness"].contains(&key.as_str()))
            {
                shown(value, &format!("{path} {key}"), texts);
            }
        }
        _ => {}
    }
}

#[test]
fn patterns_match_as_meant() {
    assert!(matches("sterilise.step-{number}{narrow}", "sterilise.step-1-narrow"));
    assert!(matches("cue.step-{key}", "cue.step-1"));
    assert!(!matches("cue.step-{key}", "cue.ask"));
    assert!(matches("a.b", "a.b") && !matches("a.b", "a.bc"));
}
