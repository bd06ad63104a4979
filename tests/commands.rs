//! The commands that ask nothing: rollers, due, later notes, sessions from paper. Run as the real program without a
//! terminal; the arithmetic of days also by itself.

mod misplaced;
mod copies;
mod damage;
mod days;
mod due;
mod find_session;
mod correct;
mod hidden;
mod log;
mod mistakes;
mod note;
mod places;
mod pages;
mod profiles;
mod restore;
mod roller;
mod rows;
mod serum;
mod strike;
mod sync;
mod typed;
mod undo;
mod unknown;
mod dash;
mod unprinted;
mod windows;
mod writing;
