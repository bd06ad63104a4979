//! Every mistake of a file, not only the first: what is found is passed over, and the rest is read again.

use core::ops::Range;

use toml::de::{DeTable, DeValue};

use super::parse::{header, near};
use super::refusal::Refusal;
use super::source::Source;

/// Nobody mends more in one go.
const MOST: usize = 200;

/// What `read` makes of `source`, with every mistake in it, in the order of the lines. Where there are some, what is
/// read is read without the lines that they are in; None where nothing can be made of that.
pub fn all<T>(source: &Source, mut read: impl FnMut(&Source) -> Result<T, Refusal>) -> (Option<T>, Vec<Refusal>) {
    let mut found: Vec<Refusal> = Vec::new();
    let mut rest = source.clone();
    // As it is, with the lines that begin a table as they were meant.
    let mut whole = source.clone();
    while found.len() < MOST {
        let refusal = match read(&rest) {
            Ok(value) => return (Some(value), sorted(found)),
            Err(refusal) => refusal,
        };
        let Some(at) = refusal.start() else {
            // Of a file as a whole only the first word counts: what was passed over may be what it lacks.
            if found.is_empty() {
                found.push(refusal);
            }
            break;
        };
        if let Some(line) = header_meant(rest.text(), at, &refusal) {
            let range = lines(rest.text(), at..at);
            (rest, whole) = (rest.with(range.clone(), &line), whole.with(range, &line));
            found.push(refusal);
            continue;
        }
        let is_header = line_at(rest.text(), at).trim_start().starts_with('[');
        let range = match is_header {
            true if is_continued(rest.text(), at) => lines(rest.text(), at..at),
            true => section(rest.text(), at),
            false => statement(rest.text(), at),
        };
        // What is lacking because its line was passed over is no mistake of the file.
        let lack = lacking(&refusal);
        let within = is_header.then(|| range.clone());
        let is_hollow = lack.is_some_and(|name| {
            // It may be the key that was misspelt.
            let is_within = |start: usize| within.as_ref().is_none_or(|range| range.contains(&start));
            let mut misspelt = found.iter().filter(|found| found.what().starts_with("unknown key"));
            misspelt.any(|found| found.start().is_some_and(is_within)) || is_there(whole.text(), within.clone(), name)
        });
        // Without what the file as a whole lacks nothing more can be read.
        let blanked = if lack.is_some() && !is_header { None } else { rest.without(range) };
        if !is_hollow {
            found.push(refusal);
        }
        let Some(blanked) = blanked else { break };
        rest = blanked;
    }
    (None, sorted(found))
}

/// The line that the one at `at` was meant to be, where it is to begin a table and does not: what stands below it belongs
/// to that table, and has mistakes of its own.
fn header_meant(text: &str, at: usize, refusal: &Refusal) -> Option<String> {
    const TIMES: &str = "[times]";
    let line = line_at(text, at).trim();
    let what = refusal.what();
    let meant = if what.starts_with("unknown key") && line.starts_with('[') {
        near(line.trim_matches(['[', ']']), &["times"]).map(|_| TIMES.to_owned())
    } else if what.starts_with("expected a list, found a table") && line.starts_with('[') {
        Some(format!("[{line}]"))
    } else {
        header::meant(line)
    };
    // A second table of that name would be a mistake that nobody made.
    let is_new = |meant: &String| meant != TIMES || !text.lines().any(|line| line.trim() == TIMES);
    let is_closed = |line: &str, meant: &str| line.split('#').next().unwrap_or_default().trim() == meant;
    meant.filter(|meant| !is_closed(line, meant)).filter(is_new)
}

/// Whether the line of `at` begins the table once more that is written above it.
fn is_continued(text: &str, at: usize) -> bool {
    let line = line_at(text, at).trim();
    let above = text.get(..lines(text, at..at).start).unwrap_or_default();
    let last = above.lines().map(str::trim).rfind(|line| line.starts_with('['));
    !line.starts_with("[[") && last == Some(line)
}

/// The name of what `refusal` says is missing.
fn lacking(refusal: &Refusal) -> Option<&str> {
    refusal.what().strip_suffix(" is missing here")?.split_whitespace().last()
}

/// Whether `name` is a key or a table in the lines `within` of `text`, or at the top of it.
fn is_there(text: &str, within: Option<Range<usize>>, name: &str) -> bool {
    let is_key = |line: &str| line.split_once('=').is_some_and(|(key, _)| key.trim() == name);
    let is_table = |line: &str| line.trim_start_matches(['[', ' ', '\t']).split([']', '.']).next() == Some(name);
    let begins_table = |line: &&str| line.trim_start().starts_with('[');
    match within {
        Some(range) => text.get(range).unwrap_or_default().lines().any(is_key),
        None => {
            text.lines().take_while(|line| !begins_table(line)).any(is_key)
                || text.lines().filter(begins_table).any(is_table)
        }
    }
}

