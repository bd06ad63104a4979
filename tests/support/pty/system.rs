//! The system behind a terminal: the kernel's pair, the thread that reads what the program writes, the one that waits
//! for what becomes of it, and the one that types without end.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, WaitId, WaitIdOptions, WaitOptions, waitid, waitpid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};

use super::{Shared, State};

/// A slow terminal takes this much each millisecond.
const SLOW: usize = 256;
/// A flood is so many keys ahead of the program, and looks again after a moment.
const AHEAD: u64 = 512;
const MOMENT: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000 };
const MILLISECOND: Timespec = Timespec { tv_sec: 0, tv_nsec: 1_000_000 };

/// The two ends of a new terminal. The master's never blocks: a test that waits for room says how long.
pub(super) fn open(size: (u16, u16)) -> (Arc<OwnedFd>, File) {
    #[cfg(target_os = "linux")]
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
    #[cfg(not(target_os = "linux"))]
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
    let master = openpt(flags).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
    tcsetwinsize(&master, winsize(size)).unwrap();
    rustix::io::ioctl_fionbio(&master, true).unwrap();
    (Arc::new(master), File::from(slave))
}

pub(super) fn winsize((columns, rows): (u16, u16)) -> Winsize {
    Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 }
}

/// The picture of the screen has at least one cell and no more than memory holds; the program is told the true size.
pub(super) fn cells(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count.clamp(1, 600)).unwrap()
}

/// The terminal's settings, every field of them.
pub(super) fn settings(slave: &File) -> String {
    format!("{:?}", tcgetattr(slave).unwrap())
}

pub(super) fn has_setsid() -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("setsid").is_file()))
}

/// The only clock of the tests: how long something real took.
#[expect(clippy::disallowed_methods, reason = "a real program is being timed")]
pub fn now() -> Instant {
    Instant::now()
}

/// Feeds what the program writes to the picture of the screen, until the window is closed. It must not hold the
/// terminal then: a read that goes on would keep it from hanging up.
pub(super) fn read(master: &OwnedFd, woken: &UnixStream, shared: &Shared, slowly: bool) {
    let (seen, changed) = &**shared;
    let mut buffer = [0; 16 * 1024];
    let most = if slowly { SLOW } else { buffer.len() };
    loop {
        let deaf = match &*seen.lock().unwrap() {
            seen if seen.closes => return,
            seen => seen.deaf,
        };
        let output = if deaf { PollFlags::empty() } else { PollFlags::IN };
        let mut ready = [PollFd::new(woken, PollFlags::IN), PollFd::new(master, output)];
        let _ = poll(&mut ready[..if deaf { 1 } else { 2 }], None);
        if !ready[0].revents().is_empty() {
            let _ = rustix::io::read(woken, &mut [0; 1]);
            continue;
        }
        match rustix::io::read(master, &mut buffer[..most]) {
            Ok(count) => {
                let mut seen = seen.lock().unwrap();
                seen.parser.process(&buffer[..count]);
                seen.bytes.extend_from_slice(&buffer[..count]);
                drop(seen);
                changed.notify_all();
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(_) => return,
        }
        if slowly {
            let _ = poll(&mut [PollFd::new(woken, PollFlags::IN)], Some(&MILLISECOND));
        }
    }
}

/// Types `keys` again and again until it is woken: there is always a key to be read, but never so many that a key typed
/// afterwards would have to wait behind them for long.
pub(super) fn flood(master: &OwnedFd, slave: &File, woken: &UnixStream, keys: &[u8]) {
    loop {
        if rustix::io::ioctl_fionread(slave).unwrap_or(0) < AHEAD {
            match rustix::io::write(master, keys) {
                Ok(_) | Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => return,
            }
        }
        let mut ready = [PollFd::new(woken, PollFlags::IN)];
        let _ = poll(&mut ready, Some(&MOMENT));
        if !ready[0].revents().is_empty() {
            return;
        }
    }
}

/// Notes what becomes of the program.
pub(super) fn wait(pid: Pid, shared: &Shared) {
    let (seen, changed) = &**shared;
    loop {
        // Looked at before it is reaped, while what it used of the processor can still be read.
        let any = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::CONTINUED | WaitIdOptions::NOWAIT;
        let _ = waitid(WaitId::Pid(pid), any);
        let (at, used) = (now(), ticks(pid));
        let state = match waitpid(Some(pid), WaitOptions::UNTRACED | WaitOptions::CONTINUED) {
            Ok(Some((_, status))) => match (status.exit_status(), status.terminating_signal()) {
                (Some(code), _) => State::Left(code),
                (_, Some(signal)) => State::Killed(signal),
                _ if status.stopped() => State::Stopped,
                _ => State::Running,
            },
            Ok(None) | Err(rustix::io::Errno::INTR) => continue,
            Err(error) => panic!("waiting for the program: {error}"),
        };
        let mut seen = seen.lock().unwrap();
        (seen.state, seen.since, seen.ticks) = (state, at, used);
        drop(seen);
        changed.notify_all();
        if matches!(state, State::Left(_) | State::Killed(_)) {
            return;
        }
    }
}

/// Hundredths of a second of the processor that it has used so far; 0 where the system does not say so in a file.
pub(super) fn ticks(pid: Pid) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    // The name may hold blanks and brackets; fields count from its end.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    [11, 12].into_iter().filter_map(|at| fields.get(at)?.parse::<u64>().ok()).sum()
}

/// Private modes (`ESC [ ? n h`) that were set and not reset, whichever they are, and the cursor's shown-by-default one
/// the other way about.
pub(super) fn modes_left_on(bytes: &[u8]) -> Vec<String> {
    const SHOWN_CURSOR: &str = "25";
    let text = String::from_utf8_lossy(bytes);
    let mut on = std::collections::BTreeSet::from([SHOWN_CURSOR.to_owned()]);
    for part in text.split("\u{1b}[?").skip(1) {
        let Some(end) = part.find(|c: char| !c.is_ascii_digit() && c != ';') else { continue };
        for mode in part[..end].split(';') {
            match part[end..].chars().next() {
                Some('h') => _ = on.insert(mode.to_owned()),
                Some('l') => _ = on.remove(mode),
                _ => {}
            }
        }
    }
    assert!(on.remove(SHOWN_CURSOR), "the cursor is left hidden");
    on.into_iter().collect()
}

/// How often the title of the window was put aside and not taken back, and the title that was set last.
pub(super) fn title_left(bytes: &[u8]) -> (i64, String) {
    let text = String::from_utf8_lossy(bytes);
    let count = |what: &str| i64::try_from(text.matches(what).count()).unwrap();
    let last = text.rsplit("\u{1b}]2;").next().and_then(|rest| rest.split('\u{1b}').next());
    let was_set = text.contains("\u{1b}]2;");
    let last = last.filter(|_| was_set).unwrap_or_default().to_owned();
    (count("\u{1b}[22;2t") - count("\u{1b}[23;2t"), last)
}
