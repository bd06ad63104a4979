//! Every command of the README is run with every flag that stands beside it: those that print by a shell, those that
//! take over the screen in a terminal, up to their first screen and out again.

use clap::{Arg, CommandFactory as _};
use dermaroll::cli::arguments::Cli;

use crate::readme::document::{README, blocks, commands, flags, rows};
use crate::readme::home::{lived_in, looked_at, typed};

/// How a command is tried, and the words that show that it does what it is for.
enum Try {
    /// This line is typed; it leaves with this status.
    Types(&'static str, i32, &'static str),
    /// It draws a screen or asks in lines, and Ctrl-C twice leaves it.
    Draws(&'static [&'static str], &'static str),
}

use Try::{Draws, Types};

/// Each command as the README writes it.
const TRIED: &[(&str, &[Try])] = &[
    ("dermaroll", &[Draws(&[], "First session")]),
    ("dermaroll check", &[Draws(&["check"], "Question 1 of"), Draws(&["check", "--save"], "Question 1 of")]),
    ("dermaroll rehearse", &[Draws(&["rehearse"], "REHEARSAL")]),
    (
        "dermaroll doctor",
        &[Types("dermaroll doctor", 0, "records"), Types("dermaroll doctor --json", 0, "\"records\"")],
    ),
    (
        "dermaroll history",
        &[
            Draws(&["history"], "HISTORY"),
            Types("dermaroll history --plain", 0, "5/5"),
            Types("dermaroll history --json", 0, "\"outcome\""),
            Types("dermaroll history --csv", 0, ","),
            Types("dermaroll history --json --struck", 0, "\"outcome\""),
        ],
    ),
    (
        "dermaroll show [ID]",
        &[
            Types("dermaroll show", 0, "Session from paper"),
            Types("dermaroll show --json", 0, "\"outcome\""),
            Types("dermaroll show --struck", 0, "Session"),
        ],
    ),
    (
        "dermaroll note [ID] [TEXT]",
        &[
            Types(
                "dermaroll note 'a little dry' --skin pink,sore,itchy,dry,spots,blisters,swelling,dark-marks",
                0,
                "Noted with",
            ),
            Types("dermaroll note last 'one spot' --photo cheek.jpg --day 2", 0, "day 2"),
        ],
    ),
    (
        "dermaroll log DATE",
        &[
            Types("dermaroll log 2026-01-04 --roller blue --sections mouth --feel 2 --note short", 0, "Entered"),
            Types("dermaroll log 2026-01-04 && dermaroll log 2026-01-04 --again", 0, "Entered"),
        ],
    ),
    (
        "dermaroll strike ID",
        &[
            Types("dermaroll strike last --why 'another year'", 0, "Struck out: the session"),
            Types("dermaroll note calm && dermaroll strike last --later 1 --why x", 0, "Struck out: the note"),
            Types(
                "dermaroll log 2026-01-04 && dermaroll strike 2026-01-04 --why x && dermaroll strike 2026-01-04 --take-back",
                0,
                "No longer struck out",
            ),
        ],
    ),
    (
        "dermaroll correct ID",
        &[
            Types(
                "dermaroll correct last --feel 2 --note dry --sections mouth --roller blue --serum gel",
                0,
                "Corrected",
            ),
            Types("dermaroll correct last --day 2026-01-04 --again --why 'wrong page'", 0, "Corrected, day"),
            Types(
                "dermaroll note x && dermaroll correct last --later 1 --text y --skin pink,sore",
                0,
                "Corrected, skin, text",
            ),
        ],
    ),
    ("dermaroll undo", &[Types("dermaroll undo", 0, "Taken back")]),
    ("dermaroll due", &[Types("dermaroll due", 8, "Not due yet"), Types("dermaroll due --json", 8, "\"due\"")]),
    (
        "dermaroll care",
        &[
            Types("dermaroll care", 0, "After every session:"),
            Types("dermaroll care", 0, "Call your emergency number"),
            Types("dermaroll care --json", 0, "\"red_flags\""),
        ],
    ),
    (
        "dermaroll theme list",
        &[Types("dermaroll theme list", 0, "light"), Types("dermaroll theme list --json", 0, "\"in_use\"")],
    ),
    ("dermaroll theme show NAME", &[Types("dermaroll theme show dark", 0, "background")]),
    (
        "dermaroll roller list",
        &[
            Types("dermaroll roller list", 0, "blue: 0.13 mm"),
            Types("dermaroll roller list --json", 0, "\"blue\""),
            Types("dermaroll roller list --struck", 0, "blue"),
        ],
    ),
    (
        "dermaroll roller add NAME --length MM",
        &[
            Types("dermaroll roller add red --length 0.1 --sealed", 0, "Entered"),
            Types("dermaroll roller add red --length .1 --opened 2026-01-04 --bought-from here", 0, "Entered"),
        ],
    ),
    ("dermaroll roller retire NAME", &[Types("dermaroll roller retire blue --why bent", 0, "Retired")]),
    (
        "dermaroll roller restore NAME",
        &[Types("dermaroll roller retire blue && dermaroll roller restore blue", 0, "Restored")],
    ),
    (
        "dermaroll roller strike NAME",
        &[Types(
            "dermaroll roller add x --length 0.1 && dermaroll roller strike x --why x && dermaroll roller strike x --take-back",
            0,
            "No longer struck out",
        )],
    ),
    (
        "dermaroll roller correct NAME",
        &[
            Types("dermaroll roller correct blue --name navy --bought-from here --why x", 0, "Corrected, name"),
            Types("dermaroll roller add x --length 0.1 && dermaroll roller correct x --length 0.13", 0, "length"),
            Types("dermaroll roller correct blue --opened 2026-01-04", 0, "Corrected, opened"),
        ],
    ),
    (
        "dermaroll serum list",
        &[
            Types("dermaroll serum list", 0, "gel"),
            Types("dermaroll serum list --json", 0, "\"gel\""),
            Types("dermaroll serum list --struck", 0, "gel"),
        ],
    ),
    ("dermaroll serum add NAME", &[Types("dermaroll serum add cream --brand Some --opened 2026-01-04", 0, "Entered")]),
    ("dermaroll serum retire NAME", &[Types("dermaroll serum retire gel --why empty", 0, "Retired")]),
    (
        "dermaroll serum restore NAME",
        &[Types("dermaroll serum retire gel && dermaroll serum restore gel", 0, "Restored")],
    ),
    (
        "dermaroll serum strike NAME",
        &[Types(
            "dermaroll serum strike gel --why x && dermaroll serum strike gel --take-back",
            0,
            "No longer struck out",
        )],
    ),
    (
        "dermaroll serum correct NAME",
        &[Types("dermaroll serum correct gel --name aloe --brand x --opened 2026-01-04 --why x", 0, "Corrected, name")],
    ),
    (
        "dermaroll export --format FORM",
        &[
            Types("dermaroll export --format csv", 0, ","),
            Types("dermaroll export --format json --since 2026-01-01 --until 2100-01-01", 0, "{"),
            Types("dermaroll export --format md --out report.md && cat report.md", 0, "#"),
            Types("dermaroll export --format ics", 0, "BEGIN:VCALENDAR"),
            Types("dermaroll export --format csv --struck", 0, ","),
        ],
    ),
    ("dermaroll config path", &[Types("dermaroll config path", 0, "records")]),
    ("dermaroll config check", &[Types("dermaroll config check", 0, "the shipped settings hold")]),
    ("dermaroll config show", &[Types("dermaroll config show", 0, "interval_days = 28")]),
    (
        "dermaroll completions SHELL",
        &[
            Types("dermaroll completions bash", 0, "complete -F"),
            Types("dermaroll completions zsh", 0, "#compdef dermaroll"),
            Types("dermaroll completions fish", 0, "complete -c dermaroll"),
            Types("dermaroll completions elvish", 0, "edit:completion"),
            Types("dermaroll completions powershell", 0, "Register-ArgumentCompleter"),
        ],
    ),
    (
        "dermaroll man",
        &[
            Types("dermaroll man", 0, ".TH dermaroll"),
            Types("dermaroll man --out pages && ls pages", 0, "dermaroll-note.1"),
        ],
    ),
    ("dermaroll protocol check FILE", &[Types("dermaroll protocol check own.toml", 0, "in order")]),
    ("dermaroll --plain", &[Draws(&["--plain"], "Enter: begin a session.")]),
];

