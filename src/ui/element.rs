//! An element of a page, by the name of its tag. Its attributes and properties may follow signals.
//!
//! When a page is built anew, an element that has the same shape (tag and names of attributes, properties and events)
//! stays: what differs is set, and the focus is kept. One of another shape takes its place.

use std::borrow::Cow;

use leptos::ev::Event;
use leptos::prelude::{Mountable, Render, RenderEffect};
use leptos::tachys::renderer::types::Element as Node;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};

use super::platform;
use super::view::{Shown, View, change_all};

/// The value of an attribute, or nothing where the attribute is absent. A flag that is set is a blank text.
pub type Value = Option<Cow<'static, str>>;

/// A value that follows what it reads.
pub type Follows = Box<dyn Fn() -> Value + Send + Sync>;

/// What an event does.
pub type Act = Box<dyn FnMut(Event) + Send>;

const DRAWINGS: &str = "http://www.w3.org/2000/svg";

/// An element that is not shown yet.
pub struct Element(Box<Parts>);

struct Parts {
    tag: &'static str,
    is_drawing: bool,
    key: Option<u32>,
    settings: Vec<Setting>,
    listeners: Vec<(&'static str, Act)>,
    children: Vec<View>,
}

/// An attribute or a property.
struct Setting {
    name: Name,
    given: Given,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Name {
    name: &'static str,
    is_property: bool,
}

/// What a setting is given: a value, or one that follows signals.
pub enum Given {
    /// A value that stays.
    Value(Value),
    /// A value that changes.
    Follows(Follows),
}

impl From<&'static str> for Given {
    fn from(text: &'static str) -> Self {
        Self::Value(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self::Value(Some(Cow::Owned(text)))
    }
}

impl From<Cow<'static, str>> for Given {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Value(Some(text))
    }
}

impl From<Option<String>> for Given {
    fn from(text: Option<String>) -> Self {
        Self::Value(text.map(Cow::Owned))
    }
}

impl From<bool> for Given {
    fn from(is_set: bool) -> Self {
        Self::Value(is_set.then_some(Cow::Borrowed("")))
    }
}

impl From<Follows> for Given {
    fn from(follows: Follows) -> Self {
        Self::Follows(follows)
    }
}

/// An element with a tag.
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        is_drawing: false,
        key: None,
        settings: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
    }))
}

/// An element of a drawing.
pub fn drawing(tag: &'static str) -> Element {
    let mut element = el(tag);
    element.0.is_drawing = true;
    element
}

impl Element {
    /// Its classes.
    pub fn class(self, classes: &'static str) -> Self {
        self.attr("class", classes)
    }

    /// An attribute.
    pub fn attr(self, name: &'static str, given: impl Into<Given>) -> Self {
        self.set(name, false, given.into())
    }

    /// A property: `value` is a text, every other is a flag.
    pub fn prop(self, name: &'static str, given: impl Into<Given>) -> Self {
        self.set(name, true, given.into())
    }

    fn set(mut self, name: &'static str, is_property: bool, given: Given) -> Self {
        let name = Name { name, is_property };
        self.0.settings.push(Setting { name, given });
        self
    }

    /// What an event does.
    pub fn on(mut self, event: &'static str, act: Act) -> Self {
        self.0.listeners.push((event, act));
        self
    }

    /// What is in it, after what is there already.
    pub fn with(self, part: impl Into<View>) -> Self {
        self.push(part.into())
    }

    /// Several parts, after what is there already.
    pub fn all(mut self, mut parts: Vec<View>) -> Self {
        self.0.children.append(&mut parts);
        self
    }

    fn push(mut self, part: View) -> Self {
        self.0.children.push(part);
        self
    }

    /// Tells it from its neighbours: one that goes does not hand its place to the next.
    pub fn key(mut self, key: u32) -> Self {
        self.0.key = Some(key);
        self
    }

    /// The element as a view.
    pub fn view(self) -> View {
        View::Element(self)
    }

    pub(super) fn key_of(&self) -> Option<u32> {
        self.0.key
    }

