//! The registers: evidence by keyboard, its hash and its links, requests, suppliers with their reports, risks.

use std::collections::BTreeSet;

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

/// A message of FIPS 180-2, appendix B.2, and its SHA-256.
const CONTENT: &str = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
const HASH: &str = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

async fn press(browser: &Browser, key: Key) {
    browser.keys(&char::from(key).to_string()).await;
}

/// The ids of the entries of a register that are kept.
async fn entries(browser: &Browser, id: &str, register: &str) -> BTreeSet<String> {
    let prefix = format!("{register}/");
    let bodies = app::bodies(browser, id).await;
    bodies
        .keys()
        .filter_map(|key| key.strip_prefix(&prefix).map(str::to_owned))
        .collect()
}

/// The one entry that was added to a register.
async fn added(browser: &Browser, id: &str, register: &str, before: &BTreeSet<String>) -> String {
    let is_added = async || entries(browser, id, register).await.len() == before.len() + 1;
    browser
        .wait_until(&format!("an entry of {register} is added"), is_added)
        .await;
    let after = entries(browser, id, register).await;
    let mut new = after.difference(before);
    new.next().expect("an entry").clone()
}

/// Goes to the field with the focus on it, by Tab alone.
async fn tab_to_field(browser: &Browser, id: &str, field: &str) {
    browser.tab_to(&app::field("evidence", id, field)).await;
}

