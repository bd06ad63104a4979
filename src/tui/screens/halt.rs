//! Pages of a halt: the person chooses. Nothing ticks and nothing is chosen beforehand.

use super::rolling::{self, section_left};
use super::sheet::{CHOICE, LIST, Sheet, TEXT, marked, plain, quiet, row, strong};
use super::{Scene, wash};
use crate::content::keymap::Action;
use crate::tui::view::{Fit, Line, Row, Tone, View};
use engine::protocol::words::clock;
use engine::protocol::{Kind, Section};
use engine::safety::Unfit;
use engine::session::{Due, Pause, PauseCause, Session};

/// The section that a halt is about; None when rolling is over.
fn section_of(session: &Session, pause: &Pause) -> Option<Section> {
    match pause.held.due {
        Due::Stroke { section, .. } | Due::GetReady { section } | Due::Move { section } => Some(section),
        Due::Contact | Due::Prepare | Due::HandClean => session.section(),
        Due::Saline | Due::Serum => None,
    }
}

/// Time left in the section of the halt, or in the saline or serum.
fn left_of(session: &Session, pause: &Pause) -> String {
    clock(match (pause.held.due, section_of(session, pause)) {
        // It begins anew, whatever was left of it.
        (Due::Prepare, _) => session.whole(Due::Prepare),
        (Due::Saline | Due::Serum, _) | (_, None) => pause.held.left,
        (_, Some(section)) => section_left(session, section),
    })
}

fn head(scene: &Scene, session: &Session, pause: &Pause) -> Fit {
    let what = match (pause.held.due, section_of(session, pause)) {
        (Due::Serum, _) => scene.say("pause.serum"),
        (Due::Prepare, _) => scene.say("pause.prepare-head"),
        (_, Some(section)) => return rolling::head(scene, session, section, true, Some("pause.title")),
        (_, None) => scene.say("pause.saline"),
    };
    Fit::same(Line::toned(scene.fill("pause.head-plain", &[("what", &what)]), Tone::Strong))
}

fn cause_text(scene: &Scene, pause: &Pause) -> String {
    let hands = clock(scene.protocol.times.hand_clean);
    if pause.held.due == Due::Prepare {
        return scene.fill("pause.prepare", &[("time", &clock(scene.protocol.times.prepare))]);
    }
    let word = match pause.cause {
        PauseCause::Clicker if !scene.is_wide() => "pause.by-clicker-narrow",
        PauseCause::Soaked if !scene.is_wide() => "pause.by-soak-narrow",
        _ if !scene.is_wide() => "pause.by-touch-narrow",
        PauseCause::Touch | PauseCause::Interrupt => "pause.by-touch",
        PauseCause::Clicker if matches!(pause.held.due, Due::Saline | Due::Serum) => "pause.by-clicker-after",
        PauseCause::Clicker => "pause.by-clicker",
        PauseCause::Slept => "pause.by-sleep",
        PauseCause::Stalled => "pause.by-stall",
        PauseCause::Signal => "pause.by-signal",
        PauseCause::Soaked => "pause.by-soak",
        PauseCause::Closed => "pause.by-close",
    };
    scene.fill(word, &[("time", &hands)])
}

/// Blood or welts were seen in it: it does not go on.
pub(super) fn is_serum_over(session: &Session, pause: &Pause) -> bool {
    session.saw_blood_or_welts() && pause.held.due == Due::Serum
}

