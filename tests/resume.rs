//! Going on with an unfinished session: the program is killed, closed or the computer restarted at any point, and
//! started again.

mod held;
mod roller;
mod stopping;
mod time;

use std::time::Duration;

use crate::support::computer::Computer;
use crate::support::program::{questions, questions_before};
use dermaroll::content::keymap::Key;
use dermaroll::content::{Sources, TimeName};
use engine::session::{EventKind, Outcome, SectionEnd};
use held::killed_while_rolling;

const SECOND: Duration = Duration::from_secs(1);

/// The first row of the large letters of this stroke.
const SIDE_TO_SIDE: &str = "▄▀▀ █ █▀▄ █▀▀   ▀█▀ █▀█   ▄▀▀ █ █▀▄ █▀▀";

#[test]
fn killed_in_mid_stroke_it_goes_on_paused_with_that_stroke_counted_and_no_second_invented() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(8 + 3).shows(SIDE_TO_SIDE);
    run.killed();
    computer.minutes(2);

    let mut run = computer.start();
    run.shows("UNFINISHED SESSION").shows("2 minutes ago: it was cut off").shows("upper right, 0:08 left");
    run.shows("g go on").shows_not("soak the roller");
    run.snapshot("resume-cut-off");
    // Enter is inert, and so is everything but the keys named.
    run.key(Key::Enter).keys(" ynx").shows("UNFINISHED SESSION");
    run.keys("g").shows("PAUSED").shows("5:06 to go");
    // Hands, get ready, the last stroke, on to the next section.
    run.keys(" ").seconds(30 + 5 + 8 + 2).shows("upper left");
    run.ended();
    assert_eq!(computer.entries(EventKind::Resumed), 1);

    // The rest is left: what was rolled stands in the record, the stroke cut off without time.
    let mut run = computer.start();
    run.keys("py")
        .shows("CLEAN YOUR HANDS")
        .seconds(30)
        .shows("◉ SALINE")
        .shows("Put the roller down")
        .seconds(45)
        .shows("Aftercare")
        .shows_not("bathe the rolled skin");
    run.killed();
    let record = computer.record();
    let summary = record.summary.unwrap();
    assert_eq!((summary.outcome, summary.rolled_ms), (Outcome::Part, 16_000));
    let first = &summary.sections[0];
    assert_eq!((first.end, first.cut_off, first.strokes.len()), (SectionEnd::Done, 1, 3));
}

#[test]
fn nothing_is_written_before_a_choice() {
    let mut computer = Computer::new();
    computer.start().rolling().seconds(3);
    let before = computer.text();
    computer.minutes(1);
    let mut run = computer.start();
    run.key(Key::Enter).seconds(30).keys("q");
    assert_eq!(run.left, Some(0));
    run.killed();
    assert_eq!(computer.text(), before);
    computer.start().shows("UNFINISHED SESSION");
}

#[test]
fn after_more_than_ten_minutes_soak_and_list_come_first_and_the_place_is_kept() {
    let mut computer = Computer::new();
    computer.start().rolling().seconds(8 * 3 + 8 + 4).keys(" ").shows("PAUSED");
    computer.minutes(26);
    let mut run = computer.start();
    run.shows("closed while paused")
        .shows("more than 10 minutes in all")
        .shows("soak the roller")
        .shows("section 2, your upper left");
    run.snapshot("resume-stale");
    run.keys("g").shows("Sterilise").keys(" ").shows("Question 1 of");
    run.answered().seconds(600).hands_free().seconds(156).shows("upper left");
    run.killed();
    assert_eq!(computer.sessions().len(), 1, "it is one session");
}

