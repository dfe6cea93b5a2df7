//! The look of the paper: colours, type sizes and spaces. It knows no page and no block.
//!
//! All lengths are in points (1/72 inch).

use super::fonts::Weight;
use crate::report::paper::Tone;

/// A colour as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const INK: Colour = Colour(0x16, 0x20, 0x2a);
pub(super) const MUTED: Colour = Colour(0x55, 0x61, 0x6d);
pub(super) const ACCENT: Colour = Colour(0x0f, 0x5c, 0x5c);
pub(super) const ACCENT_LIGHT: Colour = Colour(0x2b, 0x75, 0x75);
pub(super) const ACCENT_PALE: Colour = Colour(0xcf, 0xe3, 0xe2);
pub(super) const TINT: Colour = Colour(0xf0, 0xf5, 0xf5);
pub(super) const HAIRLINE: Colour = Colour(0xd7, 0xdd, 0xe2);
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);
const GOOD: Colour = Colour(0x1b, 0x7f, 0x4b);
const FAIR: Colour = Colour(0xb2, 0x6a, 0x00);
const POOR: Colour = Colour(0xb3, 0x26, 0x1e);
const OPEN: Colour = Colour(0x8a, 0x94, 0xa0);

/// The colour a tone is drawn in.
pub(super) const fn colour(tone: Tone) -> Colour {
    match tone {
        Tone::Good => GOOD,
        Tone::Fair => FAIR,
        Tone::Poor => POOR,
        Tone::Open => OPEN,
        Tone::Plain => ACCENT,
    }
}

/// The pale companion of a tone's colour, for areas.
pub(super) fn tint(tone: Tone) -> Colour {
    match tone {
        Tone::Good => Colour(0xdf, 0xef, 0xe6),
        Tone::Fair => Colour(0xfb, 0xec, 0xd3),
        Tone::Poor => Colour(0xfb, 0xe6, 0xe4),
        Tone::Open => Colour(0xf6, 0xf7, 0xf8),
        Tone::Plain => ACCENT_PALE,
    }
}

/// How a run of text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: f32,
    /// Distance from one baseline to the next.
    pub(super) leading: f32,
    pub(super) colour: Colour,
}

/// The height of capital letters of the fonts as a share of the type size.
const CAP_HEIGHT: f32 = 0.714;

impl Style {
    const fn new(weight: Weight, size: f32, leading: f32, colour: Colour) -> Self {
        Style {
            weight,
            size,
            leading,
            colour,
        }
    }

    /// The baseline of a line whose box starts at `top`: capitals stand in the middle of the box.
    pub(super) fn baseline(&self, top: f32) -> f32 {
        top + (self.leading + CAP_HEIGHT * self.size) / 2.0
    }

    /// The same style in another colour.
    pub(super) const fn in_colour(self, colour: Colour) -> Self {
        Style { colour, ..self }
    }

    /// The same style set bold.
    pub(super) const fn bold(self) -> Self {
        Style {
            weight: Weight::Bold,
            ..self
        }
    }

    /// The same style scaled, leading and all.
    pub(super) fn scaled(self, factor: f32) -> Self {
        Style {
            size: self.size * factor,
            leading: self.leading * factor,
            ..self
        }
    }
}

pub(super) const COVER_TITLE: Style = Style::new(Weight::Bold, 32.0, 39.0, WHITE);
pub(super) const COVER_SUBTITLE: Style = Style::new(Weight::Regular, 14.0, 20.0, ACCENT_PALE);
pub(super) const COVER_LABEL: Style = Style::new(Weight::Regular, 10.0, 15.0, MUTED);
pub(super) const COVER_VALUE: Style = Style::new(Weight::Regular, 10.0, 15.0, INK);
pub(super) const HEADING_1: Style = Style::new(Weight::Bold, 22.0, 28.0, INK);
pub(super) const HEADING_2: Style = Style::new(Weight::Bold, 13.5, 18.0, ACCENT);
pub(super) const HEADING_3: Style = Style::new(Weight::Bold, 10.5, 15.0, INK);
pub(super) const BODY: Style = Style::new(Weight::Regular, 9.75, 14.5, INK);
pub(super) const SMALL: Style = Style::new(Weight::Regular, 8.25, 11.5, MUTED);
pub(super) const CAPTION: Style = Style::new(Weight::Bold, 9.25, 13.0, INK);
pub(super) const CELL: Style = Style::new(Weight::Regular, 8.5, 11.75, INK);
pub(super) const CELL_HEAD: Style = Style::new(Weight::Bold, 8.25, 11.5, ACCENT);
pub(super) const FIGURE_VALUE: Style = Style::new(Weight::Bold, 23.0, 28.0, ACCENT);
pub(super) const FOOTER: Style = Style::new(Weight::Regular, 7.75, 10.0, MUTED);

/// Width and height of an upright A4 page.
pub(super) const A4: (f32, f32) = (595.28, 841.89);
pub(super) const MARGIN_SIDE: f32 = 62.0;
pub(super) const MARGIN_TOP: f32 = 76.0;
pub(super) const MARGIN_BOTTOM: f32 = 74.0;
/// Running text is never set wider than this, also on turned pages.
pub(super) const MEASURE: f32 = 472.0;
/// Space between two blocks of running text.
pub(super) const GAP: f32 = 9.0;
/// Space around charts and tables.
pub(super) const GAP_WIDE: f32 = 18.0;