fn sorted(mut found: Vec<Refusal>) -> Vec<Refusal> {
    found.sort_by_key(|refusal| (refusal.line(), refusal.column()));
    found
}

fn line_at(text: &str, at: usize) -> &str {
    text.get(lines(text, at..at)).unwrap_or_default()
}

/// `range` with the whole of the lines that it begins and ends in.
fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or(text);
    let from = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = range.end.max(range.start);
    let to = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| end + newline);
    from..to
}

/// The lines of the key and value that `at` lies in: a list may go over many.
fn statement(text: &str, at: usize) -> Range<usize> {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut narrowest = at..at;
    widen(table.get_ref(), at, &mut narrowest);
    lines(text, narrowest)
}

/// Sets `range` to the innermost key with a value over several lines that `at` lies in.
fn widen(table: &DeTable<'_>, at: usize, range: &mut Range<usize>) {
    for (key, value) in table {
        let whole = key.span().start..value.span().end;
        match value.get_ref() {
            DeValue::Table(inner) => widen(inner, at, range),
            DeValue::Array(array) => {
                for value in array.iter() {
                    if let DeValue::Table(inner) = value.get_ref() {
                        widen(inner, at, range);
                    }
                }
                let is_list_of_values = array.iter().all(|value| !value.get_ref().is_table());
                if is_list_of_values && whole.contains(&at) {
                    *range = whole;
                }
            }
            _ if whole.contains(&at) => *range = whole,
            _ => {}
        }
    }
}

/// The lines from the header in the line of `at` to the next one.
fn section(text: &str, at: usize) -> Range<usize> {
    let header = lines(text, at..at);
    let rest = text.get(header.end..).unwrap_or_default();
    let next = rest.match_indices('\n').map(|(newline, _)| newline + 1);
    let next = next
        .into_iter()
        .find(|start| rest.get(*start..).is_some_and(|line| line.trim_start_matches([' ', '\t']).starts_with('[')));
    header.start..next.map_or(text.len(), |start| header.end + start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::check;

    fn lines_of(text: &str) -> Vec<Option<usize>> {
        let source = Source::new("f.toml", text).unwrap();
        check::mistakes(&source, false).iter().map(Refusal::line).collect()
    }

    #[test]
    fn what_is_passed_over_is_not_missed_afterwards() {
        let question = |id: &str, rest: &str| format!("[[question]]\nid = {id}\n{rest}\n");
        let whole = "title = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\ngroup = \"skin\"\nconsequence = \"stop\"";
        let text = question("3", whole) + &question("\"x\"", &whole.replace("why", "wy")) + &question("\"y\"", whole);
        assert_eq!(lines_of(&text), [Some(2), Some(12)], "{text}");
        let lacking = question("\"x\"", &whole.replace("why = \"b\"\n", "")) + &question("4", whole);
        assert_eq!(lines_of(&lacking), [Some(1), Some(8)], "what is missing from the first place is told");
        assert_eq!(lines_of("id = 3\n"), [Some(1)], "no id, no sections: nothing more can be read");
        assert_eq!(lines_of("\nid = 3\n[times]\nstroke = 8\n"), [Some(2), Some(4)]);
    }

    #[test]
    fn what_stands_below_a_spoilt_header_is_read_as_if_it_were_whole() {
        let below = "id = 3\n\n[times]\ncontact = 3\nstroke = 4\n";
        assert_eq!(lines_of(below), [Some(1), Some(4), Some(5)]);
        for header in ["[times", "  [times # x", "[[times]]", "times]", "times:", "[time]", "[Times]", "[times]]"] {
            let text = below.replace("[times]", header);
            assert_eq!(lines_of(&text), [Some(1), Some(3), Some(4), Some(5)], "{text}");
        }
        let again = below.replace("stroke", "[times]\nstroke");
        assert_eq!(lines_of(&again), [Some(1), Some(4), Some(5), Some(6)], "{again}");
        for header in ["[[question", "[[question]", "[question]"] {
            let text = format!("{header}\nid = 3\ntitle = 4\n");
            assert_eq!(lines_of(&text).get(..3), Some(&[1, 2, 3].map(Some)[..]), "{text}");
        }
    }

    #[test]
    fn an_open_end_is_told_once() {
        assert_eq!(lines_of("[[question]]\nid = [\n").len(), 1);
        assert_eq!(lines_of("").len(), 1);
        assert_eq!(lines_of("\n\n= = =\n").len(), 1);
    }
}
