//! What is handed on: the oldest toolchain, the Debian package, what `cargo deny` is to hold.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::readme::document::{CONTRIBUTING, README, blocks};
use crate::readme::home::{lived_in, typed};
use crate::support::pty::PROGRAM;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn manifest() -> toml::Table {
    include_str!("../../Cargo.toml").parse().unwrap()
}

/// The crates of Cargo.lock, each as its table.
fn locked() -> Vec<toml::Table> {
    let lock: toml::Table = include_str!("../../Cargo.lock").parse().unwrap();
    lock["package"].as_array().unwrap().iter().map(|package| package.as_table().unwrap().clone()).collect()
}

#[test]
fn the_oldest_toolchain_is_the_same_wherever_it_is_named() {
    let manifest = manifest();
    let oldest = manifest["workspace"]["package"]["rust-version"].as_str().unwrap();
    for (name, text) in [("README.md", README), ("CONTRIBUTING.md", CONTRIBUTING)] {
        let named: Vec<&str> = text
            .match_indices("1.")
            .map(|(at, _)| text[at..].split(|c: char| c != '.' && !c.is_ascii_digit()).next().unwrap())
            .filter(|version| version.trim_end_matches('.').len() == oldest.len())
            .map(|version| version.trim_end_matches('.'))
            .collect();
        assert!(!named.is_empty() && named.iter().all(|version| *version == oldest), "{name} names {named:?}");
        assert!(text.contains(&format!("Rust {oldest}")), "{name} names Rust {oldest}");
    }
}

#[test]
fn building_it_runs_no_script() {
    assert!(manifest()["package"].get("build").is_none());
    assert!(!Path::new(ROOT).join("build.rs").exists());
}

#[test]
fn the_package_finds_what_it_ships_once_the_release_was_made_as_described() {
    let house = lived_in();
    let release = house.path().join("target/release");
    fs::create_dir_all(&release).unwrap();
    symlink(PROGRAM, release.join("dermaroll")).unwrap();
    let blocks = blocks(CONTRIBUTING);
    let lines = blocks.iter().find(|block| block.iter().any(|line| line.contains("target/pages"))).unwrap();
    typed(&house, &lines.join("\n")).done();

    let manifest = manifest();
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().unwrap();
    let sources: Vec<&str> = assets.iter().map(|asset| asset[0].as_str().unwrap()).collect();
    for source in &sources {
        let root = if source.starts_with("target/") { house.path() } else { Path::new(ROOT) };
        let path = root.join(source);
        match source.split_once('*') {
            Some((_, end)) => {
                let mut names = fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().file_name());
                assert!(names.any(|name| name.to_str().unwrap().ends_with(end)), "{source} is not made");
            }
            None => assert!(path.exists(), "{source} is not there"),
        }
    }
    for needed in ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "target/pages/man/*.1"] {
        assert!(sources.contains(&needed), "{needed} is not shipped");
    }
}

#[test]
fn what_cargo_deny_refuses_is_not_there() {
    let deny: toml::Table = include_str!("../../deny.toml").parse().unwrap();
    let denied: Vec<&str> =
        deny["bans"]["deny"].as_array().unwrap().iter().map(|entry| entry["crate"].as_str().unwrap()).collect();
    for needed in ["tokio", "hyper", "reqwest", "openssl", "rustls"] {
        assert!(denied.contains(&needed), "{needed} is not refused");
    }
    for package in locked() {
        let name = package["name"].as_str().unwrap();
        assert!(!denied.contains(&name), "{name} brings network code");
        let source = package.get("source").map_or("", |source| source.as_str().unwrap());
        assert!(name.starts_with("dermaroll") || source.starts_with("registry+"), "{name} comes from {source}");
    }
}
