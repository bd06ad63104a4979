//! Finds the time zone of this computer as the C library does, so that today is the same day here as for `date`.

mod posix;

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use tz::TimeZone;

use crate::sanitise::brief;

/// The file of the system's own zone.
const LOCALTIME: &str = "/etc/localtime";
/// The folder of zones, unless TZDIR names another.
const ZONES: &str = "/usr/share/zoneinfo";
/// The most that is read of a zone file, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// A time zone, and what named it.
#[derive(Debug)]
pub struct Zone {
    zone: TimeZone,
    /// What named it, safe to print: `Europe/Berlin`, the value of TZ, or a file.
    pub name: String,
    /// Whether the name was understood completely. If not, UTC stands in for all or part of it.
    pub is_understood: bool,
}

thread_local! {
    /// The zone as it was last read: otherwise its file would be read thousands of times at a start, for every record.
    static READ: RefCell<Option<Rc<Zone>>> = const { RefCell::new(None) };
}

/// The zone of this computer, as it was last read.
pub(super) fn zone() -> Rc<Zone> {
    READ.with(|read| match &mut *read.borrow_mut() {
        Some(zone) => Rc::clone(zone),
        unread => Rc::clone(unread.insert(Rc::new(Zone::of_system()))),
    })
}

/// Makes the next call of [`zone`] read it again: people travel while a session is open.
pub(super) fn forget() {
    READ.with(|read| read.borrow_mut().take());
}

impl Zone {
    fn of_system() -> Zone {
        Zone::find(std::env::var_os("TZ"), std::env::var_os("TZDIR"))
    }

    /// The zone for these values of the variables TZ and TZDIR.
    pub fn find(tz: Option<OsString>, tzdir: Option<OsString>) -> Zone {
        let Some(tz) = tz else { return Zone::of_localtime() };
        let text = tz.to_string_lossy();
        let wanted = text.strip_prefix(':').unwrap_or(&text);
        if wanted.is_empty() {
            return Zone::utc("UTC", true);
        }
        let folder = tzdir.filter(|folder| !folder.is_empty()).map_or_else(|| PathBuf::from(ZONES), PathBuf::from);
        // Joining an absolute path gives that path.
        if let Some(zone) = file(&folder.join(wanted)) {
            return Zone { zone, name: brief(wanted), is_understood: true };
        }
        if wanted == LOCALTIME {
            return Zone::of_localtime();
        }
        match posix::read(wanted) {
            Some(posix::ParsedZone { zone, is_whole }) => {
                Zone { zone, name: brief(wanted), is_understood: is_whole || posix::is_utc(wanted) }
            }
            None => Zone::utc(wanted, posix::is_utc(wanted)),
        }
    }

    /// The system's own zone; UTC if there is none, as in the C library.
    fn of_localtime() -> Zone {
        let path = Path::new(LOCALTIME);
        match file(path) {
            Some(zone) => {
                Zone { zone, name: linked(path).unwrap_or_else(|| LOCALTIME.to_owned()), is_understood: true }
            }
            None => Zone::utc(LOCALTIME, fs::symlink_metadata(path).is_err() && !names_another("/etc/timezone")),
        }
    }

    fn utc(name: &str, is_understood: bool) -> Zone {
        Zone { zone: TimeZone::utc(), name: brief(name), is_understood }
    }

    /// Seconds by which local time is ahead of UTC at `unix`.
    pub fn offset(&self, unix: i64) -> i32 {
        // Old zone files end with their last change.
        let last = || {
            let zone = self.zone.as_ref();
            let last = zone.transitions().last()?;
            zone.local_time_types().get(last.local_time_type_index())
        };
        self.zone.find_local_time_type(unix).ok().or_else(last).map_or(0, |kind| kind.ut_offset())
    }
}

/// The zone in the file at `path`; None if it holds none.
fn file(path: &Path) -> Option<TimeZone> {
    // Checked before opening, since opening a pipe would wait forever.
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    TimeZone::from_tz_data(&bytes).ok()
}

/// The name of the zone that a link such as /etc/localtime leads to.
fn linked(path: &Path) -> Option<String> {
    let target = fs::read_link(path).ok()?;
    let (_, name) = target.to_str()?.split_once("zoneinfo/")?;
    Some(name.to_owned())
}

