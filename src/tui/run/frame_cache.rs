//! What stands on the screen, and what is to take its place. Making a view costs about as much as drawing it, so each
//! is made once.

use crate::tui::view::View;
use engine::timeline::Now;

/// The last view that was drawn, and the next one where it was made already.
#[derive(Debug, Default)]
pub struct FrameCache {
    drawn: Option<View>,
    next: Option<View>,
    /// When the drawn view was made, while nothing has happened since that could change it.
    settled: Option<Now>,
}

impl FrameCache {
    /// Something happened: what `now` looks like must be made anew.
    pub fn disturb(&mut self) {
        self.next = None;
        self.settled = None;
    }

    /// Whether the view at `now`, which `make` makes, differs from the drawn one.
    pub fn is_changed(&mut self, now: Now, make: impl FnOnce() -> View) -> bool {
        if self.settled == Some(now) {
            return false;
        }
        self.next = Some(make()).filter(|next| self.drawn.as_ref() != Some(next));
        self.next.is_some()
    }

    /// The view to be drawn.
    pub fn next(&mut self, make: impl FnOnce() -> View) -> View {
        self.next.take().unwrap_or_else(make)
    }

    /// `view` was drawn at `now`. `is_settled`: drawing it told nothing new, such as that all of it is in sight.
    pub fn drew(&mut self, view: View, now: Now, is_settled: bool) {
        self.drawn = Some(view);
        self.settled = is_settled.then_some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::view::{Body, Fit, Foot, Page};
    use engine::timeline::Moment;

    fn at(millis: u64) -> Now {
        Now { moment: Moment::from_millis(millis), ..Now::default() }
    }

    fn view(line: &str) -> View {
        View {
            head: Fit::default(),
            status: Fit::default(),
            reversed: false,
            mark: None,
            body: Body::Page(Page::default()),
            foot: Foot::Keys(Vec::new()),
            tiny: Vec::new(),
            clock: None,
            line: line.to_owned(),
        }
    }

    #[test]
    fn a_view_is_made_once_and_drawn_when_it_differs() {
        let mut cache = FrameCache::default();
        assert!(cache.is_changed(at(0), || view("a")));
        let next = cache.next(|| unreachable!("it was made already"));
        cache.drew(next, at(0), true);
        assert!(!cache.is_changed(at(0), || unreachable!("nothing happened since")));
        assert!(!cache.is_changed(at(1), || view("a")), "the same again");
        assert!(cache.is_changed(at(2), || view("b")));
    }

    #[test]
    fn whatever_happens_is_looked_at() {
        let mut cache = FrameCache::default();
        cache.drew(view("a"), at(0), true);
        cache.disturb();
        assert!(cache.is_changed(at(0), || view("b")));
        cache.disturb();
        assert_eq!(cache.next(|| view("c")), view("c"), "what was made before it happened is not drawn");
        cache.drew(view("c"), at(0), false);
        assert!(cache.is_changed(at(0), || view("d")), "drawing it told something new");
    }
}
