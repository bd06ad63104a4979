//! What was said of a session on a later day.

use serde::Serialize;

#[cfg(test)]
use super::shape;
use crate::record::{FollowUp, Skin, Struck, Timestamp};

/// A note of a day after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Later"))]
pub struct FollowUpRow {
    /// When it was written.
    #[cfg_attr(test, schemars(with = "shape::Moment"))]
    pub written: Timestamp,
    /// Which day after the session it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<u32>,
    /// How the skin was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(with = "shape::Felt"))]
    pub felt: Vec<Skin>,
    /// The person's own words.
    pub text: String,
    /// Where photos are, as absolute paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(with = "shape::Photos"))]
    pub photos: Vec<String>,
    /// It was struck out since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub struck: Option<Struck>,
    /// When it was corrected last; it is given as corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<shape::Moment>"))]
    pub corrected: Option<Timestamp>,
}

impl FollowUpRow {
    pub(super) fn of(follow_up: FollowUp) -> FollowUpRow {
        FollowUpRow {
            written: follow_up.written,
            day: follow_up.day,
            felt: follow_up.felt,
            text: follow_up.text,
            photos: follow_up.photos,
            struck: follow_up.struck,
            corrected: follow_up.corrected,
        }
    }

    /// How the skin was, the person's own words and the names of photos, in one line.
    pub(super) fn said(&self) -> String {
        let felt = self.felt.iter().map(|skin| skin.id().to_owned());
        let mut said: Vec<String> = felt.chain([self.text.clone()]).collect();
        said.retain(|words| !words.is_empty());
        said.extend(self.photo_names().map(|name| format!("photo {name}")));
        said.join(", ")
    }

    /// The file names of the photos: the folders above them are those of one computer, and may name a person. A record
    /// may come from another system.
    pub(super) fn photo_names(&self) -> impl Iterator<Item = &str> {
        self.photos.iter().map(|path| path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default())
    }
}
