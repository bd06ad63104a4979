//! Lines and screens lead to the same record.

use engine::protocol::Kind;

use crate::line_mode::line_driver::LineDriver;
use crate::support::computer::Computer;

/// The record without its name and its checksums, which hold for one file alone.
fn record(computer: &Computer) -> String {
    let text = computer.text();
    let same = |line: &&str| !(line.starts_with("sum = ") || line.starts_with("id = "));
    text.lines().filter(same).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_answers_at_the_same_times_give_the_same_record() {
    let mut lines = Computer::new();
    let mut driver = LineDriver::start(&mut lines, Kind::Session);
    driver.rolling().line("x").line("+").seconds(400).lines("n n n n n").line("").line("4");
    driver.line("note").line("calm").line("q");
    assert_eq!(driver.left, Some(0));
    drop(driver);

    let mut screens = Computer::new();
    let mut run = screens.start();
    run.soaking().answered().seconds(600).keys("sdy ").seconds(156).keys("x+").seconds(400).keys("nnnnn");
    run.key(dermaroll::content::keymap::Key::Enter).keys("4w");
    // The line is typed as a whole; its keys are not recorded, only the note is.
    run.typed_at_once("calm").keys("q");
    assert_eq!(run.left, Some(0));
    drop(run);
    assert!(record(&lines).contains("[summary]"));
    for (line, same) in record(&lines).lines().zip(record(&screens).lines()) {
        assert_eq!(line, same);
    }
    assert_eq!(record(&lines).len(), record(&screens).len());
}
