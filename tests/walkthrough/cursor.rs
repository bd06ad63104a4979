//! Where the terminal's own cursor stands: input methods, magnifiers and braille follow it.

use dermaroll::content::keymap::Key;

use crate::support::screens::every_screen;
use crate::support::stage::{NARROW, Stage, TINY, WIDE};

/// What stands left of the cursor in its row.
fn left_of_cursor(stage: &Stage) -> String {
    let (column, row) = stage.cursor;
    stage.screen.lines().nth(usize::from(row)).unwrap_or_default().chars().take(usize::from(column)).collect()
}

#[test]
fn it_stands_in_the_open_field_on_every_screen_that_has_one() {
    let mut fields = 0;
    for (name, mut stage) in every_screen() {
        let Some(editor) = stage.app.editor() else { continue };
        let text = if editor.takes_letters() { "\u{e4}b\u{65e5}c" } else { "12" };
        editor.replace(text);
        fields += 1;
        for size in [WIDE, NARROW, (39, 14), (200, 6), TINY, (19, 5), (80, 4), (19, 4), (19, 1)] {
            stage.size = size;
            stage.draw();
            // A character of two columns has an empty cell behind it.
            let is_in_the_field = |stage: &Stage, what: &str| {
                let left = left_of_cursor(stage).replace(' ', "");
                assert!(left.ends_with(text), "{name} at {size:?}, {what}: {left:?} in\n{}", stage.screen);
            };
            is_in_the_field(&stage, "when it opens");
            stage.seconds(1);
            is_in_the_field(&stage, "a second later");
            for key in [Key::Down, Key::Down, Key::PageDown, Key::Up] {
                stage.key(key);
                is_in_the_field(&stage, "scrolled");
            }
            stage.app.notice = stage.app.words.say("early.changed").into();
            stage.draw();
            is_in_the_field(&stage, "with a notice");
            stage.key(Key::Home).key(Key::End);
        }
        stage.size = WIDE;
        stage.press(Key::Left);
        stage.draw();
        let shorter: String = text.chars().take(text.chars().count() - 1).collect();
        assert!(left_of_cursor(&stage).replace(' ', "").ends_with(&shorter), "{name}: one to the left");
    }
    assert!(fields >= 7, "{fields} fields");
}

#[test]
fn all_of_a_page_with_a_field_can_be_read_in_the_smallest_window() {
    for (name, mut stage) in every_screen() {
        if stage.app.editor().is_none() {
            continue;
        }
        let words = |stage: &Stage| -> Vec<String> {
            let rows = stage.screen.lines().skip(1);
            rows.flat_map(|row| row.trim_end_matches(['v', '^']).split_whitespace().map(str::to_owned)).collect()
        };
        stage.draw();
        let mut wanted = words(&stage);
        // The foot names fewer keys where there is less room, and a rule is none of the words.
        let foot = wanted.len() - stage.screen.lines().last().unwrap_or_default().split_whitespace().count();
        wanted.truncate(foot);
        wanted.retain(|word| !word.starts_with("--"));
        stage.size = TINY;
        stage.draw();
        let mut read = words(&stage);
        for _ in 0..40 {
            stage.key(Key::Down);
            read.extend(words(&stage));
        }
        wanted.retain(|word| !read.contains(word));
        assert!(wanted.is_empty(), "{name}: {wanted:?} in\n{}", stage.screen);
    }
}

#[test]
fn it_stands_at_the_chosen_row_of_the_answers() {
    let mut stage = Stage::soaking(WIDE);
    stage.no_to_all().key(Key::Down).key(Key::Down);
    let (column, row) = stage.cursor;
    let line = stage.screen.lines().nth(usize::from(row)).unwrap();
    assert_eq!(line.chars().nth(usize::from(column)), Some('>'), "{line:?}");
}
