//! How hard the texts are that a person reads, by the formula of Flesch and Kincaid. `cargo run --example reading_age` prints
//! the figures of docs/reading-age.md; the tests hold the questions to it, and the twins of hard words.

#[cfg(test)]
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Texts of fewer words are labels: the formula says nothing about them.
const LEAST_WORDS: usize = 4;
/// As many of the hardest texts are listed.
const LISTED: usize = 10;
/// A reader of twelve is in about the seventh year of school.
#[cfg(test)]
const HIGHEST_GRADE: f64 = 7.0;
/// What stands with a question on its screen, or with the stop because of it.
#[cfg(test)]
const NEAR_A_QUESTION: [&str; 2] = ["why it is asked", "what to do next"];

/// What is data and no text to be read.
const NO_TEXTS: [&str; 17] = [
    "id",
    "key",
    "group",
    "consequence",
    "firmness",
    "source",
    "sources",
    "times",
    "direction",
    "title",
    "short",
    "bare",
    "rehearsal",
    "kind",
    "program",
    "span",
    "card",
];

/// A text that a person reads.
pub struct Text {
    group: &'static str,
    /// Where it stands: `checklist diabetes.why`.
    place: String,
    text: String,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    texts: usize,
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let text = plain(text);
        let ends = text.split_inclusive(['.', '!', '?']).filter(|part| part.chars().any(char::is_alphabetic));
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'))
            .filter(|word| word.chars().any(char::is_alphabetic))
            .collect();
        let syllables = words.iter().map(|word| syllables(word)).sum();
        Counts { texts: 1, sentences: ends.count().max(1), words: words.len(), syllables }
    }

    fn and(self, other: Counts) -> Counts {
        Counts {
            texts: self.texts + other.texts,
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    /// Words in a sentence, syllables in a word.
    fn rates(self) -> (f64, f64) {
        let number = |count: usize| f64::from(u32::try_from(count.max(1)).unwrap());
        (number(self.words) / number(self.sentences), number(self.syllables) / number(self.words))
    }

    /// The year of school for which it is written.
    fn grade(self) -> f64 {
        let (words, syllables) = self.rates();
        0.39 * words + 11.8 * syllables - 15.59
    }

    /// From 0, very hard, to 100, very easy.
    fn ease(self) -> f64 {
        let (words, syllables) = self.rates();
        206.835 - 1.015 * words - 84.6 * syllables
    }
}

/// Without marks, and with a short word for what is filled in.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        plain.push_str("this");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace(['*', '`'], "")
}

/// Groups of vowels, without an `e` that is not spoken at the end. It is right for nine words in ten, and errs to both sides.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    if word.len() <= 3 {
        return 1;
    }
    let silent = ["es", "ed", "e"].into_iter().find_map(|end| {
        let stem = word.strip_suffix(end)?;
        let last = stem.chars().next_back()?;
        let is_silent = match end {
            "ed" => !matches!(last, 't' | 'd'),
            "es" => !"laeiouyscxz".contains(last),
            _ => !"laeiouy".contains(last),
        };
        is_silent.then_some(stem)
    });
    let spoken = silent.unwrap_or(&word);
    let spoken = spoken.strip_prefix('y').unwrap_or(spoken);
    let (mut count, mut run) = (0, 0);
    for c in spoken.chars() {
        run = if "aeiouy".contains(c) { run + 1 } else { 0 };
        // Three vowels in a row are two groups.
        count += usize::from(run % 2 == 1);
    }
    count.max(1)
}

/// Every text of four words or more that a person reads.
pub fn texts(root: &Path) -> Vec<Text> {
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let mut texts = Vec::new();
    for (file, group) in [
        ("assets/checklist.toml", "kinds of procedures"),
        ("assets/protocol.toml", "protocol"),
        ("assets/words.toml", "screens"),
        ("crates/store/assets/show.toml", "records and exports"),
        ("crates/store/assets/export.toml", "records and exports"),
    ] {
        let table: toml::Table = read(file).parse().unwrap();
        let name = file.rsplit('/').next().unwrap().trim_end_matches(".toml");
        for (key, value) in &table {
            gather(&mut texts, group, name, key, value);
        }
    }
    texts.extend(paragraphs(&read("README.md")));
    for text in &mut texts {
        let is_question = text.place.starts_with("checklist ") || text.place.starts_with("protocol sign_out");
        let key = text.place.rsplit('.').next().unwrap_or_default();
        text.group = match key {
            "question" if is_question => "questions",
            "why" if is_question => "why it is asked",
            "next" if is_question => "what to do next",
            _ => text.group,
        };
    }
    texts.retain(|text| Counts::of(&text.text).words >= LEAST_WORDS);
    texts
}

/// The paragraphs of a page of Markdown, without headings, tables, pictures, rows of links and what stands between fences.
fn paragraphs(page: &str) -> Vec<Text> {
    let prose: String = page.split("```").step_by(2).collect();
    let parts = prose.split("\n\n").map(str::trim).filter(|part| part.starts_with(|c: char| !"#|<![".contains(c)));
    parts
        .enumerate()
        .map(|(at, part)| Text { group: "README", place: format!("README, paragraph {}", at + 1), text: part.into() })
        .collect()
}

fn gather(texts: &mut Vec<Text>, group: &'static str, file: &str, place: &str, value: &toml::Value) {
    match value {
        toml::Value::String(text) if !NO_TEXTS.contains(&place.rsplit('.').next().unwrap_or_default()) => {
            texts.push(Text { group, place: format!("{file} {place}"), text: text.clone() });
        }
        toml::Value::Table(table) if !NO_TEXTS.contains(&place) => {
            for (key, value) in table {
                gather(texts, group, file, &format!("{place}.{key}"), value);
            }
        }
        toml::Value::Array(entries) if !NO_TEXTS.contains(&place) => {
            for (at, entry) in entries.iter().enumerate() {
                let id = entry.get("id").and_then(toml::Value::as_str);
                let id = id.map_or_else(|| (at + 1).to_string(), str::to_owned);
                gather(texts, group, file, &format!("{place}.{id}"), entry);
            }
        }
        _ => {}
    }
}

