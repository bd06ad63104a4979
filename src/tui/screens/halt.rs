//! Pages of a halt: the person chooses. Nothing ticks and nothing is chosen beforehand.

use super::Scene;
use super::rolling::section_left;
use super::sheet::{CHOICE, LIST, TEXT, marked, plain, quiet, row, strong};
use crate::content::keymap::Action;
use crate::tui::view::{Fit, Foot, Line, On, Row, Tone, View, What};
use engine::protocol::words::{borrowed, clock};
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
    let what = match pause.held.due {
        Due::Saline => scene.say("pause.saline"),
        Due::Serum => scene.say("pause.serum"),
        Due::Prepare => scene.say("pause.prepare-head"),
        Due::Contact | Due::HandClean | Due::GetReady { .. } | Due::Stroke { .. } | Due::Move { .. } => {
            let Some(section) = section_of(session, pause) else { return scene.title(scene.say("pause.saline")) };
            let (number, count) = scene.place_in_plan(section);
            let places = [("n", number.to_string()), ("all", count.to_string()), ("section", scene.loud_name(section))];
            let wide = scene.fill("pause.head", &borrowed(&places));
            let bare = scene.section_bare(section).to_uppercase();
            let places = [("n", number.to_string()), ("all", count.to_string()), ("section", bare)];
            let narrow = scene.fill("pause.head-narrow", &borrowed(&places));
            return Fit { wide: Line::toned(wide, Tone::Current), narrow: Line::toned(narrow, Tone::Current) };
        }
    };
    Fit::same(Line::toned(scene.fill("pause.head-plain", &[("what", &what)]), Tone::Current))
}

fn cause_text(scene: &Scene, pause: &Pause) -> (String, String) {
    let hands = clock(scene.protocol.times.hand_clean);
    let prepare = clock(scene.protocol.times.prepare);
    let narrow = match pause.cause {
        PauseCause::Clicker => scene.say("pause.by-clicker-narrow"),
        PauseCause::Soaked => scene.fill("pause.by-soak-narrow", &[("time", &hands)]),
        _ => scene.fill("pause.by-touch-narrow", &[("time", &hands)]),
    };
    if pause.held.due == Due::Prepare {
        let text = scene.fill("pause.prepare", &[("time", &prepare)]);
        return (text.clone(), text);
    }
    let word = match pause.cause {
        PauseCause::Touch | PauseCause::Interrupt => "pause.by-touch",
        PauseCause::Clicker if matches!(pause.held.due, Due::Saline | Due::Serum) => "pause.by-clicker-after",
        PauseCause::Clicker => "pause.by-clicker",
        PauseCause::Slept => "pause.by-sleep",
        PauseCause::Stalled => "pause.by-stall",
        PauseCause::Signal => "pause.by-signal",
        PauseCause::Soaked => "pause.by-soak",
        PauseCause::Closed => "pause.by-close",
    };
    (scene.fill(word, &[("time", &hands)]), narrow)
}

