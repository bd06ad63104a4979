//! What only the program in lines asks of the app.

use super::App;
use crate::tui::focus::Focus;
use engine::protocol::ItemIx;
use engine::timeline::Now;

impl App {
    /// The name of the present screen with what it is about.
    pub fn screen_id(&self) -> &str {
        &self.screen
    }

    /// Whether a key that answers or starts something would count now.
    pub fn takes_a_key(&self, now: Now) -> bool {
        self.gate.is_ready(now.moment)
    }

    /// Whether a key still waits, since a second one would show that both come from a paste.
    pub fn is_waiting(&self) -> bool {
        self.gate.is_waiting()
    }

    /// Moves the cursor of a list to its row, from 0, as the keys that move it would.
    pub fn go_to(&mut self, row: usize) {
        match &mut self.focus {
            Focus::Review(item) => {
                *item = ItemIx(row);
                self.line_chosen = true;
            }
            Focus::After(question) => *question = row,
            _ => {}
        }
    }
}
