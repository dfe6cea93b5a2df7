//! The structure tree: what each piece of content is, in reading order, for people who do not see the page.
//!
//! It grows while the pages are set and is written into the file at the end. It knows roles, page numbers and content
//! numbers, and nothing of what is drawn.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::PdfError;
use super::metadata::text_string;

/// A standard structure type of PDF 1.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Sect,
    Div,
    H1,
    H2,
    H3,
    P,
    Span,
    List,
    BulletList,
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHeader,
    Cell,
    Caption,
    Figure,
    Contents,
    ContentsLine,
    Reference,
    Link,
}

impl Role {
    /// The name of the structure type in the file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Role::Document => "Document",
            Role::Sect => "Sect",
            Role::Div => "Div",
            Role::H1 => "H1",
            Role::H2 => "H2",
            Role::H3 => "H3",
            Role::P => "P",
            Role::Span => "Span",
            Role::List | Role::BulletList => "L",
            Role::ListItem => "LI",
            Role::Label => "Lbl",
            Role::ListBody => "LBody",
            Role::Table => "Table",
            Role::TableHead => "THead",
            Role::TableBody => "TBody",
            Role::Row => "TR",
            Role::ColumnHeader => "TH",
            Role::Cell => "TD",
            Role::Caption => "Caption",
            Role::Figure => "Figure",
            Role::Contents => "TOC",
            Role::ContentsLine => "TOCI",
            Role::Reference => "Reference",
            Role::Link => "Link",
        }
    }
}

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(usize);

/// An area of the page that leads to another place in the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    /// The page the area is on, counted from 0.
    pub(super) page: usize,
    /// Left, lower, right and upper edge, measured from the lower left corner of the page.
    pub(super) edges: [f32; 4],
    /// What the link is called.
    pub(super) label: String,
    pub(super) target: Place,
}

/// A place in the document to go to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// The page, counted from 0.
    pub(super) page: usize,
    /// Height above the lower edge of the page.
    pub(super) height: f32,
}

impl Place {
    /// The destination as the file holds it.
    pub(super) fn destination(self, pages: &[ObjectId]) -> Result<Object, PdfError> {
        let page = *pages.get(self.page).ok_or(PdfError::Layout { what: "a page" })?;
        Ok(Object::Array(vec![
            Object::Reference(page),
            Object::Name(b"XYZ".to_vec()),
            Object::Null,
            Object::Real(self.height.round()),
            Object::Null,
        ]))
    }
}

/// The tree under way.
#[derive(Debug)]
pub(super) struct Tags {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    role: Role,
    parent: Option<NodeId>,
    kids: Vec<Kid>,
    alternative: Option<String>,
    actual_text: Option<String>,
    /// Left, lower, right and upper edge of a figure.
    edges: Option<[f32; 4]>,
}

#[derive(Debug)]
enum Kid {
    Node(NodeId),
    Content { page: usize, number: i64 },
    Link(Link),
}

impl Tags {
    /// A tree with nothing but its root, the document.
    pub(super) fn new() -> Tags {
        Tags {
            nodes: vec![Node::new(Role::Document, None)],
        }
    }

