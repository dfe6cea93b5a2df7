//! The page. Everything is in the library; this only starts it.

#[cfg(target_arch = "wasm32")]
fn main() {
    concord::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
