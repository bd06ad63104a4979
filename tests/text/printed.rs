//! Everything that the real program prints, with each payload at each place it can come from.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::Output;

use crate::fuzz_checks::record::sealed;
use crate::fuzz_checks::text::first_hidden;
use crate::support::counts::count;
use crate::support::pty::command;
use crate::text::payloads::{PAYLOADS, escaped, half_escaped, text};

/// A home with what the paths need.
struct Home {
    home: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        let home = Home { home: tempfile::tempdir().unwrap() };
        fs::create_dir_all(home.path().join(".config/dermaroll")).unwrap();
        fs::create_dir_all(home.sessions()).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    fn sessions(&self) -> std::path::PathBuf {
        self.path().join(".local/share/dermaroll/sessions/2025")
    }

    fn settings(&self, bytes: &[u8]) {
        fs::write(self.path().join(".config/dermaroll/config.toml"), bytes).unwrap();
    }

    fn file(&self, bytes: &[u8]) -> String {
        let path = self.path().join("own.toml");
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn record(&self, bytes: &[u8]) {
        fs::write(self.sessions().join("20251122T183000Z-ab12.toml"), bytes).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Vec<Output> {
        vec![command(arguments, self.path()).output().unwrap()]
    }

    /// The same with an argument that may be no UTF-8.
    fn run_with(&self, arguments: &[&str], last: &[u8]) -> Vec<Output> {
        vec![command(arguments, self.path()).arg(os(last)).output().unwrap()]
    }

    fn run_in(&self, variable: &str, value: &[u8], arguments: &[&str]) -> Vec<Output> {
        vec![command(arguments, self.path()).env(variable, os(value)).output().unwrap()]
    }
}

/// `bytes` for an argument, a variable or a file name: none of them takes a NUL.
fn os(bytes: &[u8]) -> OsString {
    OsString::from_vec(bytes.iter().map(|byte| if *byte == 0 { 1 } else { *byte }).collect())
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// A way in, by name, and what the program prints for a payload that comes that way.
type Way = (&'static str, fn(&Home, &[u8]) -> Vec<Output>);

const WAYS: [Way; 35] = [
    ("setting, as it is", |home, payload| {
        home.settings(&joined(&[b"serum_name = \"", payload, b"\"\n"]));
        [home.run(&["config", "show"]), home.run(&["config", "check"])].concat()
    }),
    ("setting, by its codes", |home, payload| {
        home.settings(format!("serum_name = \"{}\"\n", escaped(payload)).as_bytes());
        home.run(&["config", "show"])
    }),
    ("setting, half by its codes", |home, payload| {
        home.settings(format!("colour = \"{}\"\n", half_escaped(payload)).as_bytes());
        home.run(&["config", "check"])
    }),
    ("key of a setting", |home, payload| {
        home.settings(&joined(&[b"\"", payload, b"\" = 1\n"]));
        home.run(&["config", "check"])
    }),
    ("key of a setting, by its codes", |home, payload| {
        home.settings(format!("\"a{}\" = 1\n", escaped(payload)).as_bytes());
        home.run(&["config", "check"])
    }),
    ("comment in the settings", |home, payload| {
        home.settings(&joined(&[b"# ", payload, b"\nbell = 3\n"]));
        home.run(&["config", "check"])
    }),
    ("settings that are no TOML", |home, payload| {
        home.settings(&joined(&[b"bell ", payload, b" = = \"\n"]));
        home.run(&["config", "check"])
    }),
    ("value of the wrong kind", |home, payload| {
        home.settings(&joined(&[b"bell = '", payload, b"'\n"]));
        home.run(&["config", "show"])
    }),
    ("path in the settings", |home, payload| {
        home.settings(format!("protocol = \"{0}\"\ndata_dir = \"{0}\"\n", escaped(payload)).as_bytes());
        [home.run(&["config", "show"]), home.run(&["config", "path"]), home.run(&["show"])].concat()
    }),
    ("time in the settings", |home, payload| {
        home.settings(&joined(&[b"[times]\ncontact = \"1m", payload, b"\"\n"]));
        home.run(&["config", "check"])
    }),
    ("protocol, as it is", |home, payload| {
        let file = home.file(&joined(&[b"id = \"", payload, b"\"\n[times]\n"]));
        home.run(&["protocol", "check", &file])
    }),
    ("protocol, by its codes", |home, payload| {
        let file = home.file(format!("id = \"{}\"\n[times]\n", escaped(payload)).as_bytes());
        home.run(&["protocol", "check", &file])
    }),
    ("checklist, as it is", |home, payload| {
        let file = home.file(&joined(&[b"[[question]]\nid = \"x\"\ntitle = \"", payload, b"\"\n"]));
        home.run(&["protocol", "check", &file])
    }),
    ("checklist, by its codes", |home, payload| {
        let text = format!(
            "[[question]]\nid = \"x\"\ntitle = \"a\"\nquestion = \"{}?\"\nwhy = \"b\"\ngroup = \"skin\"\n\
             consequence = \"stop\"\n",
            escaped(payload)
        );
        let file = home.file(text.as_bytes());
        home.run(&["protocol", "check", &file])
    }),
    ("name of a file that is not there", |home, payload| home.run_with(&["protocol", "check"], payload)),
    ("name of a file that is refused", |home, payload| {
        let name = OsString::from_vec([b"own".as_slice(), &os(payload).into_vec()].concat());
        let path = home.path().join(name.to_string_lossy().replace('/', "_"));
        fs::write(&path, "id = 3\n").unwrap();
        home.run_with(&["protocol", "check"], path.as_os_str().as_encoded_bytes())
    }),
    ("name of a file that is in order", |home, payload| {
        let name = text(&os(payload).into_vec()).replace('/', "_");
        let path = home.path().join(format!("own{name}"));
        fs::write(&path, include_str!("../../assets/checklist.toml")).unwrap();
        home.run_with(&["protocol", "check"], path.as_os_str().as_encoded_bytes())
    }),
    ("--config", |home, payload| home.run_with(&["config", "check", "--config"], payload)),
    ("--data-dir", |home, payload| {
        [
            home.run_with(&["config", "show", "--data-dir"], payload),
            home.run_with(&["config", "path", "--data-dir"], payload),
            home.run_with(&["show", "--data-dir"], payload),
        ]
        .concat()
    }),
    ("--protocol", |home, payload| home.run_with(&["config", "check", "--protocol"], payload)),
    ("command that there is none of", |home, payload| home.run_with(&[], payload)),
    ("flag that there is none of", |home, payload| home.run_with(&[], &joined(&[b"--con", payload]))),
    ("argument too many", |home, payload| home.run_with(&["show", "last"], payload)),
    ("id of a session", |home, payload| home.run_with(&["show"], &joined(&[b"a", payload]))),
    ("name of a roller", |home, payload| {
        let mut outputs = home.run_with(&["roller", "add", "--length", ".1"], &joined(&[b"a", payload]));
        outputs.extend(home.run_with(&["roller", "retire"], &joined(&[b"a", payload])));
        outputs.extend(home.run_with(&["roller", "retire"], payload));
        outputs.extend([home.run(&["roller", "list"]), home.run(&["roller", "list", "--json"])].concat());
        outputs
    }),
    ("length of a roller", |home, payload| home.run_with(&["roller", "add", "a", "--length"], payload)),
    ("texts of a roller", |home, payload| {
        let text = half_escaped(payload);
        let roller = format!(
            "format = 1\nname = \"a{text}\"\nneedle_um = 130\nkept = \"used\"\nbought_from = \"{text}\"\n\
             retired = 2025-11-22\nretired_why = \"{text}\"\n"
        );
        let folder = home.path().join(".local/share/dermaroll/rollers");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("blue.toml"), roller).unwrap();
        [
            home.run(&["roller", "list"]),
            home.run(&["roller", "list", "--json"]),
            home.run(&["roller", "retire", "blue"]),
            home.run(&["log", "2025-11-22", "--roller", "blue"]),
            home.run(&["show"]),
        ]
        .concat()
    }),
    ("note", |home, payload| {
        home.record(&record_with("x"));
        let mut outputs = home.run_with(&["note", "last"], payload);
        outputs.extend(home.run_with(&["note", "--photo"], payload));
        outputs.extend(home.run_with(&["note", "--felt"], payload));
        outputs.extend(home.run_with(&["note", "x", "--day"], payload));
        outputs.extend([home.run(&["show"]), home.run(&["show", "--json"])].concat());
        outputs
    }),
    ("session from paper", |home, payload| {
        let mut outputs = home.run_with(&["log"], payload);
        outputs.extend(home.run_with(&["log", "2025-11-22", "--sections"], payload));
        outputs.extend(home.run_with(&["log", "2025-11-22", "--roller"], payload));
        outputs.extend(home.run_with(&["log", "2025-11-22", "--note"], payload));
        outputs.extend([home.run(&["show"]), home.run(&["show", "--json"]), home.run(&["due"])].concat());
        outputs
    }),
    ("environment", |home, payload| {
        let mut outputs = Vec::new();
        for variable in ["DERMAROLL_CONFIG", "DERMAROLL_DATA_DIR", "DERMAROLL_PROTOCOL", "DERMAROLL_CHECKLIST"] {
            outputs.extend(home.run_in(variable, payload, &["config", "check"]));
        }
        outputs.extend(home.run_in("DERMAROLL_DATA_DIR", payload, &["show"]));
        let folder = joined(&[b"/nowhere", payload]);
        outputs.extend(home.run_in("HOME", &folder, &["config", "path"]));
        outputs.extend(home.run_in("XDG_DATA_HOME", &folder, &["show"]));
        outputs.extend(home.run_in("TERM", payload, &["check"]));
        for arguments in [&["due"][..], &["doctor", "--json"], &["config", "show"]] {
            outputs.extend(home.run_in("TZ", payload, arguments));
        }
        outputs
    }),
    ("texts of a record", |home, payload| {
        home.record(&record_with(&half_escaped(payload)));
        [home.run(&["show", "last"]), home.run(&["show", "--json"])].concat()
    }),
    ("texts of a record, torn", |home, payload| {
        let whole = record_with(&half_escaped(payload));
        home.record(&[&whole[..whole.len() - 30], payload].concat());
        [home.run(&["show", "last"]), home.run(&["show", "--json"])].concat()
    }),
    ("damaged record", |home, payload| {
        let whole = String::from_utf8(record_with("x")).unwrap();
        let damaged = whole.replacen("event = \"answered\"", "event = \"@@\"", 2);
        let parts: Vec<&[u8]> = damaged.as_bytes().split(|byte| *byte == b'@').collect();
        home.record(&parts.join(payload));
        [home.run(&["show", "last"]), home.run(&["show", "--json"])].concat()
    }),
    ("foreign files among the records", |home, payload| {
        home.record(&record_with("x"));
        let name = text(&os(payload).into_vec()).replace('/', "_");
        fs::write(home.sessions().join(format!("20251122T183000Z-ab12.later-{name}.toml")), payload).unwrap();
        fs::write(home.sessions().join(format!("{name}.toml")), payload).unwrap();
        let follow_up = format!(
            "format = 1\nsession = \"20251122T183000Z-ab12\"\nwritten = 2025-11-23T08:00:00+01:00\ntext = \"{}\"\n",
            half_escaped(payload)
        );
        fs::write(home.sessions().join("20251122T183000Z-ab12.later-20261201T101010Z.toml"), follow_up).unwrap();
        [home.run(&["show", "last"]), home.run(&["show", "--json"])].concat()
    }),
    ("data folder", |home, payload| {
        let folder = home.path().join(text(&os(payload).into_vec()).replace('/', "_"));
        fs::create_dir_all(folder.join("sessions/2025")).unwrap();
        fs::write(folder.join("sessions/2025/20251122T183000Z-ab12.toml"), "format = 9\n").unwrap();
        home.run_with(&["show", "--data-dir"], folder.as_os_str().as_encoded_bytes())
    }),
];

/// A sound record with `text` wherever a person, or a program of another version, may have put any.
fn record_with(text: &str) -> Vec<u8> {
    let mut lines = Vec::new();
    for line in include_str!("../seeds/record/whole.toml").lines() {
        let (key, value) = line.split_once(" = ").unwrap_or((line, ""));
        let is_text = ["name", "roller", "app", "protocol", "serum", "boot", "early_reason", "question", "stop_reason"]
            .contains(&key);
        lines.push(if is_text && value.starts_with('"') { format!("{key} = \"a{text}b\"") } else { line.to_owned() });
    }
    let whole = lines.join("\n") + "\n";
    // A note is not in every session.
    let noted = whole.replacen("event = \"skin-ready\"", &format!("event = \"noted\"\ntext = \"{text}\""), 1);
    assert_ne!(noted, whole);
    sealed(noted.as_bytes()).unwrap()
}

/// What in `bytes` must not be on its way to a terminal.
fn hidden_in(bytes: &[u8]) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Err(error) => Some(format!("no UTF-8 at {}", error.valid_up_to())),
        Ok(text) => first_hidden(text).map(|c| format!("{:#x}", u32::from(c))),
    }
}

fn leaks(way: Way, payload: (&str, &[u8])) -> Vec<String> {
    let ((name, run), (what, bytes)) = (way, payload);
    let home = Home::new();
    let mut leaks = Vec::new();
    for output in run(&home, bytes) {
        assert!(output.status.code().is_some_and(|code| code < 100), "{name}, {what}: {output:?}");
        for stream in [&output.stdout, &output.stderr] {
            if let Some(hidden) = hidden_in(stream) {
                leaks.push(format!("{name}, {what}: {hidden} in {:?}", String::from_utf8_lossy(stream)));
            }
        }
    }
    leaks
}

#[test]
fn nothing_hidden_is_ever_printed() {
    // In the normal run each way in meets some payloads, another set each; all meet all with COUNTS=full.
    let each = usize::try_from(count(2, u32::try_from(PAYLOADS.len()).unwrap())).unwrap();
    let found: Vec<String> = std::thread::scope(|scope| {
        let halves = WAYS.chunks(WAYS.len().div_ceil(2)).enumerate().map(|(half, ways)| {
            scope.spawn(move || {
                let chosen =
                    |place: usize| (0..each).map(move |turn| PAYLOADS[(place * 5 + turn * 13) % PAYLOADS.len()]);
                let numbered = ways.iter().enumerate().map(|(place, way)| (place + half * 15, *way));
                numbered.flat_map(|(place, way)| chosen(place).flat_map(move |payload| leaks(way, payload))).collect()
            })
        });
        let running: Vec<std::thread::ScopedJoinHandle<'_, Vec<String>>> = halves.collect();
        running.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
}

/// A record with texts in it that went through unread would prove nothing.
#[test]
fn the_payloads_do_reach_what_is_shown() {
    let home = Home::new();
    home.record(&record_with("\\u202E"));
    let shown = text(&home.run(&["show", "last"])[0].stdout);
    assert!(shown.matches("202E").count() + shown.matches("202e").count() >= 3, "{shown}");
    for args in [&["show", "--json"][..], &["history", "--json"]] {
        let json = &home.run(args)[0].stdout;
        let json: serde_json::Value = serde_json::from_slice(json).unwrap();
        let session = json.get(0).unwrap_or(&json);
        assert_eq!(session["header"]["serum"], serde_json::Value::Null);
        assert!(session.to_string().contains('\u{202e}'), "a script gets the character that stands in the file");
    }
    let refused = text(&home.run_with(&["show"], b"a\x1b[2J")[0].stderr);
    assert!(refused.contains("1b"), "{refused}");
}
