//! The same screens in ASCII, without colour and in high contrast, at every class of window: what they say must not
//! depend on how they look.

use dermaroll::content::keymap::Key;
use dermaroll::tui::ui::{Ink, Theme};

use crate::support::computer::{Computer, ProgramRun};
use crate::support::program::{questions, snapshot};

/// A large window, the usual one, a phone, the least compact, the least tiny, and less than that.
const SIZES: [(u16, u16); 6] = [(120, 36), (80, 24), (46, 19), (40, 15), (20, 5), (19, 4)];

/// From the welcome screen to the summary; `look` is called on each screen of note.
fn go_through(run: &mut ProgramRun<'_>, look: &mut dyn FnMut(&str, &mut ProgramRun<'_>)) {
    look("welcome", run);
    run.soaking();
    look("question", run);
    run.answered();
    look("verdict", run);
    run.seconds(600).keys("s");
    look("last touch", run);
    run.keys("dy ").seconds(165);
    look("rolling", run);
    run.keys("x");
    look("pause", run);
    run.keys(" ").seconds(500);
    look("after", run);
    run.keys("nnnnn").key(Key::Enter);
    look("summary", run);
}

fn stopped(run: &mut ProgramRun<'_>, look: &mut dyn FnMut(&str, &mut ProgramRun<'_>)) {
    run.soaking().keys("y").no(questions() - 1).seconds(6).keys("c");
    look("stop", run);
}

fn each_screen(computer: &mut Computer, mut look: impl FnMut(&str, &mut ProgramRun<'_>)) {
    go_through(&mut computer.start(), &mut look);
    let mut other = Computer::new();
    other.theme = computer.theme.clone();
    stopped(&mut other.start(), &mut look);
}

/// A theme, without the character that is no ASCII where that is asked for.
fn computer(ink: Ink, ascii: bool) -> Computer {
    let mut computer = Computer::new();
    computer.theme = Theme::shipped(ink, ascii);
    computer
}

#[test]
fn in_ascii_nothing_else_is_drawn() {
    for (width, height) in SIZES {
        let mut all = String::new();
        each_screen(&mut computer(Ink::Weight, true), |name, run| {
            let (screen, _) = run.at((width, height));
            assert!(screen.is_ascii(), "{name} at {width}x{height}:\n{screen}");
            all.push_str(&format!("-- {name}\n{screen}\n"));
        });
        snapshot(&format!("looks-ascii@{width}x{height}"), &all);
    }
}

#[test]
fn colour_and_contrast_change_no_word() {
    for size in SIZES {
        let mut screens = Vec::new();
        for ink in [Ink::Full, Ink::Weight, Ink::HighContrast] {
            let mut seen = Vec::new();
            // What a field is filled with is no word.
            let words = |text: String| -> Vec<String> {
                let kept = |c: char| c.is_ascii() || c == '✓';
                text.lines().map(|row| row.chars().filter(|c| kept(*c)).collect::<String>()).map(squeezed).collect()
            };
            each_screen(&mut computer(ink, false), |_, run| seen.push(words(run.at(size).0)));
            screens.push(seen);
        }
        assert_eq!(screens[0], screens[1]);
        assert_eq!(screens[0], screens[2]);
    }
}

/// `row` without what the fields of the face and blanks leave between words.
fn squeezed(row: String) -> String {
    row.split_whitespace().collect()
}

/// Text with the letters of its styles below each row that has any.
fn with_styles(screen: &str, styles: &[String]) -> String {
    let rows = screen.lines().map(str::to_owned).chain(std::iter::repeat(String::new()));
    let pair = |(text, style): (String, &String)| if style.is_empty() { text } else { format!("{text}\n{style}") };
    rows.zip(styles).map(pair).collect::<Vec<_>>().join("\n")
}

#[test]
fn without_colour_weight_is_left_and_in_high_contrast_nothing_is_faint() {
    for (name, ink, forbidden) in [("no-colour", Ink::Weight, "c!"), ("high-contrast", Ink::HighContrast, "c!du")] {
        let mut all = String::new();
        each_screen(&mut computer(ink, false), |name, run| {
            let (screen, styles) = run.at((46, 19));
            let letters = styles.concat();
            assert!(!letters.contains(|style| forbidden.contains(style)), "{name}: {letters}");
            assert!(letters.contains(['b', 'B']), "{name}: nothing stands out");
            all.push_str(&format!("-- {name}\n{}\n", with_styles(&screen, &styles)));
        });
        snapshot(&format!("looks-{name}@46x19"), &all);
    }
}
