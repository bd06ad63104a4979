//! The settings: the shipped file is the default, each layer goes over the one below, and files are read with care.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dermaroll::content::check::check_file;
use dermaroll::content::config::{Flags, Origin, SHIPPED, Settings, When};
use dermaroll::content::folders::Folders;
use dermaroll::content::{Limits, Source, TimeName, duration};

use crate::support::program::all_questions;

type Variables = [(&'static str, &'static str)];

fn look_up(variables: &Variables, name: &str) -> Option<OsString> {
    variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
}

fn settle(user: Option<&str>, variables: &Variables, flags: &Flags) -> Settings {
    let source = user.map(|text| Source::new("/etc/mine/config.toml", text).unwrap());
    let user = source.as_ref().map(|source| (Path::new("/etc/mine/config.toml"), source));
    let env = |name: &str| look_up(variables, name);
    let folders = Folders { home: Some("/home/a".into()), data: Some("/home/a/data".into()), ..Folders::default() };
    Settings::resolve(user, &env, flags, &folders).unwrap()
}

fn plain(user: &str) -> Settings {
    settle(Some(user), &[], &Flags::default())
}

#[test]
fn the_shipped_file_is_the_default() {
    let (nothing, shipped) = (settle(None, &[], &Flags::default()), plain(SHIPPED));
    // Each setting with its value, without where it comes from.
    let shown = |settings: &Settings| -> Vec<String> {
        let page = settings.show(&settings.protocols().unwrap().session);
        page.lines().map(|line| line.split(" # ").next().unwrap().trim_end().to_owned()).collect()
    };
    assert_eq!(shown(&nothing), shown(&shipped));
    let file: toml::Table = SHIPPED.parse().unwrap();
    for key in file.iter().filter(|(_, value)| !value.is_table()).map(|(key, _)| format!("{key} = ")) {
        assert!(shown(&shipped).iter().any(|line| line.starts_with(&key)), "config show leaves out {key}");
    }
    // Its times are the protocol's own, and naming them all leads to the same session.
    let (by_protocol, by_file) = (nothing.protocols().unwrap(), shipped.protocols().unwrap());
    assert_eq!(by_protocol, by_file);
    assert!(TimeName::ALL.iter().all(|name| shipped.times.named(*name) == Some(name.of(&by_protocol.session.times))));
    assert!(TimeName::ALL.iter().all(|name| nothing.times.named(*name).is_none()));
    assert!(!by_protocol.session.trial);
}

#[test]
fn the_shipped_file_states_the_ranges_that_hold() {
    let limits = Limits::built_in().unwrap();
    let of_times = SHIPPED.split_once("[times]\n").unwrap().1;
    for (name, paragraph) in TimeName::ALL.iter().zip(of_times.trim().split("\n\n")) {
        let range = limits.time(*name, false);
        let (least, most) = (duration::words(*range.start()), duration::words(*range.end()));
        assert!(paragraph.contains(&format!("{least} to {most}")), "{paragraph}");
        assert!(paragraph.contains(&format!("\n{} = ", name.id())), "{paragraph}");
    }
    let trial = limits.trial();
    let (least, most) = (duration::words(*trial.start()), duration::words(*trial.end()));
    assert!(SHIPPED.contains(&format!("{least} to {most}")));
    assert!(SHIPPED.contains(&format!("{} to {}", limits.interval_days.start(), limits.interval_days.end())));
    assert!(SHIPPED.contains(&format!("{} to {}", limits.roller_uses.start(), limits.roller_uses.end())));
    let shipped = settle(None, &[], &Flags::default());
    assert_eq!(shipped.interval_days.value, limits.interval_shipped);
    assert_eq!(shipped.roller_uses_limit.value, limits.rules.roller_uses_limit);
}

#[test]
fn a_file_changes_only_what_it_names() {
    let settings = plain("interval_days = 35\n\n[times]\nserum = \"2m\"\n");
    assert_eq!((settings.interval_days.value, settings.interval_days.from), (35, Origin::File));
    assert_eq!((settings.bell.value, settings.bell.from), (true, Origin::Shipped));
    let times = settings.protocols().unwrap().session.times;
    assert_eq!(times.serum, Duration::from_secs(120));
    assert_eq!(times.saline, Duration::from_secs(45));
}