#[tokio::test(flavor = "current_thread")]
async fn evidence_is_entered_by_keyboard_alone_and_is_there_after_a_reload() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "register/evidence", "Evidence register").await;
    browser.tab_to("#add-entry").await;
    press(&browser, Key::Enter).await;
    let entry = app::open_entry(&browser, "evidence").await;
    let title = app::field("evidence", &entry, "title");
    browser
        .wait_until("the focus is on the first field", async || {
            browser.has_focus(&title).await
        })
        .await;
    browser.keys("Merges of the third quarter").await;
    tab_to_field(&browser, &entry, "artefact").await;
    browser.keys("Acc").await;
    tab_to_field(&browser, &entry, "state").await;
    browser.keys("Rec").await;
    tab_to_field(&browser, &entry, "practices").await;
    browser.keys("peer review").await;
    press(&browser, Key::Enter).await;
    browser.wait_for(".chips .chip").await;
    tab_to_field(&browser, &entry, "location").await;
    browser.keys("https://example.org/merges").await;
    tab_to_field(&browser, &entry, "owner").await;
    browser.keys("Łukasz").await;
    // One day by the keys of the control itself: month, day, year.
    tab_to_field(&browser, &entry, "due").await;
    browser.keys("12242026").await;
    tab_to_field(&browser, &entry, "query").await;
    browser.keys("All merges, by date").await;
    tab_to_field(&browser, &entry, "note").await;

    let record = format!("evidence/{entry}");
    app::wait_for_field(&browser, &id, &record, "query", json!("All merges, by date")).await;
    app::wait_for_field(&browser, &id, &record, "due", json!("2026-12-24")).await;
    let kept = app::kept_body(&browser, &id, &record).await;
    assert_eq!(kept["title"], json!("Merges of the third quarter"));
    assert_eq!(kept["state"], json!("received"));
    assert_eq!(kept["location"], json!("https://example.org/merges"));
    assert_eq!(kept["owner"], json!("Łukasz"));
    let artefact = kept["artefact"].as_str().expect("a kind").to_owned();
    let practices = kept["practices"].as_array().expect("practices").clone();
    assert_eq!(practices.len(), 1);

    browser.reload().await;
    browser.wait_for_text("main h1", "Merges of the third quarter").await;
    assert_eq!(app::kept_body(&browser, &id, &record).await, kept);
    for (field, value) in [
        ("title", "Merges of the third quarter"),
        ("artefact", artefact.as_str()),
        ("state", "received"),
        ("location", "https://example.org/merges"),
        ("owner", "Łukasz"),
        ("due", "2026-12-24"),
        ("query", "All merges, by date"),
    ] {
        let shown = browser.prop(&app::field("evidence", &entry, field), "value").await;
        assert_eq!(shown.as_deref(), Some(value), "{field}");
    }
    let practice = practices[0].as_str().expect("an id");
    let title = concord::catalogue::CATALOGUE
        .practice(practice)
        .expect("a practice")
        .title();
    browser.wait_for_text(".chips .chip", title).await;
    app::go(&browser, &id, "register/evidence", "Evidence register").await;
    browser
        .wait_for_text(
            &format!("tr:has(a[href$='register/evidence/{entry}'])"),
            "Merges of the third quarter",
        )
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn deleted_evidence_is_gone_and_comes_back_by_the_notice() {
    let (browser, id) = with_sample().await;
    let entry = "amtj1u0c";
    let before = app::bodies(&browser, &id).await;
    app::go(&browser, &id, &format!("register/evidence/{entry}"), "Scope statement").await;
    browser.click("#delete-entry").await;
    browser.wait_for_text("main h1", "Evidence register").await;
    let record = format!("evidence/{entry}");
    browser
        .wait_until("the entry is gone", async || {
            app::kept_body(&browser, &id, &record).await == Value::Null
        })
        .await;
    let row = format!("tr:has(a[href$='register/evidence/{entry}'])");
    browser.wait_until_gone(&row).await;
    browser.wait_for_text(".notices", "Deleted: Scope statement").await;
    browser
        .click_path("//div[contains(@class, 'notices')]//button[.='Undo']")
        .await;
    browser.wait_for(&row).await;
    assert_eq!(app::bodies(&browser, &id).await, before);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_is_hashed_and_not_kept_and_a_second_look_never_touches_the_hash() {
    let (browser, id) = with_sample().await;
    let entry = "0dle5efr";
    let record = format!("evidence/{entry}");
    app::go(
        &browser,
        &id,
        &format!("register/evidence/{entry}"),
        "History of pipelines",
    )
    .await;
    browser
        .set_file_input("#hash-file", &app::file("proof.txt", CONTENT.as_bytes()))
        .await;
    app::wait_for_field(&browser, &id, &record, "sha256", json!(HASH)).await;
    browser.wait_for_text("code.hash", HASH).await;
    let today = app::today(&browser).await;
    let kept = app::kept_body(&browser, &id, &record).await;
    assert_eq!(
        (&kept["file_name"], &kept["hashed_on"]),
        (&json!("proof.txt"), &json!(today))
    );
    let script = "return Object.keys(localStorage).map(key => key + localStorage.getItem(key)).join('')
        + Object.keys(sessionStorage).map(key => key + sessionStorage.getItem(key)).join('')";
    let all = browser.execute(script, vec![]).await;
    let all = all.as_str().expect("texts");
    assert!(all.contains(HASH), "the hash is kept");
    assert!(!all.contains(CONTENT), "the file is kept nowhere");

    let check = async |name: &str, content: &str, outcome: &str, words: &str| {
        browser
            .set_file_input("#check-file", &app::file(name, content.as_bytes()))
            .await;
        app::wait_for_field(&browser, &id, &record, "verified", json!(outcome)).await;
        browser.wait_for_text("dl.pairs", words).await;
        browser
            .wait_for_text(".notices", &format!("{name}: {}", words.to_lowercase()))
            .await;
        let kept = app::kept_body(&browser, &id, &record).await;
        assert_eq!(
            (&kept["sha256"], &kept["verified_on"]),
            (&json!(HASH), &json!(today.clone()))
        );
        assert_eq!(kept["file_name"], json!("proof.txt"));
    };
    check("proof.txt", CONTENT, "unchanged", "Unchanged since hashed").await;
    check("other.txt", "something else", "changed", "Changed since hashed").await;
    check("again.txt", CONTENT, "unchanged", "Unchanged since hashed").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn link_that_a_click_would_run_is_refused_and_the_old_one_stays() {
    let (browser, id) = with_sample().await;
    let entry = "amtj1u0c";
    let record = format!("evidence/{entry}");
    let page = format!("register/evidence/{entry}");
    app::go(&browser, &id, &page, "Scope statement").await;
    let field = app::field("evidence", entry, "location");
    browser.fill(&field, "https://example.org/scope").await;
    browser.click("main h1").await;
    app::wait_for_field(&browser, &id, &record, "location", json!("https://example.org/scope")).await;
    browser
        .wait_for(".field-link a[href='https://example.org/scope']")
        .await;
    for bad in ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,hello"] {
        browser.fill(&field, bad).await;
        browser.click("main h1").await;
        browser
            .wait_for_text(".notices", "the link must begin with http, https or mailto")
            .await;
        browser
            .wait_until("the field shows what is kept", async || {
                browser.prop(&field, "value").await.as_deref() == Some("https://example.org/scope")
            })
            .await;
        assert_eq!(
            app::kept_body(&browser, &id, &record).await["location"],
            json!("https://example.org/scope"),
            "{bad}"
        );
        let script = "return [...document.querySelectorAll('a')].filter(
            it => /^(javascript|data):/i.test(it.getAttribute('href') ?? '')).length";
        assert_eq!(browser.execute(script, vec![]).await, json!(0));
        browser.click(".notices .notice-actions button:last-child").await;
        browser.wait_until_gone(".notices .notice").await;
    }
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn document_proposes_documented_for_its_practices_and_one_undo_takes_all_back() {
    let (browser, id) = with_sample().await;
    let practices = [
        "development.threat-modelling",
        "protection.crypto-rules",
        "suppliers.exit",
    ];
    app::go(&browser, &id, "register/evidence", "Evidence register").await;
    browser.click("#add-entry").await;
    let entry = app::open_entry(&browser, "evidence").await;
    let field = |name: &str| app::field("evidence", &entry, name);
    browser.fill(&field("title"), "Three new rules").await;
    browser.choose(&field("artefact"), "policy-set").await;
    browser.choose(&field("state"), "accepted").await;
    for (at, practice) in practices.iter().enumerate() {
        let title = concord::catalogue::CATALOGUE
            .practice(practice)
            .expect("a practice")
            .title();
        browser.fill(&field("practices"), title).await;
        browser
            .click_path(&format!("//ul[@class='pick-list']//button[.=\"{title}\"]"))
            .await;
        browser
            .wait_until("the practice is chosen", async || {
                browser.n_elements(".chips .chip").await == at + 1
            })
            .await;
    }
    browser.wait_for_text(".proposal", "What it would settle").await;
    let named = app::texts(&browser, ".proposal li").await;
    assert_eq!(named.len(), 3, "{named:?}");
    browser
        .wait_for_text("#accept-proposal", "Set documented for these 3 practices")
        .await;
    let before = app::bodies(&browser, &id).await;
    for practice in practices {
        let answer = &before[&format!("answer/{practice}")];
        assert_eq!(answer["facets"]["documented"], json!(false), "{practice}");
    }
    browser.click("#accept-proposal").await;
    for practice in practices {
        let is_said = async || app::kept_answer(&browser, &id, practice).await["facets"]["documented"] == json!(true);
        browser.wait_until(&format!("{practice} is documented"), is_said).await;
    }
    browser.wait_until_gone(".proposal").await;
    browser
        .wait_for_text(".notices", "Documented set for 3 practices")
        .await;
    app::undo(&browser).await;
    browser.wait_for_text(".proposal", "What it would settle").await;
    assert_eq!(app::bodies(&browser, &id).await, before, "one step takes all back");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn request_makes_an_entry_that_is_requested() {
    let (browser, id) = with_sample().await;
    // The sample has asked for all; what shows licences is given up first.
    app::go(&browser, &id, "register/evidence/weclgraw", "Licence checks").await;
    browser.click("#delete-entry").await;
    browser.wait_for_text("main h1", "Evidence register").await;
    app::go(&browser, &id, "requests?state=missing", "Evidence requests").await;
    let (artefact, button) = ("licence-scan", "request-licence-scan");
    let row = format!("tr:has(#{button})");
    browser.wait_for_text(&format!("#{button}"), "Request").await;
    assert_eq!(browser.text(&format!("#{button}")).await, "Request");
    assert!(!browser.text(&row).await.contains("Requested"));
    let before = entries(&browser, &id, "evidence").await;
    let counted = browser.text(".filter-count").await;
    browser.click(&format!("#{button}")).await;
    let entry = added(&browser, &id, "evidence", &before).await;
    let kept = app::kept_body(&browser, &id, &format!("evidence/{entry}")).await;
    assert_eq!(
        (&kept["state"], &kept["artefact"]),
        (&json!("requested"), &json!(artefact))
    );
    assert!(kept["practices"].as_array().is_some_and(|it| !it.is_empty()), "{kept}");
    browser.wait_for_text(&row, "Requested").await;
    browser.wait_for_text(&row, "Request another").await;
    assert_eq!(browser.text(".filter-count").await, counted, "asking is not receiving");
    browser
        .click(&format!("{row} a[href$='register/evidence/{entry}']"))
        .await;
    browser
        .wait_for_text("main h1", kept["title"].as_str().expect("a title"))
        .await;
    assert_eq!(
        browser
            .prop(&app::field("evidence", &entry, "state"), "value")
            .await
            .as_deref(),
        Some("requested")
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn supplier_with_a_reviewed_report_stands_behind_an_inherited_answer() {
    const PRACTICE: &str = "monitoring.clock";
    const NAME: &str = "Amazon Web Services";
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "register/supplier", "Supplier register").await;
    let before = entries(&browser, &id, "supplier").await;
    browser.choose("#known-supplier", NAME).await;
    browser.click_button("Add it").await;
    browser.wait_for_text("main h1", NAME).await;
    let supplier = added(&browser, &id, "supplier", &before).await;
    let kept = app::kept_body(&browser, &id, &format!("supplier/{supplier}")).await;
    assert_eq!(
        kept,
        json!({ "kinds": ["cloud-platform", "data-centre"], "title": NAME }),
        "names and kinds only"
    );

    app::go_to_question(&browser, &id, PRACTICE).await;
    browser.fill("#inherited-supplier", NAME).await;
    browser.click(".question-title").await;
    browser
        .wait_until("the supplier is kept", async || {
            app::kept_answer(&browser, &id, PRACTICE).await["supplier"] == json!(NAME)
        })
        .await;
    browser
        .wait_for_text(".supplier-hint", "No reviewed report stands behind it")
        .await;
    browser.click_link(&format!("{NAME} in the register")).await;
    browser.wait_for_text("main h1", NAME).await;
    browser.click("#add-report").await;
    let report = app::open_entry(&browser, "report").await;
    let field = |name: &str| app::field("report", &report, name);
    browser.choose(&field("type"), "soc2-type2").await;
    browser
        .fill(&field("services"), "Compute, storage and networks in Frankfurt")
        .await;
    browser.choose(&field("names_service"), "yes").await;
    app::set_day(&browser, &field("from"), "2025-10-01").await;
    app::set_day(&browser, &field("to"), "2026-09-30").await;
    browser.choose(&field("opinion"), "unqualified").await;

    // Until somebody has seen it, it is a report that stands behind nothing.
    app::go_to_question(&browser, &id, PRACTICE).await;
    browser
        .wait_for_text(".supplier-hint", "No reviewed report stands behind it")
        .await;
    browser.client().back().await.expect("there is a page before");
    browser.wait_for_text("main h1", NAME).await;
    app::set_day(&browser, &field("reviewed_on"), "2026-11-20").await;
    let row = format!("tr:has(a[href$='register/report/{report}'])");
    app::go(&browser, &id, &format!("register/supplier/{supplier}"), NAME).await;
    browser.wait_for_text(&row, "By whom is not said").await;
    browser.client().back().await.expect("there is a page before");
    browser.fill(&field("by"), "Zofia Wójcik").await;
    browser.click("main h1").await;
    app::wait_for_field(
        &browser,
        &id,
        &format!("report/{report}"),
        "reviewed_on",
        json!("2026-11-20"),
    )
    .await;
    app::go_to_question(&browser, &id, PRACTICE).await;
    browser
        .wait_for_text(".supplier-hint", "A reviewed report stands behind it")
        .await;
    app::go(&browser, &id, &format!("register/supplier/{supplier}"), NAME).await;
    browser.wait_for_text(&row, "Names the service").await;
    let shown = browser.text(&row).await;
    assert!(!shown.contains("By whom is not said"), "{shown}");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn ready_made_risk_is_rated_and_accepted_and_stands_in_the_register() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "register/risk", "Risk register").await;
    let before = entries(&browser, &id, "risk").await;
    app::unfold(&browser, "Ready-made delivery risks").await;
    browser.click("#ready-risks tbody button").await;
    let risk = added(&browser, &id, "risk", &before).await;
    let kept = app::kept_body(&browser, &id, &format!("risk/{risk}")).await;
    for field in ["likelihood_before", "impact_before", "owner", "option", "accepted_by"] {
        assert_eq!(kept[field], Value::Null, "{field} is a person's to give");
    }
    assert!(kept["controls"].as_array().is_some_and(|it| !it.is_empty()), "{kept}");
    let title = kept["title"].as_str().expect("a title").to_owned();
    let row = format!("tr:has(a[href$='register/risk/{risk}'])");
    browser.wait_for_text(&row, "not rated").await;
    browser
        .click(&format!("#ready-risks a[href$='register/risk/{risk}']"))
        .await;
    browser.wait_for_text("main h1", &title).await;
    let field = |name: &str| app::field("risk", &risk, name);
    for (name, value) in [
        ("likelihood_before", "4"),
        ("impact_before", "5"),
        ("option", "modify"),
        ("likelihood_after", "2"),
        ("impact_after", "3"),
    ] {
        browser.choose(&field(name), value).await;
    }
    browser.fill(&field("owner"), "Łukasz Żak").await;
    browser.fill(&field("accepted_by"), "Łukasz Żak").await;
    browser.click("main h1").await;
    app::set_day(&browser, &field("accepted_on"), "2026-11-25").await;
    app::wait_for_field(
        &browser,
        &id,
        &format!("risk/{risk}"),
        "accepted_on",
        json!("2026-11-25"),
    )
    .await;
    browser.wait_for_text(".status-line", "20").await;
    browser.wait_for_text(".status-line", "6, accepted level").await;
    app::go(&browser, &id, "register/risk", "Risk register").await;
    browser.wait_for(&row).await;
    let shown = browser.text(&row).await;
    for words in [title.as_str(), "20", "6, accepted level", "Modify", "Łukasz Żak"] {
        assert!(shown.contains(words), "no {words:?} in {shown:?}");
    }
    // Above what is accepted, it says so.
    app::go(&browser, &id, &format!("register/risk/{risk}"), &title).await;
    browser.choose(&field("impact_after"), "5").await;
    browser.wait_for_text(".status-line", "10, above").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn controls_of_a_risk_stand_in_the_order_of_the_standard() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "register/risk/ix4odiic", "A build runner is taken over").await;
    browser.wait_for(".chips .chip").await;
    let chips = app::texts(&browser, ".chips .chip a").await;
    let codes: Vec<&str> = chips.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(codes, ["A.5.21", "A.8.9", "A.8.22", "A.8.31"]);
    browser.finish().await;
}
