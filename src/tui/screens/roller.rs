//! Choosing or describing a roller: name, needle length, how it was kept.

mod entering;

use self::entering::{enter, free_id, why_not_called};
use super::other_soak::may_be_sealed;
use super::sheet::{CHOICE, Sheet, plain, quiet, row, strong};
use super::{
    Action, App, Component, Editor, Facts, Now, Output, Pressed, Scene, ScreenName, View, Welcome, soak_minutes,
};
use crate::tui::app::Exit;
use crate::tui::view::Fit;
use engine::protocol::{Kind, Micrometres};
use engine::safety::{Band, Roller};
use engine::session::{Event, Kept, Session};
use store::record::text::LONGEST_NAME;

/// Digits and point of a needle length in millimetres: "0.125".
const LENGTH_DIGITS: usize = 6;

#[derive(Debug, Clone)]
pub struct ChooseRoller {
    pub(in crate::tui) step: RollerStep,
    pub(in crate::tui) purpose: RollerFor,
}

#[derive(Debug, Clone)]
pub enum RollerStep {
    /// One of those known.
    List,
    /// What it is called.
    Name(Editor),
    /// How long its needles are.
    Length(String, Editor),
    /// In a sealed pack, or used before?
    Sealed(String, Micrometres),
    /// Its needles are above the article's limit. One that was just described is entered only once that is acknowledged:
    /// whether it is in a sealed pack.
    Acknowledge(Roller, Option<bool>),
    /// Its needles are too long, by what was just typed or by what is known.
    TooLong(Roller, Option<String>),
    /// For a spare one: how it was kept.
    Kept(Roller),
    /// For a spare one: for how many minutes it has been in the liquid.
    Minutes(Roller, Editor),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollerFor {
    /// The very first one, asked on the first run.
    FirstRun,
    /// This session, before the soak.
    Session,
    /// In place of one that touched something.
    Spare,
}

impl ChooseRoller {
    /// A spare one. Where no other is known, it is described at once.
    pub(super) fn spare(app: &App) -> ChooseRoller {
        let purpose = RollerFor::Spare;
        ChooseRoller { step: if is_first_step(app, purpose) { RollerStep::name() } else { RollerStep::List }, purpose }
    }
}

impl RollerStep {
    /// What it is called: an empty field.
    pub(in crate::tui) fn name() -> RollerStep {
        RollerStep::Name(Editor::new("", LONGEST_NAME))
    }

    fn length(name: String, typed: &str) -> RollerStep {
        RollerStep::Length(name, Editor::number_of(typed, LENGTH_DIGITS))
    }
}

impl Component for ChooseRoller {
    fn facts(&self, _: &App) -> Facts {
        let name = match self.step {
            RollerStep::List => ScreenName::Rollers,
            RollerStep::Name(_) | RollerStep::Length(..) | RollerStep::Minutes(..) => ScreenName::Text,
            RollerStep::Sealed(..) => ScreenName::Sealed,
            RollerStep::Acknowledge(..) => ScreenName::Acknowledge,
            RollerStep::TooLong(..) => ScreenName::TooLong,
            RollerStep::Kept(_) => ScreenName::OtherSoak,
        };
        let asks = matches!(self.step, RollerStep::Sealed(..) | RollerStep::Acknowledge(..) | RollerStep::Kept(_));
        let is_beginning = self.purpose == RollerFor::FirstRun;
        Facts { must_be_read: asks, nears_skin: true, is_beginning, ..Facts::of(name) }
    }

