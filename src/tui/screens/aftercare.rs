//! What to do and not to do after rolling, and when to get help, wherever a page says so.

use super::check_in::is_more_than_calm;
use super::dates::day_and_time;
use super::sheet::{LIST, Sheet, TEXT, plain, quiet, row};
use crate::tui::view::{Line, Tone};
use store::startup::HeldLine;

impl Sheet<'_> {
    /// When to get help; it stands out where `is_urgent`.
    pub(super) fn red_flags(self, is_urgent: bool) -> Self {
        let tone = if is_urgent { Tone::Strong } else { Tone::Plain };
        let lines = self.scene().protocol.red_flags.lines();
        lines.into_iter().fold(self, |sheet, text| sheet.line(TEXT, Line::toned(text, tone)))
    }

    /// Every line of the aftercare, and when to get help, unless the page `has_flags` already.
    pub(super) fn aftercare(self, has_flags: bool) -> Self {
        let lines = self.scene().protocol.aftercare.iter();
        let lines = lines.map(|line| row([quiet(&line.span), plain(&line.text)])).collect();
        if has_flags {
            self.table(TEXT, lines)
        } else if self.scene().is_wide() {
            self.table(TEXT, lines).gap().red_flags(false)
        } else {
            // Where not everything fits, the most urgent comes first.
            self.red_flags(false).gap().table(TEXT, lines)
        }
    }

    /// What comes before all else on a first screen: when to get help, after something was noted just now that may call for
    /// it; and that the last session ended with something that is worth a second thought.
    pub(super) fn urgent(self) -> Self {
        let was_worrying = self.scene().app.startup.was_worrying;
        let sheet = if self.flags_come_first() { self.red_flags(true).gap() } else { self };
        if was_worrying { sheet.text("care.worried", &[]).gap() } else { sheet }
    }

    fn flags_come_first(&self) -> bool {
        let (app, now) = (self.scene().app, self.scene().now.wall);
        let startup = &app.startup;
        is_more_than_calm(&app.noted) || (startup.was_worrying && startup.care.iter().any(|line| line.holds(now)))
    }

    /// The lines that still hold after the last session, each with the time until which it does, and when to get help, where
    /// [`Sheet::urgent`] has not said it. Nothing once all is over.
    pub(super) fn still_counts(self) -> Self {
        let scene = self.scene();
        let has_flags = self.flags_come_first();
        let holding: Vec<&HeldLine> = scene.app.startup.care.iter().filter(|line| line.holds(scene.now.wall)).collect();
        if holding.is_empty() {
            return self;
        }
        let flags = |sheet: Self| if has_flags { sheet } else { sheet.red_flags(false) };
        // Where not everything fits, the most urgent comes first.
        let sheet = if scene.is_wide() { self.gap() } else { flags(self.gap()).gap() };
        let mut sheet = sheet.heading("care.still");
        for together in holding.chunk_by(|one, next| one.until == next.until) {
            let until = together.first().map(|line| day_and_time(line.until, scene.now.wall)).unwrap_or_default();
            let until = quiet(scene.fill("care.until", &[("time", &until)]));
            let text = plain(together.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "));
            sheet = if scene.is_wide() {
                sheet.table(LIST, vec![row([until, text])])
            } else {
                sheet.line(TEXT, until).line(TEXT, text)
            };
        }
        if scene.is_wide() { flags(sheet.gap()) } else { sheet }
    }
}
