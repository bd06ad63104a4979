//! A second that passes changes the digits, a cell of a bar, and the words that count; nothing else moves.

use dermaroll::tui::view::Line;
use engine::protocol::Direction;

use super::fixture::{Sketch, drawn};
use super::later::rolling;

/// How long a stroke lasts, in seconds, and a section of three.
const STROKE: u16 = 8;
const SECTION: u16 = 3 * STROKE;

/// The rolling screen with so many seconds left in the section, of 1 to [`SECTION`].
fn second(left: u16) -> Sketch {
    let stroke = (SECTION - left) / STROKE;
    let direction = match stroke {
        0 => Direction::UpDown,
        1 => Direction::SideToSide,
        _ => Direction::Diagonal,
    };
    let of_stroke = (left - 1) % STROKE + 1;
    let mut view = rolling(direction, &of_stroke.to_string());
    view.status.wide = Line::plain(format!("1:{left:02} to go"));
    view.status.narrow = Line::plain(format!("1:{left:02} left"));
    if let Some(face) = &mut view.face {
        for (place, (_, share)) in (0..).zip(&mut face.strokes) {
            share.thousandths = match stroke.cmp(&place) {
                core::cmp::Ordering::Greater => 1000,
                core::cmp::Ordering::Equal => (STROKE - of_stroke) * 1000 / STROKE,
                core::cmp::Ordering::Less => 0,
            };
        }
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
                    symbol.chars().all(|one| matches!(one, ' ' | '#' | '.' | '0'..='9' | '\u{2588}'..='\u{258f}'))
                };
                assert!(
                    moving(before.symbol()) && moving(after.symbol()),
                    "cell {place} at {width}x{height}: {before:?} became {after:?}"
                );
            }
        }
    }
}
