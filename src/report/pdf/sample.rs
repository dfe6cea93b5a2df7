//! Papers for tests: one that uses every kind of block, and the fonts of the app.

use std::sync::OnceLock;

use super::Fonts;
use crate::report::paper::{Bar, BarChart, Bars, Block, Cell, Column, Figure, Paper, Table, Tone};

/// The fonts of the app.
pub(super) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        Fonts::parse(
            include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf"),
            include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf"),
        )
        .expect("the fonts of the app")
    })
}

/// A paper with a title and blocks, and nothing else of note.
pub(super) fn plain(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "A small paper".to_owned(),
        subtitle: "For a test".to_owned(),
        cover: Vec::new(),
        cover_note: String::new(),
        footer: "Test".to_owned(),
        date: "2026-11-20".to_owned(),
        blocks,
    }
}

pub(super) fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
    }
}

pub(super) fn cell(text: &str) -> Cell {
    Cell {
        text: text.to_owned(),
        tone: Tone::Plain,
        strong: false,
    }
}

pub(super) fn table(caption: &str, columns: &[(&str, f32)], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: caption.to_owned(),
        columns: columns
            .iter()
            .map(|(title, width)| Column {
                title: (*title).to_owned(),
                width: *width,
            })
            .collect(),
        rows,
        landscape: false,
    }
}

/// A paper with every kind of block, four scripts, a table of 300 rows, a row taller than a page, and characters that
/// cannot be printed.
pub(super) fn full() -> Paper {
    Paper {
        title: "Gap assessment against ISO/IEC 27001, ISO/IEC 27017 and SOC 2".to_owned(),
        subtitle: "Żółw & Partners Sp. z o.o., Kraków".to_owned(),
        cover: [
            ("Prepared for", "Żółw & Partners Sp. z o.o., ul. Święty Krzyż 7, Kraków"),
            ("Prepared by", "Ελένη Παπαδοπούλου and Дмитрий Шостакович"),
            ("Date", "20 November 2026"),
            (
                "Frameworks",
                "ISO/IEC 27001:2022, ISO/IEC 27017:2015, SOC 2 (2017 criteria, revised points of focus 2022)",
            ),
            ("Answers", "284 of 320 practices answered; 41 % seen or tested"),
        ]
        .map(|(label, value)| (label.to_owned(), value.to_owned()))
        .to_vec(),
        cover_note:
            "This paper reports what the organisation said and showed on the date above. It is not a certificate, \
                     not an attestation report, and no opinion of an auditor."
                .to_owned(),
        footer: "Żółw & Partners Sp. z o.o. · Confidential".to_owned(),
        date: "2026-11-20".to_owned(),
        blocks: [summary(), register(), details(), plan()].concat(),
    }
}

fn summary() -> Vec<Block> {
    vec![
        heading(1, "Summary"),
        Block::Paragraph(
            "Of the 93 controls of Annex A, 12 are ready, 31 are partly in place and 38 are not; 12 are not known yet. \
             The management system itself is further along: clauses 4 to 7 need two documents, clauses 8 to 10 need one \
             cycle of operation. The shortest way to Stage 1 is three weeks of work by two people, most of it on risk \
             treatment and the statement of applicability."
                .to_owned(),
        ),
        Block::Figures(vec![
            figure("12 of 93", "Annex A controls ready for Stage 2"),
            figure("38", "controls with a gap that blocks Stage 2"),
            figure("61 %", "of common criteria designed as SOC 2 asks"),
            figure("19 days", "of work that is estimated until Stage 1"),
        ]),
        heading(2, "Where the gaps are"),
        Block::Bars(BarChart {
            finding: "Technological controls are furthest behind: one in eight is ready, and nobody knows the state of five."
                .to_owned(),
            bars: Bars {
                legend: [
                    (Tone::Good, "Ready"),
                    (Tone::Fair, "Partly"),
                    (Tone::Poor, "Not ready"),
                    (Tone::Open, "Not known yet"),
                ]
                .map(|(tone, name)| (tone, name.to_owned()))
                .to_vec(),
                are_shares: true,
                bars: vec![
                    bar("Organisational", &[5, 14, 14, 4], "5 of 37"),
                    bar("People", &[2, 3, 2, 1], "2 of 8"),
                    bar("Physical", &[1, 6, 5, 2], "1 of 14"),
                    bar("Technological, including secure development and operations", &[4, 8, 17, 5], "4 of 34"),
                    bar("Cloud services (27017)", &[0, 0, 0, 0], "0 of 0"),
                ],
            },
        }),
        Block::Callout {
            label: "What this does not say".to_owned(),
            text: "Inquiry alone is not evidence. 59 % of the answers rest on what somebody said; before an audit they \
                   have to be seen or tested, and some will change."
                .to_owned(),
        },
        heading(2, "The three things to do this week"),
        Block::Bullets(vec![
            "Name the owner of the risk treatment plan; without one, clause 6.1.3 stays open whatever else is done."
                .to_owned(),
            "Turn on multi-factor authentication for the cloud console (A.8.5, CC6.1).".to_owned(),
            "Ask the hosting supplier for its current SOC 2 Type 2 report and for the bridge letter to it; the report on \
             file ends in March and covers Security alone, so that it bears on neither Availability nor Confidentiality."
                .to_owned(),
        ]),
        heading(3, "How the order was found"),
        Block::Paragraph("Gates first, then the number of requirements an action closes, then effort.".to_owned()),
        Block::Paragraph(
            "Names that the type cannot print appear with a sign in their place: 株式会社トヨタ, שלום עולם, and a \u{1F512} lock."
                .to_owned(),
        ),
    ]
}

