//! The power goes at every call, in every way in which a disk may have left undone what it was not made to do.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rustix::io::Errno;
use store::record::{Disk as _, ResumeError, SessionFile, Tail, listing, read};

use crate::faults::crash::{Crash, Image, UNSYNCED, restore};
use crate::faults::faulty_disk::{Fault, FaultyDisk, How, Op};
use crate::faults::script::{Choice, held, play, script};
use crate::support::counts::count;
use crate::support::fixture;

/// Every image that a power cut may leave behind, once, with the most that had been confirmed when it could.
#[derive(Default)]
struct Cuts {
    images: BTreeMap<Image, Option<usize>>,
    points: usize,
    ways: usize,
}

impl Cuts {
    /// The power goes before and after each of the calls in `log` at `places`; `crash` is the disk before the first.
    fn add(&mut self, log: &[Op], mut crash: Crash, places: Range<usize>) {
        for place in 0..=log.len() {
            if let Some(op) = place.checked_sub(1).and_then(|before| log.get(before)) {
                crash.take(op);
            }
            if !places.contains(&place) {
                continue;
            }
            self.points += 1;
            for way in crash.ways() {
                for fate in UNSYNCED {
                    self.ways += 1;
                    let had = self.images.entry(crash.image(way, fate)).or_default();
                    *had = (*had).max(crash.confirmed);
                }
            }
        }
    }
}

/// What the next start finds below `root`: the most that a file holds.
fn found(root: &Path) -> Option<usize> {
    let protocol = fixture::protocol();
    let readings: Vec<_> = listing::files(root).0.iter().filter_map(|path| read(path).ok()).collect();
    readings.iter().map(|reading| held(reading, &protocol)).max()
}

/// Starts again on `image` and gives how much is found, then goes on with the session; the power may go there too.
fn recovers(image: &Image, old: &Path, confirmed: Option<usize>, again: bool) -> usize {
    let root = tempfile::tempdir().unwrap();
    restore(image, old, root.path());
    let before = found(root.path());
    assert!(before >= confirmed, "{confirmed:?} was confirmed, {before:?} is there: {image:#?}");
    let mut cuts = 0;
    for path in listing::files(root.path()).0 {
        if read(&path).is_err() {
            continue;
        }
        let disk = FaultyDisk::over(image.keys().map(|path| root.path().join(path.strip_prefix(old).unwrap())));
        match SessionFile::resume_on(Arc::new(disk.clone()), &path) {
            Ok(_) => assert_eq!(read(&path).unwrap().tail, Tail::Clean),
            Err(ResumeError::Closed(_)) => {}
            Err(error) => panic!("{error}: {image:#?}"),
        }
        assert_eq!(found(root.path()), before);
        if again {
            cuts += recovering_is_cut_off(image, old, root.path(), &disk, before);
        }
    }
    cuts
}

/// The power goes again while the torn tail is set aside.
fn recovering_is_cut_off(image: &Image, old: &Path, root: &Path, disk: &FaultyDisk, held: Option<usize>) -> usize {
    let mut base = Vec::new();
    for (path, content) in image {
        let path = root.join(path.strip_prefix(old).unwrap());
        match content {
            None => base.push(Op::MakeFolder(path.clone())),
            Some(bytes) => {
                let number = disk.number(&path);
                base.extend([Op::Create(path.clone(), number), Op::Write(number, bytes.clone()), Op::Sync(number)]);
            }
        }
        base.push(Op::SyncFolder(path.parent().unwrap().to_owned()));
    }
    let mut cuts = Cuts::default();
    cuts.add(&disk.log(), Crash::after(&base), 0..usize::MAX);
    for image in cuts.images.keys() {
        recovers(image, root, held, false);
    }
    cuts.images.len()
}

#[test]
fn the_power_may_go_at_every_call_and_again_while_the_next_start_mends_it() {
    let root = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::default();
    let played = play(&disk, root.path(), Choice::Leave);
    assert_eq!(played.confirmed, Some(script().len()));
    let mut cuts = Cuts::default();
    cuts.add(&disk.log(), Crash::default(), 0..usize::MAX);
    let stride = count(9, 1) as usize;
    let mut again = 0;
    for (place, (image, confirmed)) in cuts.images.iter().enumerate() {
        again += recovers(image, root.path(), *confirmed, place % stride == 0);
    }
    let (calls, points, ways, images) = (disk.calls(), cuts.points, cuts.ways, cuts.images.len());
    println!("power cuts: {calls} calls, {points} points, {ways} ways, {images} images, {again} cut again: 0 lost");
    assert!(calls > 60 && images > 150 && again > 10);
}

