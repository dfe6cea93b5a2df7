//! Thins a TrueType program to the glyphs that a paper uses.
//!
//! Glyph numbers stay as they are: the outlines of unused glyphs are emptied, and the tables that only a layout engine
//! needs are left out. It knows the TrueType format (Microsoft and Apple call the tables by the same names) and nothing
//! of papers. Everything is read with bounds; what does not look right makes the caller embed the whole font.

use std::collections::{BTreeMap, BTreeSet};

/// The tables that a PDF viewer needs, in the order they are written.
const TABLES: [&[u8; 4]; 9] = [
    b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep",
];

const HEAD_CHECKSUM: usize = 8;
const HEAD_LOCA_FORMAT: usize = 50;
const MAXP_N_GLYPHS: usize = 4;

/// The program with the outlines of these glyphs, of the parts they are made of, and of glyph 0. `None` when the
/// program is not one this function understands.
pub(super) fn thin(program: &[u8], glyphs: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let tables = tables_of(program)?;
    let outlines = Outlines::of(&tables)?;
    let kept = outlines.with_parts(glyphs)?;
    let (glyf, loca) = outlines.only(&kept)?;
    let mut head = tables.get(b"head")?.to_vec();
    put(&mut head, HEAD_CHECKSUM, &[0; 4])?;
    // 1 stands for the long form of `loca`.
    put(&mut head, HEAD_LOCA_FORMAT, &[0, 1])?;

    let mut written: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    for tag in TABLES {
        let content = match tag {
            b"glyf" => glyf.clone(),
            b"loca" => loca.clone(),
            b"head" => head.clone(),
            other => match tables.get(other) {
                Some(content) => content.to_vec(),
                None => continue,
            },
        };
        written.insert(*tag, content);
    }
    assemble(&written)
}

/// The tables of a program by name.
fn tables_of(program: &[u8]) -> Option<BTreeMap<[u8; 4], &[u8]>> {
    if program.get(..4)? != [0, 1, 0, 0] {
        return None;
    }
    let n_tables = usize::from(u16_at(program, 4)?);
    let mut tables = BTreeMap::new();
    for nth in 0..n_tables {
        let record = 12 + nth * 16;
        let tag: [u8; 4] = program.get(record..record + 4)?.try_into().ok()?;
        let start = usize::try_from(u32_at(program, record + 8)?).ok()?;
        let length = usize::try_from(u32_at(program, record + 12)?).ok()?;
        tables.insert(tag, program.get(start..start.checked_add(length)?)?);
    }
    Some(tables)
}

/// The outlines of a program.
struct Outlines<'p> {
    glyf: &'p [u8],
    /// Where each outline starts in `glyf`; one more at the end.
    starts: Vec<usize>,
}

impl<'p> Outlines<'p> {
    fn of(tables: &BTreeMap<[u8; 4], &'p [u8]>) -> Option<Outlines<'p>> {
        let n_glyphs = usize::from(u16_at(tables.get(b"maxp")?, MAXP_N_GLYPHS)?);
        let loca = tables.get(b"loca")?;
        let is_long = u16_at(tables.get(b"head")?, HEAD_LOCA_FORMAT)? == 1;
        let starts = (0..=n_glyphs)
            .map(|nth| {
                if is_long {
                    usize::try_from(u32_at(loca, nth * 4)?).ok()
                } else {
                    Some(usize::from(u16_at(loca, nth * 2)?) * 2)
                }
            })
            .collect::<Option<Vec<usize>>>()?;
        Some(Outlines {
            glyf: tables.get(b"glyf")?,
            starts,
        })
    }

    /// The outline of a glyph; empty for a space.
    fn outline(&self, glyph: u16) -> Option<&'p [u8]> {
        let glyph = usize::from(glyph);
        self.glyf.get(*self.starts.get(glyph)?..*self.starts.get(glyph + 1)?)
    }

    /// The glyphs, glyph 0, and every glyph that one of them is composed of.
    fn with_parts(&self, glyphs: &BTreeSet<u16>) -> Option<BTreeSet<u16>> {
        let mut kept = BTreeSet::new();
        let mut open: Vec<u16> = glyphs.iter().copied().chain([0]).collect();
        while let Some(glyph) = open.pop() {
            if kept.insert(glyph) {
                open.extend(parts_of(self.outline(glyph)?)?);
            }
        }
        Some(kept)
    }

    /// The tables `glyf` and `loca` with these glyphs alone.
    fn only(&self, kept: &BTreeSet<u16>) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut glyf, mut loca) = (Vec::new(), Vec::new());
        for nth in 0..self.starts.len() {
            loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
            let glyph = u16::try_from(nth).ok()?;
            if nth + 1 < self.starts.len() && kept.contains(&glyph) {
                glyf.extend_from_slice(self.outline(glyph)?);
                pad(&mut glyf);
            }
        }
        Some((glyf, loca))
    }
}

