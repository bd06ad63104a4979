//! The page for an appointment: what a dermatologist asks first stands first, and a year of sessions is one printed page.

use engine::protocol::Micrometres;
use engine::session::{Outcome, Said};
use store::export::{self, Dates, Page};
use store::record::ledger::Condition;
use store::record::read::Depth;
use store::record::{Day, Ledger, OsDisk, RecordKind, Skin, follow_up};

use crate::export::data_folder::{DataFolder, RecordSpec, markdown, wall};
use crate::export::golden::autumn;

const EXPORTED: &str = "2026-12-23T08:00:00+01:00";

/// `text` with a blank that does not break for each `_`.
fn firm(text: &str) -> String {
    text.replace('_', "\u{a0}")
}

fn assert_holds(page: &str, lines: &[&str]) {
    for line in lines.iter().map(|line| firm(line)) {
        assert!(page.contains(&line), "{line} is missing:\n{page}");
    }
}

/// The headings of the page, in order.
fn headings(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

#[test]
fn it_tells_what_was_done_in_the_order_of_the_questions() {
    let page = markdown(&autumn().gather(), Some(12), wall(EXPORTED));
    assert_holds(
        &page,
        &[
            "Name: .....",
            "Date of birth: .....",
            "- Sessions from 30_Aug_2026 to 22_Nov_2026: 4; ended early: 2; trials, not counted: 1; reviews of the checklist alone, not counted: 1\n",
            "- Days from one session to the next: 28, in order ███\n",
            "Feel, from 0 (felt nothing) to 5 (too much): median 2, 1 to 2, in order ▁▃·▃\n",
            "- 24_Oct_2026: no rolling, because of the checklist: retinoid, yes, too soon, days left: 2\n",
            "- 25_Oct_2026: ended early, reason: pink, darker or warm\n",
            "- 25_Oct_2026: mouth left out (eczema, cold sore)\n",
            "- 22_Nov_2026: upper left: went round mole\n",
            "- 22_Nov_2026: begun early, after 28 days: away from Monday\n",
            "- Meant to be put on afterwards: plain hyaluronic, by maker of plain hyaluronic, opened 1_Aug_2026 (30_Aug_2026)\n",
            "- Answered: diabetes: yes, a doctor or pharmacist said it is all right (22_Nov_2026)\n",
            "- Answered: recent work: yes, filler, 40 days before (22_Nov_2026)\n",
            "| 25_Oct_2026 | 28 | 3 of 5 | 1:21 | - | - |\n",
            "| 27_Sep_2026 | 28 | 5 of 5 | 2:00 | 2 | day 1: pink, =SUM(A1:A9) sore; day 3: cal... |\n",
        ],
    );
    let order = ["Reactions, worst first", "What was used, answered and left out", "Sessions"];
    assert_eq!(headings(&page), order);
    assert!(!page.contains("10\u{a0}Nov"), "a trial is counted and not listed");
    let short = markdown(&autumn().gather(), Some(2), wall(EXPORTED));
    assert!(short.contains("The newest 2 of 6"), "{short}");
    assert!(short.contains("2026: 4;") && !short.contains("Sep\u{a0}2026"), "{short}");
}

#[test]
fn it_reads_answers_of_what_it_lists_and_a_calendar_none() {
    let folder = autumn();
    let read = |depth| export::sessions(&folder.root(), depth, false);
    let answered = |depth| read(depth).map(|session| session.answers.len()).sum::<usize>();
    assert!(answered(Depth::Whole) > 0 && answered(Depth::Ends) == 0);
    let text = |page: &Page| page.text(&[], &read(Depth::Ends).rest(), 10, wall(EXPORTED));
    let mut page = Page::of(read(Depth::Ends), None);
    page.read_answers(&read(Depth::Ends));
    assert_eq!(text(&page), text(&Page::of(read(Depth::Whole), None)));
    assert_eq!(Dates::of(read(Depth::Ends)), Dates::of(read(Depth::Whole)));
    assert_eq!(read(Depth::Ends).rest(), read(Depth::Whole).rest());
}

#[test]
fn days_without_rolling_make_no_table() {
    let left = RecordSpec::new("20261111T183000Z-aa07", "2026-11-11T19:30:00+01:00").not_rolled(Outcome::LeftBefore);
    let page = markdown(&DataFolder::with(&[left]).gather(), None, wall(EXPORTED));
    assert!(!page.contains("|---"), "{page}");
    assert_holds(&page, &["- 11_Nov_2026: left before rolling\n"]);
    assert_eq!(headings(&page), ["Reactions, worst first", "What was used, answered and left out"]);
}

#[test]
fn one_value_alone_is_no_range_and_no_row() {
    let one = RecordSpec { felt: Some(3), ..RecordSpec::new("20260830T180000Z-aa01", "2026-08-30T20:00:00+02:00") };
    let page = markdown(&DataFolder::with(&[one]).gather(), None, wall(EXPORTED));
    assert_holds(&page, &["Feel, from 0 (felt nothing) to 5 (too much): 3\n"]);
    assert!(!page.contains("Days from one session"), "{page}");
    assert!(page.contains("| Date | Sections | Rolled | Feel |\n"), "what holds nothing goes: {page}");
}

/// Monthly sessions of 2026, with what `change` makes of each.
fn year(change: impl Fn(usize, RecordSpec) -> RecordSpec) -> DataFolder {
    let specs: Vec<RecordSpec> = (1..=12)
        .map(|month| {
            let (id, began) = (format!("2026{month:02}01T180000Z-aa01"), format!("2026-{month:02}-01T18:00:00+00:00"));
            change(month, RecordSpec::new(id.leak(), began.leak()))
        })
        .collect();
    DataFolder::with(&specs)
}

fn note(folder: &DataFolder, month: usize, day: u32, felt: &[Skin], text: &str, photos: &[&str]) {
    let said = follow_up::NewFollowUp {
        day: Some(day),
        felt: felt.to_vec(),
        text: text.to_owned(),
        photos: photos.iter().map(|photo| (*photo).to_owned()).collect(),
    };
    let written = wall(&format!("2026-{month:02}-{:02}T08:00:00+00:00", day + 1));
    follow_up::add(&OsDisk, &folder.path(&format!("2026{month:02}01T180000Z-aa01")), written, &said).unwrap();
}

/// So many rows of so many characters go on a page of A4 in letters of 11 points.
const ROWS: usize = 55;
const COLUMNS: usize = 90;

/// The rows that `page` takes in print, as pandoc's own style sets it: a heading is taller than a row of text, and so is a
/// row of the table, which takes those of its fullest cell.
fn rows(page: &str) -> usize {
    let mut widths: Vec<usize> = Vec::new();
    let mut tenths = 0;
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').collect();
        if line.starts_with("|-") {
            widths = cells.iter().map(|dashes| dashes.len()).collect();
        } else if line.starts_with('|') {
            let of_cell = |(at, cell): (usize, &&str)| {
                cell.trim().chars().count().div_ceil(widths.get(at).copied().unwrap_or(COLUMNS).max(1))
            };
            tenths += 3 + 10 * cells.iter().enumerate().map(of_cell).max().unwrap_or(1).max(1);
        } else {
            tenths += match line.split(' ').next() {
                Some("#") => 45,
                Some("##") => 23,
                _ => 10 * line.chars().count().div_ceil(COLUMNS).max(1),
            };
        }
    }
    tenths.div_ceil(10)
}