pub(super) fn paused(scene: &Scene, pause: &Pause) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let digits = left_of(session, pause);
    let since = scene.fill("pause.since", &[("time", &pause.since.wall.time_of_day())]);
    let prepare = pause.held.due == Due::Prepare;
    let rolling = section_of(session, pause);
    let is_seen = session.saw_blood_or_welts();
    let head = head(scene, session, pause);
    let few = || {
        let still = plain(scene.say("pause.still-narrow"));
        // The key that these signs ask for is there while there is rolling to stop; they take the row of the other line.
        let signs = strong(scene.say(if rolling.is_some() { "pause.signs-narrow" } else { wash::signs(session) }));
        let still = Some(still).filter(|_| rolling.is_none());
        [plain(format!("{digits} {since}"))].into_iter().chain(still).chain([signs]).collect()
    };
    let body =
        scene.timed_body(digits.clone(), || head.short.text(), few, || page(scene, session, pause, digits.clone()));
    let status = Fit::same(plain(&since));
    let one_more = session.one_more_in(pause).is_some();
    let ended = session.enough_to_take_back(pause);
    let mut foot = scene.keys(|action| match action {
        Action::OneMore => one_more,
        Action::GoOn => !is_serum_over(session, pause),
        Action::Enough => !prepare,
        Action::BloodOrWelts => !is_seen,
        Action::Back => is_seen || ended.is_some(),
        _ => true,
    });
    // What the page does not offer is not in its foot either, and has one name in both.
    foot.leave_out_dead();
    if rolling.is_some_and(|section| !session.progress()[section].begun())
        && let Some(hint) = foot.hint(Action::Enough)
    {
        hint.label = scene.say("pause.leave-out-foot");
    }
    if let Some(hint) = foot.hint(Action::Back).filter(|_| ended.is_some()) {
        hint.label = scene.say("pause.back-foot");
        hint.short = scene.say("pause.back-foot-narrow");
    }
    scene.view(head, status, body, foot)
}

fn page<'a>(scene: &Scene<'a>, session: &Session, pause: &Pause, digits: String) -> Sheet<'a> {
    let sheet = scene
        .sheet()
        .wide_gap()
        .letters(&scene.say("pause.title"), true)
        .gap()
        .line(TEXT, left_words(scene, session, pause, &digits))
        .both("pause.still", &[]);
    let sheet = if is_serum_over(session, pause) {
        sheet
    } else {
        sheet.line(TEXT, marked(&cause_text(scene, pause), Tone::Plain))
    };
    let sheet = sheet.gap();
    let Some(section) = section_of(session, pause) else { return wash::halted(scene, session, pause, sheet) };
    let prepare = pause.held.due == Due::Prepare;
    if scene.is_wide() {
        let signs = if prepare { "pause.signs-prepare" } else { "pause.signs" };
        sheet.table(LIST, choices(scene, session, pause, section)).gap().line(TEXT, strong(scene.say(signs)))
    } else {
        let signs = strong(scene.say("pause.signs-narrow"));
        sheet.table(TEXT, choices_narrow(scene, session, pause, section)).line(TEXT, signs)
    }
}

/// What is left of the step that stands still and, while there is more to roll, of everything.
fn left_words(scene: &Scene, session: &Session, pause: &Pause, digits: &str) -> Line {
    let line = plain(left_of_what(scene, pause)).and("  ", Tone::Plain).and(digits, Tone::Strong);
    if section_of(session, pause).is_none() || !scene.is_wide() {
        return line;
    }
    let left = clock(session.session_left(scene.now));
    line.and("   ", Tone::Plain).and(scene.fill("free.to-go", &[("left", &left)]), Tone::Plain)
}

/// What the digits are the time of.
fn left_of_what(scene: &Scene, pause: &Pause) -> String {
    scene.say(match pause.held.due {
        Due::Prepare => "pause.left-prepare",
        Due::Saline => "pause.left-saline",
        Due::Serum => "pause.left-serum",
        Due::Contact | Due::HandClean | Due::GetReady { .. } | Due::Stroke { .. } | Due::Move { .. } => {
            "pause.left-section"
        }
    })
}

/// Without anything rolled there is nothing to bathe.
fn stop_text(scene: &Scene, session: &Session) -> Line {
    if scene.protocol.kind == Kind::Rehearsal {
        return plain(scene.say("pause.stop-rehearsal"));
    }
    plain(scene.say(match (session.anything_rolled(), scene.is_wide()) {
        (true, true) => "pause.stop",
        (false, true) => "pause.stop-unrolled",
        (_, false) => "pause.stop-narrow",
    }))
}

