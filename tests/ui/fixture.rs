//! Views by hand, each after one drawing.

use dermaroll::protocol::{Direction, PerSection, Section};
use dermaroll::ui::{self, Theme};
use dermaroll::view::{
    Block, Body, Face, FaceMap, Fit, Foot, KeyHint, Line, MapCell, MapSize, On, Page, Piece, Row, Seen, Share, Table,
    Tone, View, What,
};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

pub(crate) const THEME: &str = include_str!("../../assets/theme.toml");

pub(crate) fn theme() -> Theme {
    Theme::read(THEME, true, false).unwrap()
}

/// Draws once; gives the cells and what was seen.
pub(crate) fn drawn(view: &View, width: u16, height: u16) -> (Buffer, Seen) {
    drawn_with(view, &theme(), width, height)
}

pub(crate) fn drawn_with(view: &View, theme: &Theme, width: u16, height: u16) -> (Buffer, Seen) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut seen = Seen::default();
    terminal.draw(|frame| seen = ui::draw(view, theme, frame)).unwrap();
    (terminal.backend().buffer().clone(), seen)
}

/// The characters on screen, with the edge of the window around them.
pub(crate) fn picture(view: &View, width: u16, height: u16) -> String {
    let rows = rows(&drawn(view, width, height).0);
    let edge = format!("+{}+", "-".repeat(usize::from(width)));
    let inner: Vec<String> = rows.iter().map(|row| format!("|{row}|")).collect();
    format!("{edge}\n{}\n{edge}", inner.join("\n"))
}

/// The rows of the window as text.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let mut rows = Vec::new();
    for y in 0..area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol)).unwrap().max(1);
        }
        rows.push(row);
    }
    rows
}

pub(crate) fn plain(text: &str) -> Line {
    Line::plain(text)
}

pub(crate) fn strong(text: &str) -> Line {
    Line::toned(text, Tone::Strong)
}

pub(crate) fn quiet(text: &str) -> Line {
    Line::toned(text, Tone::Quiet)
}

fn alert(text: &str) -> Line {
    Line::toned(text, Tone::Alert)
}

pub(crate) fn gap(on: On) -> Block {
    Block { on, what: What::Gap }
}

pub(crate) fn text(on: On, indent: usize, line: Line) -> Block {
    Block { on, what: What::Text { indent, line } }
}

pub(crate) fn row(cells: &[Line]) -> Row {
    Row { cells: cells.to_vec(), cursor: false, seen_as: None }
}

pub(crate) fn table(on: On, indent: usize, rows: Vec<Row>) -> Block {
    Block { on, what: What::Table(Table { indent, rows, two_up: false }) }
}

fn steps(present: usize) -> Fit {
    let mut wide = Line::default();
    let mut narrow = Line::default();
    for (place, name) in ["sterilise", "check", "roll", "serum", "after", "save"].into_iter().enumerate() {
        let number = place + 1;
        let gap = if place == 0 { "" } else { "  " };
        if number == present {
            let name = name.to_uppercase();
            wide = wide.and(gap, Tone::Plain).and(format!("{number} {name}"), Tone::Current);
            narrow = Line::toned(format!("{number}/6 {name}"), Tone::Current);
        } else {
            wide = wide.and(format!("{gap}{number} {name}"), Tone::Quiet);
        }
    }
    Fit { wide, narrow }
}

fn keys(hints: &[(&str, &str, &str)]) -> Foot {
    let hint = |(key, label, short): &(&str, &str, &str)| KeyHint {
        key: (*key).into(),
        label: (*label).into(),
        short: short.trim_end_matches('~').into(),
        live: true,
        optional: short.ends_with('~'),
    };
    Foot::Keys(hints.iter().map(hint).collect())
}

fn hands_free() -> Foot {
    Foot::HandsFree(Fit {
        wide: strong("HANDS FREE   any key pauses, your place is kept"),
        narrow: strong("HANDS FREE  any key pauses"),
    })
}

pub(crate) fn page(head: Fit, status: Fit, blocks: Vec<Block>, foot: Foot) -> View {
    let line = head.narrow.text();
    let body = Body::Page(Page { blocks, scroll: 0 });
    View { head, status, mark: None, body, foot, tiny: Vec::new(), line }
}

