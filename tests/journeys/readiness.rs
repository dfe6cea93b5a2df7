//! The five gates: what blocks each, what it counts, and what an answer or an override does to it.

use concord::analysis::{Analysis, Clearance, Gate, GateReadiness};
use concord::catalogue::CATALOGUE;
use concord::domain::{AssessmentId, date_from_text};
use concord::report::wording;
use concord::store::{AssessmentFile, Book};
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

const AUDIT: &str = "review.internal-audit";
/// A control that the answers of the sample leave short of Stage 2.
const CONTROL: &str = "iso27001-2022/A.8.24";

/// The sample company as the native program analyses it on a day.
fn analysis_on(day: &str) -> Analysis {
    let text = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    let assessment = Book::from_records(id, 1, file.records, &CATALOGUE).assessment;
    Analysis::new(&CATALOGUE, &assessment, date_from_text(day).expect("a day"))
}

/// A gate as its card shows it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
struct Card {
    title: String,
    blockers: Vec<String>,
    share: String,
    notes: Vec<String>,
    /// Whether what blocks it stands before its share, in the text and on the screen.
    is_blocker_first: bool,
}

async fn cards(browser: &Browser) -> Vec<Card> {
    let script = "const text = it => it.innerText.trim();
        return [...document.querySelectorAll('ol.gates > li')].map(card => {
            const share = card.querySelector('.gate-share');
            const blocked = card.querySelector('.gate-blocked, .gate-free');
            const follows = blocked.compareDocumentPosition(share) & Node.DOCUMENT_POSITION_FOLLOWING;
            return { title: text(card.querySelector('h2')), share: text(share),
                blockers: [...card.querySelectorAll('.gate-blocked a')].map(text),
                notes: [...card.querySelectorAll('.gate-note')].map(text),
                is_blocker_first: follows > 0 &&
                    blocked.getBoundingClientRect().bottom <= share.getBoundingClientRect().top };
        })";
    serde_json::from_value(browser.execute(script, vec![]).await).expect("cards")
}

async fn go_to_gates(browser: &Browser, id: &str) -> Vec<Card> {
    app::go(browser, id, "gates", "Gates").await;
    browser.wait_for("ol.gates > li").await;
    cards(browser).await
}

fn card<'a>(cards: &'a [Card], title: &str) -> &'a Card {
    let found = cards.iter().find(|it| it.title == title);
    found.unwrap_or_else(|| panic!("no gate {title} among {cards:?}"))
}

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

fn gate(analysis: &Analysis, gate: Gate) -> &GateReadiness {
    analysis.gates.iter().find(|it| it.gate == gate).expect("the gate")
}

