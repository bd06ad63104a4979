//! Small bars, one for each of the last sessions, with what they show in words beside them.

use super::Scene;
use super::sheet::{plain, quiet, row};
use crate::tui::view::{Form, Line, Means, Piece, Row, Tone};
use engine::protocol::words::borrowed;
use store::calendar::Date;

/// A bar of each height, and what stands for it in ASCII.
const BARS: [(&str, &str); 8] = [
    ("\u{2581}", "_"),
    ("\u{2582}", "."),
    ("\u{2583}", "-"),
    ("\u{2584}", "="),
    ("\u{2585}", "+"),
    ("\u{2586}", "*"),
    ("\u{2587}", "#"),
    ("\u{2588}", "@"),
];
/// Where nothing was said.
const NONE: (&str, &str) = ("\u{b7}", " ");
/// The highest level of how it felt.
const MOST_FELT: i64 = 5;

/// Days between the `sessions`, which are in order, and how they felt: a row for each, where there is something to compare
/// and room for it.
pub(super) fn rows(scene: &Scene, sessions: &[(Date, Option<u8>)]) -> Vec<Row> {
    if !scene.is_wide() {
        return Vec::new();
    }
    let days = sessions.windows(2).filter_map(|pair| Some((pair.get(1)?.0.days_since(pair.first()?.0)).max(0)));
    let days: Vec<Option<i64>> = days.map(Some).collect();
    let felt: Vec<Option<i64>> = sessions.iter().map(|(_, felt)| felt.map(i64::from)).collect();
    let mut rows = Vec::new();
    if let Some((least, most)) = ends(&days) {
        let mut line = bars(&days, most.max(1));
        // Each stands above how the later of the two sessions felt.
        line.0.insert(0, Piece::new("  ", Tone::Plain));
        rows.push(spark(scene, "spark.days", line, words(scene, ["spark.every", "spark.every-to"], least, most)));
    }
    if let Some((least, most)) = ends(&felt).filter(|_| sessions.len() > 1) {
        rows.push(spark(
            scene,
            "spark.felt",
            bars(&felt, MOST_FELT),
            words(scene, ["spark.level", "spark.level-to"], least, most),
        ));
    }
    rows
}

fn ends(values: &[Option<i64>]) -> Option<(i64, i64)> {
    let known = || values.iter().flatten().copied();
    known().min().zip(known().max())
}

/// The one value, or from the least to the most.
fn words(scene: &Scene, [one, several]: [&str; 2], least: i64, most: i64) -> String {
    let (least, most) = (least.to_string(), most.to_string());
    scene.fill(if least == most { one } else { several }, &borrowed(&[("least", least), ("most", most)]))
}

/// Nobody hears bars: in plain lines the words alone.
fn spark(scene: &Scene, label: &str, bars: Line, words: String) -> Row {
    let label = quiet(scene.say(label));
    let mut line = bars;
    line.0.push(Piece::new(words, Tone::Plain));
    row([label, if scene.form == Form::LineMode { plain(line.0.pop().unwrap_or_default().text) } else { line }])
}

fn bars(values: &[Option<i64>], most: i64) -> Line {
    let last = i64::try_from(BARS.len() - 1).unwrap_or(0);
    let bar = |value: &Option<i64>| {
        let level = value.map(|value| usize::try_from(value.clamp(0, most) * last / most).unwrap_or(0));
        let (drawn, ascii) = level.and_then(|level| BARS.get(level)).copied().unwrap_or(NONE);
        Piece { text: ascii.to_owned(), tone: Tone::Strong, means: Means::Mark(drawn) }
    };
    let gap = |text: &str| Piece::new(text, Tone::Plain);
    let mut pieces: Vec<Piece> = values.iter().flat_map(|value| [bar(value), gap(" ")]).collect();
    pieces.push(gap("  "));
    Line(pieces)
}
