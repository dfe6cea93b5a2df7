//! The mark of Concord.

use leptos::prelude::*;

/// The mark: two frames that agree. Beside it stands the name, so it says nothing by itself.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <path fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="M3 3h12v12H3zM9 9h12v12H9z" />
            <path fill="currentColor" d="M9 9h6v6H9z" />
        </svg>
    }
}
