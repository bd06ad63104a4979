//! What `dermaroll export` writes: golden exports read by readers of others, texts that would do harm elsewhere, dates
//! across leap days and changes of the clocks, and the file that takes the place of an old one.

mod command;
mod dates;
mod golden;
mod data_folder;
mod page;
mod texts;
