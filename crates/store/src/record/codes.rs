//! The names that files use for the small enums. Each list is one table, read in both directions; `due` and `because`
//! go one way, since what stands in fields beside the name belongs to them. Leaving a variant out does not compile.

use super::header::RecordKind;
use engine::safety::{Because, Doctor, Keep, Sureness, Unfit};
use engine::session::{Due, Judgement, Outcome, PauseCause, Said, SectionEnd};

/// A value that has a stable name in files.
pub trait Code: Sized {
    /// All names.
    const CODES: &'static [&'static str];
    /// Its name.
    fn code(&self) -> &'static str;
    /// The value of that name.
    fn from_code(code: &str) -> Option<Self>;
}

macro_rules! codes {
    ($kind:ty { $($variant:path => $code:literal),+ $(,)? }) => {
        impl Code for $kind {
            const CODES: &'static [&'static str] = &[$($code),+];
            fn code(&self) -> &'static str {
                match self {
                    $($variant => $code),+
                }
            }
            fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some($variant),)+
                    _ => None,
                }
            }
        }
    };
}

codes!(Sureness { Sureness::Yes => "yes", Sureness::NotSure => "not-sure" });
codes!(Doctor { Doctor::NotAsked => "not-asked", Doctor::SaidNo => "said-no", Doctor::AllRight => "all-right" });
codes!(Unfit { Unfit::Retired => "retired", Unfit::NotKnown => "not-known" });
codes!(Keep { Keep::Skip => "skip", Keep::GoRound => "go-round" });
codes!(Judgement { Judgement::Clear => "clear", Judgement::Skip => "skip", Judgement::Stop => "stop" });
codes!(Said { Said::Yes => "yes", Said::No => "no", Said::NotSure => "not-sure" });
codes!(RecordKind { RecordKind::Session => "session", RecordKind::Check => "check", RecordKind::Log => "log" });
codes!(PauseCause {
    PauseCause::Touch => "touch",
    PauseCause::Clicker => "clicker",
    PauseCause::Interrupt => "interrupt",
    PauseCause::Signal => "signal",
    PauseCause::Slept => "slept",
    PauseCause::Stalled => "stalled",
    PauseCause::Soaked => "soaked",
    PauseCause::Closed => "closed",
});
codes!(Outcome {
    Outcome::Finished => "finished",
    Outcome::Part => "part",
    Outcome::StoppedByList => "stopped-by-list",
    Outcome::LeftBefore => "left-before",
});
codes!(SectionEnd {
    SectionEnd::Done => "done",
    SectionEnd::Enough => "enough",
    SectionEnd::LeftOut => "left-out",
    SectionEnd::Skipped => "skipped",
    SectionEnd::Stopped => "stopped",
    SectionEnd::NotReached => "not-reached",
});

/// The name of a countdown. Which section and stroke it belongs to stands in fields of their own.
pub fn due(due: Due) -> &'static str {
    match due {
        Due::Contact => "contact",
        Due::Prepare => "prepare",
        Due::HandClean => "hand-clean",
        Due::GetReady { .. } => "get-ready",
        Due::Stroke { .. } => "stroke",
        Due::Move { .. } => "move",
        Due::Saline => "saline",
        Due::Serum => "serum",
    }
}

/// The name of what stopped the session. The days that are left stand in a field of their own.
pub fn because(because: Because) -> &'static str {
    match because {
        Because::Listed => "listed",
        Because::NotAsked => "not-asked",
        Because::SaidNo => "said-no",
        Because::TooSoon { .. } => "too-soon",
        Because::NoSectionLeft => "no-section-left",
    }
}
