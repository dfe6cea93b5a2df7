//! An answer changes what it must on the page and nothing else.

use crate::app::{self, MOST_CHANGES};
use crate::browser::{Browser, Profile};

/// Counts the nodes that an act changes, up to when the answer is kept and the page has drawn.
async fn assert_few_changes(browser: &Browser, what: &str, act: impl AsyncFnOnce()) {
    let before = app::kept(browser).await;
    browser.start_counting_mutations().await;
    act().await;
    browser
        .wait_until(&format!("{what} is kept"), async || app::kept(browser).await != before)
        .await;
    browser.settle().await;
    let changed = browser.stop_counting_mutations().await;
    assert!(
        changed.len() <= MOST_CHANGES,
        "{what} changes {} nodes: {changed:#?}",
        changed.len()
    );
}

/// A session with the sample company, one of whose answers was cleared.
async fn with_open_question(practice: &str) -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, practice).await;
    browser.click_button("Clear this answer").await;
    app::wait_for_standing(&browser, &id, practice, "not-answered").await;
    browser.reload().await;
    browser.wait_for(".question-title").await;
    (browser, id)
}

#[tokio::test(flavor = "current_thread")]
async fn answer_on_the_question_page_changes_few_nodes() {
    let (browser, _) = with_open_question("source.peer-review").await;
    browser.wait_for("details.answer-details:has([id^='operation-'])").await;
    let unfold = "document.querySelectorAll('details').forEach(it => { it.open = true; })";
    browser.execute(unfold, vec![]).await;
    for standing in ["in-place", "partly", "not-in-place", "in-place"] {
        assert_few_changes(&browser, standing, async || app::choose(&browser, standing).await).await;
    }
    // The panels below and beside the question are open, and follow the answer too.
    assert!(browser.has(".answer-details:not(:has(#note)) [id^='operation-']").await);
    assert!(browser.has("#add-evidence").await);
    for facet in ["facet-documented", "facet-none"] {
        let tick = async || browser.click(&format!("label[for={facet}]")).await;
        assert_few_changes(&browser, facet, tick).await;
    }
    assert_few_changes(&browser, "a note", async || browser.fill("#note", "Seen.").await).await;
    assert_few_changes(&browser, "a basis", async || {
        browser.click("label[for=basis-seen]").await
    })
    .await;
    let clear = async || browser.click_button("Clear this answer").await;
    assert_few_changes(&browser, "clearing", clear).await;
    // The counter does see what changes: another page is more than an answer.
    browser.start_counting_mutations().await;
    browser.click(".breadcrumb a").await;
    browser.wait_for_text("main h1", "Questions").await;
    let changed = browser.stop_counting_mutations().await;
    assert!(
        !changed.is_empty() && changed.iter().any(|node| node.contains("<main")),
        "{changed:?}"
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn words_of_another_way_change_few_nodes() {
    let (browser, id) = with_open_question("source.peer-review").await;
    app::choose(&browser, "another-way").await;
    browser.fill("#another-way-description", "Another way.").await;
    browser.fill("#another-way-risk", "The same risk.").await;
    let last = async || {
        browser.fill("#another-way-owner", "Zofia").await;
        browser.click(".question-title").await;
        app::wait_for_standing(&browser, &id, "source.peer-review", "another-way").await;
    };
    assert_few_changes(&browser, "the last word", last).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn answer_in_the_table_of_a_topic_changes_few_nodes() {
    let (browser, id) = with_open_question("source.peer-review").await;
    app::go(&browser, &id, "topic/source", "").await;
    browser.wait_for("table.expert tbody tr").await;
    let row = "tr:has(a[href$='question/source.peer-review'])";
    for standing in ["in-place", "partly", "not-in-place", "in-place"] {
        let choose = async || browser.choose(&format!("{row} select"), standing).await;
        assert_few_changes(&browser, standing, choose).await;
        app::wait_for_standing(&browser, &id, "source.peer-review", standing).await;
    }
    let tick = async || browser.click(&format!("{row} .cell-check")).await;
    assert_few_changes(&browser, "a facet", tick).await;
    let own = async || {
        browser.fill(&format!("{row} input[type=text]"), "Zofia").await;
        browser.keys("\u{e004}").await;
    };
    assert_few_changes(&browser, "an owner", own).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn table_of_a_topic_shows_what_the_question_page_was_told() {
    let (browser, id) = with_open_question("source.peer-review").await;
    app::choose(&browser, "partly").await;
    app::wait_for_standing(&browser, &id, "source.peer-review", "partly").await;
    let is_documented = browser.prop("#facet-documented", "checked").await;
    browser.click("label[for=facet-documented]").await;
    let is_ticked = async || browser.prop("#facet-documented", "checked").await != is_documented;
    browser.wait_until("the box has changed", is_ticked).await;
    let is_documented = browser.prop("#facet-documented", "checked").await;
    app::go(&browser, &id, "topic/source", "").await;
    let row = "tr:has(a[href$='question/source.peer-review'])";
    assert_eq!(
        browser.prop(&format!("{row} select"), "value").await.as_deref(),
        Some("partly")
    );
    assert_eq!(
        browser.prop(&format!("{row} .cell-check"), "checked").await,
        is_documented
    );
    let boxes = format!("{row} .cell-check[disabled]");
    assert_eq!(
        browser.n_elements(&boxes).await,
        0,
        "boxes of a practice that is partly there"
    );
    browser.choose(&format!("{row} select"), "not-in-place").await;
    browser.wait_for(&boxes).await;
    app::go_to_question(&browser, &id, "source.peer-review").await;
    assert_eq!(app::shown_standing(&browser).await, "not-in-place");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn record_of_a_practice_changes_few_nodes() {
    let (browser, _) = with_open_question("access.review").await;
    app::choose(&browser, "in-place").await;
    app::unfold(&browser, "How it operates, and its records").await;
    let field = app::field("operation", "access.review", "records");
    app::set_day(&browser, &field, "2026-09-22").await;
    let add = async || browser.click(&format!("form:has({field}) button[type=submit]")).await;
    assert_few_changes(&browser, "a record", add).await;
    let first = app::field("operation", "access.review", "first_operated");
    let set = async || app::set_day(&browser, &first, "2026-03-17").await;
    assert_few_changes(&browser, "a first day", set).await;
    let grace = app::field("operation", "access.review", "grace");
    let fill = async || {
        browser.fill(&grace, "7").await;
        browser.click(".question-title").await;
    };
    assert_few_changes(&browser, "days of grace", fill).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn decision_in_the_statement_of_applicability_changes_few_nodes() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "soa", "Statement of Applicability").await;
    let row = "tr:has(th a[href$='requirement/iso27001-2022/A.8.24'])";
    browser.wait_for(row).await;
    let choose = async || browser.choose(&format!("{row} select"), "").await;
    assert_few_changes(&browser, "no decision", choose).await;
    // The form below the row is one node with what is in it.
    let choose = async || browser.choose(&format!("{row} select"), "in").await;
    assert_few_changes(&browser, "a decision", choose).await;
    let tick = async || browser.click("label[for=reason-risk]").await;
    assert_few_changes(&browser, "a reason", tick).await;
    let status = app::field("soa-row", "iso27001-2022-A.8.24-0", "status");
    let set = async || browser.choose(&status, "planned").await;
    assert_few_changes(&browser, "a status", set).await;
    let owner = app::field("soa-row", "iso27001-2022-A.8.24-0", "owner");
    let fill = async || {
        browser.fill(&owner, "Zofia").await;
        browser.click("main h1").await;
    };
    assert_few_changes(&browser, "an owner of a row", fill).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn field_of_a_piece_of_evidence_changes_few_nodes() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "register/evidence/0hnjrm03", "Accounts, roles").await;
    let field = |name: &str| app::field("evidence", "0hnjrm03", name);
    for (name, value) in [
        ("state", "rejected"),
        ("artefact", "access-review"),
        ("state", "accepted"),
    ] {
        let choose = async || browser.choose(&field(name), value).await;
        assert_few_changes(&browser, name, choose).await;
    }
    for name in ["title", "owner", "location", "note"] {
        let words = if name == "location" {
            "mailto:zofia@example.org"
        } else {
            "Something else"
        };
        let fill = async || {
            browser.fill(&field(name), words).await;
            browser.click("main h1").await;
        };
        assert_few_changes(&browser, name, fill).await;
    }
    let set = async || app::set_day(&browser, &field("due"), "2026-12-24").await;
    assert_few_changes(&browser, "a day", set).await;
    let remove = async || browser.click(".chips .chip-remove").await;
    assert_few_changes(&browser, "a practice less", remove).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn field_of_a_control_in_the_matrix_changes_few_nodes() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "soc2", "SOC 2 papers").await;
    let practice = "source.peer-review";
    let row = format!("main tr:has(th a[href$='question/{practice}'])");
    browser.click(&format!("{row} button")).await;
    let field = |name: &str| app::field("operation", practice, name);
    for (name, value) in [
        ("mode", "manual"),
        ("mode", "automated"),
        ("nature", "detective"),
        ("nature", ""),
    ] {
        let choose = async || browser.choose(&field(name), value).await;
        assert_few_changes(&browser, name, choose).await;
    }
    let fill = async || {
        browser
            .fill(&field("performed"), "Two people look at each merge.")
            .await;
        browser.click("main h1").await;
    };
    assert_few_changes(&browser, "how it is performed", fill).await;
    browser.finish().await;
}
