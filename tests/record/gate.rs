//! Whatever is changed in the record of a session, replaying it never rolls without a gate that stands in it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use dermaroll::content::{self, Sources};
use engine::protocol::{Consequence, Protocol};
use engine::safety::{Answer, Detail, Doctor};
use engine::session::{Due, Entry, Event, Judgement, Kept, Session, Step};
use store::record::read;
use store::record::text::checksum;

use crate::support::computer::Computer;
use crate::support::counts::count;

/// The record of a whole session of the real program, cut off in the saline.
fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut computer = Computer::new();
        computer.start().rolling().seconds(20).keys(" ").keys(" ").seconds(100);
        computer.text()
    })
}

fn protocol() -> Arc<Protocol> {
    Arc::new(content::load(&Sources::default()).unwrap().session)
}

/// Reads `bytes`, replays them, and holds what comes out against the entries alone. Whether all of it was taken.
fn replays_safely(bytes: &[u8], protocol: &Arc<Protocol>, what: &str) -> bool {
    let Ok(reading) = read::parse(bytes) else { return false };
    let Ok(entries) = reading.events(protocol) else { return false };
    let (session, refused) = Session::replay(protocol.clone(), &entries);
    let taken = refused.map_or(entries.len(), |number| number as usize - 1);
    let rolled = entries[..taken].iter().position(|entry| matches!(entry.event, Event::RanOut(Due::Stroke { .. })));
    if let Some(first) = rolled {
        has_gate(&entries[..first], protocol, what);
    }
    if let Some(Step::Running { due: Due::Stroke { .. }, .. }) = session.step() {
        assert!(session.permit().is_some(), "{what}");
        has_gate(&entries[..taken], protocol, what);
    }
    refused.is_none() && reading.damage.is_empty()
}

/// The gate, from the entries alone: every question answered, none of them stopping, the contact time over, the
/// needles of a length, and the last key pressed after all that.
fn has_gate(entries: &[Entry], protocol: &Protocol, what: &str) {
    let (mut answers, mut soak, mut soaked, mut roller, mut clear) = (BTreeMap::new(), None, false, None, false);
    let (mut acknowledged, mut begun, mut skin) = (false, false, false);
    for entry in entries {
        match &entry.event {
            Event::RollerTaken(taken) => (roller, acknowledged) = (Some(taken.clone()), false),
            Event::LengthAcknowledged => acknowledged = true,
            Event::SoakStarted(kept) => (soak, soaked) = (Some((*kept, entry.now.moment)), false),
            Event::SoakTakenBack => (soak, soaked, clear) = (None, false, false),
            Event::RanOut(Due::Contact) => {
                let (kept, since) = soak.unwrap_or_else(|| panic!("{what}: no soak"));
                let Kept::InLiquid { already } = kept else { panic!("{what}: a sealed pack soaks") };
                soaked = already + entry.now.moment.since(since) >= protocol.times.contact;
            }
            Event::Answered { item, answer } => {
                (clear, _) = (false, answers.insert(*item, answer.clone()));
            }
            Event::ListConfirmed { verdict: judgement } => clear = *judgement != Judgement::Stop,
            Event::ListReopened => clear = false,
            Event::SkinReady => skin = !skin,
            Event::SkinTakenBack => skin = false,
            Event::HandsFree => begun = true,
            _ => {}
        }
    }
    let sealed = matches!(soak, Some((Kept::SealedPack, _)));
    let roller = roller.unwrap_or_else(|| panic!("{what}: no roller"));
    let rules = &protocol.rules;
    assert!(roller.needle <= rules.longest_needle, "{what}: needles too long");
    assert!(acknowledged || roller.needle < rules.article_needle_limit, "{what}: length not acknowledged");
    assert!(soaked || sealed, "{what}: not soaked");
    assert!(clear && begun && skin, "{what}: list {clear}, last key {begun}, skin {skin}");
    for (ix, item) in protocol.checklist.iter() {
        let answer = answers.get(&ix).unwrap_or_else(|| panic!("{what}: {ix:?} has no answer"));
        let Answer::Risk { detail, .. } = answer else { continue };
        let passes = match &item.consequence {
            Consequence::Stop => false,
            Consequence::Ask => *detail == Detail::Doctor(Doctor::AllRight),
            Consequence::Wait(_) => matches!(detail, Detail::Waited { .. } | Detail::WaitedEach(_)),
            Consequence::Area => matches!(detail, Detail::Where(_)),
            Consequence::Around => matches!(detail, Detail::Around { .. }),
        };
        assert!(passes, "{what}: {ix:?} answered {answer:?}");
    }
}