/// The glyphs that an outline refers to; none for a simple outline.
fn parts_of(outline: &[u8]) -> Option<Vec<u16>> {
    const ARGUMENTS_ARE_WORDS: u16 = 0x0001;
    const HAS_SCALE: u16 = 0x0008;
    const HAS_MORE: u16 = 0x0020;
    const HAS_TWO_SCALES: u16 = 0x0040;
    const HAS_MATRIX: u16 = 0x0080;
    const HEADER: usize = 10;
    let is_composite = outline.first().is_some_and(|byte| byte & 0x80 != 0);
    let mut parts = Vec::new();
    if !is_composite {
        return Some(parts);
    }
    let mut at = HEADER;
    loop {
        let flags = u16_at(outline, at)?;
        parts.push(u16_at(outline, at + 2)?);
        at += if flags & ARGUMENTS_ARE_WORDS != 0 { 8 } else { 6 };
        at += match flags {
            _ if flags & HAS_SCALE != 0 => 2,
            _ if flags & HAS_TWO_SCALES != 0 => 4,
            _ if flags & HAS_MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & HAS_MORE == 0 {
            return Some(parts);
        }
    }
}

/// Puts a program together from its tables.
fn assemble(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Option<Vec<u8>> {
    let n_tables = u16::try_from(tables.len()).ok()?;
    let exponent = n_tables.checked_ilog2()?;
    let search_range = 16_u16.checked_shl(exponent)?;
    let mut program = vec![0, 1, 0, 0];
    for number in [
        n_tables,
        search_range,
        u16::try_from(exponent).ok()?,
        n_tables * 16 - search_range,
    ] {
        program.extend(number.to_be_bytes());
    }
    let mut start = 12 + tables.len() * 16;
    let mut head_start = None;
    for (tag, content) in tables {
        if tag == b"head" {
            head_start = Some(start);
        }
        program.extend_from_slice(tag);
        program.extend(checksum(content).to_be_bytes());
        program.extend(u32::try_from(start).ok()?.to_be_bytes());
        program.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
        start += content.len().next_multiple_of(4);
    }
    for content in tables.values() {
        program.extend_from_slice(content);
        pad(&mut program);
    }
    // The format asks that the sum over the whole program be this number.
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&program));
    put(&mut program, head_start? + HEAD_CHECKSUM, &adjustment.to_be_bytes())?;
    Some(program)
}

/// The sum of the content as numbers of 32 bits.
fn checksum(content: &[u8]) -> u32 {
    content
        .chunks(4)
        .map(|chunk| {
            chunk
                .iter()
                .chain(std::iter::repeat(&0))
                .take(4)
                .fold(0, |word, byte| word << 8 | u32::from(*byte))
        })
        .fold(0, u32::wrapping_add)
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

fn put(bytes: &mut [u8], at: usize, part: &[u8]) -> Option<()> {
    bytes.get_mut(at..at + part.len())?.copy_from_slice(part);
    Some(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Weight;
    use super::super::sample::fonts;
    use super::*;

    #[test]
    fn a_thinned_font_keeps_widths_and_numbers_and_is_smaller() {
        let fonts = fonts();
        let font = fonts.parsed(Weight::Regular);
        let glyphs: BTreeSet<u16> = "Ábcłž Ωж"
            .chars()
            .filter_map(|character| font.lookup_glyph_index(character.into()))
            .collect();
        let thin = thin(&font.original_bytes, &glyphs).expect("a font this module understands");
        assert!(thin.len() < font.original_bytes.len() / 4, "{} bytes", thin.len());
        assert_eq!(checksum(&thin), 0xB1B0_AFBA);
        let (before, after) = (
            tables_of(&font.original_bytes).expect("tables"),
            tables_of(&thin).expect("tables"),
        );
        assert_eq!(before.get(b"hmtx"), after.get(b"hmtx"));
        let (before, after) = (
            Outlines::of(&before).expect("outlines"),
            Outlines::of(&after).expect("outlines"),
        );
        for glyph in glyphs {
            let (whole, kept) = (
                before.outline(glyph).expect("there"),
                after.outline(glyph).expect("there"),
            );
            assert!(kept.starts_with(whole), "glyph {glyph}");
        }
        assert_eq!(before.starts.len(), after.starts.len());
    }

    #[test]
    fn what_is_no_font_is_left_alone() {
        assert_eq!(thin(b"OTTO and more", &BTreeSet::new()), None);
        assert_eq!(thin(&[0, 1, 0, 0, 0, 9, 0], &BTreeSet::new()), None);
    }
}