#[test]
fn the_power_may_go_while_an_error_is_being_mended() {
    let (stride, errno) = (count(24, 1), Errno::IO.raw_os_error());
    let span = count(16, u32::MAX) as usize;
    let (mut sessions, mut images) = (0, 0);
    for (how, first) in [(How::Refused, 2), (How::Half, 6)] {
        for n in (first..).step_by(stride as usize) {
            let root = tempfile::tempdir().unwrap();
            let disk = FaultyDisk::failing(vec![Fault { calls: n..=n, errno, how }]);
            play(&disk, root.path(), Choice::Retry);
            let Some(hit) = disk.hit_at() else { break };
            let mut cuts = Cuts::default();
            cuts.add(&disk.log(), Crash::default(), hit..hit.saturating_add(span));
            for (image, confirmed) in &cuts.images {
                recovers(image, root.path(), *confirmed, false);
            }
            sessions += 1;
            images += cuts.images.len();
        }
    }
    println!("power cuts while an error is mended: {sessions} sessions, {images} images: 0 lost");
    assert!(sessions > 4 && images > 100);
}

/// Writes the session in a way that is not the product's, and gives how many power cuts lose something confirmed.
fn control(write: impl Fn(&FaultyDisk, &Path, &[String]) -> std::io::Result<()>) -> (usize, usize) {
    let root = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::default();
    let path = root.path().join("sessions/2026/20261122T183000Z-ab12.toml");
    store::record::folder::make(&disk, path.parent().unwrap()).unwrap();
    let blocks = fixture::blocks("20261122T183000Z-ab12");
    for confirmed in 0..blocks.len() {
        write(&disk, &path, &blocks[..=confirmed]).unwrap();
        disk.note(Op::Confirmed(confirmed));
    }
    let mut cuts = Cuts::default();
    cuts.add(&disk.log(), Crash::default(), 0..usize::MAX);
    let loses = |image: &Image, confirmed: Option<usize>| {
        let new = tempfile::tempdir().unwrap();
        restore(image, root.path(), new.path());
        found(new.path()) < confirmed
    };
    let lost = cuts.images.iter().filter(|(image, confirmed)| loses(image, **confirmed)).count();
    (lost, cuts.images.len())
}

#[test]
fn other_ways_to_write_lose_in_the_same_bench() {
    let opened = |disk: &FaultyDisk, path: &Path| if path.exists() { disk.append(path) } else { disk.create(path) };
    let (lost, of) = control(|disk, path, blocks| {
        let mut file = opened(disk, path)?;
        file.cut(0)?;
        file.write_all(blocks.concat().as_bytes())
    });
    println!("control, fs::write: {lost} of {of} images lose");
    assert!(lost > 20);
    let (lost, of) = control(|disk, path, blocks| {
        let mut file = opened(disk, path)?;
        file.write_all(blocks.last().unwrap().as_bytes())
    });
    println!("control, append without sync: {lost} of {of} images lose");
    assert!(lost > 20);
    let (lost, of) = control(|disk, path, blocks| {
        let fresh = path.with_extension("new");
        let mut file = disk.create(&fresh)?;
        file.write_all(blocks.concat().as_bytes())?;
        disk.rename(&fresh, path)
    });
    println!("control, rename without sync: {lost} of {of} images lose");
    assert!(lost > 20);
    let (lost, of) = control(|disk, path, blocks| {
        let mut file = opened(disk, path)?;
        file.write_all(blocks.last().unwrap().as_bytes())?;
        file.sync()
    });
    println!("control, the folder never synced: {lost} of {of} images lose");
    assert!(lost > 0);
}

/// A kill between two calls leaves no file that is called after a session and has nothing in it: what has such a name
/// holds its day.
#[test]
fn a_record_bears_its_name_once_its_first_block_is_on_disk() {
    let (disk, root) = (FaultyDisk::default(), tempfile::tempdir().unwrap());
    play(&disk, root.path(), Choice::Retry);
    let is_session = |path: &Path| store::record::names::id_of(path).is_some();
    let log = disk.log();
    assert!(!log.iter().any(|op| matches!(op, Op::Create(path, _) if is_session(path))), "made under its own name");
    let named = log.iter().position(|op| matches!(op, Op::Rename(_, to) if is_session(to))).unwrap();
    let is_synced = |op: &Op| matches!(op, Op::Sync(_));
    let is_written = |op: &Op| matches!(op, Op::Write(..));
    let written = log[..named].iter().rposition(is_written).unwrap();
    assert!(log[written..named].iter().any(is_synced), "named before it was on disk");
}
