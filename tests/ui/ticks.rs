//! A second that passes changes the digits, a cell of a bar, and the words that count; nothing else moves.

use core::cmp::Ordering;

use dermaroll::tui::view::{Line, Tone};
use engine::protocol::Direction;

use super::fixture::{Sketch, drawn};
use super::later::rolling;

/// How long a stroke lasts, in seconds, and a section of three.
const STROKE: u16 = 8;
const SECTION: u16 = 3 * STROKE;

/// The rolling screen with so many seconds left in the section, of 1 to [`SECTION`].
fn second(left: u16) -> Sketch {
    let stroke = (SECTION - left) / STROKE;
    let (direction, next) = match stroke {
        0 => (Direction::UpDown, "then side to side"),
        1 => (Direction::SideToSide, "then diagonal"),
        _ => (Direction::Diagonal, "then move on"),
    };
    let mut view = rolling(direction, &format!("0:{left:02}"));
    view.status.wide = Line::plain(format!("1:{left:02} to go   ends 19:44"));
    view.status.narrow = Line::plain(format!("1:{left:02} left"));
    if let Some(face) = &mut view.face {
        face.section.1.thousandths = 1000 - left * 1000 / SECTION;
        face.session.1.thousandths = 200 + (SECTION - left) * 1000 / 132;
        face.turn = Line::plain(format!("{next}, in 0:{:02}", (left - 1) % STROKE + 1));
        face.strokes = (0..).zip(["up-down", "side-side", "diagonal"]).fold(Line::default(), |line, (place, name)| {
            let line = if place == 0 { line } else { line.and(" | ", Tone::Quiet) };
            match stroke.cmp(&place) {
                Ordering::Greater => line.and(format!("{name} done"), Tone::Quiet),
                Ordering::Equal => line.and(name.to_uppercase(), Tone::Strong),
                Ordering::Less => line.and(name, Tone::Plain),
            }
        });
    }
    view
}

/// Another stroke begins with this second.
fn turns(left: u16) -> bool {
    left.is_multiple_of(STROKE)
}

#[test]
fn nothing_but_digits_bars_and_counting_words_changes() {
    for (width, height) in [(80, 24), (40, 15), (120, 36)] {
        for left in (1..SECTION).filter(|left| !turns(*left)) {
            let (before, _) = drawn(&second(left + 1), width, height);
            let (after, _) = drawn(&second(left), width, height);
            for (place, (before, after)) in before.content().iter().zip(after.content()).enumerate() {
                if before == after {
                    continue;
                }
                let moving = |symbol: &str| {
                    matches!(symbol, "\u{2588}" | " " | "#" | ".") || symbol.chars().all(|one| one.is_ascii_digit())
                };
                assert!(
                    moving(before.symbol()) && moving(after.symbol()),
                    "cell {place} at {width}x{height}: {before:?} became {after:?}"
                );
            }
        }
    }
}
