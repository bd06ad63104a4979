//! What the screens claim is so: that the screen stays on, and that something is saved.

use dermaroll::tui::app::Saving;
use engine::protocol::Kind;
use store::startup::InhibitorState;

use crate::support::app_driver::{AppDriver, NARROW, WIDE};
use crate::support::screens::every_screen;
use crate::walkthrough::screens::at_both;

#[test]
fn the_last_touch_says_that_the_screen_stays_on_once_it_is_known() {
    at_both(|size| {
        let mut driver = AppDriver::cleared(size);
        driver.keys("s");
        for (state, said) in [
            (InhibitorState::Asked, "tays on: checking"),
            (InhibitorState::Held, "tays on: yes"),
            (InhibitorState::Refused, "may turn off: set it to 10 min"),
        ] {
            driver.app.awake = state;
            driver.draw();
            assert!(driver.screen.contains(said), "{said}: {}", driver.screen);
        }
        driver.snapshot("last-touch-may-turn-off");
    });
}

/// What may be said of a session that goes on unsaved.
const UNSAVED: [&str; 8] = [
    "not saved",
    "not all of it is saved",
    "not all of this is saved",
    "not all of it could be saved",
    "not all saved",
    "could not be written down",
    "what was saved before stays",
    "look whether it is saved",
];

#[test]
fn where_a_session_goes_on_unsaved_nothing_is_said_to_be_saved() {
    let mut wrong = Vec::new();
    for size in [WIDE, NARROW] {
        for (name, mut driver) in every_screen() {
            // A rehearsal says that it saves nothing, and before a session begins nothing can fail.
            let is_session = driver.app.session().is_some_and(|session| session.protocol().kind == Kind::Session);
            if driver.app.saving != Saving::Saved || !is_session {
                continue;
            }
            driver.app.saving = Saving::Unsaved;
            driver.size = size;
            driver.draw();
            let text = driver.screen.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let text = UNSAVED.iter().fold(text, |text, said| text.replace(said, ""));
            if let Some(claim) =
                ["saved", "written down", "kept on", "own files"].iter().find(|claim| text.contains(**claim))
            {
                wrong.push(format!("{name} at {size:?}: {claim}\n{}", driver.screen));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
