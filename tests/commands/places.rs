//! A path means the same in the settings, in a variable and behind a flag, or is refused.

use std::fs;

use crate::support::home::{Ended, Home};
use crate::support::pty::command;

/// The line of `config path` that says where the records are.
fn records(ended: Ended) -> String {
    let out = ended.done();
    out.lines().find_map(|line| line.strip_prefix("records")).unwrap().trim().to_owned()
}

fn by_variable(home: &Home, name: &str, value: &str, args: &[&str]) -> Ended {
    Ended::of(command(args, home.path()).env(name, value).current_dir(home.path()).output().unwrap())
}

#[test]
fn the_home_folder_is_meant_alike_in_file_variable_and_flag() {
    for (written, below) in [("~", ""), ("~/", ""), ("~/rec", "/rec"), ("~/a b/ü", "/a b/ü")] {
        let home = Home::new();
        let path = format!("{}{below}", home.path().display());
        home.settings(&format!("data_dir = \"{written}\"\n"));
        assert_eq!(records(home.run(&["config", "path"])).trim_end_matches('/'), path, "file, {written}");
        home.settings("");
        let flag = format!("--data-dir={written}");
        assert_eq!(records(home.run(&[&flag, "config", "path"])).trim_end_matches('/'), path, "flag, {written}");
        let variable = by_variable(&home, "DERMAROLL_DATA_DIR", written, &["config", "path"]);
        assert_eq!(records(variable).trim_end_matches('/'), path, "variable, {written}");
        assert!(!home.path().join("~").exists(), "no folder is called ~");
    }
}

#[test]
fn what_only_a_shell_replaces_is_refused_everywhere_with_what_to_write() {
    for written in [
        "$HOME/x",
        "${HOME}/x",
        "${HOME",
        "{HOME}/x",
        "$(pwd)",
        "`pwd`/x",
        "file:///x",
        "~anna/x",
        "%USERPROFILE%/x",
        "/mnt/$NOBODY",
        "/mnt/*",
        "/mnt/{a,b}",
        "C:/Users/x",
    ] {
        let home = Home::new();
        for key in ["data_dir", "protocol", "checklist", "theme"] {
            home.settings(&format!("{key} = \"{written}\"\n"));
            home.run(&["config", "check"]).refused(&["line 1, column", "Write the path in full"]);
        }
        home.settings(&format!("on_event = [\"{written}\"]\n"));
        home.run(&["config", "check"]).refused(&["line 1, column", "Write the path in full"]);
        home.settings("");
        for flag in ["--data-dir", "--protocol", "--config"] {
            let flag = format!("{flag}={written}");
            home.run(&[&flag, "config", "check"]).refused(&["Write the path in full"]);
        }
        for name in ["CONFIG", "DATA_DIR", "PROTOCOL", "CHECKLIST", "THEME"] {
            let ended = by_variable(&home, &format!("DERMAROLL_{name}"), written, &["config", "check"]);
            ended.refused(&["Write the path in full", &format!("DERMAROLL_{name}: ")]);
        }
        home.run(&["protocol", "check", written]).refused(&["Write the path in full"]);
        home.run(&["export", "--format", "csv", "--out", written]).refused(&["Write the path in full"]);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing was made but the settings");
    }
    let home = Home::new();
    home.run(&["--data-dir=$HOME/x", "due"]).refused(&[&format!("in full: {}/x.", home.path().display())]);
}

#[test]
fn a_relative_path_never_depends_on_where_the_program_is_started() {
    let home = Home::new();
    home.settings("data_dir = \"rec\"\n");
    let beside = home.path().join(".config/dermaroll/rec");
    assert_eq!(records(home.run(&["config", "path"])), beside.to_str().unwrap());
    home.settings("");
    for name in ["DATA_DIR", "CONFIG", "PROTOCOL", "CHECKLIST", "THEME"] {
        // A mere name is that of a shipped theme.
        let path = if name == "THEME" { "./rec" } else { "rec" };
        let ended = by_variable(&home, &format!("DERMAROLL_{name}"), path, &["config", "check"]);
        ended.refused(&["would be another path in every folder", "begin it with ~/"]);
    }
    let here = command(&["--data-dir", "rec", "config", "path"], home.path()).current_dir(home.path()).output();
    let found = records(Ended::of(here.unwrap()));
    assert_eq!(fs::canonicalize(home.path()).unwrap().join("rec").to_str(), Some(found.as_str()));
    home.run(&["--data-dir=", "due"]).refused(&["a value is required for"]);
}