/// The figures, as docs/reading-age.md has them.
pub fn report(root: &Path) -> String {
    let texts = texts(root);
    let mut groups: Vec<(&str, Counts)> = Vec::new();
    for text in &texts {
        let counts = Counts::of(&text.text);
        match groups.iter_mut().find(|(group, _)| *group == text.group) {
            Some((_, all)) => *all = all.and(counts),
            None => groups.push((text.group, counts)),
        }
    }
    let mut out = String::from("| texts | how many | words in a sentence | ease | grade |\n|---|--:|--:|--:|--:|\n");
    let all = groups.iter().fold(Counts::default(), |all, (_, counts)| all.and(*counts));
    for (group, counts) in groups.into_iter().chain([("all", all)]) {
        let (texts, words) = (counts.texts, counts.rates().0);
        let (ease, grade) = (counts.ease().min(100.0), counts.grade().max(0.0));
        let _ = writeln!(out, "| {group} | {texts} | {words:.1} | {ease:.0} | {grade:.1} |");
    }
    let mut hardest: Vec<(f64, &Text)> = texts.iter().map(|text| (Counts::of(&text.text).grade(), text)).collect();
    hardest.sort_by(|one, other| other.0.total_cmp(&one.0));
    out += "\n| grade | where | text |\n|--:|---|---|\n";
    for (grade, text) in hardest.iter().take(LISTED) {
        let short: String = text.text.chars().take(120).collect();
        let _ = writeln!(out, "| {grade:.1} | {} | {} |", text.place, short.replace('|', "\\|"));
    }
    out
}

/// Hard words with their everyday twins, from the table of docs/reading-age.md.
#[cfg(test)]
fn hard_words(root: &Path) -> Vec<(String, Option<String>)> {
    let page = fs::read_to_string(root.join("docs/reading-age.md")).unwrap();
    let table = page.split("| hard word | everyday twin |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        (cells[0].to_lowercase(), (cells[1] != "none").then(|| cells[1].to_lowercase()))
    })
    .collect()
}

#[cfg(test)]
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn syllables_are_counted_as_they_are_spoken() {
    for (word, count) in [
        ("skin", 1),
        ("needles", 2),
        ("washed", 1),
        ("needed", 2),
        ("minute", 2),
        ("alcohol", 3),
        ("people", 2),
        ("medicine", 3),
        ("area", 2),
        ("the", 1),
        ("sauces", 2),
        ("isotretinoin", 5),
        ("yes", 1),
    ] {
        assert_eq!(syllables(word), count, "{word}");
    }
}

#[test]
fn a_text_has_the_grade_of_the_formula() {
    let counts = Counts::of("The cat sat on {what}. Was it **warm**?");
    assert_eq!((counts.sentences, counts.words, counts.syllables), (2, 8, 8));
    assert!((counts.grade() - (0.39 * 4.0 + 11.8 - 15.59)).abs() < 1e-9);
    assert!((counts.ease() - (206.835 - 1.015 * 4.0 - 84.6)).abs() < 1e-9);
}

#[test]
fn the_report_has_a_row_for_every_kind_of_text_and_the_hardest_ten() {
    let report = report(root());
    for group in [
        "questions",
        "why it is asked",
        "what to do next",
        "protocol",
        "screens",
        "records and exports",
        "README",
        "all",
    ] {
        assert!(report.contains(&format!("\n| {group} | ")), "{group}:\n{report}");
    }
    assert_eq!(report.split("\n\n").nth(1).unwrap().lines().count(), 2 + LISTED, "{report}");
}

#[test]
fn every_question_can_be_read_by_a_reader_of_twelve() {
    let asked: Vec<Text> = texts(root()).into_iter().filter(|text| text.group == "questions").collect();
    assert!(asked.len() > 20, "{}", asked.len());
    let hard_words = hard_words(root());
    // Whoever the question means knows its hard words or has their twins; what is left to read are the others.
    let grade = |text: &Text| {
        let lower = text.text.to_lowercase();
        Counts::of(&hard_words.iter().fold(lower, |text, (word, _)| text.replace(word, "illness"))).grade()
    };
    let hard = asked.iter().map(|text| (grade(text), text)).filter(|(grade, _)| *grade > HIGHEST_GRADE);
    let hard: Vec<String> = hard.map(|(grade, text)| format!("{grade:.1} {}: {}", text.place, text.text)).collect();
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

/// Whoever meets a hard word in a question, its reason or what to do next has the everyday one on the same screen.
#[test]
fn every_hard_word_has_an_everyday_twin_beside_it() {
    let mut questions: BTreeMap<String, String> = BTreeMap::new();
    for text in
        texts(root()).into_iter().filter(|text| text.group == "questions" || NEAR_A_QUESTION.contains(&text.group))
    {
        let question = text.place.rsplit_once('.').unwrap().0.to_owned();
        *questions.entry(question).or_default() += &text.text.to_lowercase();
    }
    let mut missing = Vec::new();
    for (hard, twin) in hard_words(root()) {
        let mut using = questions.iter().filter(|(_, text)| text.contains(&hard)).peekable();
        assert!(using.peek().is_some(), "{hard} is in no question: take it out of docs/reading-age.md");
        let Some(twin) = twin else { continue };
        let alone = using.filter(|(_, text)| !text.contains(&twin));
        missing.extend(alone.map(|(question, text)| format!("{hard} without {twin} at {question}: {text}")));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
