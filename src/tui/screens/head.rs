//! The stages of a session as the head of a screen names them.

use super::Scene;
use crate::tui::view::{Fit, Line, Tone};
use engine::protocol::Kind;
use engine::protocol::words::borrowed;

/// The six stages of a session as the head names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadStage {
    Sterilise,
    Check,
    Roll,
    Serum,
    After,
    Save,
}

impl HeadStage {
    const ALL: [(HeadStage, &'static str); 6] = [
        (HeadStage::Sterilise, "step.sterilise"),
        (HeadStage::Check, "step.check"),
        (HeadStage::Roll, "step.roll"),
        (HeadStage::Serum, "step.serum"),
        (HeadStage::After, "step.after"),
        (HeadStage::Save, "step.save"),
    ];

    /// "2/6 STOP".
    fn numbered(self, scene: &Scene, title: &str, tone: Tone) -> Line {
        let number = HeadStage::ALL.iter().position(|(stage, _)| *stage == self).map_or(0, |place| place + 1);
        let places =
            [("n", number.to_string()), ("all", HeadStage::ALL.len().to_string()), ("title", title.to_owned())];
        Line::toned(scene.fill("step.numbered", &borrowed(&places)), tone)
    }
}

impl Scene<'_> {
    /// "1 sterilise  2 CHECK  3 roll …", or "2/6 CHECK".
    pub(super) fn steps(&self, present: HeadStage) -> Fit {
        let word = HeadStage::ALL.into_iter().find(|(step, _)| *step == present).map_or("", |(_, word)| word);
        self.steps_as(present, &self.say(word))
    }

    /// The same stages, with another name for the present one.
    pub(super) fn steps_as(&self, present: HeadStage, name: &str) -> Fit {
        // The list alone is no step of anything.
        if self.protocol.kind == Kind::Check {
            return Fit::same(Line::toned(name.to_uppercase(), Tone::Current));
        }
        let loud = name.to_uppercase();
        self.fit(|| self.all_steps(present, &loud), || present.numbered(self, &loud, Tone::Current))
    }

    /// The stages; where there is no room for them, "2/6 STOP": the present one by its number, and `title`.
    pub(super) fn steps_titled(&self, present: HeadStage, title: &str, tone: Tone) -> Fit {
        let is_alone = self.protocol.kind == Kind::Check;
        let short = if is_alone { Line::toned(title, tone) } else { present.numbered(self, title, tone) };
        self.steps_or(present, short)
    }

    /// The stages, or `short`.
    pub(super) fn steps_or(&self, present: HeadStage, short: Line) -> Fit {
        Fit { long: self.is_wide().then(|| self.steps(present).longest().clone()), short }
    }

    fn all_steps(&self, present: HeadStage, loud: &str) -> Line {
        let mut line = Line::default();
        for (number, (step, word)) in HeadStage::ALL.into_iter().enumerate() {
            let gap = if number == 0 { "" } else { "  " };
            line = if step == present {
                line.and(gap, Tone::Plain).and(format!("{} {loud}", number + 1), Tone::Current)
            } else {
                line.and(format!("{gap}{} {}", number + 1, self.say(word)), Tone::Quiet)
            };
        }
        line
    }
}