#[test]
fn an_empty_file_changes_nothing() {
    assert_eq!(plain("").protocols().unwrap(), plain("# nothing yet\n").protocols().unwrap());
    assert_eq!(plain("").interval_days.value, 28);
}

#[test]
fn a_trial_may_be_quick() {
    let settings = plain("trial = true\n[times]\ncontact = \"250ms\"\nstroke = \"100ms\"\n");
    let loaded = settings.protocols().unwrap();
    assert!(loaded.session.trial);
    assert_eq!(loaded.session.times.contact, Duration::from_millis(250));
    assert_eq!(loaded.session.times.later_stroke, Duration::from_millis(100));
}

#[test]
fn flag_over_environment_over_file() {
    let file = "protocol = \"file.toml\"\ndata_dir = \"records\"\ncolour = \"always\"\n";
    let env: &Variables = &[
        ("DERMAROLL_PROTOCOL", "/env.toml"),
        ("DERMAROLL_DATA_DIR", ""),
        ("NO_COLOR", "1"),
        ("DERMAROLL_CHECKLIST", "/c"),
    ];
    let flags = Flags { protocol: Some("flag.toml".into()), ascii: true, ..Flags::default() };
    let by_file = plain(file);
    assert_eq!(by_file.protocol.value, Some("/etc/mine/file.toml".into()));
    assert_eq!(by_file.data_dir.value, Some("/etc/mine/records".into()));
    assert_eq!(by_file.colour.value, When::Always);
    let by_env = settle(Some(file), env, &Flags::default());
    assert_eq!(by_env.protocol.value, Some("/env.toml".into()));
    assert_eq!(by_env.protocol.from, Origin::Environment("DERMAROLL_PROTOCOL"));
    assert_eq!(by_env.checklist.value, Some("/c".into()));
    assert_eq!((by_env.data_dir.from, by_env.colour.value), (Origin::File, When::Never));
    let by_flag = settle(Some(file), env, &flags);
    assert_eq!(by_flag.protocol.value, std::path::absolute("flag.toml").ok());
    assert_eq!((by_flag.ascii.value, by_flag.ascii.from), (When::Always, Origin::Flag("--ascii")));
}

#[test]
fn paths_start_at_home_or_at_the_file() {
    let settings = plain("protocol = \"~/p.toml\"\nchecklist = \"/c.toml\"\n");
    assert_eq!(settings.protocol.value, Some("/home/a/p.toml".into()));
    assert_eq!(settings.checklist.value, Some("/c.toml".into()));
    assert_eq!(settings.data_dir.value, Some("/home/a/data".into()));
}

