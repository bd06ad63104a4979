//! The command itself: where the export goes, what is said beside it, and what it leaves alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Output;

use crate::export::data_folder::{DataFolder, RecordSpec, bytes_below};
use crate::export::golden::autumn;
use crate::support::pty::command;

fn run(folder: &DataFolder, arguments: &[&str]) -> Output {
    command(&[&["export"], arguments].concat(), folder.0.path()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_owned()).unwrap()
}

/// The file that goes with the name `name`, as an argument.
fn out(folder: &DataFolder, name: &str) -> String {
    folder.0.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn every_form_is_printed_and_nothing_else() {
    let folder = autumn();
    let before = bytes_below(&folder.root());
    for (format, begins) in [("csv", "id,started,"), ("json", "{\n"), ("md", "# "), ("ics", "BEGIN:VCALENDAR\r\n")] {
        let output = run(&folder, &["--format", format]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(text(&output.stdout).starts_with(begins), "{format}");
        let said = text(&output.stderr);
        assert!(said.contains("20261123T063000Z-aa08.toml: is not finished and not in the export"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(bytes_below(&folder.root()), before, "nothing in the data folder is changed");
}

#[test]
fn what_cannot_be_read_is_named_and_left() {
    let folder = autumn();
    let year = folder.path("20261122T183000Z-ab12").parent().unwrap().to_owned();
    fs::write(year.join("notes.txt"), "mine").unwrap();
    fs::write(year.join("20261001T000000Z-zz01.toml"), "format = 2\n").unwrap();
    fs::write(year.join("20261002T000000Z-zz02.toml"), [0xff, 0, 1]).unwrap();
    fs::copy(year.join("20261122T183000Z-ab12.toml"), year.join("20261003T000000Z-zz03.toml")).unwrap();
    fs::write(year.join("20261122T183000Z-ab12.later-20261201T101010Z.toml"), "format = 1\n").unwrap();
    fs::write(year.join("20261122T183000Z-gone.later-20261201T101010Z.toml"), "format = 1\n").unwrap();
    let damaged = include_str!("../golden/session.toml").replacen("event = \"felt\"", "event = \"fell\"", 1);
    fs::write(year.join("20261122T183000Z-ab12.toml"), damaged).unwrap();
    let before = bytes_below(&folder.root());
    let output = run(&folder, &["--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = text(&output.stderr);
    for line in [
        "notes.txt: is not the name of a session",
        "zz01.toml: was written by a newer version",
        "zz02.toml: is no session record",
        "zz03.toml: is a copy of the session 20261122T183000Z-ab12",
        "ab12.later-20261201T101010Z.toml: is not understood",
        "gone.later-20261201T101010Z.toml: is not understood",
        "ab12.toml: is given as far as it is sound",
    ] {
        assert!(said.contains(line), "{line} is missing:\n{said}");
    }
    assert_eq!(text(&output.stdout).lines().count(), 9, "the header and the eight that can be read");
    assert_eq!(bytes_below(&folder.root()), before);
}

#[test]
fn a_range_is_of_local_days_and_holds_both_ends() {
    let folder = autumn();
    let rows = |arguments: &[&str]| {
        let output = run(&folder, &[&["--format", "csv"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        text(&output.stdout).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows(&["--since", "2026-10-24", "--until", "2026-10-25"]).len(), 2);
    assert_eq!(rows(&["--since", "2026-11-22"]).len(), 1);
    assert_eq!(rows(&["--until", "2026-08-29"]).len(), 0);
    assert!(
        rows(&["--since", "2026-10-25", "--until", "2026-10-25"])[0].contains(",28,"),
        "days from before the range"
    );
}

#[test]
fn a_wrong_day_says_what_is_expected() {
    let folder = DataFolder::new();
    for wrong in ["22.11.2026", "2026-02-29", "2026-2-3", "tomorrow", "", "2026-11-22T10:00:00Z", "+2026-11-22"] {
        let output = run(&folder, &["--format", "csv", "--since", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}: {output:?}");
        assert!(text(&output.stderr).contains("YYYY-MM-DD"), "{wrong}: {output:?}");
    }
    let output = run(&folder, &["--format", "csv", "--since", "2026-11-22", "--until", "2026-11-21"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(text(&output.stderr).contains("is after --until"), "{output:?}");
    for arguments in [&["--format", "xls"][..], &[]] {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
    assert!(text(&run(&folder, &["--format", "xls"]).stderr).contains("csv, json, md, ics"));
}

#[test]
fn a_file_is_written_for_its_owner_alone_and_takes_the_place_of_an_old_one() {
    let folder = autumn();
    let path = out(&folder, "my export.csv");
    for _ in 0..2 {
        let output = run(&folder, &["--format", "csv", "--out", &path]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(output.stdout.is_empty());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read(&path).unwrap(), run(&folder, &["--format", "csv"]).stdout);
        fs::write(&path, "an old one").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    }
    let beside: Vec<_> = fs::read_dir(folder.0.path()).unwrap().map(|child| child.unwrap().file_name()).collect();
    assert!(beside.iter().all(|name| !name.to_string_lossy().contains("export-")), "{beside:?}");
}

#[test]
fn a_full_disk_is_told() {
    let folder = autumn();
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    // Where there is no such device there is nothing to try.
    let Ok(full) = full else { return };
    let output = command(&["export", "--format", "csv"], folder.0.path()).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    assert!(text(&output.stderr).contains("does not take the export"), "{output:?}");
}

#[test]
fn what_is_no_plain_file_stays() {
    let folder = autumn();
    fs::create_dir(folder.0.path().join("folder")).unwrap();
    fs::write(folder.0.path().join("target"), "mine").unwrap();
    symlink("target", folder.0.path().join("link")).unwrap();
    symlink("nowhere", folder.0.path().join("dangling")).unwrap();
    for name in ["folder", "link", "dangling", "missing/export.csv", "target/export.csv", "folder/.."] {
        let path = out(&folder, name);
        let output = run(&folder, &["--format", "csv", "--out", &path]);
        assert_eq!(output.status.code(), Some(5), "{name}: {output:?}");
        let said = text(&output.stderr);
        assert!(said.contains("could not be written") && said.contains("as they were"), "{name}: {said}");
    }
    assert_eq!(fs::read_to_string(folder.0.path().join("target")).unwrap(), "mine");
    assert!(fs::symlink_metadata(folder.0.path().join("link")).unwrap().is_symlink());
    let beside = fs::read_dir(folder.0.path()).unwrap().chain(fs::read_dir(folder.0.path().join("folder")).unwrap());
    let left = beside.filter(|child| child.as_ref().unwrap().file_name().to_string_lossy().contains("export-"));
    assert_eq!(left.count(), 0, "what was begun is taken away");
}

#[test]
fn no_export_takes_the_place_of_a_record() {
    let folder = autumn();
    let before = bytes_below(&folder.root());
    symlink(folder.root(), folder.0.path().join("way")).unwrap();
    let record = folder.path("20261122T183000Z-ab12");
    for path in [
        record.to_str().unwrap().to_owned(),
        out(&folder, "way/sessions/2026/20261122T183000Z-ab12.toml"),
        folder.root().join("export.csv").to_str().unwrap().to_owned(),
    ] {
        let output = run(&folder, &["--format", "csv", "--out", &path]);
        assert_eq!(output.status.code(), Some(2), "{path}: {output:?}");
        assert!(text(&output.stderr).contains("in the folder of your records"), "{output:?}");
    }
    assert_eq!(bytes_below(&folder.root()), before);
}

#[test]
fn no_date_is_no_calendar() {
    let trial = RecordSpec { trial: true, ..RecordSpec::new("20261110T183000Z-aa06", "2026-11-10T19:30:00+01:00") };
    let folder = DataFolder::with(&[trial]);
    let path = out(&folder, "dates.ics");
    for arguments in [&["--format", "ics"][..], &["--format", "ics", "--out", &path]] {
        let output = run(&folder, arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{output:?}");
        assert!(text(&output.stderr).contains("Nothing was written"), "{output:?}");
    }
    assert!(!fs::exists(&path).unwrap());
}

#[test]
fn the_interval_of_the_settings_gives_the_next_date() {
    let folder = autumn();
    let settings = folder.0.path().join(".config/dermaroll");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("config.toml"), "interval_days = 35\n").unwrap();
    let output = run(&folder, &["--format", "ics"]);
    assert!(text(&output.stdout).contains("DTSTART;VALUE=DATE:20261227\r\n"), "{output:?}");
}
