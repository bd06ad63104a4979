//! The stages of a session as the head of a screen names them.

use super::Scene;
use crate::tui::view::{Fit, Line, Means, Piece, Tone};
use engine::protocol::Kind;
use engine::protocol::words::borrowed;

/// The five stages of a session as the head names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HeadStage {
    Sterilise,
    Check,
    Roll,
    Serum,
    After,
}

impl HeadStage {
    const ALL: [(HeadStage, &'static str); 5] = [
        (HeadStage::Sterilise, "step.sterilise"),
        (HeadStage::Check, "step.check"),
        (HeadStage::Roll, "step.roll"),
        (HeadStage::Serum, "step.serum"),
        (HeadStage::After, "step.after"),
    ];

    /// "2/5 STOP".
    fn numbered(self, scene: &Scene, title: &str, tone: Tone) -> Line {
        let number = HeadStage::ALL.iter().position(|(stage, _)| *stage == self).map_or(0, |place| place + 1);
        let places =
            [("n", number.to_string()), ("all", HeadStage::ALL.len().to_string()), ("title", title.to_owned())];
        Line::toned(scene.fill("step.numbered", &borrowed(&places)), tone)
    }
}

impl Scene<'_> {
    /// A mark for each stage with the name of the present one; where there is no room for them, "2/5 Checklist".
    pub(super) fn steps(&self, present: HeadStage) -> Fit {
        let word = HeadStage::ALL.into_iter().find(|(step, _)| *step == present).map_or("", |(_, word)| word);
        self.steps_as(present, &self.say(word))
    }

    /// The same stages, with another name for the present one.
    pub(super) fn steps_as(&self, present: HeadStage, name: &str) -> Fit {
        self.steps_titled(present, name, Tone::Strong)
    }

    /// The stages, the present one as `title` in that weight.
    pub(super) fn steps_titled(&self, present: HeadStage, title: &str, tone: Tone) -> Fit {
        // The checklist alone is no step of anything.
        if self.protocol.kind == Kind::Check {
            return Fit::same(Line::toned(title, tone));
        }
        self.fit(|| all_steps(present, title, tone), || present.numbered(self, title, tone))
    }

    /// The stages, or `short`.
    pub(super) fn steps_or(&self, present: HeadStage, short: Line) -> Fit {
        Fit { long: self.is_wide().then(|| self.steps(present).longest().clone()), short }
    }
}

/// A mark for each stage: over, present with its name, to come.
fn all_steps(present: HeadStage, title: &str, tone: Tone) -> Line {
    let mark = |ascii: &str, drawn, tone| Piece { text: ascii.to_owned(), tone, means: Means::Mark(drawn) };
    let mut pieces = Vec::new();
    for (stage, _) in HeadStage::ALL {
        if stage > HeadStage::Sterilise {
            pieces.push(mark("--", "\u{2500}\u{2500}", Tone::Quiet));
        }
        match stage.cmp(&present) {
            core::cmp::Ordering::Less => pieces.push(mark("*", "\u{25cf}", Tone::Good)),
            core::cmp::Ordering::Equal => {
                pieces.extend([mark("@", "\u{25c9}", Tone::Good), Piece::new(format!(" {title} "), tone)]);
            }
            core::cmp::Ordering::Greater => pieces.push(mark("o", "\u{25cb}", Tone::Quiet)),
        }
    }
    Line(pieces)
}
