//! Every mistake in a file, not only the first: each line with a mistake is blanked, and the rest is read again.

use core::ops::Range;

use super::parse::statement::{around_mistake, lines};
use super::parse::{header, near};
use super::refusal::Refusal;
use super::source::Source;

/// More than anybody corrects in one go.
const MOST: usize = 200;

/// What `read` makes of `source`, and every mistake in it in the order of the lines. The value leaves out the lines
/// with mistakes; it is None where the rest cannot be read. Where a mistake keeps a part of the file from being read,
/// its refusal says so.
pub fn all<T>(source: &Source, mut read: impl FnMut(&Source) -> Result<T, Refusal>) -> (Option<T>, Vec<Refusal>) {
    let mut found: Vec<Refusal> = source.encoding_error().cloned().into_iter().collect();
    let mut rest = source.clone();
    // The file as it is, but with its headers corrected.
    let mut whole = source.clone();
    // The lines in which a made-up value takes the place of one that was blanked.
    let mut stand_ins: Vec<usize> = Vec::new();
    loop {
        let refusal = match rest.check_visible().and_then(|()| read(&rest)) {
            Ok(value) => return (Some(value), sorted(found)),
            Err(refusal) => refusal,
        };
        let (Some(at), Some(line)) = (refusal.start(), refusal.line()) else {
            // A refusal of the file as a whole counts only if it is the first: the file may lack what was blanked.
            if found.is_empty() {
                found.push(refusal);
            }
            return (None, sorted(found));
        };
        if found.len() >= MOST {
            found.push(refusal.with_hint("There are more; they are looked for when these are mended."));
            return (None, sorted(found));
        }
        if let Some(meant) = corrected_header(rest.text(), at, &refusal) {
            let range = lines(rest.text(), at..at);
            (rest, whole) = (rest.with_line(range, &meant), whole.with_line(nth_line(whole.text(), line), &meant));
            found.push(refusal);
            continue;
        }
        let is_header = header::name(line_at(rest.text(), at)).is_some_and(|name| !name.is_empty());
        if is_header
            && refusal.is_twice()
            && let Some(passing) = rest.ignoring_error_at(at)
        {
            rest = passing;
            found.push(refusal);
            continue;
        }
        let range = if is_header { section(rest.text(), at) } else { around_mistake(rest.text(), at) };
        let missing = missing_key(&refusal);
        let is_stand_in = missing.is_none() && stand_ins.contains(&line);
        if missing.is_none() && !is_stand_in {
            // A mistake that comes again could not be blanked.
            if found.last() != Some(&refusal) {
                found.push(refusal);
            }
            match rest.without(range.clone()) {
                Some(blanked) => rest = blanked,
                None => return (None, sorted(unread(found, line))),
            }
            continue;
        }
        // A key that is missing because its line was blanked is no mistake of the file.
        let is_braced = rest.text().get(at..).is_some_and(|rest| rest.starts_with('{'));
        let table = if is_braced { Some(range) } else { table(rest.text(), at).filter(|_| is_header || is_stand_in) };
        let within = table.clone().map(|range| numbers(rest.text(), range));
        let cause = missing.and_then(|name| cause(&found, whole.text(), within.clone(), name));
        if let (Some(name), Some(line)) = (missing, cause)
            && !is_braced
            && !stand_ins.contains(&line)
            && rest.text().get(nth_line(rest.text(), line)).is_some_and(|line| line.trim().is_empty())
        {
            rest = rest.with_line(nth_line(rest.text(), line), &stand_in(name, line));
            stand_ins.push(line);
            continue;
        }
        let hint = "What else stands there is looked at when this is mended.";
        let is_within = |found: &Refusal| {
            within.as_ref().is_none_or(|lines| found.line().is_some_and(|line| lines.contains(&line)))
        };
        let known = found.iter().position(|found| found.line() == cause).or_else(|| found.iter().position(is_within));
        match known.filter(|_| cause.is_some() || is_stand_in).and_then(|place| found.get_mut(place)) {
            Some(cause) => *cause = cause.clone().with_hint(hint),
            None if is_stand_in || cause.is_some() => {}
            None => found.push(refusal.with_hint(hint)),
        }
        // Where the file as a whole lacks something, nothing more can be read.
        match table.and_then(|range| rest.without(range)) {
            Some(blanked) => rest = blanked,
            None => return (None, sorted(found)),
        }
    }
}

