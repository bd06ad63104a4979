//! The real program in a real terminal: it takes the terminal over, lives in it, and gives it back whatever happens.

mod blocked;
mod breaking;
mod bytes;
mod clock;
mod end;
mod endings;
mod keys;
mod roller;
mod size;
mod start;

use std::time::Duration;

use crate::support::pty::{Pty, Setup};
use engine::protocol::Micrometres;
use engine::safety::Roller;
use engine::timeline::Wall;
use store::recorder::Recorder;
use tempfile::TempDir;

const SECOND: Duration = Duration::from_secs(1);
/// Safety screens take keys only after they have been seen for a moment, without a key in between.
const ARMED: Duration = Duration::from_millis(500);

/// The program in a home folder of its own.
struct HomeTerminal {
    pty: Pty,
    _home: TempDir,
}

/// The first screen, which waits for a key and for nothing else.
fn waiting() -> HomeTerminal {
    waiting_in(|setup| setup)
}

fn waiting_in(change: impl FnOnce(Setup) -> Setup) -> HomeTerminal {
    let home = tempfile::tempdir().unwrap();
    let mut recorder = Recorder::new(home.path().join(".local/share/dermaroll"), false);
    let roller = Roller { id: "blue".into(), name: "blue".into(), needle: Micrometres(130), uses: 0 };
    recorder.add_roller(&roller, false).unwrap();
    recorder.add_serum("plain", Wall::default()).unwrap();
    let pty = change(Setup::dermaroll(&[], home.path())).start();
    pty.wait_for("first screen", |screen| screen.alternate_screen() && !screen.contents().trim().is_empty());
    HomeTerminal { pty, _home: home }
}

/// The first question, while the roller soaks and its clock counts.
fn soaking() -> HomeTerminal {
    let terminal = waiting();
    for (key, next) in [("\r", "soaking, sealed"), (" ", "Question 1 of")] {
        terminal.pty.settle(ARMED);
        terminal.pty.send(key.as_bytes());
        terminal.pty.wait_text(next);
    }
    terminal
}

/// Seconds on the soak clock in the head line.
fn soak_left(screen: &vt100::Screen) -> Option<u32> {
    let contents = screen.contents();
    let clock = contents.lines().next()?.split_once("soak ")?.1;
    let (minutes, seconds) = clock.trim().split_once(':')?;
    Some(minutes.parse::<u32>().ok()? * 60 + seconds.parse::<u32>().ok()?)
}

impl HomeTerminal {
    /// Waits until the clock shows `seconds` less than now; how long that took, from one change to another.
    #[track_caller]
    fn count(&self, seconds: u32) -> Duration {
        let shown = self.left();
        self.pty.wait_for("next second", |screen| soak_left(screen).is_some_and(|left| left < shown));
        let from = self.left();
        self.pty.wait_for("later second", |screen| soak_left(screen).is_some_and(|left| left + seconds <= from))
    }

    fn left(&self) -> u32 {
        self.pty.wait_read("soak clock", soak_left)
    }
}
