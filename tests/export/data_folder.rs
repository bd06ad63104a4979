//! A data folder with sessions in it, put together from the blocks that the program writes.

use std::fs;
use std::path::{Path, PathBuf};

use engine::protocol::{Fingerprint, Section};
use engine::session::{Event, Judgement, Outcome, Said, SectionEnd};
use engine::timeline::Wall;
use store::calendar::parse_rfc3339;
use store::export::{self, Dates, NotExported, Page, Range};
use store::record::read::Depth;
use store::record::summary::{ReasonFields, SectionFields, StrokeFields};
use store::record::{
    Day, FilePart, Header, Ledger, NamedItem, NamedQuestion, OsDisk, OwnedRoller, Past, ProtocolRef, RecordKind,
    RecordedEntry, SerumNote, Start, SummaryFields, Timestamp, follow_up,
};

use crate::support::program::shipped_protocols;

/// The golden session of the record tests, which has something of everything.
pub const RICH: (&str, &str) = ("20261122T183000Z-ab12", include_str!("../golden/session.toml"));

pub fn wall(text: &str) -> Wall {
    parse_rfc3339(text).unwrap_or_else(|| panic!("{text}"))
}

/// What a file is made from. The default is a session in which everything was rolled.
#[derive(Clone)]
pub struct RecordSpec {
    pub id: &'static str,
    pub started: &'static str,
    pub kind: RecordKind,
    pub trial: bool,
    pub early_reason: Option<String>,
    pub serum: Option<String>,
    pub outcome: Outcome,
    pub stop_reason: Option<String>,
    pub reasons: Vec<ReasonFields>,
    /// Each section, its end and its items, and how long it was rolled.
    pub sections: Vec<(Section, SectionEnd, Vec<String>, u64)>,
    pub roller_name: String,
    pub felt: Option<u8>,
    pub note: Option<String>,
    /// Of the list: the question's id, its wording, and the answer as a record holds it.
    pub answers: Vec<(String, String, String)>,
    /// Of the sign-out: the question's id, its wording, and what was said.
    pub sign_out: Vec<(String, String, Said)>,
    pub closed: bool,
}

impl RecordSpec {
    pub fn new(id: &'static str, started: &'static str) -> RecordSpec {
        let done = |section| (section, SectionEnd::Done, Vec::new(), 24_000);
        RecordSpec {
            id,
            started,
            kind: RecordKind::Session,
            trial: false,
            early_reason: None,
            serum: None,
            outcome: Outcome::Finished,
            stop_reason: None,
            reasons: Vec::new(),
            sections: Section::ALL.map(done).into(),
            roller_name: "blue 0.13".into(),
            felt: None,
            note: None,
            answers: Vec::new(),
            sign_out: Vec::new(),
            closed: true,
        }
    }

    /// Nothing was rolled: it came to `outcome` before.
    pub fn not_rolled(mut self, outcome: Outcome) -> RecordSpec {
        self.outcome = outcome;
        for section in &mut self.sections {
            (section.1, section.3) = (SectionEnd::NotReached, 0);
        }
        self
    }

    pub fn text(&self) -> String {
        let began = wall(self.started);
        let start = Start {
            app: "0.1.0".into(),
            kind: self.kind,
            trial: self.trial,
            protocol: ProtocolRef { id: "article-2018".into(), fingerprint: Fingerprint(1), checklist: Fingerprint(2) },
            started: began,
            boot: None,
            strokes: vec!["up-down".into()],
            early_reason: self.early_reason.clone(),
            serum: self.serum.clone().map(|name| SerumNote {
                brand: Some(format!("maker of {name}")),
                name,
                opened: Day::parse("2026-08-01"),
            }),
        };
        let header = Header::new(&start, self.id);
        let mut text = header.to_text();
        if !self.closed {
            return text;
        }
        let entry = |n, event| RecordedEntry { n, t: 0, at: Timestamp::of(began), event, sum: String::new() };
        let put = |part, n, event| entry(n, event).to_text(part, &header.sum).unwrap();
        for (n, (item, asked, answer)) in (1..).zip(&self.answers) {
            let item = NamedItem { item: item.clone(), asked: Some(asked.clone()) };
            let event = Event::Answered { item, answer: toml::from_str(answer).unwrap() };
            text += &put(FilePart::BeforeSummary, n, event);
        }
        text += &self.summary(began).to_text(&header.sum);
        let mut later = Vec::new();
        for (question, asked, said) in &self.sign_out {
            let question = NamedQuestion { question: question.clone(), asked: Some(asked.clone()) };
            later.push(Event::SignedOut { question, said: *said });
        }
        if let Some(felt) = self.felt {
            later.push(Event::Felt { level: felt });
        }
        if let Some(note) = &self.note {
            later.push(Event::Noted { text: note.clone() });
        }
        for (n, event) in (self.entries() + 1..).zip(later) {
            text += &put(FilePart::AfterSummary, n, event);
        }
        text
    }