/// The line, from 1, whose blanking made `name` missing in the lines `within`, or at the top of the file: its own line,
/// or that of a key that may be a misspelling of it.
fn cause(found: &[Refusal], whole: &str, within: Option<Range<usize>>, name: &str) -> Option<usize> {
    let is_within = |line: usize| within.as_ref().is_none_or(|lines| lines.contains(&line));
    let is_key =
        |line: &str| line.split([',', '{']).any(|part| part.split_once('=').is_some_and(|(key, _)| key.trim() == name));
    let is_table =
        |line: &str| within.is_none() && header::name(line).is_some_and(|table| table.split('.').next() == Some(name));
    let is_begun = |line: &str| line.trim_start().starts_with('[');
    let top = whole.lines().position(is_begun).filter(|_| within.is_none()).unwrap_or(usize::MAX);
    let own = whole
        .lines()
        .zip(1..)
        .find(|(text, line)| is_within(*line) && (*line <= top && is_key(text) || is_table(text)));
    let is_misspelt = |found: &&Refusal| {
        found.what().strip_prefix("unknown key ").is_some_and(|written| near(written, &[name]).is_some())
    };
    let misspelt = || found.iter().filter(is_misspelt).filter_map(Refusal::line).find(|line| is_within(*line));
    own.map(|(_, line)| line).or_else(misspelt)
}

/// A line that gives `name` a value which can be read.
fn stand_in(name: &str, line: usize) -> String {
    match name {
        "id" => format!("id = \"stand-in-{line}\""),
        "group" => "group = \"general\"".to_owned(),
        "consequence" => "consequence = \"stop\"".to_owned(),
        _ => format!("{name} = \"x\""),
    }
}

/// `found`, the last of which now says that nothing from `line` on was looked at.
fn unread(mut found: Vec<Refusal>, line: usize) -> Vec<Refusal> {
    let last = found.pop().map(|last| last.with_hint(&format!("What stands from line {line} on was not looked at.")));
    found.extend(last);
    found
}

/// The header that the line at `at` was meant to be. The lines below it belong to that table, and may have mistakes of
/// their own.
fn corrected_header(text: &str, at: usize, refusal: &Refusal) -> Option<String> {
    const TIMES: &str = "[times]";
    let line = line_at(text, at).trim();
    let what = refusal.what();
    let meant = if what.starts_with("unknown key") && line.starts_with('[') {
        near(line.trim_matches(['[', ']']), &["times"]).map(|_| TIMES.to_owned())
    } else if what.starts_with("expected a list, found a table") && line.starts_with('[') {
        Some(format!("[{line}]"))
    } else {
        header::corrected(line)
    };
    // A second table of that name would be a mistake that is not in the file.
    let is_new = |meant: &String| meant != TIMES || !text.lines().any(|line| line.trim() == TIMES);
    let is_closed = |line: &str, meant: &str| line.split('#').next().unwrap_or_default().trim() == meant;
    meant.filter(|meant| !is_closed(line, meant)).filter(is_new)
}

/// The name of the key that `refusal` says is missing.
fn missing_key(refusal: &Refusal) -> Option<&str> {
    refusal.what().strip_suffix(" is missing here")?.split_whitespace().last()
}

fn sorted(mut found: Vec<Refusal>) -> Vec<Refusal> {
    found.sort_by_key(|refusal| (refusal.line(), refusal.column()));
    found
}

fn line_at(text: &str, at: usize) -> &str {
    text.get(lines(text, at..at)).unwrap_or_default()
}

/// The bytes of the table whose header is above `at` or in its line.
fn table(text: &str, at: usize) -> Option<Range<usize>> {
    let above = text.get(..lines(text, at..at).end).unwrap_or_default();
    let starts = above.match_indices('\n').map(|(newline, _)| newline + 1);
    let header = starts.chain([0]).filter(|start| line_at(text, *start).trim_start().starts_with('[')).max()?;
    Some(section(text, header))
}

/// The bytes of the line with this number, from 1.
fn nth_line(text: &str, number: usize) -> Range<usize> {
    let start = text.match_indices('\n').map(|(newline, _)| newline + 1).nth(number.wrapping_sub(2)).unwrap_or(0);
    lines(text, start..start)
}

/// The numbers of the lines in the bytes `range`.
fn numbers(text: &str, range: Range<usize>) -> Range<usize> {
    let number = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    number(range.start)..number(range.end.saturating_sub(1)) + 1
}

