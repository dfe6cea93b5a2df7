//! The dashboard: seven charts for a board, from catalogue, assessment and analysis. Each figure leads down to what it
//! counts. Sentences are those of [`super::wording`].

use super::chart::{Bar, Bars, Chart, ChartRow, Drawing, Heat, HeatCell, HeatRow, Leads, Line, Lines, Tone};
use super::wording::{self, BasisCounts, OverlapCounts, RelationCounts};
use crate::analysis::{
    Analysis, BurnDown, Clearance, Crosswalk, FrameworkReadiness, GateReadiness, PlanChoice, PracticeFilter, Reach,
    RelationKind, Said, StatedBasis, burn_down, levers,
};
use crate::domain::{Assessment, BasisKind, Catalogue, Facet, FrameworkId};

/// How many levers are shown.
const N_LEVERS: usize = 10;

/// The charts, in the order in which a board reads them.
#[must_use]
pub fn dashboard(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Vec<Chart> {
    let from = Source {
        catalogue,
        assessment,
        analysis,
    };
    vec![
        from.gates(),
        from.readiness(),
        from.burn_down(),
        from.levers(),
        from.overlap(),
        from.basis(),
        from.facets(),
    ]
}

/// Where the organisation stands, in one sentence.
#[must_use]
pub fn board_sentence(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> String {
    wording::board_sentence(analysis, &burn_down(catalogue, assessment, analysis))
}

struct Source<'a> {
    catalogue: &'a Catalogue,
    assessment: &'a Assessment,
    analysis: &'a Analysis,
}

impl Source<'_> {
    fn gates(&self) -> Chart {
        let gates = &self.analysis.gates;
        let filter = |gate: &GateReadiness, clearance| PracticeFilter {
            gate: Some((gate.gate, gate.framework)),
            clearance,
            ..PracticeFilter::default()
        };
        let failing = |total: usize, cleared: usize, open: usize| total.saturating_sub(cleared + open);
        let bars = gates.iter().map(|gate| {
            let count = &gate.count;
            let failing = failing(count.n_total, count.n_cleared, count.n_open);
            Bar {
                label: wording::gate_title(self.catalogue, gate),
                segments: [count.n_cleared, count.n_open, failing].map(number).into(),
                value: wording::gate_count(count),
                note: wording::blocked_by(&gate.blockers),
                leads: Leads::Practices(filter(gate, None)),
            }
        });
        let rows = gates.iter().map(|gate| {
            let (count, practices) = (&gate.count, &gate.practice_count);
            let n_failing = failing(practices.n_total, practices.n_cleared, practices.n_open);
            let by = |clearance| Leads::Practices(filter(gate, Some(clearance)));
            let mut cells = vec![
                wording::gate_title(self.catalogue, gate),
                wording::blockers(&gate.blockers),
            ];
            let numbers = [
                count.n_cleared,
                count.n_open,
                failing(count.n_total, count.n_cleared, count.n_open),
                practices.n_cleared,
                practices.n_open,
                n_failing,
            ];
            cells.extend(numbers.iter().map(ToString::to_string));
            let mut leads = vec![Leads::Nowhere; 5];
            leads.extend([Clearance::Clears, Clearance::Open, Clearance::Fails].map(by));
            ChartRow {
                cells,
                leads: Leads::Each(leads),
            }
        });
        Chart {
            id: "gates".to_owned(),
            title: "The five gates".to_owned(),
            finding: wording::gates_finding(self.catalogue, gates),
            remarks: vec![wording::GATES_REMARK.to_owned()],
            drawing: Drawing::Bars(Bars {
                legend: [
                    (Tone::Good, "Requirements that clear"),
                    (Tone::Open, "Open"),
                    (Tone::Poor, "Do not clear"),
                ]
                .map(|(tone, name)| (tone, name.to_owned()))
                .into(),
                are_shares: true,
                bars: bars.collect(),
            }),
            columns: heads(&[
                "Gate",
                "Blocked by",
                "Requirements that clear",
                "Requirements open",
                "Requirements that do not clear",
                "Practices that clear",
                "Practices open",
                "Practices that do not clear",
            ]),
            rows: rows.collect(),
        }
    }

    fn readiness(&self) -> Chart {
        let frameworks = &self.analysis.frameworks;
        let filter = |framework: &FrameworkReadiness, group: &'static str| {
            Leads::Practices(PracticeFilter {
                framework: Some(framework.id),
                group: Some(group),
                ..PracticeFilter::default()
            })
        };
        let name = |id: FrameworkId| self.framework_name(id);
        let heat = frameworks.iter().map(|framework| HeatRow {
            label: wording::framework_share(&name(framework.id), &framework.total),
            cells: framework
                .groups
                .iter()
                .map(|group| {
                    let (ready, total) = (group.tally.n_ready, group.tally.n_total());
                    (total > 0).then(|| HeatCell {
                        head: group.id.to_owned(),
                        share: share(ready, total),
                        value: format!("{ready}/{total}"),
                        leads: filter(framework, group.id),
                    })
                })
                .collect(),
        });
        let rows = frameworks.iter().flat_map(|framework| {
            framework.groups.iter().map(move |group| {
                let leads = filter(framework, group.id);
                let needed = match &leads {
                    Leads::Practices(filter) => self.n_matching(filter),
                    Leads::Nowhere
                    | Leads::Practice(_)
                    | Leads::Requirement(_)
                    | Leads::Action(_)
                    | Leads::Crosswalk(..)
                    | Leads::Each(_) => 0,
                };
                let mut cells = vec![
                    format!("{} {}", group.id, group.title),
                    self.framework_name(framework.id),
                ];
                cells.extend(wording::tally_numbers(&group.tally).iter().map(ToString::to_string));
                cells.push(needed.to_string());
                let mut each = vec![Leads::Nowhere; cells.len() - 1];
                each.push(leads);
                ChartRow {
                    cells,
                    leads: Leads::Each(each),
                }
            })
        });
        let mut remarks = vec![wording::HEAT_REMARK.to_owned()];
        let has = |id: FrameworkId| frameworks.iter().any(|it| it.id == id);
        remarks.extend(has(FrameworkId::Iso27017).then(|| wording::CLOUD_SOURCE.to_owned()));
        remarks.extend(has(FrameworkId::Soc2).then(|| wording::SOC2_NATURE.to_owned()));
        Chart {
            id: "readiness".to_owned(),
            title: "Readiness by theme and series".to_owned(),
            finding: wording::readiness_finding(self.catalogue, frameworks),
            remarks,
            drawing: Drawing::Heat(Heat {
                columns: Vec::new(),
                rows: heat.collect(),
            }),
            columns: heads(
                &[
                    &["Theme or series", "Framework"],
                    &wording::TALLY_HEADS[..],
                    &["Practices needed"],
                ]
                .concat(),
            ),
            rows: rows.collect(),
        }
    }

    fn burn_down(&self) -> Chart {
        let burn = burn_down(self.catalogue, self.assessment, self.analysis);
        let today = self.analysis.date;
        let line = |label: String, is_planned: bool, points: &[(chrono::NaiveDate, usize)]| Line {
            label,
            is_planned,
            points: points.iter().map(|(day, n)| (*day, number(*n))).collect(),
        };
        let mut lines = vec![line(wording::open_gaps(burn.n_open), false, &burn.so_far)];
        if let Some((_, left)) = burn.planned.last() {
            lines.push(line(wording::planned_line(*left), true, &burn.planned));
        }
        let target = burn.target.filter(|target| *target > today && burn.n_open > 0);
        if let Some(target) = target {
            lines.push(line(
                wording::EVEN_LINE.to_owned(),
                true,
                &[(today, burn.n_open), (target, 0)],
            ));
        }
        let mut marks = vec![(today, wording::TODAY.to_owned())];
        marks.extend(burn.target.map(|target| (target, wording::target_mark(target))));
        let most = burn.so_far.iter().map(|(_, n)| *n).max().unwrap_or_default();
        Chart {
            id: "burn-down".to_owned(),
            title: "Burn-down to the target date".to_owned(),
            finding: wording::burn_down_finding(self.assessment, self.analysis, &burn),
            remarks: wording::burn_down_remarks(&burn, today),
            rows: self.burn_down_rows(&burn),
            drawing: Drawing::Lines(Lines {
                unit: "Open gaps".to_owned(),
                most: number(most).max(1),
                lines,
                marks,
            }),
            columns: heads(&["Line", "Day", "Open gaps"]),
        }
    }

    fn burn_down_rows(&self, burn: &BurnDown) -> Vec<ChartRow> {
        let today = self.analysis.date;
        let plan = |plan| {
            Leads::Practices(PracticeFilter {
                plan: Some(plan),
                ..PracticeFilter::gaps()
            })
        };
        let row = |what: &str, day: String, n: usize, leads: Leads| ChartRow {
            cells: vec![what.to_owned(), day, n.to_string()],
            leads: Leads::Each(vec![Leads::Nowhere, Leads::Nowhere, leads]),
        };
        let mut rows = Vec::new();
        for (day, n) in &burn.so_far {
            let leads = if *day == today {
                Leads::Practices(PracticeFilter::gaps())
            } else {
                Leads::Nowhere
            };
            rows.push(row("So far", day.to_string(), *n, leads));
        }
        for (day, n) in &burn.planned {
            // Today's first point is what is open now; the plan begins with the first due day.
            if *n < burn.n_open {
                rows.push(row("Planned", day.to_string(), *n, plan(PlanChoice::LeftAfter(*day))));
            }
        }
        if let (Some(target), Some(left)) = (burn.target.filter(|target| *target >= today), burn.n_left_at_target) {
            rows.push(row(
                "Left by the plan at the target date",
                target.to_string(),
                left,
                plan(PlanChoice::LeftAfter(target)),
            ));
        }
        let parts = [
            ("Covered by no action", burn.n_no_action, PlanChoice::NoAction),
            ("Action without a due day", burn.n_no_day, PlanChoice::NoDay),
            ("Action overdue", burn.n_overdue, PlanChoice::Overdue),
        ];
        rows.extend(parts.map(|(what, n, choice)| row(what, String::new(), n, plan(choice))));
        rows
    }

    fn levers(&self) -> Chart {
        let levers = levers(self.catalogue, self.analysis);
        let shown = levers.iter().take(N_LEVERS);
        let shown: Vec<_> = shown
            .filter_map(|(gap, reach)| Some((self.catalogue.practices.get(gap.practice)?, *gap, reach)))
            .collect();
        let together = Reach::of_all(self.catalogue, shown.iter().map(|(_, gap, _)| *gap));
        let all = Reach::of_all(self.catalogue, self.analysis.gaps.iter());
        let bars = shown.iter().map(|(practice, gap, reach)| Bar {
            label: practice.title().to_owned(),
            segments: vec![number(reach.requirements.len())],
            value: wording::lever_value(reach),
            note: wording::lever_note(practice, gap),
            leads: Leads::Practice(practice.id),
        });
        let rows = shown.iter().map(|(practice, gap, reach)| ChartRow {
            cells: vec![
                practice.title().to_owned(),
                reach.requirements.len().to_string(),
                wording::framework_names(self.catalogue, reach),
                practice.effort.as_str().to_owned(),
                gap.grade.title().to_owned(),
            ],
            leads: Leads::Practice(practice.id),
        });
        let first = shown.first().map(|(practice, _, reach)| (*practice, *reach));
        Chart {
            id: "levers".to_owned(),
            title: "Ten best levers".to_owned(),
            finding: wording::levers_finding(
                first,
                shown.len(),
                self.analysis.gaps.len(),
                together.requirements.len(),
                all.requirements.len(),
            ),
            remarks: vec![wording::LEVERS_REMARK.to_owned()],
            drawing: Drawing::Bars(Bars {
                legend: vec![(Tone::Plain, "Requirements brought forward".to_owned())],
                are_shares: false,
                bars: bars.collect(),
            }),
            columns: heads(&[
                "Practice",
                "Requirements brought forward",
                "Frameworks",
                "Effort",
                "Potential grade",
            ]),
            rows: rows.collect(),
        }
    }

    fn overlap(&self) -> Chart {
        let reaches: Vec<usize> = self
            .analysis
            .gaps
            .iter()
            .map(|gap| Reach::of(self.catalogue, gap).frameworks.len())
            .collect();
        let of_gaps: Vec<(usize, usize)> = (0..=3)
            .rev()
            .map(|n| (n, reaches.iter().filter(|it| **it == n).count()))
            // Of what nothing in scope needs, nothing is said as long as there is none.
            .filter(|(n, count)| *count > 0 || (1..=self.n_frameworks()).contains(n))
            .collect();
        let leads = |n: usize| {
            Leads::Practices(PracticeFilter {
                n_frameworks: Some(n),
                ..PracticeFilter::gaps()
            })
        };
        let bars = of_gaps.iter().map(|(n, count)| Bar {
            label: wording::in_frameworks(*n),
            segments: vec![number(*count)],
            value: wording::gaps(*count),
            leads: leads(*n),
            ..Bar::default()
        });
        let relations = self.relations();
        let mut rows: Vec<ChartRow> = of_gaps
            .iter()
            .map(|(n, count)| ChartRow {
                cells: vec![wording::in_frameworks(*n), count.to_string()],
                leads: Leads::Each(vec![Leads::Nowhere, leads(*n)]),
            })
            .collect();
        for it in &relations {
            let counts = RelationKind::ALL.into_iter().zip(it.counts);
            rows.extend(counts.map(|(kind, n)| ChartRow {
                cells: vec![wording::related_pairs(self.catalogue, it, kind), n.to_string()],
                leads: Leads::Crosswalk(it.from, it.to),
            }));
        }
        let counts = OverlapCounts {
            n_frameworks: self.n_frameworks(),
            n_gaps: reaches.len(),
            n_in: [1, 2, 3].map(|n| reaches.iter().filter(|it| **it == n).count()),
            has_answers: self.analysis.progress().1 > 0,
        };
        Chart {
            id: "overlap".to_owned(),
            title: "One fix, several frameworks".to_owned(),
            finding: wording::overlap_finding(&counts),
            remarks: wording::overlap_remarks(self.catalogue, &relations),
            drawing: Drawing::Bars(Bars {
                legend: vec![(Tone::Plain, "Open gaps".to_owned())],
                are_shares: false,
                bars: bars.collect(),
            }),
            columns: heads(&["What", "Number"]),
            rows,
        }
    }

    /// How many requirements of two frameworks relate in which way, for each two in scope.
    fn relations(&self) -> Vec<RelationCounts> {
        let crosswalk = Crosswalk::new(self.catalogue, &self.assessment.scope.cloud_roles());
        let mut relations = Vec::new();
        for (index, from) in self.analysis.frameworks.iter().enumerate() {
            for to in self.analysis.frameworks.iter().skip(index + 1) {
                let pairs = crosswalk.pairs(self.catalogue, from.id, to.id);
                let of = |kind| pairs.iter().filter(|(_, _, relation)| relation.kind == kind).count();
                relations.push(RelationCounts {
                    from: from.id,
                    to: to.id,
                    counts: RelationKind::ALL.map(of),
                });
            }
        }
        relations
    }

    fn facets(&self) -> Chart {
        let topics = &self.analysis.topics;
        let leads = |topic, facet| {
            Leads::Practices(PracticeFilter {
                topic: Some(topic),
                facet: Some((facet, Said::Yes)),
                ..PracticeFilter::default()
            })
        };
        let title = |topic: &crate::analysis::TopicProgress| {
            let topic = self.catalogue.topic(topic.id.as_str());
            topic.map_or("", |it| it.title).to_owned()
        };
        let heat = topics.iter().map(|topic| HeatRow {
            label: title(topic),
            cells: Facet::ALL
                .into_iter()
                .zip(&topic.facets)
                .map(|(facet, tally)| {
                    (tally.n_asked > 0).then(|| HeatCell {
                        head: String::new(),
                        share: share(tally.n_shown, tally.n_asked),
                        value: format!("{}/{}", tally.n_shown, tally.n_asked),
                        leads: leads(topic.id, facet),
                    })
                })
                .collect(),
        });
        let rows = topics.iter().map(|topic| {
            let mut cells = vec![title(topic)];
            let mut each = vec![Leads::Nowhere];
            for (facet, tally) in Facet::ALL.into_iter().zip(&topic.facets) {
                cells.push(wording::facet_share(tally));
                each.push(if tally.n_asked > 0 {
                    leads(topic.id, facet)
                } else {
                    Leads::Nowhere
                });
            }
            ChartRow {
                cells,
                leads: Leads::Each(each),
            }
        });
        Chart {
            id: "facets".to_owned(),
            title: "What could be shown, by topic".to_owned(),
            finding: wording::facets_finding(self.catalogue, topics),
            remarks: vec![wording::FACETS_REMARK.to_owned()],
            drawing: Drawing::Heat(Heat {
                columns: Facet::ALL.map(|facet| facet.title().to_owned()).into(),
                rows: heat.collect(),
            }),
            columns: std::iter::once("Topic")
                .chain(Facet::ALL.map(Facet::title))
                .map(str::to_owned)
                .collect(),
            rows: rows.collect(),
        }
    }

    fn basis(&self) -> Chart {
        let mix = self.analysis.basis_mix;
        let parts = [
            ("Tested", mix.n_tested, StatedBasis::On(BasisKind::Tested)),
            ("Seen", mix.n_seen, StatedBasis::On(BasisKind::Seen)),
            ("Said", mix.n_said, StatedBasis::On(BasisKind::Said)),
            ("Not stated", mix.n_unstated, StatedBasis::NotStated),
        ];
        let counts = BasisCounts::of(&mix);
        let leads = |basis| {
            Leads::Practices(PracticeFilter {
                basis: Some(basis),
                ..PracticeFilter::default()
            })
        };
        Chart {
            id: "basis".to_owned(),
            title: "What the answers rest on".to_owned(),
            finding: wording::basis_finding(&counts),
            remarks: vec![wording::BASIS_REMARK.to_owned()],
            drawing: Drawing::Bars(Bars {
                legend: vec![(Tone::Plain, "Answers".to_owned())],
                are_shares: false,
                bars: parts
                    .iter()
                    .map(|(word, n, basis)| Bar {
                        label: (*word).to_owned(),
                        segments: vec![number(*n)],
                        value: wording::part_of(*n, counts.n_total),
                        leads: leads(*basis),
                        ..Bar::default()
                    })
                    .collect(),
            }),
            columns: heads(&["Basis", "Answers"]),
            rows: parts
                .iter()
                .map(|(word, n, basis)| ChartRow {
                    cells: vec![(*word).to_owned(), n.to_string()],
                    leads: Leads::Each(vec![Leads::Nowhere, leads(*basis)]),
                })
                .collect(),
        }
    }

    fn n_matching(&self, filter: &PracticeFilter) -> usize {
        filter.matching(self.catalogue, self.assessment, self.analysis).len()
    }

    fn framework_name(&self, id: FrameworkId) -> String {
        self.catalogue.framework(id).map(|it| it.name()).unwrap_or_default()
    }

    /// Frameworks in scope; both editions of ISO/IEC 27017 are one.
    fn n_frameworks(&self) -> usize {
        let has = |id: FrameworkId| self.analysis.frameworks.iter().any(|it| it.id == id);
        let cloud = has(FrameworkId::Iso27017) || has(FrameworkId::Iso27017Of2015);
        [has(FrameworkId::Iso27001), cloud, has(FrameworkId::Soc2)]
            .into_iter()
            .filter(|it| *it)
            .count()
    }
}

fn heads(heads: &[&str]) -> Vec<String> {
    heads.iter().map(|head| (*head).to_owned()).collect()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Hundredths, rounded down: only all is 100; at least 1 where there is something.
fn share(n: usize, of: usize) -> u8 {
    let share = n * 100 / of.max(1);
    u8::try_from(share.max(usize::from(n > 0))).unwrap_or(100)
}
