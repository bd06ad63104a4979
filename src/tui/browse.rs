//! The history on a screen of its own: a list that reads only what is looked at, one session as text, a search, a note.

mod rows;
mod screen;
mod shelf;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::Frame;

use crate::content::keymap::{Action, Key, Keymap, Press, ScreenName};
use crate::exit::{DONE, INTERRUPTED};
use crate::tui::editor::Editor;
use crate::tui::run::{Flow, FrameCache, Input, Program};
use crate::tui::ui::{self, Theme};
use engine::protocol::Words;
use engine::timeline::{Moment, Now};
pub use rows::line;
pub use shelf::Shelf;
use store::calendar::Date;
use store::record::show::{self, Shape};
use store::record::text::LONGEST_NOTE;
use store::record::{Lock, Plain, Reading, later, read};
use store::visible::folded;

/// Longest search, in characters.
const LONGEST_SEARCH: usize = 40;

/// What a field is for.
#[derive(Debug)]
enum Field {
    Search(Editor),
    Note(Editor),
}

/// The lines of the session that is read, for large and for small windows.
#[derive(Debug)]
struct Opened {
    wide: Vec<String>,
    narrow: Vec<String>,
}

/// Where a note goes.
#[derive(Debug, Clone)]
pub struct Places {
    /// The data folder.
    pub data: PathBuf,
    /// The name of the profile; empty for the records that belong to none.
    pub profile: String,
}

/// The history while it is looked at.
#[derive(Debug)]
pub struct Browser {
    places: Places,
    shelf: Shelf,
    words: Words,
    /// Those of a record, once one with a note is looked at.
    record_words: OnceCell<Words>,
    keymap: Arc<Keymap>,
    theme: Theme,
    interval_days: u32,
    /// The place of the row with the cursor among those that are listed.
    cursor: usize,
    /// One session as text, and how far it is scrolled.
    opened: Option<Opened>,
    scroll: usize,
    field: Option<Field>,
    field_scroll: usize,
    search: String,
    /// The keys of what is below are explained.
    helps: bool,
    notice: Option<String>,
    notice_scroll: usize,
    notice_below: usize,
    /// Rows of a page and the furthest scroll, as the last drawing found them.
    page: usize,
    max_scroll: usize,
    cache: FrameCache,
}

impl Browser {
    /// The history in `places`, on the newest session.
    pub fn new(places: Places, words: Words, keymap: Arc<Keymap>, theme: Theme, interval_days: u32) -> Browser {
        let shelf = Shelf::of(&places.data);
        Browser {
            notice: shelf.shut().map(str::to_owned),
            notice_scroll: 0,
            notice_below: 0,
            shelf,
            places,
            words,
            record_words: OnceCell::new(),
            keymap,
            theme,
            interval_days,
            cursor: 0,
            opened: None,
            scroll: 0,
            field: None,
            field_scroll: 0,
            search: String::new(),
            helps: false,
            page: 1,
            max_scroll: 0,
            cache: FrameCache::default(),
        }
    }

    /// How many records were read so far.
    pub fn read_so_far(&self) -> usize {
        self.shelf.read_so_far()
    }

    /// The screen's name in the key table.
    fn screen(&self) -> ScreenName {
        if self.helps { ScreenName::Help } else { self.below() }
    }

    /// The name of the screen below the help.
    fn below(&self) -> ScreenName {
        match (&self.field, &self.opened) {
            (Some(_), _) => ScreenName::Text,
            (None, Some(_)) => ScreenName::HistoryOne,
            (None, None) if self.shelf.is_empty() => ScreenName::HistoryEmpty,
            (None, None) => ScreenName::History,
        }
    }

