//! Deletes the guards listed in `tests/guards.toml` one by one in a copy of the source, and fails if the tests do not
//! notice: `cargo run --example deleted_guards`. Words after `--` choose guards by a part of their name.
#![allow(clippy::print_stderr, reason = "this program talks to whoever runs it")]

#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs, unreachable_pub)]
#[path = "../tests/guards.rs"]
mod guards;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Error, Result, bail};
use guards::{Engine, Guard};

/// The tests that must notice, the fastest first: the first of them needs the engine alone.
const TESTS: [(&str, &[&str]); 2] = [
    ("rulebook", &["--package", "dermaroll-engine"]),
    ("engine, crash", &["--package", "dermaroll", "--test", "suite", "--", "engine::", "crash::"]),
];

/// What the tests do not need.
const NOT_COPIED: [&str; 3] = [".git", "fuzz", "target"];

enum Seen {
    Caught(String),
    DoesNotBuild(String),
    Survived,
}

fn main() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words: Vec<String> = std::env::args().skip(1).collect();
    let is_chosen = |guard: &Guard| words.is_empty() || words.iter().any(|word| guard.name.contains(word));
    let chosen: Vec<Guard> = guards::listed(root).into_iter().filter(is_chosen).collect();
    let copy = tempfile::tempdir()?;
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name();
        if !NOT_COPIED.iter().any(|left_out| name == *left_out) {
            copy_all(&root.join(&name), &copy.path().join(&name)).with_context(|| format!("{}", name.display()))?;
        }
    }
    let bench = Bench { place: copy.path().to_owned(), target: root.join("target/deleted-guards") };
    if let Seen::Caught(line) | Seen::DoesNotBuild(line) = bench.test()? {
        bail!("the tests fail before anything was taken away: {line}");
    }
    let mut caught = 0;
    for guard in &chosen {
        let seen = bench.without(guard)?;
        match seen {
            Seen::Caught(line) => {
                caught += 1;
                eprintln!("caught    {}: {line}", guard.name);
            }
            Seen::DoesNotBuild(line) => eprintln!("NO BUILD  {}: {line}", guard.name),
            Seen::Survived => eprintln!("SURVIVED  {}", guard.name),
        }
    }
    eprintln!("{caught} of {} deleted guards caught", chosen.len());
    Ok(if caught == chosen.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// It has a target folder of its own: cargo tells packages apart by their path within the workspace, so the copy would
/// overwrite the real ones.
struct Bench {
    place: PathBuf,
    target: PathBuf,
}

impl Bench {
    /// The output of the tests without `guard`. The copy is restored afterwards.
    fn without(&self, guard: &Guard) -> Result<Seen> {
        let engine = Engine::read(&self.place);
        let (file, text) = engine.without(guard).map_err(Error::msg)?;
        let whole = fs::read_to_string(file)?;
        fs::write(file, text)?;
        let seen = self.test();
        fs::write(file, whole)?;
        seen
    }

    fn test(&self) -> Result<Seen> {
        for (name, tests) in TESTS {
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let run = Command::new(cargo)
                .args(["test", "--offline", "--locked", "--quiet"])
                .args(tests)
                .current_dir(&self.place)
                .env("CARGO_TARGET_DIR", &self.target)
                .env_remove("COUNTS")
                .env("RUST_BACKTRACE", "0")
                .output()?;
            if run.status.success() {
                continue;
            }
            let told = format!("{}{}", String::from_utf8_lossy(&run.stderr), String::from_utf8_lossy(&run.stdout));
            let builds = told.contains("panicked at");
            let line = if builds { first_after(&told, "panicked at") } else { first_after(&told, "error") };
            return Ok(if builds { Seen::Caught(format!("{name}: {line}")) } else { Seen::DoesNotBuild(line) });
        }
        Ok(Seen::Survived)
    }
}

/// The line after the first one with `word` in it; that line itself when it says something.
fn first_after(told: &str, word: &str) -> String {
    let mut lines = told.lines().skip_while(|line| !line.contains(word));
    let first = lines.next().unwrap_or_default();
    let line = if word == "error" { first } else { lines.next().unwrap_or(first) };
    line.chars().take(120).collect()
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        fs::copy(from, to)?;
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
