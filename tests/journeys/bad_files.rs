//! Files that are no good: each is refused in words that say why, and nothing is changed.

use std::fs::{self, File};

use crate::app::{self, SAMPLE};
use crate::browser::{Browser, Profile};

/// Picks a file on a start page with the sample company, and expects to be refused.
async fn assert_refused(name: &str, bytes: &[u8], reason: &str) {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_sample(&browser).await;
    browser.goto("#/").await;
    browser.wait_for("#import-file").await;
    let before = app::kept(&browser).await;
    app::pick(&browser, &app::file(name, bytes)).await;
    browser.wait_for_text(".notices .notice[data-tone=bad]", reason).await;
    let said = app::notices(&browser).await.join("\n");
    assert!(said.starts_with(&format!("{name} was not opened: ")), "{said}");
    assert!(said.ends_with("Nothing has been changed."), "{said}");
    assert_eq!(app::kept(&browser).await, before);
    assert_eq!(browser.route().await, "/", "the start page stays");
    // The same field takes the next file, and it is the good one now.
    app::pick(&browser, SAMPLE.as_ref()).await;
    browser.wait_for_text("main h1", "Questions").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_that_was_cut_off_is_refused() {
    let sample = fs::read(SAMPLE).expect("the sample");
    assert_refused(
        "cut.json",
        &sample[..sample.len() / 2],
        "the file is damaged or cut off",
    )
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_of_something_else_is_refused() {
    assert_refused(
        "foreign.json",
        br#"{"name": "package", "version": "1.0.0"}"#,
        "is not a Concord assessment",
    )
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn picture_is_refused() {
    assert_refused(
        "picture.json",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe",
        "the file is not text",
    )
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_of_a_newer_version_is_refused() {
    let sample = fs::read_to_string(SAMPLE).expect("the sample");
    let newer = sample.replacen("\"schema\": 1", "\"schema\": 99", 1);
    assert_ne!(newer, sample);
    assert_refused("newer.json", newer.as_bytes(), "newer version of Concord (schema 99").await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_that_nests_deeply_is_refused() {
    let deep = format!(
        "{{\"format\": \"concord-assessment\", \"schema\": 1, \"records\": {}",
        "[".repeat(1_000_000)
    );
    assert_refused("deep.json", deep.as_bytes(), "nests deeper than 32 levels").await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_of_fifty_megabytes_is_refused_by_its_size() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    let path = app::directory().join("huge.json");
    File::create(&path)
        .expect("a file")
        .set_len(50 * 1024 * 1024)
        .expect("a sparse file");
    app::pick(&browser, &path).await;
    browser
        .wait_for_text(
            ".notices .notice[data-tone=bad]",
            "the file has 52428800 bytes, the most is 16777216",
        )
        .await;
    assert!(app::kept(&browser).await.is_empty());
    browser.finish().await;
}
