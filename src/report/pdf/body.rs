//! Sets a whole paper: cover, contents list and blocks, with sections in the structure tree and pages turned for wide
//! tables.

use super::flow::{Flow, Orientation, SetHeading};
use super::fonts::Fonts;
use super::sheet::Sheet;
use super::tags::{NodeId, Role, Tags};
use super::{drawing, front, table, text};
use crate::report::paper::{Block, Paper};

/// A paper set on pages.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) sheets: Vec<Sheet>,
    pub(super) tags: Tags,
    /// The headings in order, the one over the contents list first.
    pub(super) headings: Vec<SetHeading>,
}

/// Sets the paper. `headings` are those of an earlier setting, for the page numbers in the contents list.
pub(super) fn set(paper: &Paper, blocks: &[Block], fonts: &Fonts, headings: &[SetHeading]) -> Layout {
    let mut flow = Flow::new(fonts);
    let root = flow.tags.root();
    front::set_cover(&mut flow, root, paper);
    front::set_contents(&mut flow, root, blocks, headings);
    flow.next_page();
    let mut sections = Sections::new(root);
    let mut rest = blocks;
    while let Some((block, later)) = rest.split_first() {
        set_block(&mut flow, &mut sections, block, rest, later);
        rest = later;
    }
    let (mut sheets, tags, headings) = flow.finish();
    front::set_margins(&mut sheets, paper, fonts);
    Layout { sheets, tags, headings }
}

fn set_block(flow: &mut Flow, sections: &mut Sections, block: &Block, from_here: &[Block], later: &[Block]) {
    if let Block::Heading { level, text } = block {
        set_heading(flow, sections, *level, text, from_here, later);
        return;
    }
    let parent = sections.current(flow);
    match block {
        Block::Heading { .. } => {}
        Block::Paragraph(text) => text::set_paragraph(flow, parent, text),
        Block::Callout { label, text } => text::set_callout(flow, parent, label, text),
        Block::Bullets(bullets) => text::set_bullets(flow, parent, bullets),
        Block::Figures(figures) => text::set_figures(flow, parent, figures),
        Block::Bars(it) => drawing::set_bars(flow, parent, &it.finding, &it.bars),
        Block::Chart(chart) => drawing::set_chart(flow, parent, chart),
        Block::Table(table) => {
            flow.turn(if table.landscape {
                Orientation::Landscape
            } else {
                sections.orientation
            });
            table::set_table(flow, parent, table);
        }
    }
}

fn set_heading(flow: &mut Flow, sections: &mut Sections, level: u8, text: &str, from_here: &[Block], later: &[Block]) {
    // Of headings that follow one another, the first has decided which way the page lies.
    if !sections.is_after_heading {
        sections.orientation = orientation_of(from_here);
    }
    sections.is_after_heading = matches!(later.first(), Some(Block::Heading { .. }));
    if level <= 1 {
        flow.running_head = None;
        if !flow.is_at_top() {
            flow.next_page();
        }
        flow.sheet().running_head = None;
    }
    flow.turn(sections.orientation);
    let parent = sections.open(flow, level.max(1));
    let role = sections.role();
    let height_after = start_of(flow, later);
    text::set_heading(flow, parent, level, role, text, height_after);
    if level <= 1 {
        flow.running_head = Some(text.to_owned());
    }
}

/// Which way the pages of a section lie: turned when any table before the next heading is wide, so that a heading and
/// its words stand with the table they introduce.
fn orientation_of(blocks: &[Block]) -> Orientation {
    let is_heading = |block: &&Block| matches!(block, Block::Heading { .. });
    let is_wide = |block: &Block| matches!(block, Block::Table(table) if table.landscape);
    let mut section = blocks
        .iter()
        .skip_while(is_heading)
        .take_while(|block| !is_heading(block));
    if section.any(is_wide) {
        Orientation::Landscape
    } else {
        Orientation::Portrait
    }
}

/// The height that must be free below a heading for what follows it to start on the same page.
fn start_of(flow: &Flow, blocks: &[Block]) -> f32 {
    let Some((block, later)) = blocks.split_first() else {
        return 0.0;
    };
    match block {
        // A chapter starts a page of its own.
        Block::Heading { level: 0 | 1, .. } => 0.0,
        Block::Heading { level, text } => {
            text::gap_before_heading(*level) + text::heading_height(flow, *level, text) + start_of(flow, later)
        }
        Block::Paragraph(words) => text::paragraph_start(flow, words),
        Block::Callout { label, text } => text::callout_height(flow, label, text),
        Block::Bullets(bullets) => text::bullets_start(flow, bullets),
        Block::Figures(figures) => text::figures_start(flow, figures),
        Block::Bars(it) => drawing::start_of_bars(flow, &it.finding, &it.bars),
        Block::Chart(chart) => drawing::start(flow, chart),
        Block::Table(table) => table::start(flow, table),
    }
}

/// The sections that are open, outermost first.
struct Sections {
    root: NodeId,
    open: Vec<(u8, NodeId)>,
    orientation: Orientation,
    is_after_heading: bool,
}

impl Sections {
    fn new(root: NodeId) -> Sections {
        Sections {
            root,
            open: Vec::new(),
            orientation: Orientation::Portrait,
            is_after_heading: false,
        }
    }

    /// The section that blocks go into. Blocks before the first heading get one of their own.
    fn current(&mut self, flow: &mut Flow) -> NodeId {
        self.is_after_heading = false;
        if let Some((_, section)) = self.open.last() {
            return *section;
        }
        let section = flow.tags.add(self.root, Role::Sect);
        // Any heading closes it.
        self.open.push((u8::MAX, section));
        section
    }

    /// Opens a section for a heading. A level that skips one (1, then 3) counts as the next level: readers of the
    /// structure must not miss a step.
    fn open(&mut self, flow: &mut Flow, level: u8) -> NodeId {
        while self.open.pop_if(|(open, _)| *open >= level).is_some() {}
        let parent = self.open.last().map_or(self.root, |(_, section)| *section);
        let section = flow.tags.add(parent, Role::Sect);
        self.open.push((level, section));
        section
    }

    fn role(&self) -> Role {
        match self.open.len() {
            0 | 1 => Role::H1,
            2 => Role::H2,
            _ => Role::H3,
        }
    }
}
