//! The remediation plan: a gap becomes an action by keyboard alone, a wave as one step, several gaps as one action; the
//! roadmap shows it, the gap register names it and the export carries it.

use concord::analysis::{Analysis, Plan, Wave, plan};
use concord::catalogue::CATALOGUE;
use concord::domain::{Assessment, AssessmentId, date_from_text};
use concord::report::wording;
use concord::store::{AssessmentFile, Book};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app;
use crate::browser::{Browser, Profile};

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

/// The sample company with its plan, as the native program computes it today.
async fn computed(browser: &Browser) -> (Assessment, Analysis, Plan) {
    let text = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    let assessment = Book::from_records(id, 1, file.records, &CATALOGUE).assessment;
    let today = date_from_text(&app::today(browser).await).expect("a day");
    let analysis = Analysis::new(&CATALOGUE, &assessment, today);
    let plan = plan(&CATALOGUE, &assessment, &analysis);
    (assessment, analysis, plan)
}

async fn go_to_plan(browser: &Browser, id: &str) {
    app::go(browser, id, "plan", "Remediation plan").await;
    browser.wait_for(".plan-wave").await;
}

/// The actions that are kept, each as its fields.
async fn kept_actions(browser: &Browser, id: &str) -> Vec<Value> {
    let records = app::records(browser, id).await;
    let of_actions = records.iter().filter(|(key, _)| key.starts_with("action/"));
    let bodies = of_actions.map(|(_, text)| serde_json::from_str::<Value>(text).expect("a record")["body"].clone());
    bodies.filter(|it| it.get("title").is_some()).collect()
}

async fn wait_for_actions(browser: &Browser, id: &str, n: usize) {
    browser
        .wait_until(&format!("{n} actions are kept"), async || {
            kept_actions(browser, id).await.len() == n
        })
        .await;
}

/// The first gap that is proposed for the first wave.
fn first_proposed(analysis: &Analysis, plan: &Plan) -> (&'static str, &'static str) {
    let proposal = plan.proposed_in(Wave::Days30).next().expect("a proposal");
    let practice = &CATALOGUE.practices[analysis.gaps[proposal.gap].practice];
    (practice.id.as_str(), practice.title())
}

