//! Who may know whom: the order of the rooms, and what the pure ones and the drawing one must not see.

use crate::source::{File, other, program};

/// Rooms that decide or describe: they get time as an argument and hand effects back as values.
const PURE: [&str; 9] = ["timeline", "protocol", "safety", "session", "view", "announce", "screens", "focus", "known"];

/// The rooms in the order of `src/lib.rs`, bottom to top.
fn rooms() -> Vec<String> {
    let lib = other("src/lib.rs");
    let rooms: Vec<String> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|line| line.trim_end_matches(';').to_owned())
        .collect();
    assert!(rooms.len() > 15, "src/lib.rs does not list the rooms as expected");
    rooms
}

/// The rooms that `file` names by `crate::`, with their places.
fn named(file: &File) -> Vec<(String, String)> {
    file.code
        .match_indices("crate::")
        .map(|(at, prefix)| {
            let name =
                file.code[at + prefix.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            (name, file.place(at))
        })
        .collect()
}

fn refuse(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn a_room_uses_only_those_above_it() {
    let rooms = rooms();
    let rank = |room: &str| rooms.iter().position(|known| known == room);
    let mut found = Vec::new();
    for file in program().iter().filter(|file| !file.room().is_empty()) {
        let own = rank(file.room()).unwrap_or_else(|| panic!("{} belongs to no room of src/lib.rs", file.path));
        for (name, place) in named(file) {
            match rank(&name) {
                Some(other) if other <= own => {}
                Some(_) => found.push(format!("{place}: {} comes before {name} in src/lib.rs", file.room())),
                None => found.push(format!("{place}: crate::{name} is no room; name one room in each use")),
            }
        }
    }
    refuse(&found, "a room uses only the rooms above it in src/lib.rs");
}

#[test]
fn pure_rooms_know_no_toolkit_and_no_machine() {
    let outside = [
        "ratatui",
        "chrono",
        "anyhow",
        "serde",
        "serde_json",
        "toml",
        "rustix",
        "clap",
        "signal_hook",
        "std::fs",
        "std::io",
        "std::env",
        "std::thread",
        "std::process",
        "std::net",
        "std::sync::mpsc",
    ];
    // Shared mutable state would make a replay differ from the first run.
    let shared = ["RefCell", "Mutex", "RwLock", "OnceLock", "LazyLock", "thread_local", "static mut", "Cell::new"];
    let mut found = Vec::new();
    for file in program().iter().filter(|file| PURE.contains(&file.room())) {
        // Plain values that are read ahead of time; nothing that leave to roll is made from.
        let is_data = |word: &&&str| **word == "serde" && file.room() == "protocol";
        for word in outside.iter().chain(&shared).filter(|word| !is_data(word)) {
            found.extend(file.uses(word).into_iter().map(|place| format!("{place}: {word}")));
        }
        for group in ["use std::{", "use core::{"] {
            found.extend(file.uses(group).into_iter().map(|place| format!("{place}: name one module in each use")));
        }
    }
    refuse(&found, "pure rooms know no toolkit, no machine and no shared state");
}

#[test]
fn every_pure_room_exists() {
    let rooms = rooms();
    for room in PURE {
        assert!(rooms.iter().any(|known| known == room), "{room} is no room any more; mend this test");
    }
}

#[test]
fn only_the_calendar_knows_chrono() {
    let mut found = Vec::new();
    for file in program().iter().filter(|file| file.room() != "calendar") {
        found.extend(file.uses("chrono"));
    }
    refuse(&found, "another calendar must be a day's work: chrono stays in calendar.rs");
}

#[test]
fn only_the_clock_reads_the_time() {
    let reads = [
        "Instant",
        "SystemTime",
        "Local::now",
        "Utc::now",
        "Zoned::now",
        "clock_gettime",
        ".elapsed()",
        "thread::sleep",
        "sleep_until",
    ];
    let mut found = Vec::new();
    for file in program().iter().filter(|file| file.room() != "clock") {
        for word in reads {
            found.extend(file.uses(word).into_iter().map(|place| format!("{place}: {word}")));
        }
    }
    refuse(&found, "time is an argument; only clock.rs reads it, and nothing sleeps");
}

#[test]
fn drawing_sees_views_alone() {
    // The protocol lends it Section and Direction, which are names and no state; what is hidden is the same for what is
    // typed and for what is drawn.
    let allowed = ["view", "ui", "protocol", "visible"];
    let mut found = Vec::new();
    for file in program().iter().filter(|file| file.room() == "ui") {
        for (name, place) in named(file) {
            let theme = name == "assets" && file.path == "src/ui/theme.rs";
            if !allowed.contains(&name.as_str()) && !theme {
                found.push(format!("{place}: crate::{name}"));
            }
        }
        if file.path != "src/ui/theme.rs" {
            found.extend(file.uses("Result").into_iter().map(|place| format!("{place}: drawing cannot fail")));
        }
    }
    refuse(&found, "ui draws a View and knows no session, no record, no clock");
}

#[test]
fn the_toolkit_stays_in_its_rooms() {
    // run, and the programs it drives, pass frames on; everything else speaks of views and named keys.
    let rooms = ["ui", "terminal", "run", "desk", "browse"];
    let mut found = Vec::new();
    for file in program().iter().filter(|file| !rooms.contains(&file.room())) {
        found.extend(file.uses("ratatui"));
    }
    refuse(&found, "ratatui stays in ui, terminal, run, desk and browse");
}

#[test]
fn nothing_talks_to_a_network() {
    let mut found = Vec::new();
    for file in &program() {
        for word in ["std::net", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"] {
            found.extend(file.uses(word).into_iter().map(|place| format!("{place}: {word}")));
        }
    }
    refuse(&found, "there is no network code at all");
    let lock = other("Cargo.lock");
    for package in ["tokio", "hyper", "reqwest", "ureq", "curl", "rustls", "native-tls", "socket2", "isahc", "quinn"] {
        assert!(!lock.contains(&format!("name = \"{package}\"\n")), "{package} brings network code");
    }
}
