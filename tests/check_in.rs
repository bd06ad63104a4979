//! The days after a session: the first screen asks how the skin is, one key answers, and a file of its own keeps it.

use crate::support::computer::Computer;
use dermaroll::content::keymap::Key;
use store::record::{FollowUp, Skin, follow_up};

const DAY: u64 = 24 * 60;

/// One session, so many days ago.
fn lived(days: u64) -> Computer {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(500).keys("nnnnn").key(Key::Enter).keys("2").key(Key::Enter);
    run.ended();
    computer.minutes(days * DAY);
    computer
}

fn follow_ups(computer: &Computer) -> Vec<FollowUp> {
    follow_up::of_session(&computer.sessions()[0]).0
}

#[test]
fn several_words_say_how_the_skin_is_and_only_enter_keeps_them() {
    let mut computer = lived(1);
    computer.start().shows("Day 1 since rolling on").shows("Press c.").snapshot("check-in-asked");
    let before = std::fs::read(&computer.sessions()[0]).unwrap();
    let mut run = computer.start();
    run.keys("c").shows("HOW IS YOUR SKIN?").shows_not("[x]").snapshot("check-in-open");
    run.key(Key::Enter).shows("Choose one or more").keys("2").shows("[x]  2").keys("6").snapshot("check-in-chosen");
    // A key taken back, and all of it dropped.
    run.keys("6").shows("[ ]  6").key(Key::Esc).shows("how is your skin").shows_not("Noted");
    drop(run);
    assert!(follow_ups(&computer).is_empty());
    let mut run = computer.start();
    run.keys("c")
        .keys("8")
        .keys("2")
        .key(Key::Enter)
        .shows("Noted, day 1: sore; dark marks")
        .snapshot("check-in-noted");
    run.shows_not("how is your skin");
    drop(run);
    let follow_ups = follow_ups(&computer);
    assert_eq!(follow_ups.len(), 1);
    let said = &follow_ups[0];
    assert_eq!((said.day, said.felt.as_slice(), said.text.as_str()), (Some(1), &[Skin::Sore, Skin::DarkMarks][..], ""));
    assert_eq!(std::fs::read(&computer.sessions()[0]).unwrap(), before);
    computer.start().shows_not("how is your skin");
}

#[test]
fn the_history_opens_from_the_first_screen_and_esc_leads_back() {
    let mut computer = lived(1);
    let mut run = computer.start();
    run.keys("h").shows("HISTORY").shows("1 since").key(Key::Enter).shows("Session ").key(Key::Esc).shows("1 since");
    run.key(Key::Esc).shows_not("HISTORY").shows("how is your skin");
    run.keys("h").shows("1 since").keys("q");
    run.ended();
}

/// Both an answer and a note in words, on the page that says that it was kept, and only what was noted there.
#[test]
fn what_was_noted_is_taken_back_where_it_was_noted() {
    let mut computer = lived(1);
    let mut run = computer.start();
    run.shows_not("take back").keys("u").shows("how is your skin");
    run.keys("c").keys("2").key(Key::Enter).shows("u takes it back").key(Key::Up).shows("u take back");
    run.keys("u").shows("Taken back: it is not noted any more.").key(Key::Up).shows("how is your skin");
    run.shows_not("take back").keys("u").shows_not("Taken back");
    drop(run);
    assert!(follow_ups(&computer).is_empty());
    let mut run = computer.start();
    run.keys("c").keys("9").key(Key::Enter).keys("w").keys("dry").key(Key::Enter).shows("Noted, day 1: dry");
    run.keys("u").shows("Taken back");
    drop(run);
    let left = follow_ups(&computer);
    assert_eq!(left.iter().map(|said| said.felt.as_slice()).collect::<Vec<_>>(), [&[Skin::Calm][..]]);
    // Over an hour later it stands.
    let mut run = computer.start();
    run.keys("c").keys("1").key(Key::Enter).shows("Noted").pass(std::time::Duration::from_secs(3_700));
    run.keys("u").shows("Nothing was taken back");
    drop(run);
    assert_eq!(follow_ups(&computer).len(), 2);
}

