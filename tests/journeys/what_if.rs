//! What if: steps are chosen by keyboard, the gates move, the assessment stays as it is; the shortest way is whole; the
//! choice becomes a plan, and undo takes that back.

use concord::analysis::{Analysis, Gate, GateReadiness, Stand, Step, WhatIf};
use concord::catalogue::CATALOGUE;
use concord::domain::{Assessment, AssessmentId, date_from_text};
use concord::report::wording;
use concord::store::{AssessmentFile, Book};
use fantoccini::key::Key;

use crate::app;
use crate::browser::{Browser, Profile};

/// The first box of a practice that is not folded away.
const FIRST: &str = ".what-if-steps input[id^='step-p']";

/// The sample company, and its analysis on the day of the browser.
async fn natively(browser: &Browser) -> (Assessment, Analysis) {
    let text = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    let assessment = Book::from_records(id, 1, file.records, &CATALOGUE).assessment;
    let today = date_from_text(&app::today(browser).await).expect("a day");
    let analysis = Analysis::new(&CATALOGUE, &assessment, today);
    (assessment, analysis)
}

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "what-if", "What if").await;
    browser.wait_for(FIRST).await;
    (browser, id)
}

/// What the panel says of each gate: its count now, its count then, whether something still blocks it.
async fn panel(browser: &Browser) -> Vec<(String, String, bool)> {
    let script = "return [...document.querySelectorAll('.moved-gate')].map(it => {
        const [now, then] = [...it.querySelectorAll('.moved-count')].map(it => it.innerText.trim());
        return [now, then, it.querySelector('.moved-blocked') !== null] })";
    serde_json::from_value(browser.execute(script, vec![]).await).expect("counts")
}

/// The same from two analyses.
fn expected(before: &Analysis, after: &Analysis) -> Vec<(String, String, bool)> {
    let gates = before.gates.iter().zip(&after.gates);
    let count = |gate: &GateReadiness| wording::gate_count(&gate.count);
    gates
        .map(|(low, high)| (count(low), count(high), !high.blockers.is_empty()))
        .collect()
}

async fn wait_for_panel(browser: &Browser, what: &str, expected: &[(String, String, bool)]) {
    browser
        .wait_until(&format!("{what}: {expected:?}"), async || {
            panel(browser).await == expected
        })
        .await;
}

async fn press(browser: &Browser, key: Key) {
    browser.keys(&char::from(key).to_string()).await;
}

fn gate(analysis: &Analysis, gate: Gate) -> &GateReadiness {
    analysis.gates.iter().find(|it| it.gate == gate).expect("the gate")
}

/// Goes the shortest way to Stage 1 by keyboard, and returns its steps as the native program finds them.
async fn go_shortest_way(browser: &Browser, what_if: &WhatIf<'_>, before: &Analysis) -> Vec<Step> {
    let strides = what_if.shortest_way(Gate::Stage1, gate(before, Gate::Stage1).framework);
    let steps: Vec<Step> = strides.iter().map(|it| it.step).collect();
    browser.tab_to("#what-if-way").await;
    press(browser, Key::Enter).await;
    browser.wait_for("#what-if-suggestion").await;
    wait_for_panel(
        browser,
        "the shortest way is chosen",
        &expected(before, &what_if.outcome(&steps).analysis),
    )
    .await;
    steps
}