    /// Makes the node, with all that is in it.
    pub(super) fn show(self) -> ShownElement {
        let parts = *self.0;
        let node = Rndr::create_element(parts.tag, parts.is_drawing.then_some(DRAWINGS));
        let settings = parts.settings.into_iter();
        let settings = settings.map(|it| ShownSetting::new(&node, it)).collect();
        let listeners = parts.listeners.into_iter();
        let listeners = listeners.map(|it| listen(&node, it)).collect();
        let mut children: Vec<Shown> = parts.children.into_iter().map(Render::build).collect();
        for child in &mut children {
            child.mount(&node, None);
        }
        ShownElement {
            tag: parts.tag,
            key: parts.key,
            node,
            settings,
            listeners,
            children,
        }
    }
}

/// An element as it is shown.
pub struct ShownElement {
    tag: &'static str,
    key: Option<u32>,
    node: Node,
    settings: Vec<ShownSetting>,
    listeners: Vec<(&'static str, RemoveEventHandler<Node>)>,
    children: Vec<Shown>,
}

impl ShownElement {
    pub(super) const fn node(&self) -> &Node {
        &self.node
    }

    pub(super) const fn key(&self) -> Option<u32> {
        self.key
    }

    /// Whether it can become another element without a new node.
    pub(super) fn fits(&self, after: &Element) -> bool {
        let parts = &after.0;
        self.tag == parts.tag
            && self.key == parts.key
            && (self.settings.iter().map(|it| it.name)).eq(parts.settings.iter().map(|it| it.name))
            && (self.listeners.iter().map(|it| it.0)).eq(parts.listeners.iter().map(|it| it.0))
    }

    /// Becomes another element that fits.
    pub(super) fn change(&mut self, after: Element) {
        let parts = *after.0;
        for (shown, setting) in self.settings.iter_mut().zip(parts.settings) {
            shown.change(&self.node, setting.given);
        }
        for (shown, listener) in self.listeners.iter_mut().zip(parts.listeners) {
            *shown = listen(&self.node, listener);
        }
        let node = &self.node;
        change_all(parts.children, &mut self.children, &|it| it.mount(node, None));
    }
}

fn listen(node: &Node, (event, act): (&'static str, Act)) -> (&'static str, RemoveEventHandler<Node>) {
    (event, platform::listen_to(node, event, act))
}

struct ShownSetting {
    name: Name,
    value: ShownValue,
}

enum ShownValue {
    Value(Value),
    Follows(RenderEffect<Value>),
}

impl ShownSetting {
    fn new(node: &Node, setting: Setting) -> Self {
        Self {
            name: setting.name,
            value: ShownValue::new(node, setting.name, setting.given, None),
        }
    }

    fn change(&mut self, node: &Node, after: Given) {
        let before = match &mut self.value {
            ShownValue::Value(value) => value.take(),
            ShownValue::Follows(effect) => effect.take_value().flatten(),
        };
        self.value = ShownValue::new(node, self.name, after, Some(before));
    }
}

impl ShownValue {
    /// Sets a value. One that was there before stays if it is the same; a property is set all the same, because the user
    /// may have changed it.
    fn new(node: &Node, name: Name, given: Given, before: Option<Value>) -> Self {
        let before = before.filter(|_| !name.is_property);
        match given {
            Given::Value(value) => {
                name.set(node, before.as_ref(), &value);
                Self::Value(value)
            }
            Given::Follows(follows) => {
                let node = node.clone();
                let set = move |before: Option<Value>| {
                    let value = follows();
                    name.set(&node, before.as_ref(), &value);
                    value
                };
                Self::Follows(RenderEffect::new_with_value(set, before))
            }
        }
    }
}

impl Name {
    fn set(self, node: &Node, before: Option<&Value>, value: &Value) {
        if before == Some(value) {
            return;
        }
        let text = value.as_deref();
        match (self.is_property, text) {
            (true, _) if self.name == "value" => platform::set_value(node, text.unwrap_or_default()),
            (true, _) => platform::set_flag(node, self.name, text.is_some()),
            (false, Some(text)) => Rndr::set_attribute(node, self.name, text),
            (false, None) if before.is_some() => Rndr::remove_attribute(node, self.name),
            (false, None) => {}
        }
    }
}