/// A year as people have it: check-ins, two rollers, a serum, a medicine, a reaction, a cold sore.
pub fn whole_year() -> DataFolder {
    let thinners = "Do you take blood thinners, or aspirin every day?";
    let folder = year(|month, mut spec| {
        spec.note = Some("a little warm".into());
        spec.felt = Some(if month == 6 { 4 } else { 1 });
        spec.serum = Some("plain hyaluronic".into());
        spec.answers = vec![
            ("blood-thinners".into(), thinners.into(), "answer = \"yes\"\ndoctor = \"all-right\"".into()),
            ("diabetes".into(), "Do you have diabetes?".into(), "answer = \"no\"".into()),
        ];
        if month == 6 {
            let asked = "Did you have any blood, welts or strong pain?";
            spec.sign_out = vec![("blood".into(), asked.into(), Said::NotSure)];
        }
        spec
    });
    let ledger = Ledger::new(&folder.root());
    let blue =
        ledger.add_roller("blue", Micrometres(130), Condition::Used, Day::parse("2025-12-30"), None, None).unwrap();
    ledger.retire_roller(&blue.id, Day::parse("2026-12-02").unwrap(), None, "worn out").unwrap();
    for month in 1..=12 {
        note(&folder, month, 1, &[Skin::Pink], "", &[]);
        note(&folder, month, 3, &[Skin::Calm], "", &[]);
        note(&folder, month, 7, &[Skin::Calm], "", &[]);
    }
    let spots = "small pustules on the left cheek, itchy for two days, gone after washing with plain water";
    note(&folder, 6, 5, &[Skin::Sore, Skin::Spots], spots, &["/home/anna/pictures/cheek 5 June.jpg"]);
    folder
}