    fn page(&self, scene: &Scene) -> View {
        let ChooseRoller { step, purpose } = self;
        let purpose = *purpose;
        let rules = &scene.protocol.rules;
        let longest = rules.longest_needle.millimetres();
        let limit = rules.article_needle_limit.millimetres();
        let sheet = scene.sheet().gap();
        let (title, sheet) = match step {
            RollerStep::List => {
                let is_bare = purpose == RollerFor::FirstRun && scene.app.startup.rollers.is_empty();
                (if is_bare { "roller.none-title" } else { title(purpose) }, list(scene, sheet, purpose))
            }
            RollerStep::Name(editor) => (
                title(purpose),
                sheet
                    .text("roller.name-ask", &[])
                    .gap()
                    .field("roller.name-field", editor)
                    .gap()
                    .quiet("roller.name-note", &[]),
            ),
            RollerStep::Length(name, editor) => (
                title(purpose),
                sheet
                    .text("roller.length-ask", &[("name", name)])
                    .gap()
                    .field("roller.length-field", editor)
                    .gap()
                    .quiet("roller.length-note", &[("longest", &longest), ("limit", &limit)]),
            ),
            RollerStep::Sealed(name, needle) => (
                title(purpose),
                sheet
                    .text("roller.sealed-ask", &[("name", name), ("length", &needle.millimetres())])
                    .gap()
                    .choices(&choices(scene, &[(Action::Yes, "roller.sealed-1"), (Action::No, "roller.sealed-2")]))
                    .gap()
                    .nothing_chosen(),
            ),
            RollerStep::Acknowledge(roller, _) => {
                let length = roller.needle.millimetres();
                let sheet = sheet
                    .text("roller.acknowledge", &[("name", &roller.name), ("length", &length)])
                    .text("roller.acknowledge-limit", &[("limit", &limit)])
                    .gap()
                    .text("roller.acknowledge-note", &[])
                    .gap()
                    .text("roller.acknowledge-ask", &[])
                    .nothing_chosen();
                ("roller.acknowledge-title", sheet)
            }
            RollerStep::TooLong(roller, _) => {
                let length = roller.needle.millimetres();
                let places = [("name", roller.name.as_str()), ("length", &length), ("longest", &longest)];
                let sheet = sheet
                    .text("roller.too-long", &places)
                    .text("roller.too-long-why", &[])
                    .gap()
                    .text("roller.too-long-next", &[]);
                ("roller.too-long-title", sheet)
            }
            RollerStep::Kept(roller) => (
                title(purpose),
                sheet
                    .text("roller.kept-ask", &[("name", &roller.name)])
                    .gap()
                    .choices(&choices(scene, &[(Action::StartSoak, "roller.kept-1"), (Action::Yes, "roller.kept-2")]))
                    .gap()
                    .nothing_chosen()
                    .gap()
                    .quiet("other-soak.note", &[]),
            ),
            RollerStep::Minutes(_, editor) => (
                title(purpose),
                sheet.text("other-soak.minutes-ask", &[]).gap().field("other-soak.minutes-field", editor),
            ),
        };
        // A spare one comes with a soak of its own.
        let has_soak = scene.session.is_some() && purpose != RollerFor::Spare;
        let status = if has_soak { scene.soak_status() } else { Fit::default() };
        let view = scene.page(scene.title(scene.say(title)), status, sheet, |_| true);
        match step {
            RollerStep::List => scene.numbered(view, scene.app.startup.offered(in_use(scene.session, purpose)).count()),
            _ => view,
        }
    }

    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let (purpose, now) = (self.purpose, pressed.now);
        match (self.step.clone(), pressed.action) {
            (RollerStep::List, Action::Choose) => self.chosen(app, pressed),
            (RollerStep::List, Action::NewRoller) => self.go_to(app, RollerStep::name()),
            (RollerStep::List | RollerStep::Kept(_), Action::Back) => leave(app, purpose),
            (RollerStep::Name(field), Action::Keep) => self.named(app, field.text()),
            (RollerStep::Name(_), Action::Back) if is_first_step(app, purpose) => leave(app, purpose),
            (RollerStep::Name(_), Action::Back) => self.go_to(app, RollerStep::List),
            (RollerStep::Length(name, field), Action::Keep) => self.length_given(app, name, field.text()),
            (RollerStep::Length(name, _), Action::Back) => {
                self.go_to(app, RollerStep::Name(Editor::new(&name, LONGEST_NAME)))
            }
            (RollerStep::Sealed(name, needle), Action::Yes) => self.described(app, name, needle, true, now),
            (RollerStep::Sealed(name, needle), Action::No) => self.described(app, name, needle, false, now),
            (RollerStep::Sealed(name, needle), Action::Back) => {
                self.go_to(app, RollerStep::length(name, &needle.millimetres()))
            }
            (RollerStep::Acknowledge(roller, Some(sealed)), Action::Acknowledge) => {
                let mut outputs = enter(app, &roller, sealed);
                outputs.extend(match purpose {
                    RollerFor::Spare => self.go_to(app, RollerStep::Kept(roller)),
                    RollerFor::FirstRun => {
                        app.acknowledged_first = Some(roller.id.clone());
                        self.put_to_use(app, roller, now)
                    }
                    RollerFor::Session => {
                        let taken = self.put_to_use(app, roller, now);
                        taken.into_iter().chain(app.send(Event::LengthAcknowledged, now)).collect()
                    }
                });
                outputs
            }
            (RollerStep::Acknowledge(roller, None), Action::Acknowledge) if purpose == RollerFor::Spare => {
                self.go_to(app, RollerStep::Kept(roller))
            }
            (RollerStep::Acknowledge(_, None), Action::Acknowledge) => app.send(Event::LengthAcknowledged, now),
            (RollerStep::Acknowledge(roller, Some(_)), Action::Back) => {
                self.go_to(app, RollerStep::length(roller.name, &roller.needle.millimetres()))
            }
            (RollerStep::TooLong(roller, Some(typed)), Action::Back) => {
                self.go_to(app, RollerStep::length(roller.name, &typed))
            }
            (RollerStep::Acknowledge(..) | RollerStep::TooLong(..), Action::OtherRoller | Action::Back) => {
                self.go_to(app, RollerStep::List)
            }
            (RollerStep::Acknowledge(..) | RollerStep::TooLong(..), Action::Leave) => leave_for_length(app, purpose),
            (RollerStep::Kept(roller), Action::StartSoak) => {
                self.go_to(app, RollerStep::Minutes(roller, soak_minutes::field()))
            }
            (RollerStep::Kept(roller), Action::Yes) if may_be_sealed(app, &roller) => {
                swap(app, roller, Kept::SealedPack, now)
            }
            (RollerStep::Minutes(roller, field), Action::Keep) => match soak_minutes::minutes(&field) {
                Some(already) => swap(app, roller, Kept::InLiquid { already }, now),
                None => app.tell("other-soak.needs-minutes"),
            },
            (RollerStep::Minutes(roller, _), Action::Back) => self.go_to(app, RollerStep::Kept(roller)),
            _ => Vec::new(),
        }
    }