#[test]
fn every_command_of_the_readme_is_tried_and_no_other() {
    for named in commands(README) {
        assert!(TRIED.iter().any(|(known, _)| *known == named), "the README names `{named}`, which is not tried here");
    }
    for (name, _) in TRIED {
        assert!(commands(README).contains(name), "`{name}` is tried here, and the README does not name it");
    }
}

#[test]
fn each_does_what_it_is_for() {
    for attempt in TRIED.iter().flat_map(|(_, attempts)| *attempts) {
        match attempt {
            Types(line, status, words) => {
                let ended = typed(&lived_in(), line);
                assert_eq!(ended.status, *status, "{line}: {ended:?}");
                assert!(ended.out.contains(words), "{line}: {words:?} is missing: {ended:?}");
            }
            Draws(args, words) => looked_at(args, words),
        }
    }
}

#[test]
fn a_row_names_the_flags_of_its_command_and_each_of_them_is_tried() {
    let program = Cli::command();
    for (name, row) in rows() {
        let words = name.split(' ').skip(1).map_while(|word| word.chars().all(char::is_lowercase).then_some(word));
        let command = words.fold(&program, |command, word| command.find_subcommand(word).unwrap());
        let own = command.get_arguments().filter(|flag| !flag.is_global_set()).filter_map(Arg::get_long);
        for flag in own.map(|flag| format!("--{flag}")) {
            assert!(flags(row).contains(&flag.as_str()), "the row of `{name}` does not name {flag}");
        }
        let (_, attempts) = TRIED.iter().find(|(known, _)| *known == name).unwrap();
        for flag in flags(row) {
            let is_tried = |attempt: &Try| match attempt {
                Types(line, ..) => flags(line).contains(&flag),
                Draws(args, _) => args.contains(&flag),
            };
            assert!(attempts.iter().any(is_tried), "the row of `{name}` names {flag}, which is not tried");
        }
    }
}

