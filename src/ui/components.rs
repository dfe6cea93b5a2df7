//! The pieces that several pages are made of. The gallery shows each of them in every state.

mod brand;
mod chart;
mod choice;
mod field;
mod figure;
mod open_row;
mod pieces;
mod requirement_links;
mod sheet;
mod tag;
mod term_link;

pub use brand::brand_mark;
pub use chart::{ChartRow, bar_row, bar_within, percent, readiness_bar, readiness_chart, stacked_bar};
pub use choice::{check_choice, radio_choice};
pub use field::{
    TextField, date_field, fixed, framed_field, framework_choices, number_control, number_field, select_field,
};
pub use figure::chart_figure;
pub use open_row::OpenRow;
pub use pieces::{
    actions, breadcrumb, button, button_link, empty, folded, framed_table, head_cell, hidden_words, link, list,
    named_section, note, notice, page, page_head, paragraph, row, row_head, section, table, table_body,
    table_with_heads,
};
pub use requirement_links::requirement_links;
pub use sheet::{SheetForm, field_id, open_link, sheet_fields, tone_of_choice};
pub use tag::{Tone, grade_tone, standing_tone, tag, verdict_tone};
pub use term_link::{help_href, term_link};
