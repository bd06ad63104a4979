//! The power is cut as far as one computer can do that to itself: a process writes on a file system in a file, is
//! stopped anywhere, the file is copied, and the copy is mounted as after a restart.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::faults::writer::{Way, Writer, found, scattered};
use crate::support::counts::{count, skipped};

/// A file system in a file, mounted for as long as this lives.
struct Mounted(PathBuf);

impl Mounted {
    fn new(image: &Path, at: PathBuf) -> Result<Mounted, String> {
        fs::create_dir(&at).map_err(|error| error.to_string())?;
        run(Command::new("mount").args(["-o", "loop"]).args([image, &at]))?;
        Ok(Mounted(at))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ =
            run(Command::new("umount").arg(&self.0)).or_else(|_| run(Command::new("umount").arg("-l").arg(&self.0)));
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// An empty ext4 in a file, seen to mount; Err: why this computer has none for us.
fn empty(home: &Path) -> Result<PathBuf, String> {
    if !rustix::process::geteuid().is_root() {
        return Err("only root may mount".to_owned());
    }
    let image = home.join("empty");
    fs::File::create(&image).and_then(|file| file.set_len(16 << 20)).map_err(|error| error.to_string())?;
    run(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&image))?;
    Mounted::new(&image, home.join("try")).map(|_| image)
}

/// Cuts the power once after about so many parts: how many were confirmed, and how many are there.
fn cut(empty: &Path, parts: usize, way: Way) -> (usize, Option<usize>) {
    let home = tempfile::tempdir().unwrap();
    let (image, copy) = (home.path().join("image"), home.path().join("copy"));
    fs::copy(empty, &image).unwrap();
    let before = Mounted::new(&image, home.path().join("before")).unwrap();
    let mut writer = Writer::start(&before.0, way);
    writer.wait_for(parts);
    writer.stop();
    fs::copy(&image, &copy).unwrap();
    let confirmed = writer.kill();
    let after = Mounted::new(&copy, home.path().join("after")).unwrap();
    (confirmed, found(&after.0))
}

#[test]
fn what_was_confirmed_outlives_a_power_cut_and_a_plain_write_does_not() {
    let home = tempfile::tempdir().unwrap();
    let empty = match empty(home.path()) {
        Ok(empty) => empty,
        Err(why) => return skipped("a power cut by image copy", &why),
    };
    let (times, controls) = (count(2, 50), count(1, 15));
    let mut sum = 0;
    for parts in scattered(times, 60) {
        let (confirmed, found) = cut(&empty, 1 + parts, Way::Product);
        assert!(found >= Some(confirmed), "{confirmed} were confirmed, {found:?} are there");
        sum += confirmed;
    }
    let lost = scattered(controls, 60)
        .map(|parts| cut(&empty, 1 + parts, Way::Plain))
        .filter(|(confirmed, found)| *found < Some(*confirmed))
        .count();
    println!("{times} power cuts: {sum} confirmed, 0 lost; fs::write loses in {lost} of {controls}");
    assert!(lost > 0, "the control has to lose");
}
