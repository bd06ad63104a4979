//! Whole screens, drawn from views made by hand after the design's drawings: how they look, that no size of window
//! breaks them, and that what they say was seen was seen.

mod canary;
mod fixture;
mod later;
mod screens;
mod seen;
mod sizes;
mod sketch;
mod styles;
mod ticks;
