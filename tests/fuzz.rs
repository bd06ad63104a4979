//! What the fuzz targets check, in the normal test run: every committed seed, then seeds changed at random. How to
//! run them by the million: fuzz/README.md.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use crate::fuzz_checks::text::is_hidden;
use crate::support::app_driver::{AppDriver, NARROW, WIDE};
use crate::support::counts::count;
use engine::timeline::Moment;
use store::record::{FilePart, Header, RecordedEntry, Start, SummaryFields, read};

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/seeds").join(target)
}

/// The committed seeds, and the bad files of `tests/refusals` that the target reads.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let refusals = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/refusals");
    let prefixes: &[&str] = match target {
        "config" => &["config-"],
        "protocol" => &["protocol-", "checklist-"],
        _ => &[],
    };
    let files = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_bad_file = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.ends_with(".toml") && prefixes.iter().any(|prefix| name.starts_with(prefix))
    };
    let mut all: Vec<PathBuf> = files(folder(target)).chain(files(refusals).filter(is_bad_file)).collect();
    all.sort();
    all.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// A xorshift: the same run after run, so that what is found is found again.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.throw(256)).unwrap()
    }

    /// One to six changes of the kinds that a fuzzer makes.
    fn change(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut data = seeds[self.throw(seeds.len())].clone();
        for _ in 0..=self.throw(6) {
            let at = self.throw(data.len() + 1);
            let length = self.throw(24).min(data.len() - at);
            match self.throw(7) {
                0 if at < data.len() => data[at] = self.byte(),
                1 if at < data.len() => data[at] ^= 1 << self.throw(8),
                2 => data.insert(at, self.byte()),
                3 => drop(data.drain(at..at + length)),
                4 => {
                    let twice = data[at..at + length].to_vec();
                    data.splice(at..at, twice);
                }
                5 => data.truncate(at),
                _ => {
                    let other = &seeds[self.throw(seeds.len())];
                    let from = self.throw(other.len() + 1);
                    let piece = &other[from..(from + 60).min(other.len())];
                    data.splice(at..at, piece.iter().copied());
                }
            }
        }
        data
    }
}

fn replay(target: &str, small: u32) {
    let (_, run) = crate::fuzz_checks::TARGETS.into_iter().find(|(name, _)| *name == target).unwrap();
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "no seeds for {target}");
    for seed in &seeds {
        run(seed);
    }
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..count(small, 1_000_000) {
        let data = dice.change(&seeds);
        if catch_unwind(AssertUnwindSafe(|| run(&data))).is_err() {
            panic!("{target} broke on {:?}", String::from_utf8_lossy(&data));
        }
    }
}

#[test]
fn records() {
    replay("record", 300);
}

#[test]
fn settings() {
    replay("config", 500);
}

#[test]
fn protocols() {
    replay("protocol", 300);
}

#[test]
fn keys() {
    replay("keys", 150);
}

#[test]
fn bytes_of_a_terminal() {
    replay("bytes", 3_000);
}

#[test]
fn small_files() {
    replay("small", 1_000);
}

#[test]
fn wrapping() {
    replay("wrap", 1_500);
}

/// Whole sessions as the program writes them; a seed that it refuses would fuzz the refusal alone.
#[test]
fn the_seed_records_are_sound_sessions() {
    let sessions = [("part", part()), ("whole", whole()), ("open", AppDriver::rolling(WIDE))];
    for (name, driver) in sessions {
        let file = folder("record").join(format!("{name}.toml"));
        if std::env::var_os("WRITE_GOLDEN").is_some() {
            fs::write(&file, written(&driver)).unwrap();
        }
        let bytes = fs::read(&file).unwrap();
        let reading = read::parse(&bytes).unwrap();
        assert_eq!(reading.damage, [], "{name}");
        assert_eq!(reading.summary.is_some(), name != "open");
        let entries = reading.events(&driver.app.protocols.session).unwrap();
        assert!(entries.len() > 25, "{name} has only {} entries", entries.len());
        let (_, refused) = engine::session::Session::replay(driver.app.protocols.session.clone(), &entries);
        assert_eq!(refused, None, "{name}");
        assert_eq!(
            crate::fuzz_checks::record::sealed(&bytes).unwrap(),
            bytes,
            "putting right what is right changes nothing"
        );
    }
}