    fn key(&mut self, key: Key, typed: Option<char>, now: Now) -> Flow {
        let action = self.keymap.action(self.screen(), key);
        match action {
            Some(Action::Down | Action::PageDown) if self.notice.is_some() && self.notice_below > 0 => {
                self.notice_scroll += 1;
                return Flow::On;
            }
            Some(Action::Up | Action::PageUp) if self.notice_scroll > 0 => {
                self.notice_scroll -= 1;
                return Flow::On;
            }
            _ => (self.notice, self.notice_scroll) = (None, 0),
        }
        match key {
            Key::Ctrl('c') => return Flow::Leave(INTERRUPTED),
            Key::Ctrl('l') => return Flow::Repaint,
            Key::Ctrl('z') => return Flow::Halt,
            _ => {}
        }
        // What is typed into a field is text.
        let action = action.or_else(|| self.keymap.action(self.screen(), key.in_ascii()));
        if action.is_none() && self.field.is_none() && key.is_foreign() {
            self.notice = Some(self.words.say("latin-letters"));
        }
        if let (Some(Field::Search(editor) | Field::Note(editor)), None) = (&mut self.field, action) {
            editor.take(key, typed);
            return Flow::On;
        }
        match (self.field.take(), action) {
            (Some(field), Some(Action::Up)) => {
                (self.field, self.field_scroll) = (Some(field), self.field_scroll.saturating_sub(1));
            }
            (Some(field), Some(Action::Down)) => {
                (self.field, self.field_scroll) = (Some(field), (self.field_scroll + 1).min(self.max_scroll));
            }
            (Some(field), action) => self.leave_field(field, action, now),
            (None, Some(action)) => return self.act(action),
            (None, None) => {}
        }
        Flow::On
    }

    fn leave_field(&mut self, field: Field, action: Option<Action>, now: Now) {
        match (field, action) {
            (Field::Search(editor), Some(Action::Keep)) => {
                self.search = folded(editor.text());
                self.list_found();
            }
            (Field::Note(editor), Some(Action::Keep)) if !editor.text().is_empty() => self.add_note(editor.text(), now),
            (Field::Search(_) | Field::Note(_), Some(Action::Back | Action::Keep)) => {}
            (field, _) => self.field = Some(field),
        }
    }

    /// Lists what the search finds, and everything when nothing is searched for: that also has what cannot be read.
    fn list_found(&mut self) {
        let (words, of_records) = (&self.words, self.record_words.get_or_init(show::words));
        if self.search.is_empty() {
            self.shelf.keep_all();
        } else {
            self.shelf.keep(&self.search, |past, remarks| rows::searched(past, remarks, words, of_records));
        }
        self.cursor = 0;
    }

    fn add_note(&mut self, text: &str, now: Now) {
        let Some(path) = self.path() else { return };
        let past = self.shelf.past(self.cursor);
        let day = past.and_then(|past| u32::try_from(Date::of(now.wall).days_since(rows::day(past))).ok());
        let said = later::NewRemark { day, text: text.to_owned(), ..later::NewRemark::default() };
        let put = self.put(&path, now, &said);
        self.shelf.look_again(self.cursor);
        self.notice = Some(match put {
            Ok(()) => self.words.say("history.noted"),
            Err(why) => why,
        });
    }

    /// One instance at a time writes; the lock is held for no longer than the note takes.
    fn put(&self, session: &Path, now: Now, said: &later::NewRemark) -> Result<(), String> {
        let _lock = Lock::take(&self.places.data).map_err(|error| error.to_string())?;
        later::add(&Plain, session, now.wall, said).map(|_| ()).map_err(|error| error.to_string())
    }

    fn path(&self) -> Option<PathBuf> {
        self.shelf.path(self.cursor).map(std::borrow::ToOwned::to_owned)
    }