pub(super) fn paused(scene: &Scene, pause: &Pause) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    let digits = left_of(session, pause);
    let since = scene.fill("pause.since", &[("time", &pause.since.wall.time_of_day())]);
    let (wide_cause, narrow_cause) = cause_text(scene, pause);
    let prepare = pause.held.due == Due::Prepare;
    let rolling = section_of(session, pause);
    let mut sheet = scene
        .sheet()
        .gap_on(On::Wide)
        .put(On::All, What::Digits { text: digits.clone(), large: true, beside: Vec::new() })
        .gap()
        .both("pause.still", &[])
        .line(On::Wide, TEXT, marked(&wide_cause, Tone::Plain))
        .line(On::Narrow, TEXT, marked(&narrow_cause, Tone::Plain))
        .gap();
    sheet = match rolling {
        Some(section) => sheet
            .table_on(On::Wide, LIST, choices(scene, session, pause, section))
            .table_on(On::Narrow, TEXT, choices_narrow(scene, session, pause, section))
            .gap_on(On::Wide)
            .line(On::Wide, TEXT, strong(scene.say(if prepare { "pause.signs-prepare" } else { "pause.signs" })))
            .line(On::Narrow, TEXT, strong(scene.say("pause.signs-narrow"))),
        None => {
            sheet.choices(&[(Action::GoOn, scene.say("pause.go-on")), (Action::Enough, scene.say("pause.enough-this"))])
        }
    };
    let one_more = session.one_more_in(pause).is_some();
    let head = head(scene, session, pause);
    let line = head.narrow.text();
    let left = clock(session.rolling_left(scene.now));
    let status = Fit {
        wide: if rolling.is_some() {
            plain(format!("{since}   {}", scene.fill("free.to-go", &[("left", &left)])))
        } else {
            plain(&since)
        },
        narrow: plain(&since),
    };
    let mut view = scene.page(head, status, sheet, |action| match action {
        Action::OneMore => one_more,
        Action::Enough => !prepare,
        _ => true,
    });
    // What the page does not offer is not in its foot either, and has one name in both.
    if let Foot::Keys(hints) = &mut view.foot {
        hints.iter_mut().filter(|hint| !hint.live).for_each(|hint| hint.optional = true);
        if rolling.is_some_and(|section| !session.progress()[section].begun()) {
            hints
                .iter_mut()
                .filter(|hint| hint.action == Action::Enough)
                .for_each(|hint| hint.label = scene.say("pause.leave-out-foot"));
        }
    }
    view.tiny = vec![plain(format!("{digits} {since}")), plain(scene.say("pause.still-narrow"))];
    // The key that these signs ask for is there while there is rolling to stop.
    view.tiny.extend(rolling.map(|_| strong(scene.say("pause.signs-narrow"))));
    view.line = line;
    view.clock = Some(digits);
    view
}

/// Without anything rolled there is nothing to bathe.
fn stop_text(scene: &Scene, session: &Session, narrow: bool) -> Line {
    if scene.protocol.kind == Kind::Rehearsal {
        return plain(scene.say("pause.stop-rehearsal"));
    }
    plain(scene.say(match (session.anything_rolled(), narrow) {
        (true, false) => "pause.stop",
        (false, false) => "pause.stop-unrolled",
        (_, true) => "pause.stop-narrow",
    }))
}

