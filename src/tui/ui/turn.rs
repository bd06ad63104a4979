//! The whole window in reverse, as a call to the corner of the eye.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// Turns every cell of the window. What is in reverse by itself is turned back and underlined, so that it still stands
/// out.
pub(super) fn turn(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.modifier.contains(Modifier::REVERSED) {
            cell.modifier.remove(Modifier::REVERSED);
            cell.modifier.insert(Modifier::UNDERLINED);
        } else {
            cell.modifier.insert(Modifier::REVERSED);
        }
    }
}