    fn act(&mut self, action: Action) -> Flow {
        if self.helps {
            match action {
                Action::Up => self.scroll = self.scroll.saturating_sub(1),
                Action::Down => self.scroll = (self.scroll + 1).min(self.max_scroll),
                Action::PageUp => self.scroll = self.scroll.saturating_sub(self.page),
                Action::PageDown => self.scroll = (self.scroll + self.page).min(self.max_scroll),
                Action::Back => (self.helps, self.scroll) = (false, 0),
                _ => {}
            }
            return Flow::On;
        }
        let last = self.shelf.len().saturating_sub(1);
        match (action, self.opened.is_some()) {
            (Action::Up, false) => self.cursor = self.cursor.saturating_sub(1),
            (Action::Down, false) => self.cursor = (self.cursor + 1).min(last),
            (Action::PageUp, false) => self.cursor = self.cursor.saturating_sub(self.page),
            (Action::PageDown, false) => self.cursor = (self.cursor + self.page).min(last),
            (Action::Newest, false) => self.cursor = 0,
            (Action::Oldest, false) => self.cursor = last,
            (Action::Up, true) => self.scroll = self.scroll.saturating_sub(1),
            (Action::Down, true) => self.scroll = (self.scroll + 1).min(self.max_scroll),
            (Action::PageUp, true) => self.scroll = self.scroll.saturating_sub(self.page),
            (Action::PageDown, true) => self.scroll = (self.scroll + self.page).min(self.max_scroll),
            (Action::Help, _) => (self.helps, self.scroll) = (true, 0),
            (Action::Open, false) => self.open(),
            (Action::Find, false) => self.ask(Field::Search(Editor::new(&self.search, LONGEST_SEARCH))),
            (Action::Note, _) => self.ask_for_note(),
            (Action::Back, true) => self.opened = None,
            (Action::Back, false) if !self.search.is_empty() => {
                self.search.clear();
                self.list_found();
            }
            (Action::Back | Action::Leave, _) => return Flow::Leave(DONE),
            _ => {}
        }
        Flow::On
    }

    fn open(&mut self) {
        let Some((path, reading)) = self.read() else { return };
        let remarks = later::remarks(&path).0;
        let lines = |shape| show::text(&reading, &remarks, shape).lines().map(str::to_owned).collect();
        self.opened = Some(Opened { wide: lines(Shape::Wide), narrow: lines(Shape::Narrow) });
        self.scroll = 0;
    }

    fn ask(&mut self, field: Field) {
        (self.field, self.field_scroll) = (Some(field), 0);
    }

    fn ask_for_note(&mut self) {
        if self.read().is_some() {
            self.ask(Field::Note(Editor::new("", LONGEST_NOTE)));
        }
    }

    /// The session with the cursor. Why one cannot be read stands on the screen then.
    fn read(&mut self) -> Option<(PathBuf, Reading)> {
        let path = self.path()?;
        match read(&path) {
            Ok(reading) => Some((path, reading)),
            Err(error) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                self.notice = Some(format!("{name} {error}."));
                None
            }
        }
    }
}

impl Program for Browser {
    fn deadline(&self, _: Now) -> Option<Moment> {
        None
    }

    fn handle(&mut self, input: Input, now: Now) -> Flow {
        self.cache.disturb();
        match input {
            Input::Key(Press { key, typed }) => self.key(key, typed, now),
            Input::Paste(text) => {
                if let Some(Field::Search(editor) | Field::Note(editor)) = &mut self.field {
                    editor.paste(&text);
                }
                Flow::On
            }
            Input::Suspend => Flow::Halt,
            // What is half typed when the terminal goes is no note yet.
            Input::Line(_) | Input::News | Input::Due | Input::Gap(_) | Input::End => Flow::On,
        }
    }

    fn is_changed(&mut self, now: Now) -> bool {
        // Made with all of the program in sight, so it is lent out meanwhile.
        let mut cache = std::mem::take(&mut self.cache);
        let is_changed = cache.is_changed(now, |form| screen::view(self, form));
        self.cache = cache;
        is_changed
    }

    fn draw(&mut self, frame: &mut Frame, now: Now) {
        let mut cache = std::mem::take(&mut self.cache);
        let view = cache.next(frame.area(), |form| screen::view(self, form));
        let seen = ui::draw(&view, &self.theme, frame);
        self.page = seen.page.max(1);
        self.notice_below = seen.notice_below;
        // The foot names the keys that scroll where there is something to scroll.
        let is_settled = (self.max_scroll > 0) == (seen.max_scroll > 0);
        self.max_scroll = seen.max_scroll;
        cache.drew(view, now, is_settled);
        self.cache = cache;
    }

    fn utter(&mut self, _: Now) -> Vec<u8> {
        Vec::new()
    }
}
