//! Every text that comes from outside, on the screens that show it and in the record that keeps it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dermaroll::content::keymap::Key;
use dermaroll::tui::app::Saving;
use engine::safety::Roller;
use store::record::{FilePart, RecordedEntry};
use store::startup::{DueState, StartupContext};

use crate::fuzz_checks::text::{first_hidden, text_of};
use crate::fuzz_checks::wrap;
use crate::support::app_driver::{AppDriver, NARROW, WIDE, first_run, returning};
use crate::support::counts::count;
use crate::text::payloads::{PAYLOADS, text};

/// Somebody whose files hold `payload` wherever they hold text.
fn startup(payload: &str) -> StartupContext {
    let mut startup = returning();
    for available in &mut startup.rollers {
        available.roller = Roller { name: format!("blue {payload} 0.13"), ..available.roller.clone() };
    }
    startup.serum = format!("plain {payload}");
    if let Some(last) = &mut startup.last {
        last.note = format!("pink {payload} until Monday");
    }
    startup
}

#[track_caller]
fn assert_plain(shown: &str, what: &str) {
    let hidden = first_hidden(shown);
    assert!(hidden.is_none(), "{what}: {:#x} in\n{shown}", u32::from(hidden.unwrap()));
}

fn walks(payload: &str, what: &str, size: (u16, u16)) {
    let mut driver = AppDriver::new(startup(payload), size);
    assert_plain(&driver.screen, what);
    driver.key(Key::Enter);
    assert_plain(&driver.screen, what);
    driver.keys(" ").keys("n");
    assert_plain(&driver.screen, what);
    driver.app.saving = Saving::Failed(format!("/home/{payload}: no room"));
    driver.draw();
    assert_plain(&driver.screen, what);
    driver.app.saving = Saving::Unsaved;
    driver.app.notice = format!("could not retire {payload}").into();
    driver.draw();
    assert_plain(&driver.screen, what);
    for entry in &driver.entries {
        let block = RecordedEntry::of(&driver.app.protocols.session, entry)
            .unwrap()
            .to_text(FilePart::BeforeSummary, "")
            .unwrap();
        assert_plain(&block, what);
    }
}

fn is_typed(payload: &str, what: &str, size: (u16, u16)) {
    let mut driver = AppDriver::new(first_run(), size);
    driver.key(Key::Enter);
    driver.app.paste(payload, driver.now());
    payload.chars().for_each(|c| driver.press(Key::Char(c)));
    driver.draw();
    assert_plain(&driver.screen, what);
    let mut driver = AppDriver::new(StartupContext { due: DueState::NotYet { in_days: 3 }, ..startup(payload) }, size);
    driver.key(Key::Enter);
    driver.app.paste(payload, driver.now());
    driver.draw();
    assert_plain(&driver.screen, what);
}

#[test]
fn what_writing_needs_is_drawn_as_it_is_typed() {
    for size in [WIDE, NARROW] {
        for typed in ["می\u{200c}خواهم", "क्\u{200d}ष", "\u{1f469}\u{200d}\u{1f52c}", "\u{2764}\u{fe0f}"] {
            let mut driver = AppDriver::new(first_run(), size);
            driver.key(Key::Enter);
            typed.chars().for_each(|c| driver.press(Key::Char(c)));
            driver.draw();
            assert!(driver.screen.contains(typed), "{typed:?} at {size:?}:\n{}", driver.screen);
        }
        // The same characters where they hide something.
        let mut driver = AppDriver::new(first_run(), size);
        driver.key(Key::Enter);
        "a\u{200c}b\u{200d}".chars().for_each(|c| driver.press(Key::Char(c)));
        driver.draw();
        assert!(driver.screen.contains("a?b?"), "{}", driver.screen);
    }
}

#[test]
fn nothing_hidden_is_ever_drawn_or_recorded() {
    let sizes = [WIDE, NARROW, (20, 5), (12, 3)];
    let each = usize::try_from(count(1, 4)).unwrap();
    for (place, (what, payload)) in PAYLOADS.into_iter().enumerate() {
        for size in sizes.into_iter().cycle().skip(place % 4).take(each) {
            walks(&text(payload), what, size);
            is_typed(&text(payload), what, size);
        }
    }
}

/// The whole drawing of a page, not the wrapping alone, in every small window.
#[test]
fn any_text_is_drawn_in_any_window() {
    let mut state: u64 = 0x2545_f491_4f6c_dd1d;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()
    };
    for _ in 0..count(2_000, 1_000_000) {
        let [width, height, tones, length, ..] = next();
        let mut bytes: Vec<u8> = (0..length / 16).flat_map(|_| next()).collect();
        // Blanks and letters as often as anything else, so that there are words to wrap.
        bytes.iter_mut().step_by(3).for_each(|byte| *byte = if *byte < 100 { b' ' } else { b'a' + *byte % 26 });
        let (text, width, height) = (text_of(&bytes), u16::from(width % 41), u16::from(height % 21));
        if catch_unwind(AssertUnwindSafe(|| wrap::draws(&text, tones, width, height))).is_err() {
            panic!("{text:?} in {width}x{height}, weights {tones}");
        }
    }
}
