//! A process that writes is killed at random.

use store::record::{SessionFile, Tail, listing, read};

use crate::faults::writer::{Way, Writer, found, scattered};
use crate::support::counts::count;

/// How much was confirmed, and how much is there, each time.
fn killed(times: u32, way: Way) -> impl Iterator<Item = (usize, Option<usize>, tempfile::TempDir)> {
    scattered(times, 120).map(move |parts| {
        let root = tempfile::tempdir().unwrap();
        let mut writer = Writer::start(root.path(), way);
        writer.wait_for(1 + parts);
        let confirmed = writer.kill();
        (confirmed, found(root.path()), root)
    })
}

#[test]
fn what_was_confirmed_outlives_a_kill() {
    let times = count(10, 200);
    let (mut sum, mut torn) = (0, 0);
    for (confirmed, found, root) in killed(times, Way::Product) {
        assert!(found >= Some(confirmed), "{confirmed} were confirmed, {found:?} are there");
        assert!(found <= Some(confirmed + 1), "more than the one that was being written");
        sum += confirmed;
        let path = listing::files(root.path()).0[0].clone();
        torn += u32::from(read(&path).unwrap().tail != Tail::Clean);
        SessionFile::resume(&path).unwrap();
        assert_eq!(read(&path).unwrap().tail, Tail::Clean);
    }
    println!("{times} kills: {sum} confirmed, 0 lost, 0 unreadable, {torn} torn tails");
}

#[test]
fn the_same_bench_sees_a_plain_write_lose() {
    let times = count(40, 200);
    let lost = killed(times, Way::Plain).filter(|(confirmed, found, _)| *found < Some(*confirmed)).count();
    println!("control, {times} kills of fs::write: {lost} lose something confirmed");
    assert!(lost > 0);
}
