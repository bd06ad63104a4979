//! `dermaroll export`: the records as a table, JSON, a page or a calendar.

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::{
    Failure, NOT_SAVED, WRONG_USE, all_in_sight, complain, data_folder, env, named, put, settings, top_in_sight,
};
use crate::cli::arguments::{ExportFormat, Global};
use crate::content::Limits;
use crate::content::config::from_here;
use crate::tui::clock::Pulse;
use platform::clock;
use store::export::{self, Dates, Range, Rest, Session};
use store::record::read::Depth;
use store::record::{Stamp, folder};
use store::visible::printed_table;

/// How many sessions fit on one page: a year of monthly ones.
const PAGE: usize = 12;

/// What names standard output in the place of a file.
const STANDARD_OUTPUT: &str = "-";

/// What to export and where to.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) format: ExportFormat,
    pub(super) range: Range,
    pub(super) out: Option<PathBuf>,
}

/// Exports what `wish` asks for.
pub(super) fn run(global: &Global, wish: &Wish) -> Result<u8, Failure> {
    if let (Some(since), Some(until)) = (wish.range.since, wish.range.until)
        && until < since
    {
        let message = format!(
            "--since {since} is after --until {until}, so there is no day between them. Nothing was exported. Name the \
             earlier day with --since."
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    let (settings, folders) = settings(global)?;
    let root = data_folder(&settings)?;
    let out = wish.out.as_deref().filter(|out| *out != Path::new(STANDARD_OUTPUT));
    let out = out.map(|out| from_here("--out", out, &env, &folders)).transpose()?;
    // The records of every profile lie in it, not only those that are exported.
    let kept = settings.data_dir.value.as_deref().unwrap_or(&root);
    if let Some(out) = out.as_deref().filter(|out| lies_in(out, kept)) {
        let message = format!(
            "{}: is in the folder of your records, where an export could take the place of one. Nothing was written. \
             Name a file elsewhere with --out.",
            out.display()
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    // A page and a calendar have no use for answers.
    let depth = match wish.format {
        ExportFormat::Csv | ExportFormat::Json => Depth::Whole,
        ExportFormat::Md | ExportFormat::Ics => Depth::Ends,
    };
    let mut sessions = export::sessions(&root, depth);
    top_in_sight(&root, sessions.told())?;
    let (now, _) = Pulse::new(clock::read()).beat(clock::read(), None);
    let is_asked_for = |session: &Session| wish.range.holds(session.day());
    let deliver = |write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>| deliver(out.as_deref(), wish.format, write);
    match wish.format {
        ExportFormat::Csv => {
            let delivered = deliver(&mut |out| export::csv(sessions.by_ref().filter(is_asked_for), out));
            tell(&sessions.rest());
            delivered?;
        }
        ExportFormat::Json => {
            let exported = Stamp::of(now.wall);
            let delivered = deliver(&mut |out| export::json(sessions.by_ref().filter(is_asked_for), exported, out));
            tell(&sessions.rest());
            delivered?;
        }
        ExportFormat::Md => {
            let most = wish.range.since.is_none().then_some(PAGE);
            let page = export::markdown(sessions.by_ref().filter(is_asked_for), most, now.wall);
            tell(&sessions.rest());
            deliver(&mut |out| out.write_all(page.as_bytes()))?;
        }
        ExportFormat::Ics => {
            let dates = Dates::of(sessions.by_ref());
            let rest = sessions.rest();
            tell(&rest);
            // The date of the next session is made from the last one, wherever that lies.
            all_in_sight(rest.odd.iter())?;
            let days = &Limits::built_in()?.rules.check_in.days;
            let interval = settings.interval_days.value;
            match export::calendar(&dates, rest.held, wish.range, interval, days, now.wall) {
                Some(text) => deliver(&mut |out| out.write_all(text.as_bytes()))?,
                None => complain(
                    "There is no date ahead to put into a calendar: no session counts yet, or the range leaves its \
                     dates out. Nothing was written.",
                ),
            }
        }
    }
    Ok(0)
}

/// Puts what `write` writes into the file at `out`, or on standard output. Text leaves as it was typed, but a terminal
/// would obey some of it.
fn deliver(
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
            put(|out| out.write_all(printed_table(&text).as_bytes()))
        })
    } else {
        put(|out| write(out))
    };
    written.map_err(|error| {
        let message = format!(
            "Standard output does not take the export: {error}. Your records are as they were. Name a file with --out."
        );
        Failure::new(NOT_SAVED, message)
    })
}

/// Names what is not in the export, or not whole in it.
fn tell(rest: &Rest) {
    for path in &rest.unfinished {
        complain(&format!("{}: is not finished and not in the export", named(path)));
    }
    for odd in &rest.odd {
        complain(&format!("{}: {}", named(&odd.path), odd.why));
    }
}

/// Whether the file at `out` would stand in the folder at `root`, whichever names lead to them.
fn lies_in(out: &Path, root: &Path) -> bool {
    match (fs::canonicalize(folder::of(out)), fs::canonicalize(root)) {
        (Ok(folder), Ok(root)) => folder.starts_with(root),
        _ => false,
    }
}