    pub(super) fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Adds a node below another, after the kids that it has.
    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node::new(role, Some(parent)));
        self.push(parent, Kid::Node(id));
        id
    }

    pub(super) fn role(&self, id: NodeId) -> Role {
        self.nodes.get(id.0).map_or(Role::Span, |node| node.role)
    }

    /// Notes that a piece of content on a page belongs to the node.
    pub(super) fn add_content(&mut self, id: NodeId, page: usize, number: i64) {
        self.push(id, Kid::Content { page, number });
    }

    /// Notes that a link on a page belongs to the node.
    pub(super) fn add_link(&mut self, id: NodeId, link: Link) {
        self.push(id, Kid::Link(link));
    }

    /// Says in words what a figure or a sign shows.
    pub(super) fn set_alternative(&mut self, id: NodeId, words: String) {
        if let Some(node) = self.nodes.get_mut(id.0) {
            node.alternative = Some(words);
        }
    }

    /// Gives the text behind content that shows something else, such as the sign for a missing character.
    pub(super) fn set_actual_text(&mut self, id: NodeId, text: String) {
        if let Some(node) = self.nodes.get_mut(id.0) {
            node.actual_text = Some(text);
        }
    }

    /// Says where on its page a figure stands.
    pub(super) fn set_edges(&mut self, id: NodeId, edges: [f32; 4]) {
        if let Some(node) = self.nodes.get_mut(id.0) {
            node.edges = Some(edges);
        }
    }

    /// Writes the tree into the file: the structure elements, the parent tree, and the link annotations.
    pub(super) fn write(self, file: &mut Document, pages: &[ObjectId]) -> Result<(), PdfError> {
        let tree = file.new_object_id();
        let ids: Vec<ObjectId> = self.nodes.iter().map(|_| file.new_object_id()).collect();
        let mut parents = Parents {
            of_pages: vec![Vec::new(); pages.len()],
            of_links: Vec::new(),
        };
        for (node, id) in self.nodes.into_iter().zip(&ids) {
            let element = element(node, *id, tree, &ids, pages, &mut parents, file)?;
            file.objects.insert(*id, Object::Dictionary(element));
        }
        let parent_tree = parents.write(file, pages)?;
        let root = ids.first().copied().ok_or(PdfError::Layout { what: "a root" })?;
        let n_keys = integer(parent_tree.n_keys);
        file.objects.insert(
            tree,
            Object::Dictionary(dictionary! {
                "Type" => "StructTreeRoot",
                "K" => vec![Object::Reference(root)],
                "ParentTree" => parent_tree.id,
                "ParentTreeNextKey" => n_keys,
            }),
        );
        file.catalog_mut()?.set("StructTreeRoot", tree);
        Ok(())
    }

    fn push(&mut self, id: NodeId, kid: Kid) {
        if let Some(node) = self.nodes.get_mut(id.0) {
            node.kids.push(kid);
        }
    }
}

impl Node {
    fn new(role: Role, parent: Option<NodeId>) -> Node {
        Node {
            role,
            parent,
            kids: Vec::new(),
            alternative: None,
            actual_text: None,
            edges: None,
        }
    }

    /// The attributes that belong to the role.
    fn attributes(&self) -> Option<Object> {
        let attributes = match self.role {
            Role::ColumnHeader => dictionary! { "O" => "Table", "Scope" => "Column" },
            Role::BulletList => dictionary! { "O" => "List", "ListNumbering" => "Disc" },
            Role::Figure => {
                let edges = self.edges?.into_iter().map(|edge| Object::Real(edge.round())).collect();
                dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => Object::Array(edges) }
            }
            Role::Document
            | Role::Sect
            | Role::Div
            | Role::H1
            | Role::H2
            | Role::H3
            | Role::P
            | Role::Span
            | Role::List
            | Role::ListItem
            | Role::Label
            | Role::ListBody
            | Role::Table
            | Role::TableHead
            | Role::TableBody
            | Role::Row
            | Role::Cell
            | Role::Caption
            | Role::Contents
            | Role::ContentsLine
            | Role::Reference
            | Role::Link => return None,
        };
        Some(Object::Dictionary(attributes))
    }
}

/// Which structure element each content of each page, and each link, belongs to.
struct Parents {
    of_pages: Vec<Vec<(i64, ObjectId)>>,
    /// The element and the annotation of each link.
    of_links: Vec<(ObjectId, ObjectId)>,
}

struct ParentTree {
    id: ObjectId,
    n_keys: usize,
}

