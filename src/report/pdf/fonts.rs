//! The two faces the paper is set in: which characters they hold, how wide each is, and where lines break.
//!
//! It knows text and widths, and nothing of pages, blocks or files.

use std::collections::BTreeMap;

use printpdf::ParsedFont;

use super::PdfError;
use super::theme::Style;

/// One of the two faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    pub(super) const ALL: [Weight; 2] = [Weight::Regular, Weight::Bold];

    /// The name of the font resource in the file.
    pub(super) const fn resource(self) -> &'static str {
        match self {
            Weight::Regular => "regular",
            Weight::Bold => "bold",
        }
    }
}

/// The fonts of a paper, read and measured.
#[derive(Clone, Debug)]
pub struct Fonts {
    regular: Face,
    bold: Face,
    /// What is printed in place of a character that cannot be printed.
    replacement: char,
}

#[derive(Clone, Debug)]
struct Face {
    parsed: ParsedFont,
    /// Advance widths as shares of the type size.
    advances: BTreeMap<char, f32>,
}

/// A line of text that fits, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The text. Where a line was broken at a space, the space stays at its end, so that a reader of the text does not
    /// run two words together.
    pub(super) text: String,
    /// The width without a space at the end.
    pub(super) width: f32,
}

/// Signs that may stand for a missing character, best first.
const REPLACEMENTS: [char; 4] = ['\u{25A1}', '\u{25AF}', '\u{FFFD}', '?'];

impl Fonts {
    /// Reads the two faces.
    ///
    /// # Errors
    ///
    /// Fails when either is not a TrueType font with the tables for characters and widths, or when the two share no
    /// sign that can stand for a missing character.
    pub fn parse(regular: &[u8], bold: &[u8]) -> Result<Fonts, PdfError> {
        let regular = Face::parse(regular).ok_or(PdfError::Font { face: "regular" })?;
        let bold = Face::parse(bold).ok_or(PdfError::Font { face: "bold" })?;
        let replacement = REPLACEMENTS
            .into_iter()
            .find(|sign| regular.advances.contains_key(sign) && bold.advances.contains_key(sign))
            .ok_or(PdfError::NoReplacement)?;
        Ok(Fonts {
            regular,
            bold,
            replacement,
        })
    }

    /// The face as the PDF library wants it.
    pub(super) fn parsed(&self, weight: Weight) -> &ParsedFont {
        &self.face(weight).parsed
    }

    /// Whether both faces hold the character and it is written from left to right.
    fn prints(&self, character: char) -> bool {
        !is_right_to_left(character)
            && self.regular.advances.contains_key(&character)
            && self.bold.advances.contains_key(&character)
    }

    /// The text as it can be printed: signs without a shape are left out, tabs become spaces, and what cannot be
    /// printed is replaced. Line breaks stay.
    pub(super) fn printable(&self, text: &str) -> String {
        text.chars()
            .filter(|character| !is_shapeless(*character))
            .map(|character| match character {
                '\n' | '\u{2028}' | '\u{2029}' => '\n',
                '\t' => ' ',
                other if self.prints(other) => other,
                _ => self.replacement,
            })
            .collect()
    }

    /// Whether some character of the text cannot be printed.
    pub(super) fn lacks_some(&self, text: &str) -> bool {
        text.chars().any(|character| self.lacks(character))
    }

    /// Whether the character has a shape that cannot be printed.
    pub(super) fn lacks(&self, character: char) -> bool {
        !is_shapeless(character)
            && !matches!(character, '\n' | '\t' | '\u{2028}' | '\u{2029}')
            && !self.prints(character)
    }

    /// The width of a printable text.
    pub(super) fn width(&self, text: &str, style: &Style) -> f32 {
        let face = self.face(style.weight);
        text.chars().map(|character| face.advance(character)).sum::<f32>() * style.size
    }

    /// The text on one line, however long.
    pub(super) fn line(&self, text: &str, style: &Style) -> Line {
        let text = self.printable(text).replace('\n', " ");
        let width = self.width(&text, style);
        Line { text, width }
    }

    /// The text on one line, cut short with an ellipsis where it is wider than `width`.
    pub(super) fn line_within(&self, text: &str, style: &Style, width: f32) -> Line {
        let whole = self.line(text, style);
        if whole.width <= width {
            return whole;
        }
        let mut kept = whole.text;
        while kept.pop().is_some() {
            let short = self.line(&format!("{}\u{2026}", kept.trim_end()), style);
            if short.width <= width {
                return short;
            }
        }
        Line {
            text: String::new(),
            width: 0.0,
        }
    }

