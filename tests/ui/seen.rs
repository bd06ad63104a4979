//! What a screen says was seen was on screen: the answers to a question and the confirmation rest on it.

use std::collections::BTreeSet;

use dermaroll::tui::view::{Foot, Line, Seen, Tone};

use super::fixture::{On, Sketch, drawn, plain, question, review, rows, text};

fn scrolled(view: Sketch, scroll: usize) -> Sketch {
    Sketch { scroll, ..view }
}

fn rows_of(view: &Sketch, width: u16, height: u16) -> (Vec<String>, Seen) {
    let (buffer, seen) = drawn(view, width, height);
    (rows(&buffer), seen)
}

/// Twelve numbered paragraphs of one row.
fn long() -> Sketch {
    let blocks = (1..=12).map(|number| text(On::All, 2, plain(&format!("row {number}.")))).collect();
    Sketch { blocks, ..question() }
}

#[test]
fn a_question_that_fits_is_whole() {
    for (width, height) in [(80, 24), (40, 15), (200, 60)] {
        let (_, seen) = rows_of(&question(), width, height);
        assert_eq!((seen.whole, seen.end, seen.max_scroll), (true, true, 0), "{width}x{height}");
    }
}

#[test]
fn a_question_in_a_tiny_window_is_whole_only_at_its_end_and_in_parts() {
    // Three rows of body.
    let (shown, seen) = rows_of(&long(), 20, 5);
    assert!(shown[1].starts_with("row 1.") && shown[3].starts_with("row 3."), "{shown:?}");
    assert_eq!((seen.whole, seen.end, seen.page, seen.max_scroll), (false, false, 3, 9));

    let (shown, seen) = rows_of(&scrolled(long(), 8), 20, 5);
    assert!(shown[1].starts_with("row 9.") && shown[3].starts_with("row 11."), "{shown:?}");
    assert!(!seen.end);

    // Further than the end is the end.
    for scroll in [9, 10, usize::MAX] {
        let (shown, seen) = rows_of(&scrolled(long(), scroll), 20, 5);
        assert!(shown[3].starts_with("row 12."), "{shown:?}");
        assert_eq!((seen.whole, seen.end), (false, true));
    }
}

#[test]
fn a_window_below_every_class_shows_no_question() {
    for (width, height) in [(19, 5), (20, 4), (200, 4), (1, 1), (0, 0)] {
        let (_, seen) = rows_of(&question(), width, height);
        assert_eq!((seen.whole, seen.end, seen.rows), (false, false, Vec::new()), "{width}x{height}");
    }
}

#[test]
fn more_rows_are_announced_in_the_margin() {
    let at = |scroll| {
        let shown = rows_of(&scrolled(long(), scroll), 20, 5).0;
        (shown[1].ends_with('^'), shown[3].ends_with('v'))
    };
    assert_eq!(at(0), (false, true));
    assert_eq!(at(4), (true, true));
    assert_eq!(at(9), (true, false));
    assert!(!rows_of(&question(), 80, 24).0.iter().any(|row| row.ends_with(['^', 'v'])));
}

#[test]
fn a_large_window_shows_every_line_of_the_review() {
    let (_, seen) = rows_of(&review(0), 80, 24);
    assert_eq!(seen.rows.into_iter().collect::<BTreeSet<_>>(), (0..24).collect());
}

/// Going down line by line shows them all, the cursor always among them, and each that counts as seen is there with
/// its title and all of its answer.
#[test]
fn a_review_line_is_seen_when_all_of_it_is_on_screen() {
    for (width, height) in [(40, 15), (60, 18), (20, 5), (23, 7), (79, 23), (30, 14)] {
        let mut all = BTreeSet::new();
        for cursor in 0..24 {
            let (shown, seen) = rows_of(&review(cursor), width, height);
            assert!(seen.rows.contains(&cursor), "line {cursor} at {width}x{height}: {seen:?}\n{}", shown.join("\n"));
            let marked = shown.iter().filter(|row| row.starts_with('>') || row.starts_with(" >")).count();
            assert_eq!(marked, 1, "{}", shown.join("\n"));
            let shown: Vec<&str> = shown.iter().map(|row| row.trim_end_matches(['^', 'v'])).collect();
            let text = shown.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            if seen.rows.contains(&9) && height > 8 {
                assert!(text.contains("a doctor said yes"), "{text}");
            }
            all.extend(seen.rows);
        }
        assert_eq!(all, (0..24).collect(), "{width}x{height}");
    }
}

/// Line 10 takes two rows. Where an edge of the window comes between the two, it has not been seen.
#[test]
fn a_line_cut_by_the_edge_is_not_seen() {
    let mut cuts = 0;
    for (cursor, height) in (0..24).flat_map(|cursor| (15..24).map(move |height| (cursor, height))) {
        let (shown, seen) = rows_of(&review(cursor), 40, height);
        let has = |text: &str| shown.iter().any(|row| row.contains(text));
        let (title, answer) = (has("10  diabetes"), has("a doctor said yes"));
        assert_eq!(seen.rows.contains(&9), title && answer, "cursor {cursor}, height {height}: {shown:?}");
        cuts += u32::from(title != answer);
    }
    assert!(cuts > 0, "no window cuts the line in two");
}

#[test]
fn what_is_said_below_a_list_stays_in_sight_while_it_scrolls() {
    for cursor in [0, 12, 23] {
        let (shown, _) = rows_of(&review(cursor), 40, 15);
        assert!(shown.iter().any(|row| row.contains("Confirm opens at the end.")), "{shown:?}");
    }
}

#[test]
fn gaps_close_before_anything_scrolls() {
    let mut view = question();
    let last = Line::toned("Press Ctrl-C once more to leave.", Tone::Strong);
    view.blocks.extend([text(On::All, 2, last), text(On::All, 2, plain("And one more."))]);
    let (shown, seen) = rows_of(&view, 80, 24);
    assert!(seen.whole, "{shown:?}");
    assert!(shown.iter().any(|row| row.contains("And one more.")));
    // The last gaps go first, so that the question keeps the room around it.
    assert!(shown[4].trim().is_empty() || shown[3].trim().is_empty(), "{shown:?}");
}

/// What of a notice does not fit is scrolled, with a mark that there is more; nothing of it is passed over.
#[test]
fn a_notice_that_does_not_fit_is_scrolled_to_its_end() {
    let words: Vec<String> = (1..=60).map(|number| format!("w{number}")).collect();
    for (width, height) in [(20, 5), (39, 14), (24, 6), (19, 4), (19, 3), (60, 2), (40, 15), (80, 24)] {
        let (mut unread, mut scroll) = (words.clone(), 0);
        loop {
            let mut view = question();
            view.foot = Foot::Notice { line: Line::plain(words.join(" ")), scroll };
            let (shown, seen) = rows_of(&view, width, height);
            let bare = |row: &String| row.trim_end_matches(['v', '^']).to_owned();
            let shown: Vec<String> = shown.iter().map(|row| row.trim_end().to_owned()).collect();
            unread.retain(|word| !shown.iter().any(|row| bare(row).split_whitespace().any(|shown| shown == word)));
            let marked = shown.iter().any(|row| row.ends_with('v'));
            assert!(marked || seen.notice_below == 0, "{width}x{height}: {shown:?}");
            if seen.notice_below == 0 {
                break;
            }
            scroll += 1;
        }
        assert!(unread.is_empty(), "{width}x{height}: {unread:?}");
    }
}
