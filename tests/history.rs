//! The history: its list at two sizes, one session, search, a note, and that it reads no more than it shows.

use std::fs;
use std::path::Path;

use dermaroll::content::keymap::Key;
use dermaroll::cues::Notifier;
use dermaroll::tui::controller::Controller;
use dermaroll::tui::history::PastSessions;
use dermaroll::tui::run::{Flow, Input, Program};
use dermaroll::tui::ui::{Ink, Theme};
use engine::protocol::Section;
use engine::timeline::{Now, Wall};
use store::record::{ManualEntry, OsDisk, follow_up};
use store::recorder::Recorder;
use store::startup::StartupContext;

use crate::support::computer::Computer;
use crate::support::program::{app, questions, shipped_protocols, snapshot};
use crate::support::window::Window;

const NOON: Now = Now { moment: engine::timeline::Moment::ZERO, wall: Wall { unix: 1_800_000_000, offset: 3_600 } };

struct HistoryDriver {
    controller: Controller,
    window: Window,
    screen: String,
    left: Option<u8>,
}

impl HistoryDriver {
    fn open(root: &Path, size: (u16, u16)) -> HistoryDriver {
        let startup = StartupContext { interval_days: 28, ..StartupContext::default() };
        let app = app(shipped_protocols(), startup);
        let (recorder, theme) = (Recorder::new(root.to_owned(), false), Theme::shipped(Ink::Full, false));
        let mut controller = Controller::new(app, recorder, theme, Notifier::with_bell(false));
        controller.start_history(PastSessions::of(root), NOON);
        let mut driver = HistoryDriver { controller, window: Window::new(size), screen: String::new(), left: None };
        driver.draw(size);
        driver
    }

    /// As the loop does: what a frame showed may change the view once more.
    fn draw(&mut self, size: (u16, u16)) {
        let controller = &mut self.controller;
        self.window.draw(size, |frame| controller.draw(frame, NOON));
        if controller.is_changed(NOON) {
            self.window.draw(size, |frame| controller.draw(frame, NOON));
        }
        self.screen = self.window.text();
    }

    fn key(&mut self, key: Key) -> &mut HistoryDriver {
        let input = Input::Key(key.into());
        if let Flow::Leave(status) = self.controller.handle(input, NOON) {
            self.left = Some(status);
        }
        self.draw((80, 24));
        self
    }

    fn typed(&mut self, text: &str) -> &mut HistoryDriver {
        text.chars().for_each(|key| _ = self.key(Key::Char(key)));
        self
    }

    fn read_so_far(&self) -> usize {
        self.controller.app().history.as_ref().unwrap().read_so_far()
    }

    #[track_caller]
    fn shows(&mut self, text: &str) -> &mut HistoryDriver {
        assert!(self.screen.contains(text), "no {text:?} on\n{}", self.screen);
        self
    }
}

/// Three sessions, 28 and 30 days apart, and a stop of the list between them.
fn lived() -> Computer {
    let mut computer = Computer::new();
    for (days, felt) in [(30, "1"), (12, "x"), (28, "2"), (0, "4")] {
        let mut run = computer.start();
        if felt == "x" {
            run.key(Key::Char('e')).keys("y").key(Key::Enter).keys(" y").no(questions() - 1).seconds(6).keys("cq");
        } else {
            run.rolling().seconds(500).keys("nnnnn").key(Key::Enter).keys(felt).key(Key::Enter);
        }
        drop(run);
        computer.minutes(days * 24 * 60);
    }
    computer
}

#[test]
fn the_list_says_what_was_and_the_days_between() {
    let computer = lived();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    snapshot("history@80x24", &driver.screen);
    driver.draw((40, 15));
    snapshot("history@40x15", &driver.screen);
}

#[test]
fn an_empty_history_explains_itself() {
    let home = tempfile::tempdir().unwrap();
    let mut driver = HistoryDriver::open(home.path(), (80, 24));
    driver.shows("No sessions yet.").shows("dermaroll log --help").key(Key::Esc);
    assert_eq!(driver.left, Some(0));
}

