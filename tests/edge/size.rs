//! Every size of the window, and many of them one after another.

use crate::edge::{SECOND, soaking};

const ODD: [(u16, u16); 9] =
    [(0, 0), (1, 1), (80, 0), (0, 24), (1, 24), (80, 1), (u16::MAX, u16::MAX), (u16::MAX, 1), (2, 500)];

#[test]
fn odd_sizes_neither_end_it_nor_stop_its_clock() {
    let terminal = soaking();
    for (columns, rows) in ODD {
        terminal.pty.resize(columns, rows);
        terminal.pty.is_quiet(SECOND / 20);
    }
    terminal.pty.resize(80, 24);
    terminal.pty.wait_for("whole screen", |screen| screen.contents().contains("Question 1 of"));
    let took = terminal.count(2);
    assert!(took.abs_diff(2 * SECOND) < SECOND / 4, "{took:?}");
}

#[test]
fn the_last_of_many_sizes_is_drawn() {
    let terminal = soaking();
    for step in 0..1_000_u16 {
        // Every tenth one is odd, so that going there and coming back are both among them.
        let plain = (20 + step % 100, 5 + step % 40);
        let (columns, rows) = if step % 10 == 9 { ODD[usize::from(step / 10) % ODD.len()] } else { plain };
        terminal.pty.resize(columns, rows);
    }
    terminal.pty.resize(80, 24);
    terminal.pty.wait_text("Question 1 of");
    terminal.count(1);
    terminal.pty.wait_text("up down move");
}
