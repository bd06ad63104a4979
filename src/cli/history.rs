//! `dermaroll history`: all sessions, on a screen or as lines.

use std::path::PathBuf;
use std::sync::Arc;

use super::session::{OpenTerminal, Start, run_screens};
use super::theme::theme;
use super::{
    Failure, WRONG_USE, data_folder, env, print, refuse_unlisted, refuse_unlisted_top, settings, stdout_failure,
    warn_uncounted, write_stdout,
};
use crate::content;
use crate::content::config::Flags;
use crate::cues::Notifier;
use crate::tui::app::{App, Protocols};
use crate::tui::clock::ClockSampler;
use crate::tui::controller::Controller;
use crate::tui::history::PastSessions;
use crate::tui::terminal;
use platform::clock;
use store::json::array;
use store::record::listing::Listing;
use store::record::parallel::in_parallel;
use store::record::read::Depth;
use store::record::{self, History, UncountedFile, follow_up, show};
use store::recorder::Recorder;
use store::startup::StartupContext;

/// Shows the history; as lines where there is no screen, as JSON for scripts.
pub(super) fn run(flags: &Flags, json: bool, struck: bool) -> Result<u8, Failure> {
    if struck && !json {
        let message = "--struck goes with --json or --csv; the history on the screen and as lines shows struck sessions as struck.";
        return Err(Failure::new(WRONG_USE, message));
    }
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    if json {
        return as_json(&root, struck);
    }
    let term = env("TERM").map(|term| term.to_string_lossy().into_owned());
    if settings.plain.value || !terminal::places_text(term.as_deref()) || terminal::takes_answers().is_err() {
        return as_lines(&root);
    }
    let uncounted = record::listing::files(&root).1;
    refuse_unlisted_top(&root, &uncounted)?;
    warn_uncounted(&uncounted.into_iter().filter(|uncounted| uncounted.path.is_dir()).collect::<Vec<_>>());
    let theme = theme(&settings, term.as_deref())?;
    let startup = StartupContext {
        profile: settings.profile.value.clone(),
        interval_days: settings.interval_days.value,
        ..StartupContext::default()
    };
    let words = Arc::new(content::words::built_in());
    let app = App::new(words, settings.keymap.clone(), Protocols::built_in()?, startup);
    let controller = Controller::new(app, Recorder::new(root.clone(), false), theme, Notifier::with_bell(false));
    let begun = clock::read();
    let mut clock = ClockSampler::new(begun);
    let (now, _) = clock.sample(begun, None);
    let start: Start = Box::new(move |controller| controller.start_history(PastSessions::of(&root), now));
    Ok(run_screens(controller, start, OpenTerminal::enter()?, &mut clock)?.0)
}

/// One line for each session, newest first.
fn as_lines(root: &std::path::Path) -> Result<u8, Failure> {
    let history = History::read(root);
    refuse_unlisted_top(root, &history.uncounted)?;
    let words = content::words::built_in();
    let (mut lines, mut before) = (Vec::new(), None);
    for past in history.past.iter().rev() {
        lines.push(crate::tui::history::line(past, before, &words) + "\n");
        before = Some(past).filter(|past| past.counted).or(before);
    }
    lines.reverse();
    warn_uncounted(&history.uncounted);
    if history.past.is_empty() {
        refuse_unlisted(history.uncounted.iter())?;
    }
    if history.past.is_empty() && history.remnants.is_empty() {
        super::print_error(&format!("{} {}", words.say("history.empty"), words.say("history.empty-next")));
    }
    print(&lines.concat())?;
    Ok(0)
}

/// A list of what `dermaroll show --json` prints for each session, newest first.
fn as_json(root: &std::path::Path, struck: bool) -> Result<u8, Failure> {
    let listing = Listing::of(root);
    let mut uncounted: Vec<UncountedFile> = listing.reported().cloned().collect();
    let Listing { sessions: paths, amendments, .. } = listing;
    refuse_unlisted_top(root, &uncounted)?;
    let notes = follow_up::by_session(paths.iter().map(PathBuf::as_path));
    let shown = |path: &PathBuf| {
        let reading = record::history::open(path, Depth::Whole, &amendments)?;
        if reading.amended.struck().is_some() && !struck {
            return Ok(None);
        }
        let id = &reading.header.id;
        let (mut follow_ups, _) = follow_up::read_all(notes.get(id).map_or(&[], Vec::as_slice), id, &amendments);
        follow_ups.retain(|follow_up| struck || follow_up.struck.is_none());
        Ok(Some(show::json(&reading, &follow_ups, 1)))
    };
    let mut sessions = in_parallel(paths, shown)
        .filter_map(|(_, shown)| shown.map_err(|unread| uncounted.push(unread)).ok().flatten());
    let first = sessions.next();
    if first.is_none() {
        drop(sessions);
        warn_uncounted(&uncounted);
        refuse_unlisted(uncounted.iter())?;
        return print("[]\n").map(|()| 0);
    }
    write_stdout(|out| array(first.into_iter().chain(sessions), 0, out).and_then(|()| writeln!(out)))
        .map_err(stdout_failure)?;
    warn_uncounted(&uncounted);
    Ok(0)
}
