//! Times of a start with a long history, of the history itself, of writing an event, and of resuming a session.
//! `cargo bench --bench records`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    unreachable_pub
)]

#[path = "support/records.rs"]
#[allow(dead_code)]
mod records;

use std::io::sink;
use std::path::PathBuf;
use std::sync::Arc;

use dermaroll::content;
use dermaroll::content::keymap::Keymap;
use dermaroll::cues::Notifier;
use dermaroll::tui::app::{App, Protocols};
use dermaroll::tui::controller::Controller;
use dermaroll::tui::history::PastSessions;
use dermaroll::tui::run::Program as _;
use dermaroll::tui::ui::{Ink, Theme};
use divan::{Bencher, black_box};
use engine::session::{Effect, Session};
use engine::timeline::{Moment, Now, Wall};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use store::export::{self, Dates};
use store::json::array;
use store::record::parallel::in_parallel;
use store::record::read::Depth;
use store::record::{self, SessionFile, Start, Timestamp, Totals, listing, show};
use store::recorder::Recorder;
use store::startup::StartupContext;

const COUNTS: [u32; 3] = [100, 1_000, 10_000];
/// Later than any change of a folder.
const NOW: Wall = Wall { unix: 4_000_000_000, offset: 0 };

fn main() {
    divan::main();
}

fn folder(count: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    records::fill(folder.path(), count);
    folder
}

/// What a start reads, by the number of sessions.
#[divan::bench(args = COUNTS, sample_count = 5, sample_size = 1)]
fn start(bencher: Bencher, count: u32) {
    let folder = folder(count);
    bencher.bench_local(|| black_box(Totals::read(folder.path())));
}

/// Each form of export, and the history as JSON, by the number of sessions; the output is discarded.
#[divan::bench(args = ["csv", "json", "md", "ics", "history"], consts = [1_000, 10_000], sample_count = 3, sample_size = 1)]
fn export_as<const COUNT: u32>(bencher: Bencher, form: &str) {
    let folder = folder(COUNT);
    let sessions = |depth| export::sessions(folder.path(), depth, false);
    bencher.bench_local(|| match form {
        "csv" => export::csv(sessions(Depth::Answers), &mut sink()).unwrap(),
        "json" => export::json(sessions(Depth::Answers), Timestamp::of(NOW), &mut sink()).unwrap(),
        "md" => {
            let mut sessions = sessions(Depth::Ends);
            let mut page = export::Page::of(sessions.by_ref(), Some(export::ON_A_PAGE));
            page.read_answers(&sessions);
            black_box(page);
        }
        "ics" => _ = black_box(Dates::of(sessions(Depth::Ends))),
        _ => {
            let read = |path: &PathBuf| show::json(&record::read(path).unwrap(), &[], 1);
            let read = in_parallel(listing::files(folder.path()).0, read).map(|(_, read)| read);
            array(read, 0, &mut sink()).unwrap();
        }
    });
}

/// The history up to its first screen, by the number of sessions.
#[divan::bench(args = COUNTS, sample_count = 20, sample_size = 1)]
fn history_on_screen(bencher: Bencher, count: u32) {
    let folder = folder(count);
    bencher.bench_local(|| {
        let startup = StartupContext { interval_days: 28, ..StartupContext::default() };
        let words = Arc::new(content::words::built_in());
        let app = App::new(words, Arc::new(Keymap::shipped()), Protocols::built_in().unwrap(), startup);
        let (recorder, theme) = (Recorder::new(folder.path().to_owned(), false), Theme::shipped(Ink::Full, false));
        let mut controller = Controller::new(app, recorder, theme, Notifier::with_bell(false));
        let now = Now { moment: Moment::ZERO, wall: NOW };
        controller.start_history(PastSessions::of(folder.path()), now);
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| controller.draw(frame, now)).unwrap();
    });
}

/// One event, appended and synced, in the folder for temporary files.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn commit_of_an_event(bencher: Bencher) {
    let whole = records::whole(0);
    let entry = whole.effects.iter().find_map(|effect| match effect {
        Effect::Record(entry) => Some(entry.clone()),
        _ => None,
    });
    let (folder, entry) = (tempfile::tempdir().unwrap(), entry.unwrap());
    let start = Start::of(&whole.protocol, NOW).unwrap();
    let mut file = SessionFile::create(folder.path(), &start).unwrap();
    bencher.bench_local(|| file.record(&whole.protocol, &entry).unwrap());
}

/// The record of a session with a hundred pauses, read back and replayed.
#[divan::bench]
fn resume_of_a_long_record(bencher: Bencher) {
    let whole = records::whole(100);
    let folder = tempfile::tempdir().unwrap();
    let start = Start::of(&whole.protocol, NOW).unwrap();
    let mut file = SessionFile::create(folder.path(), &start).unwrap();
    for effect in &whole.effects {
        if let Effect::Record(entry) = effect {
            file.record(&whole.protocol, entry).unwrap();
        }
    }
    let path = file.path().to_owned();
    bencher.bench_local(|| {
        let reading = record::read(&path).unwrap();
        let entries = reading.events(&whole.protocol).unwrap();
        black_box(Session::replay(Arc::clone(&whole.protocol), &entries));
    });
}
