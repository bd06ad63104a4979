//! A day on which skin was rolled holds the interval, whatever becomes of its record.

use dermaroll::content::keymap::Key;
use engine::protocol::Section;
use store::record::ManualEntry;

use crate::support::computer::Computer;

/// Stops in mid rolling without a word.
pub fn killed_while_rolling(computer: &mut Computer) {
    let mut run = computer.start();
    run.rolling().seconds(12);
    run.killed();
}

/// The record with one byte of the line that holds `text` changed.
fn harm(computer: &Computer, text: &str) {
    let path = &computer.sessions()[0];
    let record = std::fs::read_to_string(path).unwrap();
    assert!(record.contains(text));
    std::fs::write(path, record.replacen(text, &text.replace(['a', 'e'], "x"), 1)).unwrap();
}

#[test]
fn a_deleted_session_holds_the_interval_all_the_same() {
    let mut computer = Computer::new();
    killed_while_rolling(&mut computer);
    let mut run = computer.minutes(3).start();
    run.keys("d").shows("Skin was rolled").keys("y").shows("Deleted.");
    drop(run);
    assert_eq!(computer.sessions().len(), 0);
    computer.minutes(60).start().shows("not today");
}

/// Meanwhile a session from paper was entered, or came from another computer.
#[test]
fn one_in_which_nothing_was_rolled_does_not_go_on_within_seven_days_of_another() {
    let mut computer = Computer::new();
    computer.start().soaking().keys("nn");
    let began = computer.record().header.started.wall();
    let sections = Section::ALL.into_iter().collect();
    ManualEntry { began, roller: None, sections, felt: None, note: None }.enter(&computer.root(), began).unwrap();
    let mut run = computer.minutes(3).start();
    run.shows("less than 7 days ago").shows("Nov. Keep it");
    run.keys("g").shows("UNFINISHED SESSION").snapshot("resume-too-soon");
    drop(run);
    // A week later it may.
    computer.minutes(7 * 24 * 60).start().shows_not("cannot go on").keys("g").shows_not("UNFINISHED");
}

/// It may be finished alone, but not on skin that was rolled once more since.
#[test]
fn one_in_which_skin_was_rolled_goes_on_only_while_it_was_the_last() {
    let mut computer = Computer::new();
    killed_while_rolling(&mut computer);
    computer.minutes(3).start().shows("Nothing is chosen yet").shows_not("less than 7 days ago");
    let began = computer.record().header.started.wall();
    let sections = Section::ALL.into_iter().collect();
    ManualEntry { began, roller: None, sections, felt: None, note: None }.enter(&computer.root(), began).unwrap();
    computer.minutes(3).start().shows("less than 7 days ago").keys("g").shows("UNFINISHED SESSION");
    computer.minutes(7 * 24 * 60).start().shows_not("less than 7 days ago");
}

#[test]
fn a_deleted_session_in_which_nothing_was_rolled_holds_nothing() {
    let mut computer = Computer::new();
    computer.start().soaking().keys("n");
    let mut run = computer.minutes(3).start();
    run.keys("d").shows_not("Skin was rolled").keys("y");
    drop(run);
    computer.minutes(60).start().shows("First session");
}

#[test]
fn a_damaged_record_holds_the_interval_all_the_same() {
    for text in ["item = \"eczema\"", "due = \"get-ready\"", "protocol = \"article", "event = \"hands-free\""] {
        let mut computer = Computer::new();
        killed_while_rolling(&mut computer);
        harm(&computer, text);
        computer.minutes(60).start().shows("is not as it should be").shows("q leave").key(Key::Down).shows("not today");
    }
}

#[test]
fn a_session_deleted_a_moment_ago_holds_the_interval_at_once() {
    let mut computer = Computer::new();
    killed_while_rolling(&mut computer);
    let mut run = computer.minutes(3).start();
    run.keys("dy").shows("Deleted.").key(Key::Up).shows("not today").shows_not("none yet");
    run.key(Key::Enter).shows("not today");
    drop(run);
    assert_eq!(computer.sessions().len(), 0, "nothing was begun");
}

#[test]
fn a_session_whose_last_line_was_missing_holds_the_interval_at_once() {
    let mut computer = Computer::new();
    let mut run = computer.start();
    run.rolling().seconds(240);
    drop(run);
    let text = computer.text();
    let (sound, _) = text.split_once("[summary]").unwrap();
    std::fs::write(&computer.sessions()[0], sound).unwrap();
    let mut run = computer.minutes(1).start();
    run.shows("had finished").key(Key::Up).shows("not today").shows_not("none yet");
    drop(run);
    computer.start().shows("not today").shows_not("none yet");
}

#[test]
fn files_that_cannot_be_used_are_counted_and_named_with_their_folder_and_the_keys_stay() {
    let mut computer = Computer::new();
    let folder = computer.root().join("sessions/2026");
    std::fs::create_dir_all(&folder).unwrap();
    let name = |number: u8| format!("20260{number}01T120000Z-abcd.toml");
    std::fs::write(folder.join("mine.txt"), "no record").unwrap();
    std::fs::write(folder.join(name(1)), "format = ").unwrap();
    let top = computer.root().display().to_string();
    let unwrapped = |screen: &str| screen.split_whitespace().collect::<String>();
    for count in 1..=5 {
        std::fs::write(folder.join(name(count)), "format = ").unwrap();
        let run = computer.start();
        let seen = unwrapped(&run.screen);
        let said = if count == 1 { "Afilein".to_owned() } else { format!("{count}filesin") };
        assert!(seen.contains(&said) && seen.contains(&top) && !seen.contains("mine.txt"), "{}", run.screen);
        assert_eq!(seen.contains(&format!("{}more", count.saturating_sub(3))), count > 3, "{}", run.screen);
        assert!(seen.contains("isnosessionrecord") && seen.contains("sessions/2026/"), "{}", run.screen);
        assert!(seen.contains("Enterbegin"), "{}", run.screen);
    }
}

/// Whether to delete what may be good is never suggested.
#[test]
fn a_record_of_a_newer_program_is_named_with_the_way_to_read_it() {
    let mut computer = Computer::new();
    computer.start().soaking().keys("n");
    let path = computer.sessions()[0].clone();
    let newer = std::fs::read_to_string(&path).unwrap().replacen("format = 1", "format = 2", 1);
    std::fs::write(&path, newer).unwrap();
    computer
        .start()
        .shows("is not as it should be")
        .shows("newer")
        .shows("format 2")
        .shows("Update")
        .shows_not("delete");
}

#[test]
fn a_roller_that_cannot_be_read_is_named_and_its_name_is_not_given_again() {
    let mut computer = Computer::new();
    let path = computer.root().join("rollers/blue.toml");
    std::fs::write(&path, "format = 2\n").unwrap();
    let mut run = computer.start();
    run.shows("rollers/blue.toml has the format 2");
    // It may be the very one, which would begin again as unused.
    run.key(Key::Enter).shows("NO ROLLER").shows("rollers/blue.toml. Mend");
    run.keys("o").keys("blue").key(Key::Enter).shows("rollers/blue.toml cannot be used");
    run.keys("s").key(Key::Enter).keys("0.13").key(Key::Enter).keys("2");
    run.shows("Wash");
    drop(run);
    assert_eq!(computer.record().entries[0].event.roller().unwrap().id, "blues");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "format = 2\n");
}