    /// The text broken into lines no wider than `width`. Line breaks in the text are kept; a word wider than a line is
    /// broken where it must be.
    pub(super) fn wrap(&self, text: &str, style: &Style, width: f32) -> Vec<Line> {
        let text = self.printable(text);
        let mut breaker = Breaker {
            fonts: self,
            style,
            limit: width,
            lines: Vec::new(),
            open: String::new(),
            open_width: 0.0,
        };
        for paragraph in text.split('\n') {
            breaker.paragraph(paragraph);
        }
        breaker.lines
    }

    /// The width of the widest part of the text that should not be broken.
    pub(super) fn widest_piece(&self, text: &str, style: &Style) -> f32 {
        let text = self.printable(text);
        text.split([' ', '\n'])
            .flat_map(pieces)
            .map(|piece| self.width(piece, style))
            .fold(0.0, f32::max)
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn parse(bytes: &[u8]) -> Option<Face> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
        let em = f32::from(parsed.units_per_em);
        if em <= 0.0 {
            return None;
        }
        let advances: BTreeMap<char, f32> = parsed
            .codepoint_to_glyph
            .iter()
            .filter(|(_, glyph)| **glyph != 0)
            .filter_map(|(code, glyph)| Some((char::from_u32(*code)?, f32::from(parsed.get_glyph_width(*glyph)?) / em)))
            .collect();
        (!advances.is_empty()).then_some(Face { parsed, advances })
    }

    fn advance(&self, character: char) -> f32 {
        self.advances.get(&character).copied().unwrap_or(0.0)
    }
}

/// Breaks text into lines, first fit.
struct Breaker<'a> {
    fonts: &'a Fonts,
    style: &'a Style,
    limit: f32,
    lines: Vec<Line>,
    /// The line under way, and its width.
    open: String,
    open_width: f32,
}

impl Breaker<'_> {
    fn paragraph(&mut self, paragraph: &str) {
        let mut words = paragraph.split(' ').filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let mut glued = word.to_owned();
            while let Some(follower) = words.peek().filter(|next| is_glued(&glued, next)) {
                let longer = format!("{glued} {follower}");
                if self.width(&longer) > self.limit {
                    break;
                }
                glued = longer;
                words.next();
            }
            for (nth, piece) in pieces(&glued).enumerate() {
                self.piece(piece, nth == 0 && !self.open.is_empty());
            }
        }
        self.close(false);
    }

    fn piece(&mut self, piece: &str, is_after_space: bool) {
        let joint = if is_after_space { " " } else { "" };
        let width = self.width(piece);
        let extended = self.open_width + self.width(joint) + width;
        if self.fits(extended) {
            self.open.push_str(joint);
            self.open.push_str(piece);
            self.open_width = extended;
            return;
        }
        if !self.open.is_empty() {
            self.close(is_after_space);
        }
        if self.fits(width) {
            piece.clone_into(&mut self.open);
            self.open_width = width;
        } else {
            self.chop(piece);
        }
    }

    /// Breaks a piece that is wider than a line: after the last joint in the second half of the line, or else at the
    /// character that no longer fits.
    fn chop(&mut self, piece: &str) {
        for character in piece.chars() {
            let width = self.width(character.encode_utf8(&mut [0; 4]));
            if !self.open.is_empty() && !self.fits(self.open_width + width) {
                let joint = self.open.rfind(is_joint).filter(|at| *at * 2 > self.open.len());
                let rest = joint.map(|at| self.open.split_off(at + 1)).unwrap_or_default();
                self.open_width = self.width(&self.open);
                self.close(false);
                self.open_width = self.width(&rest);
                self.open = rest;
            }
            self.open.push(character);
            self.open_width += width;
        }
    }

    fn width(&self, text: &str) -> f32 {
        self.fonts.width(text, self.style)
    }

    fn fits(&self, width: f32) -> bool {
        width <= self.limit + 0.01
    }

    fn close(&mut self, is_at_space: bool) {
        let mut text = std::mem::take(&mut self.open);
        if is_at_space {
            text.push(' ');
        }
        self.lines.push(Line {
            text,
            width: std::mem::take(&mut self.open_width),
        });
    }
}

