//! The history as views.

use super::rows::{Cells, cells, day, days_between};
use super::{self as browse, Browser, Opened};
use crate::content::keymap::Action;
use crate::tui::screens::key_rows;
use crate::tui::view::{Block, Body, Field, Fit, Foot, Form, Line, OneLine, Page, Row, Table, Tone, View};
use engine::protocol::words::borrowed;
use store::calendar::Date;
use store::record::show;

/// How many rows of the list are made: more than fit on most screens, so that no session is read in vain.
const AROUND: usize = 40;
/// How many of them stand above the cursor.
const ABOVE: usize = 12;
/// How many sessions are compared with each other.
const COMPARED: usize = 9;

pub(super) fn view(browser: &Browser, form: Form) -> View {
    match (&browser.field, &browser.opened) {
        _ if browser.helps => help(browser, form),
        (Some(field), _) => asked(browser, form, field),
        (None, Some(opened)) => one(browser, form, opened),
        (None, None) if browser.shelf.is_empty() => empty(browser, form),
        (None, None) => list(browser, form),
    }
}

fn whole(browser: &Browser, form: Form, status: String, blocks: Vec<Block>, scroll: usize) -> View {
    let title = match browser.places.profile.as_str() {
        "" => browser.words.say("history.title"),
        profile => browser.words.fill("history.title-of", &[("profile", profile)]),
    };
    let foot = match &browser.notice {
        Some(notice) => {
            Foot::Notice { line: Line::toned(notice.as_str(), Tone::Strong), scroll: browser.notice_scroll }
        }
        None => Foot::Keys(browser.keymap.hints(browser.screen(), |action| is_live(browser, action))),
    };
    let page = Page { blocks, scroll };
    let body = match form {
        Form::OneLine => Body::OneLine(OneLine { clock: None, text: title.clone(), field: page.field().cloned() }),
        Form::Tiny | Form::Compact | Form::Full | Form::PlainLines => Body::Page(page),
    };
    let (head, status) = (Line::toned(title, Tone::Strong), Line::plain(status));
    View { head: Fit::same(head), status: Fit::same(status), reversed: false, mark: None, body, foot }
}

/// Whether `action` would do anything now.
fn is_live(browser: &Browser, action: Action) -> bool {
    let is_page = browser.helps || browser.opened.is_some();
    match action {
        Action::Up | Action::Down | Action::PageUp | Action::PageDown if is_page => browser.max_scroll > 0,
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => browser.shelf.lists_any(),
        Action::Open | Action::Note if !is_page => browser.shelf.lists_any(),
        _ => true,
    }
}

fn text(line: Line) -> Block {
    Block::Text { indent: 2, line }
}

fn table(rows: Vec<Row>) -> Block {
    Block::Table(Table { indent: 2, rows, two_up: false })
}

fn empty(browser: &Browser, form: Form) -> View {
    let say = |word: &str| text(Line::plain(browser.words.say(word)));
    let blocks = vec![
        Block::Gap,
        text(Line::toned(browser.words.say("history.empty"), Tone::Strong)),
        say("history.empty-next"),
        Block::Gap,
        say("history.empty-paper"),
    ];
    whole(browser, form, browser.words.say("history.nothing"), blocks, 0)
}

fn asked(browser: &Browser, form: Form, field: &browse::Field) -> View {
    let (word, label, editor) = match field {
        browse::Field::Search(editor) => ("history.search", "history.search-field", editor),
        browse::Field::Note(editor) => ("history.note-ask", "history.note", editor),
    };
    let (before, after) = editor.around_cursor();
    let label = browser.words.say(label);
    let ask = text(Line::plain(browser.words.say(word)));
    let field = Block::Field(Field { label, before, after });
    whole(browser, form, String::new(), vec![Block::Gap, ask, Block::Gap, field], browser.field_scroll)
}

/// The keys of the screen below, in full sentences.
fn help(browser: &Browser, form: Form) -> View {
    let rows = browser.keymap.screen(browser.below()).map(key_rows).unwrap_or_default();
    whole(browser, form, String::new(), vec![Block::Gap, table(rows)], browser.scroll)
}

fn one(browser: &Browser, form: Form, opened: &Opened) -> View {
    let lines = if form.is_wide() { &opened.wide } else { &opened.narrow };
    let block = |line: &String| match line.as_str() {
        "" => Block::Gap,
        text => Block::Text { indent: 0, line: Line::plain(text) },
    };
    let blocks = lines.iter().map(block).collect();
    whole(browser, form, String::new(), blocks, browser.scroll)
}

