//! Bad files, each with the whole message that it must lead to. `WRITE_GOLDEN=1 cargo test --test refusals` writes
//! the messages anew; read the difference before keeping it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use dermaroll::assets::{Refusal, Source, check};
use dermaroll::config::{Flags, Settings};
use dermaroll::folders::Folders;
use dermaroll::visible;

/// The bad files, named after what reads them: `config-`, `protocol-`, `checklist-`.
fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refusals");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).collect();
    files.sort();
    files
}

fn refused(path: &Path) -> Refusal {
    let name = path.file_name().unwrap().to_str().unwrap();
    let source = match Source::new(name, fs::read_to_string(path).unwrap()) {
        Ok(source) => source,
        Err(refusal) => return refusal,
    };
    if name.starts_with("config-") {
        let nothing = |_: &str| None;
        let user = Some((Path::new(name), &source));
        Settings::settle(user, &nothing, &Flags::default(), &Folders::default()).expect_err(name)
    } else {
        check::check(source, false).expect_err(name)
    }
}

#[test]
fn every_bad_file_is_refused_with_its_message() {
    let rewrite = std::env::var_os("WRITE_GOLDEN").is_some();
    let files = corpus();
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
    for path in corpus() {
        let message = refused(&path).to_string();
        let lines: Vec<&str> = message.lines().collect();
        assert!(lines.len() >= 3, "{message}");
        assert!(lines.contains(&"Nothing was started; the file is as it was."), "{message}");
        let todo = lines.last().unwrap();
        assert!(todo.ends_with('.') || todo.ends_with('=') || todo.contains(": "), "{message}");
        let is_seen = |line: &&str| line.chars().all(|c| !c.is_control()) && visible::concealed(line).next().is_none();
        assert!(lines.iter().all(is_seen), "{message}");
    }
}
