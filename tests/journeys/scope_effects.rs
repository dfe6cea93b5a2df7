//! What a fact switches is said before it is confirmed; answers sleep and return; exclusions wait for a person.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

/// A practice that only an organisation with premises is asked.
const SLEEPER: &str = "physical.entry";

async fn at_scope() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "scope", "Scope").await;
    (browser, id)
}

/// The kept answers, to the letter: with who gave them and when.
async fn answers(browser: &Browser, id: &str) -> BTreeMap<String, String> {
    let records = app::records(browser, id).await;
    records
        .into_iter()
        .filter(|(key, _)| key.starts_with("answer/"))
        .collect()
}

async fn say_premises(browser: &Browser, word: &str) {
    browser.click(&format!("label[for=fact-premises-{word}]")).await;
    browser
        .wait_for_text(".notice.effect", "Not changed yet. What it switches:")
        .await;
}

async fn wait_for_premises(browser: &Browser, id: &str, is_so: bool) {
    app::wait_for_field(browser, id, "scope/fact.premises", "value", json!(is_so)).await;
}

#[tokio::test(flavor = "current_thread")]
async fn fact_says_what_it_switches_and_cancelling_changes_nothing() {
    let (browser, _) = at_scope().await;
    let before = app::kept(&browser).await;
    let count = browser.text(".scope-count").await;
    say_premises(&browser, "no").await;
    let said = app::texts(&browser, ".notice.effect li").await;
    assert!(!said.is_empty(), "what it switches is said");
    assert!(
        said.iter().any(|it| it.chars().any(|c| c.is_ascii_digit())),
        "how much is counted: {said:?}"
    );
    assert_eq!(
        browser.prop("#fact-premises-no", "checked").await.as_deref(),
        Some("true")
    );
    assert_eq!(app::kept(&browser).await, before, "nothing is changed yet");
    assert_eq!(browser.text(".scope-count").await, count);
    browser.click_button("Cancel").await;
    browser.wait_until_gone(".notice.effect").await;
    assert_eq!(
        browser.prop("#fact-premises-yes", "checked").await.as_deref(),
        Some("true")
    );
    assert!(
        browser.has_focus("#fact-premises-yes").await,
        "{}",
        browser.focus_in_words().await
    );
    assert_eq!(app::kept(&browser).await, before);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn confirmed_fact_puts_answers_to_sleep_and_they_return_identical() {
    let (browser, id) = at_scope().await;
    let before = answers(&browser, &id).await;
    let bodies = app::bodies(&browser, &id).await;
    let count = browser.text(".scope-count").await;
    say_premises(&browser, "no").await;
    browser.click_button("Confirm").await;
    wait_for_premises(&browser, &id, false).await;
    browser
        .wait_until("fewer questions are asked", async || {
            browser.text(".scope-count").await != count
        })
        .await;
    assert_eq!(answers(&browser, &id).await, before, "a sleeping answer is kept");
    app::go_to_question(&browser, &id, SLEEPER).await;
    browser.wait_for_text("main", "This question is asleep").await;
    assert_eq!(app::shown_standing(&browser).await, "in-place");
    app::go(&browser, &id, "topic/physical", "").await;
    browser.wait_for("table.expert tbody tr").await;
    let row = format!("main tr:has(a[href$='question/{SLEEPER}'])");
    assert_eq!(browser.n_elements(&row).await, 0, "a sleeping question is not asked");

    app::go(&browser, &id, "scope", "Scope").await;
    say_premises(&browser, "yes").await;
    browser.click_button("Confirm").await;
    wait_for_premises(&browser, &id, true).await;
    browser.wait_for_text(".scope-count", &count).await;
    assert_eq!(answers(&browser, &id).await, before);
    assert_eq!(app::bodies(&browser, &id).await, bodies);
    app::go_to_question(&browser, &id, SLEEPER).await;
    assert_eq!(app::shown_standing(&browser).await, "in-place");
    let text = browser.text("main").await;
    assert!(!text.contains("This question is asleep"), "{text}");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn proposal_waits_and_accepted_becomes_a_draft_that_lint_finds_until_it_is_edited() {
    const CONTROL: &str = "iso27001-2022/A.7.3";
    let (browser, id) = at_scope().await;
    let record = format!("decision/{CONTROL}");
    app::go(&browser, &id, &format!("requirement/{CONTROL}"), "A.7.3").await;
    browser.click("label[for=decision-undecided]").await;
    let decision = async || app::kept_body(&browser, &id, &record).await;
    browser
        .wait_until("the control is not decided", async || decision().await == Value::Null)
        .await;
    app::go(&browser, &id, "scope", "Scope").await;
    say_premises(&browser, "no").await;
    browser.click_button("Confirm").await;
    wait_for_premises(&browser, &id, false).await;
    browser
        .wait_for_text("main", "Proposed exclusions, waiting for you")
        .await;
    let card = format!("li.card:has(a[href$='requirement/{CONTROL}'])");
    browser.wait_for_text(&card, "Draft, to be replaced:").await;
    assert_eq!(decision().await, Value::Null, "a proposal decides nothing");
    browser.click(&format!("{card} button")).await;
    browser
        .wait_until("the exclusion is kept with its draft", async || {
            let kept = decision().await;
            let reason = kept["justification"].as_str().unwrap_or_default();
            reason.starts_with("Draft, to be replaced:")
        })
        .await;
    browser.wait_until_gone(&card).await;
    browser.wait_for_text("main", "that nobody has replaced yet").await;

    let at_lint = async || {
        app::go(&browser, &id, "lint", "Lint").await;
        let script = "const sections = [...document.querySelectorAll('main section.section')];
            return sections.filter(it => it.querySelector(`a[href$='requirement/${arguments[0]}']`))
                .map(it => it.querySelector('h2').innerText)";
        let titles = browser.execute(script, vec![json!(CONTROL)]).await;
        serde_json::from_value::<Vec<String>>(titles).expect("titles")
    };
    let is_draft = |titles: &[String]| titles.iter().any(|it| it.to_lowercase().contains("draft"));
    let found = at_lint().await;
    assert!(is_draft(&found), "{found:?}");

    app::go(&browser, &id, &format!("requirement/{CONTROL}"), "A.7.3").await;
    let field = "#justification";
    browser
        .fill(field, "We have given up the office; all of us work from home.")
        .await;
    browser.click("main h1").await;
    browser
        .wait_until("the reason is kept", async || {
            decision().await["justification"] == json!("We have given up the office; all of us work from home.")
        })
        .await;
    let found = at_lint().await;
    assert!(!is_draft(&found), "{found:?}");
    browser.finish().await;
}