/// What a session must refuse, as seeds: a guard that is gone is found at once and not after a million inputs.
#[test]
fn the_forged_records_are_refused() {
    let rolls = fs::read_to_string(folder("record").join("open.toml")).unwrap();
    let first = "asked = \"Are you under 18?\"\nanswer = \"no\"";
    assert!(rolls.contains(first));
    let forged = [
        ("early", hurried(&rolls)),
        ("unsoaked", without(&rolls, "due = \"contact\"")),
        ("unconfirmed", without(&rolls, "event = \"list-confirmed\"")),
        ("unanswered", without(&rolls, first)),
        ("stopped", rolls.replacen(first, &first.replace("\"no\"", "\"yes\""), 1)),
        ("unready", without(&rolls, "event = \"skin-ready\"")),
        ("no-roller", without(&rolls, "event = \"roller-taken\"")),
    ];
    for (name, text) in forged {
        let file = folder("record").join(format!("forged-{name}.toml"));
        if std::env::var_os("WRITE_GOLDEN").is_some() {
            fs::write(&file, crate::fuzz_checks::record::sealed(text.as_bytes()).unwrap()).unwrap();
        }
        let reading = read::parse(&fs::read(&file).unwrap()).unwrap();
        let protocol = AppDriver::new(crate::support::app_driver::returning(), WIDE).app.protocols.session.clone();
        let entries: Vec<_> = reading.entries.iter().map_while(|fields| fields.entry(&protocol).ok()).collect();
        assert!(entries.len() > 25, "{name} is read to entry {} only", entries.len());
        let (session, refused) = engine::session::Session::replay(protocol, &entries);
        assert!(refused.is_some() && !session.anything_rolled(), "{name} is taken");
    }
}

/// `record` with eight minutes of the soak left out.
fn hurried(record: &str) -> String {
    let sooner = |line: &str| match line.strip_prefix("t = ").map(|millis| millis.trim().parse::<u64>().unwrap()) {
        Some(millis) if millis > 600_000 => format!("t = {}\n", millis - 480_000),
        _ => line.to_owned(),
    };
    record.split_inclusive('\n').map(sooner).collect()
}

/// `record` without the entry that says `what`, the others numbered anew.
fn without(record: &str, what: &str) -> String {
    let mut number = 0;
    let mut kept = String::new();
    for block in record.split_inclusive("\n\n").filter(|block| !block.contains(what)) {
        match block.split_once("n = ").filter(|_| block.starts_with("[[")) {
            Some((head, rest)) => {
                number += 1;
                let (_, rest) = rest.split_once('\n').unwrap();
                kept.push_str(&format!("{head}n = {number}\n{rest}"));
            }
            None => kept.push_str(block),
        }
    }
    kept
}

fn whole() -> AppDriver {
    let mut driver = AppDriver::rolling(WIDE);
    for _ in 0..400 {
        driver.pass(Duration::from_secs(1));
    }
    driver.keys("nnn3");
    driver
}

fn part() -> AppDriver {
    let mut driver = AppDriver::rolling(NARROW);
    driver.seconds(3).keys(" ").seconds(20).keys("x1").seconds(2).keys(" ").seconds(90);
    driver
}

/// The session file of what `driver` has recorded.
fn written(driver: &AppDriver) -> String {
    let protocol = &driver.app.protocols.session;
    let start = Start::of(protocol, AppDriver::new(crate::support::app_driver::returning(), WIDE).now().wall).unwrap();
    let header = Header::new(&start, "20251122T183000Z-ab12");
    let closed = driver.summaries.first();
    let until = closed.map_or(driver.entries.len(), |summary| {
        driver
            .entries
            .iter()
            .take_while(|entry| entry.now.moment <= closing(driver) && entry.now.wall.unix <= summary.closed.unix)
            .count()
    });
    let block = |part, entries: &[engine::session::Entry]| -> String {
        entries
            .iter()
            .map(|entry| RecordedEntry::of(protocol, entry).unwrap().to_text(part, &header.sum).unwrap())
            .collect()
    };
    let (session, later) = driver.entries.split_at(until);
    let summary = closed.map(|summary| {
        let entries = u32::try_from(session.len()).unwrap();
        SummaryFields::of(protocol, summary, entries).unwrap().to_text(&header.sum)
    });
    header.to_text()
        + &block(FilePart::BeforeSummary, session)
        + &summary.unwrap_or_default()
        + &block(FilePart::AfterSummary, later)
}

fn closing(driver: &AppDriver) -> Moment {
    driver.entries.last().map_or(Moment::ZERO, |entry| entry.now.moment)
}

#[test]
fn seed_scripts_get_as_far_as_rolling() {
    for name in ["session", "whole", "areas"] {
        assert!(crate::fuzz_checks::keys::rolls(&fs::read(folder("keys").join(name)).unwrap()), "{name} never rolls");
    }
    assert!(!crate::fuzz_checks::keys::rolls(&fs::read(folder("keys").join("stopped")).unwrap()));
}

#[test]
fn the_second_opinion_on_hidden_characters_agrees() {
    for c in '\0'..=char::MAX {
        assert_eq!(is_hidden(c), store::sanitise::hidden(c).is_some(), "{:#x}", u32::from(c));
    }
}
