//! The crosswalk: two frameworks side by side, what one adds to the other, and two requirements with because and
//! remainder.

mod pair;
mod pairs;

use leptos::prelude::Get;
use pair::{pair_view, practice_list};
use pairs::pairs_view;

use super::obligations::obligations_link;
use super::soa_import::import_link;
use crate::analysis::{Addition, Crosswalk, Pair, matrix};
use crate::catalogue::CATALOGUE;
use crate::domain::{Framework, FrameworkId, TopicId};
use crate::report::wording;
use crate::ui::components::{
    actions, breadcrumb, button_link, empty, link, page, page_head, paragraph, row_head, section, select_field, table,
    table_body, term_link,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow, memo};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// The crosswalk page: of two requirements if the address names them, of two frameworks otherwise.
pub fn crosswalk_page() -> View {
    let store = AssessmentStore::expect();
    let query = memo(move || store.query(&Page::Crosswalk(Query::default())));
    follow(move || {
        let query = query.get();
        let position = |name: &str| {
            let requirement = CATALOGUE.parse_requirement(query.get(name))?;
            CATALOGUE.requirement_index(requirement.id)
        };
        match position("a").zip(position("b")) {
            Some((from, to)) => pair_view(store, from, to),
            None => Two::read(store, query).view(),
        }
    })
}

/// Two frameworks, and how they are looked at.
struct Two {
    store: AssessmentStore,
    query: Query,
    from: FrameworkId,
    to: FrameworkId,
    crosswalk: Crosswalk,
}

impl Two {
    /// The frameworks that the address names; those in scope otherwise.
    fn read(store: AssessmentStore, query: Query) -> Self {
        let in_scope: Vec<FrameworkId> = store.with(|it| it.scope.frameworks.iter().copied().collect());
        let from = FrameworkId::parse(query.get("from"))
            .or(in_scope.first().copied())
            .unwrap_or(FrameworkId::Iso27001);
        let last = in_scope.last().copied().filter(|id| *id != from);
        let to = FrameworkId::parse(query.get("to")).unwrap_or(last.unwrap_or(FrameworkId::Soc2));
        let roles = store.with(|assessment| assessment.scope.cloud_roles());
        Self {
            store,
            query: query.with("from", from.as_str()).with("to", to.as_str()),
            from,
            to,
            crosswalk: Crosswalk::new(&CATALOGUE, &roles),
        }
    }

    fn view(&self) -> View {
        let name = |id: FrameworkId| CATALOGUE.framework(id).map(Framework::name).unwrap_or_default();
        let (from, to) = (name(self.from), name(self.to));
        let is_two = self.from != self.to;
        if is_two && self.query.get("show") == "added" {
            return self.added_view(&from, &to);
        }
        let cell = (self.query.get("row"), self.query.get("column"));
        if is_two && cell != ("", "") {
            return self.cell_view(cell.0, cell.1);
        }
        let filters = el("form")
            .class("filters")
            .on("submit", act(|event| event.prevent_default()))
            .with(self.choice("from", "From", self.from))
            .with(self.choice("to", "To", self.to));
        let lead = "How requirements of two frameworks relate, computed from the practices that both rest on. Equal, subset and \
             superset compare our decompositions, not the texts.";
        let mut parts = vec![
            page_head("Crosswalk", vec![lead.into(), " ".into(), term_link("crosswalk")]),
            filters.view(),
        ];
        if is_two {
            parts.push(self.addition_section(&from, &to));
            let pairs = self.crosswalk.pairs(&CATALOGUE, self.from, self.to);
            parts.push(self.matrix_section(&pairs));
            parts.push(section(
                "All pairs",
                vec![pairs_view(self.store, &self.crosswalk, &pairs)],
            ));
        } else {
            parts.push(empty("Choose two different frameworks."));
        }
        parts.push(obligations_link(self.store));
        parts.push(import_link(self.store));
        page("page page-wide", parts)
    }

    /// The pairs of one cell of the matrix.
    fn cell_view(&self, row: &str, column: &str) -> View {
        // A group that is not named is every group.
        let is_in = |group: &str, position: usize| {
            group.is_empty() || CATALOGUE.requirements.get(position).is_some_and(|it| it.group == group)
        };
        let mut pairs = self.crosswalk.pairs(&CATALOGUE, self.from, self.to);
        pairs.retain(|(left, right, _)| is_in(row, *left) && is_in(column, *right));
        let parts = vec![
            self.back(),
            page_head(format!("{row} and {column}"), "The pairs of these two groups."),
            pairs_view(self.store, &self.crosswalk, &pairs),
        ];
        page("page page-wide", parts)
    }

    fn back(&self) -> View {
        let whole = Query::default()
            .with("from", self.from.as_str())
            .with("to", self.to.as_str());
        breadcrumb(vec![link(
            self.store.href(Page::Crosswalk(whole)),
            "Crosswalk".to_owned(),
        )])
    }