fn soak() -> Fit {
    Fit::same(strong("soak 7:12"))
}

pub(crate) fn question() -> View {
    let so_far = [
        ("11", "diabetes", "no"),
        ("12", "nickel allergy", "no"),
        ("13", "pregnant or nursing", "no"),
        ("14", "under 18", "no"),
        ("15", "recent peel or filler", "no"),
        ("16", "cold sore", "..."),
    ];
    let so_far = so_far.iter().map(|(number, title, answer)| Row {
        cells: vec![quiet(number), plain(title), plain(answer)],
        cursor: *number == "16",
        seen_as: None,
    });
    let counter = row(&[plain("Question 16 of 24"), quiet("on your skin, 1 of 9"), quiet("answered 15, left 9")]);
    let blocks = vec![
        gap(On::Wide),
        table(On::Wide, 2, vec![counter]),
        text(On::Narrow, 2, plain("Question 16 of 24").and("   left 9", Tone::Quiet)),
        gap(On::All),
        text(On::All, 2, strong("COLD SORE")),
        text(On::All, 2, plain("Do you have one now, or feel one coming?")),
        gap(On::All),
        table(
            On::All,
            6,
            vec![
                row(&[strong("y"), plain("yes"), quiet("then say where")]),
                row(&[strong("n"), plain("no"), Line::default()]),
                row(&[strong("u"), plain("not sure"), quiet("counts as yes")]),
            ],
        ),
        gap(On::All),
        text(On::All, 6, quiet("nothing chosen")),
        gap(On::All),
        text(On::Wide, 2, quiet("so far")),
        table(On::Wide, 4, so_far.collect()),
        text(On::Narrow, 2, quiet("before: recent peel or filler no")),
    ];
    let foot = keys(&[
        ("y", "yes", "yes"),
        ("n", "no", "no"),
        ("u", "not sure", "not sure"),
        ("up down", "move", "~"),
        ("?", "why this is asked", "why~"),
        ("q", "leave", ""),
    ]);
    page(steps(2), soak(), blocks, foot)
}

const ANSWERS: [(&str, &str); 24] = [
    ("clotting problem", "no"),
    ("blood thinners", "no"),
    ("isotretinoin", "no"),
    ("other treatment", "no"),
    ("skin concern", "no"),
    ("raised scars", "no"),
    ("infection, fever", "no"),
    ("skin cancer, odd spot", "no"),
    ("chemo, steroids", "no"),
    ("diabetes", "NOT SURE  a doctor said yes"),
    ("nickel allergy", "no"),
    ("pregnant, nursing", "no"),
    ("under 18", "no"),
    ("recent peel, filler", "no"),
    ("retinoid or acid", "no"),
    ("skin not back yet", "no"),
    ("cold sore", "no"),
    ("eczema", "YES  lower right"),
    ("sunburn", "no"),
    ("mole", "YES  upper left, go round it"),
    ("inflamed skin", "no"),
    ("rosacea", "NOT SURE  around the mouth"),
    ("cut, wound, wart", "no"),
    ("spots or acne", "no"),
];

/// The review with the cursor on the question of that place.
pub(crate) fn review(cursor: usize) -> View {
    let rows = ANSWERS.iter().enumerate().map(|(place, (title, answer))| {
        let answer = match answer.split_once("  ") {
            Some((loud, about)) => strong(loud).and(format!("  {about}"), Tone::Plain),
            None => plain(answer),
        };
        Row {
            cells: vec![quiet(&format!("{:>2}", place + 1)), plain(title), answer],
            cursor: place == cursor,
            seen_as: Some(place),
        }
    });
    let rows = Table { indent: 2, rows: rows.collect(), two_up: true };
    let blocks = vec![
        gap(On::Wide),
        text(On::Wide, 2, plain("Read your answers. Nothing starts until you confirm.")),
        gap(On::Wide),
        Block { on: On::All, what: What::Table(rows) },
        gap(On::All),
        text(On::Wide, 2, plain("Confirm opens when every line has been on screen.")),
        text(On::Narrow, 2, plain("Confirm opens at the end.")),
    ];
    let foot = keys(&[
        ("up down", "move", "~"),
        ("y n u", "change", "change"),
        ("c", "confirm", "confirm"),
        ("PgDn", "page", "page~"),
        ("?", "help", "help~"),
        ("q", "leave", ""),
    ]);
    let mut head = steps(2);
    head.narrow = Line::toned("2/6 YOUR ANSWERS", Tone::Current);
    page(head, soak(), blocks, foot)
}

