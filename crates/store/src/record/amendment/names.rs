//! The names of the files of amendments.

use super::{Amendment, What};
use crate::calendar::compact_timestamp;
use crate::record::folder;
use crate::record::names::{has_shape, start_of_id};
use engine::timeline::Wall;

/// When an amendment was written, in UTC, and four random characters, as in its name.
const STAMP: &str = "99999999-999999-xxxx";

/// A name for the file of `amendment`, which always has four random characters, so that two computers never write the
/// same one.
pub(super) fn of(amendment: &Amendment) -> String {
    let what: &str = amendment.what.into();
    // Not in the shape of an id: whatever has one in its name may stand for a session.
    let stamp = compact_timestamp(amendment.written.wall().unix).replace('T', "-").replace('Z', "");
    format!("{}.{what}-{stamp}-{}.toml", amendment.of, folder::random_name(4))
}

/// The name, without the extension, of the file that an amendment called `name` is about; None if it is not the name of
/// one.
pub(in crate::record) fn amended(name: &str) -> Option<&str> {
    parts(name).map(|(stem, _, _)| stem)
}

/// What the name of an amendment tells: what it is about, what it does, and its stamp.
pub(super) fn parts(name: &str) -> Option<(&str, What, &str)> {
    let name = name.strip_suffix(".toml")?;
    let (before, stamp) = name.split_at_checked(name.len().checked_sub(STAMP.len())?)?;
    let (stem, what) = before.strip_suffix('-')?.rsplit_once('.')?;
    let what = what.parse().ok()?;
    (has_shape(stamp, STAMP) && !stem.is_empty()).then_some((stem, what, stamp))
}

/// When an amendment with this `stamp` in its name was written.
pub(super) fn written_at(stamp: &str) -> Option<Wall> {
    let (day, time) = stamp.split_once('-')?;
    start_of_id(&format!("{day}T{}Z", time.get(..6)?))
}

/// Whether a file called `name` looks like an amendment, or like a copy of one that another program made. It says
/// nothing of a roller being retired.
pub(in crate::record) fn looks_like_one(name: &str) -> bool {
    let is_one = |what: What| {
        let mark = format!(".{}-", <&str>::from(what));
        name.match_indices(&mark).any(|(at, mark)| {
            let stamp = name.get(at + mark.len()..).and_then(|rest| rest.get(..STAMP.len()));
            stamp.is_some_and(|stamp| has_shape(stamp, STAMP))
        })
    };
    [What::Struck, What::Unstruck, What::Corrected].into_iter().any(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "20261122T183000Z-ab12";

    #[test]
    fn a_name_tells_what_it_is_about() {
        for (name, of) in [
            ("20261122T183000Z-ab12.struck-20261130-221000-k3m9.toml", Some(OWN)),
            ("20261122T183000Z-ab12.unstruck-20261130-221000-k3m9.toml", Some(OWN)),
            ("blue-0-13.corrected-20261130-221000-k3m9.toml", Some("blue-0-13")),
            (
                "20261122T183000Z-ab12.later-20261123T080000Z.struck-20261130-221000-k3m9.toml",
                Some("20261122T183000Z-ab12.later-20261123T080000Z"),
            ),
            ("blue.struck-20261130-221000.toml", None),
            ("blue.struck-20261130-221000-k3m9 (1).toml", None),
            ("blue.shown-20261130-221000-k3m9.toml", None),
            (".struck-20261130-221000-k3m9.toml", None),
            ("日本.toml", None),
            ("", None),
        ] {
            assert_eq!(amended(name), of, "{name}");
        }
        assert!(looks_like_one("blue.struck-20261130-221000-k3m9 (conflicted copy).toml"));
        assert!(!looks_like_one("blue.struck-by hand.toml"));
    }
}
