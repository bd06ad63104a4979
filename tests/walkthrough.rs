//! Scripted keys and a hand clock through whole sessions; every screen whole, at two sizes.

mod back;
mod cards;
mod checklist;
mod claims;
mod closing;
mod cursor;
mod guards;
mod held;
mod mirror;
mod named;
mod paging;
mod screens;
mod scripts;
mod stopping;
