//! What the dashboard says: the finding of each chart, true in every state, and how the practices behind a figure are chosen.

use chrono::NaiveDate;

use super::{action_title, blocker, clearance, count, date, gate_count, practices, requirements, share, sheet_title};
use crate::analysis::{
    Analysis, BasisMix, Blocker, BurnDown, FacetTally, FilterPart, FrameworkReadiness, Gap, GateReadiness, PlanAction,
    PlanChoice, PracticeFilter, Reach, RelationKind, Said, StatedBasis, Tally, TopicProgress,
};
use crate::domain::{Answer, Assessment, Catalogue, Facet, FrameworkId, Practice, Register, SheetKey, Standing};

/// How to read the chart of the gates.
pub const GATES_REMARK: &str = "What blocks a gate counts before its share. A share counts requirements; it is no chance of \
    passing, and grading is the auditor's act.";

/// How to read the heat map of readiness.
pub const HEAT_REMARK: &str = "A cell counts requirements that are ready, over those in scope. It leads to the practices that \
    they need.";

/// What the chart of levers counts.
pub const LEVERS_REMARK: &str = "Closing a gap brings a requirement forward; it is ready when all that it needs is there. One \
    ISO control counts once over its editions. What to do first, with potential majors before all else, is in the gap register.";

/// What the chart of facets counts.
pub const FACETS_REMARK: &str = "Each cell counts practices where somebody said yes, over those in place or partly where it is \
    asked. Not said counts as no yes. Improved is never a bar.";

/// What the chart of the basis leaves unsaid.
pub const BASIS_REMARK: &str = "What was only said is not evidence.";

/// The name of the mark of the day of the analysis.
pub const TODAY: &str = "Today";

/// The name of the even line.
pub const EVEN_LINE: &str = "Even pace";

/// The answers by what they rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasisCounts {
    /// The answers, by basis.
    pub mix: BasisMix,
    /// All answers.
    pub n_total: usize,
}

impl BasisCounts {
    /// The counts of a mix.
    #[must_use]
    pub const fn of(mix: &BasisMix) -> Self {
        Self {
            mix: *mix,
            n_total: mix.n_said + mix.n_seen + mix.n_tested + mix.n_unstated,
        }
    }
}

/// Open gaps by the number of frameworks in which closing one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverlapCounts {
    /// Frameworks in scope; both editions of ISO/IEC 27017 are one.
    pub n_frameworks: usize,
    /// Open gaps.
    pub n_gaps: usize,
    /// … that count in one, two and three frameworks.
    pub n_in: [usize; 3],
    /// Whether anything has been answered.
    pub has_answers: bool,
}

/// Pairs of requirements of two frameworks, by how they relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationCounts {
    /// The first framework.
    pub from: FrameworkId,
    /// The second.
    pub to: FrameworkId,
    /// In the order of [`RelationKind::ALL`].
    pub counts: [usize; 4],
}

/// What a gate is called, with the edition where two can be in scope.
#[must_use]
pub fn gate_title(catalogue: &Catalogue, gate: &GateReadiness) -> String {
    if gate.framework.is_cloud() {
        framework_name(catalogue, gate.framework)
    } else {
        gate.gate.title().to_owned()
    }
}

fn framework_name(catalogue: &Catalogue, id: FrameworkId) -> String {
    catalogue.framework(id).map(|it| it.name()).unwrap_or_default()
}

/// Where the organisation stands, in one sentence for a board.
#[must_use]
pub fn board_sentence(analysis: &Analysis, burn: &BurnDown) -> String {
    let (asked, answered) = analysis.progress();
    if analysis.gates.is_empty() {
        return "No framework is in scope yet, so there is nothing to report.".to_owned();
    }
    let blocked = analysis.gates.iter().filter(|gate| !gate.blockers.is_empty()).count();
    let gates = match (blocked, analysis.gates.len()) {
        (0, 1) => "The one gate is not blocked".to_owned(),
        (0, n) => format!("None of the {n} gates is blocked"),
        (_, 1) => "The one gate is blocked".to_owned(),
        (1, n) => format!("1 of {n} gates is blocked"),
        (blocked, n) if blocked == n => format!("All {n} gates are blocked"),
        (blocked, n) => format!("{blocked} of {n} gates are blocked"),
    };
    let gaps = count(burn.n_open, "gap is open", "gaps are open");
    let questions = match asked.saturating_sub(answered) {
        0 => String::new(),
        _ => format!(", {answered} of {asked} questions are answered"),
    };
    let target = match burn.target {
        None => ", and no target date is set".to_owned(),
        Some(target) => match target.signed_duration_since(analysis.date).num_days() {
            0 => ", and the target date is today".to_owned(),
            1 => format!(", and 1 day is left to the target date, {}", date(target)),
            days if days > 0 => format!(", and {days} days are left to the target date, {}", date(target)),
            _ => format!(", and the target date, {}, has passed", date(target)),
        },
    };
    format!("{gates}, {gaps}{questions}{target}.")
}

