//! The start page of somebody with many clients: finding an assessment among thirty, templates, backups, storage.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app::{self, SAMPLE_NAME, Texts};
use crate::browser::{Browser, Profile};

/// Puts assessments into the storage. Number 7 is deleted, every third has a backup, number 1 has a text set aside,
/// another generation and a snapshot. Each takes about `n_filler` characters more than it needs.
const SEED: &str = "const [n, filler] = arguments, now = Date.now(), day = 864e5;
    const towns = ['Alder', 'Birch', 'Cedar', 'Dune', 'Elm'];
    const two = i => String(i).padStart(2, '0');
    for (let i = 0; i < n; i++) {
        const id = `client${two(i)}`, at = Math.round(now - i * 3 * day);
        const head = { schema: 1, generation: 1 };
        if (i === 7) head.deleted_at = now;
        localStorage.setItem(`concord/1/${id}`, JSON.stringify(head));
        const put = (key, body) =>
            localStorage.setItem(`concord/1/${id}/1/${key}`, JSON.stringify({ at, by: 'Ada', tab: 't', body }));
        put('scope/text.name', { value: `Audit ${two((i * 7) % n)}` });
        put('scope/text.organisation', { value: `${towns[i % 5]} Company` });
        put('scope/framework.iso27001-2022', { value: true });
        for (const practice of ['source.peer-review', 'source.automated-merges', 'source.commit-identity'].slice(0, i % 4))
            put(`answer/${practice}`, { standing: 'in-place' });
        if (filler > 0) put('of-another-version/aaaaaaaa', { text: 'x'.repeat(filler) });
        if (i % 3 === 0)
            localStorage.setItem(`concord/preference/backup/${id}`, JSON.stringify({ at: at + 5, changed_at: at, generation: 1 }));
        if (i === 1) {
            put('snapshot/aaaaaaaa', { on: '2026-01-01' });
            localStorage.setItem(`concord/1/${id}/0/answer/incidents.plan`, 'replaced');
            localStorage.setItem(`concord/aside/1764000000000-0/concord/1/${id}/1/answer/incidents.plan`, 'unreadable, Łódź');
        }
    }";

async fn with_clients(n: usize, n_filler: usize) -> Browser {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    browser.execute(SEED, vec![json!(n), json!(n_filler)]).await;
    browser.reload().await;
    browser.wait_for("#storage").await;
    browser
}

/// The names in the list, as they stand.
async fn names(browser: &Browser) -> Vec<String> {
    app::texts(browser, ".cards .card h3").await
}

async fn wait_for_count(browser: &Browser, words: &str) {
    browser.wait_for_text(".filter-count", words).await;
}

