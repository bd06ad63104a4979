//! The protocol: the embedded file, or another one that replaces it.

use core::time::Duration;

use toml::Spanned;

use super::limits::{Limits, trial_hint};
use super::raw::{
    RawAftercare, RawProtocol, RawRedFlag, RawRedFlags, RawRehearsal, RawSection, RawSignOut, RawStopReason, RawStroke,
    Text,
};
use super::refusal::Refusal;
use super::source::Source;
use super::span;
use super::text::{count, firmness, id, one_of, optional_text, origin, required_text, title, unique};
use super::times::{TimeName, all, within};
use engine::protocol::{
    Aftercare, Direction, PerSection, RedFlags, Section, SectionWords, SignOutItem, StopReason, Stroke, Times,
};

/// The embedded text of the protocol.
pub(super) const TEXT: &str = include_str!("../../assets/protocol.toml");

pub(super) const DIRECTIONS: [(&str, Direction); 4] = [
    ("up-down", Direction::UpDown),
    ("side-to-side", Direction::SideToSide),
    ("diagonal", Direction::Diagonal),
    ("other-diagonal", Direction::OtherDiagonal),
];

/// The keys that may choose a reason for stopping.
pub(super) const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// What a protocol file says, checked; without its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProtocolFile {
    pub(super) id: String,
    pub(super) times: Times,
    pub(super) order: Vec<Section>,
    pub(super) sections: PerSection<SectionWords>,
    pub(super) strokes: Vec<Stroke>,
    pub(super) fixed: Fixed,
}

/// What holds for every protocol: a file may add to the lists and cannot change anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) stop_reasons: Vec<StopReason>,
    pub(super) sign_out: Vec<SignOutItem>,
    pub(super) aftercare: Vec<Aftercare>,
    pub(super) red_flags: RedFlags,
    pub(super) rehearsal: Rehearsal,
}

/// How a rehearsal differs from a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rehearsal {
    /// `stroke` is not used: the first section has the pace of the session.
    pub(super) times: Times,
    pub(super) questions: Vec<String>,
}

/// Checks the embedded file.
pub(super) fn built_in(source: &Source, raw: &RawProtocol, limits: &Limits) -> Result<ProtocolFile, Refusal> {
    let (Some(red_flags), Some(rehearsal)) = (&raw.red_flags, &raw.rehearsal) else {
        return Err(source.refuse(raw.id.span(), "[red_flags] or [rehearsal] is missing", "Add it."));
    };
    if let Some(name) = TimeName::ALL.into_iter().find(|name| !raw.sources.contains_key(name)) {
        let what = format!("the time {} has no source", name.id());
        return Err(source.refuse(raw.times.span(), what, "Name it in [sources]."));
    }
    let fixed = Fixed {
        stop_reasons: Vec::new(),
        sign_out: Vec::new(),
        aftercare: Vec::new(),
        red_flags: read_red_flags(source, red_flags.get_ref(), limits, false)?,
        rehearsal: read_rehearsal(source, rehearsal.get_ref(), limits)?,
    };
    let sections = PerSection::default();
    Reader { source, limits, own: false, trial: false }.file(raw, sections, fixed)
}

/// Checks a file that replaces the embedded one. The embedded words for stopping and for afterwards stay.
pub(super) fn own(
    source: &Source,
    raw: &RawProtocol,
    base: &ProtocolFile,
    limits: &Limits,
    trial: bool,
) -> Result<ProtocolFile, Refusal> {
    Reader { source, limits, own: true, trial }.file(raw, base.sections.clone(), base.fixed.clone())
}

struct Reader<'a> {
    source: &'a Source,
    limits: &'a Limits,
    own: bool,
    trial: bool,
}