impl Parents {
    /// Writes the number tree: pages have the keys 0, 1 …; links follow.
    fn write(self, file: &mut Document, pages: &[ObjectId]) -> Result<ParentTree, PdfError> {
        let mut numbers = Vec::new();
        for (key, (mut contents, page)) in self.of_pages.into_iter().zip(pages).enumerate() {
            contents.sort_by_key(|(number, _)| *number);
            let elements = contents
                .into_iter()
                .map(|(_, element)| Object::Reference(element))
                .collect();
            let elements = file.add_object(Object::Array(elements));
            numbers.extend([Object::Integer(integer(key)), Object::Reference(elements)]);
            let page = file.get_dictionary_mut(*page)?;
            page.set("StructParents", integer(key));
            page.set("Tabs", "S");
        }
        let n_pages = pages.len();
        let n_links = self.of_links.len();
        for (nth, (element, annotation)) in self.of_links.into_iter().enumerate() {
            let key = integer(n_pages + nth);
            numbers.extend([Object::Integer(key), Object::Reference(element)]);
            file.get_dictionary_mut(annotation)?.set("StructParent", key);
        }
        let id = file.add_object(dictionary! { "Nums" => numbers });
        Ok(ParentTree {
            id,
            n_keys: n_pages + n_links,
        })
    }
}

/// The structure element of one node.
fn element(
    node: Node,
    id: ObjectId,
    tree: ObjectId,
    ids: &[ObjectId],
    pages: &[ObjectId],
    parents: &mut Parents,
    file: &mut Document,
) -> Result<Dictionary, PdfError> {
    let element_of = |node: NodeId| ids.get(node.0).copied().ok_or(PdfError::Layout { what: "a node" });
    let page_of = |page: usize| pages.get(page).copied().ok_or(PdfError::Layout { what: "a page" });
    let parent = node.parent.map_or(Ok(tree), element_of)?;
    let mut element = dictionary! { "Type" => "StructElem", "S" => node.role.name(), "P" => parent };
    if let Some(attributes) = node.attributes() {
        element.set("A", attributes);
    }
    if let Some(words) = &node.alternative {
        element.set("Alt", text_string(words));
    }
    if let Some(text) = &node.actual_text {
        element.set("ActualText", text_string(text));
    }
    let mut own_page = None;
    let mut kids = Vec::new();
    for kid in node.kids {
        match kid {
            Kid::Node(kid) => kids.push(Object::Reference(element_of(kid)?)),
            Kid::Content { page, number } => {
                parents
                    .of_pages
                    .get_mut(page)
                    .ok_or(PdfError::Layout { what: "a page" })?
                    .push((number, id));
                if own_page.is_none() {
                    element.set("Pg", page_of(page)?);
                    own_page = Some(page);
                }
                kids.push(if own_page == Some(page) {
                    Object::Integer(number)
                } else {
                    Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => page_of(page)?, "MCID" => number })
                });
            }
            Kid::Link(link) => {
                let page = page_of(link.page)?;
                let annotation = file.add_object(annotation(&link, page, pages)?);
                annotate(file, page, annotation)?;
                parents.of_links.push((id, annotation));
                kids.push(Object::Dictionary(
                    dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => annotation },
                ));
            }
        }
    }
    match kids.len() {
        0 => {}
        1 => element.set("K", kids.remove(0)),
        _ => element.set("K", Object::Array(kids)),
    }
    Ok(element)
}

fn annotation(link: &Link, page: ObjectId, pages: &[ObjectId]) -> Result<Dictionary, PdfError> {
    Ok(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => link.edges.iter().map(|edge| Object::Real(edge.round())).collect::<Vec<_>>(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // 4 is the flag "print", which the archive profiles ask for.
        "F" => 4,
        "P" => page,
        "Contents" => text_string(&link.label),
        "Dest" => link.target.destination(pages)?,
    })
}

fn annotate(file: &mut Document, page: ObjectId, annotation: ObjectId) -> Result<(), PdfError> {
    let page = file.get_dictionary_mut(page)?;
    if let Ok(annotations) = page.get_mut(b"Annots").and_then(Object::as_array_mut) {
        annotations.push(Object::Reference(annotation));
    } else {
        page.set("Annots", vec![Object::Reference(annotation)]);
    }
    Ok(())
}

/// A count as the file holds it.
pub(super) fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
