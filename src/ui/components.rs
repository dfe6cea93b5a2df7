//! The pieces that several pages are made of. The gallery shows each of them in every state.

mod brand;
mod chart;
mod choice;
mod field;
mod pieces;
mod requirement_links;
mod tag;

pub use brand::BrandMark;
pub use chart::{ChartRow, readiness_bar, readiness_chart, stacked_bar};
pub use choice::{CheckChoice, RadioChoice};
pub use field::{DateField, NumberField, SelectField, TextField};
pub use pieces::{
    actions, breadcrumb, button_link, empty, folded, item, link, note, page, page_head, paragraph, row, section, table,
    table_body, table_with_heads, text,
};
pub use requirement_links::requirement_links;
pub use tag::{Tag, Tone, standing_tone, tag, verdict_tone};
