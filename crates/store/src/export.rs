//! Exports one person's records: a CSV table, JSON, a page to print, a calendar. Everything is made from the record
//! files, and nothing in the data folder is changed.

mod calendar;
mod csv;
mod file;
mod follow_up;
mod json;
mod markdown;
mod sessions;
#[cfg(test)]
pub(crate) mod shape;
mod words;

pub use calendar::{Dates, calendar};
pub use csv::csv;
pub use file::{WriteError, replace};
pub use follow_up::FollowUpRow;
pub use json::json;
pub use markdown::{ON_A_PAGE, Page};
pub use sessions::{NotExported, Sessions, sessions};

use crate::calendar::Date;

/// A range of days, both ends included; an end that is None is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// The first day.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Range {
    /// Whether `day` is in the range.
    pub fn holds(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}
