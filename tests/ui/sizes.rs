//! No size of window breaks a screen, whatever text is on it.

use dermaroll::tui::ui::{Ink, Theme, draw};
use dermaroll::tui::view::{Block, Field, Form, Line, Piece, Seen, Tone, View};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::counts::count;
use crate::support::many::figure;
use crate::support::screens::every_screen;
use crate::support::window::Window;

use super::fixture::{Sketch, drawn, rows, theme};
use super::later::{all, rehearsal};

/// Every border between classes, and all that is narrow or low.
fn sizes(most: u16, step: usize, borders: &[u16]) -> Vec<u16> {
    let mut sizes: Vec<u16> = (0..=6).chain((0..=most).step_by(step)).chain(borders.iter().copied()).collect();
    sizes.push(most);
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// The view of each form.
fn forms(view: impl Fn(Form) -> View) -> Vec<(Form, View)> {
    [Form::OneLine, Form::Tiny, Form::Compact, Form::Full].map(|form| (form, view(form))).into()
}

/// Draws every view in windows of all these sizes.
fn in_each(widths: &[u16], heights: &[u16], views: &[(&str, Vec<(Form, View)>)], look: impl Fn(&str, &Seen)) {
    let theme = theme();
    for (width, height) in widths.iter().flat_map(|width| heights.iter().map(move |height| (*width, *height))) {
        let mut window = Window::new((width, height));
        for (name, forms) in views {
            let (_, view) = forms.iter().find(|(form, _)| *form == Form::of_window(width, height)).unwrap();
            let mut seen = Seen::default();
            window.draw((width, height), |frame| seen = draw(view, &theme, frame));
            look(&format!("{name} at {width}x{height}"), &seen);
        }
    }
}

#[test]
fn every_size_is_drawn() {
    let full = count(0, 1) == 1;
    let widths =
        if full { (0..=200).collect() } else { sizes(200, 25, &[9, 14, 19, 20, 21, 39, 40, 41, 79, 80, 81, 119, 120]) };
    let heights = if full { (0..=60).collect() } else { sizes(60, 10, &[8, 14, 15, 16, 23, 24, 25, 35, 36]) };
    let views = all();
    let (many, each) = (views.len() * 2, widths.len() * heights.len());
    let both = |(name, sketch): (&'static str, Sketch)| {
        [sketch.clone(), rehearsal(sketch)].map(|sketch| (name, forms(|form| sketch.view(form))))
    };
    let views: Vec<_> = views.into_iter().flat_map(both).collect();
    in_each(&widths, &heights, &views, |place, seen| {
        assert!(seen.page > 0, "{place}");
        assert!(!seen.whole || seen.end, "{place}");
    });
    figure(&format!("{many} views in {each} sizes each: 0 panics"));
}

/// The screens of the program itself; the views by hand have longer words than these, but not every shape.
#[test]
fn every_screen_of_the_program_is_drawn_in_every_size() {
    let full = count(0, 1) == 1;
    let widths = if full { (0..=200).collect() } else { sizes(200, 50, &[19, 20, 40, 80, 120]) };
    let heights = if full { (0..=60).collect() } else { sizes(60, 20, &[14, 15, 23, 24]) };
    let screens = every_screen();
    let views: Vec<_> =
        screens.iter().map(|(name, stage)| (*name, forms(|form| stage.app.view(stage.now(), form)))).collect();
    in_each(&widths, &heights, &views, |place, seen| assert!(seen.page > 0, "{place}"));
    figure(&format!("{} screens in {} sizes each: 0 panics", screens.len(), widths.len() * heights.len()));
}

/// The same window again and again, as when a person drags its corner.
#[test]
fn a_window_may_change_its_size_between_frames() {
    let theme = theme();
    for (_, sketch) in all() {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        for (width, height) in [(40, 15), (20, 5), (3, 1), (200, 60), (0, 0), (80, 24), (41, 14), (120, 36)] {
            terminal.backend_mut().resize(width, height);
            let view = sketch.view(Form::of_window(width, height));
            terminal.draw(|frame| _ = dermaroll::tui::ui::draw(&view, &theme, frame)).unwrap();
        }
    }
}

#[test]
fn the_mark_is_on_every_screen_in_every_size() {
    for (name, view) in all() {
        let view = rehearsal(view);
        for (width, height) in [(9, 1), (19, 1), (12, 3), (20, 5), (39, 14), (40, 15), (79, 24), (80, 24), (120, 36)] {
            let rows = rows(&drawn(&view, width, height).0).join("\n");
            assert!(rows.contains("REHEARSAL"), "{name} at {width}x{height}:\n{rows}");
        }
    }
}

#[test]
fn what_must_be_kept_off_is_never_cut() {
    let mut view = super::later::rolling(engine::protocol::Direction::UpDown, "0:24");
    if let Some(face) = &mut view.face {
        face.lines[0] = Line::plain("keep off: eye, mole, spots or acne, cut, wound, wart");
    }
    for (width, height) in [(80, 24), (40, 15), (79, 23), (120, 36)] {
        let rows = rows(&drawn(&view, width, height).0);
        // The words stand beside the face, or below it.
        let beside = match width {
            120 => 53,
            80 => 35,
            _ => 0,
        };
        let rows: Vec<String> = rows.iter().map(|row| row.chars().skip(beside).collect()).collect();
        let words: Vec<&str> = rows.iter().flat_map(|row| row.split_whitespace()).collect();
        let text = words.join(" ");
        assert!(text.contains("keep off: eye, mole, spots or acne, cut, wound, wart"), "{width}x{height}:\n{text}");
        assert!(text.contains("then YOUR LOWER RIGHT. Switch hands."), "{width}x{height}:\n{text}");
    }
}

/// Puts `text` in the place of every word that a file or a person may have written.
fn foreign(mut view: Sketch, text: &str) -> Sketch {
    let line = || Line::plain(text).and(text, Tone::Strong);
    view.head.narrow = line();
    view.status.wide = line();
    view.mark = Some(Piece::new(text, Tone::Alert));
    view.line = text.into();
    view.tiny.iter_mut().for_each(|tiny| *tiny = line());
    for (_, block) in &mut view.blocks {
        match block {
            Block::Gap | Block::Map(_) => {}
            Block::Letters { text: words, .. } => *words = text.into(),
            Block::Text { line: words, .. } => *words = line(),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| *cell = line());
            }
            Block::Digits { beside, text: digits, .. } => {
                beside.push(line());
                *digits = text.into();
            }
            Block::Field(field) => {
                *field = Field { label: text.into(), before: text.into(), after: text.into() };
            }
        }
    }
    if let Some(face) = &mut view.face {
        face.digits = text.into();
        face.letters = text.into();
        face.lines.iter_mut().for_each(|words| *words = line());
        face.strokes.iter_mut().for_each(|(name, _)| *name = text.into());
        for part in [&mut face.map.your_left, &mut face.map.your_right, &mut face.map.as_in_mirror] {
            *part = text.into();
        }
        for section in engine::protocol::Section::ALL {
            face.map.cells[section].state = text.into();
            face.map.cells[section].number = text.into();
        }
    }
    view
}

