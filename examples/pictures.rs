//! Draws the pictures of the README into `docs/pictures` as SVG. The program's own engine and screens make them from a
//! session that is played key by key. They depend on no clock, time zone or machine, so that `tests/pictures.rs` finds
//! out when a committed one is out of date.
//!
//! `cargo run --example pictures`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use core::fmt::Write as _;
use core::time::Duration;
use std::sync::Arc;

use dermaroll::content::keymap::Key;
use dermaroll::content::{self, StyleSets, keymap};
use dermaroll::tui::app::{App, Protocols};
use dermaroll::tui::history::PastSessions;
use dermaroll::tui::screens::{Question, Screen, Where};
use dermaroll::tui::ui::{self, Ink, Theme};
use dermaroll::tui::view::Form;
use engine::protocol::{Kind, Micrometres, Section};
use engine::safety::Roller;
use engine::session::{Due, Step};
use engine::timeline::{Moment, Now, Wall};
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal};
use store::calendar::Date;
use store::record::ManualEntry;
use store::startup::{AvailableRoller, DueState, InterruptedSessions, StartupContext};

/// The window that is drawn.
const COLUMNS: u16 = 80;
const ROWS: u16 = 24;
/// The size of a cell in SVG units, and the space around the window.
const CELL_WIDTH: usize = 10;
const CELL_HEIGHT: usize = 20;
const MARGIN: usize = 14;
/// The baseline of letters within a cell, and their size.
const BASELINE: usize = 15;
const FONT_SIZE: usize = 16;

fn main() -> std::io::Result<()> {
    for (name, picture) in all() {
        std::fs::write(format!("{FOLDER}/{name}.svg"), picture)?;
    }
    Ok(())
}

/// The folder of the pictures.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures");

/// A picture in the theme of that name.
type Draw = fn(&str) -> String;

/// Every picture with its name, on a dark and on a light background.
pub fn all() -> Vec<(String, String)> {
    let drawn: [(&str, Draw); 5] =
        [("rolling", rolling), ("verdict", verdict), ("pause", pause), ("summary", summary), ("history", history)];
    let on = |theme: &str, end: &str| drawn.map(|(name, draw)| (format!("{name}{end}"), draw(theme)));
    on("dark", "").into_iter().chain(on("light", "-light")).collect()
}

/// The verdict, with a mole on the upper left.
pub fn verdict(theme: &str) -> String {
    let mut user = User::new(theme);
    user.go_to("the verdict", |user| matches!(user.app.screen, Screen::Verdict(_)));
    svg(user.screen(), "The verdict of the checklist: what is rolled, what is gone round, what to do next")
}

/// A key was touched in the second section.
pub fn pause(theme: &str) -> String {
    let mut user = User::new(theme);
    user.go_to_rolling(Section::UpperLeft);
    user.wait(Duration::from_secs(10));
    user.press(Key::Char('x'));
    svg(user.screen(), "The pause: the place that is kept, and the keys that go on, end a section or stop")
}

/// The end of the session.
pub fn summary(theme: &str) -> String {
    let mut user = User::new(theme);
    user.go_to("the closing questions", |user| matches!(user.app.screen, Screen::After(_)));
    for key in ['n', 'n', 'n', 'n', 'n', '\n', '2'] {
        user.press(if key == '\n' { Key::Enter } else { Key::Char(key) });
    }
    svg(user.screen(), "The summary: sections and strokes, how it felt, from when on the next one is due")
}

/// Six sessions that were entered from paper, a month apart.
pub fn history(theme: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the records");
    let months = ["2026-06-21", "2026-07-19", "2026-08-16", "2026-09-20", "2026-10-18", "2026-11-15"];
    for (place, day) in months.into_iter().enumerate() {
        let day = Date::parse(day).expect("a day").days_since(Date::parse("1970-01-01").expect("a day"));
        let began = Wall { unix: day * 86_400 + 64_800, offset: 3_600 };
        let sections =
            if place == 2 { Section::ALL.into_iter().take(3).collect() } else { Section::ALL.into_iter().collect() };
        let note = (place == 5).then(|| "calm after two days".to_owned());
        let felt = u8::try_from(1 + place * 2 % 3).ok();
        let entered = Wall { unix: began.unix + 3_600, ..began };
        ManualEntry { began, roller: None, sections, felt, note }
            .enter(folder.path(), entered)
            .expect("memory takes it");
    }
    let startup = StartupContext { interval_days: 28, ..StartupContext::default() };
    let protocols = Protocols::built_in().expect("the embedded files are in order");
    let keymap = Arc::new(keymap::Keymap::shipped());
    let app = App::new(Arc::new(content::words::built_in()), keymap, protocols, startup);
    let now = Now { moment: Moment::ZERO, wall: Wall { unix: 1_795_372_200, offset: 3_600 } };
    let mut user = User::of(app, now, theme);
    user.app.start_history(PastSessions::of(folder.path()), now);
    user.look();
    user.look();
    svg(user.screen(), "The history: date, how it ended, sections, feel, days between")
}