    fn choice(&self, id: &'static str, label: &'static str, value: FrameworkId) -> View {
        let choices = CATALOGUE
            .frameworks
            .iter()
            .map(|it| (it.id.to_string(), it.name()))
            .collect::<Vec<_>>();
        let (query, store) = (self.query.clone(), self.store);
        let choose = move |value: String| store.go(Page::Crosswalk(query.clone().with(id, &value)));
        select_field(id, label, choices, move || value.to_string(), choose).view()
    }

    /// What the second framework adds: its requirements that are in scope, or all of them where it is not looked at.
    fn addition(&self) -> Addition {
        let analysis = self.store.analysis.get();
        let is_looked_at = self.store.with(|it| it.scope.frameworks.contains(&self.to));
        let counts = |position: usize| !is_looked_at || analysis.ground.includes(position);
        self.crosswalk.addition(&CATALOGUE, self.from, self.to, counts)
    }

    fn addition_section(&self, from: &str, to: &str) -> View {
        let addition = self.addition();
        let show = Page::Crosswalk(self.query.clone().with("show", "added"));
        let words = format!("Show what {to} adds");
        let show = button_link("button", self.store.href(show), words);
        let body = vec![
            paragraph(addition_sentence(&addition, from, to)),
            actions(vec![show.view()]),
        ];
        section(format!("We have {from}: what does {to} add?"), body)
    }

    /// The practices that the second framework adds, topic by topic.
    fn added_view(&self, from: &str, to: &str) -> View {
        let addition = self.addition();
        let mut parts = vec![
            self.back(),
            page_head(
                format!("What {to} adds"),
                vec![
                    addition_sentence(&addition, from, to).into(),
                    " ".into(),
                    term_link("remainder"),
                ],
            ),
        ];
        for topic in CATALOGUE.topics {
            let of_topic = addition.added.filter(|position| topic_of(position) == Some(topic.id));
            if !of_topic.is_empty() {
                parts.push(practice_list(self.store, topic.title, &of_topic, None));
            }
        }
        page("page", parts)
    }

    fn matrix_cell(&self, row: &'static str, column: &'static str, n_pairs: usize) -> View {
        let leads_to = (n_pairs > 0).then(|| {
            let query = self.query.clone().with("row", row).with("column", column);
            let name = format!("{row} and {column}: {}", pair_count(n_pairs));
            let href = self.store.href(Page::Crosswalk(query));
            el("a")
                .attr("href", href)
                .attr("aria-label", name)
                .with(n_pairs.to_string())
        });
        el("td")
            .class("heat-cell")
            .attr("data-level", heat(n_pairs))
            .with(leads_to)
            .view()
    }

    fn matrix_section(&self, pairs: &[Pair]) -> View {
        let groups = |id: FrameworkId| CATALOGUE.framework(id).map_or(&[][..], |it| it.groups);
        let columns = groups(self.to);
        let cells = matrix(&CATALOGUE, self.from, self.to, pairs);
        let rows = groups(self.from).iter().zip(cells).map(|(row, cells)| {
            let cells: Vec<View> = columns
                .iter()
                .zip(cells)
                .map(|(column, n_pairs)| self.matrix_cell(row.id, column.id, n_pairs))
                .collect();
            let head = format!("{} {}", row.id, row.title);
            el("tr").with(row_head(head)).all(cells).view()
        });
        let rows = rows.collect();
        let heads: Vec<&'static str> = std::iter::once("Group").chain(columns.iter().map(|it| it.id)).collect();
        let name = "Related pairs by theme and series. A number leads to its pairs.".to_owned();
        section(
            "Where they meet",
            vec![table("data-table heat matrix", name, &heads, vec![table_body(rows)])],
        )
    }
}

/// How dark a cell of the matrix is, from 1 to 4.
const fn heat(n_pairs: usize) -> &'static str {
    match n_pairs {
        0 => "none",
        1 | 2 => "1",
        3..=5 => "2",
        6..=9 => "3",
        _ => "4",
    }
}

fn topic_of(position: usize) -> Option<TopicId> {
    CATALOGUE.practices.get(position).map(|practice| practice.topic)
}

fn pair_count(n: usize) -> String {
    wording::count(n, "pair", "pairs")
}

fn addition_sentence(addition: &Addition, from: &str, to: &str) -> String {
    format!(
        "{to} rests on {}; {from} needs {} of them too, and {} remain to answer or do. {} of {} rest on nothing that {from} does not ask.",
        wording::practices(addition.shared.len() + addition.added.len()),
        addition.shared.len(),
        addition.added.len(),
        addition.n_covered,
        wording::requirements(addition.n_requirements),
    )
}
