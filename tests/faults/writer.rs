//! A process of its own that writes a long session, and says after each part that it is on disk.

use std::fs;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use store::record::{FilePart, Header, RecordedEntry, SessionFile, listing, read};

use crate::support::fixture;

/// Set for the child: the folder into which it writes.
const ROOT: &str = "DERMAROLL_TEST_WRITER";
/// Set for the child: how.
const WAY: &str = "DERMAROLL_TEST_WAY";
/// The test that is the child when these are set.
const NAME: &str = "faults::writer::writes_until_it_is_killed";

/// Longer than any test lets it write.
const ENTRIES: u32 = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// As the product does.
    Product,
    /// The whole text each time with `fs::write`: what must be seen to fail.
    Plain,
}

/// The child and what it has said so far.
pub(crate) struct Writer {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    confirmed: usize,
}

impl Writer {
    pub(crate) fn start(root: &Path, way: Way) -> Writer {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([NAME, "--exact", "--nocapture"])
            .env(ROOT, root)
            .env(WAY, if way == Way::Product { "product" } else { "plain" })
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Writer { child, lines, confirmed: 0 }
    }

    /// Waits until it has said so many parts.
    pub(crate) fn wait_for(&mut self, parts: usize) {
        while self.confirmed < parts {
            assert!(self.hears(), "it ended by itself");
        }
    }

    fn hears(&mut self) -> bool {
        let line = self.lines.next().map(Result::unwrap);
        self.confirmed += usize::from(line.as_ref().is_some_and(|line| line.starts_with("confirmed ")));
        line.is_some()
    }

    /// Stops it where it is; it does nothing more when this returns.
    pub(crate) fn stop(&mut self) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::STOP).unwrap();
        waitpid(Some(pid), WaitOptions::UNTRACED).unwrap();
    }

    /// Kills it, and gives how many parts it has said.
    pub(crate) fn kill(mut self) -> usize {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        while self.hears() {}
        self.confirmed
    }
}

/// How many of its entries are found below `root`, each checked; None: no file with a sound top.
pub(crate) fn found(root: &Path) -> Option<usize> {
    let protocol = fixture::protocol();
    let (paths, uncounted) = listing::files(root);
    assert!(uncounted.is_empty(), "{uncounted:?}");
    let reading = read(paths.first()?).ok()?;
    assert!(reading.damage.is_empty(), "{:?}", reading.damage);
    for (fields, number) in reading.entries.iter().zip(1..) {
        let written =
            RecordedEntry { sum: fields.sum.clone(), ..RecordedEntry::of(&protocol, &entry(number)).unwrap() };
        assert_eq!(*fields, written);
    }
    Some(reading.entries.len())
}

fn entry(number: u32) -> engine::session::Entry {
    let entries = fixture::entries();
    let entry = entries[number as usize % entries.len()].clone();
    engine::session::Entry { number, ..entry }
}

#[test]
fn writes_until_it_is_killed() {
    let (Some(root), Some(way)) = (std::env::var_os(ROOT), std::env::var_os(WAY)) else { return };
    if way == "product" { as_the_product(Path::new(&root)) } else { plainly(Path::new(&root)) }
}

fn as_the_product(root: &Path) {
    let protocol = fixture::protocol();
    let mut file = SessionFile::create(root, &fixture::start()).unwrap();
    for number in 1..=ENTRIES {
        file.record(&protocol, &entry(number)).unwrap();
        println!("confirmed {number}");
    }
}

fn plainly(root: &Path) {
    let (protocol, header) = (fixture::protocol(), Header::new(&fixture::start(), "20261122T183000Z-ab12"));
    let folder = root.join("sessions/2026");
    fs::create_dir_all(&folder).unwrap();
    let mut text = header.to_text();
    for number in 1..=ENTRIES {
        text += &RecordedEntry::of(&protocol, &entry(number))
            .unwrap()
            .to_text(FilePart::BeforeSummary, &header.sum)
            .unwrap();
        fs::write(folder.join("20261122T183000Z-ab12.toml"), &text).unwrap();
        println!("confirmed {number}");
    }
}

/// Numbers that are all over the place, and the same in every run.
pub(crate) fn scattered(count: u32, below: u32) -> impl Iterator<Item = usize> {
    let next = |state: &mut u32| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some(*state)
    };
    let mut state = 0x2026_1123_u32;
    std::iter::from_fn(move || next(&mut state))
        .map(move |number| ((number >> 8) % below) as usize)
        .take(count as usize)
}
