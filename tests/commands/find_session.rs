//! Which session `last` and a day mean where some are struck out.

use crate::commands::strike::{WHY, ready};

#[test]
fn the_last_one_is_none_where_all_or_none_are_struck_out() {
    let (home, id) = ready();
    home.run(&["strike", "last", "--take-back"]).refused(&["No session in", "is struck out. Nothing was changed"]);
    for _ in 0..2 {
        home.run(&["strike", "last", "--why", WHY]).done();
    }
    for args in [
        &["strike", "last", "--why", WHY][..],
        &["show", "last"],
        &["correct", "last", "--feel", "2"],
        &["note", "calm"],
    ] {
        home.run(args).refused(&["All sessions in", "are struck out", "dermaroll history lists them"]);
    }
    assert!(home.run(&["strike", "last", "--take-back"]).done().contains(&id), "the newest of them");
}

#[test]
fn of_two_sessions_of_one_day_the_struck_one_is_taken_back() {
    let (home, id) = ready();
    home.run(&["strike", &id, "--why", WHY]).done();
    home.run(&["log", &home.ago(1)]).done();
    assert!(home.run(&["strike", &home.ago(1), "--take-back"]).done().contains(&id));
}