impl Reader<'_> {
    /// What the file says over `sections` and `fixed`, which it may fill or add to.
    fn file(
        &self,
        raw: &RawProtocol,
        sections: PerSection<SectionWords>,
        fixed: Fixed,
    ) -> Result<ProtocolFile, Refusal> {
        let Reader { source, limits, trial, .. } = *self;
        let (order, sections) = self.sections(&raw.section, sections)?;
        for from in raw.sources.values() {
            firmness(source, &from.firmness, &from.source)?;
        }
        self.check_fixed(raw, &fixed)?;
        Ok(ProtocolFile {
            id: id(source, &raw.id)?,
            times: all(source, &raw.times, |name| limits.time(name, trial), trial_hint(trial))?,
            order,
            sections,
            strokes: self.strokes(&raw.stroke)?,
            fixed: Fixed {
                stop_reasons: self.stop_reasons(&raw.stop_reason, fixed.stop_reasons)?,
                sign_out: self.sign_out(&raw.sign_out, fixed.sign_out)?,
                aftercare: self.aftercare(&raw.aftercare, fixed.aftercare)?,
                ..fixed
            },
        })
    }

    /// Refuses a change to what every protocol shares. A copy of the embedded file repeats it, which is in order.
    fn check_fixed(&self, raw: &RawProtocol, fixed: &Fixed) -> Result<(), Refusal> {
        let todo = "Take it out: the embedded one holds for every protocol.";
        if let Some(text) = &raw.see_a_doctor {
            let todo =
                "Take it out, and the [[aftercare]] that version 0.1.0 had: the embedded ones hold for every protocol.";
            return Err(self.source.refuse(text.span(), "see_a_doctor stands in [red_flags] now", todo));
        }
        if let Some(raw) = &raw.red_flags
            && read_red_flags(self.source, raw.get_ref(), self.limits, self.own)? != fixed.red_flags
        {
            return Err(self.source.refuse(raw.span(), "[red_flags] cannot be changed", todo));
        }
        if let Some(raw) = &raw.rehearsal
            && read_rehearsal(self.source, raw.get_ref(), self.limits)? != fixed.rehearsal
        {
            return Err(self.source.refuse(raw.span(), "the rehearsal cannot be changed", todo));
        }
        Ok(())
    }

    fn sections(
        &self,
        raw: &Spanned<Vec<RawSection>>,
        mut sections: PerSection<SectionWords>,
    ) -> Result<(Vec<Section>, PerSection<SectionWords>), Refusal> {
        let known = Section::ALL.map(|section| (section.id(), section));
        let mut order = Vec::new();
        if let Some(sixth) = raw.get_ref().get(known.len()) {
            let what = format!("there are {} sections", raw.get_ref().len());
            let todo =
                format!("Give at most {} sections, each once: {}.", known.len(), known.map(|(id, _)| id).join(", "));
            return Err(self.source.refuse(sixth.id.span(), what, todo));
        }
        unique(self.source, "section", raw.get_ref().iter().map(|section| &section.id))?;
        for section in raw.get_ref() {
            let which = one_of(self.source, "section", &section.id, &known)?;
            sections[which] = self.section(section, &sections[which])?;
            order.push(which);
        }
        count(self.source, "section", raw, Section::ALL.len())?;
        Ok((order, sections))
    }

    fn section(&self, raw: &RawSection, base: &SectionWords) -> Result<SectionWords, Refusal> {
        let say = |key: &str, text: &Text| required_text(self.source, key, text, self.limits);
        // Eye, nose and lips are guarded whatever a file says.
        let keep_off = keep_off(&base.keep_off, &say("keep_off", &raw.keep_off)?);
        let bounds = match &raw.bounds {
            Some(text) => bounds(&base.bounds, &optional_text(self.source, "bounds", text, self.limits)?),
            None => base.bounds.clone(),
        };
        Ok(SectionWords {
            name: title(self.source, "name", &raw.name, self.limits)?,
            bare: title(self.source, "bare", &raw.bare, self.limits)?,
            short: title(self.source, "short", &raw.short, self.limits)?,
            covers: say("covers", &raw.covers)?,
            bounds: self.fitting("bounds", bounds, raw.bounds.as_ref().unwrap_or(&raw.id))?,
            keep_off: self.fitting("keep_off", keep_off, &raw.keep_off)?,
            hands: say("hands", &raw.hands)?,
            source: self.origin(&raw.id, raw.firmness.as_ref(), raw.source.as_ref())?,
        })
    }

    /// `text`, which holds the embedded text and what the file adds to it `at` a place, if it is not too long.
    fn fitting(&self, key: &str, text: String, at: &Text) -> Result<String, Refusal> {
        let (length, most) = (text.chars().count(), self.limits.text_characters);
        if length > most {
            let what = format!("{key} has {length} characters with the embedded text, which stays");
            return Err(self.source.refuse(at.span(), what, format!("Write at most {most} in all.")));
        }
        Ok(text)
    }

    fn strokes(&self, raw: &Spanned<Vec<RawStroke>>) -> Result<Vec<Stroke>, Refusal> {
        let source = self.source;
        count(source, "stroke", raw, self.limits.strokes)?;
        unique(source, "id", raw.get_ref().iter().map(|stroke| &stroke.id))?;
        unique(source, "direction", raw.get_ref().iter().map(|stroke| &stroke.direction))?;
        let stroke = |raw: &RawStroke| {
            Ok(Stroke {
                id: id(source, &raw.id)?,
                direction: one_of(source, "direction", &raw.direction, &DIRECTIONS)?,
                name: title(source, "name", &raw.name, self.limits)?,
                short: title(source, "short", &raw.short, self.limits)?,
                source: self.origin(&raw.id, raw.firmness.as_ref(), raw.source.as_ref())?,
            })
        };
        raw.get_ref().iter().map(stroke).collect()
    }

    fn stop_reasons(&self, raw: &[RawStopReason], mut all: Vec<StopReason>) -> Result<Vec<StopReason>, Refusal> {
        unique(self.source, "id", raw.iter().map(|reason| &reason.id))?;
        for reason in raw {
            self.origin(&reason.id, reason.firmness.as_ref(), reason.source.as_ref())?;
            let keys = DIGITS.map(|key| (key, key.chars().next()));
            let one = StopReason {
                id: id(self.source, &reason.id)?,
                key: one_of(self.source, "key", &reason.key, &keys)?.unwrap_or_default(),
                text: required_text(self.source, "text", &reason.text, self.limits)?,
                advice: match &reason.advice {
                    Some(text) => required_text(self.source, "do", text, self.limits)?,
                    None => String::new(),
                },
                alarming: reason.alarming,
                emergency_line: reason.emergency_line,
                before_rolling: reason.before_rolling,
                no_serum: reason.no_serum,
            };
            if let Some(one) = self.if_new(&all, one, &reason.id, self.limits.stop_reasons, |one| &one.id)? {
                if let Some(taken) = all.iter().find(|known| known.key == one.key) {
                    let what = format!("the key {} chooses {:?} already", one.key, taken.text);
                    return Err(self.source.refuse(reason.key.span(), what, "Give it a digit that is free."));
                }
                all.push(one);
            }
        }
        Ok(all)
    }

    fn sign_out(&self, raw: &[RawSignOut], mut all: Vec<SignOutItem>) -> Result<Vec<SignOutItem>, Refusal> {
        unique(self.source, "id", raw.iter().map(|item| &item.id))?;
        for item in raw {
            self.origin(&item.id, item.firmness.as_ref(), item.source.as_ref())?;
            // The embedded questions ask the same in another way.
            if SignOutItem::FORMER.contains(&item.id.get_ref().as_str()) {
                continue;
            }
            let what_to_do = item.what_to_do.as_ref();
            let what_to_do = what_to_do.map(|text| optional_text(self.source, "do", text, self.limits)).transpose()?;
            let one = SignOutItem {
                id: id(self.source, &item.id)?,
                question: required_text(self.source, "question", &item.question, self.limits)?,
                short: required_text(self.source, "short", &item.short, self.limits)?,
                may_be_unsure: item.may_be_unsure,
                no_serum: item.no_serum,
                what_to_do: what_to_do.unwrap_or_default(),
            };
            all.extend(self.if_new(&all, one, &item.id, self.limits.sign_out, |one| &one.id)?);
        }
        Ok(all)
    }

    fn aftercare(&self, raw: &[RawAftercare], mut all: Vec<Aftercare>) -> Result<Vec<Aftercare>, Refusal> {
        for line in raw {
            let (span, lasts) = span::read(self.source, &line.span)?;
            let one = Aftercare {
                span,
                lasts,
                text: required_text(self.source, "text", &line.text, self.limits)?,
                source: self.origin(&line.text, line.firmness.as_ref(), line.source.as_ref())?,
            };
            if !all.contains(&one) {
                self.check_room(all.len(), &line.text, self.limits.aftercare)?;
                all.push(one);
            }
        }
        Ok(all)
    }

    /// `one` if it is new, None if it repeats a known one word for word; a change to a known one is refused.
    fn if_new<T: PartialEq>(
        &self,
        known: &[T],
        one: T,
        at: &Text,
        most: usize,
        name: impl Fn(&T) -> &String,
    ) -> Result<Option<T>, Refusal> {
        match known.iter().find(|known| name(known) == name(&one)) {
            Some(known) if *known == one => Ok(None),
            Some(_) => {
                let what = format!("the embedded entry {:?} cannot be changed", name(&one));
                let todo = "Add entries under ids of your own; the embedded ones always stay as they are.";
                Err(self.source.refuse(at.span(), what, todo))
            }
            None => self.check_room(known.len(), at, most).map(|()| Some(one)),
        }
    }

    fn check_room(&self, taken: usize, at: &Text, most: usize) -> Result<(), Refusal> {
        if taken < most {
            return Ok(());
        }
        let todo = format!("Take some out: {most} are possible, the embedded ones included.");
        Err(self.source.refuse(at.span(), "there is no room for this one", todo))
    }

    fn origin(&self, of: &Text, tag: Option<&Text>, from: Option<&Text>) -> Result<String, Refusal> {
        origin(self.source, of, tag, from, self.own)
    }
}

