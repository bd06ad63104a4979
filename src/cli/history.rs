//! `dermaroll history`: all sessions, on a screen or as lines.

use std::path::PathBuf;

use anyhow::Context as _;

use super::theme::theme;
use super::{
    Failure, data_folder, env, print, refuse_unlisted, refuse_unlisted_top, settings, stdout_failure, warn_uncounted,
    write_stdout,
};
use crate::content;
use crate::content::config::Flags;
use crate::tui::browse::{Browser, Places};
use crate::tui::clock::ClockSampler;
use crate::tui::run;
use crate::tui::terminal::{self, Display, Guard};
use platform::clock;
use store::export::{array, value};
use store::record::parallel::in_parallel;
use store::record::read::Depth;
use store::record::{self, History, later, show};

/// Shows the history; as lines where there is no screen, as JSON for scripts.
pub(super) fn run(flags: &Flags, json: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    if json {
        return as_json(&root);
    }
    let term = env("TERM").map(|term| term.to_string_lossy().into_owned());
    if settings.plain.value || !terminal::places_text(term.as_deref()) || terminal::takes_answers().is_err() {
        return as_lines(&root);
    }
    let odd = record::listing::files(&root).1;
    refuse_unlisted_top(&root, &odd)?;
    warn_uncounted(&odd.into_iter().filter(|odd| odd.path.is_dir()).collect::<Vec<_>>());
    let words = settings.keymap.named_in(content::words::built_in());
    let theme = theme(&settings, term.as_deref())?;
    let mut clock = ClockSampler::new(clock::read());
    let places = Places { data: root, profile: settings.profile.value.clone() };
    let mut browser = Browser::new(places, words, settings.keymap.clone(), theme, settings.interval_days.value);
    let messages = terminal::listen().context("signals cannot be listened to")?;
    let guard = Guard::enter().context("the terminal cannot be taken over")?;
    let mut display = Display::new().context("the terminal does not tell its size")?;
    let status = run::run(&mut browser, &guard, &mut display, &messages, &mut clock);
    drop(guard);
    Ok(status.context("the terminal takes no more output")?)
}

/// One line for each session, newest first.
fn as_lines(root: &std::path::Path) -> Result<u8, Failure> {
    let history = History::read(root);
    refuse_unlisted_top(root, &history.odd)?;
    let words = content::words::built_in();
    let (mut lines, mut before) = (Vec::new(), None);
    for past in history.past.iter().rev() {
        lines.push(crate::tui::browse::line(past, before, &words) + "\n");
        before = Some(past).filter(|past| past.counts()).or(before);
    }
    lines.reverse();
    warn_uncounted(&history.odd);
    if history.past.is_empty() {
        refuse_unlisted(history.odd.iter())?;
    }
    if history.past.is_empty() && history.traces.is_empty() {
        super::print_error(&format!("{} {}", words.say("history.empty"), words.say("history.empty-next")));
    }
    print(&lines.concat())?;
    Ok(0)
}

/// A list of what `dermaroll show --json` prints for each session, newest first.
fn as_json(root: &std::path::Path) -> Result<u8, Failure> {
    let (paths, mut odd) = record::listing::files(root);
    refuse_unlisted_top(root, &odd)?;
    let notes = later::beside(paths.iter().map(PathBuf::as_path));
    let shown = |path: &PathBuf| {
        let reading = record::history::open(path, Depth::Whole)?;
        let id = &reading.header.id;
        let (remarks, _) = later::all(notes.get(id).map_or(&[], Vec::as_slice), id);
        Ok(value(&show::json(&reading, &remarks)))
    };
    let mut sessions = in_parallel(paths, shown).filter_map(|(_, shown)| shown.map_err(|unread| odd.push(unread)).ok());
    let first = sessions.next();
    if first.is_none() {
        drop(sessions);
        warn_uncounted(&odd);
        refuse_unlisted(odd.iter())?;
        return print("[]\n").map(|()| 0);
    }
    write_stdout(|out| array(first.into_iter().chain(sessions), 0, out).and_then(|()| writeln!(out)))
        .map_err(stdout_failure)?;
    warn_uncounted(&odd);
    Ok(0)
}
