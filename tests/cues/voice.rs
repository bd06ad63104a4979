//! The voice: which program speaks, and with what words.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use dermaroll::cues::programs::Programs;
use dermaroll::cues::voice::{Voice, VoiceSetting};

use crate::cues::command_folder::{CommandFolder, LONG};

/// Writes down every argument and the environment's words, each with what shows where it ends.
const NOTING: &str = r#"for word; do printf '<%s>' "$word" >> said; done; printf '[%s]\n' "$DERMAROLL_WORDS" >> said"#;

const HARMFUL: &str = "\"quotes' `id` $(touch gone) ; | & > out\nnext line \\ * ~ {words} é";

fn command(argv: &[&str]) -> VoiceSetting {
    VoiceSetting::Command(argv.iter().map(|&argument| argument.to_owned()).collect())
}

#[test]
fn the_embedded_file_reads_and_says_how_long() {
    let programs = Programs::read().unwrap();
    assert_eq!((programs.speech.late, programs.speech.limit), (Duration::from_secs(2), Duration::from_secs(10)));
    assert_eq!((programs.on_event.late, programs.on_event.limit), (Duration::from_secs(10), Duration::from_secs(5)));
    assert!(programs.speech.room > 0 && programs.on_event.room > 0);
}

#[test]
fn the_first_known_program_speaks() {
    let folder = CommandFolder::new();
    let name = || Voice::find(&VoiceSetting::Auto, Some(&folder.search())).map(|voice| voice.name().to_owned());
    assert_eq!(name(), None);
    folder.program("termux-tts-speak", NOTING);
    assert_eq!(name().as_deref(), Some("termux-tts-speak"));
    folder.program("spd-say", NOTING);
    assert_eq!(name().as_deref(), Some("spd-say"));
    // Neither a folder nor a file that nobody may run is a program.
    std::fs::create_dir(folder.path("espeak-ng")).unwrap();
    assert_eq!(name().as_deref(), Some("spd-say"));
    std::fs::remove_dir(folder.path("espeak-ng")).unwrap();
    folder.program("espeak-ng", NOTING);
    assert_eq!(name().as_deref(), Some("espeak-ng"));
    std::fs::set_permissions(folder.path("espeak-ng"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(name().as_deref(), Some("spd-say"));

    assert!(Voice::find(&VoiceSetting::Never, Some(&folder.search())).is_none());
    assert!(Voice::find(&VoiceSetting::Auto, None).is_none());
    // The same folder, named from where this process happens to be.
    let up = "../".repeat(std::env::current_dir().unwrap().components().count());
    let relative = format!("{up}{}", folder.path("").strip_prefix("/").unwrap().display());
    assert!(std::path::Path::new(&relative).join("spd-say").is_file());
    assert!(Voice::find(&VoiceSetting::Auto, Some(relative.as_ref())).is_none());
    assert_eq!(folder.read("said"), "", "nothing is run to find out");
}

#[test]
fn words_arrive_as_they_are() {
    let folder = CommandFolder::new();
    folder.program("espeak-ng", NOTING);
    let voice = Voice::find(&VoiceSetting::Auto, Some(&folder.search())).unwrap();
    for words in [HARMFUL, "--help", "-", "", " \n", "Turn."] {
        voice.say(words);
        assert!(voice.finish(LONG));
    }
    let said = format!("<{HARMFUL}>[{HARMFUL}]\n< --help>[--help]\n< ->[-]\n<Turn.>[Turn.]\n");
    assert_eq!(folder.read("said"), said);
    assert!(!folder.path("gone").exists() && !folder.path("out").exists());
    assert_eq!(voice.trouble(), None);
}

#[test]
fn the_desktops_voice_is_waited_for() {
    let folder = CommandFolder::new();
    folder.program("spd-say", NOTING);
    let voice = Voice::find(&VoiceSetting::Auto, Some(&folder.search())).unwrap();
    voice.say("Start.");
    assert!(voice.finish(LONG));
    assert_eq!(folder.read("said"), "<--application-name><dermaroll><--wait><Start.>[Start.]\n");
}

#[test]
fn a_command_of_the_person_gets_the_words_where_it_wants_them() {
    let folder = CommandFolder::new();
    folder.program("mine", NOTING);
    let full = folder.path("mine").display().to_string();
    for (argv, said) in [
        (vec!["mine"], "<Move on.>[Move on.]\n"),
        (vec![full.as_str(), "-s", "120"], "<-s><120><Move on.>[Move on.]\n"),
        (vec!["mine", "text={words}!", "--quiet"], "<text=Move on.!><--quiet>[Move on.]\n"),
        (vec!["mine", "--say={words}"], "<--say=Move on.>[Move on.]\n"),
    ] {
        let voice = Voice::find(&command(&argv), Some(&folder.search())).unwrap();
        assert_eq!(voice.name(), "mine");
        voice.say("Move on.");
        assert!(voice.finish(LONG));
        assert_eq!(folder.read("said"), said);
        std::fs::remove_file(folder.path("said")).unwrap();
    }
    assert!(Voice::find(&command(&[]), Some(&folder.search())).is_none());
}

#[test]
fn a_missing_command_is_told_and_delays_nothing() {
    let folder = CommandFolder::new();
    let voice = Voice::find(&command(&["no-such-voice"]), Some(&folder.search())).unwrap();
    voice.say("Turn.");
    assert!(voice.finish(LONG));
    assert_eq!(
        voice.trouble().unwrap(),
        "no-such-voice could not be started: No such file or directory (os error 2). The session goes on without it. \
         Try the command in a terminal."
    );
}

#[test]
fn a_voice_that_hangs_can_be_hushed_and_speaks_again() {
    let folder = CommandFolder::new();
    let life = folder.listen("life");
    folder.pipe("never");
    folder
        .program("espeak-ng", "case $1 in hang) exec 9> life; echo up >&9; read x < never;; *) echo $1 >> said;; esac");
    let voice = Voice::find(&VoiceSetting::Auto, Some(&folder.search())).unwrap();
    voice.say("hang");
    assert_eq!(life.next(), "up");
    voice.say("dropped");
    voice.cancel();
    life.ended();
    voice.say("again");
    assert!(voice.finish(LONG));
    assert_eq!(folder.read("said"), "again\n");
}

/// What voices say without a sound device, and the word that the person is told of it.
const MUTE: [(&str, &str); 8] = [
    ("ALSA lib confmisc.c:855:(parse_card) cannot find card '0'", "cannot find card"),
    ("ALSA lib pcm.c:2664:(snd_pcm_open_noupdate) Unknown PCM default", "Unknown PCM"),
    ("aplay: main:831: audio open error: No such file or directory", "audio open error"),
    ("Connection failure: Connection refused", "Connection refused"),
    ("Error: Can't open audio device", "audio device"),
    ("Failed to connect to Speech Dispatcher:\nError: Can't connect to unix socket", "Speech Dispatcher"),
    ("ALSA lib pcm_dmix.c:1032: unable to open slave: Device or resource busy", "Device"),
    ("pa_context_connect() failed: No Audio Device", "No Audio Device"),
];

#[test]
fn a_voice_without_a_sound_device_has_not_spoken() {
    for status in [0, 1] {
        for (said, told) in MUTE {
            let folder = CommandFolder::new();
            folder.program("espeak-ng", &format!("echo \"{said}\" >&2; exit {status}"));
            let voice = Voice::find(&VoiceSetting::Auto, Some(&folder.search())).unwrap();
            voice.say("Turn.");
            assert!(voice.finish(LONG));
            let trouble = voice.trouble().unwrap();
            assert!(status == 1 || trouble.contains(told), "{trouble}");
            assert_eq!(trouble.lines().count(), 1, "{trouble}");
        }
    }
}

#[test]
fn a_voice_that_only_grumbles_is_no_trouble() {
    let folder = CommandFolder::new();
    folder.program("espeak-ng", "echo 'jack server is not running or cannot be started' >&2");
    let voice = Voice::find(&VoiceSetting::Auto, Some(&folder.search())).unwrap();
    voice.say("Turn.");
    assert!(voice.finish(LONG));
    assert_eq!(voice.trouble(), None);
    assert_eq!(voice.complaint().as_deref(), Some("jack server is not running or cannot be started"));
    folder.program("espeak-ng", "true");
    voice.say("Turn.");
    assert!(voice.finish(LONG));
    assert_eq!((voice.trouble(), voice.complaint()), (None, None));
}
