//! What draws a view for a test, and views by hand up to the move, each after one drawing.

use dermaroll::content::keymap::{Action, KeyHint};
use dermaroll::tui::ui::{self, Ink, Theme};
use dermaroll::tui::view::{Block, Foot, Form, Line, Row, Seen, Table, Tone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

pub(crate) use super::sketch::{Fit, On, Sketch};

pub(crate) fn theme() -> Theme {
    Theme::shipped(Ink::Full, false)
}

/// Draws once; gives the cells and what was seen.
pub(crate) fn drawn(sketch: &Sketch, width: u16, height: u16) -> (Buffer, Seen) {
    drawn_with(sketch, &theme(), width, height)
}

pub(crate) fn drawn_with(sketch: &Sketch, theme: &Theme, width: u16, height: u16) -> (Buffer, Seen) {
    let view = sketch.view(Form::of_window(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut seen = Seen::default();
    terminal.draw(|frame| seen = ui::draw(&view, theme, frame)).unwrap();
    (terminal.backend().buffer().clone(), seen)
}

/// The characters on screen, with the edge of the window around them.
pub(crate) fn picture(sketch: &Sketch, width: u16, height: u16) -> String {
    let rows = rows(&drawn(sketch, width, height).0);
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

pub(crate) fn gap(on: On) -> (On, Block) {
    (on, Block::Gap)
}

pub(crate) fn text(on: On, indent: usize, line: Line) -> (On, Block) {
    (on, Block::Text { indent, line })
}

pub(crate) fn row(cells: &[Line]) -> Row {
    Row { cells: cells.to_vec(), cursor: false, seen_as: None }
}

pub(crate) fn table(on: On, indent: usize, rows: Vec<Row>) -> (On, Block) {
    (on, Block::Table(Table { indent, rows, two_up: false }))
}

pub(crate) fn steps(present: usize) -> Fit {
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

pub(crate) fn keys(hints: &[(&str, &str, &str)]) -> Foot {
    let hint = |(key, label, short): &(&str, &str, &str)| KeyHint {
        action: Action::Help,
        key: (*key).into(),
        label: (*label).into(),
        short: short.trim_end_matches('~').into(),
        live: true,
        optional: short.ends_with('~'),
    };
    Foot::Keys(hints.iter().map(hint).collect())
}

pub(crate) fn hands_free() -> Foot {
    Foot::HandsFree(strong("HANDS FREE   any key pauses, your place is kept"))
}

pub(crate) fn page(head: Fit, status: Fit, blocks: Vec<(On, Block)>, foot: Foot) -> Sketch {
    let line = head.narrow.text();
    Sketch { head, status, mark: None, blocks, face: None, scroll: 0, foot, tiny: Vec::new(), line }
}

pub(crate) fn soak() -> Fit {
    Fit::same(strong("soak 7:12"))
}

pub(crate) fn question() -> Sketch {
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
pub(crate) fn review(cursor: usize) -> Sketch {
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
        (On::All, Block::Table(rows)),
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

pub(crate) fn verdict_skip() -> Sketch {
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

pub(crate) fn last_touch() -> Sketch {
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

pub(crate) fn moving() -> Sketch {
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
        (On::All, Block::Digits { text: "5".into(), large: true, beside }),
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