#[test]
fn the_place_has_the_number_of_the_map_whatever_is_skipped() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking();
    let before = questions_before("eczema");
    for _ in 0..before {
        run.keys("n");
    }
    // Skin that is not to be rolled, upper right.
    run.keys("y1").key(Key::Enter);
    for _ in before + 1..questions() {
        run.keys("n");
    }
    run.seconds(6).keys("c").shows("SKIP 1 SECTION TODAY").seconds(600).hands_free().seconds(160).keys(" ");
    run.shows("PAUSED: your upper left");
    run.killed();
    computer.start().shows("UNFINISHED SESSION").shows("section 2, your upper left");
}

#[test]
fn nine_minutes_and_two_pauses_are_stale_together() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(3).keys(" ").seconds(6 * 60);
    run.keys(" ").seconds(40).keys(" ").shows("PAUSED");
    run.killed();
    computer.minutes(5);
    computer.start().shows("soak the roller");
}

#[test]
fn the_contact_clock_runs_on_through_a_closed_window_and_no_further_than_true() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking().keys("nnn");
    run.ended();
    computer.minutes(4);
    let mut run = computer.start();
    run.shows("at the checklist, 3 of").keys("g").shows("Question 4 of").shows("soak 5:");
    run.ended();
    computer.minutes(30);
    let mut run = computer.start();
    run.keys("g").shows("soak finished");
}

#[test]
fn sleep_while_closed_counts_for_the_soak() {
    let mut computer = Computer::new();
    computer.start().soaking();
    computer.asleep_for(Duration::from_secs(590));
    computer.start().keys("g").shows("soak 0:0");
}

#[test]
fn a_clock_set_forward_soaks_nothing() {
    let mut computer = Computer::new();
    computer.start().soaking();
    computer.set_clock(3_600).minutes(1);
    computer.start().keys("g").shows("soak 8:5");
}

#[test]
fn after_another_boot_the_wall_clock_is_believed_for_what_it_can_know() {
    let mut computer = Computer::new();
    computer.start().soaking();
    computer.minutes(3).reboot(Duration::from_secs(60));
    computer.start().keys("g").shows("soak 5:5");
}

#[test]
fn after_another_boot_with_a_doubtful_clock_soak_and_list_come_first() {
    for step in [-3_600, 26 * 3_600] {
        let mut computer = Computer::new();
        computer.start().rolling().seconds(3).keys(" ");
        computer.reboot(Duration::from_secs(60)).set_clock(step);
        let mut run = computer.start();
        run.shows("We can't tell how long").shows("soak the roller");
        run.keys("g").shows("Sterilise");
        run.killed();
    }
}

#[test]
fn under_other_times_what_was_rolled_is_carried_over() {
    let mut computer = Computer::new();
    computer.start().rolling().seconds(8 * 3 + 8 + 8 + 3).keys(" ").shows("PAUSED");
    computer.sources.times = [(TimeName::Serum, 60 * SECOND)].into_iter().collect();
    computer.minutes(1);
    let mut run = computer.start();
    run.shows("have changed since").shows("your upper right").shows("section 2, your upper left, 0:13 left");
    run.snapshot("resume-other-protocol");
    run.keys("g").shows("Sterilise").shows("blue");
    run.keys(" ").answered().seconds(600).hands_free().seconds(156).shows("upper left").shows(SIDE_TO_SIDE);
    run.killed();
    computer.minutes(1);
    // Once more under the new times: nothing has changed since.
    let mut run = computer.start();
    run.shows_not("have changed since").keys("py").seconds(30 + 45);
    run.killed();
    let summary = computer.record().summary.unwrap();
    assert_eq!(summary.sections[0].rolled_ms, 24_000);
    assert_eq!(summary.sections[1].cut_off, 1);
    assert!((11_000..=11_999).contains(&summary.sections[1].rolled_ms), "{}", summary.sections[1].rolled_ms);
}