/// What blocks a gate, as a phrase.
#[must_use]
pub fn blockers(blockers: &[Blocker]) -> String {
    if blockers.is_empty() {
        return "nothing".to_owned();
    }
    blockers.iter().map(blocker).collect::<Vec<_>>().join("; ")
}

/// What blocks a gate, in a sentence.
#[must_use]
pub fn blocked_by(of: &[Blocker]) -> String {
    if of.is_empty() {
        return "No blocker.".to_owned();
    }
    format!("Blocked by: {}.", blockers(of))
}

/// What the chart of the gates shows.
#[must_use]
pub fn gates_finding(catalogue: &Catalogue, gates: &[GateReadiness]) -> String {
    let blocked = gates.iter().filter(|gate| !gate.blockers.is_empty()).count();
    let head = match (blocked, gates.len()) {
        (_, 0) => return "No framework is in scope, so there is no gate.".to_owned(),
        (0, 1) => "Nothing blocks the one gate".to_owned(),
        (0, n) => format!("Nothing blocks any of the {n} gates"),
        (1, 1) => "The one gate is blocked, whatever its share is".to_owned(),
        (1, n) => format!("1 of {n} gates is blocked, whatever its share is"),
        (blocked, n) if blocked == n => format!("All {n} gates are blocked, whatever their share is"),
        (blocked, n) => format!("{blocked} of {n} gates are blocked, whatever their share is"),
    };
    let with_share = gates.iter().filter(|gate| gate.count.n_total > 0);
    // Of gates that are as far, the first is named.
    let mut furthest: Option<&GateReadiness> = None;
    for gate in with_share {
        let is_further = furthest
            .is_none_or(|best| gate.count.n_cleared * best.count.n_total > best.count.n_cleared * gate.count.n_total);
        if is_further {
            furthest = Some(gate);
        }
    }
    let Some(gate) = furthest else {
        return format!("{head}; no requirement is in scope.");
    };
    let clear = format!("{} of {}", gate.count.n_cleared, requirements(gate.count.n_total));
    let clears = if gate.count.n_cleared == 1 { "clears" } else { "clear" };
    match gates.len() {
        1 => format!("{head}; {clear} {clears}."),
        _ if gate.count.n_cleared == 0 => format!("{head}; no requirement clears any of them yet."),
        _ => format!(
            "{head}; furthest is {}, where {clear} {clears}.",
            gate_title(catalogue, gate)
        ),
    }
}

/// The share of a framework, as the label of its row: `SOC 2: 20 of 33 ready`.
#[must_use]
pub fn framework_share(name: &str, tally: &Tally) -> String {
    match tally.n_total() {
        0 => format!("{name}: no requirement in scope"),
        _ => format!("{name}: {} ready", share(tally)),
    }
}

