//! What Concord is and where to begin, and where its data lies.

use crate::report::wording;
use crate::ui::components::{
    actions, button_link, help_href, link, list, note, paragraph, row, section, table, table_body,
};
use crate::ui::element::el;
use crate::ui::pages::take_tour;
use crate::ui::view::View;

/// Who it is for: who, what they come to, what they leave with.
const READERS: [(&str, &str, &str); 4] = [
    (
        "Founder or engineering lead, first audit ahead",
        "know how far away the certificate and the report are",
        "a ranked plan, and the first things to do this week",
    ),
    (
        "Compliance lead with one framework done",
        "know what the next framework adds",
        "the remainder only, requirement by requirement",
    ),
    (
        "Consultant at a client, often offline",
        "run and compare many assessments",
        "a report to put a name under",
    ),
    (
        "Auditor or customer who reads an export",
        "find the Statement of Applicability, evidence and gaps fast",
        "files that open anywhere and can be checked",
    ),
];

/// The first page of help.
pub(super) fn about() -> View {
    let readers = READERS
        .iter()
        .map(|(who, come, leave)| row(*who, vec![(*come).into(), (*leave).into()]));
    let heads = ["Who", "Comes to", "Leaves with"];
    let readers = table(
        "data-table",
        "Who uses Concord, and what for".to_owned(),
        &heads,
        vec![table_body(readers.collect())],
    );
    let begin = el("ol")
        .with(
            el("li")
                .with("State the scope: the frameworks, and facts about your organisation. They decide what is asked."),
        )
        .with(
            el("li")
                .with("Answer the quick scan of about 40 questions, or topic by topic. Every answer is kept at once."),
        )
        .with(el("li").with("Read what blocks each gate, and begin with the first gaps."))
        .with(el("li").with("Export what auditors and customers ask for."));
    let start = button_link("button", "#/", "Begin an assessment").view();
    View::Many(vec![
        section(
            "What it is",
            vec![
                paragraph(
                    "Concord is a gap assessment. You answer once, in plain language, about what you do; it shows where you \
                     stand against ISO/IEC 27001:2022, ISO/IEC 27017 and SOC 2 at the same time, what is missing, what to do \
                     first, and prints the papers that auditors and customers ask for.",
                ),
                paragraph(wording::DISCLAIMER),
            ],
        ),
        section("Who it is for", vec![readers]),
        section(
            "What leaves this machine",
            vec![
                paragraph(
                    "Nothing. There is no server behind this page and no account. Answers lie in this browser; no request \
                     goes to anybody else. What you export is a file on your machine, and you decide who gets it. A list of \
                     gaps is a map for an attacker: treat it so.",
                ),
                paragraph(link(
                    help_href("data", "", ""),
                    "Where your data lies, and how to keep a copy",
                )),
            ],
        ),
        section(
            "Where to begin",
            vec![
                begin.view(),
                paragraph("Or look round first: the sample company is made up and has something on every page."),
                actions(vec![start, take_tour()]),
            ],
        ),
        el("p")
            .class("hint section")
            .with(format!("Concord {}", env!("CARGO_PKG_VERSION")))
            .view(),
    ])
}

/// What the line in the header says, and what to do.
const STATES: [(&str, &str); 4] = [
    (
        "Kept in this browser",
        "The last change is in the storage of this browser.",
    ),
    (
        "Not kept: full",
        "There is no room left. Your changes are still in this tab: download the assessment before you close it, then make \
         room as said below. The next change tries again.",
    ),
    (
        "Not kept: blocked",
        "The browser does not let this page store anything, as some private windows do. Download the assessment before you \
         close the tab, then allow storage or use another window.",
    ),
    (
        "Changed in another tab",
        "Another tab changed the same assessment. Its answers were taken in here; where it was replaced or deleted, this tab \
         writes no more and offers to load it anew.",
    ),
];

/// Where the data lies.
pub(super) fn data() -> View {
    let points = |points: &[&str]| list(points.iter().map(|it| (*it).to_owned()));
    let states = STATES.iter().map(|(state, does)| row(*state, vec![(*does).into()]));
    let states = table(
        "data-table",
        "What the header says".to_owned(),
        &["It says", "It means"],
        vec![table_body(states.collect())],
    );
    View::Many(vec![
        section(
            "Where it lies",
            vec![
                paragraph(
                    "In the local storage of this browser, on this machine, under this address. Another browser, another \
                     profile or another machine does not see it. Whoever can use this browser profile can read it.",
                ),
                note(
                    "Clearing the data of websites in this browser deletes your assessments. Keep a copy outside of it.",
                ),
            ],
        ),
        section(
            "Keep a copy",
            vec![points(&[
                "Download the assessment file from its card on the start page, or from the export page. It holds all records and \
                 opens again in any browser, as a new assessment: nothing is overwritten.",
                "\"Download everything kept in this browser\" on the start page is a safety copy of all raw records, also of what \
                 could not be read.",
                "Do so at the end of a day of work, and before the browser is cleaned, updated or moved.",
                "Deleting an assessment marks it. Its records stay until you remove it for good.",
            ])],
        ),
        section("What the header says", vec![states]),
        section(
            "When there is no room left",
            vec![
                paragraph(
                    "A browser gives each address about five million characters. A change that finds no room is never half \
                     written: what was kept before stays as it was.",
                ),
                points(&[
                    "Download the assessment file first, so that nothing depends on this tab.",
                    "On the start page, remove deleted assessments for good.",
                    "Then delete and remove those that you have as files; they open again when you need them.",
                ]),
            ],
        ),
        section(
            "Two tabs, two people",
            vec![points(&[
                "Two tabs of one browser on the same assessment take in each other's answers. Undo works in its own tab, and \
                 does nothing where another tab has changed the same thing since.",
                "Two people work on two files: hand out a topic and bring its answers back, or merge whole files. A preview comes \
                 first, and what differs is kept for somebody to decide.",
            ])],
        ),
        section(
            "If something breaks",
            vec![points(&[
                "What can't be read is set aside, never overwritten, and is in the download of everything.",
                "If the program stops, a plain page appears that needs nothing of it: it says what is safe and downloads all that \
                 is kept.",
            ])],
        ),
    ])
}