/// The rolling screen in the middle of the second section.
pub fn rolling(theme: &str) -> String {
    let mut user = User::new(theme);
    user.go_to_rolling(Section::UpperLeft);
    // Two seconds into the second stroke.
    user.wait(Duration::from_secs(10));
    svg(
        user.screen(),
        "The rolling screen: the face as in the mirror with one section lit, the direction of the stroke, its seconds",
    )
}

/// A user who goes through a session, with a simulated clock.
struct User {
    app: App,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    now: Now,
}

impl User {
    fn new(theme: &str) -> User {
        let protocols = Protocols::built_in().expect("the embedded files are in order");
        let roller = Roller { id: "blue".to_owned(), name: "blue".to_owned(), needle: Micrometres(130), uses: 3 };
        let startup = StartupContext {
            interval_days: 28,
            due: DueState::Due,
            uses_are_known: true,
            rollers: vec![AvailableRoller { roller, sealed: true, used_before: false }],
            full_questions: protocols.session.checklist.items.len(),
            full_contact: protocols.session.times.contact,
            serum: "plain".to_owned(),
            uses_limit: 10,
            bell: true,
            ..StartupContext::default()
        };
        let words = Arc::new(content::words::built_in());
        let keymap = keymap::Keymap::shipped();
        // Sunday evening, 22 November 2026, one hour ahead of UTC.
        let now = Now { moment: Moment::ZERO, wall: Wall { unix: 1_795_372_200, offset: 3_600 } };
        let mut app = App::new(words, Arc::new(keymap), protocols, startup);
        app.start(Kind::Session, InterruptedSessions::default(), now);
        let mut user = User::of(app, now, theme);
        user.look();
        user
    }

    fn of(app: App, now: Now, theme: &str) -> User {
        let terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS)).expect("a window in memory");
        let theme = Theme::of_styles(&StyleSets::shipped(theme).expect("a shipped theme"), Ink::Full, false);
        User { app, theme, terminal, now }
    }

    /// Up to the first second of `section`.
    fn go_to_rolling(&mut self, section: Section) {
        self.go_to("rolling", |user| {
            let step = user.app.session().and_then(|session| session.step());
            matches!(step, Some(Step::Running { due: Due::Stroke { section: present, stroke: 0 }, .. }) if present == section)
        });
    }

    /// Answers no to every question but that about moles, until `is_there`.
    fn go_to(&mut self, what: &str, is_there: impl Fn(&User) -> bool) {
        for _ in 0..1_000 {
            if is_there(self) {
                return;
            }
            match self.app.screen.clone() {
                Screen::HandsFree(_) => self.wait_for_deadline(),
                screen => self.press(self.key_for(&screen)),
            }
        }
        panic!("the session does not get as far as {what}; it stands at {:?}", self.app.screen);
    }

    fn key_for(&self, screen: &Screen) -> Key {
        let checklist = &self.app.session().map(|session| session.protocol().checklist.clone());
        let mole = checklist.as_ref().and_then(|checklist| checklist.find("mole"));
        match screen {
            Screen::Welcome(_) => Key::Enter,
            Screen::ChooseRoller(_) => Key::Char('1'),
            // From a sealed pack, so that there is no contact time to wait for.
            Screen::Sterilise(_) => Key::Char('e'),
            Screen::OtherSoak(_) => Key::Char('2'),
            Screen::Question(Question(item)) if Some(*item) == mole => Key::Char('y'),
            Screen::Question(_) => Key::Char('n'),
            Screen::Where(Where { chosen, .. }) if chosen.is_empty() => Key::Char('2'),
            Screen::Where(_) => Key::Enter,
            Screen::Around(_) => Key::Char('r'),
            Screen::Review(_) if self.app.review_read() => Key::Char('c'),
            Screen::Review(_) => Key::PageDown,
            Screen::Verdict(_) => Key::Char('s'),
            // Each key counts once; after that it does nothing.
            Screen::LastTouch(_) => {
                let keys = [Key::Char('d'), Key::Char('y'), Key::Char(' ')];
                keys[usize::try_from(self.now.moment.millis() / STEP_MILLIS).unwrap() % keys.len()]
            }
            other => panic!("no key is known for {other:?}"),
        }
    }

    /// Presses a key and waits until it counts.
    fn press(&mut self, key: Key) {
        let typed = if let Key::Char(character) = key { Some(character) } else { None };
        self.pass(Duration::from_millis(STEP_MILLIS) - BURST);
        self.app.key(key, typed, self.now);
        self.pass(BURST);
        self.app.due(self.now);
        self.look();
    }

    fn wait(&mut self, span: Duration) {
        let end = self.now.moment.plus(span);
        while self.now.moment < end {
            self.wait_for_deadline();
        }
    }

    fn wait_for_deadline(&mut self) {
        let deadline = self.app.deadline(self.now).expect("a clock runs");
        self.pass(deadline.since(self.now.moment));
        self.app.due(self.now);
        self.look();
    }

    fn pass(&mut self, span: Duration) {
        let before = self.now.moment.millis() / 1_000;
        self.now.moment = self.now.moment.plus(span);
        let seconds = self.now.moment.millis() / 1_000 - before;
        self.now.wall = self.now.wall.plus(Duration::from_secs(seconds));
    }

    fn look(&mut self) {
        let mut seen = None;
        let draw = |frame: &mut Frame| {
            let view = self.app.view(self.now, Form::of_window(frame.area().width, frame.area().height));
            seen = Some(ui::draw(&view, &self.theme, frame));
        };
        self.terminal.draw(draw).expect("memory takes every frame");
        self.app.shown(&seen.expect("it was drawn"), self.now);
    }

    fn screen(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }
}

