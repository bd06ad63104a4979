//! What stands on the screen, and what is to take its place. Making a view costs about as much as drawing it, so each
//! is made once.

use ratatui::layout::Rect;

use crate::tui::view::{Form, View};
use engine::timeline::Now;

/// The last view that was drawn, and the next one where it was made already.
#[derive(Debug, Default)]
pub struct FrameCache {
    /// That of the last view.
    form: Form,
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
    pub fn is_changed(&mut self, now: Now, make: impl FnOnce(Form) -> View) -> bool {
        if self.drawn.is_none() {
            return true;
        }
        if self.settled == Some(now) {
            return false;
        }
        self.next = Some(make(self.form)).filter(|next| self.drawn.as_ref() != Some(next));
        self.next.is_some()
    }

    /// The view to be drawn in `area`.
    pub fn next(&mut self, area: Rect, make: impl FnOnce(Form) -> View) -> View {
        let form = Form::of_window(area.width, area.height);
        let made = self.next.take().filter(|_| form == self.form);
        self.form = form;
        made.unwrap_or_else(|| make(form))
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
    use crate::tui::view::{Body, Fit, Foot, OneLine};
    use engine::timeline::Moment;

    fn at(millis: u64) -> Now {
        Now { moment: Moment::from_millis(millis), ..Now::default() }
    }

    const WINDOW: Rect = Rect::new(0, 0, 19, 4);

    fn view(text: &str) -> View {
        View {
            head: Fit::default(),
            status: Fit::default(),
            reversed: false,
            mark: None,
            body: Body::OneLine(OneLine { text: text.to_owned(), ..OneLine::default() }),
            foot: Foot::Keys(Vec::new()),
        }
    }

    #[test]
    fn a_view_is_made_once_and_drawn_when_it_differs() {
        let mut cache = FrameCache::default();
        assert!(cache.is_changed(at(0), |_| unreachable!("the window is not known yet")));
        let next = cache.next(WINDOW, |_| view("a"));
        cache.drew(next, at(0), true);
        assert!(!cache.is_changed(at(0), |_| unreachable!("nothing happened since")));
        assert!(!cache.is_changed(at(1), |_| view("a")), "the same again");
        assert!(cache.is_changed(at(2), |_| view("b")));
        assert_eq!(cache.next(WINDOW, |_| unreachable!("it was made already")), view("b"));
    }

    #[test]
    fn whatever_happens_is_looked_at() {
        let mut cache = FrameCache::default();
        cache.drew(view("a"), at(0), true);
        cache.disturb();
        assert!(cache.is_changed(at(0), |_| view("b")));
        cache.disturb();
        assert_eq!(cache.next(WINDOW, |_| view("c")), view("c"), "what was made before it happened is not drawn");
        cache.drew(view("c"), at(0), false);
        assert!(cache.is_changed(at(0), |_| view("d")), "drawing it told something new");
    }

    #[test]
    fn a_window_of_another_size_has_its_own_form() {
        let mut cache = FrameCache::default();
        cache.drew(view("a"), at(0), true);
        assert!(cache.is_changed(at(1), |form| view(&format!("{form:?}"))));
        let large = cache.next(Rect::new(0, 0, 80, 24), |form| view(&format!("{form:?}")));
        assert_eq!(large, view("Full"));
    }
}
