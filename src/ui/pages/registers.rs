//! All registers, with what they hold.

use super::requests::requests_of;
use crate::catalogue::CATALOGUE;
use crate::domain::{Register, Requirement};
use crate::report::wording;
use crate::ui::components::{link, page, page_head, paragraph, section};
use crate::ui::element::el;
use crate::ui::follow::follow;
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// All registers, with what they hold.
pub fn registers_page() -> View {
    let store = AssessmentStore::expect();
    let lead = "What stands beside the answers: the papers and lists that auditors and customers ask for.";
    let cards = follow(move || {
        let mut cards = cards(store).into_iter();
        let groups = GROUPS.iter().map(|(title, n)| {
            let shown = cards.by_ref().take(*n).map(|it| it.view(store)).collect();
            section(*title, vec![el("div").class("cards").all(shown).view()])
        });
        groups.collect::<Vec<_>>()
    });
    page("page", vec![page_head("Registers", lead), cards])
}

/// The groups of the cards: a title and how many cards it takes.
const GROUPS: [(&str, usize); 4] = [
    ("Evidence", 2),
    ("Suppliers", 3),
    ("Risks and controls", 3),
    ("Papers and dates", 4),
];

struct Card {
    title: &'static str,
    page: Page,
    lead: &'static str,
    held: String,
}

impl Card {
    fn view(self, store: AssessmentStore) -> View {
        let name = link(store.href(self.page), self.title);
        el("article")
            .class("card")
            .with(el("h3").with(name))
            .with(paragraph(self.lead))
            .with(el("p").class("card-meta card-actions").with(self.held))
            .view()
    }
}

fn cards(store: AssessmentStore) -> Vec<Card> {
    let n_of = |register: Register| store.with(|it| it.register(register).count());
    let entries = |n: usize| match n {
        0 => "None yet".to_owned(),
        n => wording::count(n, "entry", "entries"),
    };
    let of = |register: Register, lead: &'static str| Card {
        title: register.title(),
        page: Page::Register(register, Query::default()),
        lead,
        held: entries(n_of(register)),
    };
    let ground = &leptos::prelude::Get::get(&store.analysis).ground;
    let n_in_scope = |fits: fn(&Requirement) -> bool| {
        let all = CATALOGUE.requirements.iter().enumerate();
        all.filter(|(at, it)| ground.includes(*at) && fits(it)).count()
    };
    let requests = requests_of(store);
    let papers = |title, page, lead, held| Card {
        title,
        page,
        lead,
        held,
    };
    vec![
        of(
            Register::Evidence,
            "What shows that a practice works, where it is, and its hash.",
        ),
        papers(
            "Evidence requests",
            Page::Requests(Query::default()),
            "What auditors will ask for in this scope, how much of it, and what is still missing.",
            wording::requests_missing(requests.iter().filter(|it| it.is_missing()).count(), requests.len()),
        ),
        of(
            Register::Supplier,
            "Who does a part of the work or sees what is protected.",
        ),
        of(
            Register::Report,
            "Certificates and reports of suppliers, as somebody has read them.",
        ),
        papers(
            "Shared responsibility matrix",
            Page::Duties,
            "Who answers for which cloud control: customer, provider, or both.",
            wording::count(n_in_scope(|it| it.has_cloud_content), "row", "rows"),
        ),
        of(Register::Risk, "Risks, their treatment, and who accepted what remains."),
        papers(
            "Statement of Applicability",
            Page::Soa(Query::default()),
            "All 93 controls of Annex A: in or out, why, and how far.",
            format!(
                "{} decided",
                wording::count(store.with(|it| it.decisions.len()), "control", "controls")
            ),
        ),
        of(
            Register::OwnControl,
            "Controls that you need and that no framework here lists.",
        ),
        papers(
            "Documented information",
            Page::Documents,
            "The documents that clauses and controls ask for: approved, by whom, next review.",
            entries(n_of(Register::Document)),
        ),
        papers(
            "SOC 2 papers",
            Page::Soc2(Query::default()),
            "System description, assertion, commitments and the control matrix.",
            entries(n_of(Register::Description)),
        ),
        papers(
            "Calendar",
            Page::Calendar(Query::default()),
            "Records over the Type 2 window, and the audits of the certification cycle.",
            entries(n_of(Register::Operation)),
        ),
        papers(
            "Remediation plan",
            Page::Plan(Query::default()),
            "What will be done about the gaps, by whom and by when.",
            entries(n_of(Register::PlanAction)),
        ),
    ]
}