#[test]
fn colour_variables_count_in_their_order() {
    let colour = |variables: &Variables| settle(None, variables, &Flags::default()).colour.value;
    assert_eq!(colour(&[]), When::Auto);
    assert_eq!(colour(&[("NO_COLOR", "")]), When::Auto);
    assert_eq!(colour(&[("CLICOLOR", "0")]), When::Never);
    assert_eq!(colour(&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")]), When::Always);
    assert_eq!(colour(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), When::Never);
}

#[test]
fn what_is_shown_can_be_read_back() {
    let settings = plain("serum_name = \"plain \\\"gel\\\" \\\\ \"\nbell = false\n[times]\nmove = \"10s\"\n");
    let shown = settings.show(&settings.protocols().unwrap().session);
    let again = plain(&shown);
    assert_eq!(again.serum_name.value, settings.serum_name.value);
    assert_eq!((again.bell.value, again.interval_days.value), (false, 28));
    assert_eq!(again.protocols().unwrap().session.times, settings.protocols().unwrap().session.times);
    let remark = |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap().rsplit(" # ").next().unwrap();
    assert_eq!(remark("bell"), "your file");
    assert_eq!(remark("interval_days"), "shipped");
    assert_eq!(remark("move"), "your file");
    assert_eq!(remark("contact"), "protocol article-2018");
}

fn find(folder: &Path, variables: &Variables, flags: &Flags) -> Result<Settings, String> {
    let folders = Folders { config: Some(folder.join("config.toml")), ..Folders::default() };
    Settings::find(&|name| look_up(variables, name), flags, &folders).map_err(|refusal| refusal.to_string())
}

#[test]
fn only_a_file_that_was_named_has_to_be_there() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(find(folder.path(), &[], &Flags::default()).unwrap().file, None);
    let flags = Flags { config: Some(folder.path().join("mine.toml")), ..Flags::default() };
    assert!(find(folder.path(), &[], &flags).unwrap_err().contains("mine.toml: cannot be read: there is no such file"));
    assert!(find(folder.path(), &[("DERMAROLL_CONFIG", "/no/such")], &Flags::default()).is_err());
    fs::write(folder.path().join("config.toml"), "bell = false\n").unwrap();
    let settings = find(folder.path(), &[], &Flags::default()).unwrap();
    assert_eq!((settings.bell.value, settings.file), (false, Some(folder.path().join("config.toml"))));
}

#[test]
fn a_protocol_that_is_not_there_is_refused() {
    let settings = plain("protocol = \"/no/such/protocol.toml\"\n");
    let message = settings.protocols().unwrap_err().to_string();
    assert!(message.starts_with("/no/such/protocol.toml: cannot be read: there is no such file\n"), "{message}");
}

fn refused(path: &Path) -> String {
    check_file(path, false).unwrap_err().to_string()
}

#[test]
fn only_plain_files_of_plain_text_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    assert!(refused(folder.path()).contains("is not a regular file"));
    assert!(refused(&file("long.toml", &vec![b'#'; 1024 * 1024 + 1])).contains("is longer than 1 MiB"));
    assert!(
        refused(&file("latin.toml", b"# one\n# caf\xe9\n")).contains("line 2, column 6: the byte 0xe9 stands here")
    );
    assert!(refused(&file("nul.toml", b"id = \"a\0b\"\n")).contains("line 1, column 8"));
    assert!(refused(&folder.path().join("gone\u{1b}[2J.toml")).contains("gone\\u{1b}[2J.toml: cannot be read"));
    let marked = format!("\u{feff}{}", include_str!("../assets/checklist.toml"));
    let checked = check_file(&file("marked.toml", marked.as_bytes()), false).unwrap();
    assert_eq!((checked.protocol(), checked.own_questions()), (None, 0));
}

#[cfg(unix)]
#[test]
fn a_named_pipe_hangs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.toml");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    assert!(refused(&pipe).contains("is not a regular file"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/no/such/file", folder.path().join("config.toml")).unwrap();
    assert!(find(folder.path(), &[], &Flags::default()).unwrap_err().contains("there is no such file"));
}

#[test]
fn a_file_in_order_is_described() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.toml");
    fs::write(&path, include_str!("../assets/protocol.toml")).unwrap();
    let checked = check_file(&path, false).unwrap();
    let expected = format!(
        "is a protocol, \"article-2018\", in order.\nSections: 5. Strokes: 3 of 8s, 24s for each section.\n\
         Sections are those of the face: other places are not supported. What each keeps off stays.\n\
         Questions: {}, 0 of them from this file.",
        all_questions()
    );
    assert!(checked.to_string().ends_with(&expected), "{checked}");
}

#[test]
fn a_command_is_a_program_with_its_arguments() {
    let settings = plain("say_command = [\"espeak-ng\", \"-v\", \"en gb\"]\non_event = [\"~/bin/lamp\"]");
    assert_eq!(settings.say_command.value, ["espeak-ng", "-v", "en gb"]);
    assert_eq!(settings.on_event.value, ["/home/a/bin/lamp"]);
    assert_eq!(plain("on_event = [\"./lamp\", \"./on\"]").on_event.value, ["/etc/mine/./lamp", "./on"]);
}

#[test]
fn accessible_asks_for_plain_lines_and_a_flag_for_contrast() {
    assert!(!settle(None, &[("ACCESSIBLE", "0")], &Flags::default()).plain.value);
    assert!(!settle(None, &[("ACCESSIBLE", "")], &Flags::default()).plain.value);
    let plain = settle(None, &[("ACCESSIBLE", "1")], &Flags::default()).plain;
    assert_eq!((plain.value, plain.from), (true, Origin::Environment("ACCESSIBLE")));
    let flags = Flags { high_contrast: true, no_motion: true, plain: true, ..Flags::default() };
    let settings = settle(Some("motion = true"), &[], &flags);
    assert_eq!((settings.high_contrast.value, settings.motion.value, settings.plain.value), (true, false, true));
    assert_eq!(settings.motion.from, Origin::Flag("--no-motion"));
}