/// Two columns of choices as they stand in a wide window.
fn choices(scene: &Scene, session: &Session, pause: &Pause, section: Section) -> Vec<Row> {
    let key = |action: Action| scene.key_of(action);
    let go_on = [key(Action::GoOn), plain(scene.say("pause.go-on"))];
    let dropped = [key(Action::Dropped), plain(scene.say("pause.dropped"))];
    let stop = [key(Action::Stop), stop_text(scene, session, false)];
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
    // Before the first stroke there is none to be had, and none was used.
    if begun || session.one_more_in(pause).is_some() {
        rows.push(two([key(Action::OneMore), one_more], Default::default()));
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
    let stop = [scene.key_of(Action::Stop), stop_text(scene, session, true)];
    if pause.held.due == Due::Prepare {
        return vec![two(go_on, dropped), two(stop, Default::default())];
    }
    let begun = session.progress()[section].begun();
    let enough = choice(Action::Enough, if begun { "pause.enough-narrow" } else { "pause.leave-out-narrow" });
    if session.one_more_in(pause).is_some() {
        let one_more = choice(Action::OneMore, "pause.one-more-narrow");
        vec![two(go_on, enough), two(one_more, dropped), two(stop, Default::default())]
    } else {
        vec![two(go_on, enough), two(dropped, stop)]
    }
}

pub(super) fn roller_touched(scene: &Scene, pause: &Pause) -> View {
    let Some(session) = scene.session else { return super::welcome::welcome(scene) };
    if let Some(why) = session.unfit() {
        return roller_unfit(scene, session, pause, why);
    }
    let contact = clock(scene.protocol.times.contact);
    let brushed = scene.fill("touched.brushed-do", &[("time", &contact)]);
    let [retire, other, again] =
        [Action::Retire, Action::OtherRoller, Action::SoakAgain].map(|action| scene.key_of(action));
    let rows = vec![
        row([plain(scene.say("touched.fell")), retire.clone(), plain(scene.say("touched.fell-do"))]),
        row([plain(scene.say("touched.spare")), other.clone(), plain(scene.say("touched.spare-do"))]),
        row([plain(scene.say("touched.brushed")), again.clone(), plain(&brushed)]),
    ];
    let narrow = vec![
        row([retire, plain(scene.say("touched.fell-narrow"))]),
        row([other, plain(scene.say("touched.spare-narrow"))]),
        row([again, plain(scene.fill("touched.brushed-narrow", &[("time", &contact)]))]),
    ];
    let name = section_of(session, pause).map(|section| scene.section_name(section)).unwrap_or_default();
    let left = left_of(session, pause);
    let event = session.tally().roller_events.to_string();
    let at = pause.since.wall.time_of_day();
    let sheet = scene
        .sheet()
        .gap()
        .text("touched.lead", &[])
        .gap()
        .table_on(On::Wide, LIST, rows)
        .table_on(On::Narrow, TEXT, narrow)
        .gap()
        .both("touched.place", &[("section", &name), ("left", &left)])
        .gap()
        .text(scene.kept_or("touched.logged", "touched.logged-rehearsal"), &[("n", &event), ("time", &at)]);
    let title = Fit::same(Line::toned(scene.say("touched.head"), Tone::Alert));
    scene.page(title, Fit::default(), sheet, |_| true)
}

/// Whether `action` does something where the roller may not be used.
pub(super) fn unfit_takes(action: Action) -> bool {
    action != Action::SoakAgain
}

/// The ledger speaks against it: another one, or stopping.
fn roller_unfit(scene: &Scene, session: &Session, pause: &Pause, why: Unfit) -> View {
    let is_in_use = |id: &str| session.roller().is_some_and(|roller| roller.id == id);
    let files = scene.app.known.unread_files(is_in_use);
    let (word, places) = match (why, &files) {
        (Unfit::Retired, _) => ("touched.unfit-retired", vec![]),
        (Unfit::NotKnown, Some(files)) => ("touched.unfit-unread", vec![("files", files.as_str())]),
        (Unfit::NotKnown, None) => ("touched.unfit-not-known", vec![]),
    };
    let [stop, other] = [Action::Retire, Action::OtherRoller].map(|action| scene.key_of(action));
    let rows = vec![
        row([stop.clone(), stop_text(scene, session, false)]),
        row([other.clone(), plain(scene.say("touched.unfit-other"))]),
    ];
    let narrow = vec![
        row([stop.clone(), stop_text(scene, session, true)]),
        row([other, plain(scene.say("touched.spare-narrow"))]),
    ];
    let name = section_of(session, pause).map(|section| scene.section_name(section)).unwrap_or_default();
    let left = left_of(session, pause);
    let sheet = scene
        .sheet()
        .gap()
        .text(word, &places)
        .gap()
        .table_on(On::Wide, CHOICE, rows)
        .table_on(On::Narrow, TEXT, narrow)
        .gap()
        .both("touched.place", &[("section", &name), ("left", &left)]);
    let title = Fit::same(Line::toned(scene.say("touched.unfit-head"), Tone::Alert));
    let mut view = scene.page(title, Fit::default(), sheet, unfit_takes);
    if let Foot::Keys(hints) = &mut view.foot {
        hints.iter_mut().filter(|hint| !hint.live).for_each(|hint| hint.optional = true);
        for hint in hints.iter_mut().filter(|hint| hint.action == Action::Retire) {
            hint.label = scene.say("touched.unfit-stop");
        }
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
        .gap_on(On::Wide)
        .put(On::All, What::Digits { text: clock(left), large: false, beside: Vec::new() })
        .gap()
        .text("resoak.lead", &[])
        .text("resoak.then", &[])
        .gap()
        .both("touched.place", &[("section", &name), ("left", &left_of(session, pause))]);
    let title = Fit::same(Line::toned(scene.say("resoak.head"), Tone::Current));
    let mut view = scene.page(title, scene.soak_status(), sheet, |_| true);
    view.line = format!("{} {}", scene.say("resoak.head"), clock(left));
    view
}
