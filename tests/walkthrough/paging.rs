//! What does not fit into the window is read by scrolling and by pages, and nothing is passed over.

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Saving;
use store::known::{DueState, Known};

use crate::support::program::questions;
use crate::support::screens::every_screen;
use crate::support::stage::{NARROW, Stage, TINY, WIDE, first_run, returning};

/// Answers every question, with yes where `is_yes` says so for its place, and whatever that leads to.
fn answer(stage: &mut Stage, is_yes: impl Fn(usize) -> bool) {
    let mut numbers = 0..questions();
    for _ in 0..100 {
        match stage.app.screen_name().id() {
            "review" => return,
            "doctor" => stage.keys("3"),
            "which" => stage.keys("1").key(Key::Enter),
            "ago" => stage.types("41").keys("d"),
            "where" => stage.keys("12").key(Key::Enter),
            "around" => stage.keys("r"),
            _ => stage.keys(if numbers.next().is_some_and(&is_yes) { "y" } else { "n" }),
        };
    }
    panic!("no review:\n{}", stage.screen);
}

/// However long the answers are, paging passes over no line, and does not take longer than lines of two rows ask for.
#[test]
fn the_review_is_read_by_pages_alone() {
    for size in [NARROW, (46, 19), (60, 18), (79, 21), (80, 22)] {
        for yes in 0..questions() {
            let mut stage = Stage::soaking(NARROW);
            answer(&mut stage, |question| question == yes || question == 19 || yes % 4 == 0);
            // Read in a window of another size than it was answered in, too.
            stage.size = size;
            stage.draw();
            let mut pages = 0;
            while !stage.app.review_read() {
                stage.key(Key::PageDown);
                pages += 1;
                assert!(pages < 50, "{size:?}, yes to {yes}:\n{}", stage.screen);
            }
            assert!(size != NARROW || pages <= 6, "{pages} pages at {size:?}");
        }
    }
}

/// Every page can be read to its end in the smallest window that shows pages.
#[test]
fn in_the_smallest_window_every_page_scrolls_to_its_end() {
    let early = Known { due: DueState::NotYet { in_days: 16 }, ..returning() };
    let soon = Known { due: DueState::TooSoon { in_days: 25, possible_in: 4 }, ..returning() };
    let touched = |stage: &mut Stage| {
        stage.seconds(10).press(Key::Other);
        stage.keys("d");
    };
    let mut sterilise = Stage::new(returning(), WIDE);
    sterilise.key(Key::Enter);
    let mut last_touch = Stage::cleared(WIDE);
    last_touch.keys("s");
    let mut roller_touched = Stage::rolling(WIDE);
    touched(&mut roller_touched);
    let pages = [
        (Stage::new(first_run(), WIDE), "first: r."),
        (Stage::new(returning(), WIDE), "again each time."),
        (Stage::new(early, WIDE), "your reason."),
        (Stage::new(soon, WIDE), "possible from"),
        (Stage::unfinished(WIDE), "nothing here."),
        (sterilise, "nothing more."),
        (Stage::cleared(WIDE), "then s."),
        (last_touch, "first."),
        (roller_touched, "event 1"),
    ];
    for (mut stage, end) in pages {
        let name = stage.app.screen_name().id();
        stage.size = (20, 5);
        stage.draw();
        for _ in 0..40 {
            stage.key(Key::Down);
        }
        assert!(!stage.screen.lines().any(|row| row.ends_with('v')), "{name}:\n{}", stage.screen);
        let flat = stage.screen.replace('\n', " ");
        assert!(flat.contains(end), "{name} ends with {end:?}:\n{}", stage.screen);
        for _ in 0..40 {
            stage.key(Key::Up);
        }
        assert!(stage.screen.lines().any(|row| row.ends_with('v')), "{name}, back at its top:\n{}", stage.screen);
    }
}

#[test]
fn a_failed_write_is_read_by_pages() {
    let mut stage = Stage::cleared(WIDE);
    stage.app.saving = Saving::Failed("The record could not be saved: no space left on the device.".into());
    stage.size = TINY;
    stage.key(Key::Other);
    assert_eq!(stage.app.screen_name().id(), "not-saved");
    let top = stage.screen.clone();
    stage.key(Key::PageDown);
    assert_ne!(stage.screen, top, "turned");
    stage.key(Key::PageUp);
    assert_eq!(stage.screen, top, "and back");
}

/// The arrows read a notice to its end, whatever else they do on that screen; the next key is one of the screen again.
#[test]
fn in_the_smallest_window_a_notice_is_read_to_its_end() {
    let mut read = 0;
    for (name, mut stage) in every_screen() {
        if stage.app.hands_are_busy() {
            continue;
        }
        let words: Vec<String> = (1..=20).map(|number| format!("w{number}")).collect();
        stage.size = TINY;
        stage.app.notice = words.join(" ").into();
        stage.draw();
        let (before, mut unread) = (stage.app.screen_id(), words);
        for _ in 0..20 {
            let shown = stage.screen.replace("v\n", "\n").replace("^\n", "\n");
            unread.retain(|word| !shown.trim_end_matches('v').split_whitespace().any(|shown| shown == word));
            if unread.is_empty() || stage.app.notice.get().is_none() {
                break;
            }
            stage.key(Key::Down);
        }
        assert!(unread.is_empty(), "{name}: {unread:?}\n{}", stage.screen);
        assert_eq!(stage.app.screen_id(), before, "{name}");
        stage.key(Key::Up);
        assert!(stage.app.notice.get().is_some() && !stage.screen.contains("w20"), "{name}: back\n{}", stage.screen);
        stage.key(Key::Other);
        assert_eq!(stage.app.notice.get(), None, "{name}");
        read += 1;
    }
    assert!(read >= 30, "{read}");
}
