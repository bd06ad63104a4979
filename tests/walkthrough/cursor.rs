//! Where the terminal's own cursor stands: input methods, magnifiers and braille follow it.

use dermaroll::content::keymap::Key;

use crate::support::app_driver::{AppDriver, NARROW, TINY, WIDE};
use crate::support::screens::every_screen;

/// What stands left of the cursor in its row.
fn left_of_cursor(driver: &AppDriver) -> String {
    let (column, row) = driver.cursor;
    driver.screen.lines().nth(usize::from(row)).unwrap_or_default().chars().take(usize::from(column)).collect()
}

#[test]
fn it_stands_in_the_open_field_on_every_screen_that_has_one() {
    let mut fields = 0;
    for (name, mut driver) in every_screen() {
        let Some(editor) = driver.app.editor() else { continue };
        let text = if editor.takes_letters() { "\u{e4}b\u{65e5}c" } else { "12" };
        editor.replace(text);
        fields += 1;
        for size in [WIDE, NARROW, (39, 14), (200, 6), TINY, (19, 5), (80, 4), (19, 4), (19, 1)] {
            driver.size = size;
            driver.draw();
            // A character of two columns has an empty cell behind it.
            let is_in_the_field = |driver: &AppDriver, what: &str| {
                let left = left_of_cursor(driver).replace(' ', "");
                assert!(left.ends_with(text), "{name} at {size:?}, {what}: {left:?} in\n{}", driver.screen);
            };
            is_in_the_field(&driver, "when it opens");
            driver.seconds(1);
            is_in_the_field(&driver, "a second later");
            for key in [Key::Down, Key::Down, Key::PageDown, Key::Up] {
                driver.key(key);
                is_in_the_field(&driver, "scrolled");
            }
            driver.app.notice = driver.app.words.say("early.changed").into();
            driver.draw();
            is_in_the_field(&driver, "with a notice");
            driver.key(Key::Home).key(Key::End);
        }
        driver.size = WIDE;
        driver.press(Key::Left);
        driver.draw();
        let shorter: String = text.chars().take(text.chars().count() - 1).collect();
        assert!(left_of_cursor(&driver).replace(' ', "").ends_with(&shorter), "{name}: one to the left");
    }
    assert!(fields >= 7, "{fields} fields");
}

#[test]
fn all_of_a_page_with_a_field_can_be_read_in_the_smallest_window() {
    for (name, mut driver) in every_screen() {
        if driver.app.editor().is_none() {
            continue;
        }
        let words = |driver: &AppDriver| -> Vec<String> {
            let rows = driver.screen.lines().skip(1);
            rows.flat_map(|row| row.trim_end_matches(['v', '^']).split_whitespace().map(str::to_owned)).collect()
        };
        driver.draw();
        let mut wanted = words(&driver);
        // The foot names fewer keys where there is less room, and a rule is none of the words.
        let foot = wanted.len() - driver.screen.lines().last().unwrap_or_default().split_whitespace().count();
        wanted.truncate(foot);
        wanted.retain(|word| !word.starts_with('─'));
        driver.size = TINY;
        driver.draw();
        let mut read = words(&driver);
        for _ in 0..40 {
            driver.key(Key::Down);
            read.extend(words(&driver));
        }
        wanted.retain(|word| !read.contains(word));
        assert!(wanted.is_empty(), "{name}: {wanted:?} in\n{}", driver.screen);
    }
}

#[test]
fn it_stands_at_the_chosen_row_of_the_answers() {
    let mut driver = AppDriver::soaking(WIDE);
    driver.no_to_all().key(Key::Down).key(Key::Down);
    let (column, row) = driver.cursor;
    let line = driver.screen.lines().nth(usize::from(row)).unwrap();
    assert_eq!(line.chars().nth(usize::from(column)), Some('>'), "{line:?}");
}
