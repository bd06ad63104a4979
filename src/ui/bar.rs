//! Progress as `[####....]  42%`.

use crate::view::Share;

/// A bar of `cells` characters between its brackets, with the percentage behind it.
pub(super) fn bar(share: Share, cells: usize, gap: &str) -> String {
    let done = (usize::from(share.thousandths.min(1000)) * cells + 500) / 1000;
    let percent = (share.thousandths.min(1000) + 5) / 10;
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
    }
}
