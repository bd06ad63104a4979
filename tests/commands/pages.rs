//! What shells are told, and what stands in the heads of manual pages.

use crate::support::counts::skipped;
use crate::support::home::Home;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

/// What bash offers behind `flag` of `dermaroll COMMAND`, by the program's own script and bash's own rules.
fn offered(home: &Home, words: &str) -> Option<Vec<String>> {
    let script = home.path().join("dermaroll.bash");
    std::fs::write(&script, home.run(&["completions", "bash"]).done()).unwrap();
    std::fs::write(home.path().join("a-file-of-mine"), "").unwrap();
    let act = format!(
        "cd {home} && . {script}; COMP_WORDS=({words} \"\"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
         _dermaroll dermaroll \"\" \"${{COMP_WORDS[COMP_CWORD-1]}}\" 2> /dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        home = home.path().display(),
        script = script.display(),
    );
    let out = std::process::Command::new("bash").args(["--norc", "-c", &act]).output().ok()?;
    let mut words: Vec<String> = String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect();
    words.retain(|word| !word.is_empty());
    Some(words)
}

#[test]
fn words_that_are_fixed_are_offered_and_files_only_where_one_is_meant() {
    let home = Home::new();
    if offered(&home, "dermaroll").is_none() {
        return skipped("words that are fixed are offered", "there is no bash");
    }
    for (words, wanted) in [
        (
            "dermaroll note --skin",
            &["pink", "sore", "itchy", "dry", "spots", "blisters", "swelling", "dark-marks", "calm"][..],
        ),
        ("dermaroll log --sections", &["upper-right", "upper-left", "lower-right", "lower-left", "mouth"]),
        ("dermaroll export --format", &["csv", "json", "md", "ics"]),
    ] {
        let mut found = offered(&home, words).unwrap();
        found.sort();
        let mut wanted: Vec<&str> = wanted.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{words}");
    }
    let shells = offered(&home, "dermaroll completions").unwrap();
    assert!(SHELLS.iter().all(|shell| shells.iter().any(|word| word == shell)), "{shells:?}");
    let files = ["--config", "--protocol", "note --photo", "export --out"];
    for words in files {
        let found = offered(&home, &format!("dermaroll {words}")).unwrap();
        assert!(found.iter().any(|word| word == "a-file-of-mine"), "{words}: {found:?}");
    }
    for words in [
        "--profile",
        "note --day",
        "log --roller",
        "log --feel",
        "log --note",
        "roller retire --why",
        "roller add --length",
        "roller add --opened",
        "roller add --bought-from",
        "serum add --brand",
        "serum add --opened",
        "serum retire --why",
        "export --since",
        "export --until",
        "roller retire",
        "roller restore",
        "serum restore",
        "serum add",
        "show",
        "log",
    ] {
        let found = offered(&home, &format!("dermaroll {words}")).unwrap();
        assert!(!found.iter().any(|word| word == "a-file-of-mine"), "{words}: {found:?}");
    }
}

#[test]
fn heads_of_manual_pages_have_date_and_version_each_in_its_place() {
    let home = Home::new();
    let out = home.path().join("man");
    home.run(&["man", "--out", out.to_str().unwrap()]).done();
    let pages = std::fs::read_dir(&out).unwrap().map(|page| page.unwrap().path());
    let pages: Vec<String> = pages.map(|page| std::fs::read_to_string(page).unwrap()).collect();
    assert!(pages.len() > 20);
    for page in &pages {
        let head = page.lines().find(|line| line.starts_with(".TH ")).unwrap();
        let rest = head.split_once(" 1 ").unwrap().1;
        let (date, rest) = rest.split_once(' ').unwrap();
        let date = date.trim_matches('"').replace("\\-", "-");
        assert!(store::calendar::Date::parse(&date).is_some(), "{head}");
        assert_eq!(rest, format!("\"dermaroll {}\" \"User Commands\"", env!("CARGO_PKG_VERSION")), "{head}");
    }
}
