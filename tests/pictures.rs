//! The README's pictures are those that the program draws.

#[path = "../examples/pictures.rs"]
#[allow(dead_code, unreachable_pub, reason = "its main is the example's")]
mod drawn;

#[test]
fn no_picture_is_stale() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for (name, drawn) in drawn::all() {
        let path = format!("{}/{name}.svg", drawn::FOLDER);
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            drawn == kept,
            "the screen of docs/pictures/{name}.svg has changed. Draw all of them anew, and look at them:\n\
             cargo run --example pictures"
        );
        assert!(readme.contains(&format!("docs/pictures/{name}.svg")), "the README shows {name}");
    }
}

#[test]
fn the_pictures_are_the_same_every_time() {
    assert!(drawn::all() == drawn::all());
}
