//! The tour of the sample company: a panel at the foot of the window that goes from page to page and says what to look at.
//! It is offered when the sample is opened for the first time, can be left at any time, and does not come by itself again.

use leptos::prelude::{Effect, Get, RwSignal, Set, Track, UpdateUntracked, With, WithUntracked, set_timeout};
use std::time::Duration;

use super::open_sample;
use crate::catalogue::CATALOGUE;
use crate::domain::{AssessmentId, FrameworkId, RequirementId};
use crate::store::Library;
use crate::ui::components::{actions, button, button_link, paragraph};
use crate::ui::element::{Element, el};
use crate::ui::follow::{act, follow, maybe};
use crate::ui::platform::{self, BrowserSink};
use crate::ui::route::{Page, Query, Route};
use crate::ui::state::{AppState, AssessmentStore, Tour};
use crate::ui::view::View;

/// The heading of the panel: where the focus goes at each step.
const TITLE: &str = "tour-title";
/// How long the offer waits for its place to be there: a reader says only what comes into a place that it knows.
const PAUSE: Duration = Duration::from_millis(150);

/// One step: what it is called, what to look at, on which page. The mark names what is outlined there.
struct Step {
    mark: &'static str,
    title: &'static str,
    words: &'static str,
    page: fn() -> Page,
}

const STEPS: [Step; 10] = [
    Step {
        mark: "questions",
        title: "Questions",
        words: "Practices are answered, not requirements. They stand in topics, and the panel at the top names the question \
                that says most about the rest. Each answer counts in every framework at once.",
        page: || Page::Tasks,
    },
    Step {
        mark: "question",
        title: "One question",
        words: "First: do you do this? Then: what could you show today? The boxes carry examples to go and fetch. Beside the \
                question stand the requirements that the answer counts for.",
        page: || Page::Question("source.peer-review".to_owned()),
    },
    Step {
        mark: "overview",
        title: "Overview",
        words: "Where the company stands, framework by framework. A share has its denominator beside it, and an interval \
                wherever something is still open.",
        page: || Page::Overview,
    },
    Step {
        mark: "dashboard",
        title: "Dashboard",
        words: "The same for a board, in figures. Each says in a sentence what it found, leads down to its practices, and has \
                its numbers in a table.",
        page: || Page::Dashboard,
    },
    Step {
        mark: "gates",
        title: "Gates",
        words: "The same answers against five bars, one for each audit. What blocks a gate stands before its number, and each \
                blocker leads to the page where it is mended.",
        page: || Page::Gates,
    },
    Step {
        mark: "gaps",
        title: "Gaps and plan",
        words: "What is missing, first things first, with a potential grade, what closing it brings, and the first step. The \
                plan beside it makes actions of gaps.",
        page: || Page::Gaps(Query::default()),
    },
    Step {
        mark: "crosswalk",
        title: "Crosswalk",
        words: "A control and a criterion that ask for much of the same: the practices that both need, and the remainder of \
                each. So an answer for one is never asked again for the other.",
        page: || {
            let of = RequirementId::new;
            Page::Crosswalk(Query::pair(
                of(FrameworkId::Iso27001, "A.8.32"),
                of(FrameworkId::Soc2, "CC8.1"),
            ))
        },
    },
    Step {
        mark: "registers",
        title: "Registers and evidence",
        words: "What stands beside the answers: evidence, suppliers, risks, the Statement of Applicability, documents, and the \
                papers of SOC 2.",
        page: || Page::Registers,
    },
    Step {
        mark: "export",
        title: "Export",
        words: "The report as PDF, tables as CSV, and the assessment as a file that opens again. The files are made here, in \
                this browser.",
        page: || Page::Export,
    },
    Step {
        mark: "scope",
        title: "Your own",
        words: "Every assessment begins with its scope: frameworks, facts and dates. Change what you like in the sample, or \
                begin your own from the list of assessments.",
        page: || Page::Scope,
    },
];

/// The tour on the pages of the assessment that it shows, or its offer; nothing on those of others.
pub fn tour_panel() -> View {
    let app = AppState::expect();
    let id = AssessmentStore::expect().id();
    let is_ready = RwSignal::new(false);
    set_timeout(move || is_ready.set(true), PAUSE);
    // The page takes the focus when it changes; where the tour changed it, the tour takes it after that.
    Effect::new(move |_| {
        app.place.track();
        let takes_focus = |tour: &Option<Tour>| tour.as_ref().is_some_and(|it| it.takes_focus);
        if app.tour.with_untracked(takes_focus) {
            app.tour.update_untracked(|tour| {
                if let Some(tour) = tour {
                    tour.takes_focus = false;
                }
            });
            platform::focus_soon(TITLE);
        }
    });
    let shown = move || app.tour.get().filter(|it| it.assessment == id);
    let step = shown.clone();
    let offer = follow(move || {
        let tour = shown().filter(|it| it.step.is_none() && is_ready.get() && platform::tour().is_empty());
        tour.map(|tour| offer(app, tour.assessment))
    });
    let panel = follow(move || {
        let tour = step()?;
        panel(app, tour.assessment, tour.step?)
    });
    View::Many(vec![
        el("div").class("tour-offer").attr("role", "status").with(offer).view(),
        panel,
    ])
}

