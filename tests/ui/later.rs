//! Views by hand of the screens while hands are busy and after them, and all views by name.

use dermaroll::tui::view::{Block, Face, FaceMap, Field, Fill, Foot, Line, MapCell, MapSize, Piece, Share, Tone};
use engine::protocol::{Direction, PerSection, Section};

use super::fixture::{
    Fit, On, Sketch, gap, hands_free, keys, last_touch, moving, page, plain, question, quiet, review, row, soak, steps,
    strong, table, text, verdict_skip,
};

/// The map of the rolling screen, of the summary or of a question.
fn map(size: MapSize, state: impl Fn(Section) -> (&'static str, Fill)) -> FaceMap {
    let cells = PerSection::from_fn(|section| {
        let (state, fill) = state(section);
        MapCell { number: section.number().to_string(), state: state.into(), fill }
    });
    FaceMap {
        cells,
        size,
        your_left: "YOUR LEFT".into(),
        your_right: "YOUR RIGHT".into(),
        as_in_mirror: "as in the mirror".into(),
    }
}

pub(crate) fn rolling(direction: Direction, digits: &str) -> Sketch {
    let stroke = match direction {
        Direction::UpDown => "UP AND DOWN",
        Direction::SideToSide => "SIDE TO SIDE",
        Direction::Diagonal | Direction::OtherDiagonal => "DIAGONAL",
    };
    let share = |thousandths| Share { thousandths };
    let face = Face {
        digits: digits.into(),
        map: map(MapSize::Large, |section| match section {
            Section::UpperRight => ("done", Fill::Done),
            Section::UpperLeft => ("NOW", Fill::Now),
            Section::LowerRight => ("next", Fill::Next),
            Section::LowerLeft => ("", Fill::Waiting),
            Section::Mouth => ("left out", Fill::LeftOut),
        }),
        arrow: Some(direction),
        letters: stroke.into(),
        strokes: vec![
            ("up and down".into(), share(1000)),
            ("side to side".into(), share(417)),
            ("diagonal".into(), share(0)),
        ],
        lines: vec![
            Line::toned("mole here: go round it.", Tone::Alert).and(" keep off: eye", Tone::Plain),
            quiet("then  ").and("YOUR LOWER RIGHT. Switch hands.", Tone::Plain),
            plain("Light hand, each place once. Early? Wait."),
        ],
    };
    Sketch {
        head: Fit {
            wide: strong("ROLL  2 of 5").and("   ", Tone::Plain).and("YOUR UPPER LEFT", Tone::Current),
            narrow: strong("2/5").and(" ", Tone::Plain).and("YOUR UPPER LEFT", Tone::Current),
        },
        status: Fit { wide: plain("1:50 to go   ends 19:44"), narrow: plain("1:50 left") },
        mark: None,
        blocks: Vec::new(),
        face: Some(face),
        scroll: 0,
        foot: hands_free(),
        tiny: vec![
            plain(digits).and("  ", Tone::Plain).and(stroke.to_lowercase(), Tone::Strong),
            plain("keep off: eye, mole"),
            plain("Any key pauses."),
        ],
        line: format!("2/5 UPPER LEFT {digits}"),
    }
}

pub(crate) fn paused() -> Sketch {
    let choices = vec![
        row(&[strong("Space"), plain("go on"), strong("d"), plain("dropped it, or needles touched something")]),
        row(&[strong("n"), plain("enough here, next section"), strong("x"), plain("stop, then saline and save")]),
        row(&[strong("+"), plain("one more stroke, once"), Line::default(), Line::default()]),
    ];
    let narrow = vec![
        row(&[strong("Space"), plain("go on"), strong("n"), plain("enough, next")]),
        row(&[strong("+"), plain("one stroke"), strong("d"), plain("dropped it")]),
        row(&[strong("x"), plain("stop, save"), Line::default(), Line::default()]),
    ];
    let blocks = vec![
        gap(On::Wide),
        (On::All, Block::Letters { text: "PAUSED".into(), still: true }),
        gap(On::All),
        text(On::Wide, 2, plain("The clock is stopped. Your place is saved. Nothing happens until you choose.")),
        text(On::Narrow, 2, plain("Clock stopped. Place saved.")),
        text(On::Wide, 2, plain("A key was touched: going on starts with 0:30 to clean your hands.")),
        text(On::Narrow, 2, plain("Going on starts with 0:30 for hands.")),
        gap(On::All),
        table(On::Wide, 4, choices),
        table(On::Narrow, 2, narrow),
        gap(On::Wide),
        text(On::Wide, 2, strong("Blood, sharp pain, swelling, dizzy: press x. Pink already: press n.")),
        text(On::Narrow, 2, strong("Blood, pain, swelling, dizzy: x")),
    ];
    let head = Fit {
        wide: Line::toned("PAUSED  2 of 5   YOUR UPPER LEFT", Tone::Current),
        narrow: Line::toned("PAUSED 2/5 UPPER LEFT", Tone::Current),
    };
    let status = Fit { wide: plain("since 19:44   1:50 to go"), narrow: plain("since 19:44") };
    let foot = keys(&[
        ("Space", "go on", "go on"),
        ("n", "enough", ""),
        ("+", "stroke", ""),
        ("d", "dropped", ""),
        ("x", "stop and save", "stop"),
        ("?", "help", "help~"),
    ]);
    let mut view = page(head, status, blocks, foot);
    view.tiny = vec![plain("0:14 since 19:44"), plain("Clock stopped."), strong("Blood, pain, dizzy: x")];
    view.line = "PAUSED 2/5 UPPER LEFT 0:14".into();
    view
}

pub(crate) fn serum() -> Sketch {
    let names = row(&[plain("your upper right"), plain("your upper left"), plain("your lower left")]);
    let blocks = vec![
        gap(On::Wide),
        (On::All, Block::Digits { text: "1:05".into(), large: true, beside: Vec::new() }),
        gap(On::All),
        text(On::All, 2, plain("Roller down, in its dish.")),
        gap(On::Wide),
        text(On::Wide, 2, plain("Spread your serum over the sections you rolled:")),
        table(On::Wide, 4, vec![names]),
        text(On::Narrow, 2, plain("Serum: upper right, upper left, lower left.")),
        text(On::All, 2, plain("Leave alone: your lower right, around your mouth (skipped today).")),
        gap(On::All),
        table(On::All, 2, vec![row(&[quiet("serum"), plain("\"plain hyaluronic, no scent\"")])]),
    ];
    let status = Fit { wide: plain("1:05 to go   ends 19:46"), narrow: plain("1:05 left") };
    let mut view = page(steps(4), status, blocks, hands_free());
    view.tiny = vec![plain("1:05"), strong("SERUM"), plain("Only where you rolled."), plain("Any key pauses.")];
    view.line = "SERUM 1:05".into();
    view
}

pub(crate) fn summary() -> Sketch {
    let rolled = [
        ("1", "upper right", "0:24", "done"),
        ("2", "upper left", "0:24", "done"),
        ("3", "lower right", "", "skip eczema"),
        ("4", "lower left", "0:24", "done"),
        ("5", "mouth", "", "skip rosacea"),
    ];
    let rows = |your: &str| {
        let rows = rolled.iter().map(|(number, name, time, end)| {
            row(&[strong(number), plain(&format!("{your}{name}")), plain(time), plain(end)])
        });
        rows.collect::<Vec<_>>()
    };
    let face = map(MapSize::Mini, |section| match section {
        Section::LowerRight | Section::Mouth => ("", Fill::LeftOut),
        _ => ("", Fill::Done),
    });
    let feel = row(&[plain("How did it feel?"), plain("0 1 2 3 4 5"), strong("[ 2 ]"), quiet("0 nothing, 5 too much")]);
    let blocks = vec![
        gap(On::Wide),
        (On::Wide, Block::Map(Box::new(face))),
        text(On::All, 2, strong("DONE. 3 of 5 sections, 1:12 rolled.")),
        gap(On::All),
        table(On::Wide, 4, rows("your ")),
        table(On::Narrow, 2, rows("")),
        gap(On::All),
        text(On::All, 2, plain("pauses 1 (0:35)   key touches 1   hand cleans 2")),
        text(On::Wide, 2, plain("roller \"blue 0.13\" now used 6 of 10")),
        gap(On::All),
        table(On::Wide, 2, vec![feel]),
        table(On::Narrow, 2, vec![row(&[plain("Feel 0-5"), strong("[ 2 ]")])]),
        table(On::All, 2, vec![row(&[plain("Note"), plain("mole area fine, light hand near jaw")])]),
        gap(On::All),
        text(On::All, 2, plain("Next from Sat 20 Dec. It is in your own files only.")),
    ];
    let foot =
        keys(&[("0-5", "feel", "feel"), ("n", "note", "note"), ("Enter", "finish", "finish"), ("?", "help", "help~")]);
    page(steps(6), Fit::same(plain("saved 19:48")), blocks, foot)
}

pub(crate) fn place() -> Sketch {
    let face = map(MapSize::Small, |section| match section {
        Section::LowerRight => ("SKIP", Fill::LeftOut),
        _ => ("", Fill::Waiting),
    });
    let names = ["your upper right", "your upper left", "your lower right", "your lower left", "around your mouth"];
    let rows = names.iter().enumerate().map(|(place, name)| {
        let tick = if place == 2 { strong("[x]") } else { plain("[ ]") };
        row(&[tick, strong(&(place + 1).to_string()), plain(name)])
    });
    let blocks = vec![
        gap(On::Wide),
        (On::Wide, Block::Map(Box::new(face))),
        text(On::All, 2, strong("ECZEMA: yes")),
        text(On::All, 2, plain("Where? Choose every section it touches.")),
        gap(On::All),
        table(On::All, 4, rows.collect()),
        gap(On::All),
        table(On::All, 4, vec![row(&[strong("a"), plain("everywhere, or not sure where")])]),
        gap(On::All),
        text(On::All, 2, quiet("Chosen sections are skipped today.")),
    ];
    let foot =
        keys(&[("1-5", "choose", ""), ("a", "everywhere", "all"), ("Enter", "keep", "keep"), ("Esc", "back", "back")]);
    page(steps(2), soak(), blocks, foot)
}

/// A note field with foreign text in it.
pub(crate) fn note() -> Sketch {
    let field =
        Field { label: "Note".into(), before: "right cheek pink, 日本語 caf".into(), after: "é soon gone".into() };
    let field = (On::All, Block::Field(field));
    let blocks = vec![gap(On::All), text(On::All, 2, strong("NOTE")), gap(On::All), field];
    page(steps(6), Fit::default(), blocks, keys(&[("Enter", "keep", "keep"), ("Esc", "back", "back")]))
}

pub(crate) fn rehearsal(mut view: Sketch) -> Sketch {
    view.mark = Some(Piece::new("REHEARSAL", Tone::Current));
    view
}

pub(crate) fn noticed(mut view: Sketch) -> Sketch {
    let line = strong("Read the whole question first: scroll down with the arrow keys.");
    view.foot = Foot::Notice { line, scroll: 0 };
    view
}

/// Every view by name.
pub(crate) fn all() -> Vec<(&'static str, Sketch)> {
    vec![
        ("question", question()),
        ("place", place()),
        ("review", review(4)),
        ("verdict", verdict_skip()),
        ("last-touch", last_touch()),
        ("move", moving()),
        ("rolling", rolling(Direction::SideToSide, "0:14")),
        ("paused", paused()),
        ("serum", serum()),
        ("summary", summary()),
        ("note", note()),
    ]
}
