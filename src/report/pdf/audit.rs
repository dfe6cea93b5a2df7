//! Reads written files back and checks what PDF/UA-1 and the paper ask of them. Tests alone.
//!
//! It knows the file through `lopdf` and nothing of how it was laid out.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::sample::{self, cell, fonts, heading, plain, table};
use super::{Pdf, PdfError, write};
use crate::report::paper::{Block, Cell, Paper, Table, Tone};

/// A file read back.
struct Audit {
    file: Document,
    pages: Vec<ObjectId>,
}

impl Audit {
    fn of(paper: &Paper) -> Audit {
        Audit::open(&written(paper).bytes)
    }

    fn open(bytes: &[u8]) -> Audit {
        let file = Document::load_mem(bytes).expect("a file that can be read");
        let pages = file.get_pages().into_values().collect();
        Audit { file, pages }
    }

    fn catalog(&self) -> &Dictionary {
        self.file.catalog().expect("a catalog")
    }

    /// The text of a page, as a reader would copy it.
    fn text(&self, page: usize) -> String {
        self.file
            .extract_text(&[u32::try_from(page).expect("a page number") + 1])
            .expect("text")
    }

    fn whole_text(&self) -> String {
        (0..self.pages.len())
            .map(|page| self.text(page))
            .collect::<String>()
            .replace(['\n', '\u{A0}'], " ")
    }

    /// Every structure element.
    fn elements(&self) -> Vec<(ObjectId, &Dictionary)> {
        self.file
            .objects
            .iter()
            .filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)))
            .filter(|(_, element)| element.has_type(b"StructElem"))
            .collect()
    }

    fn elements_with_role(&self, role: &str) -> Vec<&Dictionary> {
        self.elements()
            .into_iter()
            .filter(|(_, element)| role_of(element) == role)
            .map(|(_, element)| element)
            .collect()
    }

    /// The kids of an element, one or many.
    fn kids(&self, element: &Dictionary) -> Vec<Object> {
        match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        }
    }

    fn kid_elements(&self, element: &Dictionary) -> Vec<&Dictionary> {
        self.kids(element)
            .iter()
            .filter_map(|kid| self.file.get_dictionary(kid.as_reference().ok()?).ok())
            .collect()
    }

    /// The parent tree as a map.
    fn parent_tree(&self) -> BTreeMap<i64, Object> {
        let root = self
            .catalog()
            .get_deref(b"StructTreeRoot", &self.file)
            .and_then(Object::as_dict)
            .expect("a tree");
        let tree = root
            .get_deref(b"ParentTree", &self.file)
            .and_then(Object::as_dict)
            .expect("a parent tree");
        let numbers = tree.get(b"Nums").and_then(Object::as_array).expect("numbers");
        numbers
            .chunks(2)
            .map(|pair| {
                (
                    pair[0].as_i64().expect("a key"),
                    self.file.dereference(&pair[1]).expect("a value").1.clone(),
                )
            })
            .collect()
    }

    /// The content numbers and artifacts of a page. Panics when something is painted outside of both, or twice inside.
    fn marked_content(&self, page: ObjectId) -> Vec<i64> {
        let content = Content::decode(&self.file.get_page_content(page)).expect("content");
        let (mut numbers, mut depth) = (Vec::new(), 0);
        for operation in content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    assert_eq!(depth, 0, "marked content inside marked content");
                    depth += 1;
                    let tag = operation.operands[0].as_name().expect("a tag");
                    let properties = operation.operands[1].as_dict().expect("properties");
                    match properties.get(b"MCID") {
                        Ok(number) => numbers.push(number.as_i64().expect("a number")),
                        Err(_) => assert_eq!(tag, b"Artifact", "content without a number"),
                    }
                }
                "EMC" => depth -= 1,
                "Tj" | "TJ" | "'" | "\"" | "f" | "f*" | "F" | "B" | "B*" | "b" | "b*" | "S" | "s" | "Do" | "sh" => {
                    assert_eq!(depth, 1, "{} outside of marked content", operation.operator);
                }
                _ => {}
            }
        }
        assert_eq!(depth, 0, "marked content left open");
        numbers
    }
}

