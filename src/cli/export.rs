//! `dermaroll export`: the records as a table, JSON, a page or a calendar.

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::{
    Failure, NOT_SAVED, WRONG_USE, data_folder, env, path_text, print_error, refuse_unlisted, refuse_unlisted_top,
    settings, warn_uncounted, write_stdout,
};
use crate::cli::arguments::ExportFormat;
use crate::content::config::Flags;
use crate::content::config::from_here;
use crate::tui::clock::ClockSampler;
use platform::clock;
use store::export::{self, Dates, NotExported, Range};
use store::record::read::Depth;
use store::record::{Ledger, Past, Timestamp, folder};
use store::sanitise::printed_table;

const STANDARD_OUTPUT: &str = "-";

#[derive(Debug)]
pub(super) struct Request {
    pub(super) format: ExportFormat,
    pub(super) range: Range,
    pub(super) out: Option<PathBuf>,
    pub(super) struck: bool,
}

pub(super) fn run(flags: &Flags, request: &Request) -> Result<u8, Failure> {
    if let (Some(since), Some(until)) = (request.range.since, request.range.until)
        && until < since
    {
        let message = format!(
            "--since {since} is after --until {until}, so there is no day between them. Nothing was exported. Name the \
             earlier day with --since."
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    if request.struck && matches!(request.format, ExportFormat::Md | ExportFormat::Ics) {
        let message = "--struck goes with csv and json; a page and a calendar have nothing that was struck out. Nothing was \
                       exported.";
        return Err(Failure::new(WRONG_USE, message));
    }
    let (settings, folders) = settings(flags)?;
    let root = data_folder(&settings)?;
    let out = request.out.as_deref().filter(|out| *out != Path::new(STANDARD_OUTPUT));
    let out = out.map(|out| from_here("--out", out, &env, &folders)).transpose()?;
    // The records of every profile are in it, not only those that are exported.
    let kept = settings.data_dir.value.as_deref().unwrap_or(&root);
    if let Some(out) = out.as_deref().filter(|out| is_inside(out, kept)) {
        let message = format!(
            "{}: is in the folder of your records, where an export could take the place of one. Nothing was written. \
             Name a file elsewhere with --out.",
            out.display()
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    // A calendar shows no answers, and a page those of the sessions that it lists: they are read once more, since a range
    // mostly is a small part of all.
    let depth = match request.format {
        ExportFormat::Csv | ExportFormat::Json => Depth::Answers,
        ExportFormat::Md | ExportFormat::Ics => Depth::Ends,
    };
    let mut sessions = export::sessions(&root, depth, request.struck);
    refuse_unlisted_top(&root, sessions.reported())?;
    let (now, _) = ClockSampler::new(clock::read()).sample(clock::read(), None);
    let is_asked_for = |session: &Past| request.range.holds(session.day());
    let deliver =
        |write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>| write_export(out.as_deref(), request.format, write);
    match request.format {
        ExportFormat::Csv => {
            let written = deliver(&mut |out| export::csv(sessions.by_ref().filter(is_asked_for), out));
            warn_left_out(&sessions.rest());
            written?;
        }
        ExportFormat::Json => {
            let exported = Timestamp::of(now.wall);
            let written = deliver(&mut |out| export::json(sessions.by_ref().filter(is_asked_for), exported, out));
            warn_left_out(&sessions.rest());
            written?;
        }
        ExportFormat::Md => {
            let most = request.range.since.is_none().then_some(export::ON_A_PAGE);
            let mut page = export::Page::of(sessions.by_ref().filter(is_asked_for), most);
            page.read_answers(&sessions);
            let rest = sessions.rest();
            warn_left_out(&rest);
            let (rollers, unread) = Ledger::new(&root).rollers();
            warn_uncounted(&unread);
            let text = page.text(&rollers, &rest, settings.roller_uses_limit.value, now.wall);
            deliver(&mut |out| out.write_all(text.as_bytes()))?;
        }
        ExportFormat::Ics => {
            let dates = Dates::of(sessions.by_ref());
            let rest = sessions.rest();
            warn_left_out(&rest);
            // The next date depends on the last session, which may be in a folder that cannot be listed.
            refuse_unlisted(rest.uncounted.iter())?;
            let protocol = settings.protocols()?.session;
            let interval = settings.interval_days.value;
            match export::calendar(&dates, rest.last_hold, request.range, interval, &protocol, now.wall) {
                Some(text) => deliver(&mut |out| out.write_all(text.as_bytes()))?,
                None => print_error(
                    "There is no date ahead to put into a calendar: no session counts yet, or the range leaves its \
                     dates out. Nothing was written.",
                ),
            }
        }
    }
    Ok(0)
}

/// Writes to the file `out`, or to standard output. Text is written as it was typed, except to a terminal, which would
/// obey hidden characters in it.
fn write_export(
    out: Option<&Path>,
    format: ExportFormat,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if let Some(out) = out {
        return export::replace(out, |file| write(file)).map_err(|error| Failure::new(NOT_SAVED, error.to_string()));
    }
    let written = if io::stdout().is_terminal() && format != ExportFormat::Json {
        let mut bytes = Vec::new();
        write(&mut bytes).and_then(|()| {
            let text = String::from_utf8(bytes).map_err(io::Error::other)?;
            write_stdout(|out| out.write_all(printed_table(&text).as_bytes()))
        })
    } else {
        write_stdout(|out| write(out))
    };
    written.map_err(|error| {
        let message = format!(
            "Standard output does not take the export: {error}. Your records are as they were. Name a file with --out."
        );
        Failure::new(NOT_SAVED, message)
    })
}

/// Warns of what is missing from the export.
fn warn_left_out(rest: &NotExported) {
    for path in &rest.interrupted {
        print_error(&format!("{}: is not finished and not in the export", path_text(path)));
    }
    for uncounted in &rest.uncounted {
        print_error(&format!("{}: {}", path_text(&uncounted.path), uncounted.why));
    }
}

/// Whether the file `out` would be in the folder `root`, with links resolved.
fn is_inside(out: &Path, root: &Path) -> bool {
    match (fs::canonicalize(folder::of(out)), fs::canonicalize(root)) {
        (Ok(folder), Ok(root)) => folder.starts_with(root),
        _ => false,
    }
}