#[test]
fn calm_stands_alone() {
    let mut computer = lived(3);
    let mut run = computer.start();
    run.keys("c").keys("1").keys("9").shows("[ ]  1").shows("[x]  9").keys("4").shows("[ ]  9").shows("[x]  4");
    run.keys("9").key(Key::Enter).shows("Noted, day 3: calm");
    drop(run);
    assert_eq!(follow_ups(&computer)[0].felt, [Skin::Calm]);
}

/// On day 28 nothing of the aftercare counts any more, so that only the answer can bring these lines.
#[test]
fn every_word_but_calm_says_at_once_when_to_get_help() {
    for (skin, number) in Skin::ALL.into_iter().zip('1'..) {
        let mut computer = lived(13);
        let mut run = computer.start();
        let is_told = |screen: &str| screen.contains("Call your emergency") && screen.contains("See a doctor");
        assert!(!is_told(&run.screen), "{}", run.screen);
        run.keys("c").keys(&number.to_string());
        assert_eq!(is_told(&run.screen), skin != Skin::Calm, "{skin:?}: {}", run.screen);
        run.key(Key::Enter);
        assert_eq!(is_told(&run.screen), skin != Skin::Calm, "{skin:?}: {}", run.screen);
        drop(run);
        assert_eq!(follow_ups(&computer)[0].felt, [skin]);
    }
}

#[test]
fn what_still_counts_stands_on_the_first_screen_until_its_hour() {
    let mut computer = lived(0);
    computer.start().shows("until Mon 23 Nov 07:46").shows("not today").snapshot("aftercare-day-0");
    computer.minutes(2 * DAY).start().shows_not("make-up").shows("sauna").snapshot("aftercare-day-2");
    computer.minutes(2 * DAY).start().shows_not("sauna").shows("Plain moisturiser").shows("Call your emergency");
    computer.minutes(DAY).start().shows_not("Plain moisturiser").shows_not("Call your emergency");
}

#[test]
fn blood_welts_or_pain_are_recalled_at_the_next_start() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling()
        .seconds(500)
        .keys("nnynn")
        .key(Key::Enter)
        .shows("Call your emergency number")
        .snapshot("summary-blood");
    run.key(Key::Enter);
    run.ended();
    computer
        .minutes(DAY)
        .start()
        .shows("Last time you noted blood, welts, pain or dizziness.")
        .snapshot("aftercare-blood");
    computer.minutes(40 * DAY).start().shows("Last time you noted blood, welts, pain or dizziness.");
}

#[test]
fn it_is_asked_on_its_days_and_not_for_ever() {
    let mut computer = lived(0);
    for (days, asked) in [(0, None), (1, Some(1)), (1, Some(2)), (1, Some(3)), (4, Some(7)), (6, Some(13)), (1, None)] {
        computer.minutes(days * DAY);
        let mut run = computer.start();
        match asked {
            Some(day) => run.shows(&format!("Day {day} since rolling")),
            None => run.shows_not("since rolling"),
        };
    }
}

#[test]
fn a_note_in_words_answers_too_and_is_possible_at_any_time() {
    let mut computer = lived(4);
    let mut run = computer.start();
    run.shows("Day 4 since rolling").keys("w").shows("A LATER NOTE").snapshot("check-in-note");
    run.key(Key::Enter).shows("how is your skin").keys("w");
    run.typed_at_once("dry").shows("Noted, day 4: dry").shows_not("how is your skin");
    drop(run);
    computer.minutes(40 * DAY);
    let mut run = computer.start();
    run.shows("You are due. It has been 44 days.").shows_not("due today").keys("w").keys("gon").key(Key::Esc).keys("w");
    run.typed_at_once("gone").shows("Noted, day 44: gone");
    drop(run);
    let said: Vec<(Option<u32>, String)> =
        follow_ups(&computer).into_iter().map(|note| (note.day, note.text)).collect();
    assert_eq!(said, [(Some(4), "dry".into()), (Some(44), "gone".into())]);
}

#[test]
fn before_the_first_session_nothing_is_asked() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.shows_not("how is your skin").keys("w").shows_not("A LATER NOTE").keys("1");
    drop(run);
    assert!(computer.sessions().is_empty());
}