/// What the heat map of readiness shows.
#[must_use]
pub fn readiness_finding(catalogue: &Catalogue, frameworks: &[FrameworkReadiness]) -> String {
    if frameworks.is_empty() {
        return "No framework is in scope.".to_owned();
    }
    let shares = frameworks.iter().map(|it| {
        let name = framework_name(catalogue, it.id);
        match (it.total.n_ready, it.total.n_total()) {
            (_, 0) => format!("none in scope in {name}"),
            (ready, total) => format!("{ready} of {total} in {name}"),
        }
    });
    let shares = shares.collect::<Vec<_>>().join("; ");
    let left = |tally: &Tally| tally.n_total() - tally.n_ready;
    let groups = frameworks
        .iter()
        .flat_map(|it| it.groups.iter().map(move |group| (it.id, group)));
    let mut most = None;
    for (id, group) in groups {
        let is_more = most.is_none_or(|(_, best): (FrameworkId, &crate::analysis::GroupReadiness)| {
            left(&group.tally) > left(&best.tally)
        });
        if left(&group.tally) > 0 && is_more {
            most = Some((id, group));
        }
    }
    let rest = match most {
        None => ", so all that is in scope is ready".to_owned(),
        Some((id, group)) => format!(
            ". Most is left in {} ({}) of {}: {} of {}",
            group.title,
            group.id,
            framework_name(catalogue, id),
            left(&group.tally),
            group.tally.n_total()
        ),
    };
    let has_some = frameworks.iter().any(|it| it.total.n_total() > 0);
    if has_some {
        format!("Requirements ready: {shares}{rest}.")
    } else {
        "No requirement is in scope.".to_owned()
    }
}

/// The name of the line of what has been, at its end.
#[must_use]
pub fn open_gaps(n: usize) -> String {
    format!("{n} open")
}

/// A number of gaps.
#[must_use]
pub fn gaps(n: usize) -> String {
    count(n, "gap", "gaps")
}

/// The name of the line of the plan, at its end.
#[must_use]
pub fn planned_line(n_left: usize) -> String {
    format!("Planned: {n_left} left")
}

/// The name of the mark of the target date.
#[must_use]
pub fn target_mark(target: NaiveDate) -> String {
    format!("Target {target}")
}

/// How many overdue actions are named before the rest is counted.
const N_NAMED_ACTIONS: usize = 3;

/// What the burn-down shows: what is open, what no action covers, what is overdue, and what the target date will see.
#[must_use]
pub fn burn_down_finding(assessment: &Assessment, analysis: &Analysis, burn: &BurnDown) -> String {
    let (_, answered) = analysis.progress();
    let mut sentences = Vec::new();
    if burn.n_open == 0 {
        sentences.push(match answered {
            0 => "No gap is known, because nothing has been answered yet.".to_owned(),
            n => format!("No gap is open among {}.", count(n, "answer", "answers")),
        });
    } else {
        let open = count(burn.n_open, "gap is open", "gaps are open");
        let covered = match (burn.n_no_action, burn.n_open) {
            (0, 1) => "an action covers it".to_owned(),
            (0, _) => "actions cover all of them".to_owned(),
            (n, all) if n == all => "no action covers any of them".to_owned(),
            (1, _) => "no action covers 1 of them".to_owned(),
            (n, _) => format!("no action covers {n} of them"),
        };
        let before = burn.so_far.first().filter(|(day, _)| *day < analysis.date);
        let before = before.map_or_else(String::new, |(day, n)| format!(", after {n} on {}", date(*day)));
        sentences.push(format!("{open} today{before}; {covered}."));
        sentences.push(at_target(analysis.date, burn));
    }
    if !burn.overdue.is_empty() {
        let named = burn.overdue.iter().take(N_NAMED_ACTIONS).map(|id| {
            let key = SheetKey::entry(Register::PlanAction, *id);
            format!("“{}”", sheet_title(assessment, key, &assessment.sheet(key)))
        });
        let mut named: Vec<String> = named.collect();
        match burn.overdue.len().saturating_sub(N_NAMED_ACTIONS) {
            0 => {}
            more => named.push(format!("{more} more")),
        }
        let overdue = count(burn.overdue.len(), "action is overdue", "actions are overdue");
        sentences.push(format!("{overdue}: {}.", named.join(", ")));
    }
    sentences.retain(|it| !it.is_empty());
    sentences.join(" ")
}

/// What the plan leaves open at the target date, in a sentence.
fn at_target(today: NaiveDate, burn: &BurnDown) -> String {
    match (burn.target, burn.n_left_at_target) {
        (Some(target), _) if target < today => {
            format!("The target date, {}, has passed.", date(target))
        }
        (Some(target), _) if burn.planned.is_empty() => {
            format!(
                "No due day of the plan changes that by the target date, {}.",
                date(target)
            )
        }
        (Some(target), Some(0)) => format!("If the plan holds, none is left at the target date, {}.", date(target)),
        (Some(target), Some(left)) => format!(
            "If the plan holds, {} at the target date, {}.",
            count(left, "is left", "are left"),
            date(target)
        ),
        _ => "No target date is set.".to_owned(),
    }
}

