//! Reads written files back and checks what PDF/UA-1 asks of them. Tests alone.
//!
//! It knows the file through `lopdf` and nothing of how it was laid out.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::sample::{self, fonts, heading, plain};
use super::{Pdf, write};
use crate::report::paper::Paper;

/// A file read back.
pub(super) struct Audit {
    pub(super) file: Document,
    pub(super) pages: Vec<ObjectId>,
}

impl Audit {
    pub(super) fn of(paper: &Paper) -> Audit {
        Audit::open(&written(paper).bytes)
    }

    pub(super) fn open(bytes: &[u8]) -> Audit {
        let file = Document::load_mem(bytes).expect("a file that can be read");
        let pages = file.get_pages().into_values().collect();
        Audit { file, pages }
    }

    fn catalog(&self) -> &Dictionary {
        self.file.catalog().expect("a catalog")
    }

    /// The text of a page, as a reader would copy it.
    pub(super) fn text(&self, page: usize) -> String {
        self.file
            .extract_text(&[u32::try_from(page).expect("a page number") + 1])
            .expect("text")
    }

    pub(super) fn whole_text(&self) -> String {
        (0..self.pages.len())
            .map(|page| self.text(page))
            .collect::<String>()
            .replace(['\n', '\u{A0}'], " ")
    }

    /// Every structure element.
    pub(super) fn elements(&self) -> Vec<(ObjectId, &Dictionary)> {
        self.file
            .objects
            .iter()
            .filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)))
            .filter(|(_, element)| element.has_type(b"StructElem"))
            .collect()
    }

    pub(super) fn elements_with_role(&self, role: &str) -> Vec<&Dictionary> {
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
    pub(super) fn marked_content(&self, page: ObjectId) -> Vec<i64> {
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

pub(super) fn utf16(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    let units: Vec<u16> = bytes[2..]
        .chunks(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(&units).expect("UTF-16")
}

pub(super) fn written(paper: &Paper) -> Pdf {
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
            let has_it = audit.kids(element).iter().any(|kid| {
                let is_own = *kid == Object::Integer(*number) && own_page == *page;
                let is_elsewhere = kid.as_dict().is_ok_and(|kid| {
                    kid.get(b"MCID").and_then(Object::as_i64).ok() == Some(*number)
                        && kid.get(b"Pg").and_then(Object::as_reference).ok() == Some(*page)
                });
                is_own || is_elsewhere
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
