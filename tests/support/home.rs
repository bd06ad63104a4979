//! A home folder of its own and a time zone in which it is noon, so that no test runs past midnight.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use engine::protocol::Micrometres;
use engine::timeline::{Moment, Wall};
use platform::clock;
use store::calendar::{Date, compact_timestamp, parse_compact_timestamp};
use store::record::ledger::Condition;
use store::record::{Ledger, Totals};
use store::startup::{self, ClockReading};
use store::startup::{InterruptedSessions, StartupContext};

use crate::support::program::{own, shipped_protocols};
use crate::support::pty::command;

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn of(output: Output) -> Ended {
        Ended {
            status: output.status.code().expect("it left by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// It was refused as wrong use, with nothing on standard output; all of `parts` stand in the message.
    #[track_caller]
    pub fn refused(&self, parts: &[&str]) {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{self:?}");
        for part in parts {
            assert!(self.err.contains(part), "{part:?} is missing: {}", self.err);
        }
    }

    /// It did its work without a word on standard error.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{self:?}");
        self.out
    }
}

pub struct Home {
    home: tempfile::TempDir,
    now: Wall,
}

impl Home {
    pub fn new() -> Home {
        let unix = clock::read().unix;
        let hour = unix.div_euclid(3_600).rem_euclid(24);
        let offset = i32::try_from((12 - hour) * 3_600).unwrap();
        Home { home: tempfile::tempdir().unwrap(), now: Wall { unix, offset } }
    }

    /// Noon or some minutes after it, in the zone of this home.
    pub fn now(&self) -> Wall {
        self.now
    }

    pub fn path(&self) -> &Path {
        self.home.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join(".local/share/dermaroll")
    }

    pub fn state(&self) -> PathBuf {
        self.path().join(".local/state/dermaroll")
    }

    pub fn settings(&self, text: &str) {
        let folder = self.path().join(".config/dermaroll");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), text).unwrap();
    }

    /// The time zone as POSIX writes it, with the sign the other way round.
    pub fn zone(&self) -> String {
        format!("NOON{}", -self.now.offset / 3_600)
    }

    /// The day so many days ago, as `2026-11-22`.
    pub fn ago(&self, days: i64) -> String {
        Date::of(self.now).plus_days(-days).to_string()
    }

    /// What the id of a session of now, so many days ago, begins with.
    pub fn stamp(&self, days: i64) -> String {
        compact_timestamp(self.now.unix - days * 86_400)
    }

    /// The local day of the session `id`, as `2026-11-22`.
    pub fn day_of(&self, id: &str) -> String {
        let unix = parse_compact_timestamp(&id[..16]).unwrap().unix;
        Date::of(Wall { unix, ..self.now }).to_string()
    }

    /// The day in so many days, as `Sun 22 Nov`.
    pub fn words_in(&self, days: i64) -> String {
        Date::of(self.now).plus_days(days).words_seen_from(Date::of(self.now))
    }

    /// Enters a roller as the program does, without starting it.
    pub fn owns(&self, name: &str, condition: Condition) {
        Ledger::new(&self.data()).add_roller(name, Micrometres(130), condition, None, None, None).unwrap();
    }

    /// What a start knows of it.
    pub fn startup(&self) -> (StartupContext, InterruptedSessions) {
        let clocks = ClockReading { wall: self.now, boot: None, moment: Moment::ZERO };
        startup::load(&self.data(), &Totals::read(&self.data()), &shipped_protocols().session, own(), &clocks)
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        self.run_in(&self.zone(), args)
    }

    pub fn run_in(&self, zone: &str, args: &[&str]) -> Ended {
        Ended::of(command(args, self.path()).env("TZ", zone).output().unwrap())
    }

    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.run(args).out).unwrap()
    }

    /// Every record of the data folder with its text, by path.
    pub fn files(&self) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for child in fs::read_dir(folder).into_iter().flatten() {
                let path = child.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with(".gitattributes") {
                    files.push((path.clone(), fs::read_to_string(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    /// The id of the only session of that day.
    pub fn id_of(&self, day: &str) -> String {
        let started = format!("started = {day}T");
        let found: Vec<_> = self.files().into_iter().filter(|(_, text)| text.contains(&started)).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].0.file_stem().unwrap().to_str().unwrap().to_owned()
    }
}