#[test]
fn one_is_opened_and_closed_again() {
    let computer = lived();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Down).key(Key::Enter).shows("Session 2").key(Key::Esc).shows("every 28 to 42 days");
    driver.key(Key::Char('q'));
    assert_eq!(driver.left, Some(0));
}

#[test]
fn keys_that_scroll_are_named_where_there_is_something_to_scroll() {
    let computer = lived();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Down).key(Key::Enter);
    driver.draw((80, 190));
    assert!(!driver.screen.contains("scroll"), "all of it is in sight:\n{}", driver.screen);
    driver.draw((80, 12));
    driver.shows("up down");
}

#[test]
fn a_search_keeps_those_that_say_it() {
    let computer = lived();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Char('/')).typed("stop").key(Key::Enter).shows("1 with \"stop\"").shows("STOP");
    driver.key(Key::Esc).shows("4 since");
}

#[test]
fn a_search_finds_what_its_prompt_names() {
    let computer = lived();
    let newest = computer.sessions()[0].clone();
    let said = follow_up::NewFollowUp { text: "red behind the ear".into(), ..follow_up::NewFollowUp::default() };
    follow_up::add(&OsDisk, &newest, NOON.wall, &said).unwrap();
    for (search, count) in [("2027-01-31", 1), ("blue 0.13", 3), ("behind the ear", 1), ("BLUE 0.13 2", 1)] {
        let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
        driver.key(Key::Char('/')).typed(search).key(Key::Enter);
        driver.shows(&format!("{count} with \"{}\"", search.to_lowercase()));
    }
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Char('/')).typed("nowhere").key(Key::Enter).shows("None of them has that. Esc lists all");
}

#[test]
fn a_session_is_struck_out_and_that_is_taken_back() {
    let computer = lived();
    let newest = computer.sessions()[0].clone();
    let before = std::fs::read(&newest).unwrap();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Enter).key(Key::Char('s')).shows("Strike this session out?").shows("was rolled");
    snapshot("history-strike@80x24", &driver.screen);
    driver.draw((40, 15));
    snapshot("history-strike@40x15", &driver.screen);
    // Nothing happens without a reason, nor after Esc.
    driver.key(Key::Enter).shows("Say why first").typed("no").key(Key::Esc).shows("Session ");
    assert_eq!(computer.amendments(), 0);
    driver.key(Key::Char('s')).typed("another day").key(Key::Enter).shows("Struck out on").shows("another day");
    driver.shows("Struck out. s takes it back.");
    assert_eq!(computer.amendments(), 1);
    driver.key(Key::Esc);
    snapshot("history-struck@80x24", &driver.screen);
    driver.draw((40, 15));
    driver.shows("struck");
    driver.draw((80, 24));
    driver
        .key(Key::Enter)
        .shows("s take the strike back")
        .key(Key::Char('s'))
        .shows("Take that back?")
        .typed("it was so")
        .key(Key::Enter);
    assert!(!driver.screen.contains("Struck out on"), "{}", driver.screen);
    assert_eq!(computer.amendments(), 2);
    assert_eq!(std::fs::read(&newest).unwrap(), before);
    driver.key(Key::Esc);
    assert!(!driver.screen.contains("struck"), "{}", driver.screen);
}

#[test]
fn one_that_is_not_finished_is_not_struck_out() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling();
    drop(run);
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Enter).key(Key::Char('s')).shows("It is not finished");
    assert_eq!(computer.amendments(), 0);
}

impl Computer {
    fn amendments(&self) -> usize {
        let folder = self.sessions()[0].parent().unwrap().to_owned();
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("struck-")).count()
    }
}

#[test]
fn a_question_mark_explains_the_keys() {
    let computer = lived();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Char('?')).shows("write a note on it").key(Key::Char('q')).shows("write a note on it");
    driver.key(Key::Esc).shows("4 since");
    driver.key(Key::Enter).key(Key::Char('?')).shows("back to the list").key(Key::Esc).shows("Session ");
}