proptest! {
    // Failures are not written to a file: they become tests of their own.
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_in_any_window(
        place in 0_usize..11,
        text in prop_oneof![".{0,40}", "[日é\u{301}\u{200d}\u{202e}\u{fe0f}👩🔬\t\u{1b}b ]{0,40}"],
        width in 0_u16..200,
        height in 0_u16..60,
        ascii in any::<bool>(),
    ) {
        let all = all();
        let view = foreign(all[place % all.len()].1.clone(), &text).view(Form::of_window(width, height));
        let theme = Theme::shipped(Ink::Weight, ascii);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        // Twice, since the toolkit compares the second frame with the first.
        for _ in 0..2 {
            terminal.draw(|frame| _ = dermaroll::tui::ui::draw(&view, &theme, frame)).unwrap();
        }
        for cell in terminal.backend().buffer().content() {
            let symbol = cell.symbol();
            prop_assert!(!symbol.chars().any(char::is_control), "{symbol:?}");
            prop_assert!(!symbol.contains(['\u{202e}', '\u{200b}', '\u{feff}']), "{symbol:?}");
            // A joiner stands where writing needs it, and nowhere else.
            prop_assert!(store::sanitise::concealed(symbol).next().is_none(), "{symbol:?}");
            prop_assert!(!ascii || symbol.is_ascii(), "{symbol:?}");
        }
    }
}
