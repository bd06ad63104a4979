//! The sessions as one page for a medical appointment, in the order in which a dermatologist asks: reactions, what was
//! used, answers, stops, the sessions one by one. It says what was done and noted, and judges nothing.

mod answers;
mod document;
mod left_out;
mod reactions;
mod sums;
mod table;
mod used;

use std::collections::VecDeque;
use std::path::PathBuf;

use self::document::{Document, date};
use self::sums::{Sums, is_earnest};
use self::used::Shelf;
use super::{NotExported, Sessions};
use crate::calendar::Date;
use crate::record::history::open;
use crate::record::parallel::in_parallel;
use crate::record::read::Depth;
use crate::record::{OwnedRoller, Past};
use engine::timeline::Wall;

/// As many sessions fit on one page with their notes: a year of monthly ones.
pub const ON_A_PAGE: usize = 12;

/// The sessions of a page, and what all of them come to.
#[derive(Debug, Default)]
pub struct Page {
    sums: Sums,
    /// Those that are listed, oldest first.
    shown: VecDeque<Past>,
}

impl Page {
    /// A page of `sessions`, oldest first. If `most` is given, only that many of the newest are listed, so that the page
    /// stays one page. No more than those are kept in memory.
    pub fn of(sessions: impl IntoIterator<Item = Past>, most: Option<usize>) -> Page {
        let mut page = Page::default();
        for session in sessions {
            page.sums.add(&session);
            if is_earnest(&session) {
                page.shown.push_back(session);
            }
            if most.is_some_and(|most| page.shown.len() > most) {
                page.shown.pop_front();
            }
        }
        page
    }

    /// Reads the answers of the sessions that are listed, whose records were read without them. One that cannot be read any
    /// more is listed without.
    pub fn read_answers(&mut self, sessions: &Sessions) {
        let amendments = sessions.amendments();
        let paths: Vec<_> = self.shown.iter().map(|session| session.path.clone()).collect();
        let read = in_parallel(paths, move |path: &PathBuf| {
            open(path, Depth::Answers, &amendments).ok().map(|reading| Past::of(path, &reading))
        });
        for (session, (_, read)) in self.shown.iter_mut().zip(read) {
            if let Some(read) = read {
                (session.answers, session.sign_out) = (read.answers, read.sign_out);
            }
        }
    }

    /// The page as Markdown. `rollers` are those of the ledger, `rest` tells how often each was used, and `uses` how
    /// often one is meant to be used; `exported` is the current time.
    pub fn text(&self, rollers: &[OwnedRoller], rest: &NotExported, uses: u32, exported: Wall) -> String {
        let shown: Vec<&Past> = self.shown.iter().collect();
        let mut page = Document::new(shown.len().div_ceil(ON_A_PAGE));
        let (title, who) = (page.words.say("page.title"), page.words.say("page.who"));
        page.lines.extend([format!("# {title}"), String::new(), who, String::new()]);
        self.sums.short(&mut page, &shown);
        if !shown.is_empty() {
            reactions::write(&mut page, &shown);
            page.heading("heading.used");
            used::write(&mut page, &self.sums, &shown, &Shelf { rollers, rest, uses });
            answers::write(&mut page, &shown);
            left_out::write(&mut page, &shown);
            table::write(&mut page, &shown);
        }
        self.foot(&mut page, exported);
        page.finish()
    }

    /// What is not on the page, and who wrote it.
    fn foot(&self, page: &mut Document, exported: Wall) {
        let mut lines = Vec::new();
        if self.shown.len() < self.sums.earnest {
            let (shown, all) = (self.shown.len().to_string(), self.sums.earnest.to_string());
            lines.push(page.words.fill("page.newest", &[("shown", &shown), ("all", &all)]));
        }
        if page.is_cut {
            lines.push(page.words.say("note.cut"));
        }
        let written = date(Date::of(exported));
        lines.push(page.words.fill("page.source", &[("written", &written), ("app", env!("CARGO_PKG_VERSION"))]));
        page.lines.extend([String::new(), lines.join(" ")]);
    }
}