/// `text` with the checksums of all its blocks made right.
fn sealed(text: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(text).ok()?;
    let (mut out, mut key) = (String::new(), String::new());
    for block in text.split_inclusive("\n\n") {
        let (body, _) = block.rsplit_once("sum = \"")?;
        let sum = checksum(&key, body);
        out += &format!("{body}sum = \"{sum}\"\n\n");
        if key.is_empty() {
            key = sum;
        }
    }
    Some(out.into_bytes())
}

#[test]
fn the_whole_record_replays() {
    let protocol = protocol();
    assert_eq!(sealed(text().as_bytes()).unwrap(), text().as_bytes());
    assert!(replays_safely(text().as_bytes(), &protocol, "as it is"));
    assert!(protocol.times.contact >= Duration::from_secs(600));
}

#[test]
fn cut_off_at_any_byte_it_replays_without_an_unsafe_state() {
    let (text, protocol) = (text().as_bytes(), protocol());
    let (mut cuts, mut taken) = (0, 0);
    for cut in (0..=text.len()).step_by(count(61, 1) as usize) {
        taken += u32::from(replays_safely(&text[..cut], &protocol, &format!("cut at {cut}")));
        cuts += 1;
    }
    println!("cut at {cuts} of {} bytes: {taken} replay, 0 unsafe, 0 panics", text.len() + 1);
    assert!(taken > 0);
}

/// Every bit of every byte: as it is, and with the checksums made right again, as only a malicious hand could.
#[test]
fn with_any_bit_flipped_it_replays_without_an_unsafe_state() {
    let protocol = protocol();
    let mut text = text().as_bytes().to_vec();
    let (mut flips, mut noticed, mut sealed_again, mut taken) = (0_u32, 0_u32, 0_u32, 0_u32);
    let all = u32::try_from(text.len() * 8).unwrap();
    for bit in (0..all).step_by(count(463, 1) as usize) {
        let (place, mask) = (bit as usize / 8, 1_u8 << (bit % 8));
        text[place] ^= mask;
        let what = format!("bit {} of byte {place}", bit % 8);
        let whole = replays_safely(&text, &protocol, &what);
        noticed +=
            u32::from(!whole || read::parse(&text).is_ok_and(|reading| reading.tail != store::record::Tail::Clean));
        if let Some(sealed) = sealed(&text) {
            sealed_again += 1;
            taken += u32::from(replays_safely(&sealed, &protocol, &format!("{what}, sealed again")));
        }
        text[place] ^= mask;
        flips += 1;
    }
    println!(
        "{flips} of {all} bits flipped: {noticed} noticed; {sealed_again} sealed again, {taken} of them taken: 0 unsafe, 0 panics"
    );
    assert_eq!(noticed, flips);
}

/// Whole entries left out, with numbers and checksums made right: a session that never was.
#[test]
fn with_any_entry_left_out_it_replays_without_an_unsafe_state() {
    let (text, protocol) = (text(), protocol());
    let blocks: Vec<&str> = text.split_inclusive("\n\n").collect();
    let mut refused = 0;
    for left_out in 1..blocks.len() {
        let mut less = blocks.clone();
        less.remove(left_out);
        let numbered: Vec<String> = less
            .iter()
            .enumerate()
            .map(|(number, block)| match block.strip_prefix("[[entry]]\nn = ") {
                Some(rest) => format!("[[entry]]\nn = {number}\n{}", rest.split_once('\n').unwrap().1),
                None => (*block).to_owned(),
            })
            .collect();
        let sealed = sealed(numbered.concat().as_bytes()).unwrap();
        refused += u32::from(!replays_safely(&sealed, &protocol, &format!("entry {left_out} left out")));
    }
    println!("{} entries left out one by one: {refused} records refused, 0 unsafe", blocks.len() - 1);
    assert!(refused > 20);
}
