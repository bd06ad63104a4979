//! The sessions by the names of their files, each read when it is first looked at: a list of ten thousand opens as
//! fast as its folder can be listed.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use store::calendar::Date;
use store::record::read::Depth;
use store::record::{Past, Remark, history, later, listing, names};
use store::visible::{folded, show};

/// How many files are read in search of a session that counts: behind so many stops, trials and checks in a row there is
/// none worth comparing with.
const FAR: usize = 60;

/// One session, read or not yet. None: it cannot be read.
#[derive(Debug)]
struct Book {
    path: PathBuf,
    past: OnceCell<Option<Box<Past>>>,
    remarks: OnceCell<Vec<Remark>>,
}

/// All sessions, newest first, and those of them that are listed.
#[derive(Debug)]
pub struct Shelf {
    books: Vec<Book>,
    listed: Vec<usize>,
    /// What is said of the first folder that cannot be listed.
    shut: Option<String>,
}

impl Shelf {
    /// What is in the data folder `root`. Only names are looked at.
    pub fn of(root: &Path) -> Shelf {
        let (paths, odd) = listing::files(root);
        let shut = odd.iter().find(|odd| odd.path.is_dir());
        let shut = shut.map(|odd| show(&format!("{} {}.", odd.path.to_string_lossy(), odd.why)));
        let books: Vec<Book> =
            paths.into_iter().map(|path| Book { path, past: OnceCell::new(), remarks: OnceCell::new() }).collect();
        Shelf { listed: (0..books.len()).collect(), books, shut }
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether any is listed: a search may find none.
    pub fn lists_any(&self) -> bool {
        !self.listed.is_empty()
    }

    /// Whether there is none at all, listed or not.
    pub fn is_empty(&self) -> bool {
        self.books.is_empty()
    }

    /// What is said of the first folder that cannot be listed, if there is one.
    pub fn shut(&self) -> Option<&str> {
        self.shut.as_deref()
    }

    /// How many were read so far.
    pub fn read_so_far(&self) -> usize {
        self.books.iter().filter(|book| book.past.get().is_some()).count()
    }

    /// The session in that place of the list; None when there is none, or it cannot be read.
    pub fn past(&self, place: usize) -> Option<&Past> {
        self.book(*self.listed.get(place)?)
    }

    /// The file in that place of the list.
    pub fn path(&self, place: usize) -> Option<&Path> {
        self.books.get(*self.listed.get(place)?).map(|book| book.path.as_path())
    }

    /// The notes written later on the session in that place of the list.
    pub fn remarks(&self, place: usize) -> &[Remark] {
        let book = self.listed.get(place).and_then(|place| self.books.get(*place));
        book.map_or(&[], |book| book.remarks.get_or_init(|| later::remarks(&book.path).0))
    }

    /// Forgets the notes on the session in that place of the list: another one was written.
    pub fn look_again(&mut self, place: usize) {
        if let Some(book) = self.listed.get(place).and_then(|place| self.books.get_mut(*place)) {
            book.remarks.take();
        }
    }

    /// The last one before that place of the list that counts as a session.
    pub fn before(&self, place: usize) -> Option<&Past> {
        let from = self.listed.get(place)? + 1;
        (from..self.books.len()).take(FAR).find_map(|place| self.book(place).filter(|past| past.counts()))
    }

    /// The day of the oldest session, listed or not: where it was, or where this is if its file only has a name.
    pub fn oldest(&self) -> Option<Date> {
        let last = self.books.len().checked_sub(1)?;
        let named = || names::begun(self.books.get(last)?.path.file_name()?.to_str()?).map(Date::of);
        self.book(last).map(|past| Date::of(past.started.wall())).or_else(named)
    }

    /// Up to `most` sessions that count, newest first.
    pub fn counted(&self, most: usize) -> Vec<&Past> {
        let near = (0..self.books.len()).take(FAR).filter_map(|place| self.book(place));
        near.filter(|past| past.counts()).take(most).collect()
    }

    /// Lists only those with `search`, as [`folded`] has it, in their text. Every session and every later note is read for that.
    pub fn keep(&mut self, search: &str, text: impl Fn(&Past, &[Remark]) -> String) {
        let paths = self.books.iter().map(|book| book.path.as_path());
        let notes = later::beside(paths);
        let noted = |past: &Past| later::all(notes.get(&past.id).map_or(&[], Vec::as_slice), &past.id).0;
        let has = |past: &Past| text(past, &noted(past)).lines().any(|line| folded(line).contains(search));
        self.listed = (0..self.books.len()).filter(|place| self.book(*place).is_some_and(has)).collect();
    }

    /// Lists all of them.
    pub fn keep_all(&mut self) {
        self.listed = (0..self.books.len()).collect();
    }

    fn book(&self, place: usize) -> Option<&Past> {
        let book = self.books.get(place)?;
        let read =
            || history::open(&book.path, Depth::Ends).ok().map(|reading| Box::new(Past::of(&book.path, &reading)));
        book.past.get_or_init(read).as_deref()
    }
}