/// The line of facts below a name.
async fn facts(browser: &Browser, name: &str) -> String {
    let script = "return [...document.querySelectorAll('.card')]
        .find(it => it.querySelector('h3').innerText.trim() === arguments[0])?.innerText ?? ''";
    let text = browser.execute(script, vec![json!(name)]).await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn wait_for_facts(browser: &Browser, name: &str, words: &str) {
    browser
        .wait_until(&format!("{name} says {words:?}"), async || {
            facts(browser, name).await.contains(words)
        })
        .await;
}

#[tokio::test(flavor = "current_thread")]
async fn one_of_thirty_clients_is_found_by_keyboard() {
    let browser = with_clients(30, 0).await;
    wait_for_count(&browser, "29 of 30 assessments").await;
    assert_eq!(names(&browser).await[0], "Audit 00", "the last changed stands first");
    browser.tab_to("#list-words").await;
    browser.keys("elm  COMP").await;
    wait_for_count(&browser, "6 of 30 assessments").await;
    browser.keys(&char::from(Key::Tab).to_string()).await;
    assert!(browser.has_focus("#list-order").await);
    browser.keys("Na").await;
    let sorted = async || {
        let names = names(&browser).await;
        names.len() == 6 && names.is_sorted()
    };
    browser.wait_until("the six stand by name", sorted).await;
    let first = names(&browser).await[0].clone();
    browser.tab_to(".card h3 a").await;
    browser.keys(&char::from(Key::Enter).to_string()).await;
    browser.wait_for_text(".app-bar-name", &first).await;
    // The list is as it was left.
    browser.click("a.brand").await;
    wait_for_count(&browser, "6 of 30 assessments").await;
    assert_eq!(browser.prop("#list-words", "value").await.as_deref(), Some("elm  COMP"));
    assert_eq!(browser.prop("#list-order", "value").await.as_deref(), Some("name"));
    browser.fill("#list-words", "nobody").await;
    browser.wait_for_text(".empty", "No assessment matches.").await;
    wait_for_count(&browser, "0 of 30 assessments").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn clients_are_sorted_and_filtered_by_what_needs_work() {
    let browser = with_clients(30, 0).await;
    browser.choose("#list-state", "deleted").await;
    wait_for_count(&browser, "1 of 30 assessments").await;
    browser.wait_for_text(".card-actions", "Restore").await;
    browser.choose("#list-state", "needs-backup").await;
    wait_for_count(&browser, "19 of 30 assessments").await;
    browser.choose("#list-state", "answered").await;
    wait_for_count(&browser, "0 of 30 assessments").await;
    browser.choose("#list-state", "in-progress").await;
    wait_for_count(&browser, "29 of 30 assessments").await;
    browser.choose("#list-order", "progress").await;
    let first_has_none = async || {
        let cards = app::texts(&browser, ".card .card-meta").await;
        cards[0].starts_with("0 of ") && cards[28].starts_with("3 of ")
    };
    browser
        .wait_until("the least answered stands first", first_has_none)
        .await;
    // Number 10 was changed 30 days ago and has no backup; number 9 has one.
    let of = |number: usize| format!("Audit {:02}", number * 7 % 30);
    wait_for_facts(&browser, &of(10), "No backup yet").await;
    wait_for_facts(&browser, &of(10), "Changes older than 14 days are in no backup.").await;
    wait_for_facts(&browser, &of(9), "Backup 27 days ago").await;
    assert!(!facts(&browser, &of(9)).await.contains("Changes older"));
    assert!(
        !facts(&browser, &of(1)).await.contains("Changes older"),
        "three days are no reason to warn"
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn list_of_thirty_fits_a_phone_and_is_accessible() {
    let browser = with_clients(30, 95_000).await;
    let unfold = "document.querySelectorAll('details').forEach(it => { it.open = true; })";
    browser.execute(unfold, vec![]).await;
    for (width, height) in [(1280, 900), (320, 640)] {
        browser.viewport(width, height).await;
        for is_dark in [false, true] {
            browser.dark(is_dark).await;
            browser.settle().await;
            browser.assert_no_horizontal_scroll().await;
            browser.assert_accessible().await;
        }
    }
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn few_assessments_have_no_tools() {
    let browser = with_clients(3, 0).await;
    browser.wait_for(".card-actions button").await;
    assert_eq!(browser.n_elements("#list-words").await, 0);
    assert_eq!(browser.n_elements(".card").await, 3);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn new_assessment_begins_from_a_template_or_from_the_scope_of_another() {
    let browser = Browser::open(&Profile::fresh()).await;
    let sample = app::open_sample(&browser).await;
    let of_sample = app::bodies(&browser, &sample).await;
    browser.goto("#/").await;
    browser.choose("#begin-from", "own-servers").await;
    browser
        .wait_for_text(".begin-from output", "on machines that it runs itself")
        .await;
    browser.fill("#new-name", "From a template").await;
    browser.click_button("Begin").await;
    browser.wait_for_text("main h1", "Scope").await;
    let id = app::open_id(&browser).await;
    let bodies = app::bodies(&browser, &id).await;
    assert_eq!(bodies["scope/fact.own-scm"]["value"], json!(true));
    assert_eq!(bodies["scope/fact.hosted-scm"]["value"], json!(false));
    assert_eq!(bodies["scope/text.name"]["value"], json!("From a template"));
    assert!(bodies.keys().all(|key| key.starts_with("scope/")));

    browser.goto("#/").await;
    browser.choose("#begin-from", &sample).await;
    browser
        .wait_for_text(".begin-from output", "nothing that names the client")
        .await;
    browser.fill("#new-name", "Next client").await;
    browser.click_button("Begin").await;
    browser.wait_for_text("main h1", "Scope").await;
    let id = app::open_id(&browser).await;
    let bodies = app::bodies(&browser, &id).await;
    assert_taken_over(&bodies, &of_sample);
    assert_eq!(bodies["scope/text.name"]["value"], json!("Next client"));
    browser.finish().await;
}

/// What was taken over is the scope, without what is the client's own.
fn assert_taken_over(
    bodies: &std::collections::BTreeMap<String, Value>,
    before: &std::collections::BTreeMap<String, Value>,
) {
    let is_kept = |key: &str| {
        ["scope/framework.", "scope/category.", "scope/fact."]
            .iter()
            .any(|part| key.starts_with(part))
            || ["scope/text.risk-criteria", "scope/count.risk-accepted"].contains(&key)
    };
    for (key, body) in before {
        if key != "scope/text.name" {
            let expect = is_kept(key).then_some(body);
            assert_eq!(bodies.get(key), expect, "{key}");
        }
    }
    assert!(before.keys().filter(|key| is_kept(key)).count() > 10);
}

#[tokio::test(flavor = "current_thread")]
async fn template_is_downloaded_and_opens_without_the_client() {
    let browser = Browser::open(&Profile::fresh()).await;
    let sample = app::open_sample(&browser).await;
    let of_sample = app::bodies(&browser, &sample).await;
    browser.goto("#/").await;
    browser
        .click_button(&format!("Download as template {SAMPLE_NAME}"))
        .await;
    let name = format!("concord-template-{}.json", app::today(&browser).await);
    let bytes = browser.take_download(&name).await;
    let text = String::from_utf8(bytes).expect("text");
    assert!(!text.contains("Harbour"), "the client is not named");
    app::pick(&browser, &app::file("template.json", text.as_bytes())).await;
    // Without a name the first thing is to give one.
    browser.wait_for_text("main h1", "Scope").await;
    let id = app::open_id(&browser).await;
    assert_ne!(id, sample);
    let bodies = app::bodies(&browser, &id).await;
    assert_taken_over(&bodies, &of_sample);
    assert_eq!(bodies.get("scope/text.name"), None);
    browser.finish().await;
}

/// The heads and records, without preferences.
fn heads_and_records(texts: Texts) -> Texts {
    texts
        .into_iter()
        .filter(|(key, _)| key.starts_with("concord/1/"))
        .collect()
}

#[tokio::test(flavor = "current_thread")]
async fn backup_is_said_until_something_changes() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    browser.goto("#/").await;
    wait_for_facts(&browser, SAMPLE_NAME, "No backup yet").await;
    let before = heads_and_records(app::kept(&browser).await);
    browser.click_button(&format!("Download file {SAMPLE_NAME}")).await;
    browser.take_download(&format!("{id}.json")).await;
    wait_for_facts(&browser, SAMPLE_NAME, "Backup today").await;
    assert_eq!(heads_and_records(app::kept(&browser).await), before);
    app::go_to_question(&browser, &id, "source.peer-review").await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, "source.peer-review", "not-in-place").await;
    browser.goto("#/").await;
    wait_for_facts(&browser, SAMPLE_NAME, "Changed since the backup of today").await;
    app::go(&browser, &id, "export", "Export").await;
    let name = format!(
        "harbour-pine-first-audit-{}-assessment.json",
        app::today(&browser).await
    );
    app::export(&browser, "export-assessment-file--json-", &name).await;
    browser.goto("#/").await;
    wait_for_facts(&browser, SAMPLE_NAME, "Backup today").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_of_everything_is_a_backup_of_each_and_opens_again() {
    let browser = with_clients(5, 0).await;
    browser.click_button("Download all in one file").await;
    let name = format!("concord-everything-{}.json", app::today(&browser).await);
    let bytes = browser.take_download(&name).await;
    browser.choose("#list-state", "needs-backup").await;
    wait_for_count(&browser, "0 of 5 assessments").await;
    let before = app::records(&browser, "client04").await;
    browser.execute("localStorage.clear()", vec![]).await;
    browser.reload().await;
    browser
        .wait_for_text(".empty", "There is none in this browser yet.")
        .await;
    app::pick(&browser, &app::file("everything.json", &bytes)).await;
    browser
        .wait_for_text(".notices", "everything.json: 5 assessments opened.")
        .await;
    wait_for_count(&browser, "5 of 5 assessments").await;
    let name: Value = serde_json::from_str(&before["scope/text.name"]).expect("JSON");
    browser
        .click_link(name["body"]["value"].as_str().expect("a name"))
        .await;
    browser.wait_for_text("main h1", "Questions").await;
    let id = app::open_id(&browser).await;
    assert_eq!(app::records(&browser, &id).await, before);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn storage_that_is_more_than_half_full_says_what_to_do() {
    let browser = with_clients(30, 95_000).await;
    browser
        .wait_for_text(
            ".storage .notice[data-tone=warn]",
            "More than half of the room is used.",
        )
        .await;
    browser.wait_for_text("#storage-used", "55 % used").await;
    browser
        .wait_for_text("#storage-used", "more assessments of average size")
        .await;
    let value = browser.attr("#storage-meter", "value").await.expect("a value");
    let script = "return Object.entries(localStorage).reduce((sum, [key, text]) => sum + key.length + text.length, 0)";
    assert_eq!(browser.execute(script, vec![]).await.to_string(), value);
    let before = app::kept(&browser).await;
    browser.click_button("Remove for good").await;
    browser.wait_for_text(".savings", "Really remove for good?").await;
    assert_eq!(app::kept(&browser).await, before, "once is not enough");
    browser.click_button("Really remove for good?").await;
    browser.wait_for_text(".notices", "Removed for good.").await;
    let mut expect = before.clone();
    expect.retain(|key, _| !key.contains("client07"));
    assert_eq!(app::kept(&browser).await, expect);
    browser.click_button("Tidy up").await;
    browser.wait_for_text(".notices", "Tidied up").await;
    expect.retain(|key, _| !key.contains("/client01/0/"));
    let is_tidy = async || app::kept(&browser).await == expect;
    browser
        .wait_until("what was replaced is gone, and nothing else", is_tidy)
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn little_in_the_storage_is_folded_and_asks_for_nothing() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_sample(&browser).await;
    browser.goto("#/").await;
    browser.click(".storage summary").await;
    browser.wait_for_text("#storage-used", "% used").await;
    assert_eq!(browser.n_elements(".storage .notice").await, 0);
    browser.click_button("Ask the browser to keep this").await;
    browser.wait_for_text(".storage output", "ake backups").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn set_aside_text_is_listed_downloaded_and_removed_only_when_asked_twice() {
    let browser = with_clients(2, 0).await;
    app::unfold(&browser, "Texts that could not be read").await;
    browser
        .wait_for_text(".storage details", "Answer to “Incident response plan")
        .await;
    browser.wait_for_text(".storage details", "of Audit 01").await;
    browser
        .click_path("//*[contains(@class,'savings')]//button[starts-with(normalize-space(.),'Download')]")
        .await;
    let name = format!("concord-set-aside-{}.txt", app::today(&browser).await);
    assert_eq!(browser.take_download(&name).await, "unreadable, Łódź".as_bytes());
    let before = app::kept(&browser).await;
    let remove = "//*[contains(@class,'savings')]//button[starts-with(normalize-space(.),'Remove Answer')]";
    browser.click_path(remove).await;
    browser.wait_for_text(".storage details", "Really remove?").await;
    assert_eq!(app::kept(&browser).await, before);
    browser
        .click_path("//*[contains(@class,'savings')]//button[starts-with(normalize-space(.),'Really remove?')]")
        .await;
    let mut expect = before;
    expect.retain(|key, _| !key.starts_with("concord/aside/"));
    let is_gone = async || app::kept(&browser).await == expect;
    browser.wait_until("the text is gone, and nothing else", is_gone).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn set_aside_text_outlives_its_assessment_unless_somebody_says_so() {
    for is_ticked in [false, true] {
        let browser = with_clients(2, 0).await;
        browser.click_button("Delete Audit 01").await;
        browser.wait_for("details.deleted").await;
        browser.click("details.deleted summary").await;
        browser
            .wait_for_text(".card-tick", "Also remove 1 text of it that could not be read")
            .await;
        if is_ticked {
            browser.click(".card-tick input").await;
        }
        browser
            .click_path(
                "//details[contains(@class,'deleted')]//button[starts-with(normalize-space(.),'Remove for good')]",
            )
            .await;
        browser
            .click_path("//details[contains(@class,'deleted')]//button[starts-with(normalize-space(.),'Really')]")
            .await;
        browser.wait_for_text(".notices", "Removed for good.").await;
        let left: Vec<String> = app::kept(&browser)
            .await
            .into_keys()
            .filter(|it| it.contains("client01"))
            .collect();
        assert_eq!(left.len(), usize::from(!is_ticked), "{left:?}");
        if !is_ticked {
            app::unfold(&browser, "Texts that could not be read").await;
            browser
                .wait_for_text(".storage details", "of an assessment that is no longer here")
                .await;
        }
        browser.finish().await;
    }
}

#[tokio::test(flavor = "current_thread")]
async fn names_are_there_without_the_later_part_and_keep_the_focus_when_it_comes() {
    let browser = with_clients(5, 0).await;
    browser.cdp("Network.enable", json!({})).await;
    browser
        .cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await;
    browser
        .cdp("Network.setBlockedURLs", json!({ "urls": ["*/later_*.wasm"] }))
        .await;
    browser.reload().await;
    browser.wait_for_text(".notice", "They can be opened.").await;
    assert_eq!(browser.n_elements(".card h3 a").await, 5);
    assert_eq!(browser.n_elements("#list-words, .card button").await, 0);
    browser.assert_accessible().await;
    browser.tab_to(".card h3 a").await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
    let again = "[...document.querySelectorAll('button')].find(it => it.innerText === 'Try again').click()";
    browser.execute(again, vec![]).await;
    browser.wait_for("#list-words").await;
    browser.wait_for(".card button").await;
    assert!(
        browser.has_focus(".card h3 a").await,
        "{}",
        browser.focus_in_words().await
    );
    browser.finish_after_errors(&["Failed to fetch"]).await;
}
