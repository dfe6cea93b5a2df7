//! Stands in for the crate of this name: what `server_fn`, which Leptos always brings, needs in order to compile.
//!
//! Concord has no server, so nothing here is ever called and the linker drops it. The real crate exports classes to
//! JavaScript, which no linker may drop: 5 kB of the first load, with their glue. Must not grow exports.

use futures_util::stream::{Pending, Stream};
use wasm_bindgen::JsValue;

const NO_SERVER: &str = "there are no server functions here, see patches/wasm-streams";

/// A stream of the browser.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps the browser's object.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The browser's object.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Would make a stream of the browser from one of Rust.
    ///
    /// # Panics
    /// Always.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        panic!("{NO_SERVER}")
    }

    /// Would make a stream of Rust from one of the browser.
    ///
    /// # Panics
    /// Always.
    pub fn into_stream(self) -> Pending<Result<JsValue, JsValue>> {
        panic!("{NO_SERVER}")
    }
}
