//! The pieces that several pages are made of. The gallery shows each of them in every state.

mod brand;
mod chart;
mod choice;
mod field;
mod requirement_links;
mod tag;

pub use brand::BrandMark;
pub use chart::{ChartRow, ReadinessChart};
pub use choice::{CheckChoice, RadioChoice};
pub use field::{DateField, NumberField, SelectField, TextField};
pub use requirement_links::RequirementLinks;
pub use tag::{Tag, Tone, standing_tone, verdict_tone};