/// Whether the file at `path`, which some systems keep beside the link, names a zone other than UTC.
fn names_another(path: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|name| !posix::is_utc(name.trim().trim_start_matches("Etc/")))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Winter and summer of both halves of the world, the nights of changes, and years far away.
    const INSTANTS: [i64; 12] = [
        0,
        1_000_000_000,
        1_768_500_000,
        1_774_745_999,
        1_774_746_000,
        1_784_000_000,
        1_792_889_999,
        1_792_890_000,
        1_795_372_200,
        1_798_761_599,
        2_000_000_000,
        3_000_000_000,
    ];

    const NAMES: [&str; 73] = [
        "",
        ":",
        "UTC",
        "utc",
        "GMT",
        "UTC0",
        "UTC+3",
        "UTC-3",
        "GMT+5",
        "Etc/GMT+5",
        "Europe/Berlin",
        ":Europe/Berlin",
        "Europe/London",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Asia/Tehran",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Pacific/Chatham",
        "Africa/Casablanca",
        "America/Sao_Paulo",
        "/usr/share/zoneinfo/Asia/Tokyo",
        ":/usr/share/zoneinfo/Asia/Tokyo",
        ":/etc/localtime",
        "/etc/localtime",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "CET-1CEST,M3.5.0/2,M10.5.0/3",
        "EST5EDT",
        "PST8PDT",
        "EST5EDT,M3.2.0,M11.1.0",
        "<+0330>-3:30",
        "<-03>3",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "ABC-5:45",
        "ABC-5:45:30",
        "ABC+13",
        "ABC-24",
        "ABC25",
        "ABC-1DEF-3,J60,J300",
        "ABC-1DEF,60/1,300/4:30",
        "IST-2IDT,M3.4.4/26,M10.5.0",
        "WGT3WGST,M3.5.0/-2,M10.5.0/-1",
        "Europe/Berlinn",
        "Nowhere",
        "foo",
        "AB3",
        "A",
        "CET",
        "EET",
        "MST",
        "HST",
        "posixrules",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1 ",
        "EST5 ",
        "EST5 EDT",
        "CET-1 CEST",
        "EST5EDT,garbage",
        "CET-1CEST,garbage",
        "ABC5DEF6,x",
        "EST5EDT,400,1",
        "EST5EDT4,M3.2.0,x",
        "ABC5,junk",
        "EST5:xx",
        "Foo3!",
        "-1",
        "1",
        "/nowhere/zone",
    ];

    fn date(tz: Option<&str>, tzdir: Option<&str>, unix: i64) -> i32 {
        let mut date = Command::new("date");
        date.env_remove("TZ").env_remove("TZDIR").args(["-d", &format!("@{unix}"), "+%::z"]);
        date.envs(tz.map(|tz| ("TZ", tz))).envs(tzdir.map(|tzdir| ("TZDIR", tzdir)));
        let out = String::from_utf8(date.output().unwrap().stdout).unwrap();
        let (sign, digits) = out.trim().split_at(1);
        let parts: Vec<i32> = digits.split(':').map(|part| part.parse().unwrap()).collect();
        (parts[0] * 3_600 + parts[1] * 60 + parts[2]) * if sign == "-" { -1 } else { 1 }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn every_value_of_tz_means_what_date_takes_it_for() {
        let mut differ = Vec::new();
        let mut cases: Vec<(Option<&str>, Option<&str>)> = NAMES.iter().map(|name| (Some(*name), None)).collect();
        cases.extend([
            (None, None),
            (Some("Berlin"), Some("/usr/share/zoneinfo/Europe")),
            (Some("Europe/Berlin"), Some("/nowhere")),
            (Some("Europe/Berlin"), Some("")),
        ]);
        for (tz, tzdir) in cases {
            let zone = Zone::find(tz.map(Into::into), tzdir.map(Into::into));
            for unix in INSTANTS {
                let (ours, theirs) = (zone.offset(unix), date(tz, tzdir, unix));
                if ours != theirs {
                    differ.push(format!("TZ={tz:?} TZDIR={tzdir:?} @{unix}: {ours}, date {theirs}"));
                }
            }
        }
        assert!(differ.is_empty(), "{}", differ.join("\n"));
    }

    #[test]
    fn what_is_no_zone_is_said_to_be_none() {
        for name in ["Europe/Berlinn", "Nowhere", "foo", "AB3", "A", "-1", "/nowhere/zone", "CET-1CEST,M13.5.0,M10.5.0"]
        {
            assert!(!Zone::find(Some(name.into()), None).is_understood, "{name}");
        }
        for name in ["", ":", "UTC", "utc", "gmt", "Z", "UTC0", "EST5EDT", "<+0330>-3:30", "CET-1CEST,M3.5.0,M10.5.0/3"]
        {
            assert!(Zone::find(Some(name.into()), None).is_understood, "{name}");
        }
    }
}
