//! The event dialect of a record: everything in a protocol is called by its name, never by its place, so that a record
//! can be read without the protocol it was made under.

use engine::protocol::{Consequence, Item, ItemIx, Protocol, Section, Sections};
use engine::safety::{Ago, Answer, Detail, Doctor, Keep, Place, Sureness, Which};
use engine::session::{ByPlace, Dialect, Said, Translate};
use serde::{Deserialize, Serialize};

use super::text::{LONGEST_NOTE, truncated};

/// By name, with the wording that was on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ByName;

impl Dialect for ByName {
    type Item = NamedItem;
    type Answer = NamedAnswer;
    type Stroke = String;
    type Reason = String;
    type Question = NamedQuestion;
}

/// A question of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NamedItem {
    /// Its id.
    pub item: String,
    /// How it was asked. Records of the first builds do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
}

/// A question of the sign-out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NamedQuestion {
    /// How it was asked. Records of the first builds do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// Its id.
    pub question: String,
}

/// Of what a person was not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unsure {
    /// Which of the things that a question names.
    Which,
    /// When.
    When,
}

/// An answer to the checklist. Which fields there are follows from the question.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NamedAnswer {
    /// `no`, `yes` or `not-sure`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub answer: Said,
    /// What a doctor or pharmacist said: `not-asked`, `said-no` or `all-right`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub doctor: Option<Doctor>,
    /// Ids of the things meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub which: Option<Vec<String>>,
    /// Days since it, or since the last of them where one number was asked for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_ago: Option<u32>,
    /// Days since each of them where there are several, in the order of `which`; 0 where the person was not sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_ago_each: Option<Vec<u32>>,
    /// Those of which the person was not sure when, so that they count as today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsure_when: Option<Vec<String>>,
    /// What of `which` and `days_ago` the person was not sure of: `which`, `when`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub unsure_of: Option<Vec<Unsure>>,
    /// Ids of sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<Vec<String>>"))]
    pub sections: Option<Vec<Section>>,
    /// Everywhere, or not sure where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub everywhere: Option<bool>,
    /// `skip` or `go-round`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub keep: Option<Keep>,
}

impl NamedAnswer {
    /// Whether the person was not sure about `what`.
    pub fn is_unsure_of(&self, what: Unsure) -> bool {
        self.unsure_of.iter().flatten().any(|unsure| *unsure == what)
    }

    fn new(answer: Said) -> NamedAnswer {
        NamedAnswer {
            answer,
            doctor: None,
            which: None,
            days_ago: None,
            days_ago_each: None,
            unsure_when: None,
            unsure_of: None,
            sections: None,
            everywhere: None,
            keep: None,
        }
    }

    fn set_waited(&mut self, item: &Item, which: Which, ago: Ago) -> Result<(), &'static str> {
        let mut unsure = Vec::new();
        match which {
            Which::These(chosen) => {
                let ids = chosen.iter().map(|ix| kind_ids(item).get(*ix).copied().map(str::to_owned));
                self.which = Some(ids.collect::<Option<Vec<String>>>().ok_or("which")?);
            }
            Which::NotSure => unsure.push(Unsure::Which),
        }
        match ago {
            Ago::Days(days) => self.days_ago = Some(days),
            Ago::NotSure => unsure.push(Unsure::When),
        }
        self.unsure_of = Some(unsure).filter(|unsure| !unsure.is_empty());
        Ok(())
    }

    fn set_waited_each(&mut self, item: &Item, each: Vec<(usize, Ago)>) -> Result<(), &'static str> {
        let kinds = kind_ids(item);
        let (mut which, mut days, mut unsure) = (Vec::new(), Vec::new(), Vec::new());
        for (ix, ago) in each {
            let id = kinds.get(ix).copied().map(str::to_owned).ok_or("which")?;
            days.push(match ago {
                Ago::Days(days) => days,
                Ago::NotSure => {
                    unsure.push(id.clone());
                    0
                }
            });
            which.push(id);
        }
        (self.which, self.days_ago_each) = (Some(which), Some(days));
        self.unsure_when = Some(unsure).filter(|unsure| !unsure.is_empty());
        Ok(())
    }

    fn waited_each(&self, item: &Item) -> Result<Detail, &'static str> {
        let (ids, days) = (self.which.as_ref().ok_or("which")?, self.days_ago_each.as_ref().ok_or("days_ago_each")?);
        if ids.len() != days.len() || self.days_ago.is_some() || self.unsure_of.is_some() {
            return Err("days_ago_each");
        }
        let unsure: Vec<&String> = self.unsure_when.iter().flatten().collect();
        let said = ids.iter().zip(days);
        if !unsure.iter().all(|unsure| said.clone().any(|(id, days)| id == *unsure && *days == 0)) {
            return Err("unsure_when");
        }
        let kinds = kind_ids(item);
        let each = said.map(|(id, days)| {
            let place = kinds.iter().position(|kind| kind == id)?;
            Some((place, if unsure.contains(&id) { Ago::NotSure } else { Ago::Days(*days) }))
        });
        Ok(Detail::WaitedEach(each.collect::<Option<Vec<_>>>().ok_or("which")?))
    }

    fn set_place(&mut self, place: Place) {
        match place {
            Place::Sections(sections) => self.sections = Some(sections.iter().collect()),
            Place::Everywhere => self.everywhere = Some(true),
        }
    }

    fn waited(&self, item: &Item) -> Result<Detail, &'static str> {
        let which = match &self.which {
            Some(ids) => {
                let kinds = kind_ids(item);
                let places = ids.iter().map(|id| kinds.iter().position(|kind| kind == id));
                Which::These(places.collect::<Option<Vec<usize>>>().ok_or("which")?)
            }
            None if self.is_unsure_of(Unsure::Which) => Which::NotSure,
            None => return Err("which"),
        };
        let ago = match self.days_ago {
            Some(days) => Ago::Days(days),
            None if self.is_unsure_of(Unsure::When) => Ago::NotSure,
            None => return Err("days_ago"),
        };
        Ok(Detail::Waited { which, ago })
    }

    fn place(&self) -> Result<Place, &'static str> {
        match (&self.sections, self.everywhere) {
            (Some(sections), None) => Ok(Place::Sections(sections.iter().copied().collect::<Sections>())),
            (None, Some(true)) => Ok(Place::Everywhere),
            (Some(_) | None, _) => Err("sections"),
        }
    }

    /// The kind of detail follows from which fields are present.
    fn detail(&self, item: &Item) -> Result<Detail, &'static str> {
        if let Some(doctor) = self.doctor {
            Ok(Detail::Doctor(doctor))
        } else if self.days_ago_each.is_some() || self.unsure_when.is_some() {
            self.waited_each(item)
        } else if self.which.is_some() || self.days_ago.is_some() || self.unsure_of.is_some() {
            self.waited(item)
        } else if let Some(keep) = self.keep {
            Ok(Detail::Around { place: self.place()?, keep })
        } else if self.sections.is_some() || self.everywhere.is_some() {
            self.place().map(Detail::Where)
        } else {
            Ok(Detail::Plain)
        }
    }
}