fn list(browser: &Browser, form: Form) -> View {
    let from = browser.cursor.saturating_sub(ABOVE);
    let places = from..browser.shelf.len().min(from + AROUND);
    let rows: Vec<(usize, Option<Cells>)> = places
        .map(|place| {
            let past = browser.shelf.past(place);
            (place, past.map(|past| cells(past, browser.shelf.before(place), &browser.words)))
        })
        .collect();
    let row = |(place, cells): &(usize, Option<Cells>)| Row {
        cells: match cells {
            Some(cells) => columns(cells, form),
            None => vec![Line::toned(unreadable(browser, *place), Tone::Alert)],
        },
        cursor: *place == browser.cursor,
        seen_as: None,
    };
    let mut blocks = Vec::new();
    if form.is_wide() {
        blocks.push(Block::Gap);
    }
    blocks.push(table(core::iter::once(heads(browser, form)).chain(rows.iter().map(row)).collect()));
    if rows.is_empty() {
        blocks.push(Block::Gap);
        blocks.push(text(Line::plain(browser.words.say("history.not-found"))));
    }
    blocks.push(Block::Gap);
    blocks.extend(about(browser));
    if form.is_wide() {
        blocks.extend(compared(browser));
    }
    let count = browser.shelf.len().to_string();
    let since = browser.shelf.oldest().map(Date::words_with_year);
    let status = match (browser.search.is_empty(), since) {
        (false, _) => browser.words.fill("history.found", &[("count", &count), ("search", &browser.search)]),
        (true, since) => {
            browser.words.fill("history.count", &[("count", &count), ("since", &since.unwrap_or_default())])
        }
    };
    whole(browser, form, status, blocks, 0)
}

fn unreadable(browser: &Browser, place: usize) -> String {
    let name = browser.shelf.path(place).and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy();
    browser.words.fill("history.unreadable", &[("file", &name)])
}

fn heads(browser: &Browser, form: Form) -> Row {
    let head = |word: &str| Line::toned(browser.words.say(word), Tone::Quiet);
    let mut words = vec!["history.head-date", "history.head-ended", "history.head-sections", "history.head-feel"];
    words.push("history.head-gap");
    if form.is_wide() {
        words.extend(["history.head-roller", "history.head-skipped"]);
    }
    let cells = words.into_iter().map(head).collect();
    Row { cells, cursor: false, seen_as: None }
}

fn columns(cells: &Cells, form: Form) -> Vec<Line> {
    let tone = if cells.is_stop { Tone::Alert } else { Tone::Plain };
    let result = Line::toned(&cells.result, tone);
    let plain = |text: &String| Line::plain(text.as_str());
    if !form.is_wide() {
        return vec![plain(&cells.date), result, plain(&cells.sections), plain(&cells.felt), plain(&cells.gap)];
    }
    let barred =
        |text: &String, bar: &String| Line::plain(text.as_str()).and(format!(" {bar}").trim_end(), Tone::Quiet);
    vec![
        plain(&cells.date),
        result,
        plain(&cells.sections),
        barred(&cells.felt, &cells.felt_bar),
        barred(&cells.gap, &cells.gap_bar),
        plain(&cells.roller),
        plain(&cells.skipped),
    ]
}

/// What else there is to say about the one with the cursor.
fn about(browser: &Browser) -> Vec<Block> {
    let Some(past) = browser.shelf.past(browser.cursor) else { return Vec::new() };
    let labelled = |word: &str, what: &str| {
        text(Line::toned(browser.words.say(word), Tone::Quiet).and("  ", Tone::Plain).and(what, Tone::Plain))
    };
    let mut blocks = Vec::new();
    if let Some(note) = &past.note {
        blocks.push(labelled("history.note", note));
    }
    for remark in browser.shelf.remarks(browser.cursor) {
        let written = || Date::of(remark.written.wall()).days_since(day(past));
        let days = remark.day.map_or_else(written, i64::from).to_string();
        blocks.push(labelled(
            "history.later",
            &browser.words.fill(
                "history.day",
                &[("day", &days), ("text", &show::said(browser.record_words.get_or_init(show::words), remark))],
            ),
        ));
    }
    blocks
}

/// Days between sessions and how they felt, one below the other, oldest first: for looking rather than reading.
fn compared(browser: &Browser) -> Vec<Block> {
    let mut counted = browser.shelf.counted(COMPARED + 1);
    counted.reverse();
    if counted.len() < 2 {
        return Vec::new();
    }
    let gaps: Vec<i64> =
        counted.windows(2).filter_map(|pair| Some(days_between(pair.first()?, pair.get(1)?))).collect();
    let own = i64::from(browser.interval_days);
    let gap_cells =
        gaps.iter().map(|gap| Line::toned(gap.to_string(), if *gap < own { Tone::Strong } else { Tone::Plain }));
    let felt = counted
        .iter()
        .skip(1)
        .map(|past| past.felt.map_or_else(|| browser.words.say("history.none"), |felt| felt.to_string()));
    let label = |word: &str| Line::toned(browser.words.say(word), Tone::Quiet);
    let row = |cells: Vec<Line>| Row { cells, cursor: false, seen_as: None };
    let rows = vec![
        row([vec![label("history.between")], gap_cells.collect()].concat()),
        row([vec![label("history.felt")], felt.map(Line::plain).collect()].concat()),
    ];
    let shorter = gaps.iter().filter(|gap| **gap < own).count().to_string();
    let places = [("days", browser.interval_days.to_string()), ("shorter", shorter), ("of", gaps.len().to_string())];
    let places = borrowed(&places);
    vec![Block::Gap, table(rows), text(Line::toned(browser.words.fill("history.interval", &places), Tone::Quiet))]
}