/// What to keep off: the embedded parts, which a file cannot take away, and the parts that it adds.
fn keep_off(embedded: &str, own: &str) -> String {
    let parts = |text| str::split(text, ',').map(str::trim).filter(|part| !part.is_empty());
    let mut all: Vec<&str> = parts(embedded).collect();
    for part in parts(own) {
        if !all.contains(&part) {
            all.push(part);
        }
    }
    all.join(", ")
}

/// Where a section ends: the embedded text, which a file cannot take away, and what it adds.
fn bounds(embedded: &str, own: &str) -> String {
    match (embedded, own) {
        ("", text) | (text, "") => text.to_owned(),
        (embedded, own) if own.starts_with(embedded) => own.to_owned(),
        (embedded, own) => format!("{embedded} {own}"),
    }
}

fn read_red_flags(source: &Source, raw: &RawRedFlags, limits: &Limits, own: bool) -> Result<RedFlags, Refusal> {
    let line = |raw: &RawRedFlag| {
        origin(source, &raw.text, raw.firmness.as_ref(), raw.source.as_ref(), own)?;
        required_text(source, "text", &raw.text, limits)
    };
    Ok(RedFlags {
        emergency: line(&raw.emergency)?,
        same_day: line(&raw.same_day)?,
        see_a_doctor: line(&raw.see_a_doctor)?,
    })
}

fn read_rehearsal(source: &Source, raw: &RawRehearsal, limits: &Limits) -> Result<Rehearsal, Refusal> {
    let questions = raw.questions.iter().map(|question| id(source, question)).collect::<Result<_, _>>()?;
    Ok(Rehearsal { times: rehearsal_times(source, raw, limits)?, questions })
}

/// Nothing touches the skin in a rehearsal, so its times need not keep to the ranges of a session.
fn rehearsal_times(source: &Source, raw: &RawRehearsal, limits: &Limits) -> Result<Times, Refusal> {
    let range = limits.trial();
    let time = |key: &str, text: &Text| within(source, key, text, &range, "");
    Ok(Times {
        contact: time("contact", &raw.contact)?,
        prepare: time("prepare", &raw.prepare)?,
        hand_clean: time("hand_clean", &raw.hand_clean)?,
        get_ready: time("get_ready", &raw.get_ready)?,
        stroke: Duration::ZERO,
        later_stroke: time("later_stroke", &raw.later_stroke)?,
        move_on: time("move", &raw.move_on)?,
        saline: time("saline", &raw.saline)?,
        serum: time("serum", &raw.serum)?,
    })
}