/// The ids of the things that a question with waiting times names.
fn kind_ids(item: &Item) -> Vec<&str> {
    match &item.consequence {
        Consequence::Wait(kinds) => kinds.iter().map(|kind| kind.id.as_str()).collect(),
        Consequence::Stop | Consequence::Ask | Consequence::Area | Consequence::Around => Vec::new(),
    }
}

/// Translates places into names.
pub(super) struct ToNames<'a>(pub(super) &'a Protocol);

impl Translate<ByPlace, ByName> for ToNames<'_> {
    type Unknown = &'static str;

    fn answered(&self, item: ItemIx, answer: Answer) -> Result<(NamedItem, NamedAnswer), &'static str> {
        let item = self.0.checklist.item(item).ok_or("item")?;
        let named = NamedItem { item: item.id.clone(), asked: Some(truncated(&item.question, LONGEST_NOTE)) };
        let Answer::Risk { sureness, detail } = answer else { return Ok((named, NamedAnswer::new(Said::No))) };
        let mut answer = NamedAnswer::new(match sureness {
            Sureness::Yes => Said::Yes,
            Sureness::NotSure => Said::NotSure,
        });
        match detail {
            Detail::Plain => {}
            Detail::Doctor(doctor) => answer.doctor = Some(doctor),
            Detail::Waited { which, ago } => answer.set_waited(item, which, ago)?,
            Detail::WaitedEach(each) => answer.set_waited_each(item, each)?,
            Detail::Where(place) => answer.set_place(place),
            Detail::Around { place, keep } => {
                answer.set_place(place);
                answer.keep = Some(keep);
            }
        }
        Ok((named, answer))
    }

    fn stroke(&self, stroke: usize) -> Result<String, &'static str> {
        self.0.strokes.get(stroke).map(|stroke| stroke.id.clone()).ok_or("stroke")
    }

    fn reason(&self, reason: usize) -> Result<String, &'static str> {
        self.0.stop_reasons.get(reason).map(|reason| reason.id.clone()).ok_or("reason")
    }

    fn question(&self, question: usize) -> Result<NamedQuestion, &'static str> {
        let asked = self.0.sign_out.get(question).ok_or("question")?;
        Ok(NamedQuestion { asked: Some(truncated(&asked.question, LONGEST_NOTE)), question: asked.id.clone() })
    }
}

/// Translates names into places.
pub(super) struct ToPlaces<'a>(pub(super) &'a Protocol);

impl Translate<ByName, ByPlace> for ToPlaces<'_> {
    type Unknown = &'static str;

    fn answered(&self, item: NamedItem, answer: NamedAnswer) -> Result<(ItemIx, Answer), &'static str> {
        let place = self.0.checklist.find(&item.item).ok_or("item")?;
        let item = self.0.checklist.item(place).ok_or("item")?;
        let sureness = match answer.answer {
            Said::No => return Ok((place, Answer::No)),
            Said::Yes => Sureness::Yes,
            Said::NotSure => Sureness::NotSure,
        };
        Ok((place, Answer::Risk { sureness, detail: answer.detail(item)? }))
    }

    fn stroke(&self, stroke: String) -> Result<usize, &'static str> {
        self.0.strokes.iter().position(|known| known.id == stroke).ok_or("stroke")
    }

    fn reason(&self, reason: String) -> Result<usize, &'static str> {
        self.0.stop_reasons.iter().position(|known| known.id == reason).ok_or("reason")
    }

    fn question(&self, question: NamedQuestion) -> Result<usize, &'static str> {
        self.0.sign_out.iter().position(|known| known.id == question.question).ok_or("question")
    }
}
