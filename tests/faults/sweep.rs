//! Every call to the disk fails: the first, the second, the third, until a session meets no failure any more.

use rustix::io::Errno;
use store::record::{SessionFile, Tail, listing, read};

use crate::faults::faulty_disk::{Fault, FaultyDisk, How};
use crate::faults::script::{CHOICES, Choice, Played, confirm, found, has_spare, play, script};
use crate::support::counts::count;

pub(crate) const ERRORS: [Errno; 5] = [Errno::IO, Errno::NOSPC, Errno::DQUOT, Errno::ROFS, Errno::FBIG];

#[derive(Debug, Default)]
struct Tally {
    sessions: u32,
    injections: u32,
    clean: u32,
    told: usize,
}

/// Plays a session under `faults`, checks it, and mends the disk; then all that happened must be on it.
fn one(tally: &mut Tally, faults: Vec<Fault>, choice: Choice) -> bool {
    let what = format!("{faults:?}, {choice:?}");
    let root = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::failing(faults);
    let mut played = play(&disk, root.path(), choice);
    tally.sessions += 1;
    tally.injections += disk.hits();
    tally.told += played.errors.len();
    assert_eq!(disk.broken(), Vec::<String>::new(), "{what}");
    assert!(played.confirmed.map_or(0, |confirmed| confirmed) <= script().len(), "{what}");
    assert!(played.errors.iter().all(|error| error.starts_with("Could not save to")), "{what}: {:?}", played.errors);
    keeps_its_word(root.path(), &played, &what);

    disk.mend();
    played.recorder.retry().unwrap_or_else(|error| panic!("{what}: on a disk without faults: {error}"));
    confirm(&mut played, &disk);
    assert_eq!(played.confirmed, Some(played.handed), "{what}: after the disk was mended");
    keeps_its_word(root.path(), &played, &what);
    assert_eq!(disk.broken(), Vec::<String>::new(), "{what}");
    can_be_gone_on_with(root.path(), &what);
    disk.hits() == 0
}

/// What was said to be on disk can be read back.
fn keeps_its_word(root: &std::path::Path, played: &Played, what: &str) {
    let found = found(root);
    assert!(found >= played.confirmed, "{what}: {:?} was confirmed, {found:?} is there", played.confirmed);
    assert!(found.is_none_or(|found| found <= played.handed), "{what}: more than was written");
}

/// Whatever a fault left behind, the next run gets a file without a torn tail.
fn can_be_gone_on_with(root: &std::path::Path, what: &str) {
    for path in listing::files(root).0 {
        let Ok(reading) = read(&path) else { continue };
        if !reading.is_closed() {
            SessionFile::resume(&path).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(read(&path).unwrap().tail, Tail::Clean, "{what}");
        }
    }
}

/// Lets the calls from the `n`th on fail for n = 1, 2, 3 … until a session meets no failure.
fn until_clean(tally: &mut Tally, stride: u32, choice: Choice, faults: impl Fn(u32) -> Vec<Fault>) {
    // With a stride, each sweep begins elsewhere, so that all of them together still meet every call.
    let mut n = 1 + tally.clean % stride;
    while !one(tally, faults(n), choice) {
        n += stride;
        assert!(n < 2_000, "no end");
    }
    tally.clean += 1;
}

#[test]
fn every_error_at_every_call_once_and_for_good_loses_nothing_confirmed() {
    let stride = count(16, 1);
    let mut tally = Tally::default();
    for errno in ERRORS.map(Errno::raw_os_error) {
        for how in [How::Refused, How::Half] {
            for choice in CHOICES {
                until_clean(&mut tally, stride, choice, |n| vec![Fault { calls: n..=n, errno, how }]);
                until_clean(&mut tally, stride, choice, |n| vec![Fault { calls: n..=u32::MAX, errno, how }]);
            }
        }
    }
    assert_eq!(tally.clean, 80);
    println!("fault sweep, single and lasting: {tally:?}");
}

#[test]
fn a_second_error_while_the_first_is_mended_loses_nothing_confirmed() {
    let stride = count(16, 1);
    let mut tally = Tally::default();
    let errno = Errno::IO.raw_os_error();
    for how in [How::Refused, How::Half] {
        for choice in [Choice::Retry, Choice::RetryLater] {
            for more in 1..=24 {
                until_clean(&mut tally, stride, choice, |n| {
                    vec![Fault { calls: n..=n, errno, how }, Fault { calls: n + more..=n + more, errno, how }]
                });
            }
        }
    }
    println!("fault sweep, two at a time: {tally:?}");
}

#[test]
fn a_write_that_takes_only_half_at_a_time_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::failing(vec![Fault { calls: 1..=u32::MAX, errno: 0, how: How::Short }]);
    let played = play(&disk, root.path(), Choice::Leave);
    assert_eq!((played.errors, found(root.path())), (vec![], Some(script().len())));
    assert!(has_spare(root.path()) && disk.hits() > 100);
}
