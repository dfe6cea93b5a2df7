//! One page and what is drawn on it.
//!
//! Everything drawn is either content with a role in the structure or an artifact: the [`Pen`] that draws is handed out
//! by [`Sheet::content`] and [`Sheet::artifact`] alone. It knows no block and no document; `y` grows downwards here and
//! is turned round when it is written.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, FontId, Line as Stroke, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, PdfPage, Point,
    Pt, Rect, Rgb, TextItem,
};

use super::fonts::Line;
use super::tags::Role;
use super::theme::{Colour, Style};

/// A page under way.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    /// What stands at the head of the page, if anything.
    pub(super) running_head: Option<String>,
    /// Whether the page carries a footer.
    pub(super) has_footer: bool,
    ops: Vec<Op>,
    n_contents: i64,
}

/// What kind of artifact is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Artifact {
    /// Running heads, footers and repeated table headers.
    Pagination,
    /// Rules, backgrounds and ornaments.
    Layout,
}

/// An area of a page, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) colour: Colour,
    pub(super) thickness: f32,
    /// Length of a dash and of the gap after it, where the line is broken.
    pub(super) dash: Option<(f32, f32)>,
}

impl Rule {
    pub(super) const fn solid(colour: Colour, thickness: f32) -> Rule {
        Rule {
            colour,
            thickness,
            dash: None,
        }
    }
}

impl Sheet {
    pub(super) fn new(width: f32, height: f32) -> Sheet {
        Sheet {
            width,
            height,
            running_head: None,
            has_footer: true,
            ops: Vec::new(),
            n_contents: 0,
        }
    }

    /// Draws content of a role and returns its number on this page.
    pub(super) fn content(&mut self, role: Role, draw: impl FnOnce(&mut Pen)) -> i64 {
        let number = self.n_contents;
        self.n_contents += 1;
        self.marked(
            role.name(),
            BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]),
            draw,
        );
        number
    }

    /// Draws what has no meaning of its own.
    pub(super) fn artifact(&mut self, kind: Artifact, draw: impl FnOnce(&mut Pen)) {
        let name = match kind {
            Artifact::Pagination => "Pagination",
            Artifact::Layout => "Layout",
        };
        self.marked(
            "Artifact",
            BTreeMap::from([("Type".to_owned(), DictItem::Name(name.into()))]),
            draw,
        );
    }

    /// The finished page.
    pub(super) fn into_page(self) -> PdfPage {
        let area = Rect::from_wh(Pt(self.width), Pt(self.height));
        PdfPage {
            media_box: area.clone(),
            trim_box: area.clone(),
            crop_box: area,
            ops: self.ops,
        }
    }

    fn marked(&mut self, tag: &str, properties: BTreeMap<String, DictItem>, draw: impl FnOnce(&mut Pen)) {
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict { map: properties },
        });
        draw(&mut Pen {
            ops: &mut self.ops,
            page_height: self.height,
        });
        self.ops.push(Op::EndMarkedContent);
    }
}

/// Draws on a sheet, inside marked content.
#[derive(Debug)]
pub(super) struct Pen<'s> {
    ops: &'s mut Vec<Op>,
    page_height: f32,
}

impl Pen<'_> {
    /// Sets a line of text with its box starting at `top`.
    pub(super) fn line(&mut self, x: f32, top: f32, line: &Line, style: &Style) {
        if line.text.is_empty() {
            return;
        }
        let pos = self.point(x, style.baseline(top));
        let font = PdfFontHandle::External(FontId(style.weight.resource().to_owned()));
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFillColor { col: rgb(style.colour) },
            Op::SetFont {
                font,
                size: rounded(style.size),
            },
            Op::SetTextCursor { pos },
            Op::ShowText {
                items: vec![TextItem::Text(line.text.clone())],
            },
            Op::EndTextSection,
        ]);
    }

    /// Sets lines one below the other, the first with its box starting at `top`.
    pub(super) fn lines(&mut self, x: f32, top: f32, lines: &[Line], style: &Style) {
        let mut y = top;
        for line in lines {
            self.line(x, y, line, style);
            y += style.leading;
        }
    }

    /// Fills an area.
    pub(super) fn fill(&mut self, area: Area, colour: Colour) {
        self.ops.push(Op::SetFillColor { col: rgb(colour) });
        self.rectangle(area, PaintMode::Fill);
    }

    /// Draws the outline of an area, inside it.
    pub(super) fn outline(&mut self, area: Area, rule: Rule) {
        let half = rule.thickness / 2.0;
        let inner = Area {
            x: area.x + half,
            y: area.y + half,
            width: area.width - rule.thickness,
            height: area.height - rule.thickness,
        };
        self.with_rule(rule, |pen| pen.rectangle(inner, PaintMode::Stroke));
    }

    /// Draws a straight line.
    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32), rule: Rule) {
        let points = [from, to]
            .into_iter()
            .map(|(x, y)| LinePoint {
                p: self.point(x, y),
                bezier: false,
            })
            .collect();
        self.with_rule(rule, |pen| {
            pen.ops.push(Op::DrawLine {
                line: Stroke {
                    points,
                    is_closed: false,
                },
            })
        });
    }

    /// Draws inside an area; what reaches beyond it is cut off.
    pub(super) fn clipped(&mut self, area: Area, draw: impl FnOnce(&mut Pen)) {
        self.ops.push(Op::SaveGraphicsState);
        self.rectangle(area, PaintMode::Clip);
        draw(self);
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn with_rule(&mut self, rule: Rule, draw: impl FnOnce(&mut Self)) {
        self.ops.push(Op::SetOutlineColor { col: rgb(rule.colour) });
        self.ops.push(Op::SetOutlineThickness {
            pt: rounded(rule.thickness),
        });
        if let Some((dash, gap)) = rule.dash {
            self.ops.push(Op::SetLineDashPattern {
                dash: LineDashPattern::new(0.0, &[dash, gap]),
            });
        }
        draw(self);
        if rule.dash.is_some() {
            self.ops.push(Op::SetLineDashPattern {
                dash: LineDashPattern::new(0.0, &[]),
            });
        }
    }

    fn rectangle(&mut self, area: Area, mode: PaintMode) {
        let corner = self.point(area.x, area.y + area.height);
        let rectangle = Rect {
            x: corner.x,
            y: corner.y,
            width: rounded(area.width),
            height: rounded(area.height),
            mode: Some(mode),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point {
            x: rounded(x),
            y: rounded(self.page_height - y),
        }
    }
}

/// Two decimals are finer than any printer and keep the file small.
fn rounded(length: f32) -> Pt {
    Pt((length * 100.0).round() / 100.0)
}

fn rgb(colour: Colour) -> Color {
    let share = |part: u8| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb::new(share(colour.0), share(colour.1), share(colour.2), None))
}
