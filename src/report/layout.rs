//! Turns the report model into a paper: which chapters, in which order, in which words.

use super::chart::{Chart, ChartRow, Drawing};
use super::model::{
    FrameworkRow, GapRow, GateRow, GroupRow, RegisterKind, RegisterTable, ReportModel, RequirementRow, SoaRow,
    StatusWord, TallyRow,
};
use super::paper::{Bar, BarChart, Bars, Block, Cell, Column, Figure, Paper, Table, Tone};
use super::wording;

/// The report as a paper.
#[must_use]
pub fn paper_from_model(model: &ReportModel) -> Paper {
    let mut blocks = Vec::new();
    summary(model, &mut blocks);
    dashboard(model, &mut blocks);
    // What an auditor stops at comes before what was counted.
    registers(model, &mut blocks, is_up_front);
    scope(model, &mut blocks);
    results(model, &mut blocks);
    gap_register(model, &mut blocks);
    remediation_plan(model, &mut blocks);
    statement_of_applicability(model, &mut blocks);
    registers(model, &mut blocks, |kind| {
        !is_up_front(kind) && kind != RegisterKind::Plan
    });
    method(model, &mut blocks);
    limits(model, &mut blocks);
    Paper {
        title: "Gap assessment report".to_owned(),
        subtitle: subject(model).to_owned(),
        cover: cover(model),
        cover_note: wording::DISCLAIMER.to_owned(),
        footer: format!("{} · Gap assessment of {}", subject(model), model.date),
        date: model.date.clone(),
        blocks,
    }
}

/// Whose assessment it is: the organisation, or the name of the assessment.
fn subject(model: &ReportModel) -> &str {
    [&model.organisation, &model.name]
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or("Unnamed assessment", |text| text)
}

fn cover(model: &ReportModel) -> Vec<(String, String)> {
    let frameworks = model
        .frameworks
        .iter()
        .map(|framework| framework.title.clone())
        .collect::<Vec<_>>()
        .join("\n");
    vec![
        ("Assessment".to_owned(), model.name.clone()),
        ("Date".to_owned(), model.date.clone()),
        ("Assessed against".to_owned(), frameworks),
        (
            "Answered".to_owned(),
            format!("{} of {} questions", model.n_answered, model.n_asked),
        ),
        ("Catalogue".to_owned(), format!("Concord {}", model.catalogue)),
    ]
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
    }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

fn column(title: &str, width: f32) -> Column {
    Column {
        title: title.to_owned(),
        width,
    }
}

fn cell(text: &str) -> Cell {
    Cell {
        text: text.to_owned(),
        tone: Tone::Plain,
        strong: false,
    }
}

fn strong(text: &str) -> Cell {
    Cell {
        strong: true,
        ..cell(text)
    }
}

/// Whether a register stands right after the summary.
const fn is_up_front(kind: RegisterKind) -> bool {
    match kind {
        RegisterKind::Gates | RegisterKind::Findings => true,
        RegisterKind::RiskTreatmentPlan
        | RegisterKind::DocumentedInformation
        | RegisterKind::ControlMatrix
        | RegisterKind::EvidenceRequests
        | RegisterKind::Suppliers
        | RegisterKind::Responsibilities
        | RegisterKind::Calendar
        | RegisterKind::Dashboard
        | RegisterKind::Plan
        | RegisterKind::Changes
        | RegisterKind::Obligations => false,
    }
}

/// How many remarks stand as paragraphs; more of them are a list.
const N_PARAGRAPHS: usize = 3;

/// Each wanted register that has something to say, with the columns and rows that a reader needs; CSV has them all.
fn registers(model: &ReportModel, blocks: &mut Vec<Block>, is_wanted: impl Fn(RegisterKind) -> bool) {
    // The dashboard has a chapter of its own, with its charts drawn.
    let is_printed = |kind: RegisterKind| kind != RegisterKind::Dashboard && is_wanted(kind);
    for table in model.registers.iter().filter(|table| is_printed(table.kind)) {
        if !table.rows.is_empty() || !table.remarks.is_empty() {
            register(table, blocks);
        }
        if table.kind == RegisterKind::Changes {
            // The long table comes last: what it adds up to is seen first.
            let moved = blocks.pop_if(|block| matches!(block, Block::Table(_)));
            blocks.extend(model.trend.iter().flat_map(chart_blocks));
            if let Some(moved) = moved {
                blocks.push(heading(2, "What moved"));
                blocks.push(moved);
            }
        }
    }
}

