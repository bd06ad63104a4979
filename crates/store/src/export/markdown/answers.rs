//! Answers of yes and not sure in the question's own words, also those that let the session go on.

use super::document::{Document, Grouped, own};
use super::reactions::{is_of_skin, sign_out};
use crate::export::words::id;
use crate::record::Past;
use crate::record::show::answer_words;
use engine::protocol::SignOutItem;
use engine::session::Said;

pub(super) fn write(page: &mut Document, shown: &[&Past]) {
    let mut found = Grouped::default();
    for session in shown {
        for row in session.answers.iter().filter(|row| row.answer.answer != Said::No) {
            let said = own(&answer_words(&page.record, &row.answer));
            let what = match row.asked.as_deref().filter(|asked| !asked.is_empty()) {
                Some(asked) => format!("{} {said}", own(asked)),
                None => format!("{}: {said}", own(&id(&row.item))),
            };
            found.add(what, session.day());
        }
        // In these two, which are asked no longer, yes meant that all was well; the roller's line tells of bent needles.
        let is_turned = |id: &str| [SignOutItem::NEEDLES_STRAIGHT, SignOutItem::ROLLER_WASHED].contains(&id);
        let asked = session.sign_out.iter().filter(|asked| !is_of_skin(asked) && !is_turned(&asked.question));
        for asked in asked.filter(|asked| asked.said != Said::No) {
            found.add(sign_out(page, asked), session.day());
        }
    }
    if found.is_empty() && shown.iter().any(|session| !session.answers.is_empty()) {
        page.item("answers.none", &[]);
    }
    found.write(page, "answers.line");
}
