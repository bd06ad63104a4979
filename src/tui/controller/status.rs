//! The exit status that goes with each end.

use crate::exit;
use crate::tui::app::Exit;

/// The exit status that goes with it.
pub fn status(how: Exit) -> u8 {
    match how {
        Exit::Done => exit::DONE,
        Exit::StoppedByList => exit::STOPPED_BY_LIST,
        Exit::Early => exit::EARLY,
        Exit::NotSaved => exit::NOT_SAVED,
        Exit::SomeSkipped => exit::SOME_SKIPPED,
        Exit::Interrupted => exit::INTERRUPTED,
    }
}
