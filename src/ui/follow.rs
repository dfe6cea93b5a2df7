//! What follows signals, with its closure boxed: each kind of view, attribute and handler is compiled once instead of
//! once for each place that uses it. The page must stay small; see `budgets.toml`.

use leptos::prelude::*;

/// A value that is computed anew when what it reads changes, and passed on only if it differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(compute))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}

/// A part of the page that is built anew when what it reads changes.
pub fn follow<V: IntoAny>(build: impl Fn() -> V + Send + 'static) -> AnyView {
    boxed_view(Box::new(move || build().into_any()))
}

fn boxed_view(build: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || build()).into_any()
}

/// Words that follow what they read.
pub fn words<S: Into<String>>(say: impl Fn() -> S + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || say().into())
}

/// An attribute that may be absent and follows what it reads.
pub fn maybe<S: Into<String>>(say: impl Fn() -> Option<S> + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(move || say().map(Into::into))
}

/// A yes or no that follows what it reads.
pub fn flag(is_so: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(is_so)
}

/// What an event does.
pub fn act<E: 'static>(handle: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handle)
}