#[test]
fn what_goes_with_each_command_goes() {
    for flag in Cli::command().get_arguments().filter(|flag| flag.is_global_set()) {
        let flag = flag.get_long().unwrap();
        let value = match flag {
            "config" => "config.toml",
            "protocol" => "own.toml",
            "data-dir" => "elsewhere",
            "profile" => "anna",
            _ => "",
        };
        let ended = typed(&lived_in(), &format!("dermaroll due --{flag} {value}"));
        assert!([0, 8].contains(&ended.status) && ended.err.is_empty(), "--{flag}: {ended:?}");
    }
}

#[test]
fn the_blocks_of_the_readme_can_be_typed_as_they_stand() {
    let house = lived_in();
    for block in blocks(README) {
        let own: Vec<&str> = block.into_iter().filter(|line| !line.starts_with("cargo ")).collect();
        for line in &own {
            let first = line.split(' ').next().unwrap();
            assert!(["dermaroll", "mkdir"].contains(&first), "no test knows how to run `{line}` of the README");
        }
        typed(&house, &own.join("\n")).done();
    }
    for place in [
        ".local/share/man/man1/dermaroll.1",
        ".local/share/man/man1/dermaroll-note.1",
        ".local/share/bash-completion/completions/dermaroll",
        ".config/fish/completions/dermaroll.fish",
        ".zfunc/_dermaroll",
    ] {
        let text = std::fs::read_to_string(house.path().join(place)).unwrap_or_default();
        assert!(text.contains("dermaroll"), "~/{place} was not made");
    }
}