    fn field(&mut self) -> Option<&mut Editor> {
        match &mut self.step {
            RollerStep::Name(field) | RollerStep::Length(_, field) | RollerStep::Minutes(_, field) => Some(field),
            _ => None,
        }
    }
}

impl ChooseRoller {
    fn go_to(&self, app: &mut App, step: RollerStep) -> Vec<Output> {
        app.show(ChooseRoller { step, purpose: self.purpose })
    }

    fn chosen(&self, app: &mut App, pressed: Pressed) -> Vec<Output> {
        let in_use = in_use(app.session(), self.purpose);
        let chosen = pressed.place().and_then(|place| app.startup.offered(in_use).nth(place));
        match chosen.map(|available| available.roller.clone()) {
            Some(roller) => self.put_to_use(app, roller, pressed.now),
            None => Vec::new(),
        }
    }

    fn named(&self, app: &mut App, name: &str) -> Vec<Output> {
        if name.is_empty() {
            return app.tell("roller.needs-name");
        }
        // Nothing of a rehearsal is kept.
        let is_kept = app.kind() != Kind::Rehearsal;
        if let Some(refusal) = why_not_called(app, name).filter(|_| is_kept) {
            app.notice = refusal.into();
            return Vec::new();
        }
        self.go_to(app, RollerStep::length(name.to_owned(), ""))
    }

    fn length_given(&self, app: &mut App, name: String, length: &str) -> Vec<Output> {
        let Some(needle) = Micrometres::from_millimetres(length) else { return app.tell("roller.needs-length") };
        let roller = Roller { id: free_id(app, &name), name, needle, uses: 0 };
        match roller.band(&app.protocols.session.rules) {
            // Refused as soon as it is known, and not kept.
            Band::TooLong => self.go_to(app, RollerStep::TooLong(roller, Some(length.to_owned()))),
            Band::Within | Band::AboveArticle => self.go_to(app, RollerStep::Sealed(roller.name, needle)),
        }
    }

    fn described(&self, app: &mut App, name: String, needle: Micrometres, sealed: bool, now: Now) -> Vec<Output> {
        let roller = Roller { id: free_id(app, &name), name, needle, uses: 0 };
        if app.kind() == Kind::Rehearsal {
            // Nothing of a rehearsal is kept, so it is not there for the next session either.
            return self.put_to_use(app, roller, now);
        }
        if roller.band(&app.protocols.session.rules) == Band::AboveArticle {
            return self.go_to(app, RollerStep::Acknowledge(roller, Some(sealed)));
        }
        let mut outputs = enter(app, &roller, sealed);
        outputs.extend(self.put_to_use(app, roller, now));
        outputs
    }

