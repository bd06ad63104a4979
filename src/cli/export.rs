//! `dermaroll export`: the records as a table, JSON, a page or a calendar.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{
    Failure, NOT_SAVED, WRONG_USE, all_in_sight, complain, data_folder, env, named, put, settings, top_in_sight,
};
use crate::cli::arguments::{ExportFormat, Global};
use crate::content::Limits;
use crate::content::config::from_here;
use crate::tui::clock::Pulse;
use engine::timeline::Wall;
use platform::clock;
use store::export::{self, Gathered, Range};
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
    let gathered = export::gather(&root);
    top_in_sight(&root, &gathered.odd)?;
    tell(&gathered);
    // The date of the next session is made from the last one, wherever that lies.
    if wish.format == ExportFormat::Ics {
        all_in_sight(gathered.odd.iter())?;
    }
    let (now, _) = Pulse::new(clock::read()).beat(clock::read(), None);
    let Some(bytes) = text(&gathered, wish, settings.interval_days.value, now.wall)? else {
        complain(
            "There is no date ahead to put into a calendar: no session counts yet, or the range leaves its dates out. \
             Nothing was written.",
        );
        return Ok(0);
    };
    match out.as_deref() {
        None => put(&for_output(bytes, wish.format)).map(|()| 0).map_err(|error| {
            let message = format!(
                "Standard output does not take the export: {error}. Your records are as they were. Name a file with \
                 --out."
            );
            Failure::new(NOT_SAVED, message)
        }),
        Some(out) => match export::replace(out, &bytes) {
            Ok(()) => Ok(0),
            Err(error) => Err(Failure::new(NOT_SAVED, error.to_string())),
        },
    }
}

/// `bytes` for standard output. Text leaves as it was typed, but a terminal would obey some of it.
fn for_output(bytes: Vec<u8>, format: ExportFormat) -> Vec<u8> {
    match (String::from_utf8(bytes), format) {
        (Ok(text), ExportFormat::Csv | ExportFormat::Md | ExportFormat::Ics) if io::stdout().is_terminal() => {
            printed_table(&text).into_bytes()
        }
        (Ok(text), _) => text.into_bytes(),
        (Err(error), _) => error.into_bytes(),
    }
}

fn text(gathered: &Gathered, wish: &Wish, interval_days: u32, now: Wall) -> Result<Option<Vec<u8>>, Failure> {
    let sessions = gathered.within(wish.range);
    Ok(match wish.format {
        ExportFormat::Csv => Some(export::csv(&sessions).context("the table could not be put together")?),
        ExportFormat::Json => {
            let text = export::json(&sessions, Stamp::of(now)).context("the JSON could not be put together")?;
            Some(text.into_bytes())
        }
        ExportFormat::Md => {
            let most = wish.range.since.is_none().then_some(PAGE);
            Some(export::markdown(&sessions, most, now).into_bytes())
        }
        ExportFormat::Ics => {
            let days = &Limits::built_in()?.rules.check_in.days;
            export::calendar(gathered, wish.range, interval_days, days, now).map(String::into_bytes)
        }
    })
}

/// Names what is not in the export, or not whole in it.
fn tell(gathered: &Gathered) {
    for path in &gathered.unfinished {
        complain(&format!("{}: is not finished and not in the export", named(path)));
    }
    for odd in &gathered.odd {
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