pub(crate) fn verdict_skip() -> View {
    let rows = |narrow: bool| {
        let rows = [
            ("1", "your upper right", "roll", ""),
            ("2", "your upper left", "roll", "go round: mole"),
            ("3", "your lower right", "SKIP", "eczema: yes"),
            ("4", "your lower left", "roll", "below the bone under the eye"),
            ("5", "around your mouth", "SKIP", "rosacea: not sure, counts as yes"),
        ];
        let rows = rows.iter().map(|(number, name, state, why)| {
            let name = if narrow { name.trim_start_matches("your ").trim_start_matches("around your ") } else { name };
            let state = if *state == "SKIP" { alert(state) } else { plain(state) };
            row(&[strong(number), plain(name), state, plain(why)])
        });
        rows.collect::<Vec<_>>()
    };
    let blocks = vec![
        gap(On::Wide),
        text(On::Wide, 2, alert("SKIP 2 SECTIONS TODAY")),
        gap(On::All),
        table(On::Wide, 4, rows(false)),
        table(On::Narrow, 2, rows(true)),
        gap(On::All),
        text(On::Wide, 2, plain("Three sections left: rolling 1:28, ends about 19:46.")),
        text(On::Narrow, 2, plain("Three left: rolling 1:28.")),
        gap(On::All),
        text(On::Wide, 2, plain("Skipped sections cannot be added back once rolling starts.")),
        text(On::Narrow, 2, plain("Skips stay skipped once you start.")),
        text(On::Wide, 2, plain("Answered wrongly? Change the answer, then confirm again.")),
        gap(On::Wide),
        text(On::All, 2, plain("This is your own list, not an examination.")),
        gap(On::Wide),
        text(On::Wide, 2, plain("Soak still has 6:02 to go. Wash your face, wipe with saline, pat dry now.")),
        text(On::Narrow, 2, plain("Wash face, saline, pat dry.")),
    ];
    let foot = keys(&[
        ("s", "set up the other 3", "set up 3"),
        ("e", "change answers", "change"),
        ("n", "not today", "not today"),
        ("?", "help", "help~"),
        ("q", "leave", ""),
    ]);
    let mut head = steps(2);
    head.narrow = Line::toned("2/6 SKIP 2 SECTIONS", Tone::Alert);
    page(head, soak(), blocks, foot)
}

pub(crate) fn last_touch() -> View {
    let times = |narrow: bool| {
        let rows: &[(&str, &str)] = if narrow {
            &[
                ("1:00", "clean hands, take the handle"),
                ("0:05", "get ready: your upper right"),
                ("1:28", "roll, then serum, then saved"),
            ]
        } else {
            &[
                ("1:00", "clean your hands, take the roller by its handle"),
                ("0:05", "get ready: your upper right"),
                ("1:28", "roll, hands free"),
                ("2:15", "saline, serum, hands free, then it saves itself"),
            ]
        };
        rows.iter().map(|(time, what)| row(&[strong(time), plain(what)])).collect::<Vec<_>>()
    };
    let blocks = vec![
        gap(On::Wide),
        text(On::Wide, 2, strong("LAST TOUCH")),
        gap(On::Wide),
        text(On::All, 2, plain("Two bells just rang. Did you hear them at the mirror?")),
        gap(On::Wide),
        table(
            On::All,
            6,
            vec![
                row(&[strong("y"), plain("yes"), quiet("nothing chosen")]),
                row(&[strong("n"), plain("no, use the screen only"), Line::default()]),
            ],
        ),
        gap(On::All),
        text(On::All, 2, quiet("After Space")),
        table(On::Wide, 4, times(false)),
        table(On::Narrow, 2, times(true)),
        gap(On::All),
        text(On::Wide, 2, plain("To pause at any time: any key. A knuckle or an elbow will do.")),
        text(On::Narrow, 2, plain("Any key pauses.")),
        gap(On::All),
        text(On::All, 2, strong("SPACE IS THE LAST KEY YOU PRESS")),
    ];
    let foot = keys(&[
        ("y n", "heard it?", ""),
        ("Space", "go hands free", "go"),
        ("t", "play again", "again"),
        ("Esc", "back", ""),
        ("?", "help", "help~"),
    ]);
    let mut head = steps(3);
    head.narrow = Line::toned("3/6 LAST TOUCH", Tone::Current);
    page(head, Fit::same(plain("soak done")), blocks, foot)
}

