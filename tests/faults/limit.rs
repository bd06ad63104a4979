//! The real program under a real limit of file size: the signal that comes with it must not end it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use store::record::{Tail, listing, read};

use crate::support::counts::skipped;
use crate::support::pty::{PROGRAM, Setup, State};

/// In blocks of 512 bytes, or of 1024 where the shell has it so: room for the top and some answers.
const BLOCKS: u32 = 3;

#[test]
fn a_file_that_may_not_grow_is_an_error_and_not_the_end() {
    if !std::path::Path::new("/bin/sh").exists() {
        return skipped("a limit of file size", "there is no /bin/sh");
    }
    let home = tempfile::tempdir().unwrap();
    let settings = home.path().join(".config/dermaroll");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("config.toml"), "serum_name = \"plain\"\n").unwrap();
    let shell = home.path().join("limited");
    fs::write(&shell, format!("#!/bin/sh\nulimit -f {BLOCKS}\nexec '{PROGRAM}' \"$@\"\n")).unwrap();
    fs::set_permissions(&shell, fs::Permissions::from_mode(0o700)).unwrap();
    let terminal = Setup::new(shell.to_str().unwrap(), &[]).home(home.path()).start();
    terminal.wait_text("First session").press_until("\r", "What do you call your roller?");
    terminal.send(b"blue");
    terminal.wait_text("blue").press_until("\r", "How long are the needles");
    terminal.send(b"0.13");
    terminal.wait_text("0.13").press_until("\r", "new in a sealed pack, or used before?");
    terminal.press_until("2", "Soak the roller").press_until(" ", "Question 1 of");
    terminal.press_until("n", "What isn't saved is still in memory");
    let said = terminal.screen();
    assert!(said.contains("File too large"), "{said}");
    assert_eq!(terminal.quit_with("q"), State::Left(5));
    let (paths, uncounted) = listing::files(&home.path().join(".local/share/dermaroll"));
    assert!(uncounted.is_empty() && paths.len() == 1);
    let reading = read(&paths[0]).unwrap();
    assert!(reading.entries.len() > 2 && reading.damage.is_empty() && reading.tail == Tail::Clean);
}