#[test]
fn a_year_with_its_check_ins_is_one_page() {
    let page = markdown(&whole_year().gather(), Some(12), wall(EXPORTED));
    assert!(rows(&page) <= ROWS, "{} rows:\n{page}", rows(&page));
    assert_holds(
        &page,
        &[
            "- 1_Jun_2026: Did you have any blood, welts or strong pain? not sure; felt 4 of 5; a little warm; \
             day 1: pink; day 3: calm; day 5: sore, spots, small pustules on the left cheek, itchy for two days, gone \
             after washing with plain water, photo cheek 5 June.jpg; day 7: calm\n",
            "- Roller blue: 0.13 mm, opened 30_Dec_2025, times used 12, limit 10, retired 2_Dec_2026 (worn out)\n",
            "- Answered: Do you take blood thinners, or aspirin every day? yes, a doctor or pharmacist said it is all right \
             (12 sessions from 1_Jan_2026 to 1_Dec_2026)\n",
            "| 1_Jun_2026 | 31 | 5 of 5 | 2:00 | 4 | see Reactions |\n",
            "| 1_Dec_2026 | 30 | 5 of 5 | 2:00 | 1 | a little warm; day 1: pink; days 3, 7: calm |\n",
        ],
    );
    assert!(!page.contains("anna"), "no folder of a photo is told: {page}");
}

#[test]
fn reactions_come_first_and_whole_and_calm_notes_are_cut() {
    let long = "warm and tight, ".repeat(60);
    let folder = year(|month, mut spec| {
        match month {
            2 => spec.felt = Some(4),
            3 => (spec.outcome, spec.stop_reason) = (Outcome::Part, Some("welts".into())),
            5 => spec.sign_out = vec![("blood".into(), String::new(), Said::Yes)],
            _ => spec.note = Some(long.clone()),
        }
        spec
    });
    note(&folder, 8, 3, &[Skin::Spots], &long, &[]);
    note(&folder, 9, 3, &[Skin::Pink], "", &["C:\\Users\\anna\\chin.jpg"]);
    let page = markdown(&folder.gather(), Some(12), wall(EXPORTED));
    let reactions: Vec<&str> =
        page.split("## ").nth(1).unwrap().lines().filter(|line| line.starts_with("- ")).collect();
    let days: Vec<&str> = reactions.iter().map(|line| line[2..].split(':').next().unwrap()).collect();
    assert_eq!(days, ["1_May_2026", "1_Mar_2026", "1_Aug_2026", "1_Feb_2026"].map(firm), "{page}");
    assert!(reactions[0].contains("blood, welts or strong pain: yes"), "{page}");
    assert!(reactions[1].contains("stopped because of swelling or welts"), "{page}");
    assert_eq!(reactions[2].matches("warm and tight").count(), 120, "in full: {page}");
    assert!(page.contains("... |\n") && page.contains("dermaroll show has all of them"), "{page}");
    assert!(!page.contains("anna"), "{page}");
    let without: usize = reactions.iter().map(|line| line.chars().count().div_ceil(COLUMNS)).sum();
    assert!(rows(&page) <= ROWS + without, "{} rows:\n{page}", rows(&page));
}

#[test]
fn a_photo_alone_is_no_empty_note() {
    let folder = DataFolder::with(&[RecordSpec::new("20260301T180000Z-aa01", "2026-03-01T18:00:00+00:00")]);
    for (day, photo) in [(1, "/home/anna/cheek.jpg"), (3, "chin.jpg"), (7, "folder/")] {
        note(&folder, 3, day, &[], "", &[photo]);
    }
    let gathered = folder.gather();
    let page = markdown(&gathered, None, wall(EXPORTED));
    assert!(page.contains("| day 1: photo cheek.jpg; day 3: photo chin.jpg; day 7: photo folder |"), "{page}");
    let table =
        String::from_utf8(crate::export::data_folder::csv(&crate::export::data_folder::all(&gathered))).unwrap();
    assert!(table.contains("(day 1): photo cheek.jpg; 2026-03-04 (day 3): photo chin.jpg;"), "{table}");
    assert!(!table.contains("anna"), "{table}");
}

#[test]
fn uses_count_sessions_of_all_days_and_say_where_some_cannot_be_read() {
    let folder = whole_year();
    let since = |folder: &DataFolder| {
        let mut gathered = folder.gather();
        gathered.sessions.retain(|session| session.day().to_string().as_str() > "2026-11");
        markdown(&gathered, None, wall(EXPORTED))
    };
    assert!(since(&folder).contains("times used 12, limit 10"), "{}", since(&folder));
    folder.put("20261010T180000Z-aa01", "nothing that can be read");
    assert!(since(&folder).contains("times used at least 12, limit 10"), "{}", since(&folder));
}

#[test]
fn a_roller_that_no_file_tells_of_is_named_by_its_sessions() {
    let paper =
        RecordSpec { kind: RecordKind::Log, ..RecordSpec::new("20260301T180000Z-aa01", "2026-03-01T18:00:00+00:00") };
    let page = markdown(&DataFolder::with(&[paper]).gather(), None, wall(EXPORTED));
    assert_holds(&page, &["- Roller blue 0.13: 0.13 mm, in these records since 1_Mar_2026, times used 1, limit 10\n"]);
    assert_holds(&page, &["- Not noted what was put on afterwards (1_Mar_2026)\n"]);
}
