//! The sessions as one page for a medical appointment: dates, intervals, needle, sections, how the skin was, stops. It
//! says what was done and noted, and judges nothing.

use core::time::Duration;
use std::borrow::Borrow;
use std::collections::{BTreeSet, VecDeque};

use super::words::{clean, id, listed, words};
use crate::calendar::Date;
use crate::record::Past;
use crate::record::header::RecordKind;
use crate::record::past::{SectionRow, SignOutRow};
use crate::record::show::stop_reason;
use crate::sanitise::cut;
use engine::protocol::words::{borrowed, clock};
use engine::protocol::{Micrometres, SignOutItem, Words};
use engine::session::{Outcome, Said, SectionEnd};
use engine::timeline::Wall;

/// The most characters shown of one text, and of all texts on a session: as many as fit on two rows of the page.
const TEXT: usize = 70;
const LINE: usize = 140;
/// What replaces the rest of a shortened text.
const CUT: &str = "...";

/// `sessions`, oldest first, as Markdown; `exported` is the current time. If `most` is given, only that many of the
/// newest are listed, so that the page stays one page. No more than those are kept in memory.
pub fn markdown<S: Borrow<Past>>(sessions: impl IntoIterator<Item = S>, most: Option<usize>, exported: Wall) -> String {
    let (mut short, mut shown) = (Short::default(), VecDeque::new());
    for session in sessions {
        short.add(session.borrow());
        if is_earnest(session.borrow()) {
            shown.push_back(session);
        }
        if most.is_some_and(|most| shown.len() > most) {
            shown.pop_front();
        }
    }
    let shown: Vec<&Past> = shown.iter().map(Borrow::borrow).collect();
    let mut page = Document { words: words(), lines: Vec::new(), is_cut: false };
    page.head(&short, shown.len(), exported);
    page.short(&short);
    if !shown.is_empty() {
        page.table(&shown.iter().copied().filter(|session| session.counted).collect::<Vec<_>>());
        page.skin(&shown);
        page.stops(&shown);
        page.early(&shown);
    }
    page.lines.join("\n") + "\n"
}

/// What the page says about all sessions together, listed or not.
#[derive(Default)]
struct Short {
    /// How many there are without trials and checks, and the first and last day of them.
    earnest: usize,
    period: Option<(Date, Date)>,
    counted: usize,
    /// Least and most.
    between: Option<(i64, i64)>,
    felt: Option<(u8, u8)>,
    lengths: BTreeSet<u32>,
    ended_early: usize,
    checks: usize,
    trials: usize,
    damaged: usize,
}

impl Short {
    fn add(&mut self, session: &Past) {
        let is_check = session.kind == RecordKind::Check;
        self.checks += usize::from(is_check);
        self.trials += usize::from(session.trial && !is_check);
        self.damaged += usize::from(session.damaged);
        if !is_earnest(session) {
            return;
        }
        self.earnest += 1;
        self.period = Some((self.period.map_or(session.day(), |(first, _)| first), session.day()));
        if session.counted {
            // The days before the first one are outside the period.
            widen(&mut self.between, session.days_since_previous.filter(|_| self.counted > 0));
            widen(&mut self.felt, session.felt);
            self.counted += 1;
            self.lengths.extend(session.roller.as_ref().map(|roller| roller.needle_um));
            self.ended_early += usize::from(is_cut_short(session));
        }
    }
}

fn widen<T: Ord + Copy>(range: &mut Option<(T, T)>, value: Option<T>) {
    if let Some(value) = value {
        *range = Some(range.map_or((value, value), |(least, most)| (least.min(value), most.max(value))));
    }
}

/// Neither a trial nor a check of the list.
fn is_earnest(session: &Past) -> bool {
    session.kind.is_rolling() && !session.trial
}

/// A session from paper says which sections were rolled; nobody knows whether the others were planned.
fn is_cut_short(session: &Past) -> bool {
    session.outcome != Some(Outcome::Finished) && session.kind != RecordKind::Log
}

struct Document {
    words: Words,
    lines: Vec<String>,
    /// A text was shortened.
    is_cut: bool,
}

impl Document {
    fn head(&mut self, all: &Short, shown: usize, exported: Wall) {
        let title = self.words.say("page.title");
        self.lines.extend([format!("# {title}"), String::new()]);
        let written = Date::of(exported).to_string();
        let made = [("written", written.as_str()), ("app", env!("CARGO_PKG_VERSION"))];
        let line = match all.period {
            Some((first, last)) => {
                let (from, to) = (first.to_string(), last.to_string());
                let [written, app] = made;
                self.words.fill("page.period", &[("from", &from), ("to", &to), written, app])
            }
            None => self.words.fill("page.empty", &made),
        };
        self.lines.extend([line, self.words.say("page.source")]);
        if shown < all.earnest {
            let (shown, all) = (shown.to_string(), all.earnest.to_string());
            let line = self.words.fill("page.newest", &[("shown", &shown), ("all", &all)]);
            self.lines.push(line);
        }
        self.lines.push(String::new());
    }