/// Two columns of choices as they stand in a wide window.
fn choices(scene: &Scene, session: &Session, pause: &Pause, section: Section) -> Vec<Row> {
    let key = |action: Action| scene.key_of(action);
    let go_on = [key(Action::GoOn), plain(scene.say("pause.go-on"))];
    let dropped = [key(Action::Dropped), plain(scene.say("pause.dropped"))];
    let stop = [key(Action::Stop), stop_text(scene, session)];
    if pause.held.due == Due::Prepare {
        return vec![two(go_on, dropped), two(Default::default(), stop)];
    }
    let begun = session.progress()[section].begun();
    let last =
        session.to_roll().iter().filter(|other| session.permit().is_some_and(|permit| permit.allows(*other))).count()
            <= 1;
    let enough = match (begun, last) {
        (false, _) => "pause.leave-out",
        (true, true) => "pause.enough-last",
        (true, false) => "pause.enough",
    };
    let one_more = if session.one_more_in(pause).is_some() {
        plain(scene.say("pause.one-more"))
    } else {
        quiet(scene.say("pause.one-more-gone"))
    };
    let mut rows = vec![two(go_on, dropped), two([key(Action::Enough), plain(scene.say(enough))], stop)];
    let back = session.enough_to_take_back(pause).map(|_| [key(Action::Back), plain(scene.say("pause.back-to"))]);
    // Before the first stroke there is none to be had, and none was used.
    let one_more = (begun || session.one_more_in(pause).is_some()).then(|| [key(Action::OneMore), one_more]);
    let mut more = one_more.into_iter().chain(back);
    if let Some(first) = more.next() {
        rows.push(two(first, more.next().unwrap_or_default()));
    }
    rows
}

fn two([key, text]: [Line; 2], [other_key, other]: [Line; 2]) -> Row {
    row([key, text, other_key, other])
}

fn choices_narrow(scene: &Scene, session: &Session, pause: &Pause, section: Section) -> Vec<Row> {
    let choice = |action: Action, word: &str| [scene.key_of(action), plain(scene.say(word))];
    let go_on = choice(Action::GoOn, "pause.go-on");
    let dropped = choice(Action::Dropped, "pause.dropped-narrow");
    let stop = [scene.key_of(Action::Stop), stop_text(scene, session)];
    if pause.held.due == Due::Prepare {
        return vec![two(go_on, dropped), two(stop, Default::default())];
    }
    let begun = session.progress()[section].begun();
    let enough = choice(Action::Enough, if begun { "pause.enough-narrow" } else { "pause.leave-out-narrow" });
    let one_more = session.one_more_in(pause).map(|_| choice(Action::OneMore, "pause.one-more-narrow"));
    let back = session.enough_to_take_back(pause).map(|_| choice(Action::Back, "pause.back-to-narrow"));
    let mut choices = [go_on, enough].into_iter().chain(one_more).chain([dropped, stop]).chain(back);
    core::iter::from_fn(|| Some(two(choices.next()?, choices.next().unwrap_or_default()))).collect()
}

pub(super) fn roller_touched(scene: &Scene, pause: &Pause) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    if let Some(why) = session.unfit() {
        return roller_unfit(scene, session, pause, why);
    }
    let contact = clock(scene.protocol.times.contact);
    let [retire, other, again, back] =
        [Action::Retire, Action::OtherRoller, Action::SoakAgain, Action::Back].map(|action| scene.key_of(action));
    // A trial and a rehearsal retire none.
    let [fell, fell_narrow] = if session.retires_rollers() {
        ["touched.fell-do", "touched.fell-narrow"]
    } else {
        ["touched.fell-do-kept", "touched.fell-narrow-kept"]
    };
    let rows = if scene.is_wide() {
        let brushed = scene.fill("touched.brushed-do", &[("time", &contact)]);
        vec![
            row([plain(scene.say("touched.fell")), retire, plain(scene.say(fell))]),
            row([plain(scene.say("touched.spare")), other, plain(scene.say("touched.spare-do"))]),
            row([plain(scene.say("touched.brushed")), again, plain(brushed)]),
            row([plain(scene.say("touched.slip")), back, plain(scene.say("touched.slip-do"))]),
        ]
    } else {
        vec![
            row([retire, plain(scene.say(fell_narrow))]),
            row([other, plain(scene.say("touched.spare-narrow"))]),
            row([again, plain(scene.fill("touched.brushed-narrow", &[("time", &contact)]))]),
            row([back, plain(scene.say("touched.slip-narrow"))]),
        ]
    };
    let name = section_of(session, pause).map(|section| scene.section_name(section)).unwrap_or_default();
    let left = left_of(session, pause);
    let event = session.tally().roller_events.to_string();
    let at = pause.since.wall.time_of_day();
    let logged = scene.if_saved("touched.logged", "touched.logged-unsaved");
    let sheet = scene
        .sheet()
        .gap()
        .text("touched.lead", &[])
        .gap()
        .list(rows)
        .gap()
        .both("touched.place", &[("section", &name), ("left", &left)])
        .gap()
        .text(scene.kept_or(logged, "touched.logged-rehearsal"), &[("n", &event), ("time", &at)]);
    let title = Fit::same(Line::toned(scene.say("touched.head"), Tone::Alert));
    scene.page(title, Fit::default(), sheet, |_| true)
}

