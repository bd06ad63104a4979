//! What must never stand in the source: half-finished work, unsafe code, forged clearances, colours and key names out
//! of their modules, files that grew too long.

use crate::architecture::source::{File, files, other, program};

/// Lines that a file may have without saying why in its first lines.
const LINES: usize = 400;
/// A longer file says why in its first lines, with this word.
const REASON: &str = "lines";

/// Where a key's name stands beside the key table, and why that is bearable.
const KEY_NAMES: [(&str, &str); 1] = [("src/content/keymap", "the keymap module")];

fn refuse(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

fn everywhere() -> Vec<File> {
    ["src", "crates", "examples", "tests"].into_iter().flat_map(files).collect()
}

#[test]
fn nothing_is_half_finished() {
    let mut found = Vec::new();
    // This folder names what it forbids.
    for file in everywhere().iter().filter(|file| !file.path.starts_with("tests/architecture")) {
        for (number, line) in file.text.lines().enumerate() {
            for word in ["TODO", "FIXME", "XXX", "todo!", "unimplemented!", "dbg!", "#[ignore", "thread::sleep"] {
                if line.contains(word) {
                    found.push(format!("{}:{}: {word}", file.path, number + 1));
                }
            }
        }
    }
    refuse(&found, "nothing half-finished, ignored or sleeping on the main branch");
}

#[test]
fn the_lints_that_keep_a_session_alive_are_on() {
    let manifest = other("Cargo.toml");
    for lint in ["unwrap_used", "expect_used", "panic", "indexing_slicing", "cast_possible_truncation"] {
        assert!(manifest.contains(&format!("{lint} = \"deny\"")), "{lint} is denied in Cargo.toml");
    }
    assert!(other("src/main.rs").contains("guard::end_on_panic();"), "a panic ends every command in good order");
}

#[test]
fn only_safety_makes_clearances_and_permits() {
    let files = program();
    let safety = files.iter().find(|file| file.path == "crates/engine/src/safety.rs").expect("the safety module");
    for proof in ["Clearance", "Permit"] {
        let definition = format!("pub struct {proof} {{");
        let at = safety
            .code
            .find(&definition)
            .unwrap_or_else(|| panic!("{proof} is a struct in crates/engine/src/safety.rs"));
        let before = &safety.code[..at];
        let derives = &before[before.rfind("#[derive(").expect("it derives something")..];
        for forged in ["Clone", "Copy", "Default", "Deserialize", "Hash"] {
            assert!(!derives.contains(forged), "{proof} derives {forged}, which makes one out of thin air");
        }
        let body = &safety.code[at + definition.len()..];
        let body = &body[..body.find('}').expect("its end")];
        assert!(!body.contains("pub"), "{proof} has a field that others can fill");

        let literal = format!("{proof} {{");
        let mut made = Vec::new();
        let mut implemented = Vec::new();
        for file in &files {
            for (at, _) in file.code.match_indices(&literal) {
                let line = file.code[..at].rfind('\n').map_or(0, |end| end + 1);
                let before = file.code[line..at].trim_end();
                // `impl Permit {` and the definition make none; `-> Permit {` is followed by a body that needs one.
                if !before.ends_with("struct") && !before.ends_with("impl") && !before.ends_with("->") {
                    made.push(file.place(at));
                }
            }
            for header in [format!("for {proof}"), format!("for super::{proof}"), format!("for safety::{proof}")] {
                implemented.extend(file.uses(&header));
            }
        }
        assert_eq!(made.len(), 1, "{proof} is made in one place alone: {made:?}");
        assert!(made[0].starts_with("crates/engine/src/safety.rs:"), "{proof} is made in the safety module: {made:?}");
        refuse(&implemented, &format!("no trait is implemented for {proof} by hand"));
    }
}

#[test]
fn colours_have_one_module() {
    let mut found = Vec::new();
    // They are read in the one and painted in the other.
    let modules = ["src/tui/ui/theme.rs", "src/content/styles.rs"];
    for file in program().iter().filter(|file| !modules.contains(&file.path.as_str())) {
        for word in ["Color", "Colour", "Stylize", ".fg(", ".bg(", "Modifier"] {
            found.extend(file.uses(word).into_iter().map(|place| format!("{place}: {word}")));
        }
    }
    refuse(
        &found,
        "styles are named by meaning; colours and weights stand in content/styles.rs and tui/ui/theme.rs alone",
    );
}

#[test]
fn key_names_have_one_module() {
    let names =
        ["Space", "Enter", "Esc", "Tab", "Backspace", "Delete", "PageUp", "PageDown", "PgUp", "PgDn", "Home", "End"];
    let mut found = Vec::new();
    for file in &program() {
        if KEY_NAMES.iter().any(|(path, _)| file.path.starts_with(path)) {
            continue;
        }
        for literal in file.strings.iter().filter(|literal| names.contains(&literal.text.as_str())) {
            found.push(format!("{}: {:?}", file.place(literal.at), literal.text));
        }
    }
    refuse(&found, "keys are named in assets/keymap.toml and in the keymap module alone");
}

/// The dependency lists hold that nothing else names rustix, signals or how to start a program in a session of its own.
#[test]
fn systems_have_one_package() {
    let mut found = Vec::new();
    for file in program().iter().filter(|file| !file.is_in(&["crates/platform"])) {
        for word in ["std::os::", "target_os", "target_family", "cfg(unix", "cfg(windows"] {
            found.extend(file.uses(word).into_iter().map(|place| format!("{place}: {word}")));
        }
        for literal in
            file.strings.iter().filter(|literal| ["/dev/", "/proc/"].iter().any(|at| literal.text.contains(at)))
        {
            found.push(format!("{}: {:?}", file.place(literal.at), literal.text));
        }
    }
    refuse(&found, "what is different on every system stands in crates/platform alone");
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut found = Vec::new();
    for file in &everywhere() {
        // A test program in parts says it for them.
        let below_tests = file.path.rsplit_once("tests/").map_or("", |(_, below)| below);
        let is_part = below_tests.contains('/') && !below_tests.ends_with("/main.rs");
        if !is_part && !file.text.starts_with("//! ") {
            found.push(file.path.clone());
        }
    }
    refuse(&found, "each file begins with a sentence of purpose");
}

#[test]
fn long_files_say_why() {
    let mut found = Vec::new();
    for file in &everywhere() {
        let count = file.text.lines().count();
        let head: String = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if count > LINES && !head.contains(REASON) {
            found.push(format!("{}: {count} lines", file.path));
        }
    }
    refuse(&found, "a file over 400 lines says in its first lines why it has so many lines");
}

/// The event of an entry is put together from many parts, none of which knows all the keys. `RecordedEntry::read` counts
/// them instead, which `record` (`an_entry_with_another_set_of_lines_than_it_is_written_with_is_not_understood`) holds.
const PARTS_OF_AN_ENTRY: [&str; 3] =
    ["crates/engine/src", "crates/store/src/record/dialect.rs", "crates/store/src/record/entry.rs"];

#[test]
fn files_that_are_read_back_refuse_unknown_keys() {
    let mut found = Vec::new();
    let is_read_back = |file: &&File| file.code.contains("Deserialize") && !file.is_in(&PARTS_OF_AN_ENTRY);
    for file in program().iter().filter(is_read_back) {
        for (at, _) in file.code.match_indices("Deserialize") {
            let line = file.code[..at].rfind('\n').map_or(0, |end| end + 1);
            if !file.code[line..].starts_with("#[derive(") {
                continue;
            }
            let item = &file.code[line..];
            let head = &item[..item.find(['{', ';']).unwrap_or(item.len())];
            if head.contains("struct ") && !head.contains("deny_unknown_fields") {
                found.push(file.place(at));
            }
        }
        for (at, _) in file.code.match_indices("serde(") {
            let attribute = &file.code[at..at + file.code[at..].find(']').unwrap()];
            if attribute.contains("flatten") || attribute.contains("untagged") {
                found.push(file.place(at));
            }
        }
    }
    refuse(&found, "what is read back refuses unknown keys: deny_unknown_fields, no flatten, no untagged");
}

/// A new stage, step, event or verdict has to be decided wherever one is looked at: the compiler asks for it only while
/// no arm takes whatever is left.
#[test]
fn nothing_falls_through_in_the_engine() {
    let mut found = Vec::new();
    for file in program().iter().filter(|file| file.is_in(&["crates/engine/src/session", "crates/engine/src/safety"])) {
        for (at, _) in file.code.match_indices("=>") {
            if is_catch_all(pattern(&file.code[..at])) {
                found.push(file.place(at));
            }
        }
    }
    refuse(&found, "the engine names every variant: no `_ =>` in session and safety, write out what is left");
}

/// What stands before an arrow, from the end of the arm before it.
fn pattern(before: &str) -> &str {
    let start = before.rfind([',', '{', '}', '\n']).map_or(0, |at| at + 1);
    // A tuple has commas of its own.
    let start = if before.trim_end().ends_with(')') { before.rfind('\n').map_or(0, |at| at + 1) } else { start };
    before[start..].trim()
}

/// Whether a pattern takes everything and says nothing about it, with or without a condition: `_`, `(_, _)`.
fn is_catch_all(pattern: &str) -> bool {
    let pattern = pattern.split(" if ").next().unwrap().trim();
    let parts = pattern.trim_matches(['(', ')']).split(',').map(str::trim);
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| part.starts_with('_'))
}