#[test]
fn a_stop_of_the_list_is_closed_without_a_question() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.soaking().keys("y").no(questions() - 1).seconds(6).keys("c").shows("NO ROLLING TODAY");
    run.killed();
    computer.minutes(5);
    computer.start().shows("stopped by the checklist").shows_not("UNFINISHED");
    let record = computer.record();
    assert_eq!(record.summary.unwrap().outcome, Outcome::StoppedByList);
    assert!(record.damage.is_empty());
    computer.start().shows_not("stopped by the checklist");
}

#[test]
fn a_session_that_only_lacks_its_summary_gets_the_very_same_one() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(8 * 15 + 8 * 4 + 45 + 1).shows("SERUM");
    run.killed();
    let whole = computer.text();
    let (entries, summary) = whole.split_once("[summary]").unwrap();
    std::fs::write(&computer.sessions()[0], entries).unwrap();
    computer.minutes(500);
    computer.start().shows("its record is now complete").shows_not("UNFINISHED");
    assert_eq!(computer.text(), format!("{entries}[summary]{summary}"));
}

#[test]
fn a_torn_tail_is_told_set_aside_and_cut_off() {
    let mut computer = Computer::new();
    computer.start().soaking().keys("nnn");
    let text = computer.text();
    std::fs::write(&computer.sessions()[0], &text[..text.len() - 30]).unwrap();
    let mut run = computer.start();
    run.shows("cut off").shows("2 of").snapshot("resume-torn");
    run.keys("g").shows("A cut-off line was set aside").keys("n");
    run.ended();
    let record = computer.record();
    assert!(record.damage.is_empty());
    assert_eq!(computer.entries(EventKind::Answered), 3);
}

#[test]
fn damage_in_the_middle_is_told_and_never_guessed() {
    let mut computer = Computer::new();
    computer.start().rolling().seconds(11);
    let path = computer.sessions()[0].clone();
    let text = computer.text().replacen("event = \"set-up\"", "event = \"set-uq\"", 1);
    std::fs::write(&path, &text).unwrap();
    // What stands behind the damage vouches for itself and tells of rolling: the interval holds.
    computer
        .start()
        .shows("is not as it should be")
        .shows("is damaged from line")
        .shows_not("UNFINISHED")
        .shows("not today")
        .shows("q leave");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "it is left as it is");
    let text = text.replacen("event = \"set-uq\"", "event = \"set-up\"", 1);
    let (sound, end) = text.rsplit_once("event = \"ran-out\"").unwrap();
    std::fs::write(&path, format!("{sound}event = \"ran-ouu\"{end}")).unwrap();
    // Here they do: the interval holds although nobody knows how it went on.
    computer.minutes(60 * 24).start().shows_not("UNFINISHED").shows("NOT DUE");
}

#[test]
fn deleting_asks_and_deletes() {
    let mut computer = Computer::new();
    computer.start().soaking();
    let mut run = computer.start();
    run.keys("d").shows("DELETE THIS SESSION?").snapshot("resume-delete");
    run.key(Key::Enter).shows("DELETE").key(Key::Esc).shows("UNFINISHED SESSION");
    run.keys("dy").shows("Deleted").shows_not("UNFINISHED");
    run.killed();
    assert_eq!(computer.sessions().len(), 0);
}

#[test]
fn keeping_one_in_which_nothing_was_rolled_leads_to_the_welcome_screen() {
    let mut computer = Computer::new();
    computer.start().soaking();
    let mut run = computer.start();
    run.keys("py").shows("It is closed. Nothing was rolled.").key(Key::Up).shows("Enter begin");
    // A new session has a record of its own.
    run.soaking();
    run.ended();
    assert_eq!(computer.sessions().len(), 2);
}

#[test]
fn a_trial_does_not_go_on_in_earnest() {
    let mut computer = Computer::new();
    computer.sources.trial = true;
    computer.sources.times = [(TimeName::Contact, SECOND)].into_iter().collect();
    computer.start().soaking();
    computer.sources = Sources::default();
    let mut run = computer.start();
    run.shows("it cannot go on")
        .keys("g")
        .shows("UNFINISHED SESSION")
        .keys("py")
        .shows("It is closed. Nothing was rolled.");
}

