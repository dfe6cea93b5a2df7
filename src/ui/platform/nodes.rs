//! Properties and events of nodes. What they mean is the page's business.

use leptos::tachys::renderer::types::{Element as Node, Event as Raw};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, KeyboardEvent};

/// Sets a property that is true or false.
pub fn set_flag(node: &Node, name: &str, is_set: bool) {
    Rndr::set_property(node, name, &JsValue::from_bool(is_set));
}

/// Sets the value of a field, once all that is in it is there.
pub fn set_value(node: &Node, text: &str) {
    Rndr::set_property_or_value(node, "value", &JsValue::from_str(text));
}

/// Whether an event is a press of the Escape key.
#[must_use]
pub fn is_escape(event: &Event) -> bool {
    event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|pressed| pressed.key() == "Escape")
}

/// Calls back when an event happens at a node, until what is returned is dropped.
pub fn listen_to(
    node: &Node,
    event: &'static str,
    mut callback: Box<dyn FnMut(Event) + Send>,
) -> RemoveEventHandler<Node> {
    let called = move |event: Raw| callback(event.unchecked_into());
    Rndr::add_event_listener(node, event, Box::new(called))
}
