//! A roller is retired meanwhile: by the real command before the session is gone on with, and from elsewhere while it
//! stands paused on the screen.

use std::sync::Arc;
use std::time::Duration;

use dermaroll::content;
use dermaroll::tui::clock::this_boot;
use engine::protocol::{ItemIx, Kind, Micrometres};
use engine::safety::{Answer, Roller};
use engine::session::{Event, Judgement, Kept, PauseCause, Session};
use engine::timeline::{Boot, Moment, Now, Wall};
use store::record::Ledger;
use store::record::timestamp::Day;
use store::recorder::Recorder;

use crate::edge::{ARMED, SECOND};
use crate::support::pty::{Pty, Setup, command};

/// A home with a session that was paused before its first stroke and closed a few seconds ago.
fn paused_and_closed() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut recorder = Recorder::new(home.path().join(".local/share/dermaroll"), false);
    let roller = Roller { id: "blue".into(), name: "blue".into(), needle: Micrometres(130), uses: 0 };
    recorder.add_roller(&roller, true).unwrap();
    recorder.add_serum("plain", Wall::default()).unwrap();

    let ago = Duration::from_secs(180);
    let reading = platform::clock::read();
    let began = Wall { unix: reading.unix - 180, offset: 0 };
    let boot = this_boot(&reading).map(|boot| Boot { up: boot.up.saturating_sub(ago), ..boot });
    let protocol = Arc::new(content::built_in(Kind::Session).unwrap());
    recorder.open(&protocol, began, None, "plain".to_owned(), boot).unwrap();
    let mut session = Session::begin(protocol.clone());
    let mut send = |second: u64, event: Event| {
        let moment = Moment::from_millis(second * 1_000);
        let now = Now { moment, wall: began.plus(moment.since(Moment::ZERO)) };
        let mut effects = session.run_out(now);
        let taken = session.handle(event.clone(), now);
        assert!(!taken.is_empty(), "{event:?}");
        effects.extend(taken);
        effects.iter().for_each(|effect| recorder.write(effect).unwrap());
    };
    send(0, Event::RollerTaken(roller));
    send(1, Event::SoakStarted(Kept::SealedPack));
    let count = protocol.checklist.items.len();
    for (item, second) in (0..count).zip(2..) {
        send(second, Event::Answered { item: ItemIx(item), answer: Answer::No });
    }
    for (second, event) in [
        (80, Event::ListConfirmed { verdict: Judgement::Clear }),
        (81, Event::SetUp),
        (82, Event::SkinReady),
        (83, Event::CuesHeard { heard: true }),
    ] {
        send(second, event);
    }
    send(84, Event::HandsFree);
    // A minute to prepare; then getting ready.
    send(84 + 61, Event::Paused { cause: PauseCause::Touch });
    home
}

fn shown(home: &tempfile::TempDir) -> Pty {
    let pty = Setup::dermaroll(&[], home.path()).start();
    pty.wait_text("UNFINISHED SESSION");
    pty
}

fn press(pty: &Pty, key: &str, next: &str) {
    pty.settle(ARMED);
    pty.send(key.as_bytes());
    pty.wait_text(next);
}

fn retire(home: &tempfile::TempDir) {
    let done = command(&["roller", "retire", "blue", "--why", "bent"], home.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn retired_while_the_window_was_closed_it_does_not_roll() {
    let home = paused_and_closed();
    retire(&home);
    let pty = shown(&home);
    press(&pty, "g", "NOT THIS ROLLER");
    pty.settle(ARMED);
    pty.send(b" k ");
    assert!(pty.is_quiet(SECOND), "{}", pty.screen());
    press(&pty, "x", "STOPPING: WHAT HAPPENED?");
}

#[test]
fn retired_while_the_session_stands_paused_it_does_not_roll() {
    let home = paused_and_closed();
    let pty = shown(&home);
    press(&pty, "g", "PAUSED");
    // The command is refused beside a session that runs; what another computer did comes with the files.
    let day = Day::parse("2026-11-22").unwrap();
    Ledger::new(&home.path().join(".local/share/dermaroll")).retire_roller("blue", day, None, "bent").unwrap();
    press(&pty, " ", "NOT THIS ROLLER");
    // Nor after another start.
    pty.signal(rustix::process::Signal::TERM);
    pty.wait_exit(SECOND);
    drop(pty);
    let pty = shown(&home);
    press(&pty, "g", "NOT THIS ROLLER");
}