#[tokio::test(flavor = "current_thread")]
async fn step_is_chosen_by_keyboard_and_the_gates_move_on_a_copy() {
    let (browser, id) = with_sample().await;
    let (assessment, before) = natively(&browser).await;
    let what_if = WhatIf::new(&CATALOGUE, &assessment, &before);
    let kept = app::bodies(&browser, &id).await;
    assert_eq!(panel(&browser).await, expected(&before, &before));

    browser.tab_to(FIRST).await;
    let code = app::ids(&browser, FIRST).await.first().cloned().expect("a box");
    let steps = what_if.steps_named(code.trim_start_matches("step-"));
    assert_eq!(steps.len(), 1, "{code}");
    let after = what_if.outcome(&steps);
    browser.keys(" ").await;
    wait_for_panel(&browser, "one step", &expected(&before, &after.analysis)).await;
    assert!(browser.has_focus(FIRST).await, "the focus stays on the box");
    let said = wording::choice_said(1, &what_if.stands(), &after);
    browser.wait_for_text(".what-if output", &said).await;

    // The choice sits in the address: it is there after the page is loaded anew.
    browser.reload().await;
    browser.wait_for(&format!("{FIRST}:checked")).await;
    wait_for_panel(&browser, "the same step", &expected(&before, &after.analysis)).await;
    browser.tab_to(FIRST).await;
    browser.keys(" ").await;
    wait_for_panel(&browser, "no step", &expected(&before, &before)).await;
    assert_eq!(
        app::bodies(&browser, &id).await,
        kept,
        "nothing is written into the assessment"
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn shortest_way_brings_stage_1_wholly_and_says_how_it_was_found() {
    let (browser, _) = with_sample().await;
    let (assessment, before) = natively(&browser).await;
    let what_if = WhatIf::new(&CATALOGUE, &assessment, &before);
    let steps = go_shortest_way(&browser, &what_if, &before).await;
    let shown = panel(&browser).await;
    let total = gate(&before, Gate::Stage1).count.n_total;
    assert_eq!(shown[0].1, format!("{total} of {total}"));
    assert!(!shown[0].2, "nothing blocks Stage 1 then");
    let text = browser.text("main").await;
    assert!(text.contains(wording::SHORTEST_WAY), "{text}");

    let rows = app::texts(&browser, ".what-if-strides tbody th").await;
    let titles: Vec<String> = steps
        .iter()
        .map(|it| wording::step(&CATALOGUE, &what_if, *it))
        .collect();
    assert_eq!(rows, titles);
    let script =
        "return [...document.querySelectorAll('.what-if-strides tbody tr')].map(it => it.cells[3].innerText.trim())";
    let running: Vec<String> = serde_json::from_value(browser.execute(script, vec![]).await).expect("texts");
    let strides = what_if.shortest_way(Gate::Stage1, gate(&before, Gate::Stage1).framework);
    let stands: Vec<String> = strides.iter().map(|it| wording::stand(&it.stands[0])).collect();
    assert_eq!(running, stands);
    assert!(strides.last().is_some_and(|it| it.stands[0].is_whole()));

    // Another gate, then nothing.
    browser.choose("#what-if-to", "type-1").await;
    browser.click("#what-if-way").await;
    browser.wait_for_text("#what-if-suggestion", "SOC 2 Type 1").await;
    let type1 = before
        .gates
        .iter()
        .position(|it| it.gate == Gate::Type1)
        .expect("in scope");
    let shown = panel(&browser).await;
    assert!(!shown[type1].2, "nothing blocks Type 1 then: {shown:?}");
    browser.click_button("Clear").await;
    wait_for_panel(&browser, "no step", &expected(&before, &before)).await;
    browser.wait_until_gone("#what-if-suggestion").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn most_for_some_steps_says_what_each_brings_and_a_filter_shortens_the_list() {
    let (browser, _) = with_sample().await;
    let (assessment, before) = natively(&browser).await;
    let what_if = WhatIf::new(&CATALOGUE, &assessment, &before);
    browser.choose("#what-if-n", "3").await;
    browser.click_button("Most for 3 steps").await;
    browser.wait_for_text("#what-if-suggestion", "Most for 3 steps").await;
    let script =
        "return [...document.querySelectorAll('.what-if-strides tbody tr')].map(it => it.cells[2].innerText.trim())";
    let shown: Vec<String> = serde_json::from_value(browser.execute(script, vec![]).await).expect("texts");
    let mut stands: Vec<Stand> = what_if.stands();
    let mut brings = Vec::new();
    for stride in what_if.most_for(3) {
        brings.push(wording::brings(&stands, &stride.stands));
        stands = stride.stands;
    }
    assert_eq!(shown, brings);

    let count = async || browser.n_elements(".what-if-steps input[type=checkbox]").await;
    let all = count().await;
    browser.choose("#filter-gate", "stage-1").await;
    browser
        .wait_until("the list is shorter", async || count().await < all)
        .await;
    let moves = what_if
        .moves()
        .into_iter()
        .filter(|(_, gates)| gates.contains(&0))
        .count();
    let steps = browser.n_elements(".what-if-steps input[id^='step-']").await;
    assert_eq!(steps, moves);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn choice_becomes_a_plan_and_one_undo_takes_it_back() {
    let (browser, id) = with_sample().await;
    let (assessment, before) = natively(&browser).await;
    let what_if = WhatIf::new(&CATALOGUE, &assessment, &before);
    let kept = app::bodies(&browser, &id).await;
    let steps = go_shortest_way(&browser, &what_if, &before).await;
    let new: Vec<_> = steps.iter().filter_map(|it| what_if.planned_as(*it)).collect();
    assert!(new.len() > 1, "several practices are not planned yet");
    browser.click_button(&wording::put_into_plan(new.len())).await;
    browser
        .wait_for_text(".notices", &wording::now_in_plan(new.len()))
        .await;
    let planned = app::bodies(&browser, &id).await;
    let added: Vec<&serde_json::Value> = planned
        .iter()
        .filter(|(key, _)| key.starts_with("action/") && !kept.contains_key(*key))
        .map(|(_, body)| body)
        .collect();
    assert_eq!(added.len(), new.len());
    for body in added {
        assert_eq!(body["state"], serde_json::json!("not-begun"), "{body}");
        assert_eq!(body["practices"].as_array().map(Vec::len), Some(1), "{body}");
    }
    // They are planned now: the same choice has nothing more to put there, and each is a planned action to choose.
    browser.wait_for(".what-if-gates button[disabled]").await;
    assert!(browser.n_elements("input[id^='action-']").await >= new.len());
    app::undo(&browser).await;
    browser
        .wait_until("the plan is as it was", async || {
            app::bodies(&browser, &id).await == kept
        })
        .await;
    browser.finish().await;
}