pub(crate) fn moving() -> View {
    let beside = vec![
        strong("NEXT: YOUR LOWER RIGHT"),
        Line::default(),
        plain("Switch hands."),
        Line::default(),
        plain("Hold the skin taut."),
        Line::default(),
        plain("First stroke: up and down."),
        Line::default(),
        plain("Stay below the bone under the eye."),
    ];
    let list = vec![
        row(&[quiet("done"), plain("your upper right, your upper left")]),
        row(&[quiet("keep off"), plain("eyes, lips, nose")]),
    ];
    let states = plain("UL done UR done LL wait ").and("LR NEXT", Tone::Strong).and(" M wait", Tone::Plain);
    let blocks = vec![
        gap(On::Wide),
        Block { on: On::All, what: What::Digits { text: "5".into(), large: true, beside } },
        gap(On::All),
        text(On::Wide, 2, plain("Lift the roller off. Move. Nothing touches the needles.")),
        gap(On::Wide),
        table(On::Wide, 2, list),
        gap(On::Wide),
        text(On::All, 2, states),
    ];
    let head = Fit { wide: Line::toned("MOVE  3 of 5", Tone::Current), narrow: Line::toned("MOVE 3/5", Tone::Current) };
    let status = Fit { wide: plain("1:33 to go   ends 19:44"), narrow: plain("1:33 left") };
    let mut view = page(head, status, blocks, hands_free());
    view.tiny =
        vec![plain("5"), strong("YOUR LOWER RIGHT"), plain("First stroke: up and down."), plain("Any key pauses.")];
    view.line = "NEXT: YOUR LOWER RIGHT 5".into();
    view
}