/// What must be known to read the burn-down.
#[must_use]
pub fn burn_down_remarks(burn: &BurnDown, today: NaiveDate) -> Vec<String> {
    let mut remarks = Vec::new();
    match burn.target {
        None => remarks
            .push("State a target date in the scope, and a line shows the even pace from today to it.".to_owned()),
        Some(target) if target > today && burn.n_open > 0 => remarks.push(
            "The even pace closes as many gaps each day from today, so that none is left on the target date."
                .to_owned(),
        ),
        Some(_) => {}
    }
    if burn.planned.is_empty() {
        remarks.push(if burn.n_open == 0 {
            "There is nothing to plan.".to_owned()
        } else {
            "No gap has an action with a due day to come, so no planned line is drawn.".to_owned()
        });
    } else {
        remarks.push(
            "The planned line closes a gap on the day on which the last of its open actions is due. What no action covers, \
             has no due day or is overdue stays in it."
                .to_owned(),
        );
    }
    if burn.so_far.len() == 1 {
        remarks.push("There is no earlier snapshot, so the line so far is today's point alone.".to_owned());
    } else {
        remarks.push("Earlier points are those of snapshots, each with the scope of its day.".to_owned());
    }
    remarks
}

/// What a lever brings: `14 in 3 frameworks`.
#[must_use]
pub fn lever_value(reach: &Reach) -> String {
    format!(
        "{} in {}",
        reach.requirements.len(),
        count(reach.frameworks.len(), "framework", "frameworks")
    )
}

/// What a lever costs and how grave its gap is.
#[must_use]
pub fn lever_note(practice: &Practice, gap: &Gap) -> String {
    format!("{}. Effort {}.", gap.grade.title(), practice.effort.as_str())
}

/// The names of the frameworks that a gap reaches.
#[must_use]
pub fn framework_names(catalogue: &Catalogue, reach: &Reach) -> String {
    let names = reach.frameworks.iter().filter_map(|id| catalogue.framework(*id));
    names.map(|it| it.title).collect::<Vec<_>>().join(", ")
}

/// What the chart of levers shows. `n_together` of `n_all` requirements are brought forward by the levers shown.
#[must_use]
pub fn levers_finding(
    first: Option<(&Practice, &Reach)>,
    n_shown: usize,
    n_gaps: usize,
    n_together: usize,
    n_all: usize,
) -> String {
    let Some((practice, reach)) = first else {
        return match n_gaps {
            0 => "No gap is known, so there is nothing to close.".to_owned(),
            n => format!("No requirement in scope needs what is open in {}.", gaps(n)),
        };
    };
    let brought = requirements(reach.requirements.len());
    let frameworks = count(reach.frameworks.len(), "framework", "frameworks");
    let best = format!("“{}” alone brings forward {brought} in {frameworks}", practice.title());
    match (n_shown, n_gaps) {
        (_, 1) => format!(
            "Closing the one open gap, “{}”, brings forward {brought} in {frameworks}.",
            practice.title()
        ),
        (1, n) => format!("Of {} open gaps one is needed by requirements: {best}.", n),
        (shown, n) if shown == n => format!(
            "Closing the {shown} open gaps brings forward {}; {best}.",
            requirements(n_all)
        ),
        (shown, n) => format!(
            "Closing these {shown} of {n} open gaps brings forward {n_together} of the {} that gaps hold back; {best}.",
            requirements(n_all)
        ),
    }
}

/// Gaps by the number of frameworks in which closing one counts, as a label.
#[must_use]
pub fn in_frameworks(n: usize) -> String {
    match n {
        0 => "Counts for no requirement".to_owned(),
        1 => "Counts in 1 framework".to_owned(),
        n => format!("Counts in {n} frameworks"),
    }
}