/// Whether a word should not be parted from the one before it: the number in "Stage 2", the sign in "41 %".
fn is_glued(before: &str, word: &str) -> bool {
    let core = word.trim_end_matches(['.', ',', ';', ':', ')', '?', '!']);
    let is_short_number = matches!(core.len(), 1 | 2) && core.chars().all(|sign| sign.is_ascii_digit());
    let is_after_name = before.starts_with(char::is_uppercase) && before.ends_with(char::is_alphanumeric);
    let is_percentage = core == "%" && before.ends_with(|sign: char| sign.is_ascii_digit());
    (is_short_number && is_after_name) || is_percentage
}

/// A word split after hyphens, dashes and slashes that stand between letters. Abbreviations ("ISO/IEC") stay whole.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut n_letters = 0;
        for (at, character) in rest.char_indices() {
            let after = at + character.len_utf8();
            let n_needed = match character {
                '-' | '\u{2013}' | '\u{2014}' => 2,
                '/' => 4,
                _ => 0,
            };
            if n_needed > 0 && n_letters >= n_needed {
                let (piece, tail) = rest.split_at(after);
                if tail.chars().take_while(|next| next.is_alphabetic()).count() >= n_needed {
                    rest = tail;
                    return Some(piece);
                }
            }
            n_letters = if character.is_alphabetic() { n_letters + 1 } else { 0 };
        }
        Some(std::mem::take(&mut rest))
    })
}

/// A one-byte sign after which a long word may be broken.
fn is_joint(character: char) -> bool {
    matches!(
        character,
        '/' | '.' | '_' | '-' | '@' | '&' | '?' | '=' | ':' | ',' | ';'
    )
}

/// Signs that steer text and have no shape of their own: controls, joiners, direction marks, variation selectors, the
/// soft hyphen and the byte order mark.
fn is_shapeless(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character belongs to a script written from right to left.
fn is_right_to_left(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::super::sample::fonts;
    use super::super::theme::{BODY, CELL};
    use super::*;

    fn wrapped(text: &str, width: f32) -> Vec<String> {
        fonts()
            .wrap(text, &BODY, width)
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn lines_break_at_spaces_and_keep_the_space() {
        assert_eq!(
            wrapped("who may open the door", 60.0),
            ["who may ", "open the ", "door"]
        );
    }

    #[test]
    fn line_breaks_in_the_text_are_kept() {
        assert_eq!(wrapped("one\n\ntwo", 200.0), ["one", "", "two"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "Überprüfung der Zugriffsrechte/Berechtigungen https://example.com/a/very/long/path?query=1 Ψηφιακή";
        for width in [30.0, 47.0, 80.0, 200.0] {
            for line in fonts().wrap(text, &CELL, width) {
                assert!(line.width <= width + 0.01, "{line:?} in {width}");
                assert!(!line.text.is_empty());
            }
        }
    }

    #[test]
    fn nothing_is_lost_in_breaking() {
        let text = "Incomprehensibilities-and-other/unbreakablenesses under A.5.1 on 2026-11-20";
        for width in [12.0, 40.0, 90.0] {
            assert_eq!(wrapped(text, width).concat().replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn a_number_stays_with_the_word_before_it() {
        assert_eq!(wrapped("ready for Stage 2.", 75.0), ["ready for ", "Stage 2."]);
        assert_eq!(wrapped("we saw 41 % of it", 50.0), ["we saw ", "41 % of it"]);
    }

    #[test]
    fn dates_and_clause_numbers_are_not_broken() {
        assert_eq!(pieces("2026-11-20").collect::<Vec<_>>(), ["2026-11-20"]);
        assert_eq!(pieces("in-house/team").collect::<Vec<_>>(), ["in-", "house/", "team"]);
    }

    #[test]
    fn what_cannot_be_printed_is_replaced_and_controls_go() {
        let fonts = fonts();
        let sign = fonts.replacement;
        assert_eq!(fonts.printable("a\u{202E}b\u{7}\tc"), "ab c");
        assert_eq!(fonts.printable("中 א Ω ж ł"), format!("{sign} {sign} Ω ж ł"));
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        let error = Fonts::parse(b"not a font", b"").expect_err("must be refused");
        assert_eq!(error.to_string(), "the regular font cannot be read");
    }
}
