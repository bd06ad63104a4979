//! Good files are accepted; bad ones are refused, each with its whole message. `WRITE_GOLDEN=1 cargo test --test suite
//! refusals::` writes the messages anew; read the difference before keeping it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dermaroll::content::config::{Flags, SHIPPED, Settings, Shipped};
use dermaroll::content::folders::Folders;
use dermaroll::content::{Refusal, Source, TimeName, check};
use store::sanitise;

/// The files of a folder beside this one, named after what reads them: `config-`, `protocol-`, `checklist-`.
fn files_of(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Result<(), Refusal> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let source = Source::new(name, fs::read_to_string(path).unwrap())?;
    if name.starts_with("config-") {
        let nothing = |_: &str| None;
        let user = Some((Path::new(name), &source));
        let folders = Folders { home: Some(PathBuf::from("/home/anna")), ..Folders::default() };
        Settings::resolve(user, &nothing, &Flags::default(), &folders).map(|_| ())
    } else {
        check::check(source, false).map(|_| ())
    }
}

fn refused(path: &Path) -> Refusal {
    read(path).expect_err(&path.display().to_string())
}

/// What a person may write, of every kind of file.
#[test]
fn every_good_file_is_accepted() {
    let files = files_of("accepted");
    assert!(files.len() >= 12, "only {} good files", files.len());
    let refused: Vec<String> =
        files.iter().filter_map(|path| read(path).err()).map(|refusal| refusal.to_string()).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn every_bad_file_is_refused_with_its_message() {
    let rewrite = std::env::var_os("WRITE_GOLDEN").is_some();
    let files = files_of("refusals");
    assert!(files.len() >= 25, "only {} bad files", files.len());
    let mut wrong = Vec::new();
    for path in files {
        let message = format!("{}\n", refused(&path));
        let expected = path.with_extension("expected");
        if rewrite {
            fs::write(&expected, &message).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != message {
            wrong.push(message);
        }
    }
    assert!(wrong.is_empty(), "messages differ from the expected ones:\n\n{}", wrong.join("\n"));
}

#[test]
fn no_message_shows_a_hidden_character_and_every_one_says_what_to_do() {
    for path in files_of("refusals") {
        let message = refused(&path).to_string();
        let lines: Vec<&str> = message.lines().collect();
        assert!(lines.len() >= 3, "{message}");
        assert!(lines.contains(&"Nothing was started; the file is as it was."), "{message}");
        let todo = lines.last().unwrap();
        assert!(todo.ends_with('.') || todo.ends_with('=') || todo.contains(": "), "{message}");
        let is_seen = |line: &&str| line.chars().all(|c| !c.is_control()) && sanitise::concealed(line).next().is_none();
        assert!(lines.iter().all(is_seen), "{message}");
    }
}

/// What people write where a value belongs.
const VALUES: [&str; 78] = [
    "",
    "x",
    "yes",
    "No",
    "on",
    "OFF",
    "True",
    "FALSE",
    "\"true\"",
    "'false'",
    "true // x",
    "true # x",
    "true ; x",
    "true,",
    "false;",
    "true}",
    "true voice = false",
    "true, voice = false",
    "true, \"voice\": false",
    "= true",
    "none",
    "null",
    "nil",
    "auto",
    "'auto'",
    "Always",
    "\"ALWAYS\"",
    "nevr",
    "osc9",
    "0",
    "1",
    "5",
    "010",
    "028",
    "28",
    "-28",
    "+28",
    "28.5",
    "28,5",
    "28.0",
    "1e1",
    "0x1c",
    "28 days",
    "\"28 days\"",
    "4 weeks",
    "28d",
    "99999999999999999999",
    "10",
    "\"10\"",
    "600",
    "10m",
    "\"10 min\"",
    "1.5m",
    "07:32:00",
    "10:00",
    "2026-11-30",
    "2026-11-30T10:00:00Z",
    "[]",
    "[1]",
    "[\"a\"",
    "[a, b]",
    "{}",
    "{ a = 1 }",
    "~/rec",
    "$HOME/rec",
    "`pwd`",
    "\"",
    "\"x",
    "'x",
    "x\"",
    "\"a\" \"b\"",
    "\"a\\qb\"",
    "\"C:\\Users\"",
    "anna k",
    "con",
    "\u{201c}x\u{201d}",
    "\u{2013}28",
    "\"x\" // y",
];

/// What people write between a key and its value.
const SIGNS: [&str; 8] = [" = ", "=", ": ", " ", " == ", " := ", " => ", "\u{a0}= "];

fn settled(text: &str) -> Result<(), Refusal> {
    static READ: LazyLock<Shipped> = LazyLock::new(|| Shipped::read().unwrap());
    let source = Source::new("config.toml", text)?;
    let folders = Folders { home: Some("/home/a".into()), ..Folders::default() };
    let user = Some((Path::new("config.toml"), &source));
    Settings::resolve_over(&READ, user, &|_| None, &Flags::default(), &folders).map(|_| ())
}

/// Every setting of the shipped file, with the header that it belongs below.
fn settings() -> Vec<(String, &'static str)> {
    let file: toml::Table = SHIPPED.parse().unwrap();
    let above = file.iter().filter(|(_, value)| !value.is_table()).map(|(key, _)| (key.clone(), ""));
    above.chain(TimeName::ALL.iter().map(|name| (name.id().to_owned(), "[times]\n"))).collect()
}

#[test]
fn what_is_advised_is_accepted() {
    let (mut tried, mut advised, mut wrong) = (0, 0, Vec::new());
    let long = format!("\"{}", "x".repeat(80));
    for (key, header) in settings() {
        for value in VALUES.iter().copied().chain([long.as_str()]) {
            let plain = SIGNS.iter().map(|sign| format!("{key}{sign}{value}"));
            let others = [
                format!("{{\"{key}\": {value}}}"),
                format!("\"{key}\": {value},"),
                format!("- {key}: {value}"),
                format!("{} = {value}", key.replace('_', "-")),
                format!("{} = {value}", key.to_uppercase()),
            ];
            for line in plain.chain(others) {
                let Err(refusal) = settled(&format!("{header}{line}\n")) else { continue };
                tried += 1;
                let todo = refusal.todo();
                let Some(at) = todo.find(&format!("{key} = ")) else {
                    if todo.contains(" = ")
                        && !todo.contains("as in bell = true")
                        && !todo.contains("Only with trial = true")
                    {
                        wrong.push(format!("{line}\n    {todo}: another line"));
                    }
                    continue;
                };
                advised += 1;
                let line_advised = &todo[at..];
                // A mere name is that of a theme, and there are few of these.
                let names_no_theme = |refusal: &Refusal| refusal.what().ends_with("is no theme");
                if let Err(second) = settled(&format!("{header}{line_advised}\n"))
                    && !names_no_theme(&second)
                {
                    wrong.push(format!("{line}\n    {todo}\n    {}: {}", second.what(), second.todo()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 20_000 && advised > 3_000, "{advised} of {tried}");
}

#[test]
fn what_a_setting_is_said_to_hold_is_accepted() {
    let mut tried = 0;
    for (key, header) in settings() {
        let todo = settled(&format!("{header}{key} = {{ a = 1 }}\n")).unwrap_err().todo().to_owned();
        // Each text in quotes, number, list or switch of the sentence.
        let texts = todo.split('"').skip(1).step_by(2).map(|text| format!("\"{text}\""));
        let bare = todo.split([' ', ',', '.']).filter(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) || matches!(*word, "true" | "false" | "[]")
        });
        let is_number = key == "interval_days" || key == "roller_uses_limit";
        let bare = bare.filter(|word| is_number || !word.starts_with(|c: char| c.is_ascii_digit()));
        let values: Vec<String> = texts.chain(bare.map(str::to_owned)).collect();
        assert!(!values.is_empty(), "{key}: {todo}");
        for value in values {
            let answer = settled(&format!("{header}{key} = {value}\n"));
            assert_eq!(answer, Ok(()), "{todo}");
            tried += 1;
        }
    }
    assert!(tried >= 45, "{tried}");
}

#[test]
fn what_was_meant_is_advised_in_the_form_of_its_key() {
    for (written, todo) in [
        ("interval_days = 28 days", "Write: interval_days = 28"),
        ("interval_days = 28,5", "Write: interval_days = 28"),
        ("bell = true // x", "Write: bell = true"),
        ("bell == true", "Write: bell = true"),
        ("bell: true,", "Write: bell = true"),
        ("{\"bell\": true}", "Write: bell = true"),
        ("bell = true voice = false", "Write each of them in a line of its own."),
        ("colour = off", "Write: colour = \"never\""),
        ("notify = yes", "Write: notify = \"auto\""),
        ("on_event = x", "Write: on_event = [\"x\"]"),
        ("protocol = none", "Write: protocol = \"\""),
        ("data_dir = $(pwd)", "Write a path in quotes, in full or from ~/ on, or \"\" for none."),
        (
            "[times]\ncontact = 07:32:00",
            "Write a time from \"5m\" to \"1h\", in quotes: whole numbers with h, m, s or ms.",
        ),
        ("times:\ncontact = \"10m\"", "Write: [times]"),
        ("[keys.pause]\ngo-on = g", "Put brackets round it, and quotes round each key: [\"g\", \"F2\"]."),
        ("trial = true\n[times]\ncontact = 10", "Write: contact = \"10s\""),
    ] {
        assert_eq!(settled(&format!("{written}\n")).unwrap_err().todo(), todo, "{written}");
    }
    let todo = "Write a time from \"5m\" to \"1h\", in quotes: whole numbers with h, m, s or ms.";
    assert!(settled("[times]\ncontact = 10\n").unwrap_err().todo().starts_with(todo));
}
