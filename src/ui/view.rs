//! What a page is made of: text, elements, several of these, and what follows signals.
//!
//! One type for all of it, so that building, changing and taking away is compiled once. Leptos' own views are a type for
//! each tag with its attributes and children, each with code of its own, and the page must stay small.

use std::borrow::Cow;

use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderEffect, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element as Node, Node as AnyNode, Placeholder, Text};
use leptos::tachys::view::{Position, PositionState};

use super::element::{Element, ShownElement};

/// A part of a page, not shown yet.
pub enum View {
    /// Words.
    Text(Cow<'static, str>),
    /// An element with all that is in it.
    Element(Element),
    /// Several parts in a row; none is nothing at all.
    Many(Vec<View>),
    /// A part that is built anew when what it reads changes.
    Follows(Box<dyn Fn() -> View + Send>),
}

/// A part of a page as it is shown.
pub enum Shown {
    /// Its node and its words.
    Text(Text, Cow<'static, str>),
    /// The element.
    Element(Box<ShownElement>),
    /// The parts, and a mark behind them where others can be put.
    Many(Vec<Shown>, Placeholder),
    /// What builds it anew.
    Follows(RenderEffect<Shown>),
}

impl<V: Into<View>> From<Option<V>> for View {
    fn from(view: Option<V>) -> Self {
        view.map_or_else(|| Self::Many(Vec::new()), Into::into)
    }
}

impl From<&'static str> for View {
    fn from(words: &'static str) -> Self {
        Self::Text(Cow::Borrowed(words))
    }
}

impl From<String> for View {
    fn from(words: String) -> Self {
        Self::Text(Cow::Owned(words))
    }
}

impl From<Cow<'static, str>> for View {
    fn from(words: Cow<'static, str>) -> Self {
        Self::Text(words)
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<Vec<View>> for View {
    fn from(parts: Vec<View>) -> Self {
        Self::Many(parts)
    }
}

impl View {
    fn key(&self) -> Option<u32> {
        match self {
            Self::Element(element) => element.key_of(),
            Self::Text(_) | Self::Many(_) | Self::Follows(_) => None,
        }
    }
}

impl Shown {
    fn key(&self) -> Option<u32> {
        match self {
            Self::Element(element) => element.key(),
            Self::Text(..) | Self::Many(..) | Self::Follows(_) => None,
        }
    }
}

impl Render for View {
    type State = Shown;

    fn build(self) -> Shown {
        match self {
            Self::Text(words) => Shown::Text(Rndr::create_text_node(&words), words),
            Self::Element(element) => Shown::Element(Box::new(element.show())),
            Self::Many(parts) => Shown::Many(
                parts.into_iter().map(Render::build).collect(),
                Rndr::create_placeholder(),
            ),
            Self::Follows(build) => Shown::Follows(following(build, None)),
        }
    }

    fn rebuild(self, shown: &mut Shown) {
        match (self, shown) {
            (Self::Text(words), Shown::Text(node, before)) => {
                if words != *before {
                    Rndr::set_text(node, &words);
                    *before = words;
                }
            }
            (Self::Element(element), Shown::Element(before)) if before.fits(&element) => before.change(element),
            (Self::Many(parts), Shown::Many(before, mark)) => change_all(parts, before, &|it| {
                mark.insert_before_this(it);
            }),
            (Self::Follows(build), Shown::Follows(effect)) => {
                let before = effect.take_value();
                *effect = following(build, before);
            }
            (view, before) => {
                let mut after = view.build();
                before.insert_before_this(&mut after);
                before.unmount();
                *before = after;
            }
        }
    }
}

fn following(build: Box<dyn Fn() -> View + Send>, before: Option<Shown>) -> RenderEffect<Shown> {
    let show = move |before: Option<Shown>| {
        let view = build();
        match before {
            Some(mut shown) => {
                view.rebuild(&mut shown);
                shown
            }
            None => view.build(),
        }
    };
    RenderEffect::new_with_value(show, before)
}

/// Makes shown parts into others, one by one; `mount` puts a new one behind the last. One with a key that is no longer
/// there goes first, so that the parts after it stay as they are.
pub fn change_all(parts: Vec<View>, shown: &mut Vec<Shown>, mount: &dyn Fn(&mut Shown)) {
    shown.retain_mut(|it| {
        let stays = it.key().is_none() || parts.iter().any(|part| part.key() == it.key());
        if !stays {
            it.unmount();
        }
        stays
    });
    for mut surplus in shown.drain(parts.len().min(shown.len())..) {
        surplus.unmount();
    }
    for (index, part) in parts.into_iter().enumerate() {
        if let Some(before) = shown.get_mut(index) {
            part.rebuild(before);
        } else {
            let mut after = part.build();
            mount(&mut after);
            shown.push(after);
        }
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        match self {
            Self::Text(node, _) => node.unmount(),
            Self::Element(element) => element.node().clone().unmount(),
            Self::Many(parts, mark) => {
                parts.iter_mut().for_each(Self::unmount);
                mark.unmount();
            }
            Self::Follows(effect) => effect.unmount(),
        }
    }

    fn mount(&mut self, parent: &Node, before: Option<&AnyNode>) {
        match self {
            Self::Text(node, _) => node.mount(parent, before),
            Self::Element(element) => element.node().clone().mount(parent, before),
            Self::Many(parts, mark) => {
                parts.iter_mut().for_each(|it| it.mount(parent, before));
                mark.mount(parent, before);
            }
            Self::Follows(effect) => effect.mount(parent, before),
        }
    }

    fn insert_before_this(&self, other: &mut dyn Mountable) -> bool {
        match self {
            Self::Text(node, _) => node.insert_before_this(other),
            Self::Element(element) => element.node().insert_before_this(other),
            Self::Many(parts, mark) => match parts.first() {
                Some(first) => first.insert_before_this(other),
                None => mark.insert_before_this(other),
            },
            Self::Follows(effect) => effect.insert_before_this(other),
        }
    }

    fn elements(&self) -> Vec<Node> {
        Vec::new()
    }
}

// What Leptos asks of a view that it is to put on the page. The app runs in browsers alone, so nothing is written as
// HTML and nothing is taken over from a server.

impl AddAnyAttr for View {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

impl RenderHtml for View {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Shown {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
