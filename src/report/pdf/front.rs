//! Sets the pages before the body, the cover and the contents list, and the lines at the head and foot of the pages.

use super::flow::{Flow, SetHeading, height_of};
use super::fonts::{Fonts, Line};
use super::sheet::{Area, Artifact, Pen, Rule, Sheet};
use super::tags::{Link, NodeId, Place, Role};
use super::text;
use super::theme::{self, Colour, Style};
use crate::report::paper::{Block, Paper};

/// The heading over the contents list.
const CONTENTS: &str = "Contents";
const BAND_HEIGHT: f32 = 330.0;
const LABEL_WIDTH: f32 = 132.0;

/// Sets the cover.
pub(super) fn set_cover(flow: &mut Flow, parent: NodeId, paper: &Paper) {
    let section = flow.tags.add(parent, Role::Sect);
    flow.sheet().has_footer = false;
    let measure = flow.measure();
    let title = fitting_title(flow.fonts, &paper.title, measure);
    let subtitle = flow.fonts.wrap(&paper.subtitle, &theme::COVER_SUBTITLE, measure);
    let text_height = height_of(&title.lines, &title.style) + 12.0 + height_of(&subtitle, &theme::COVER_SUBTITLE);
    let band = Area {
        x: 0.0,
        y: 0.0,
        width: flow.sheet().width,
        height: BAND_HEIGHT.max(text_height + 216.0),
    };
    flow.ornament(|pen| draw_band(pen, band));
    flow.y = band.height - 46.0 - text_height;
    let left = flow.left();
    let node = flow.text_node(section, Role::H1, &paper.title);
    flow.set_lines(node, left, &title.lines, &title.style);
    flow.y += 12.0;
    let node = flow.text_node(section, Role::P, &paper.subtitle);
    flow.set_lines(node, left, &subtitle, &theme::COVER_SUBTITLE);
    flow.y = band.height + 44.0;
    set_cover_pairs(flow, section, &paper.cover);
    set_cover_note(flow, section, &paper.cover_note);
}

struct Title {
    lines: Vec<Line>,
    style: Style,
}

/// The title in the largest size that keeps it within three lines.
fn fitting_title(fonts: &Fonts, text: &str, width: f32) -> Title {
    let sized = |factor: f32| {
        let style = theme::COVER_TITLE.scaled(factor);
        Title {
            lines: fonts.wrap(text, &style, width),
            style,
        }
    };
    [1.0, 0.82]
        .into_iter()
        .map(sized)
        .find(|title| title.lines.len() <= 3)
        .unwrap_or_else(|| sized(0.66))
}

/// The coloured band with its pattern of squares: full, half-filled, empty, as in the charts of the paper.
fn draw_band(pen: &mut Pen, band: Area) {
    pen.fill(band, theme::ACCENT);
    // One row of the pattern per string; '#' is full, '=' is half-filled, 'o' is empty.
    let rows = ["####=##=o", " ###=#=oo", "   ##=o=o", "      =oo"];
    let (side, step) = (15.0, 21.0);
    for (row, squares) in (0u8..).zip(rows) {
        for (column, square) in (0u8..).zip(squares.chars()) {
            let x = band.width - theme::MARGIN_SIDE - side - f32::from(8 - column) * step;
            let area = Area {
                x,
                y: 56.0 + f32::from(row) * step,
                width: side,
                height: side,
            };
            draw_square(pen, square, area, theme::ACCENT_LIGHT);
        }
    }
}

fn draw_square(pen: &mut Pen, square: char, area: Area, colour: Colour) {
    let half = area.height / 2.0;
    match square {
        '#' => pen.fill(area, colour),
        '=' => {
            pen.fill(
                Area {
                    y: area.y + half,
                    height: half,
                    ..area
                },
                colour,
            );
            pen.outline(area, Rule::solid(colour, 1.0));
        }
        'o' => pen.outline(area, Rule::solid(colour, 1.0)),
        _ => {}
    }
}

/// The pairs of label and value, with a hairline under each.
fn set_cover_pairs(flow: &mut Flow, section: NodeId, pairs: &[(String, String)]) {
    if pairs.is_empty() {
        return;
    }
    let list = flow.tags.add(section, Role::List);
    let left = flow.left();
    let right = left + flow.measure();
    for (label, value) in pairs {
        let labels = flow.fonts.wrap(label, &theme::COVER_LABEL, LABEL_WIDTH - 10.0);
        let values = flow
            .fonts
            .wrap(value, &theme::COVER_VALUE, flow.measure() - LABEL_WIDTH);
        let height = height_of(&labels, &theme::COVER_LABEL).max(height_of(&values, &theme::COVER_VALUE)) + 11.0;
        flow.open(height);
        let top = flow.y + 5.0;
        let foot = flow.y + height;
        flow.ornament(|pen| pen.rule((left, foot), (right, foot), Rule::solid(theme::HAIRLINE, 0.6)));
        let pair = flow.tags.add(list, Role::ListItem);
        let pair = flow.tags.add(pair, Role::ListBody);
        let node = flow.text_node(pair, Role::P, label);
        flow.draw(node, |pen| pen.lines(left, top, &labels, &theme::COVER_LABEL));
        let node = flow.text_node(pair, Role::P, value);
        flow.draw(node, |pen| {
            pen.lines(left + LABEL_WIDTH, top, &values, &theme::COVER_VALUE)
        });
        flow.y = foot;
    }
}