fn offer(app: AppState, assessment: AssessmentId) -> Element {
    let words = format!(
        "This company is made up, and has something on every page. A tour of {} steps shows what to look at.",
        STEPS.len()
    );
    let declined = assessment.clone();
    let take = button("button small", "Take the tour").on("click", act(move |_| show(app, &assessment, 0)));
    let decline = button("button small quiet", "No, thanks").on("click", act(move |_| leave(app, &declined)));
    el("div")
        .class("notice")
        .attr("data-tone", "info")
        .with(paragraph(words))
        .with(el("div").class("notice-actions").with(take).with(decline))
}

fn panel(app: AppState, assessment: AssessmentId, index: usize) -> Option<Element> {
    let step = STEPS.get(index)?;
    let to = |words: &'static str, class: &'static str, index: usize| {
        let assessment = assessment.clone();
        button(class, words).on("click", act(move |_| show(app, &assessment, index)))
    };
    let is_last = index + 1 == STEPS.len();
    let (left, pressed) = (assessment.clone(), assessment.clone());
    let back = index.checked_sub(1).map(|before| to("Back", "button small", before));
    let onward = if is_last {
        let ended = assessment.clone();
        button_link("button small primary", "#/", "To all assessments").on("click", act(move |_| end(app, &ended)))
    } else {
        to("Next", "button small primary", index + 1)
    };
    let place = Route::Assessment(assessment.clone(), (step.page)());
    let astray = {
        let again = to("Show the page of this step", "button small", index);
        again.attr(
            "hidden",
            maybe(move || app.place.with(|it| it.is_same_place(&place)).then_some("")),
        )
    };
    let leave = button("button small quiet", "Leave the tour").on("click", act(move |_| leave(app, &left)));
    let escape = act(move |event| {
        if platform::is_escape(&event) {
            self::leave(app, &pressed);
        }
    });
    let title = el("h2").attr("id", TITLE).attr("tabindex", "-1");
    let title = title.with(format!("Tour, step {} of {}: {}", index + 1, STEPS.len(), step.title));
    let buttons = actions(vec![back.into(), onward.view(), astray.view(), leave.view()]);
    let panel = el("section")
        .class("tour")
        .attr("aria-labelledby", TITLE)
        .attr("data-mark", step.mark)
        .on("keydown", escape)
        .with(el("div").with(title).with(paragraph(step.words)))
        .with(buttons);
    Some(panel)
}

/// Goes to a step and its page.
fn show(app: AppState, assessment: &AssessmentId, index: usize) {
    let Some(step) = STEPS.get(index) else { return };
    remember(assessment);
    let route = Route::Assessment(assessment.clone(), (step.page)());
    let is_there = app.place.with_untracked(|it| it.is_same_place(&route));
    app.tour.set(Some(Tour {
        assessment: assessment.clone(),
        step: Some(index),
        takes_focus: !is_there,
    }));
    app.go(&route);
    if is_there {
        platform::focus_soon(TITLE);
    }
}

/// Leaves the tour and stays on the page.
fn leave(app: AppState, assessment: &AssessmentId) {
    end(app, assessment);
    platform::focus("main");
}

fn end(app: AppState, assessment: &AssessmentId) {
    remember(assessment);
    app.tour.set(None);
}

/// Keeps that nobody need be asked again, and on which assessment a tour can run. Where it can't be kept, the offer comes
/// again when the sample is opened the next time: that does no harm.
fn remember(assessment: &AssessmentId) {
    platform::set_tour(assessment.as_str());
}

/// The button that takes the tour: on the sample on which it ran last, otherwise on a new one.
pub fn take_tour() -> View {
    let app = AppState::expect();
    let take = act(move |_| match sample_of_last_tour() {
        Some(assessment) => show(app, &assessment, 0),
        None => open_sample(app, Some(0)),
    });
    button("button", "Take the tour").on("click", take).view()
}

/// The sample company on which the tour ran last, if it is still among the assessments.
fn sample_of_last_tour() -> Option<AssessmentId> {
    let id = AssessmentId::parse(&platform::tour())?;
    let head = Library::new(&BrowserSink, &CATALOGUE).head(&id);
    head.is_ok_and(|head| head.deleted_at.is_none()).then_some(id)
}