    /// A few lines about all sessions together.
    fn short(&mut self, all: &Short) {
        self.item("short.sessions", &[("count", &all.counted.to_string())]);
        if let Some(days) = self.range(all.between) {
            self.item("short.between", &[("days", &days)]);
        }
        if !all.lengths.is_empty() {
            let lengths = all.lengths.iter().map(|length| format!("{} mm", Micrometres(*length).millimetres()));
            self.item("short.needle", &[("lengths", &listed(lengths))]);
        }
        if let Some(felt) = self.range(all.felt) {
            self.item("short.felt", &[("felt", &felt)]);
        }
        if all.ended_early > 0 {
            self.item("short.ended_early", &[("count", &all.ended_early.to_string())]);
        }
        if all.checks + all.trials > 0 {
            let (trials, checks) = (all.trials.to_string(), all.checks.to_string());
            self.item("short.uncounted", &[("trials", &trials), ("checks", &checks)]);
        }
        if all.damaged > 0 {
            self.item("short.damaged", &[("count", &all.damaged.to_string())]);
        }
    }

    /// `3 to 5`; `3` if all are the same.
    fn range<T: PartialEq + ToString>(&self, range: Option<(T, T)>) -> Option<String> {
        let (least, most) = range?;
        let places = [("least", least.to_string()), ("most", most.to_string())];
        Some(if least == most { least.to_string() } else { self.words.fill("short.range", &borrowed(&places)) })
    }

    fn table(&mut self, counted: &[&Past]) {
        if counted.is_empty() {
            return;
        }
        self.heading("heading.sessions");
        let columns = ["date", "since", "needle", "done", "rolled", "skipped", "felt"];
        let names = columns.map(|name| self.words.say(&format!("column.{name}")));
        self.row(&names);
        self.lines.push("|---|--:|--:|--:|--:|---|--:|".to_owned());
        for session in counted {
            let unknown = || self.words.say("cell.unknown");
            let known = |value: Option<String>| value.unwrap_or_else(unknown);
            let done = session.ended_as(SectionEnd::is_done).count().to_string();
            let all = session.sections.len().to_string();
            let cells = [
                session.day().to_string(),
                known(session.days_since_previous.map(|days| days.to_string())),
                known(session.roller.as_ref().map(|roller| Micrometres(roller.needle_um).millimetres())),
                self.words.fill("cell.done", &[("done", &done), ("all", &all)]),
                // Nobody timed what was on paper.
                known(session.rolled_ms.map(|ms| clock(Duration::from_millis(ms)))),
                self.left_out(session),
                known(session.felt.map(|felt| felt.to_string())),
            ];
            self.row(&cells);
        }
    }

    fn left_out(&self, session: &Past) -> String {
        let why = |key: &str, part: &SectionRow, items: &[String]| {
            let items: Vec<String> = items.iter().map(|item| escaped(&id(item))).collect();
            self.words.fill(key, &[("section", &escaped(&id(part.section.id()))), ("items", &items.join(", "))])
        };
        let parts = session.sections.iter().filter_map(|part| {
            if !part.skipped_because.is_empty() {
                Some(why("cell.skipped", part, &part.skipped_because))
            } else if !part.went_round.is_empty() {
                Some(why("cell.round", part, &part.went_round))
            } else {
                let is_passed_over = matches!(part.end, SectionEnd::Skipped | SectionEnd::LeftOut);
                is_passed_over.then(|| escaped(&id(part.section.id())))
            }
        });
        let parts = listed(parts);
        if parts.is_empty() { self.words.say("cell.unknown") } else { parts }
    }

    /// The notes of the day and of later days, and what came up in the sign-out.
    fn skin(&mut self, shown: &[&Past]) {
        self.heading("heading.skin");
        let before = self.lines.len();
        for session in shown {
            let date = session.day().to_string();
            let is_about_skin = |asked: &&SignOutRow| SignOutItem::ABOUT_SKIN.contains(&asked.question.as_str());
            let asked = session.sign_out.iter().filter(|asked| asked.said != Said::No).filter(is_about_skin);
            for asked in asked {
                // In the words of the question: the oldest one asked about three things at once.
                let wording = asked.asked.as_deref().map(|wording| escaped(&clean(wording)));
                let question = wording.unwrap_or_else(|| self.word("question", &asked.question));
                let said = self.said(asked.said);
                let answers = self.words.fill("skin.asked", &[("said", &said), ("question", &question)]);
                self.item("skin.blood", &[("date", &date), ("answers", &answers)]);
            }
            let texts = self.texts(session);
            if !texts.is_empty() {
                self.item("skin.note", &[("date", &date), ("text", &texts)]);
            }
        }
        self.or_none(before, "skin.none");
        if self.is_cut {
            let line = self.words.say("skin.cut");
            self.lines.extend([String::new(), line]);
        }
    }