fn register(table: &RegisterTable, blocks: &mut Vec<Block>) {
    blocks.push(heading(1, table.kind.title()));
    blocks.push(paragraph(table.kind.purpose()));
    if table.remarks.len() > N_PARAGRAPHS {
        blocks.push(Block::Bullets(table.remarks.clone()));
    } else {
        blocks.extend(table.remarks.iter().map(|remark| paragraph(remark.clone())));
    }
    blocks.extend(only_in_csv(table).map(paragraph));
    let printed = |at: &usize| table.columns.get(*at).filter(|column| column.width > 0.0);
    let columns: Vec<usize> = (0..table.columns.len()).filter(|at| printed(at).is_some()).collect();
    let row = |row: &Vec<String>| {
        let cells = columns.iter().filter_map(|at| row.get(*at).zip(printed(at)));
        let cells = cells.enumerate().map(|(at, (text, column))| Cell {
            strong: at == 0,
            ..cell(&shortened(text, column.cut))
        });
        cells.collect()
    };
    let rows = table.rows.iter().enumerate();
    let rows: Vec<Vec<Cell>> = rows
        .filter(|(at, _)| !table.left_out.contains(at))
        .map(|(_, it)| row(it))
        .collect();
    if rows.is_empty() {
        return;
    }
    blocks.push(Block::Table(Table {
        caption: table.kind.title().to_owned(),
        columns: columns
            .iter()
            .filter_map(printed)
            .map(|it| column(&it.title, it.width))
            .collect(),
        rows,
        landscape: true,
    }));
}

