//! The characters of a paper that cannot be printed, and the annex that lists them.

use std::collections::BTreeMap;

use super::fonts::Fonts;
use crate::report::paper::{Block, Cell, Column, Paper, Table, Tone};

/// The characters that cannot be printed, with how often each occurs.
#[derive(Debug)]
pub(super) struct Unprintable {
    counts: BTreeMap<char, usize>,
}

impl Unprintable {
    /// Looks through every text of the paper.
    pub(super) fn of(paper: &Paper, fonts: &Fonts) -> Unprintable {
        let mut counts = BTreeMap::new();
        for_each_text(paper, &mut |text| {
            for character in text.chars().filter(|character| fonts.lacks(*character)) {
                *counts.entry(character).or_insert(0) += 1;
            }
        });
        Unprintable { counts }
    }

    /// The characters, in code point order.
    pub(super) fn characters(&self) -> Vec<char> {
        self.counts.keys().copied().collect()
    }

    /// The annex; nothing where everything can be printed.
    pub(super) fn annex(&self) -> Vec<Block> {
        if self.counts.is_empty() {
            return Vec::new();
        }
        let mut scripts: BTreeMap<&str, Vec<(char, usize)>> = BTreeMap::new();
        for (character, count) in &self.counts {
            scripts
                .entry(script(*character))
                .or_default()
                .push((*character, *count));
        }
        let rows = scripts
            .into_iter()
            .map(|(script, characters)| row(script, &characters))
            .collect();
        let column = |title: &str, width: f32| Column {
            title: title.to_owned(),
            width,
        };
        vec![
            Block::Heading {
                level: 1,
                text: "Annex: characters not printed".to_owned(),
            },
            Block::Paragraph(
                "The type of this paper holds the Latin, Greek and Cyrillic scripts. Where the text uses other \
                 characters, a replacement sign stands on the page. Screen readers are given the words as \
                 they were written."
                    .to_owned(),
            ),
            Block::Table(Table {
                caption: "Characters replaced in this paper".to_owned(),
                columns: vec![column("Script", 2.0), column("Times", 0.8), column("Code points", 6.0)],
                rows,
                landscape: false,
            }),
        ]
    }
}

fn row(script: &str, characters: &[(char, usize)]) -> Vec<Cell> {
    let times: usize = characters.iter().map(|(_, count)| count).sum();
    let codes: Vec<String> = characters
        .iter()
        .map(|(character, _)| format!("U+{:04X}", u32::from(*character)))
        .collect();
    [script.to_owned(), times.to_string(), codes.join(" ")]
        .into_iter()
        .map(|text| Cell {
            text,
            tone: Tone::Plain,
            strong: false,
        })
        .collect()
}

/// The common name of the script or kind of sign.
fn script(character: char) -> &'static str {
    match u32::from(character) {
        0x0530..=0x058F => "Armenian",
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => "Hebrew",
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => "Arabic",
        0x0900..=0x0DFF => "Scripts of South Asia",
        0x0E00..=0x0EFF => "Thai and Lao",
        0x10A0..=0x10FF => "Georgian",
        0x1100..=0x11FF | 0xAC00..=0xD7FF => "Korean",
        0x2E80..=0x2FFF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => "Chinese characters",
        0x3000..=0x303F | 0xFF00..=0xFFEF => "East Asian punctuation",
        0x3040..=0x30FF | 0x31F0..=0x31FF => "Japanese kana",
        0x2190..=0x2BFF | 0x1F000..=0x1FAFF => "Symbols and pictographs",
        _ => "Other",
    }
}

fn for_each_text(paper: &Paper, visit: &mut impl FnMut(&str)) {
    for text in [&paper.title, &paper.subtitle, &paper.cover_note, &paper.footer] {
        visit(text);
    }
    for (label, value) in &paper.cover {
        visit(label);
        visit(value);
    }
    for block in &paper.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => visit(text),
            Block::Callout { label, text } => {
                visit(label);
                visit(text);
            }
            Block::Bullets(bullets) => bullets.iter().for_each(|text| visit(text)),
            Block::Figures(figures) => {
                for figure in figures {
                    visit(&figure.value);
                    visit(&figure.caption);
                }
            }
            Block::Bars(bars) => {
                visit(&bars.finding);
                bars.bars.texts().into_iter().for_each(&mut *visit);
            }
            Block::Chart(chart) => {
                visit(&chart.finding);
                chart.remarks.iter().for_each(|it| visit(it));
                chart.drawing.texts().into_iter().for_each(&mut *visit);
            }
            Block::Table(table) => {
                visit(&table.caption);
                table.columns.iter().for_each(|column| visit(&column.title));
                table.rows.iter().flatten().for_each(|cell| visit(&cell.text));
            }
        }
    }
}