/// The note, at the foot of the cover where there is room.
fn set_cover_note(flow: &mut Flow, section: NodeId, note: &str) {
    if note.is_empty() {
        return;
    }
    let lines = flow.fonts.wrap(note, &theme::SMALL, flow.measure());
    flow.gap(theme::GAP_WIDE);
    let spare = flow.room() - height_of(&lines, &theme::SMALL);
    flow.y += spare.max(0.0);
    flow.open(height_of(&lines, &theme::SMALL));
    let node = flow.text_node(section, Role::P, note);
    let left = flow.left();
    flow.set_lines(node, left, &lines, &theme::SMALL);
}

/// Sets the contents list on pages of its own. `headings` says where the headings stand, in order; on the first
/// setting, when nobody knows, it is empty and the numbers are left out.
pub(super) fn set_contents(flow: &mut Flow, parent: NodeId, blocks: &[Block], headings: &[SetHeading]) {
    let titles: Vec<(u8, &str)> = blocks.iter().filter_map(listed_heading).collect();
    if titles.is_empty() {
        return;
    }
    flow.next_page();
    let section = flow.tags.add(parent, Role::Sect);
    text::set_heading(flow, section, 1, Role::H1, CONTENTS, 0.0);
    // The list looks up the headings of the body: the first heading of the draft is the one over this list.
    let mut places = headings
        .iter()
        .skip(1)
        .filter(|heading| heading.level <= 2)
        .map(|heading| heading.place);
    let list = flow.tags.add(section, Role::Contents);
    for (level, title) in titles {
        set_contents_line(flow, list, level, title, places.next());
    }
}

fn listed_heading(block: &Block) -> Option<(u8, &str)> {
    match block {
        Block::Heading { level, text } => (*level <= 2).then_some((*level, text.as_str())),
        Block::Paragraph(_)
        | Block::Callout { .. }
        | Block::Bullets(_)
        | Block::Figures(_)
        | Block::Bars(_)
        | Block::Chart(_)
        | Block::Table(_) => None,
    }
}

fn set_contents_line(flow: &mut Flow, list: NodeId, level: u8, title: &str, place: Option<Place>) {
    let is_chapter = level <= 1;
    let style = if is_chapter { theme::BODY.bold() } else { theme::BODY };
    let indent = if is_chapter { 0.0 } else { 14.0 };
    let (left, measure) = (flow.left(), flow.measure());
    let number_style = if is_chapter {
        style.in_colour(theme::ACCENT)
    } else {
        style.in_colour(theme::MUTED)
    };
    let number = place.map(|place| flow.fonts.line(&(place.page + 1).to_string(), &number_style));
    let lines = flow.fonts.wrap(title, &style, measure - indent - 44.0);
    let height = height_of(&lines, &style);
    flow.gap(if is_chapter { 8.0 } else { 2.0 });
    flow.open(height);
    let area = Area {
        x: left,
        y: flow.y,
        width: measure,
        height,
    };
    let last_top = flow.y + height - style.leading;
    let number_width = number.as_ref().map_or(0.0, |number| number.width);
    if let Some(last) = lines.last() {
        let y = style.baseline(last_top) - 0.6;
        let dots = Rule {
            colour: theme::HAIRLINE,
            thickness: 1.0,
            dash: Some((1.0, 3.0)),
        };
        let (from, to) = (left + indent + last.width + 7.0, left + measure - number_width - 7.0);
        flow.ornament(|pen| pen.rule((from, y), (to, y), dots));
    }
    let line_node = flow.tags.add(list, Role::ContentsLine);
    let reference = flow.tags.add(line_node, Role::Reference);
    let link_node = flow.text_node(reference, Role::Link, title);
    let spaced: Vec<Line> = lines
        .into_iter()
        .map(|line| Line {
            text: format!("{} ", line.text.trim_end()),
            ..line
        })
        .collect();
    let top = flow.y;
    flow.draw(link_node, |pen| {
        pen.lines(left + indent, top, &spaced, &style);
        if let Some(number) = &number {
            pen.line(left + measure - number.width, last_top, number, &number_style);
        }
    });
    if let Some(target) = place {
        let label = format!("{title}, page {}", target.page + 1);
        let link = Link {
            page: flow.page(),
            edges: flow.edges(area),
            label,
            target,
        };
        flow.tags.add_link(link_node, link);
    }
    flow.y += height;
}

/// Puts the running head and the footer on every page that has them.
pub(super) fn set_margins(sheets: &mut [Sheet], paper: &Paper, fonts: &Fonts) {
    let n_pages = sheets.len();
    for (nth, sheet) in sheets.iter_mut().enumerate() {
        let left = theme::MARGIN_SIDE;
        let right = sheet.width - theme::MARGIN_SIDE;
        let style = theme::FOOTER;
        if let Some(chapter) = sheet.running_head.clone() {
            let half = (right - left) / 2.0 - 10.0;
            let chapter = fonts.line_within(&chapter, &style, half);
            let room = right - left - chapter.width - 20.0;
            let title = fonts.line_within(&paper.title, &style, room);
            sheet.artifact(Artifact::Pagination, |pen| {
                pen.line(left, 36.0, &title, &style);
                pen.line(right - chapter.width, 36.0, &chapter, &style);
            });
        }
        if sheet.has_footer {
            let number = fonts.line(&format!("{} of {n_pages}", nth + 1), &style);
            let words = fonts.line_within(&paper.footer, &style, right - left - number.width - 20.0);
            let y = sheet.height - 46.0;
            sheet.artifact(Artifact::Pagination, |pen| {
                pen.rule((left, y), (right, y), Rule::solid(theme::HAIRLINE, 0.6));
                pen.line(left, y + 6.0, &words, &style);
                pen.line(right - number.width, y + 6.0, &number, &style);
            });
        }
    }
}
