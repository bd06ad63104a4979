//! The ledger of rollers is asked again before every key that may bring a roller nearer to the skin: another program may
//! have retired it meanwhile, or its file may be gone.

use super::App;
use engine::protocol::Kind;
use engine::safety::{Roller, Standing, Unfit};
use engine::session::{Effect, Event, Session, Stage};

impl App {
    /// Ids of the rollers about which the ledger is to be asked before the next key; none where no roller is in question.
    pub fn asks_the_ledger(&self) -> Vec<String> {
        if !self.screen.component().facts(self).nears_skin || self.kind() != Kind::Session {
            return Vec::new();
        }
        let in_use = self.session().into_iter().chain(self.candidates.first().map(|candidate| &candidate.session));
        let in_use = in_use.filter_map(Session::roller);
        let on_the_shelf = self.startup.rollers.iter().map(|available| &available.roller);
        // What was taken from the shelf may still be in somebody's hand.
        let barred = self.unfit.keys().cloned();
        in_use.chain(on_the_shelf).map(|roller| roller.id.clone()).chain(barred).collect()
    }

    /// What the ledger says of them. What may not be used is offered no longer.
    pub fn heed_ledger(&mut self, standings: Vec<(String, Standing)>) {
        self.unfit.clear();
        for (id, standing) in standings {
            // A record may tell of it although the ledger was never reached.
            let is_told = self.startup.retired_rollers.contains(&id);
            let Some(why) = Some(Unfit::Retired).filter(|_| is_told).or(standing.unfit()) else { continue };
            self.startup.rollers.retain(|available| available.roller.id != id);
            match standing {
                _ if is_told => {}
                Standing::NotKnown(file) => {
                    self.startup.unread_rollers.retain(|(other, _)| *other != id);
                    self.startup.unread_rollers.push((id.clone(), file));
                }
                Standing::Retired | Standing::InUse => self.startup.retired_rollers.push(id.clone()),
            }
            self.unfit.insert(id, why);
        }
    }

    fn unfit(&self, roller: &Roller) -> Option<Unfit> {
        self.unfit.get(&roller.id).copied()
    }

    /// Why the roller of the session may not touch skin, where it could yet.
    fn unfit_in_use(&self) -> Option<Unfit> {
        let session = self.session()?;
        let is_over = matches!(session.stage(), Stage::HandsFree(_)) && session.section().is_none();
        session.roller().filter(|_| !is_over).and_then(|roller| self.unfit(roller))
    }

    /// What takes the place of `event`, which would bring a roller nearer to the skin; None: nothing does.
    pub(super) fn past_the_ledger(&mut self, event: Event) -> Option<Event> {
        match &event {
            Event::RollerTaken(roller) | Event::RollerSwapped { roller, .. } => {
                let Some(why) = self.unfit(roller) else { return Some(event) };
                let word = match why {
                    Unfit::Retired => "unfit.retired",
                    Unfit::NotKnown => "unfit.not-known",
                };
                let unread = self.startup.unread_rollers.iter().find(|(id, _)| *id == roller.id);
                let file = unread.map_or("", |(_, file)| file);
                self.notice = self.words.fill(word, &[("name", &roller.name), ("file", file)]).into();
                None
            }
            Event::SoakStarted(_)
            | Event::SetUp
            | Event::HandsFree
            | Event::WentOn
            | Event::Enough
            | Event::EnoughTakenBack
            | Event::OneMore
            | Event::TouchedNothing
            | Event::SoakedAgain => Some(self.unfit_in_use().map_or(event, |cause| Event::RollerUnfit { cause })),
            _ => Some(event),
        }
    }

    /// A session that is gone on with shows at once that its roller may not be used.
    pub(super) fn roller_after_going_on(&self) -> Option<Event> {
        self.unfit_in_use().map(|cause| Event::RollerUnfit { cause })
    }

    /// A pack that was opened is not offered as sealed again, neither in this session nor after it.
    pub(super) fn mark_opened(&mut self, effects: &[Effect]) {
        let is_opening = |effect: &Effect| matches!(effect, Effect::Record(entry) if entry.event.opens_a_pack());
        if effects.iter().any(is_opening)
            && let Some(id) = self.session().and_then(Session::roller).map(|roller| roller.id.clone())
        {
            self.startup.unseal(&id);
        }
    }
}