/// The bytes from the header in the line of `at` to the next header.
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
    use crate::content::check;

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
        assert_eq!(lines_of("\nid = 3\n[times]\nstroke = 8\n"), [Some(1), Some(2), Some(4)], "nor any sections");
    }

    #[test]
    fn what_stands_below_a_spoilt_header_is_read_as_if_it_were_whole() {
        let below = "id = 3\n\n[times]\ncontact = 3\nstroke = 4\n";
        assert_eq!(lines_of(below), [1, 1, 4, 5].map(Some), "there is no section");
        for header in ["[times", "  [times # x", "[[times]]", "times]", "times:", "[time]", "[Times]", "[times]]"] {
            let text = below.replace("[times]", header);
            assert_eq!(lines_of(&text), [1, 1, 3, 4, 5].map(Some), "{text}");
        }
        let again = below.replace("stroke", "[times]\nstroke");
        assert_eq!(lines_of(&again), [1, 1, 4, 5, 6].map(Some), "{again}");
        for header in ["[[question", "[[question]", "[question]"] {
            let text = format!("{header}\nid = 3\ntitle = 4\n");
            assert_eq!(lines_of(&text), [1, 1, 2, 3].map(Some), "{text}: more is lacking");
        }
    }

    fn lines_and_words(text: &str) -> Vec<(Option<usize>, String)> {
        let source = Source::new("f.toml", text).unwrap();
        check::mistakes(&source, false).iter().map(|it| (it.line(), format!("{} {}", it.what(), it.todo()))).collect()
    }

    fn question(id: &str, rest: &str) -> String {
        format!("[[question]]\nid = {id}\ntitle = \"a\"\nquestion = \"a?\"\nwhy = \"b\"\n{rest}\n")
    }

    const REST: &str = "group = \"skin\"\nconsequence = \"stop\"";

    #[test]
    fn the_rest_of_a_question_is_looked_at_whatever_is_wrong_with_one_line_of_it() {
        let wrong = "group = \"hair\"\nconsequence = \"halt\"";
        for (old, new, line) in [
            ("why =", "wy =", 5),
            ("\"a\"", "3", 3),
            ("\"b\"", "[\n\"b\"]", 5),
            ("\"a?\"", "\"\"", 4),
            ("id = 4", "id = \"A B\"", 2),
        ] {
            let text = question("4", wrong)
                .replace("id = 4", "id = \"x\"")
                .replace("id = \"x\"", if line == 2 { new } else { "id = \"x\"" });
            let text = if line == 2 { text } else { text.replacen(old, new, 1) };
            let shift = text.lines().count() - 7;
            assert_eq!(lines_of(&text), [Some(line), Some(6 + shift), Some(7 + shift)], "{text}");
        }
        let twice = question("\"x\"", REST) + &question("\"x\"", wrong);
        assert_eq!(lines_of(&twice), [Some(9), Some(13), Some(14)]);
        let lacking = question("\"x\"", wrong).replace("why = \"b\"\n", "") + &question("\"y\"", wrong);
        let found = lines_and_words(&lacking);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [Some(1), Some(12), Some(13)]);
        assert!(found[0].1.ends_with("What else stands there is looked at when this is mended."), "{found:?}");
    }

    #[test]
    fn one_bracket_and_two_are_told_where_there_is_one_and_all_is_read() {
        let wrong = REST.replace("stop", "halt");
        let single = |id: &str| question(id, &wrong).replace("[[question]]", "[question]");
        let double = |id: &str| question(id, &wrong);
        for (text, lines) in [
            (single("\"x\"") + &double("\"y\"") + &double("\"z\""), vec![1, 7, 14, 21]),
            (double("\"x\"") + &single("\"y\"") + &double("\"z\""), vec![7, 8, 14, 21]),
            (double("\"x\"") + &double("\"y\"") + &single("\"z\""), vec![7, 14, 15, 21]),
            (single("\"x\"") + &single("\"y\"") + &single("\"z\""), vec![1, 7, 8, 14, 15, 21]),
        ] {
            assert_eq!(lines_of(&text), lines.into_iter().map(Some).collect::<Vec<_>>(), "{text}");
            let told = lines_and_words(&text).iter().filter(|(_, words)| words.contains("two brackets")).count();
            assert_eq!(told, text.matches("\n[question]").count() + usize::from(text.starts_with("[q")), "{text}");
        }
    }

    #[test]
    fn more_than_the_most_are_said_to_be_more() {
        let text: String = (0..MOST + 5).map(|at| format!("[x{at}]\n")).collect();
        let found = lines_and_words(&text);
        assert_eq!(found.len(), MOST + 1);
        let more = found
            .iter()
            .filter(|(_, words)| words.ends_with("There are more; they are looked for when these are mended."));
        assert_eq!(more.count(), 1);
    }

    #[test]
    fn an_open_end_is_told_once() {
        assert_eq!(lines_of("[[question]]\nid = [\n"), [Some(1), Some(2)], "there is no title");
        assert_eq!(lines_of("").len(), 1);
        assert_eq!(lines_of("\n\n= = =\n").len(), 1);
    }
}
