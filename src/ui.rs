//! The browser app: what is shown and what a person does. It joins the layers; it holds no rule and no arithmetic.
//!
//! Only `ui::platform` names the browser's interfaces.

mod app;
mod components;
pub mod element;
mod follow;
mod later;
mod pages;
pub mod platform;
mod practice_query;
mod route;
mod state;
pub mod view;

pub use route::{Page, Route};

/// Starts the app on the page: takes the place of the loading shell.
pub fn start() {
    platform::catch_panics();
    platform::clear_body();
    leptos::mount::mount_to_body(app::app);
    platform::say_started();
}