#[test]
fn it_is_asked_about_in_every_window() {
    for size in [(80, 24), (40, 15), (20, 5), (19, 4)] {
        let mut computer = Computer::new();
        let mut run = computer.start();
        run.rolling().seconds(8 * 3 + 8 + 4).keys(" ");
        run.killed();
        computer.minutes(26).size = size;
        computer.start().snapshot("resume");
    }
}

#[test]
fn a_roller_retired_just_before_a_crash_stays_retired() {
    let mut computer = Computer::new();
    computer.start().key(Key::Enter).keys("xy").shows_not("blue");
    // The entry is on disk, the ledger was not reached.
    let ledger = computer.root().join("rollers/blue.toml");
    let text = std::fs::read_to_string(&ledger).unwrap();
    let before: String =
        text.lines().filter(|line| !line.starts_with("retired")).map(|line| format!("{line}\n")).collect();
    std::fs::write(&ledger, before).unwrap();
    computer.start().keys("py").key(Key::Enter).shows("YOUR ROLLER");
}

#[test]
fn what_came_instead_of_standing_still_is_said() {
    let mut computer = Computer::new();
    killed_while_rolling(&mut computer);
    computer.sources.times = [(TimeName::Serum, 60 * SECOND)].into_iter().collect();
    let mut run = computer.minutes(1).start();
    run.shows("have changed since").keys("g").shows("The protocol or its times have changed");
}

#[test]
fn a_stroke_that_was_not_cut_off_is_not_said_to_be() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(12).keys("x ").seconds(3);
    run.killed();
    computer.minutes(1).start().shows("UNFINISHED").shows_not("cut off counts");
}

#[test]
fn kept_long_after_it_was_rolled_it_is_said_that_saline_was_left_out() {
    let mut computer = Computer::new();
    killed_while_rolling(&mut computer);
    computer.minutes(11).start().keys("py").shows("Aftercare").shows("bathe the rolled skin");
    assert_eq!(computer.record().summary.unwrap().outcome, Outcome::Part);
}

#[test]
fn kept_as_a_part_under_other_times_nothing_is_said_that_nobody_counted() {
    let mut computer = Computer::new();
    computer.start().rolling().seconds(8 * 3).keys(" ").shows("PAUSED");
    computer.sources.times = [(TimeName::Serum, 60 * SECOND)].into_iter().collect();
    let mut run = computer.minutes(1).start();
    run.keys("py").shows("Aftercare").keys("nnnn");
    run.shows_not("0 pauses");
    run.killed();
    let summary = computer.record().summary.unwrap();
    assert!(summary.rolled_ms >= 24_000);
    assert_eq!((summary.contact, summary.pauses, summary.touches, summary.hand_cleans), (None, None, None, None));
    assert!(!computer.text().contains("pauses = 0"));
}

#[test]
fn what_was_a_trial_is_marked_as_one_whatever_the_settings_say_now() {
    for trial in [true, false] {
        let as_trial = || Sources {
            trial: true,
            times: [(TimeName::Contact, SECOND)].into_iter().collect(),
            ..Sources::default()
        };
        let of = |trial: bool| if trial { as_trial() } else { Sources::default() };
        let mut computer = Computer::new();
        computer.sources = of(trial);
        killed_while_rolling(&mut computer);
        computer.sources = of(!trial);
        let mut run = computer.minutes(1).start();
        run.shows("it cannot go on");
        assert_eq!(run.screen.contains("TRIAL"), trial, "{}", run.screen);
        run.keys("d");
        assert_eq!(run.screen.contains("Skin was rolled"), !trial, "{}", run.screen);
        run.key(Key::Esc).keys("py").shows("Aftercare");
        assert_eq!(run.screen.contains("TRIAL"), trial, "{}", run.screen);
    }
}