#[test]
fn catch_alls_are_told_from_names() {
    for (before, expected) in [
        ("match stage {\n    Stage::Ended => 1,\n    _ ", true),
        ("{\n    _ if odd ", true),
        ("{\n    (_, _) ", true),
        ("{\n    _other ", true),
        ("{\n    days_left ", false),
        ("{\n    Stage::Ended ", false),
        ("{\n    Some(_) ", false),
        ("{\n    (Stage::Ended, _) ", false),
        ("{\n    Stage::After { .. } | Stage::Ended ", false),
        ("{\n    true ", false),
    ] {
        assert_eq!(is_catch_all(pattern(before)), expected, "{before}");
    }
}

/// What takes the terminal, asks it something or ends the process, and the files that may.
const OF_THE_TERMINAL: [(&str, &[&str]); 14] = [
    ("ratatui::init", &[]),
    ("ratatui::try_init", &[]),
    ("ratatui::run", &[]),
    ("ratatui::restore", &[]),
    ("ratatui::try_restore", &[]),
    ("enable_raw_mode", &[]),
    ("disable_raw_mode", &[]),
    ("EnterAlternateScreen", &["src/tui/terminal/guard.rs"]),
    ("get_cursor_position", &[]),
    ("cursor::position", &[]),
    ("terminal.clear(", &[]),
    ("Terminal", &["src/tui/terminal/display.rs", "src/tui/run/tests.rs"]),
    ("process::exit", &["src/tui/terminal/guard.rs", "src/tui/terminal/signals.rs"]),
    ("set_hook", &["src/tui/terminal/guard.rs"]),
];

#[test]
fn the_terminal_is_taken_and_given_back_in_its_own_module() {
    let mut found = Vec::new();
    for file in &program() {
        for (word, may) in OF_THE_TERMINAL.iter().filter(|(_, may)| !may.contains(&file.path.as_str())) {
            let who = if may.is_empty() { "nobody".to_owned() } else { may.join(", ") };
            found.extend(file.uses(word).into_iter().map(|place| format!("{place}: {word}; may: {who}")));
        }
    }
    refuse(
        &found,
        "the terminal module alone takes the terminal, and gives it back whatever happens; it never asks it anything, \
         since the answer may not come",
    );
}