/// The map of the rolling screen, or with `filled` the one of the summary.
fn map(size: MapSize, state: impl Fn(Section) -> (&'static str, Tone, bool)) -> FaceMap {
    let cells = PerSection::from_fn(|section| {
        let (state, tone, filled) = state(section);
        let name = match section {
            Section::UpperRight => ["upper", "right"],
            Section::UpperLeft => ["upper", "left"],
            Section::LowerRight => ["lower", "right"],
            Section::LowerLeft => ["lower", "left"],
            Section::Mouth => ["mouth", ""],
        };
        let name = name.map(|word| if tone == Tone::Current { word.to_uppercase() } else { word.to_owned() });
        MapCell { number: section.number().to_string(), name, state: state.into(), tone, filled }
    });
    FaceMap {
        cells,
        size,
        eye: "eye".into(),
        lips: "lips".into(),
        your_left: "YOUR LEFT".into(),
        your_right: "YOUR RIGHT".into(),
        as_in_mirror: "as in the mirror".into(),
    }
}

pub(crate) fn rolling(direction: Direction, digits: &str) -> View {
    let (stroke, turn) = match direction {
        Direction::UpDown => ("UP AND DOWN", "then side to side / in 0:06"),
        Direction::SideToSide => ("SIDE TO SIDE", "then diagonal / in 0:06"),
        Direction::Diagonal | Direction::OtherDiagonal => ("DIAGONAL", "then move / in 0:06"),
    };
    let face = Face {
        digits: digits.into(),
        map: map(MapSize::Large, |section| match section {
            Section::UpperRight => ("done", Tone::Plain, false),
            Section::UpperLeft => ("NOW", Tone::Current, false),
            Section::LowerRight => ("next", Tone::Plain, false),
            Section::LowerLeft | Section::Mouth => ("wait", Tone::Quiet, false),
        }),
        arrow: direction,
        stroke: strong(stroke),
        hint: quiet("light hand, lift, back, again"),
        turn: plain(turn),
        strokes_label: "stroke".into(),
        strokes: quiet("up-down done")
            .and(" | ", Tone::Quiet)
            .and("SIDE-SIDE", Tone::Strong)
            .and(" | ", Tone::Quiet)
            .and("diagonal", Tone::Plain),
        section: ("section".into(), Share { thousandths: 417 }),
        session: ("session".into(), Share { thousandths: 281 }),
        next: Fit::same(plain("next: YOUR LOWER RIGHT. Switch hands.")),
        keep_off: Fit::same(plain("keep off: eye, mole")),
        map_line: Line::toned("UL NOW", Tone::Current).and(" UR done LL wait LR next M wait", Tone::Plain),
    };
    View {
        head: Fit {
            wide: strong("ROLL  2 of 5").and("   ", Tone::Plain).and("YOUR UPPER LEFT", Tone::Current),
            narrow: strong("2/5").and(" ", Tone::Plain).and("YOUR UPPER LEFT", Tone::Current),
        },
        status: Fit { wide: plain("1:50 to go   ends 19:44"), narrow: plain("1:50 left") },
        mark: None,
        body: Body::Face(Box::new(face)),
        foot: hands_free(),
        tiny: vec![
            plain(digits).and("  ", Tone::Plain).and(stroke.to_lowercase(), Tone::Strong),
            plain("keep off: eye, mole"),
            plain("Any key pauses."),
        ],
        line: format!("2/5 UPPER LEFT {digits}"),
    }
}

pub(crate) fn paused() -> View {
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
        Block { on: On::All, what: What::Digits { text: "0:14".into(), large: true, beside: Vec::new() } },
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

pub(crate) fn serum() -> View {
    let names = row(&[plain("your upper right"), plain("your upper left"), plain("your lower left")]);
    let blocks = vec![
        gap(On::Wide),
        Block { on: On::All, what: What::Digits { text: "1:05".into(), large: true, beside: Vec::new() } },
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

pub(crate) fn summary() -> View {
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
    let face =
        map(MapSize::Mini, |section| ("", Tone::Plain, !matches!(section, Section::LowerRight | Section::Mouth)));
    let feel = row(&[plain("How did it feel?"), plain("0 1 2 3 4 5"), strong("[ 2 ]"), quiet("0 nothing, 5 too much")]);
    let blocks = vec![
        gap(On::Wide),
        Block { on: On::Wide, what: What::Map(Box::new(face)) },
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
        text(On::All, 2, plain("Next from Sat 20 Dec. Kept on this computer only.")),
    ];
    let foot =
        keys(&[("0-5", "feel", "feel"), ("n", "note", "note"), ("Enter", "finish", "finish"), ("?", "help", "help~")]);
    page(steps(6), Fit::same(plain("saved 19:48")), blocks, foot)
}

pub(crate) fn place() -> View {
    let face = map(MapSize::Small, |section| match section {
        Section::LowerRight => ("SKIP", Tone::Alert, false),
        _ => ("", Tone::Plain, false),
    });
    let names = ["your upper right", "your upper left", "your lower right", "your lower left", "around your mouth"];
    let rows = names.iter().enumerate().map(|(place, name)| {
        let tick = if place == 2 { strong("[x]") } else { plain("[ ]") };
        row(&[tick, strong(&(place + 1).to_string()), plain(name)])
    });
    let blocks = vec![
        gap(On::Wide),
        Block { on: On::Wide, what: What::Map(Box::new(face)) },
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
pub(crate) fn note() -> View {
    let field = What::Field {
        label: "Note".into(),
        before: "right cheek pink, 日本語 caf".into(),
        after: "é soon gone".into(),
    };
    let blocks = vec![gap(On::All), text(On::All, 2, strong("NOTE")), gap(On::All), Block { on: On::All, what: field }];
    page(steps(6), Fit::default(), blocks, keys(&[("Enter", "keep", "keep"), ("Esc", "back", "back")]))
}

pub(crate) fn rehearsal(mut view: View) -> View {
    view.mark = Some(Piece { text: "REHEARSAL".into(), tone: Tone::Current });
    view
}

pub(crate) fn noticed(mut view: View) -> View {
    view.foot = Foot::Notice(strong("Read the whole question first: scroll down with the arrow keys."));
    view
}

/// Every view by name.
pub(crate) fn all() -> Vec<(&'static str, View)> {
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
