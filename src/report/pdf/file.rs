//! Turns set pages into the bytes of a file: font programs, structure tree, outline and metadata.
//!
//! `printpdf` writes the pages; what it does not write, or writes anew on every run (identifier, dates), is set here in
//! the object model of `lopdf`.

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId, SaveOptions, Stream, dictionary};
use printpdf::{FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, TextItem};

use super::body::Layout;
use super::flow::SetHeading;
use super::fonts::{Fonts, Weight};
use super::metadata::{self, Day, text_string};
use super::sheet::Sheet;
use super::tags::integer;
use super::{PdfError, subset};
use crate::report::paper::Paper;

/// Writes the file.
pub(super) fn write(paper: &Paper, day: Day, layout: Layout, fonts: &Fonts) -> Result<Vec<u8>, PdfError> {
    let pages: Vec<PdfPage> = layout.sheets.into_iter().map(Sheet::into_page).collect();
    let mut document = PdfDocument::new(&paper.title);
    for weight in Weight::ALL {
        let font = thinned(fonts.parsed(weight), weight, &pages);
        document
            .resources
            .fonts
            .map
            .insert(FontId(weight.resource().to_owned()), PdfFont::new(font));
    }
    let mut file = document
        .with_pages(pages)
        .to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    layout.tags.write(&mut file, &page_ids)?;
    write_outline(&mut file, &layout.headings, &page_ids)?;
    write_metadata(&mut file, paper, day)?;
    save(file)
}

/// The face with the outlines of the characters used and no others.
fn thinned(font: &ParsedFont, weight: Weight, pages: &[PdfPage]) -> ParsedFont {
    let glyphs: BTreeSet<u16> = characters_in(weight, pages)
        .into_iter()
        .filter_map(|character| font.lookup_glyph_index(character.into()))
        .collect();
    let mut font = font.clone();
    font.font_name = Some(
        match weight {
            Weight::Regular => "CNCRDA+NotoSans-Regular",
            Weight::Bold => "CNCRDB+NotoSans-Bold",
        }
        .to_owned(),
    );
    if let Some(program) = subset::thin(&font.original_bytes, &glyphs) {
        font.original_bytes = program;
    }
    font
}

/// The characters that the pages set in a face.
fn characters_in(weight: Weight, pages: &[PdfPage]) -> BTreeSet<char> {
    let mut characters = BTreeSet::new();
    let mut is_in_face = false;
    for op in pages.iter().flat_map(|page| &page.ops) {
        if let Op::SetFont {
            font: PdfFontHandle::External(id),
            ..
        } = op
        {
            is_in_face = id.0 == weight.resource();
        } else if let Op::ShowText { items } = op
            && is_in_face
        {
            for item in items {
                if let TextItem::Text(text) = item {
                    characters.extend(text.chars());
                }
            }
        }
    }
    characters
}

/// Writes the outline: chapters, and the sections below them.
fn write_outline(file: &mut Document, headings: &[SetHeading], pages: &[ObjectId]) -> Result<(), PdfError> {
    let mut chapters: Vec<(&SetHeading, Vec<&SetHeading>)> = Vec::new();
    for heading in headings {
        match (heading.level, chapters.last_mut()) {
            (2, Some((_, sections))) => sections.push(heading),
            (0..=2, _) => chapters.push((heading, Vec::new())),
            _ => {}
        }
    }
    if chapters.is_empty() {
        return Ok(());
    }
    let root = file.new_object_id();
    let mut rows = Vec::new();
    for (chapter, sections) in &chapters {
        let id = file.new_object_id();
        let below = sections
            .iter()
            .map(|section| OutlineRow::plain(file.new_object_id(), section))
            .collect();
        let below = write_siblings(file, id, below, pages)?;
        rows.push(OutlineRow {
            id,
            heading: chapter,
            below,
        });
    }
    let n_chapters = integer(rows.len());
    let ends = write_siblings(file, root, rows, pages)?;
    let mut outline = dictionary! { "Type" => "Outlines", "Count" => n_chapters };
    if let Some(Ends { first, last, .. }) = ends {
        outline.set("First", first);
        outline.set("Last", last);
    }
    file.objects.insert(root, Object::Dictionary(outline));
    let catalog = file.catalog_mut()?;
    catalog.set("Outlines", root);
    catalog.set("PageMode", "UseOutlines");
    Ok(())
}

struct OutlineRow<'h> {
    id: ObjectId,
    heading: &'h SetHeading,
    below: Option<Ends>,
}

impl<'h> OutlineRow<'h> {
    fn plain(id: ObjectId, heading: &'h SetHeading) -> Self {
        OutlineRow {
            id,
            heading,
            below: None,
        }
    }
}

/// The first and last of a run of outline rows.
struct Ends {
    first: ObjectId,
    last: ObjectId,
    n_rows: usize,
}

/// Writes outline rows that stand below the same parent.
fn write_siblings(
    file: &mut Document,
    parent: ObjectId,
    rows: Vec<OutlineRow>,
    pages: &[ObjectId],
) -> Result<Option<Ends>, PdfError> {
    let ids: Vec<ObjectId> = rows.iter().map(|row| row.id).collect();
    for (nth, row) in rows.into_iter().enumerate() {
        let mut entry = dictionary! {
            "Title" => text_string(&row.heading.text),
            "Parent" => parent,
            "Dest" => row.heading.place.destination(pages)?,
        };
        if let Some(previous) = nth.checked_sub(1).and_then(|before| ids.get(before)) {
            entry.set("Prev", *previous);
        }
        if let Some(next) = ids.get(nth + 1) {
            entry.set("Next", *next);
        }
        if let Some(below) = row.below {
            entry.set("First", below.first);
            entry.set("Last", below.last);
            // A negative count: the rows below are folded away when the file is opened.
            entry.set("Count", -integer(below.n_rows));
        }
        file.objects.insert(row.id, Object::Dictionary(entry));
    }
    Ok(ids.first().zip(ids.last()).map(|(first, last)| Ends {
        first: *first,
        last: *last,
        n_rows: ids.len(),
    }))
}

fn write_metadata(file: &mut Document, paper: &Paper, day: Day) -> Result<(), PdfError> {
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Programs that look for the packet without reading the whole file need it uncompressed.
    let packet = Stream::new(packet, metadata::xmp(paper, day).into_bytes()).with_compression(false);
    let packet = file.add_object(packet);
    let catalog = file.catalog_mut()?;
    catalog.set("Metadata", packet);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("Lang", Object::string_literal(metadata::LANGUAGE));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let information = metadata::information(paper, day);
    if let Ok(id) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        file.objects.insert(id, Object::Dictionary(information));
    } else {
        let id = file.add_object(information);
        file.trailer.set("Info", id);
    }
    Ok(())
}

fn save(mut file: Document) -> Result<Vec<u8>, PdfError> {
    let identifier = metadata::identifier(
        file.objects
            .values()
            .filter_map(|object| object.as_stream().ok().map(|stream| stream.content.as_slice())),
    );
    file.trailer.set("ID", vec![identifier.clone(), identifier]);
    file.version = "1.7".to_owned();
    file.compress();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(400)
        .compression_level(9)
        .build();
    let mut bytes = Vec::new();
    file.save_with_options(&mut bytes, options)?;
    Ok(bytes)
}
