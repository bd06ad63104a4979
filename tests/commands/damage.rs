//! What other programs and disks make of a record, of its name and of the folders above it.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

/// What becomes of a file's bytes.
pub type Harm = (&'static str, fn(&str) -> Vec<u8>);

fn lines(text: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    text.lines().map(|line| change(line) + "\n").collect::<String>().into_bytes()
}

fn marked(text: &str, at: usize) -> Vec<u8> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(at, "<<<<<<< HEAD");
    lines.insert(at + 3, "=======");
    lines.insert(at + 4, ">>>>>>> theirs");
    (lines.join("\n") + "\n").into_bytes()
}

pub const HARMS: [Harm; 44] = [
    ("empty", |_| Vec::new()),
    ("one byte", |text| text.as_bytes()[..1].to_vec()),
    ("60 bytes", |text| text.as_bytes()[..60].to_vec()),
    ("300 bytes", |text| text.as_bytes()[..300].to_vec()),
    ("half", |text| text.as_bytes()[..text.len() / 2].to_vec()),
    ("its first block", |text| text.split_inclusive("\n\n").next().unwrap().into()),
    ("without its last block", |text| text[..text.trim_end().rfind("\n\n").unwrap() + 2].into()),
    ("without its last byte", |text| text.as_bytes()[..text.len() - 1].to_vec()),
    ("its second half", |text| text.as_bytes()[text.len() / 2..].to_vec()),
    ("CRLF", |text| text.replace('\n', "\r\n").into_bytes()),
    ("CR", |text| text.replace('\n', "\r").into_bytes()),
    ("CRLF in its first half", |text| {
        let (first, second) = text.split_at(text.len() / 2);
        (first.replace('\n', "\r\n") + second).into_bytes()
    }),
    ("CR CR LF", |text| text.replace('\n', "\r\r\n").into_bytes()),
    ("a byte order mark", |text| format!("\u{feff}{text}").into_bytes()),
    ("a byte order mark and CRLF", |text| format!("\u{feff}{text}").replace('\n', "\r\n").into_bytes()),
    ("UTF-16", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("UTF-16, the other way round", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("a byte that is no text", |text| [&text.as_bytes()[..40], &[0xe9], &text.as_bytes()[40..]].concat()),
    ("blanks at the ends of lines", |text| lines(text, |line| format!("{line} "))),
    ("tabs at the ends of lines", |text| lines(text, |line| format!("{line}\t"))),
    ("indented", |text| lines(text, |line| format!("  {line}"))),
    ("an empty line on top", |text| format!("\n{text}").into_bytes()),
    ("empty lines twice", |text| text.replace("\n\n", "\n\n\n").into_bytes()),
    ("no empty lines", |text| text.replace("\n\n", "\n").into_bytes()),
    ("a comment on top", |text| format!("# mine\n{text}").into_bytes()),
    ("a comment in its first block", |text| text.replacen('\n', "\n# mine\n", 1).into_bytes()),
    ("a comment below", |text| format!("{text}# mine\n").into_bytes()),
    ("aligned by a tool", |text| text.replace(" = ", "   = ").into_bytes()),
    ("other quotes", |text| text.replace('"', "'").into_bytes()),
    ("one line", |text| text.replace('\n', " ").into_bytes()),
    ("marks of a conflict on top", |text| marked(text, 0)),
    ("marks of a conflict in it", |text| marked(text, 9)),
    ("a pointer of git-lfs", |_| b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n".to_vec()),
    ("a pointer of git-annex", |_| b"/annex/objects/SHA256E-s9--00.toml\n".to_vec()),
    ("a page of a portal", |_| b"<!DOCTYPE html><title>Log in</title>\n\n".to_vec()),
    ("encrypted", |_| b"age-encryption.org/v1\n-> X25519 0\n--- 0\n\xff\xfe\x00".to_vec()),
    ("zeros", |text| vec![0; text.len()]),
    ("zeros at its end", |text| [&text.as_bytes()[..text.len() / 2], &vec![0; text.len() / 2]].concat()),
    ("another letter in its first block", |text| text.replacen("started", "starter", 1).into_bytes()),
    ("another kind in its first block", |text| {
        text.replacen("kind = \"log\"", "kind = \"check\"", 1)
            .replacen("kind = \"session\"", "kind = \"check\"", 1)
            .into()
    }),
    ("a trial in its first block", |text| text.replacen("format = 1\n", "format = 1\ntrial = true\n", 1).into_bytes()),
    ("another sum in its first block", |text| text.replacen("sum = \"", "sum = \"0", 1).into_bytes()),
    ("a newer format", |text| text.replacen("format = 1", "format = 2", 1).into_bytes()),
    ("larger than any record", |text| [text.as_bytes(), &vec![b'#'; 2 << 20]].concat()),
];

/// What becomes of the file itself. `sound` says whether its text is still there.
pub type Move = (&'static str, fn(&Path));

fn renamed(path: &Path, name: impl Fn(&str) -> String) {
    fs::rename(path, path.with_file_name(name(path.file_name().unwrap().to_str().unwrap()))).unwrap();
}

pub const MOVES: [Move; 22] = [
    ("a folder in its place", |path| fs::remove_file(path).and_then(|()| fs::create_dir(path)).unwrap()),
    ("a pipe in its place", |path| {
        fs::remove_file(path).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
    }),
    ("a socket in its place", |path| {
        fs::remove_file(path).unwrap();
        let here = std::env::current_dir().unwrap();
        // The path of a socket has to be short.
        let short = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(short.path().join("s")).unwrap();
        drop(listener);
        fs::rename(short.path().join("s"), path).unwrap();
        assert_eq!(std::env::current_dir().unwrap(), here);
    }),
    ("a link that leads nowhere", |path| {
        fs::remove_file(path).and_then(|()| symlink("/nowhere/at all", path)).unwrap()
    }),
    ("a link to itself", |path| {
        fs::remove_file(path).unwrap();
        symlink(path.file_name().unwrap(), path).unwrap();
    }),
    ("a link to the record", |path| {
        let elsewhere = path.parent().unwrap().parent().unwrap().parent().unwrap().join("elsewhere");
        fs::rename(path, &elsewhere).and_then(|()| symlink(elsewhere, path)).unwrap();
    }),
    ("small letters", |path| renamed(path, str::to_lowercase)),
    ("capitals", |path| renamed(path, str::to_uppercase)),
    ("a backup of an editor", |path| renamed(path, |name| format!("{name}~"))),
    ("another backup", |path| renamed(path, |name| format!("{name}.bak"))),
    ("half of a download", |path| renamed(path, |name| format!("{name}.part"))),
    ("a file that is only in the cloud", |path| renamed(path, |name| format!("{name}.nextcloud"))),
    ("a file that iCloud took away", |path| renamed(path, |name| format!(".{name}.icloud"))),
    ("a file on its way", |path| renamed(path, |name| format!(".syncthing.{name}.tmp"))),
    ("a file on its way to Windows", |path| renamed(path, |name| format!("~syncthing~{name}.tmp"))),
    ("a copy by its name", |path| renamed(path, |name| format!("Copy of {name}"))),
    ("a conflict", |path| renamed(path, |name| name.replace(".toml", " (conflicted copy 2026-01-01).toml"))),
    ("moved up", |path| renamed(path, |name| format!("../{name}"))),
    ("moved down", |path| {
        fs::create_dir(path.with_file_name("11")).unwrap();
        renamed(path, |name| format!("11/{name}"));
    }),
    ("in another year", |path| {
        fs::create_dir(path.parent().unwrap().with_file_name("1999")).unwrap();
        renamed(path, |name| format!("../1999/{name}"));
    }),
    ("in a year that was copied", |path| {
        fs::rename(path.parent().unwrap(), path.parent().unwrap().with_file_name("copied (1)")).unwrap();
    }),
    ("in a copy of all sessions", |path| {
        let sessions = path.parent().unwrap().parent().unwrap();
        fs::rename(sessions, sessions.with_file_name("sessions 2")).unwrap();
    }),
];

/// What becomes of the folders, below the data folder.
pub const FOLDERS: [Move; 16] = [
    ("the data folder is a file", |root| replaced(root, |root| fs::write(root, "no folder").unwrap())),
    ("the data folder leads nowhere", |root| replaced(root, |root| symlink("/nowhere", root).unwrap())),
    ("the data folder leads to itself", |root| replaced(root, |root| symlink("dermaroll", root).unwrap())),
    ("sessions is a file", |root| replaced(&root.join("sessions"), |path| fs::write(path, "../elsewhere").unwrap())),
    ("sessions leads nowhere", |root| replaced(&root.join("sessions"), |path| symlink("/nowhere", path).unwrap())),
    ("sessions leads to itself", |root| replaced(&root.join("sessions"), |path| symlink("sessions", path).unwrap())),
    ("sessions is a pipe", |root| replaced(&root.join("sessions"), pipe)),
    ("a year is a file", |root| replaced(&year(root), |path| fs::write(path, "../elsewhere").unwrap())),
    ("a year leads nowhere", |root| replaced(&year(root), |path| symlink("/nowhere", path).unwrap())),
    ("a year leads to itself", |root| replaced(&year(root), |path| symlink("2026", path).unwrap())),
    ("a year is a pipe", |root| replaced(&year(root), pipe)),
    ("another year leads nowhere", |root| symlink("/nowhere", root.join("sessions/1999")).unwrap()),
    ("deleted days are a file", |root| fs::write(root.join("intervals"), "no folder").unwrap()),
    ("deleted days lead nowhere", |root| symlink("/nowhere", root.join("intervals")).unwrap()),
    ("rollers is a file", |root| replaced(&root.join("rollers"), |path| fs::write(path, "no folder").unwrap())),
    ("rollers leads nowhere", |root| replaced(&root.join("rollers"), |path| symlink("/nowhere", path).unwrap())),
];

fn replaced(folder: &Path, put: impl Fn(&Path)) {
    fs::rename(folder, folder.with_file_name("put away")).unwrap();
    put(folder);
}

fn pipe(path: &Path) {
    rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
}

/// The only year.
pub fn year(root: &Path) -> PathBuf {
    fs::read_dir(root.join("sessions")).unwrap().next().unwrap().unwrap().path()
}