    fn put_to_use(&self, app: &mut App, roller: Roller, now: Now) -> Vec<Output> {
        let band = roller.band(&app.protocols.session.rules);
        match (self.purpose, band) {
            (_, Band::TooLong) => self.go_to(app, RollerStep::TooLong(roller, None)),
            // The first run goes on to the serum; the length is acknowledged when the roller is taken.
            (RollerFor::FirstRun, Band::Within | Band::AboveArticle) => app.begin(now),
            (RollerFor::Session, Band::Within | Band::AboveArticle) => app.take(roller, now),
            (RollerFor::Spare, Band::Within) => self.go_to(app, RollerStep::Kept(roller)),
            (RollerFor::Spare, Band::AboveArticle) => self.go_to(app, RollerStep::Acknowledge(roller, None)),
        }
    }
}

/// Whether the name is asked first, since there is no list to choose from.
fn is_first_step(app: &App, purpose: RollerFor) -> bool {
    let has_others = app.startup.offered(in_use(app.session(), purpose)).next().is_some();
    let has_list = has_others || !app.startup.unread_rollers.is_empty();
    purpose == RollerFor::FirstRun || (purpose == RollerFor::Spare && !has_list)
}

fn leave(app: &mut App, purpose: RollerFor) -> Vec<Output> {
    match purpose {
        RollerFor::FirstRun => app.show(Welcome),
        RollerFor::Session | RollerFor::Spare => app.show_stage(),
    }
}

fn leave_for_length(app: &mut App, purpose: RollerFor) -> Vec<Output> {
    match purpose {
        RollerFor::FirstRun => vec![Output::Leave(Exit::Done)],
        RollerFor::Session => app.ask_to_leave(),
        RollerFor::Spare => app.show_stage(),
    }
}

fn swap(app: &mut App, roller: Roller, kept: Kept, now: Now) -> Vec<Output> {
    // The way here led through the acknowledgement whenever the needles are long enough to need one.
    let acknowledged = roller.band(&app.protocols.session.rules) == Band::AboveArticle;
    let outputs = app.send(Event::RollerSwapped { roller, kept, acknowledged }, now);
    app.show_stage();
    outputs
}

/// The roller that was taken, if its needles are long enough to need a word that was not given yet.
pub(super) fn unacknowledged(session: &Session) -> Option<Roller> {
    let needs_a_word = |roller: &&Roller| roller.band(&session.protocol().rules) == Band::AboveArticle;
    session.roller().filter(|_| !session.acknowledged()).filter(needs_a_word).cloned()
}

fn title(purpose: RollerFor) -> &'static str {
    match purpose {
        RollerFor::FirstRun => "roller.title-first",
        RollerFor::Session => "roller.title",
        RollerFor::Spare => "roller.title-spare",
    }
}

fn choices(scene: &Scene, choices: &[(Action, &str)]) -> Vec<(Action, String)> {
    choices.iter().map(|(action, word)| (*action, scene.say(word))).collect()
}

/// The roller that is no spare for itself.
fn in_use(session: Option<&Session>, purpose: RollerFor) -> Option<&str> {
    let in_use = session.and_then(Session::roller).map(|roller| roller.id.as_str());
    in_use.filter(|_| purpose == RollerFor::Spare)
}

fn list<'a>(scene: &Scene, sheet: Sheet<'a>, purpose: RollerFor) -> Sheet<'a> {
    let in_use = in_use(scene.session, purpose);
    let unread = scene.app.startup.unread_files(|_| true);
    let sheet = match &unread {
        None => sheet,
        // Without another one that is all that there is to say.
        Some(files) if scene.app.startup.rollers.is_empty() => sheet.text("roller.list-unread", &[("files", files)]),
        Some(files) => sheet.wide("roller.list-unread", &[("files", files)]),
    };
    if scene.app.startup.offered(in_use).next().is_none() {
        return sheet.text("roller.list-none", &[]);
    }
    let rows = scene.app.startup.offered(in_use).enumerate().map(|(place, available)| {
        let Roller { name, needle, uses, .. } = &available.roller;
        let too_long = available.roller.band(&scene.protocol.rules) == Band::TooLong;
        let word = if too_long { "roller.list-row-long" } else { "roller.list-row" };
        let about = scene.fill(word, &[("length", &needle.millimetres()), ("used", &uses.to_string())]);
        row([strong((place + 1).to_string()), plain(name), quiet(about)])
    });
    sheet.text("roller.list", &[]).gap().table(CHOICE, rows.collect()).gap().nothing_chosen()
}