#[test]
fn what_is_typed_is_in_sight_in_every_window() {
    let computer = lived();
    for key in ['/', 'w'] {
        let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
        driver.key(Key::Char(key)).typed("warm");
        for size in [(80, 24), (40, 15), (20, 5)] {
            driver.draw(size);
            driver.shows("warm");
        }
    }
}

/// West across the date line, the next session begins on the local day before.
#[test]
fn days_between_are_never_below_none() {
    let computer = Computer::new();
    let manual_entry = |unix, offset| ManualEntry {
        began: Wall { unix, offset },
        roller: None,
        sections: Section::ALL.into_iter().collect(),
        felt: None,
        note: None,
    };
    for (unix, offset) in [(1_700_000_000, 13 * 3_600), (1_700_010_000, -11 * 3_600)] {
        manual_entry(unix, offset).enter(&computer.root(), NOON.wall).unwrap();
    }
    let driver = HistoryDriver::open(&computer.root(), (80, 24));
    assert!(!driver.screen.contains("-1"), "{}", driver.screen);
}

#[test]
fn a_search_for_nothing_lists_all_also_what_cannot_be_read() {
    let computer = lived();
    fs::write(computer.root().join("sessions/2026/20260101T000000Z-ab12.toml"), "").unwrap();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.shows("5 since").key(Key::Char('/')).key(Key::Enter).shows("5 since").shows("cannot be read");
}

#[test]
fn what_cannot_be_read_is_neither_opened_nor_noted_on_and_says_why() {
    let computer = lived();
    let year = computer.root().join("sessions/2099");
    fs::create_dir_all(&year).unwrap();
    fs::write(year.join("20990101T000000Z-ab12.toml"), "").unwrap();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    for key in [Key::Enter, Key::Char('w')] {
        driver.key(key).shows("20990101T000000Z-ab12.toml is no session record").shows("5 since");
        driver.key(Key::Up);
    }
    driver.typed("xyz").key(Key::Enter);
    assert_eq!(fs::read_dir(&year).unwrap().count(), 1);
}

#[test]
fn a_note_goes_into_a_file_beside_the_record() {
    let computer = lived();
    let before: Vec<Vec<u8>> = computer.sessions().iter().map(|path| fs::read(path).unwrap()).collect();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    driver.key(Key::Char('w')).typed("calm again").key(Key::Enter).shows("Noted.");
    driver.key(Key::Up).shows("calm again");
    // On the session itself it is there at once.
    driver.key(Key::Enter).key(Key::Char('w')).typed("warm today").key(Key::Enter).shows("Noted.");
    for _ in 0..6 {
        driver.key(Key::PageDown);
    }
    driver.shows("warm today");
    assert_eq!(computer.sessions().iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>(), before);
}

#[test]
fn help_and_a_note_lead_back_to_the_place_in_a_session() {
    let computer = lived();
    let mut driver = HistoryDriver::open(&computer.root(), (80, 24));
    let top = driver.key(Key::Enter).screen.clone();
    let there = driver.key(Key::Down).key(Key::Down).screen.clone();
    assert_ne!(there, top, "it has more rows than the window");
    driver.key(Key::Char('?')).key(Key::Esc);
    assert_eq!(driver.screen, there);
    driver.key(Key::Char('w')).key(Key::Esc);
    assert_eq!(driver.screen, there);
}

#[test]
fn of_ten_thousand_no_more_are_read_than_are_shown() {
    let home = tempfile::tempdir().unwrap();
    let year = home.path().join("sessions/2026");
    fs::create_dir_all(&year).unwrap();
    // Names alone; whoever reads one finds nothing that can be read.
    for number in 0..10_000_u32 {
        let (day, minute) = (1 + number % 28, number / 28);
        let name = format!("202601{day:02}T{:02}{:02}00Z-ab12.toml", minute / 60 % 24, minute % 60);
        fs::write(year.join(name), "").unwrap();
    }
    let mut driver = HistoryDriver::open(home.path(), (80, 24));
    driver.shows("10000 since");
    assert!(driver.read_so_far() <= 110, "{} were read", driver.read_so_far());
    driver.key(Key::End).shows("cannot be read");
    assert!(driver.read_so_far() <= 220, "{} were read", driver.read_so_far());
}
