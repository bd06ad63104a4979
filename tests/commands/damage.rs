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

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn renamed(path: &Path, name: impl Fn(&str) -> String) {
    fs::rename(path, path.with_file_name(name(self::name(path)))).unwrap();
}

/// `path` in the folder `folder`, seen from its own, which may have to be made.
fn moved(path: &Path, folder: &str) {
    let folder = path.with_file_name(folder);
    fs::create_dir_all(&folder).unwrap();
    fs::rename(path, folder.join(path.file_name().unwrap())).unwrap();
}

pub const MOVES: [Move; 45] = [
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
    ("a folder with its id", |path| {
        fs::remove_file(path).and_then(|()| fs::create_dir(path.with_extension(""))).unwrap()
    }),
    ("half of a download of a browser", |path| moved(path, &format!("{}.download", name(path)))),
    ("an empty folder of a download", |path| {
        fs::remove_file(path).and_then(|()| fs::create_dir(path.with_extension("toml.download"))).unwrap();
    }),
    ("without the end of its id", |path| renamed(path, |name| name.replacen(&name[16..21], "", 1))),
    ("with half of the end of its id", |path| renamed(path, |name| name.replacen(&name[19..21], "", 1))),
    ("two data folders up", |path| renamed(path, |name| format!("../../{name}"))),
    ("among the rollers", |path| renamed(path, |name| format!("../../rollers/{name}"))),
    ("among the serums", |path| moved(path, "../../serums")),
    ("among the deleted days", |path| moved(path, "../../intervals")),
    ("in a folder of its owner", |path| moved(path, "../../old/of last year")),
    ("in a hidden folder of its owner", |path| moved(path, "../../.old/.of last year")),
    ("on its way by rsync", |path| moved(path, "../.~tmp~")),
    ("on its way by rsync, under another name", |path| renamed(path, |name| format!(".{name}.Ab12Cd"))),
    ("in a year on its way", |path| moved(path, "../.2026.partial")),
    ("in a hidden year", |path| moved(path, "../.2026")),
    ("in a hidden folder of its own", |path| {
        moved(path, &format!(".{}.d", path.file_stem().unwrap().to_str().unwrap()))
    }),
    ("in hidden sessions", |path| {
        let sessions = path.parent().unwrap().parent().unwrap();
        fs::rename(sessions, sessions.with_file_name(".sessions")).unwrap();
    }),
    ("open in an editor", |path| renamed(path, |name| format!(".{name}.swp"))),
    ("kept by an editor that died", |path| renamed(path, |name| format!("#{name}#"))),
    ("locked by an editor", |path| {
        fs::remove_file(path).unwrap();
        symlink("anna@bathroom.123", path.with_file_name(format!(".#{}", name(path)))).unwrap();
    }),
    ("what another system keeps beside a file", |path| renamed(path, |name| format!("._{name}"))),
    ("packed", |path| renamed(path, |name| format!("{name}.gz"))),
    ("a later note that iCloud took away", |path| {
        renamed(path, |name| format!(".{}", name.replace(".toml", ".later-20261130T120000Z.toml.icloud")));
    }),
    ("in a year that was copied", |path| {
        fs::rename(path.parent().unwrap(), path.parent().unwrap().with_file_name("copied (1)")).unwrap();
    }),
    ("in a copy of all sessions", |path| {
        let sessions = path.parent().unwrap().parent().unwrap();
        fs::rename(sessions, sessions.with_file_name("sessions 2")).unwrap();
    }),
];

/// Where a record is found again that lost its name, seen from its own folder.
pub const NAMELESS: [&str; 9] = [
    "FSCK0000.REC",
    "FILE0000.CHK",
    "#12345",
    "202611~1.TOM",
    "recovered.toml",
    ".fuse_hidden0000001",
    "../old.bak",
    "../../FSCK0000.REC",
    "../../intervals/FSCK0000.REC",
];

/// What becomes of the folders, below the data folder.
pub const FOLDERS: [Move; 27] = [
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
    ("a year is a packed file", |root| stands_for_year(root, "2026.tar.gz")),
    ("a year is another packed file", |root| stands_for_year(root, "2026.7z")),
    ("a year is a copy that is a file", |root| stands_for_year(root, "2026 (1)")),
    ("a year is a file of another computer", |root| stands_for_year(root, "2026-desktop")),
    ("a year was taken away by iCloud", |root| stands_for_year(root, ".2026.icloud")),
    ("a year is on its way", |root| stands_for_year(root, ".2026.partial")),
    ("sessions were taken away by iCloud", |root| {
        replaced(&root.join("sessions"), |path| fs::write(path.with_file_name(".sessions.icloud"), "").unwrap());
    }),
    ("sessions are a packed file", |root| {
        replaced(&root.join("sessions"), |path| fs::write(path.with_file_name("sessions.tar.gz"), "").unwrap());
    }),
    ("deleted days were taken away by iCloud", |root| fs::write(root.join(".intervals.icloud"), "").unwrap()),
    ("deleted days are copied to nowhere", |root| symlink("/nowhere", root.join("intervals (1)")).unwrap()),
    ("a folder of its owner lies too deep", |root| fs::create_dir_all(root.join("a/".repeat(20))).unwrap()),
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

/// The year of the session is gone, and something of that name is there.
fn stands_for_year(root: &Path, name: &str) {
    let year = year(root);
    let name = name.replace("2026", self::name(&year));
    replaced(&year, |path| fs::write(path.with_file_name(name.as_str()), "").unwrap());
}

fn pipe(path: &Path) {
    rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
}

/// The only year.
pub fn year(root: &Path) -> PathBuf {
    fs::read_dir(root.join("sessions")).unwrap().next().unwrap().unwrap().path()
}
