//! Where the terminal's own cursor stands: input methods, magnifiers and braille follow it.

use dermaroll::keymap::Key;

use crate::support::screens::every_screen;
use crate::support::stage::{NARROW, Stage, WIDE};

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
        for size in [WIDE, NARROW] {
            stage.size = size;
            stage.draw();
            // A character of two columns has an empty cell behind it.
            let left = left_of_cursor(&stage).replace(' ', "");
            assert!(left.ends_with(text), "{name} at {size:?}: {left:?} in\n{}", stage.screen);
            stage.seconds(1);
            assert!(left_of_cursor(&stage).replace(' ', "").ends_with(text), "{name}, a second later");
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
fn it_stands_at_the_chosen_row_of_the_answers() {
    let mut stage = Stage::soaking(WIDE);
    stage.no(24).key(Key::Down).key(Key::Down);
    let (column, row) = stage.cursor;
    let line = stage.screen.lines().nth(usize::from(row)).unwrap();
    assert_eq!(line.chars().nth(usize::from(column)), Some('>'), "{line:?}");
}