    /// How many entries stand before the summary.
    fn entries(&self) -> u32 {
        u32::try_from(self.answers.len()).unwrap()
    }

    fn summary(&self, began: Wall) -> SummaryFields {
        let section = |(section, end, items, ms): &(Section, SectionEnd, Vec<String>, u64)| SectionFields {
            section: *section,
            end: *end,
            planned_ms: 24_000,
            rolled_ms: *ms,
            strokes: if *ms > 0 { vec![StrokeFields { stroke: "up-down".into(), ms: *ms }] } else { Vec::new() },
            skip: items.clone(),
            round: Vec::new(),
            cut_off: 0,
            one_more: false,
        };
        SummaryFields {
            outcome: self.outcome,
            closed: Timestamp::of(Wall { unix: began.unix + 1_500, ..began }),
            entries: self.entries(),
            verdict: Some(if self.reasons.is_empty() { Judgement::Clear } else { Judgement::Stop }),
            reasons: self.reasons.clone(),
            stop_reason: self.stop_reason.clone(),
            roller: Some("blue".into()),
            roller_name: Some(self.roller_name.clone()),
            needle_um: Some(130),
            roller_uses: Some(2),
            roller_retired: false,
            length_acknowledged: false,
            contact: Some("in-liquid".into()),
            contact_ms: Some(612_000),
            cues_heard: None,
            rolled_ms: self.sections.iter().map(|section| section.3).sum(),
            pauses: Some(0),
            paused_ms: Some(0),
            touches: Some(0),
            hand_cleans: Some(0),
            roller_events: Some(0),
            order: self.sections.iter().map(|section| section.0).collect(),
            sections: self.sections.iter().map(section).collect(),
            sum: String::new(),
        }
    }
}

pub struct DataFolder(pub tempfile::TempDir);

impl DataFolder {
    pub fn new() -> DataFolder {
        DataFolder(tempfile::tempdir().unwrap())
    }

    pub fn with(specs: &[RecordSpec]) -> DataFolder {
        let folder = DataFolder::new();
        for spec in specs {
            folder.put(spec.id, &spec.text());
        }
        folder
    }

    pub fn root(&self) -> PathBuf {
        self.0.path().join(".local/share/dermaroll")
    }

    /// The file of the session `id`, whose folder is there.
    pub fn path(&self, id: &str) -> PathBuf {
        let year = self.root().join("sessions").join(&id[..4]);
        fs::create_dir_all(&year).unwrap();
        year.join(format!("{id}.toml"))
    }

    pub fn put(&self, id: &str, text: &str) -> PathBuf {
        let path = self.path(id);
        fs::write(&path, text).unwrap();
        path
    }

    pub fn note(&self, id: &str, written: &str, day: Option<u32>, text: &str) {
        follow_up::add(
            &OsDisk,
            &self.path(id),
            wall(written),
            &follow_up::NewFollowUp { day, text: text.to_owned(), ..follow_up::NewFollowUp::default() },
        )
        .unwrap();
    }

    pub fn gather(&self) -> Gathered {
        let mut sessions = export::sessions(&self.root(), Depth::Whole, false);
        let sessions_of = sessions.by_ref().collect();
        Gathered { sessions: sessions_of, rest: sessions.rest(), rollers: Ledger::new(&self.root()).rollers().0 }
    }
}

/// All that a data folder has to export.
#[derive(Debug, PartialEq, Default)]
pub struct Gathered {
    pub sessions: Vec<Past>,
    pub rest: NotExported,
    pub rollers: Vec<OwnedRoller>,
}

pub fn csv(sessions: &[&Past]) -> Vec<u8> {
    let mut bytes = Vec::new();
    export::csv(sessions.iter().copied(), &mut bytes).unwrap();
    bytes
}

pub fn json(sessions: &[&Past], exported: Timestamp) -> String {
    let mut bytes = Vec::new();
    export::json(sessions.iter().copied(), exported, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A roller is meant to be used ten times.
pub fn markdown(gathered: &Gathered, most: Option<usize>, exported: Wall) -> String {
    let page = Page::of(gathered.sessions.iter().cloned(), most);
    page.text(&gathered.rollers, &gathered.rest, 10, exported)
}

pub fn calendar(gathered: &Gathered, range: Range, interval: u32, exported: Wall) -> Option<String> {
    let (dates, protocol) = (Dates::of(&gathered.sessions), &shipped_protocols().session);
    export::calendar(&dates, gathered.rest.last_hold, range, interval, protocol, exported)
}

pub fn all(gathered: &Gathered) -> Vec<&Past> {
    gathered.sessions.iter().collect()
}

/// What changes nothing: every file below `folder` with its bytes.
pub fn bytes_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for child in fs::read_dir(&folder).into_iter().flatten() {
            let path = child.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