#[tokio::test(flavor = "current_thread")]
async fn plan_says_how_it_stands_and_leads_to_the_roadmap() {
    let (browser, id) = with_sample().await;
    let (_, analysis, plan) = computed(&browser).await;
    go_to_plan(&browser, &id).await;
    assert_eq!(browser.text(".page-head .lead").await, wording::plan_finding(&plan));
    for wave in Wave::ALL {
        let shown = browser.text(&format!("#wave-{}", wave.as_str())).await;
        assert!(shown.contains(&wording::wave_name(wave, plan.date)), "{shown}");
        assert!(shown.contains(&wording::wave_effort(&plan, &analysis, wave)), "{shown}");
    }
    browser.click_link("Roadmap").await;
    browser.wait_for_text("main h1", "Roadmap").await;
    let n_drawn = plan.actions.iter().filter(|it| it.action.due.is_some()).count();
    let n_bars = browser.n_elements(".spans-label a").await;
    assert!(n_bars > 10 && n_bars <= n_drawn, "{n_bars} of {n_drawn}");
    browser.click_link("Hold the first internal audit (Zofia Wójcik)").await;
    browser.wait_for_text("main h1", "Hold the first internal audit").await;
    browser
        .wait_for_text(".plan-gaps", "2 of 2 practices are still a gap")
        .await;
    browser.click(".plan-gaps .practice-list a").await;
    browser.wait_for(".question-title").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn gap_is_planned_by_keyboard_alone_and_every_page_knows_it() {
    let (browser, id) = with_sample().await;
    let (assessment, analysis, plan) = computed(&browser).await;
    let (practice, title) = first_proposed(&analysis, &plan);
    let n_before = plan.actions.len();
    go_to_plan(&browser, &id).await;
    let button = format!("[id=\"plan-{practice}\"]");
    browser.tab_to(&button).await;
    browser.keys(&char::from(Key::Enter).to_string()).await;
    wait_for_actions(&browser, &id, n_before + 1).await;
    // The focus is on what the gap has become.
    browser
        .wait_until("the focus is on the new action", async || {
            browser.has_focus("a[id^=action-]").await
        })
        .await;
    assert_eq!(browser.active_element().await.text().await.expect("words"), title);
    assert!(!browser.has(&button).await, "it is proposed no more");
    let due = Wave::Days30.last_day(analysis.date).to_string();
    let all = kept_actions(&browser, &id).await;
    let made = all
        .iter()
        .find(|it| it["practices"] == json!([practice]) && it["title"] == json!(title));
    let made = made.unwrap_or_else(|| panic!("no action for {practice} in {all:?}"));
    assert_eq!((&made["due"], &made["state"]), (&json!(due), &json!("not-begun")));
    let owner = assessment
        .answer(CATALOGUE.practice(practice).expect("a practice").id)
        .owner;
    assert_eq!(made["owner"], json!(owner));
    // On to its page with Enter.
    browser.keys(&char::from(Key::Enter).to_string()).await;
    browser.wait_for_text("main h1", title).await;
    browser.wait_for_text(".plan-gaps", "Its practice is still a gap").await;
    app::go(&browser, &id, "roadmap", "Roadmap").await;
    browser.wait_for_text(".spans", title).await;
    app::go(&browser, &id, "gaps", "Gap register").await;
    browser.wait_for_text(".data-table", &format!("Not begun, {due}")).await;
    app::go(&browser, &id, "export", "Export").await;
    let name = format!("harbour-pine-first-audit-{}-remediation-plan.csv", analysis.date);
    let csv = app::export(&browser, "export-remediation-plan", &name).await;
    let csv = String::from_utf8(csv).expect("UTF-8");
    let line = csv.lines().find(|it| it.starts_with(title)).expect("the action");
    assert!(line.contains(&due) && line.contains("Not begun"), "{line}");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn wave_is_planned_as_one_step_that_undo_takes_back() {
    let (browser, id) = with_sample().await;
    let (_, _, plan) = computed(&browser).await;
    let (n_before, n_proposed) = (plan.actions.len(), plan.proposed_in(Wave::Days30).count());
    go_to_plan(&browser, &id).await;
    browser.click("#plan-wave-30").await;
    wait_for_actions(&browser, &id, n_before + n_proposed).await;
    browser.wait_for_text(".notices", "actions were made").await;
    assert!(!browser.has("#plan-wave-30").await, "nothing is left to plan there");
    browser.click_button("Undo").await;
    wait_for_actions(&browser, &id, n_before).await;
    browser.wait_for("#plan-wave-30").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn several_gaps_become_one_action() {
    let (browser, id) = with_sample().await;
    let (_, _, plan) = computed(&browser).await;
    go_to_plan(&browser, &id).await;
    for _ in 0..2 {
        browser.tab_to(".plan-table input[type=checkbox]:not(:checked)").await;
        browser.keys(" ").await;
    }
    browser.wait_for_text(".plan-chosen", "2 gaps are chosen").await;
    // The way on stands beside the gap, not only at the end of the page.
    browser.tab_to(".plan-together").await;
    browser.keys(&char::from(Key::Enter).to_string()).await;
    browser.wait_for_text("main h1", ", and 1 more").await;
    wait_for_actions(&browser, &id, plan.actions.len() + 1).await;
    let all = kept_actions(&browser, &id).await;
    let made = all
        .iter()
        .find(|it| it["title"].as_str().is_some_and(|it| it.ends_with(", and 1 more")));
    assert_eq!(made.expect("the action")["practices"].as_array().map(Vec::len), Some(2));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn capacity_moves_the_waves_and_filters_sit_in_the_address() {
    let (browser, id) = with_sample().await;
    go_to_plan(&browser, &id).await;
    browser.fill("#plan-capacity", "0").await;
    browser.keys(&char::from(Key::Tab).to_string()).await;
    browser
        .wait_until("nothing is proposed before later", async || {
            !browser.has("#plan-wave-30, #plan-wave-90, #plan-wave-180").await && browser.has("#plan-wave-later").await
        })
        .await;
    browser.choose("#filter-state", "overdue").await;
    browser.wait_until_gone("#wave-later").await;
    assert!(browser.route().await.ends_with("plan?state=overdue"));
    browser.wait_for_text(".plan-wave h2", "Overdue (2)").await;
    browser.choose("#filter-owner", "Inês Conceição").await;
    browser.wait_for_text(".plan-wave h2", "Overdue (1)").await;
    browser.finish().await;
}