/// What the chart of the overlap shows.
#[must_use]
pub fn overlap_finding(counts: &OverlapCounts) -> String {
    let [one, two, three] = counts.n_in;
    let several = two + three;
    match (counts.n_frameworks, counts.n_gaps) {
        (0, _) => "No framework is in scope.".to_owned(),
        (_, 0) if !counts.has_answers => "No gap is known, because nothing has been answered yet.".to_owned(),
        (_, 0) => "No gap is open, so there is nothing to fix.".to_owned(),
        (1, n) => format!(
            "One framework is in scope, so a fix counts there alone: {} open.",
            gaps(n)
        ),
        (_, n) if several == 0 => format!("Of {} open, closing one counts in one framework at most.", gaps(n)),
        (2, n) => format!(
            "Of {} open, {two} {} in both frameworks when closed, and {one} in one.",
            gaps(n),
            if two == 1 { "counts" } else { "count" }
        ),
        (_, n) => format!(
            "Of {} open, {several} {} in more than one framework when closed: {two} in two, {three} in three.",
            gaps(n),
            if several == 1 { "counts" } else { "count" }
        ),
    }
}

/// How the requirements of the frameworks relate, a sentence for each two.
#[must_use]
pub fn overlap_remarks(catalogue: &Catalogue, relations: &[RelationCounts]) -> Vec<String> {
    let sentence = |it: &RelationCounts| {
        let total: usize = it.counts.iter().sum();
        let parts = RelationKind::ALL.into_iter().zip(it.counts).filter(|(_, n)| *n > 0);
        let parts: Vec<String> = parts.map(|(kind, n)| format!("{n} {}", kind.as_str())).collect();
        let pairs = count(total, "pair of requirements shares", "pairs of requirements share");
        let names = format!(
            "{} and {}",
            framework_name(catalogue, it.from),
            framework_name(catalogue, it.to)
        );
        match total {
            0 => format!("{names}: no pair of requirements shares a practice."),
            _ => format!("{names}: {pairs} a practice ({}).", parts.join(", ")),
        }
    };
    relations.iter().map(sentence).collect()
}

/// Pairs of requirements of two frameworks that relate in one way, as a label.
#[must_use]
pub fn related_pairs(catalogue: &Catalogue, relations: &RelationCounts, kind: RelationKind) -> String {
    format!(
        "Pairs of {} and {}: {}",
        framework_name(catalogue, relations.from),
        framework_name(catalogue, relations.to),
        kind.as_str()
    )
}

/// A facet of a topic: `12 of 20`, or `none` where it is asked of nothing in place.
#[must_use]
pub fn facet_share(tally: &FacetTally) -> String {
    match tally.n_asked {
        0 => "none".to_owned(),
        asked => format!("{} of {asked}", tally.n_shown),
    }
}

