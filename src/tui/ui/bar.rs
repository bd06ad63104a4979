//! Progress as `[####....]  42%`.

use crate::tui::view::Share;

/// A bar of `cells` characters between its brackets, with the percentage behind it. The number is that of the bar: one
/// that went on while the bar stood still would be one thing more that moves.
pub(super) fn bar(share: Share, cells: usize, gap: &str) -> String {
    // Rounded down: neither bar nor number is ahead of what they tell of.
    let done = usize::from(share.thousandths.min(1000)) * cells / 1000;
    let percent = (100 * done + cells / 2) / cells.max(1);
    format!("[{}{}]{gap}{percent:>3}%", "#".repeat(done), ".".repeat(cells - done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_at_the_end_and_never_over() {
        assert_eq!(bar(Share { thousandths: 0 }, 4, " "), "[....]   0%");
        assert_eq!(bar(Share { thousandths: 500 }, 4, " "), "[##..]  50%");
        assert_eq!(bar(Share { thousandths: u16::MAX }, 4, " "), "[####] 100%");
        assert_eq!(bar(Share { thousandths: 500 }, 0, " "), "[]   0%", "no room at all");
    }

    #[test]
    fn bar_and_number_move_together() {
        let bars: Vec<String> = (0..=1000).map(|thousandths| bar(Share { thousandths }, 3, " ")).collect();
        let mut seen = bars.clone();
        seen.dedup();
        assert_eq!(seen, ["[...]   0%", "[#..]  33%", "[##.]  67%", "[###] 100%"]);
    }
}