    /// The note of a session and its follow-ups, in a line or two, so that the page stays one page.
    fn texts(&mut self, session: &Past) -> String {
        let note = session.note.iter().map(|note| (String::new(), clean(note)));
        let later = session.follow_ups.iter().map(|later| {
            let when = match later.day {
                Some(day) => self.words.fill("skin.later_day", &[("day", &day.to_string())]),
                None => self.words.fill("skin.later", &[("written", &Date::of(later.written.wall()).to_string())]),
            };
            (when, clean(&later.said()))
        });
        let all: Vec<(String, String)> = note.chain(later).collect();
        let (mut texts, mut room) = (Vec::new(), LINE);
        for (when, text) in all {
            if room < TEXT / 2 {
                texts.push(CUT.to_owned());
                self.is_cut = true;
                break;
            }
            let kept = shortened(&text, room.min(TEXT));
            self.is_cut |= kept != text;
            room = room.saturating_sub(when.chars().count() + kept.chars().count());
            texts.push(when + &escaped(&kept));
        }
        texts.join("; ")
    }

    fn stops(&mut self, shown: &[&Past]) {
        self.heading("heading.stops");
        let before = self.lines.len();
        for session in shown {
            let date = session.day().to_string();
            match session.outcome {
                Some(Outcome::StoppedByList) => {
                    let reasons = listed(session.reasons.iter().map(|reason| {
                        let days = reason.days_left.unwrap_or(0).to_string();
                        let because = self.word("because", &reason.because).replace("{days}", &days);
                        let (item, answer) = (escaped(&id(&reason.item)), self.said(reason.answer));
                        let places = [("because", because.as_str()), ("answer", &answer), ("item", &item)];
                        self.words.fill("stops.reason", &places)
                    }));
                    self.item("stops.list", &[("date", &date), ("reasons", &reasons)]);
                }
                Some(Outcome::LeftBefore) => self.item("stops.left", &[("date", &date)]),
                Some(Outcome::Finished) => {}
                Some(_) | None if !is_cut_short(session) => {}
                Some(_) | None => {
                    let given = session.stop_reason.as_ref().map(|reason| escaped(&stop_reason(reason)));
                    let reason = given.unwrap_or_else(|| self.words.say("stops.no_reason"));
                    self.item("stops.part", &[("date", &date), ("reason", &reason)]);
                }
            }
        }
        self.or_none(before, "stops.none");
    }

    fn early(&mut self, shown: &[&Past]) {
        if shown.iter().all(|session| session.early_reason.is_none()) {
            return;
        }
        self.heading("heading.early");
        for session in shown {
            let Some(reason) = &session.early_reason else { continue };
            let (date, reason) = (session.day().to_string(), escaped(&clean(reason)));
            match session.days_since_previous {
                Some(days) => {
                    self.item("early.line", &[("date", &date), ("days", &days.to_string()), ("reason", &reason)]);
                }
                None => self.item("early.line_unknown", &[("date", &date), ("reason", &reason)]),
            }
        }
    }

    fn said(&self, answer: impl Into<&'static str>) -> String {
        self.word("answer", answer.into())
    }

    /// The word for a name in the file. A name without one is shown as it is.
    fn word(&self, table: &str, code: &str) -> String {
        let name = format!("{table}.{code}");
        self.words.find(&name).unwrap_or_else(|| escaped(&id(code)))
    }

    fn heading(&mut self, name: &str) {
        let heading = self.words.say(name);
        self.lines.extend([String::new(), format!("## {heading}"), String::new()]);
    }

    /// A line of a list. The person's own text is filled in last, so that a `{place}` in it stays as it is.
    fn item(&mut self, name: &str, places: &[(&str, &str)]) {
        let line = self.words.fill(name, places);
        self.lines.push(format!("- {line}"));
    }

    fn or_none(&mut self, before: usize, name: &str) {
        if self.lines.len() == before {
            let none = self.words.say(name);
            self.lines.push(none);
        }
    }

    fn row(&mut self, cells: &[String]) {
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }
}

/// The first `most` characters of `text`, at most.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    cut(text, most.saturating_sub(CUT.len())).trim_end().to_owned() + CUT
}

/// `text` with a backslash before every character that means something in Markdown or HTML. It is never used at the
/// start of a line, so dashes and numbers need none.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|!~&$^".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