/// Whether `action` does something where the roller may not be used.
pub(super) fn unfit_takes(action: Action) -> bool {
    !matches!(action, Action::SoakAgain | Action::Back)
}

/// The ledger speaks against it: another one, or stopping.
fn roller_unfit(scene: &Scene, session: &Session, pause: &Pause, why: Unfit) -> View {
    let is_in_use = |id: &str| session.roller().is_some_and(|roller| roller.id == id);
    let files = scene.app.startup.unread_files(is_in_use);
    let (word, places) = match (why, &files) {
        (Unfit::Retired, _) => ("touched.unfit-retired", vec![]),
        (Unfit::NotKnown, Some(files)) => ("touched.unfit-unread", vec![("files", files.as_str())]),
        (Unfit::NotKnown, None) => ("touched.unfit-not-known", vec![]),
    };
    let [stop, other] = [Action::Retire, Action::OtherRoller].map(|action| scene.key_of(action));
    let others = if scene.is_wide() { "touched.unfit-other" } else { "touched.spare-narrow" };
    let rows = vec![row([stop, stop_text(scene, session)]), row([other, plain(scene.say(others))])];
    let name = section_of(session, pause).map(|section| scene.section_name(section)).unwrap_or_default();
    let left = left_of(session, pause);
    let sheet = scene
        .sheet()
        .gap()
        .text(word, &places)
        .gap()
        .table(if scene.is_wide() { CHOICE } else { TEXT }, rows)
        .gap()
        .both("touched.place", &[("section", &name), ("left", &left)]);
    let title = Fit::same(Line::toned(scene.say("touched.unfit-head"), Tone::Alert));
    let mut view = scene.page(title, Fit::default(), sheet, unfit_takes);
    view.foot.leave_out_dead();
    if let Some(hint) = view.foot.hint(Action::Retire) {
        hint.label = scene.say("touched.unfit-stop");
    }
    view
}

pub(super) fn soaking_again(scene: &Scene, pause: &Pause) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let left = match session.contact() {
        engine::safety::Contact::Soaking { ends } => ends.since(scene.now.moment),
        engine::safety::Contact::NotStarted | engine::safety::Contact::SealedPack | engine::safety::Contact::Soaked => {
            core::time::Duration::ZERO
        }
    };
    let name = section_of(session, pause).map(|section| scene.section_name(section)).unwrap_or_default();
    let sheet = scene
        .sheet()
        .wide_gap()
        .digits(clock(left), false, Vec::new())
        .gap()
        .text("resoak.lead", &[])
        .text("resoak.then", &[])
        .gap()
        .both("touched.place", &[("section", &name), ("left", &left_of(session, pause))]);
    let title = Fit::same(Line::toned(scene.say("resoak.head"), Tone::Current));
    let view = scene.page(title, scene.soak_status(), sheet, |_| true);
    view.in_one_line(|| format!("{} {}", scene.say("resoak.head"), clock(left)))
}
