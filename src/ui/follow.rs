//! What follows signals, with its closure boxed: each kind of view, attribute and handler is compiled once instead of
//! once for each place that uses it. The page must stay small; see `budgets.toml`.

use std::borrow::Cow;

use leptos::ev::Event;
use leptos::prelude::Memo;

use super::element::{Act, Follows};
use super::view::View;

/// A value that is computed anew when what it reads changes, and passed on only if it differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(compute))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}

/// A part of the page that is built anew when what it reads changes.
pub fn follow<V: Into<View>>(build: impl Fn() -> V + Send + 'static) -> View {
    View::Follows(Box::new(move || build().into()))
}

/// Words that follow what they read.
pub fn words<S: Into<Cow<'static, str>>>(say: impl Fn() -> S + Send + Sync + 'static) -> Follows {
    Box::new(move || Some(say().into()))
}

/// An attribute that may be absent and follows what it reads.
pub fn maybe<S: Into<Cow<'static, str>>>(say: impl Fn() -> Option<S> + Send + Sync + 'static) -> Follows {
    Box::new(move || say().map(Into::into))
}

/// A yes or no that follows what it reads.
pub fn flag(is_so: impl Fn() -> bool + Send + Sync + 'static) -> Follows {
    Box::new(move || is_so().then_some(Cow::Borrowed("")))
}

/// What an event does.
pub fn act(handle: impl FnMut(Event) + Send + 'static) -> Act {
    Box::new(handle)
}