#[tokio::test(flavor = "current_thread")]
async fn five_gates_stand_side_by_side_with_what_blocks_them_before_their_share() {
    let (browser, id) = with_sample().await;
    let shown = go_to_gates(&browser, &id).await;
    let analysis = analysis_on(&app::today(&browser).await);
    assert_eq!(shown.len(), 5);
    assert_eq!(analysis.gates.len(), 5);
    for (card, gate) in shown.iter().zip(&analysis.gates) {
        let blockers: Vec<String> = gate.blockers.iter().map(wording::blocker).collect();
        assert_eq!(card.blockers, blockers, "{}", card.title);
        assert_eq!(card.share, wording::gate_count(&gate.count), "{}", card.title);
        assert!(card.is_blocker_first, "{}", card.title);
    }
    let blocked = shown.iter().filter(|it| !it.blockers.is_empty()).count();
    assert!(blocked >= 4, "the sample is blocked at nearly all gates: {shown:?}");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn each_blocker_leads_to_the_page_where_it_is_mended() {
    let (browser, id) = with_sample().await;
    let shown = go_to_gates(&browser, &id).await;
    let first = |words: &str| {
        let all = shown.iter().flat_map(|it| it.blockers.clone());
        let found = all.into_iter().find(|it| it.contains(words));
        found.unwrap_or_else(|| panic!("nothing is blocked by {words:?}: {shown:?}"))
    };
    for (words, page) in [
        ("no internal audit", format!("/a/{id}/question/{AUDIT}")),
        ("not decided on", format!("/a/{id}/soa?applies=open")),
        ("potential major", format!("/a/{id}/findings")),
        ("without option", format!("/a/{id}/register/risk")),
    ] {
        let blocker = first(words);
        go_to_gates(&browser, &id).await;
        browser
            .click_path(&format!("//div[@class='gate-blocked']//a[.=\"{blocker}\"]"))
            .await;
        browser
            .wait_until(&format!("{blocker:?} leads to {page}"), async || {
                browser.route().await == page
            })
            .await;
        let heading = browser.text("main h1").await;
        assert!(!heading.is_empty() && heading != "There is nothing here", "{heading}");
    }
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn controls_that_block_a_gate_are_the_ones_that_its_link_shows() {
    let (browser, id) = with_sample().await;
    let shown = go_to_gates(&browser, &id).await;
    let blockers = &card(&shown, "ISO/IEC 27001 Stage 1").blockers;
    let blocker = blockers.iter().find(|it| it.contains("not decided on with a reason"));
    let blocker = blocker.unwrap_or_else(|| panic!("all is decided: {blockers:?}"));
    browser
        .click_path(&format!("//div[@class='gate-blocked']//a[.=\"{blocker}\"]"))
        .await;
    browser.wait_for_text("main h1", "Statement of Applicability").await;
    browser.wait_for("table.soa-table tbody tr").await;
    let rows = app::texts(&browser, "table.soa-table tbody th[scope=row]").await;
    let annex = rows.iter().filter(|it| it.starts_with("A.")).count();
    assert_eq!(annex, number(blocker), "{rows:?}");
    assert_eq!(browser.prop("#filter-applies", "value").await.as_deref(), Some("open"));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn one_gate_shows_its_formula_what_falls_short_and_what_it_counts() {
    let (browser, id) = with_sample().await;
    go_to_gates(&browser, &id).await;
    let analysis = analysis_on(&app::today(&browser).await);
    let expected = gate(&analysis, Gate::Stage2);
    let link = "//li[@class='gate'][h2='ISO/IEC 27001 Stage 2']//a[.='Formula and what it counts']";
    browser.click_path(link).await;
    browser.wait_for_text("main h1", "ISO/IEC 27001 Stage 2").await;
    let head = format!("{} requirements clear.", wording::gate_count(&expected.count));
    browser.wait_for_text("main .lead", &head).await;
    let text = browser.text("main").await;
    assert!(text.contains(wording::GATE_FORMULA), "{text}");
    assert!(text.contains(wording::gate_asks(Gate::Stage2)), "{text}");

    let short = expected.practices.iter().filter(|it| it.clearance != Clearance::Clears);
    let short: Vec<(String, String)> = short
        .map(|it| {
            let practice = CATALOGUE.practices.get(it.practice).expect("a practice");
            (
                practice.title().to_owned(),
                wording::practice_shortfalls(&it.shortfalls),
            )
        })
        .collect();
    let script = "const rows = document.querySelectorAll('main table')[0].querySelectorAll('tbody tr');
        return [...rows].map(row => [row.querySelector('th').innerText.trim(), row.cells[2].innerText.trim()])";
    let shown: Vec<(String, String)> =
        serde_json::from_value(browser.execute(script, vec![]).await).expect("titles and reasons");
    let sorted = |mut rows: Vec<(String, String)>| {
        rows.sort();
        rows
    };
    assert!(!short.is_empty() && short.iter().all(|(_, why)| !why.is_empty()));
    assert_eq!(sorted(shown), sorted(short));

    app::unfold(&browser, "All ").await;
    let script = "const tables = [...document.querySelectorAll('main table')];
        const tags = [...tables.at(-1).querySelectorAll('tbody tr')].map(row => row.cells[1].innerText.trim());
        return [tags.length, tags.filter(it => it === arguments[0]).length]";
    let clears = wording::clearance(Clearance::Clears);
    assert_eq!(
        browser.execute(script, vec![json!(clears)]).await,
        json!([expected.requirements.len(), expected.count.n_cleared])
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn answer_changes_what_blocks_and_what_is_counted_and_undo_brings_both_back() {
    let (browser, id) = with_sample().await;
    let before = go_to_gates(&browser, &id).await;
    let title = "ISO/IEC 27001 Stage 2";
    let blocker = "no internal audit".to_owned();
    assert!(card(&before, title).blockers.contains(&blocker));
    app::go_to_question(&browser, &id, AUDIT).await;
    app::choose(&browser, "in-place").await;
    app::wait_for_standing(&browser, &id, AUDIT, "in-place").await;
    let boxes = app::ids(&browser, ".facets .choice:not(.choice-none) input").await;
    for facet in &boxes {
        browser.click(&format!("label[for='{facet}']")).await;
    }
    let n_said = async || {
        let facets = app::kept_answer(&browser, &id, AUDIT).await["facets"].clone();
        facets
            .as_object()
            .map_or(0, |it| it.values().filter(|it| **it == json!(true)).count())
    };
    browser
        .wait_until("all that can be shown is kept", async || n_said().await == boxes.len())
        .await;
    let after = go_to_gates(&browser, &id).await;
    assert!(
        !card(&after, title).blockers.contains(&blocker),
        "{:?}",
        card(&after, title)
    );
    assert_ne!(
        card(&after, title).notes,
        card(&before, title).notes,
        "one practice more clears"
    );
    // The answer and each box are a step of their own or one: until nothing is left.
    while browser.n_elements(".app-bar-tools button:not([disabled])").await > 0 {
        app::undo(&browser).await;
        browser.settle().await;
    }
    browser
        .wait_until("the gates are as before", async || cards(&browser).await == before)
        .await;
    browser.finish().await;
}

/// What an override is made of, but for the status.
async fn give_words(browser: &Browser) {
    for (field, words) in [
        (
            "reason",
            "Keys are rotated by the platform, which the answers do not show.",
        ),
        (
            "alternative",
            "The platform's own record of rotations, read each quarter.",
        ),
        ("by", "Zofia Wójcik"),
    ] {
        browser.fill(&app::field("override", &subject(), field), words).await;
    }
    browser.click("main h1").await;
    app::set_day(browser, &app::field("override", &subject(), "on"), "2026-11-24").await;
}

/// The requirement as it stands in the ids of its controls.
fn subject() -> String {
    format!("{}-0", CONTROL.replace('/', "-"))
}

fn number(count: &str) -> usize {
    let first = count.split(' ').next().unwrap_or_default();
    first
        .parse()
        .unwrap_or_else(|_| panic!("{count:?} begins with a number"))
}

#[tokio::test(flavor = "current_thread")]
async fn override_counts_only_when_complete_and_is_shown_apart_and_asks_for_review() {
    let (browser, id) = with_sample().await;
    let title = "ISO/IEC 27001 Stage 2";
    let before = go_to_gates(&browser, &id).await;
    let page = format!("requirement/{CONTROL}");
    app::go(&browser, &id, &page, "A.8.24").await;
    app::unfold(&browser, "Override the status").await;
    browser
        .choose(&app::field("override", &subject(), "level"), "set-ready")
        .await;
    browser.wait_for_text("main", "Incomplete: it counts nowhere").await;
    assert_eq!(
        go_to_gates(&browser, &id).await,
        before,
        "an incomplete one counts nowhere"
    );

    app::go(&browser, &id, &page, "A.8.24").await;
    give_words(&browser).await;
    let record = format!("override/{CONTROL}");
    app::wait_for_field(&browser, &id, &record, "on", json!("2026-11-24")).await;
    app::wait_for_field(&browser, &id, &record, "by", json!("Zofia Wójcik")).await;
    browser
        .wait_for_text(
            "main",
            "Set to ready by Zofia Wójcik on 24 November 2026. By the answers: partly.",
        )
        .await;
    let after = go_to_gates(&browser, &id).await;
    let (old, new) = (card(&before, title), card(&after, title));
    assert_eq!(number(&new.share), number(&old.share) + 1, "{new:?}");
    let without = |card: &Card| {
        card.notes
            .iter()
            .find(|it| it.starts_with("Without overrides"))
            .cloned()
    };
    assert!(without(new).is_some(), "{new:?}");
    assert_eq!(without(new), without(old), "what the answers say stays");

    // A later answer under it asks for review, and a second look settles that.
    let practice = "protection.crypto-rules";
    app::go_to_question(&browser, &id, practice).await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, practice, "not-in-place").await;
    app::go(&browser, &id, &page, "A.8.24").await;
    browser
        .wait_for_text("main", "Needs review: an answer under it has changed")
        .await;
    let answers = app::kept_body(&browser, &id, &record).await["answers"].clone();
    browser.click_button("I have looked again: it stands").await;
    browser
        .wait_until("what the answers are now is kept", async || {
            let now = app::kept_body(&browser, &id, &record).await["answers"].clone();
            now != answers && now != Value::Null
        })
        .await;
    browser.wait_for_text("main", "Set to ready by Zofia Wójcik").await;
    let text = browser.text("main").await;
    assert!(!text.contains("Needs review"), "{text}");
    browser.finish().await;
}