fn role_of(element: &Dictionary) -> String {
    String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a role")).into_owned()
}

fn utf16(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    let units: Vec<u16> = bytes[2..]
        .chunks(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(&units).expect("UTF-16")
}

fn written(paper: &Paper) -> Pdf {
    write(paper, fonts()).expect("a paper that can be written")
}

#[test]
fn every_content_is_an_artifact_or_belongs_to_an_element() {
    let audit = Audit::of(&sample::full());
    let tree = audit.parent_tree();
    for page in &audit.pages {
        let numbers = audit.marked_content(*page);
        let dictionary = audit.file.get_dictionary(*page).expect("a page");
        let key = dictionary
            .get(b"StructParents")
            .and_then(Object::as_i64)
            .expect("a key");
        let parents = tree[&key].as_array().expect("the elements of a page");
        let expected: Vec<i64> = (0..).take(parents.len()).collect();
        assert_eq!(numbers, expected, "content numbers of a page count up from 0");
        for (number, parent) in numbers.iter().zip(parents) {
            let element = audit
                .file
                .get_dictionary(parent.as_reference().expect("a reference"))
                .expect("an element");
            let own_page = element.get(b"Pg").and_then(Object::as_reference).expect("a page");
            let has_it = audit.kids(element).iter().any(|kid| match kid {
                Object::Integer(kid) => kid == number && own_page == *page,
                Object::Dictionary(kid) => {
                    kid.get(b"MCID").and_then(Object::as_i64).ok() == Some(*number)
                        && kid.get(b"Pg").and_then(Object::as_reference).ok() == Some(*page)
                }
                _ => false,
            });
            assert!(has_it, "content {number} is missing in its {}", role_of(element));
        }
        assert_eq!(
            dictionary.get(b"Tabs").and_then(Object::as_name).expect("a tab order"),
            b"S"
        );
    }
}

#[test]
fn every_element_hangs_in_the_tree() {
    let audit = Audit::of(&sample::full());
    let elements: BTreeMap<ObjectId, &Dictionary> = audit.elements().into_iter().collect();
    let mut n_roots = 0;
    for (id, element) in &elements {
        let parent = element.get(b"P").and_then(Object::as_reference).expect("a parent");
        match elements.get(&parent) {
            Some(parent) => assert!(audit.kids(parent).contains(&Object::Reference(*id))),
            None => n_roots += 1,
        }
    }
    assert_eq!(n_roots, 1);
}

#[test]
fn tables_are_regular_and_headers_say_what_they_head() {
    let audit = Audit::of(&sample::full());
    let tables = audit.elements_with_role("Table");
    assert_eq!(tables.len(), 5);
    for table in tables {
        let parts = audit.kid_elements(table);
        let roles: Vec<String> = parts.iter().map(|part| role_of(part)).collect();
        assert_eq!(roles, ["Caption", "THead", "TBody"]);
        let rows: Vec<&Dictionary> = parts[1..].iter().flat_map(|part| audit.kid_elements(part)).collect();
        let widths: BTreeSet<usize> = rows.iter().map(|row| audit.kid_elements(row).len()).collect();
        eprintln!("{} rows", rows.len());
        assert_eq!(widths.len(), 1, "rows of one table have as many cells");
    }
    for header in audit.elements_with_role("TH") {
        let attributes = header.get(b"A").and_then(Object::as_dict).expect("attributes");
        assert_eq!(
            attributes.get(b"Scope").and_then(Object::as_name).expect("a scope"),
            b"Column"
        );
    }
    assert_eq!(audit.elements_with_role("TR").len(), 5 + 300 + 1 + 8 + 3 + 4);
}

#[test]
fn figures_have_words_and_a_place() {
    let audit = Audit::of(&sample::full());
    let figures = audit.elements_with_role("Figure");
    assert_eq!(figures.len(), 1);
    for figure in figures {
        let words = utf16(figure.get(b"Alt").expect("words"));
        assert!(
            words.contains("Physical: 1 of 14 (Ready 1, Partly 6, Not ready 5, Not known yet 2)"),
            "{words}"
        );
        let attributes = figure.get(b"A").and_then(Object::as_dict).expect("attributes");
        assert_eq!(
            attributes.get(b"BBox").and_then(Object::as_array).expect("a box").len(),
            4
        );
    }
}

#[test]
fn heading_levels_never_skip_a_step() {
    let blocks = vec![
        heading(2, "a"),
        heading(1, "b"),
        heading(3, "c"),
        heading(3, "d"),
        heading(2, "e"),
        heading(3, "f"),
    ];
    let audit = Audit::of(&plain(blocks));
    let roles: Vec<String> = audit
        .elements()
        .into_iter()
        .map(|(_, element)| role_of(element))
        .filter(|role| role.starts_with('H'))
        .collect();
    assert_eq!(roles, ["H1", "H1", "H1", "H1", "H2", "H2", "H2", "H3"]);
}

#[test]
fn links_lead_to_the_page_they_name() {
    let audit = Audit::of(&sample::full());
    let tree = audit.parent_tree();
    let mut n_links = 0;
    for page in &audit.pages {
        for link in audit.file.get_page_annotations(*page).expect("annotations") {
            n_links += 1;
            let label = utf16(link.get(b"Contents").expect("a label"));
            let target = link.get(b"Dest").and_then(Object::as_array).expect("a target")[0]
                .as_reference()
                .expect("a page");
            let number = audit
                .pages
                .iter()
                .position(|page| *page == target)
                .expect("a page of the file")
                + 1;
            let (title, last) = label.rsplit_once(", page ").expect("a page in the label");
            assert_eq!(last, number.to_string());
            assert!(
                audit.text(number - 1).replace('\n', "").contains(title),
                "{title} is not on page {number}"
            );
            let key = link.get(b"StructParent").and_then(Object::as_i64).expect("a key");
            assert_eq!(role_of(tree[&key].as_dict().expect("an element")), "Link");
        }
    }
    assert_eq!(n_links, 14);
}

#[test]
fn the_file_says_what_it_is() {
    let paper = sample::full();
    let audit = Audit::of(&paper);
    let catalog = audit.catalog();
    assert_eq!(
        catalog.get(b"Lang").and_then(Object::as_str).expect("a language"),
        b"en"
    );
    let marked = catalog
        .get(b"MarkInfo")
        .and_then(Object::as_dict)
        .expect("marks")
        .get(b"Marked");
    assert!(marked.and_then(Object::as_bool).expect("marked"));
    let preferences = catalog
        .get(b"ViewerPreferences")
        .and_then(Object::as_dict)
        .expect("preferences");
    assert!(
        preferences
            .get(b"DisplayDocTitle")
            .and_then(Object::as_bool)
            .expect("a choice")
    );
    let packet = catalog
        .get_deref(b"Metadata", &audit.file)
        .and_then(Object::as_stream)
        .expect("XMP");
    let packet = String::from_utf8(packet.content.clone()).expect("UTF-8");
    assert!(packet.contains("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(packet.contains("<xmp:CreateDate>2026-11-20T00:00:00Z</xmp:CreateDate>"));
    let information = audit
        .file
        .trailer
        .get_deref(b"Info", &audit.file)
        .and_then(Object::as_dict)
        .expect("information");
    assert_eq!(utf16(information.get(b"Title").expect("a title")), paper.title);
    assert_eq!(
        information
            .get(b"CreationDate")
            .and_then(Object::as_str)
            .expect("a date"),
        b"D:20261120000000Z"
    );
}

#[test]
fn the_outline_has_chapters_and_sections() {
    let audit = Audit::of(&sample::full());
    let outline = audit
        .catalog()
        .get_deref(b"Outlines", &audit.file)
        .and_then(Object::as_dict)
        .expect("an outline");
    let mut rows = Vec::new();
    let mut next = outline.get_deref(b"First", &audit.file).and_then(Object::as_dict).ok();
    while let Some(chapter) = next {
        rows.push(utf16(chapter.get(b"Title").expect("a title")));
        let mut below = chapter.get_deref(b"First", &audit.file).and_then(Object::as_dict).ok();
        while let Some(section) = below {
            rows.push(format!("- {}", utf16(section.get(b"Title").expect("a title"))));
            below = section.get_deref(b"Next", &audit.file).and_then(Object::as_dict).ok();
        }
        next = chapter.get_deref(b"Next", &audit.file).and_then(Object::as_dict).ok();
    }
    let expected = [
        "Contents",
        "Summary",
        "- Where the gaps are",
        "- The three things to do this week",
        "Gap register",
        "- Exclusions",
        "SOC 2 control matrix",
        "- Notes on single criteria",
        "Remediation plan",
        "- 1. Governance",
        "- 2. Access",
        "- 3. Operations",
        "- 4. Suppliers",
        "- 5. Incidents",
        "Annex: characters not printed",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn names_in_four_scripts_can_be_copied_from_the_pages() {
    let text = Audit::of(&sample::full()).whole_text();
    for name in [
        "Ελένη Παπαδοπούλου",
        "Дмитрий Шостакович",
        "Święty Krzyż",
        "Łukasz Wiśniewski",
        "Zoë Brontë-Müller",
    ] {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn characters_that_cannot_be_printed_are_replaced_and_listed() {
    let paper = plain(vec![Block::Paragraph("株 and ש and ש".to_owned())]);
    let pdf = written(&paper);
    assert_eq!(pdf.missing, ['ש', '株']);
    let audit = Audit::open(&pdf.bytes);
    let text = audit.whole_text();
    assert!(
        text.contains("Annex: characters not printed") && text.contains("U+682A") && text.contains("U+05E9"),
        "{text}"
    );
    assert!(!text.contains('株'));
    let behind: Vec<String> = audit
        .elements()
        .iter()
        .filter_map(|(_, element)| element.get(b"ActualText").ok())
        .map(utf16)
        .collect();
    assert_eq!(behind, ["株 and ש and ש"]);
}

#[test]
fn a_paper_that_can_be_printed_has_no_annex() {
    let pdf = written(&plain(vec![heading(1, "One"), Block::Paragraph("Ωμέγα".to_owned())]));
    assert_eq!(pdf.missing, []);
    assert!(!Audit::open(&pdf.bytes).whole_text().contains("Annex"));
}

#[test]
fn the_header_of_a_long_table_is_on_every_page_of_it() {
    let rows = (0..120)
        .map(|nth| vec![cell(&format!("row {nth}")), cell("text")])
        .collect();
    let long = table("Long", &[("First column", 1.0), ("Second column", 3.0)], rows);
    let audit = Audit::of(&plain(vec![heading(1, "Table"), Block::Table(long)]));
    let pages: Vec<String> = (2..audit.pages.len()).map(|page| audit.text(page)).collect();
    assert!(pages.len() > 2);
    for page in pages {
        assert!(page.contains("Second column"), "{page}");
    }
    assert_eq!(
        audit.elements_with_role("TH").len(),
        2,
        "repeated headers are artifacts"
    );
}

#[test]
fn a_row_taller_than_a_page_loses_no_word() {
    let words: Vec<String> = (0..2000).map(|nth| format!("w{nth}")).collect();
    let rows = vec![
        vec![cell("before"), cell("x")],
        vec![cell("tall"), cell(&words.join(" "))],
        vec![cell("after"), cell("y")],
    ];
    let audit = Audit::of(&plain(vec![Block::Table(table(
        "Tall",
        &[("A", 1.0), ("B", 2.0)],
        rows,
    ))]));
    let text = audit.whole_text();
    let found: BTreeSet<&str> = text.split_whitespace().collect();
    for word in words.iter().map(String::as_str).chain(["before", "after"]) {
        assert!(found.contains(word), "{word}");
    }
}

#[test]
fn a_wide_table_turns_the_page_and_takes_its_heading_along() {
    let wide = Table {
        landscape: true,
        ..table("Wide", &[("A", 1.0)], vec![vec![cell("a")]])
    };
    let blocks = vec![
        heading(1, "Upright"),
        Block::Paragraph("text".to_owned()),
        heading(2, "Turned heading"),
        Block::Table(wide),
        heading(2, "Upright again"),
    ];
    let audit = Audit::of(&plain(blocks));
    let is_turned: Vec<bool> = audit
        .pages
        .iter()
        .map(|page| {
            let page = audit.file.get_dictionary(*page).expect("a page");
            let edges = page.get(b"MediaBox").and_then(Object::as_array).expect("edges");
            edges[2].as_float().expect("a width") > edges[3].as_float().expect("a height")
        })
        .collect();
    assert_eq!(is_turned, [false, false, false, true, false]);
    assert!(audit.text(3).contains("Turned heading"));
}

#[test]
fn odd_papers_are_written_all_the_same() {
    let toned = Cell {
        tone: Tone::Open,
        ..cell("")
    };
    let blocks = vec![
        Block::Paragraph(String::new()),
        Block::Bullets(vec![String::new()]),
        Block::Bullets(Vec::new()),
        Block::Figures(Vec::new()),
        Block::Callout {
            label: String::new(),
            text: "word ".repeat(3000),
        },
        Block::Table(table("", &[], Vec::new())),
        Block::Table(table(
            "",
            &[("", 0.0), ("", f32::NAN)],
            vec![Vec::new(), vec![toned.clone(), toned.clone(), toned]],
        )),
        Block::Table(table(
            "Narrow",
            &[("unbreakable", 1.0); 40],
            vec![vec![cell("unbreakable"); 40]],
        )),
        heading(1, &"very long heading ".repeat(40)),
        heading(2, ""),
        heading(9, "deep"),
    ];
    let mut paper = plain(blocks);
    paper.title = "title ".repeat(60);
    paper.subtitle = "subtitle ".repeat(60);
    paper.cover = vec![("label".repeat(20), "value ".repeat(300)); 6];
    let audit = Audit::of(&paper);
    for page in &audit.pages {
        audit.marked_content(*page);
    }
    assert_eq!(Audit::of(&plain(Vec::new())).pages.len(), 2);
}

#[test]
fn the_same_paper_gives_the_same_bytes_on_every_thread() {
    let first = written(&sample::full());
    assert_eq!(first, written(&sample::full()), "second time in one process");
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| written(&sample::full()))).collect();
        for other in others {
            assert_eq!(first, other.join().expect("a thread that ends"));
        }
    });
}

#[test]
fn other_words_give_another_identifier() {
    let identifier = |text: &str| {
        let audit = Audit::of(&plain(vec![Block::Paragraph(text.to_owned())]));
        audit.file.trailer.get(b"ID").expect("an identifier").clone()
    };
    assert_ne!(identifier("one"), identifier("two"));
}

#[test]
fn a_date_that_is_none_is_refused() {
    let paper = Paper {
        date: "20 November".to_owned(),
        ..plain(Vec::new())
    };
    let error = write(&paper, fonts()).expect_err("must be refused");
    assert!(matches!(&error, PdfError::Date { date } if date == "20 November"));
    assert_eq!(
        error.to_string(),
        "the date \"20 November\" is not of the form 2026-11-20"
    );
}

#[test]
fn the_full_sample_stays_small() {
    let pdf = written(&sample::full());
    assert!(pdf.bytes.len() < 150_000, "{} bytes", pdf.bytes.len());
    if let Some(path) = option_env!("CONCORD_SAMPLE_PDF") {
        std::fs::write(path, &pdf.bytes).expect("a place to write the sample to");
    }
}