/// What the CSV file of a register has beyond the page, in a sentence; `None` if the page has it all.
fn only_in_csv(table: &RegisterTable) -> Option<String> {
    if table.rows.is_empty() {
        return None;
    }
    let titles = table.columns.iter().filter(|column| column.width <= 0.0);
    let titles: Vec<String> = titles.map(|column| format!("“{}”", column.title)).collect();
    let is_cut = |row: &Vec<String>| {
        let mut cells = row.iter().zip(&table.columns);
        cells.any(|(text, column)| column.width > 0.0 && shortened(text, column.cut) != *text)
    };
    let parts = [
        (!titles.is_empty()).then(|| match titles.as_slice() {
            [one] => format!("the column {one}"),
            many => format!("the columns {}", many.join(", ")),
        }),
        (!table.left_out.is_empty()).then(|| "the rows left out here".to_owned()),
        table
            .rows
            .iter()
            .any(is_cut)
            .then(|| "lists in full where the page counts “more”".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("The CSV export of this table also has {}.", parts.join("; ")))
}

/// A list of which about so many characters are kept and the rest is counted: `A.5.1; A.5.2; 4 more`. At least one item
/// is kept whole; a limit of 0 keeps all.
fn shortened(text: &str, limit: usize) -> String {
    if limit == 0 || text.chars().count() <= limit {
        return text.to_owned();
    }
    let separator = "; ";
    let items: Vec<&str> = text.split(separator).collect();
    let mut length = 0;
    let mut kept: Vec<&str> = Vec::new();
    for item in &items {
        length += item.chars().count() + separator.len();
        if !kept.is_empty() && length > limit {
            break;
        }
        kept.push(item);
    }
    match items.len() - kept.len() {
        0 => text.to_owned(),
        more => format!("{}{separator}{more} more", kept.join(separator)),
    }
}

/// The plan after the gaps that it is about: drawn first, then as a table.
fn remediation_plan(model: &ReportModel, blocks: &mut Vec<Block>) {
    let mut chapter = Vec::new();
    registers(model, &mut chapter, |kind| kind == RegisterKind::Plan);
    if let Some(roadmap) = &model.roadmap {
        let is_table = |block: &Block| matches!(block, Block::Table(_));
        let table = chapter.iter().position(is_table).unwrap_or(chapter.len());
        let remarks = roadmap.remarks.iter().map(|it| paragraph(it.clone()));
        let drawn = std::iter::once(Block::Chart(roadmap.clone())).chain(remarks);
        chapter.splice(table..table, drawn);
    }
    blocks.append(&mut chapter);
}

fn summary(model: &ReportModel, blocks: &mut Vec<Block>) {
    blocks.push(heading(1, "Summary"));
    blocks.push(paragraph(
        "This report says where the organisation stands against the frameworks in scope, what is missing, and what to \
         do first. A requirement counts as ready when every practice that it needs is in place, met another way, or \
         inherited from a supplier.",
    ));
    let figures = model.frameworks.iter().take(4).map(|framework| Figure {
        value: format!("{} of {}", framework.total.n_ready, framework.total.n_total),
        caption: format!("{}: requirements ready", framework.title),
    });
    blocks.push(Block::Figures(figures.collect()));
    let bars = model
        .frameworks
        .iter()
        .map(|framework| bar(&framework.title, &framework.total));
    blocks.push(chart(overall_finding(model), bars.collect()));
    blocks.push(paragraph(answers_sentence(model)));
    blocks.extend(gates_in_short(&model.gates));
    if model.top_gaps.is_empty() {
        blocks.push(paragraph("No gap has been found among the answers so far."));
        return;
    }
    blocks.push(heading(2, "What to do first"));
    let rows = model.top_gaps.iter().map(|gap| {
        vec![
            strong(&gap.practice),
            cell(&gap.grade),
            cell(&gap.closes),
            cell(&gap.effort),
        ]
    });
    blocks.push(Block::Table(Table {
        caption: "The gaps whose closing brings most for the effort; potential majors first".to_owned(),
        columns: vec![
            column("Practice", 3.0),
            column("Potential grade", 1.8),
            column("Requirements", 3.6),
            column("Effort", 0.8),
        ],
        rows: rows.collect(),
        landscape: false,
    }));
}

/// The charts for a board, each with its finding and with the numbers that its drawing does not print.
fn dashboard(model: &ReportModel, blocks: &mut Vec<Block>) {
    if model.dashboard.is_empty() {
        return;
    }
    blocks.push(heading(1, RegisterKind::Dashboard.title()));
    blocks.push(paragraph(model.board_sentence.clone()));
    for chart in &model.dashboard {
        blocks.extend(chart_blocks(chart));
    }
}

/// A chart under its title with its remarks. Bars and cells print their numbers; of lines and spans they follow as a table.
fn chart_blocks(chart: &Chart) -> Vec<Block> {
    let mut blocks = vec![heading(2, &chart.title)];
    let drawn = Block::Chart(chart.clone());
    let remarks = chart.remarks.iter().map(|it| paragraph(it.clone()));
    match &chart.drawing {
        // Cells may fill a page: what a reader must know to read them would stand on the next one.
        Drawing::Heat(_) => {
            blocks.extend(remarks);
            blocks.push(drawn);
        }
        Drawing::Bars(_) => {
            blocks.push(drawn);
            blocks.extend(remarks);
        }
        Drawing::Lines(_) | Drawing::Spans(_) => {
            blocks.push(drawn);
            blocks.extend(remarks);
            blocks.push(chart_table(chart));
        }
    }
    blocks
}

/// The data table of a chart.
fn chart_table(chart: &Chart) -> Block {
    let row = |row: &ChartRow| {
        let cells = row.cells.iter().enumerate();
        cells
            .map(|(at, text)| Cell {
                strong: at == 0,
                ..cell(text)
            })
            .collect()
    };
    let width = |at: usize| if at == 0 { 3.0 } else { 1.0 };
    let columns = chart.columns.iter().enumerate();
    Block::Table(Table {
        caption: format!("{}: numbers", chart.title),
        columns: columns.map(|(at, title)| column(title, width(at))).collect(),
        rows: chart.rows.iter().map(row).collect(),
        // More columns than these are cramped across a page.
        landscape: chart.columns.len() > 6,
    })
}

/// The gates with their blockers and shares; `None` without a gate.
fn gates_in_short(gates: &[GateRow]) -> Option<Block> {
    if gates.is_empty() {
        return None;
    }
    let row = |gate: &GateRow| {
        let blockers = if gate.blockers.is_empty() {
            "nothing".to_owned()
        } else {
            gate.blockers.join("; ")
        };
        let share = if gate.share_by_answers.is_empty() {
            gate.share.clone()
        } else {
            format!("{}\nwithout overrides {}", gate.share, gate.share_by_answers)
        };
        vec![strong(&gate.gate), cell(&blockers), cell(&share)]
    };
    let n_blocked = gates.iter().filter(|gate| !gate.blockers.is_empty()).count();
    Some(Block::Table(Table {
        caption: format!("Gates: {n_blocked} of {} blocked, whatever their share is", gates.len()),
        columns: vec![
            column("Gate", 1.5),
            column("Blocked by", 4.2),
            column("Requirements that clear", 1.5),
        ],
        rows: gates.iter().map(row).collect(),
        landscape: false,
    }))
}

fn overall_finding(model: &ReportModel) -> String {
    let shares = model
        .frameworks
        .iter()
        .map(|it| format!("{} of {} in {}", it.total.n_ready, it.total.n_total, it.title));
    let shares: Vec<String> = shares.collect();
    if shares.is_empty() {
        return "No framework is in scope.".to_owned();
    }
    format!("Requirements ready today: {}.", shares.join("; "))
}

fn answers_sentence(model: &ReportModel) -> String {
    let basis = &model.basis;
    let answered = format!(
        "{} of {} questions have been answered.",
        model.n_answered, model.n_asked
    );
    let mix = format!(
        "Of the answers, {} were tested, {} seen, {} only said, and {} have no stated basis. What was only said is not \
         evidence.",
        basis.n_tested, basis.n_seen, basis.n_said, basis.n_unstated
    );
    format!("{answered} {mix}")
}

fn legend() -> Vec<(Tone, String)> {
    [
        (Tone::Good, "Ready"),
        (Tone::Fair, "Partly"),
        (Tone::Poor, "Not ready"),
        (Tone::Open, "Open or needs a decision"),
    ]
    .map(|(tone, word)| (tone, word.to_owned()))
    .to_vec()
}

fn bar(label: &str, tally: &TallyRow) -> Bar {
    Bar {
        label: label.to_owned(),
        segments: vec![
            tally.n_ready,
            tally.n_partly,
            tally.n_not_ready,
            tally.n_open + tally.n_needs_decision,
        ],
        value: share(tally),
        ..Bar::default()
    }
}

fn share(tally: &TallyRow) -> String {
    match (tally.n_total, tally.n_may_be_ready) {
        (0, _) => "none".to_owned(),
        (total, 0) => format!("{} of {total}", tally.n_ready),
        (total, may_be) => format!("{} to {} of {total}", tally.n_ready, tally.n_ready + may_be),
    }
}

fn chart(finding: String, bars: Vec<Bar>) -> Block {
    Block::Bars(BarChart {
        finding,
        bars: Bars {
            legend: legend(),
            are_shares: true,
            bars,
        },
    })
}

fn scope(model: &ReportModel, blocks: &mut Vec<Block>) {
    blocks.push(heading(1, "Scope"));
    let table = |caption: &str, titles: [&str; 2], rows: &[super::model::ScopeRow], widths: [f32; 2]| {
        let [first, second] = titles;
        let [left, right] = widths;
        Block::Table(Table {
            caption: caption.to_owned(),
            columns: vec![column(first, left), column(second, right)],
            rows: rows
                .iter()
                .map(|row| vec![strong(&row.label), cell(&row.text)])
                .collect(),
            landscape: false,
        })
    };
    blocks.push(table("What is assessed", ["Part", "Stated"], &model.scope, [1.0, 2.6]));
    blocks.push(table(
        "Facts that decide which questions are asked",
        ["Fact", "Answer"],
        &model.facts,
        [3.4, 1.0],
    ));
}

fn results(model: &ReportModel, blocks: &mut Vec<Block>) {
    if model.frameworks.is_empty() {
        return;
    }
    blocks.push(heading(1, "Results by framework"));
    for framework in &model.frameworks {
        blocks.push(heading(2, &framework.title));
        if !framework.remark.is_empty() {
            blocks.push(Block::Callout {
                label: "Note".to_owned(),
                text: framework.remark.clone(),
            });
        }
        let bars = framework
            .groups
            .iter()
            .map(|group| bar(&group.title, &group.tally))
            .collect();
        blocks.push(chart(framework_finding(framework), bars));
        blocks.push(requirements_table(framework));
        let n_overridden = framework
            .requirements
            .iter()
            .filter(|row| !row.override_note.is_empty())
            .count();
        if n_overridden > 0 {
            blocks.push(paragraph(format!(
                "The status here is that of the answers. {}: gates count it, and print their count without it beside.",
                wording::count(n_overridden, "override is in force", "overrides are in force")
            )));
        }
        if framework.requirements.iter().any(|row| !row.is_complete) {
            blocks.push(paragraph(
                "Rows marked with * are not fully decomposed: there may be more to the requirement than the practices \
                 that it rests on here.",
            ));
        }
    }
}

fn framework_finding(framework: &FrameworkRow) -> String {
    let open = |group: &&GroupRow| group.tally.n_total > group.tally.n_ready;
    let furthest = framework
        .groups
        .iter()
        .filter(open)
        .max_by_key(|group| group.tally.n_total - group.tally.n_ready);
    let total = format!(
        "{} of {} requirements ready",
        framework.total.n_ready, framework.total.n_total
    );
    let cloud = framework.with_cloud_content.map_or_else(String::new, |tally| {
        format!(
            "; of the {} rows with cloud content {} are ready",
            tally.n_total, tally.n_ready
        )
    });
    let furthest = furthest.map_or_else(String::new, |group| {
        let left = group.tally.n_total - group.tally.n_ready;
        format!(". Most is left in {}: {left} of {}", group.title, group.tally.n_total)
    });
    format!("{total}{cloud}{furthest}.")
}

fn requirements_table(framework: &FrameworkRow) -> Block {
    let row = |row: &RequirementRow| {
        let id = if row.is_complete {
            row.id.clone()
        } else {
            format!("{} *", row.id)
        };
        let status = Cell {
            tone: tone(row.status),
            ..cell(row.status.title())
        };
        let basis = if row.override_note.is_empty() {
            row.basis.clone()
        } else {
            format!("{}\n{}", row.basis, row.override_note)
        };
        vec![strong(&id), cell(&row.title), status, cell(&basis)]
    };
    Block::Table(Table {
        caption: format!("Each requirement of {} with what its status rests on", framework.title),
        columns: vec![
            column("Id", 1.3),
            column("Title", 2.8),
            column("Status", 1.3),
            column("Rests on", 3.3),
        ],
        rows: framework.requirements.iter().map(row).collect(),
        landscape: false,
    })
}

const fn tone(status: StatusWord) -> Tone {
    match status {
        StatusWord::Ready => Tone::Good,
        StatusWord::Partly => Tone::Fair,
        StatusWord::NotReady => Tone::Poor,
        StatusWord::Open | StatusWord::NeedsDecision => Tone::Open,
        StatusWord::Excluded => Tone::Plain,
    }
}

fn gap_register(model: &ReportModel, blocks: &mut Vec<Block>) {
    blocks.push(heading(1, "Gap register"));
    if model.gaps.is_empty() {
        blocks.push(paragraph("No gap has been found among the answers so far."));
        return;
    }
    blocks.push(paragraph(
        "Each gap is a practice that is absent, partly there, or can't be shown. Grades are potential: grading is the \
         auditor's act. The CSV export also has the question behind each gap, the id, the framework, and the evidence \
         that is missing.",
    ));
    let row = |gap: &GapRow| {
        let also = if gap.also_closes.is_empty() {
            String::new()
        } else {
            format!("\nAlso closes {}", gap.also_closes)
        };
        // That a practice is absent or partly there, the answer says by itself.
        let present = if gap.gap.starts_with("The practice is") {
            gap.present.clone()
        } else {
            format!("{}\n{}", gap.present, gap.gap)
        };
        let (practice, _) = gap.expected.split_once(':').unwrap_or((&gap.expected, ""));
        let owner = match gap.due.as_str() {
            "" => gap.owner.clone(),
            due => format!("{}\nDue {due}", gap.owner).trim_start().to_owned(),
        };
        vec![
            strong(practice),
            cell(&format!("{}{also}", gap.requirement)),
            cell(&present),
            cell(&format!(
                "{}\nPriority {}, effort {}",
                gap.grade, gap.priority, gap.effort
            )),
            cell(&gap.recommendation),
            cell(&owner),
        ]
    };
    blocks.push(Block::Table(Table {
        caption: "Gaps, first things first".to_owned(),
        columns: vec![
            column("Gap", 1.6),
            column("Requirement", 2.2),
            column("What is there", 2.5),
            column("Potential grade", 1.4),
            column("Recommendation", 3.7),
            column("Owner, due", 1.1),
        ],
        rows: model.gaps.iter().map(row).collect(),
        landscape: true,
    }));
}

fn statement_of_applicability(model: &ReportModel, blocks: &mut Vec<Block>) {
    if model.soa.is_empty() {
        return;
    }
    blocks.push(heading(1, "Statement of Applicability"));
    blocks.push(document_control(model));
    // A decision is asked for the controls of Annex A. Rows of ISO/IEC 27017 extend them; those that repeat 27002 would
    // only double the list.
    let annex: Vec<&SoaRow> = model.soa.iter().filter(|row| row.control.starts_with("A.")).collect();
    let (repeats, printed): (Vec<&SoaRow>, Vec<&SoaRow>) = model.soa.iter().partition(|row| row.is_repeat);
    let n_cloud = printed.iter().filter(|row| row.control.starts_with("27017")).count();
    let n_own = printed.len() - annex.len() - n_cloud;
    blocks.extend(undecided(&annex));
    let row = |soa: &SoaRow| {
        let approval = [("approved by", &soa.approver), ("review on", &soa.review_on)];
        let approval = approval.iter().filter(|(_, text)| !text.is_empty());
        let approval: Vec<String> = approval.map(|(label, text)| format!("{label} {text}")).collect();
        let how = [
            soa.exclusion_justification.as_str(),
            &approval.join(", "),
            &shortened(&soa.how, HOW_LENGTH),
            &soa.notes,
        ];
        let lines = |parts: &[&str]| {
            let parts = parts.iter().copied().filter(|it| !it.is_empty());
            parts.collect::<Vec<_>>().join("\n")
        };
        let status_tone = match soa.status.as_str() {
            "Implemented" => Tone::Good,
            "Partly implemented" | "Planned" => Tone::Fair,
            "Not implemented" => Tone::Poor,
            "" => Tone::Plain,
            _ => Tone::Open,
        };
        vec![
            strong(&soa.control),
            cell(&soa.title),
            cell(&soa.applicable),
            cell(&soa.inclusion_reasons),
            Cell {
                tone: status_tone,
                ..cell(&soa.status)
            },
            cell(&lines(&how)),
            cell(&shortened(&soa.evidence_in_short, EVIDENCE_LENGTH)),
            cell(&shortened(&soa.risks, RISKS_LENGTH)),
            cell(&shortened(&soa.owner, OWNERS_LENGTH)),
        ]
    };
    if !repeats.is_empty() {
        blocks.push(paragraph(format!(
            "Left out here: {} of ISO/IEC 27017 without cloud content, as they repeat ISO/IEC 27002. The CSV export \
             has them.",
            wording::count(repeats.len(), "row", "rows")
        )));
    }
    blocks.push(paragraph(
        "Evidence stands by its id, as in the evidence request list; claimed means that an answer names it and the register \
         does not. The CSV export also has documents, titles of evidence, role and responsibility, and lists in full where \
         the page counts “more”.",
    ));
    let parts = [
        (annex.len(), "of ISO/IEC 27001:2022 Annex A"),
        (n_cloud, "of ISO/IEC 27017"),
        (n_own, "of the organisation's own"),
    ];
    let parts = parts.into_iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts
        .map(|(n, of)| format!("{} {of}", wording::count(n, "control", "controls")))
        .collect();
    blocks.push(Block::Table(Table {
        caption: parts.join(", "),
        columns: vec![
            column("Control", 0.9),
            column("Title", 2.3),
            column("Applicable", 0.9),
            column("Why included", 1.7),
            column("Status", 1.1),
            column("How implemented, or why excluded; notes", 3.6),
            column("Evidence", 1.1),
            column("Risks", 1.4),
            column("Owner", 1.0),
        ],
        rows: printed.into_iter().map(row).collect(),
        landscape: true,
    }));
}

/// About how many characters of how a control is implemented stand on paper.
const HOW_LENGTH: usize = 125;

/// About how many characters of the evidence of a control stand on paper.
const EVIDENCE_LENGTH: usize = 40;

/// About how many characters of the risks of a control stand on paper.
const RISKS_LENGTH: usize = 45;

/// About how many characters of the owners of a control stand on paper.
const OWNERS_LENGTH: usize = 30;

/// That controls lack a decision or a reason, as the gates count it; `None` if none does.
fn undecided(annex: &[&SoaRow]) -> Option<Block> {
    let n_undecided = annex
        .iter()
        .filter(|row| row.applicable.starts_with("Not decided"))
        .count();
    let n_bare = annex
        .iter()
        .filter(|row| row.applicable == "Yes" && row.inclusion_reasons.is_empty())
        .count();
    let bare = match n_bare {
        0 => String::new(),
        1 => " 1 that applies has no reason yet.".to_owned(),
        n => format!(" {n} that apply have no reason yet."),
    };
    (n_undecided + n_bare > 0).then(|| Block::Callout {
        label: "Draft".to_owned(),
        text: format!(
            "{n_undecided} of {} controls have not been decided yet.{bare} ISO/IEC 27001 clause 6.1.3 d) asks for a decision \
             with a reason on each.",
            annex.len()
        ),
    })
}

fn document_control(model: &ReportModel) -> Block {
    let standards = model.soa.iter().find(|row| row.control.starts_with("A."));
    let standard = standards.map_or_else(String::new, |row| format!("ISO/IEC 27001:{}", row.edition));
    let row = |label: &str, text: &str| {
        let text = if text.is_empty() { "Not stated" } else { text };
        vec![strong(label), cell(text)]
    };
    let mut rows = vec![
        row("Document", "Statement of Applicability"),
        row("Organisation", subject(model)),
        row("Standard", &standard),
        row("Date of this print", &model.date),
    ];
    rows.extend(model.soa_control.iter().map(|it| row(&it.label, &it.text)));
    Block::Table(Table {
        caption: "Document control".to_owned(),
        columns: vec![column("Field", 1.0), column("Entry", 4.0)],
        rows,
        landscape: true,
    })
}

fn method(model: &ReportModel, blocks: &mut Vec<Block>) {
    let bullets = |points: &[&str]| Block::Bullets(points.iter().map(|it| (*it).to_owned()).collect());
    blocks.push(heading(1, "Method"));
    blocks.push(paragraph(wording::method::PRACTICES_AND_TIES));
    blocks.push(heading(2, "Status of a requirement"));
    blocks.push(bullets(&wording::method::STATUSES));
    blocks.push(heading(2, "Shares"));
    blocks.push(paragraph(wording::method::SHARES));
    if !model.gates.is_empty() {
        blocks.push(heading(2, "Gates"));
        blocks.push(paragraph(wording::method::GATES));
        blocks.push(paragraph(wording::GATE_FORMULA));
        blocks.push(paragraph(wording::method::OVERRIDES));
    }
    let is_calendar = |table: &RegisterTable| table.kind == RegisterKind::Calendar && !table.rows.is_empty();
    if model.registers.iter().any(is_calendar) {
        blocks.push(heading(2, "The Type 2 window"));
        blocks.push(paragraph(wording::method::WINDOW));
    }
    blocks.push(heading(2, "Ranking of gaps"));
    blocks.push(paragraph(wording::method::RANKING));
    blocks.push(heading(2, "Words for potential grades"));
    blocks.push(bullets(&wording::method::GRADE_WORDS));
}

fn limits(model: &ReportModel, blocks: &mut Vec<Block>) {
    blocks.push(heading(1, "Limits"));
    blocks.push(Block::Callout {
        label: "Important".to_owned(),
        text: wording::DISCLAIMER.to_owned(),
    });
    let mut limits = wording::method::LIMITS.to_vec();
    if model
        .frameworks
        .iter()
        .any(|framework| framework.title.contains("27001"))
    {
        limits.push(wording::method::CERTIFICATE);
    }
    if model
        .frameworks
        .iter()
        .any(|framework| framework.title.starts_with("SOC 2"))
    {
        limits.push(wording::SOC2_NATURE);
    }
    if model
        .frameworks
        .iter()
        .any(|framework| framework.title.contains("27017"))
    {
        limits.push(wording::CLOUD_SOURCE);
    }
    let mut limits: Vec<String> = limits.into_iter().map(str::to_owned).collect();
    limits.extend(wording::open_conflicts(model.n_open_conflicts));
    let empty = model.registers.iter().filter(|table| table.rows.is_empty());
    let empty: Vec<&str> = empty
        .filter(|table| !is_up_front(table.kind))
        .map(|table| table.kind.title())
        .collect();
    if !empty.is_empty() {
        limits.push(format!(
            "Nothing stands in these tables yet, or nothing in scope asks for them: {}.",
            empty.join(", ")
        ));
    }
    blocks.push(Block::Bullets(limits));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{RegisterColumn, ScopeRow};

    #[test]
    fn limits_say_how_many_conflicts_are_open() {
        let limits = |n_open_conflicts: usize| {
            let model = ReportModel {
                n_open_conflicts,
                ..ReportModel::default()
            };
            let mut blocks = Vec::new();
            super::limits(&model, &mut blocks);
            let Some(Block::Bullets(bullets)) = blocks.pop() else {
                panic!("limits end with a list")
            };
            bullets
        };
        let is_of_conflicts = |it: &String| it.contains("after a merge");
        assert!(!limits(0).iter().any(is_of_conflicts));
        let said = limits(2).into_iter().find(is_of_conflicts).expect("they are said");
        assert!(said.starts_with("2 conflicts are open after a merge."), "{said}");
    }

    #[test]
    fn statement_begins_with_its_document_control_and_leaves_repeating_rows_to_the_table_file() {
        let row = |control: &str, is_repeat: bool| SoaRow {
            control: control.to_owned(),
            edition: "2022".to_owned(),
            applicable: "Yes".to_owned(),
            is_repeat,
            ..SoaRow::default()
        };
        let model = ReportModel {
            soa_control: vec![ScopeRow {
                label: "Approved by".to_owned(),
                text: "Ana".to_owned(),
            }],
            soa: vec![
                row("A.8.32", false),
                row("27017 8.32", false),
                row("27017 8.33", true),
                row("X.1", false),
            ],
            ..ReportModel::default()
        };
        let mut blocks = Vec::new();
        statement_of_applicability(&model, &mut blocks);
        let tables: Vec<&Table> = blocks
            .iter()
            .filter_map(|block| {
                if let Block::Table(table) = block {
                    Some(table)
                } else {
                    None
                }
            })
            .collect();
        let texts = |table: &Table, column: usize| -> Vec<String> {
            table.rows.iter().map(|row| row[column].text.clone()).collect()
        };
        let control = tables.first().expect("document control");
        assert!(texts(control, 0).contains(&"Approved by".to_owned()));
        assert!(texts(control, 1).contains(&"Ana".to_owned()));
        let statement = tables.last().expect("the rows");
        assert_eq!(texts(statement, 0), ["A.8.32", "27017 8.32", "X.1"]);
        assert_eq!(
            statement.caption,
            "1 control of ISO/IEC 27001:2022 Annex A, 1 control of ISO/IEC 27017, 1 control of the organisation's own"
        );
        let printed = format!("{blocks:?}");
        assert!(printed.contains("Left out here: 1 row of ISO/IEC 27017"), "{printed}");
        assert!(
            printed.contains("0 of 1 controls have not been decided yet. 1 that applies has no reason yet."),
            "{printed}"
        );
    }

    fn texts(paper: &Paper) -> String {
        format!("{:?}", paper.blocks)
    }

    fn chapters(paper: &Paper) -> Vec<&str> {
        let heading = |block| {
            if let &Block::Heading { level: 1, ref text } = block {
                Some(text.as_str())
            } else {
                None
            }
        };
        paper.blocks.iter().filter_map(heading).collect()
    }

    fn table_of(kind: RegisterKind, rows: &[[&str; 3]]) -> RegisterTable {
        let column = |(title, width, cut): (&str, f32, usize)| RegisterColumn {
            title: title.to_owned(),
            width,
            cut,
        };
        RegisterTable {
            kind,
            remarks: Vec::new(),
            columns: [("Item", 1.0, 0), ("Requirements", 1.0, 12), ("Query", 0.0, 0)]
                .map(column)
                .into(),
            rows: rows.iter().map(|row| row.map(str::to_owned).into()).collect(),
            left_out: Vec::new(),
        }
    }

    #[test]
    fn summary_names_each_gate_with_its_blockers_and_its_share() {
        let model = ReportModel {
            gates: vec![GateRow {
                gate: "SOC 2 Type 1".to_owned(),
                blockers: vec!["no as-of date".to_owned(), "1 potential major".to_owned()],
                share: "3 to 5 of 9".to_owned(),
                share_by_answers: "2 to 5 of 9".to_owned(),
            }],
            ..ReportModel::default()
        };
        let mut blocks = Vec::new();
        summary(&model, &mut blocks);
        let table = blocks.iter().find_map(|block| {
            if let Block::Table(table) = block {
                Some(table)
            } else {
                None
            }
        });
        let table = table.expect("the gates");
        assert_eq!(table.caption, "Gates: 1 of 1 blocked, whatever their share is");
        let row: Vec<&str> = table.rows[0].iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            row,
            [
                "SOC 2 Type 1",
                "no as-of date; 1 potential major",
                "3 to 5 of 9\nwithout overrides 2 to 5 of 9"
            ]
        );
    }

    #[test]
    fn gates_and_potential_nonconformities_follow_the_summary() {
        let mut model = ReportModel {
            registers: RegisterKind::ALL.map(|kind| table_of(kind, &[["a", "b", "c"]])).into(),
            frameworks: vec![FrameworkRow::default()],
            ..ReportModel::default()
        };
        let paper = paper_from_model(&model);
        assert_eq!(
            chapters(&paper)[..5],
            [
                "Summary",
                "Gates",
                "Potential nonconformities",
                "Scope",
                "Results by framework"
            ]
        );
        assert!(!texts(&paper).contains("Nothing stands in these tables yet"));
        model.registers = vec![table_of(RegisterKind::Suppliers, &[])];
        let paper = paper_from_model(&model);
        assert!(!chapters(&paper).contains(&"Supplier register"));
        assert!(texts(&paper).contains("nothing in scope asks for them: Supplier register."));
    }

    #[test]
    fn dashboard_follows_the_summary_and_is_not_printed_as_a_register() {
        let chart = |drawing| Chart {
            id: "burn-down".to_owned(),
            title: "Burn-down".to_owned(),
            finding: "3 gaps are open today.".to_owned(),
            remarks: vec!["No target date is set.".to_owned()],
            drawing,
            columns: vec!["Line".to_owned(), "Open gaps".to_owned()],
            rows: vec![ChartRow {
                cells: vec!["So far".to_owned(), "3".to_owned()],
                leads: crate::report::chart::Leads::Nowhere,
            }],
        };
        let lines = crate::report::chart::Lines {
            unit: "Open gaps".to_owned(),
            most: 3,
            lines: Vec::new(),
            marks: Vec::new(),
        };
        let bars = Bars {
            legend: Vec::new(),
            are_shares: true,
            bars: Vec::new(),
        };
        let model = ReportModel {
            dashboard: vec![chart(Drawing::Lines(lines)), chart(Drawing::Bars(bars))],
            board_sentence: "1 of 5 gates is blocked.".to_owned(),
            registers: vec![table_of(RegisterKind::Dashboard, &[["a", "b", "c"]])],
            ..ReportModel::default()
        };
        let paper = paper_from_model(&model);
        assert_eq!(chapters(&paper)[..2], ["Summary", "Dashboard"]);
        let n_chapters = chapters(&paper).iter().filter(|it| **it == "Dashboard").count();
        assert_eq!(n_chapters, 1);
        assert!(texts(&paper).contains("1 of 5 gates is blocked."));
        assert!(texts(&paper).contains("No target date is set."));
        let is_chart = |block: &&Block| matches!(block, Block::Chart(_));
        assert_eq!(paper.blocks.iter().filter(is_chart).count(), 2);
        let tables = paper.blocks.iter().filter_map(|block| {
            if let Block::Table(table) = block {
                Some(table.caption.as_str())
            } else {
                None
            }
        });
        let of_lines_alone = tables.filter(|it| *it == "Burn-down: numbers").count();
        assert_eq!(of_lines_alone, 1);
    }

    #[test]
    fn register_on_paper_says_what_only_csv_has() {
        let mut table = table_of(
            RegisterKind::EvidenceRequests,
            &[
                ["Tickets", "A.5.1; A.5.2; A.5.3; A.5.4", "state = done"],
                ["Left", "", ""],
            ],
        );
        table.left_out = vec![1];
        let mut blocks = Vec::new();
        register(&table, &mut blocks);
        let printed = format!("{blocks:?}");
        assert!(
            printed.contains(
                "The CSV export of this table also has the column “Query”; the rows left out here; lists in full where the \
                 page counts “more”."
            ),
            "{printed}"
        );
        assert!(printed.contains("A.5.1; 3 more"), "{printed}");
        assert!(
            !printed.contains("state = done") && !printed.contains("Left\""),
            "{printed}"
        );
    }

    #[test]
    fn list_is_cut_between_its_items_only() {
        assert_eq!(shortened("A.5.1; A.5.2; A.5.3", 15), "A.5.1; A.5.2; 1 more");
        let sentence = "one long sentence, without a list";
        assert_eq!(shortened(sentence, 8), sentence);
        assert_eq!(shortened("a; b; c", 0), "a; b; c");
    }

    #[test]
    fn override_in_force_stands_beside_what_the_answers_say() {
        let row = RequirementRow {
            id: "CC8.1".to_owned(),
            is_complete: true,
            basis: "ready on 1 of 2".to_owned(),
            override_note: "Override: Set to ready by Ana.".to_owned(),
            ..RequirementRow::default()
        };
        let model = ReportModel {
            frameworks: vec![FrameworkRow {
                requirements: vec![row, RequirementRow::default()],
                ..FrameworkRow::default()
            }],
            ..ReportModel::default()
        };
        let mut blocks = Vec::new();
        results(&model, &mut blocks);
        let printed = format!("{blocks:?}");
        assert!(
            printed.contains("ready on 1 of 2\\nOverride: Set to ready by Ana."),
            "{printed}"
        );
        assert!(printed.contains("1 override is in force: gates count it"), "{printed}");
    }
}