/// Time between two keys: longer than any time for which the program ignores keys.
const STEP_MILLIS: u64 = 4_000;
/// A key counts only if no other key follows within this time.
const BURST: Duration = Duration::from_millis(100);

#[derive(Clone, PartialEq)]
struct CellStyle {
    ink: String,
    paper: String,
    bold: bool,
}

impl CellStyle {
    fn of(cell: &Cell) -> CellStyle {
        let (ink, paper) = (painted(cell.fg), painted(cell.bg));
        let (ink, paper) = if cell.modifier.contains(Modifier::REVERSED) { (paper, ink) } else { (ink, paper) };
        CellStyle { ink, paper, bold: cell.modifier.contains(Modifier::BOLD) }
    }
}

fn painted(colour: Color) -> String {
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        other => panic!("the theme leaves {other} to the terminal"),
    }
}

/// The window as SVG. Full blocks and reversed backgrounds are rectangles; cells of one style are one text, stretched
/// to its columns so that it fits in any font.
fn svg(screen: &Buffer, title: &str) -> String {
    let (width, height) =
        (usize::from(COLUMNS) * CELL_WIDTH + 2 * MARGIN, usize::from(ROWS) * CELL_HEIGHT + 2 * MARGIN);
    let paper = CellStyle::of(&screen[(0, 0)]).paper;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{paper}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"{FONT_SIZE}\" \
         xml:space=\"preserve\">\n"
    );
    for y in 0..ROWS {
        let cells: Vec<(&str, CellStyle)> =
            (0..COLUMNS).map(|x| &screen[(x, y)]).map(|cell| (cell.symbol(), CellStyle::of(cell))).collect();
        let mut start = 0;
        while start < cells.len() {
            let same = |other: &(&str, CellStyle)| other.1 == cells[start].1 && block(other.0) == block(cells[start].0);
            let length = cells[start..].iter().take_while(|other| same(other)).count();
            run(&mut out, start, usize::from(y), &cells[start..start + length], &paper);
            start += length;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Where a block stands in its cell, and how high it is.
fn block(symbol: &str) -> Option<(usize, usize)> {
    match symbol {
        "█" => Some((0, CELL_HEIGHT)),
        "▀" => Some((0, CELL_HEIGHT / 2)),
        "▄" => Some((CELL_HEIGHT / 2, CELL_HEIGHT / 2)),
        _ => None,
    }
}

/// A run of cells of one style, at column `column` of row `row`.
fn run(out: &mut String, column: usize, row: usize, cells: &[(&str, CellStyle)], background: &str) {
    let (x, y) = (MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT);
    let look = &cells[0].1;
    let width = cells.len() * CELL_WIDTH;
    let mut rectangle = |y: usize, height: usize, fill: &str| {
        writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>").unwrap();
    };
    if look.paper != background {
        rectangle(y, CELL_HEIGHT, &look.paper);
    }
    if let Some((down, height)) = block(cells[0].0) {
        rectangle(y + down, height, &look.ink);
        return;
    }
    let text: String = cells.iter().map(|(symbol, _)| *symbol).collect();
    let blank_before = text.len() - text.trim_start().len();
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let x = x + blank_before * CELL_WIDTH;
    let length = text.chars().count() * CELL_WIDTH;
    let weight = if look.bold { " font-weight=\"bold\"" } else { "" };
    let (baseline, ink, text) = (y + BASELINE, &look.ink, escaped(text));
    writeln!(out, "<text x=\"{x}\" y=\"{baseline}\" textLength=\"{length}\" fill=\"{ink}\"{weight}>{text}</text>")
        .unwrap();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
