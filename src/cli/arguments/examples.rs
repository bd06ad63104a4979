//! The examples at the beginning of `--help` and the end of a manual page. A test runs each of them.

/// The examples follow the description of the command.
pub(super) const TEMPLATE: &str =
    "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

pub(super) const PROGRAM: &str = "Examples:
  dermaroll                                     begin or go on with a session
  dermaroll rehearse                            rehearse with an empty hand
  dermaroll check                               the checklist alone
  dermaroll note \"a little warm\" --skin pink    how your skin is, days later
  dermaroll show last                           the last record as text
  dermaroll export --format md --out report.md  a page for an appointment";

pub(super) const NOTE: &str = "Examples:
  dermaroll note \"a little warm\" --skin pink         the last session, today
  dermaroll note last --skin calm --photo cheek.jpg  with a photo's path
  dermaroll note 20261122T183000Z-ab12 \"one spot\" --skin spots --day 3
                                                     an older session and day";

pub(super) const LOG: &str = "Examples:
  dermaroll log 2026-01-04                           all five sections
  dermaroll log 2026-01-04 --roller blue --feel 2    with the roller you used
  dermaroll log 2026-01-04 --sections mouth,upper-left --note \"short of time\"
                                                     two sections and a note";

pub(super) const STRIKE: &str = "Examples:
  dermaroll strike last --why \"typed the wrong year\"  the last session
  dermaroll strike 20261122T183000Z-ab12 --why \"entered twice\"
                                                     an older one";

pub(super) const CORRECT: &str = "Examples:
  dermaroll correct last --day 2025-01-04            its day, from paper
  dermaroll correct last --feel 2 --note \"a little dry\"
                                                     what you said of it";

pub(super) const ROLLER: &str = "Examples:
  dermaroll roller add red --length 0.13 --sealed    new, in its pack
  dermaroll roller add old --length 0.2 --opened 2026-01-04
                                                     in use since that day";

pub(super) const EXPORT: &str = "Examples:
  dermaroll export --format csv                      a table
  dermaroll export --format md --since 2026-01-01 --out report.md
                                                     a page for an appointment
  dermaroll export --format ics --out next.ics       the next date";

pub(super) const EXIT_STATUS: &str = "Exit status: 0 finished, 1 something unexpected, 2 wrong use or a refused file,
3 stopped by the checklist, 4 ended early and saved, 5 could not save, 6 another
window or command is writing, 7 some sections skipped (check), 8 not due (due),
101 something broke, 129, 130, 131 or 143 ended by a signal or by Ctrl-C; in
each of these what was confirmed is saved";