/// What the chart of the facets shows.
#[must_use]
pub fn facets_finding(catalogue: &Catalogue, topics: &[TopicProgress]) -> String {
    let share_of = |index: usize| {
        let tallies = topics.iter().filter_map(|topic| topic.facets.get(index));
        tallies.fold((0, 0), |(shown, asked), tally| {
            (shown + tally.n_shown, asked + tally.n_asked)
        })
    };
    let shares: Vec<(usize, usize)> = (0..Facet::ALL.len()).map(share_of).collect();
    if shares.iter().all(|(_, asked)| *asked == 0) {
        return "No practice is in place or partly yet, so there is nothing to show.".to_owned();
    }
    let parts = Facet::ALL.iter().zip(&shares).map(|(facet, (shown, asked))| {
        let facet = facet.title().to_ascii_lowercase();
        match asked {
            0 => format!("{facet} none"),
            asked => format!("{facet} {shown} of {asked}"),
        }
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    let least = least_evidenced(topics).and_then(|(topic, tally)| {
        let title = catalogue.topic(topic.id.as_str())?.title;
        Some(format!(
            " Records are furthest behind in {title}: {}.",
            facet_share(tally)
        ))
    });
    format!(
        "Of the practices in place or partly, this could be shown today: {parts}.{}",
        least.unwrap_or_default()
    )
}

/// The topic with the smallest share of evidenced practices that is not whole; of alike ones that with more to show.
fn least_evidenced(topics: &[TopicProgress]) -> Option<(&TopicProgress, &FacetTally)> {
    let at = Facet::ALL.iter().position(|facet| *facet == Facet::Evidenced)?;
    let mut least: Option<(&TopicProgress, &FacetTally)> = None;
    for topic in topics {
        let Some(tally) = topic.facets.get(at).filter(|tally| tally.n_shown < tally.n_asked) else {
            continue;
        };
        let is_less = least.is_none_or(|(_, best)| {
            let (this, that) = (tally.n_shown * best.n_asked, best.n_shown * tally.n_asked);
            this < that || (this == that && tally.n_asked > best.n_asked)
        });
        if is_less {
            least = Some((topic, tally));
        }
    }
    least
}

/// What the chart of the basis shows.
#[must_use]
pub fn basis_finding(counts: &BasisCounts) -> String {
    let mix = &counts.mix;
    match counts.n_total {
        0 => "Nothing has been answered yet, so nothing rests on anything.".to_owned(),
        total => format!(
            "Of {}, {} tested, {} seen, {} only said, and {} no stated basis.",
            count(total, "answer", "answers"),
            count(mix.n_tested, "was", "were"),
            mix.n_seen,
            mix.n_said,
            count(mix.n_unstated, "has", "have"),
        ),
    }
}

/// A number as part of another: `34 of 120 (28 %)`; `none` where there is nothing.
#[must_use]
pub fn part_of(n: usize, total: usize) -> String {
    match total {
        0 => "none".to_owned(),
        total => format!("{n} ({} %)", (n * 200 + total) / (total * 2)),
    }
}

/// What a part of a filter of practices chooses, in words; blank if the part is not given.
#[must_use]
pub fn filter_part(catalogue: &Catalogue, filter: &PracticeFilter, part: FilterPart) -> String {
    let said = match part {
        FilterPart::Framework => filter.framework.map(|id| {
            let name = framework_name(catalogue, id);
            let group = filter.group.and_then(|group| {
                let groups = catalogue.framework(id)?.groups.iter();
                groups.clone().find(|it| it.id == group)
            });
            match (group, filter.group) {
                (Some(group), _) => format!("needed in {} {} of {name}", group.id, group.title),
                (None, Some(group)) => format!("needed in {group} of {name}"),
                (None, None) => format!("needed in {name}"),
            }
        }),
        FilterPart::Topic => filter.topic.map(|id| {
            let title = catalogue.topic(id.as_str()).map_or("", |it| it.title);
            format!("topic {title}")
        }),
        FilterPart::Facet => filter.facet.map(|(facet, said)| {
            let facet = facet.title().to_ascii_lowercase();
            match said {
                Said::Yes => format!("in place or partly, {facet}: yes"),
                Said::No => format!("in place or partly, {facet}: no"),
                Said::NotSaid => format!("in place or partly, {facet}: not said"),
            }
        }),
        FilterPart::Basis => filter.basis.map(|basis| match basis {
            StatedBasis::On(kind) => format!("answer {}", kind.title().to_ascii_lowercase()),
            StatedBasis::NotStated => "answer without a stated basis".to_owned(),
        }),
        FilterPart::Standing => filter
            .standing
            .map(|kind| format!("standing {}", kind.title().to_ascii_lowercase())),
        FilterPart::Gate => filter.gate.map(|(gate, framework)| {
            let title = if framework.is_cloud() {
                framework_name(catalogue, framework)
            } else {
                gate.title().to_owned()
            };
            match filter.clearance {
                None => format!("counted at {title}"),
                Some(it) => format!("at {title}: {}", clearance(it).to_ascii_lowercase()),
            }
        }),
        FilterPart::Gap => filter.is_gap.map(|is_gap| match is_gap {
            true => "open gaps".to_owned(),
            false => "no gap".to_owned(),
        }),
        FilterPart::Frameworks => filter.n_frameworks.map(|n| match n {
            0 => "a gap that counts for no requirement".to_owned(),
            1 => "a gap that counts in 1 framework".to_owned(),
            n => format!("a gap that counts in {n} frameworks"),
        }),
        FilterPart::Plan => filter.plan.map(|plan| match plan {
            PlanChoice::NoAction => "covered by no open action".to_owned(),
            PlanChoice::AnyAction => "covered by an open action".to_owned(),
            PlanChoice::NoDay => "covered by an action without a due day".to_owned(),
            PlanChoice::Overdue => "covered by an action that is overdue".to_owned(),
            PlanChoice::LeftAfter(day) => format!("not done by the plan on {}", date(day)),
        }),
    };
    said.unwrap_or_default()
}

/// What the figures that led to some practices count, where they count requirements; one sentence for each.
#[must_use]
pub fn counts_requirements(catalogue: &Catalogue, analysis: &Analysis, filter: &PracticeFilter) -> Vec<String> {
    let mut said = Vec::new();
    let readiness = filter.framework.and_then(|id| analysis.framework(id));
    if let Some(readiness) = readiness {
        let group = readiness.groups.iter().find(|it| Some(it.id) == filter.group);
        let (name, tally) = match group {
            Some(group) => (format!("{} {}", group.id, group.title), &group.tally),
            None => (framework_name(catalogue, readiness.id), &readiness.total),
        };
        if group.is_some() || filter.group.is_none() {
            said.push(format!(
                "The figure counts requirements: {} of {name} are ready. These are the practices that they need.",
                share(tally)
            ));
        }
    }
    let gate = filter.gate.and_then(|(gate, framework)| {
        let mut gates = analysis.gates.iter();
        gates.find(|it| it.gate == gate && it.framework == framework)
    });
    if let Some(gate) = gate {
        said.push(format!(
            "At {}, {} requirements clear. These are practices that they need: {} of those clear. {}",
            gate_title(catalogue, gate),
            gate_count(&gate.count),
            gate_count(&gate.practice_count),
            blocked_by(&gate.blockers)
        ));
    }
    said
}

/// What was said of the facets of a practice: `Yes: documented, enforced. No: evidenced.`; blank where nothing is there
/// that could be shown.
#[must_use]
pub fn facets_said(practice: &Practice, answer: &Answer) -> String {
    if !answer.standing.kind().is_at_least_partly() {
        return String::new();
    }
    let said = [("Yes", Some(true)), ("No", Some(false)), ("Not said", None)].map(|(word, said)| {
        let facets = Facet::ALL.into_iter();
        let facets = facets.filter(|facet| practice.asks(*facet) && answer.facets.get(*facet) == said);
        let facets: Vec<String> = facets.map(|facet| facet.title().to_ascii_lowercase()).collect();
        if facets.is_empty() {
            String::new()
        } else {
            format!("{word}: {}.", facets.join(", "))
        }
    });
    said.into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What an answer rests on: `Seen, Mara, 2026-09-30`; blank while nothing is answered.
#[must_use]
pub fn basis_said(answer: &Answer) -> String {
    if answer.standing == Standing::NotAnswered {
        return String::new();
    }
    let Some(basis) = &answer.basis else {
        return "Not stated".to_owned();
    };
    let on = basis.on.map(|on| on.to_string()).unwrap_or_default();
    let parts = [basis.kind.title(), &basis.by, &on];
    parts
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// An action with the day by which it is to be done.
#[must_use]
pub fn action_with_due(action: &PlanAction) -> String {
    let title = action_title(action);
    match action.due {
        Some(due) => format!("{title}, due {due}"),
        None => format!("{title}, no due day"),
    }
}

/// How many practices are shown, of how many that are asked.
#[must_use]
pub fn practices_shown(n: usize, n_asked: usize) -> String {
    format!("{n} of {}", practices(n_asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Gate, GateCount};
    use crate::domain::fixture;

    fn gate(gate: Gate, framework: FrameworkId, n_cleared: usize, blockers: Vec<Blocker>) -> GateReadiness {
        GateReadiness {
            gate,
            framework,
            blockers,
            count: GateCount {
                n_cleared,
                n_open: 0,
                n_total: 4,
            },
            by_answers: GateCount::default(),
            with_cloud_content: None,
            practice_count: GateCount::default(),
            requirements: Vec::new(),
            practices: Vec::new(),
        }
    }

    fn check_gates(gates: &[GateReadiness], expect: &str) {
        assert_eq!(gates_finding(&fixture::CATALOGUE, gates), expect);
    }

    #[test]
    fn finding_of_the_gates_is_true_with_none_one_and_several() {
        let blocked = || vec![Blocker::NoScopeStatement];
        check_gates(&[], "No framework is in scope, so there is no gate.");
        let cloud = || gate(Gate::Cloud, FrameworkId::Iso27017, 1, blocked());
        check_gates(
            &[cloud()],
            "The one gate is blocked, whatever its share is; 1 of 4 requirements clears.",
        );
        let stage1 = gate(Gate::Stage1, FrameworkId::Iso27001, 4, Vec::new());
        check_gates(
            &[stage1, cloud()],
            "1 of 2 gates is blocked, whatever its share is; furthest is ISO/IEC 27001 Stage 1, where 4 of 4 requirements clear.",
        );
        let none = [Gate::Stage1, Gate::Stage2].map(|it| gate(it, FrameworkId::Iso27001, 0, blocked()));
        check_gates(
            &none,
            "All 2 gates are blocked, whatever their share is; no requirement clears any of them yet.",
        );
        let done = [Gate::Stage1, Gate::Stage2].map(|it| gate(it, FrameworkId::Iso27001, 4, Vec::new()));
        check_gates(
            &done,
            "Nothing blocks any of the 2 gates; furthest is ISO/IEC 27001 Stage 1, where 4 of 4 requirements clear.",
        );
    }

    #[test]
    fn finding_of_the_overlap_is_true_for_one_two_and_three_frameworks() {
        let of = |n_frameworks, n_in: [usize; 3], has_answers| {
            overlap_finding(&OverlapCounts {
                n_frameworks,
                n_gaps: n_in.iter().sum(),
                n_in,
                has_answers,
            })
        };
        assert_eq!(
            of(3, [0, 0, 0], false),
            "No gap is known, because nothing has been answered yet."
        );
        assert_eq!(of(3, [0, 0, 0], true), "No gap is open, so there is nothing to fix.");
        assert_eq!(
            of(1, [5, 0, 0], true),
            "One framework is in scope, so a fix counts there alone: 5 gaps open."
        );
        assert_eq!(
            of(2, [3, 1, 0], true),
            "Of 4 gaps open, 1 counts in both frameworks when closed, and 3 in one."
        );
        assert_eq!(
            of(3, [3, 4, 5], true),
            "Of 12 gaps open, 9 count in more than one framework when closed: 4 in two, 5 in three."
        );
        assert_eq!(of(0, [0, 0, 0], false), "No framework is in scope.");
    }

    #[test]
    fn basis_says_its_numbers_or_that_there_are_none() {
        let mix = BasisMix {
            n_said: 2,
            n_seen: 3,
            n_tested: 1,
            n_unstated: 0,
        };
        assert_eq!(
            basis_finding(&BasisCounts::of(&mix)),
            "Of 6 answers, 1 was tested, 3 seen, 2 only said, and 0 have no stated basis."
        );
        assert_eq!(
            basis_finding(&BasisCounts::of(&BasisMix::default())),
            "Nothing has been answered yet, so nothing rests on anything."
        );
        assert_eq!(
            [part_of(1, 3), part_of(2, 3), part_of(0, 0)],
            ["1 (33 %)", "2 (67 %)", "none"]
        );
    }

    #[test]
    fn each_part_of_a_filter_is_said_in_words() {
        let filter = PracticeFilter {
            framework: Some(FrameworkId::Iso27001),
            group: Some("A.8"),
            gate: Some((Gate::Stage1, FrameworkId::Iso27001)),
            clearance: Some(crate::analysis::Clearance::Fails),
            facet: Some((Facet::Evidenced, Said::No)),
            n_frameworks: Some(2),
            plan: Some(PlanChoice::NoAction),
            ..PracticeFilter::gaps()
        };
        let said: Vec<String> = filter
            .parts()
            .into_iter()
            .map(|part| filter_part(&fixture::CATALOGUE, &filter, part))
            .collect();
        assert_eq!(
            said,
            [
                "open gaps",
                "a gap that counts in 2 frameworks",
                "covered by no open action",
                "needed in A.8 Technological controls of ISO/IEC 27001:2022",
                "at ISO/IEC 27001 Stage 1: does not clear",
                "in place or partly, evidenced: no"
            ]
        );
        let none = FilterPart::ALL.map(|part| filter_part(&fixture::CATALOGUE, &PracticeFilter::default(), part));
        assert!(none.iter().all(String::is_empty));
    }
}