fn register() -> Vec<Block> {
    let tones = [Tone::Good, Tone::Fair, Tone::Poor, Tone::Open];
    let words = ["Ready", "Partly", "Not ready", "Not known yet"];
    let titles = [
        "Policies for information security",
        "Segregation of duties",
        "Contact with authorities",
        "Information security in project management, from the first sketch to the handover",
        "Inventory of information and other associated assets",
        "Πολιτική ασφάλειας πληροφοριών",
        "Управление доступом привилегированных пользователей",
    ];
    let rows = (0..300)
        .zip(tones.into_iter().zip(words).cycle())
        .zip(titles.into_iter().cycle())
        .map(|((nth, (tone, word)), title)| {
            vec![
                Cell {
                    strong: true,
                    ..cell(&format!("A.{}.{}", 5 + nth / 75, nth % 75 + 1))
                },
                cell(title),
                Cell { tone, ..cell(word) },
                cell(
                    ["Łukasz Wiśniewski", "Zoë Brontë-Müller", "Γιώργος"]
                        .into_iter()
                        .cycle()
                        .nth(nth)
                        .unwrap_or(""),
                ),
                cell(&(nth * 7 % 40).to_string()),
            ]
        })
        .collect();
    let columns = [
        ("Control", 1.0),
        ("Title", 4.2),
        ("Standing", 1.6),
        ("Owner", 2.2),
        ("Days", 0.7),
    ];
    vec![
        heading(1, "Gap register"),
        Block::Paragraph(
            "Every control of Annex A with its standing, whoever owns the next step, and days of work.".to_owned(),
        ),
        Block::Table(table("Annex A controls by standing", &columns, rows)),
        heading(2, "Exclusions"),
        Block::Table(table(
            "Controls excluded from the statement of applicability",
            &columns,
            Vec::new(),
        )),
    ]
}

fn details() -> Vec<Block> {
    let long = "The access review of the first quarter was done by the head of engineering, recorded in a ticket, and \
                closed after eleven accounts had been removed. "
        .repeat(60);
    let sentence = "Accounts are created on a ticket that the line manager approves; rights follow the role. ";
    let wide = |nth: usize| -> Vec<Cell> {
        vec![
            Cell {
                strong: true,
                ..cell(&format!("CC6.{nth}"))
            },
            cell(&sentence.repeat(nth % 3 + 1)),
            Cell {
                tone: Tone::Fair,
                ..cell("Partly")
            },
            cell("Exported list of accounts;\nticket of the last review;\nscreenshot of the sign-in rules"),
            cell("A.5.15, A.5.18, A.8.2, A.8.3"),
            cell("Review rights every quarter and record the decision for each account."),
            cell("owner-of-access-management@very-long-domain-name.example.org"),
            Cell {
                tone: Tone::Open,
                ..cell("")
            },
        ]
    };
    let columns = [
        ("Criterion", 1.0),
        ("What is in place", 3.0),
        ("Standing", 1.2),
        ("Evidence", 2.2),
        ("Crosswalk", 1.4),
        ("Next step", 2.2),
        ("Owner", 1.6),
        ("Tested", 0.8),
    ];
    vec![
        heading(1, "SOC 2 control matrix"),
        Block::Paragraph("Logical access, criterion by criterion. The matrix reads from left to right.".to_owned()),
        Block::Table(Table {
            landscape: true,
            ..table("Logical and physical access", &columns, (1..9).map(wide).collect())
        }),
        heading(2, "Notes on single criteria"),
        Block::Table(table(
            "Notes taken in the interviews",
            &[("Criterion", 1.0), ("Note", 6.0)],
            vec![
                vec![cell("CC6.1"), cell("Short.")],
                vec![cell("CC6.2"), cell(&long)],
                vec![cell("CC6.3"), cell("Short again.")],
            ],
        )),
        Block::Callout {
            label: "Source".to_owned(),
            text: "Interviews on 3 and 4 November 2026.".to_owned(),
        },
    ]
}

fn plan() -> Vec<Block> {
    let mut blocks = vec![heading(1, "Remediation plan")];
    for (nth, name) in ["Governance", "Access", "Operations", "Suppliers", "Incidents"]
        .into_iter()
        .enumerate()
    {
        blocks.push(heading(2, &format!("{}. {name}", nth + 1)));
        blocks.push(heading(3, "Why it comes here"));
        blocks.push(Block::Paragraph(
            "Risk treatment needs criteria that management has approved; the criteria need a scope; the scope is there. \
             What is missing is one decision and its record, and a person whose task it is. Nothing in the rest of the \
             plan can be called effective before that has been done, because every later step refers to it in so many \
             words, and an auditor will start there."
                .to_owned(),
        ));
        blocks.push(Block::Bullets(
            ["Decide", "Write down", "Show"]
                .map(|verb| format!("{verb} who accepts which risk, and until when."))
                .to_vec(),
        ));
    }
    blocks
}

fn figure(value: &str, caption: &str) -> Figure {
    Figure {
        value: value.to_owned(),
        caption: caption.to_owned(),
    }
}

fn bar(label: &str, segments: &[u32], value: &str) -> Bar {
    Bar {
        label: label.to_owned(),
        segments: segments.to_vec(),
        value: value.to_owned(),
        ..Bar::default()
    }
}
