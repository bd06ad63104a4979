//! A session file: whatever stands in it, what is read of it is vouched for, shown plainly, and leads to no session
//! that rolls where it must not.

use core::time::Duration;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use dermaroll::content;
use engine::protocol::{Kind, Protocol};
use engine::session::{Away, Effect, Event, Session};
use engine::timeline::{Moment, Now, Wall};
use store::record::Facts;
use store::record::Past;
use store::record::read::{parse, unverified_entries};
use store::record::show::{self, Shape};
use store::record::text::checksum;

use super::safety_monitor::{SafetyMonitor, rolling};
use super::text::{assert_plain, is_turn};

const WALL: Wall = Wall { unix: 1_763_836_200, offset: 3_600 };

/// Reads `data` as it is, or with its checksums put right, since a change at random never gets past them.
pub fn run(data: &[u8]) {
    match sealed(data) {
        Some(sealed) if !is_turn(data, 4) => read(&sealed),
        Some(_) | None => read(data),
    }
}

fn protocol() -> &'static Arc<Protocol> {
    static PROTOCOL: OnceLock<Arc<Protocol>> = OnceLock::new();
    PROTOCOL.get_or_init(|| Arc::new(content::built_in(Kind::Session).expect("the embedded files are sound")))
}

fn read(data: &[u8]) {
    let reading = match parse(data) {
        Ok(reading) => reading,
        Err(error) => {
            assert_plain(&error.to_string());
            let _ = Facts::of(unverified_entries(data).iter(), true);
            return;
        }
    };
    for (number, fields) in (1..).zip(&reading.entries) {
        assert_eq!(fields.n, number, "a gap before entry {number}");
    }
    for damage in &reading.damage {
        assert_plain(&damage.to_string());
    }
    if is_turn(data, 16) {
        assert_plain(&show::text(&reading, &[], Shape::Wide));
        assert_plain(&show::text(&reading, &[], Shape::Narrow));
        assert_plain(&show::json(&reading, &[], 0).unwrap());
    }
    let _ = Past::of(Path::new("20261122T183000Z-ab12.toml"), &reading);
    replay(&reading);
}

/// Step by step, as [`Session::replay`] does, with a look at every state on the way.
fn replay(reading: &store::record::Reading) {
    let protocol = protocol();
    let entries: Vec<_> = reading.entries.iter().map_while(|fields| fields.entry(protocol).ok()).collect();
    let mut session = Session::begin(protocol.clone());
    let mut watch = SafetyMonitor::new(protocol);
    let mut refused = None;
    for entry in &entries {
        let effects = session.handle(entry.event.clone(), entry.now);
        let Some(Effect::Record(recorded)) = effects.first() else {
            refused = Some(entry.number);
            break;
        };
        watch.take(recorded);
        watch.hold(&session, entry.now.moment);
    }
    let (mut replayed, stopped_at) = Session::replay(protocol.clone(), &entries);
    assert_eq!(stopped_at, refused);
    assert_eq!((replayed.stage(), replayed.entries()), (session.stage(), session.entries()));
    // Whoever goes on from here goes on from a standstill.
    let span = Duration::from_secs(u64::from(replayed.entries()));
    let now = entries.last().map_or(Now { moment: Moment::ZERO, wall: WALL }, |entry| entry.now);
    let away = Away::For { least: span, most: span.saturating_mul(2) };
    if !replayed.handle(Event::Resumed { away, boot: None }, now).is_empty() {
        assert!(rolling(&replayed).is_none(), "rolls by itself after a crash");
    }
}

/// `data` with the checksum of each block, and the name by which it is tied to its file, put right.
pub fn sealed(data: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(data).ok()?;
    let mut sealed = String::with_capacity(text.len());
    let mut key = String::new();
    for block in text.split_inclusive("\n\n") {
        let Some((body, _)) = block.strip_suffix("\n\n").and_then(|whole| whole.rsplit_once("sum = \"")) else {
            sealed.push_str(block);
            continue;
        };
        let sum = checksum(&key, body);
        sealed.push_str(&format!("{body}sum = \"{sum}\"\n\n"));
        if key.is_empty() {
            key = sum;
        }
    }
    Some(sealed.into_bytes())
}
