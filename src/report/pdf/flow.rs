//! Where the next thing goes: pages, the space left on them, and the gaps between blocks.
//!
//! It knows sheets and the structure tree, and no kind of block.

use super::fonts::{Fonts, Line};
use super::sheet::{Area, Artifact, Pen, Sheet};
use super::tags::{NodeId, Place, Role, Tags};
use super::theme::{self, Style};

/// Pages under way.
#[derive(Debug)]
pub(super) struct Flow<'f> {
    pub(super) fonts: &'f Fonts,
    pub(super) tags: Tags,
    /// What the headings said and where they came to stand.
    pub(super) headings: Vec<SetHeading>,
    /// The upper edge of the space that is free on the page.
    pub(super) y: f32,
    /// What stands at the head of the pages to come.
    pub(super) running_head: Option<String>,
    done: Vec<Sheet>,
    sheet: Sheet,
    /// Space to leave before the next thing, unless it starts a page.
    pending: f32,
    /// Whether that space is settled, whatever the next thing asks for.
    is_settled: bool,
}

/// A heading that has found its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SetHeading {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) place: Place,
}

/// Which way a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Orientation {
    Portrait,
    Landscape,
}

impl<'f> Flow<'f> {
    /// Starts with one empty upright page.
    pub(super) fn new(fonts: &'f Fonts) -> Flow<'f> {
        let (width, height) = theme::A4;
        Flow {
            fonts,
            tags: Tags::new(),
            headings: Vec::new(),
            y: theme::MARGIN_TOP,
            running_head: None,
            done: Vec::new(),
            sheet: Sheet::new(width, height),
            pending: 0.0,
            is_settled: false,
        }
    }

    /// The number of the current page, counted from 0.
    pub(super) fn page(&self) -> usize {
        self.done.len()
    }

    /// The current page.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// The left edge of the text.
    pub(super) fn left(&self) -> f32 {
        theme::MARGIN_SIDE
    }

    /// The width between the margins.
    pub(super) fn width(&self) -> f32 {
        self.sheet.width - 2.0 * theme::MARGIN_SIDE
    }

    /// The width that running text is set in.
    pub(super) fn measure(&self) -> f32 {
        self.width().min(theme::MEASURE)
    }

    /// The height between the margins.
    pub(super) fn page_room(&self) -> f32 {
        self.bottom() - theme::MARGIN_TOP
    }

    /// The height left on this page, once the gap before the next thing is taken off.
    pub(super) fn room(&self) -> f32 {
        self.bottom() - self.y - if self.is_at_top() { 0.0 } else { self.pending }
    }

    pub(super) fn is_at_top(&self) -> bool {
        self.y <= theme::MARGIN_TOP
    }

    /// Asks for space before the next thing. Spaces asked for one after the other do not add up; the widest counts.
    pub(super) fn gap(&mut self, space: f32) {
        if !self.is_settled {
            self.pending = self.pending.max(space);
        }
    }

    /// Settles the space before the next thing: what follows a heading stands close to it.
    pub(super) fn settle_gap(&mut self, space: f32) {
        self.pending = space;
        self.is_settled = true;
    }

    /// Makes sure that `height` is free below `y`: leaves the gap asked for, or starts a new page. Something taller than
    /// a page starts where it can and must look after itself.
    pub(super) fn open(&mut self, height: f32) {
        if height > self.room() && !self.is_at_top() {
            self.next_page();
        }
        if !self.is_at_top() {
            self.y += self.pending;
        }
        self.pending = 0.0;
        self.is_settled = false;
    }

    /// Starts a new page that lies as the current one.
    pub(super) fn next_page(&mut self) {
        let mut sheet = Sheet::new(self.sheet.width, self.sheet.height);
        sheet.running_head = self.running_head.clone();
        self.done.push(std::mem::replace(&mut self.sheet, sheet));
        self.y = theme::MARGIN_TOP;
        self.pending = 0.0;
        self.is_settled = false;
    }

    /// Makes sure that the current page lies in a certain way, on a new page if need be.
    pub(super) fn turn(&mut self, orientation: Orientation) {
        let (short, long) = theme::A4;
        let (width, height) = match orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        };
        if self.sheet.width == width {
            return;
        }
        if !self.is_at_top() {
            self.next_page();
        }
        self.sheet.width = width;
        self.sheet.height = height;
    }

    /// Draws content that belongs to a node of the structure tree.
    pub(super) fn draw(&mut self, node: NodeId, draw: impl FnOnce(&mut Pen)) {
        let number = self.sheet.content(self.tags.role(node), draw);
        let page = self.page();
        self.tags.add_content(node, page, number);
    }

    /// Draws what has no meaning of its own.
    pub(super) fn ornament(&mut self, draw: impl FnOnce(&mut Pen)) {
        self.sheet.artifact(Artifact::Layout, draw);
    }

    /// Adds a node for a text below another; where signs stand for missing characters, the node says what the text is.
    pub(super) fn text_node(&mut self, parent: NodeId, role: Role, text: &str) -> NodeId {
        let node = self.tags.add(parent, role);
        if self.fonts.lacks_some(text) {
            self.tags.set_actual_text(node, text.to_owned());
        }
        node
    }

    /// Sets lines of running text at `x`, over as many pages as they need, with at least two lines of a text that is
    /// split on either side of the break.
    pub(super) fn set_lines(&mut self, node: NodeId, x: f32, lines: &[Line], style: &Style) {
        let mut rest = lines;
        while !rest.is_empty() {
            self.open(lines_to_keep(rest.len()) * style.leading);
            let n_fitting = whole_lines(self.room(), style.leading).max(1);
            let n_now = match rest.len() {
                all if all <= n_fitting => all,
                all if all == n_fitting + 1 && n_fitting > 2 => n_fitting - 1,
                _ => n_fitting,
            };
            let (now, later) = rest.split_at(n_now);
            let top = self.y;
            self.draw(node, |pen| pen.lines(x, top, now, style));
            self.y += height_of(now, style);
            rest = later;
            if !rest.is_empty() {
                self.next_page();
            }
        }
    }

    /// Where something that starts at height `y` on this page is found.
    pub(super) fn place(&self, y: f32) -> Place {
        Place {
            page: self.page(),
            height: self.sheet.height - y,
        }
    }

    /// The edges of an area of this page, measured from the lower left corner: left, lower, right, upper.
    pub(super) fn edges(&self, area: Area) -> [f32; 4] {
        let upper = self.sheet.height - area.y;
        [area.x, upper - area.height, area.x + area.width, upper]
    }

    /// All pages, the structure tree, and the headings.
    pub(super) fn finish(mut self) -> (Vec<Sheet>, Tags, Vec<SetHeading>) {
        self.done.push(self.sheet);
        (self.done, self.tags, self.headings)
    }

    fn bottom(&self) -> f32 {
        self.sheet.height - theme::MARGIN_BOTTOM
    }
}

/// The height of lines set in a style.
pub(super) fn height_of(lines: &[Line], style: &Style) -> f32 {
    lines.iter().map(|_| style.leading).sum()
}

/// How many lines of a text must stand together at the start of it: all of a short text, else two.
pub(super) fn lines_to_keep(n_lines: usize) -> f32 {
    match n_lines {
        0 => 0.0,
        1 => 1.0,
        3 => 3.0,
        _ => 2.0,
    }
}

/// How many lines fit into a height.
pub(super) fn whole_lines(height: f32, leading: f32) -> usize {
    let mut n_lines = 0;
    let mut used = leading;
    while used <= height + 0.01 && n_lines < 1000 {
        n_lines += 1;
        used += leading;
    }
    n_lines
}
