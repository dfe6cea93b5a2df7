//! Tests of whole papers: what must come out of a paper that goes in.

use std::collections::BTreeSet;

use lopdf::Object;

use super::audit::{Audit, utf16, written};
use super::sample::{self, cell, fonts, heading, plain, table};
use super::{PdfError, write};
use crate::report::chart::{Bar, Bars, Chart, Drawing, Heat, HeatCell, HeatRow, Line, Lines};
use crate::report::paper::{Block, Cell, Paper, Table, Tone};

#[test]
fn names_in_four_scripts_can_be_copied_from_the_pages() {
    let text = Audit::of(&sample::full()).whole_text();
    for name in [
        "Ελένη Παπαδοπούλου",
        "Дмитрий Шостакович",
        "Święty Krzyż",
        "Łukasz Wiśniewski",
        "Zoë Brontë-Müller",
    ] {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn characters_that_cannot_be_printed_are_replaced_and_listed() {
    let paper = plain(vec![Block::Paragraph("株 and ש and ש".to_owned())]);
    let pdf = written(&paper);
    assert_eq!(pdf.missing, ['ש', '株']);
    let audit = Audit::open(&pdf.bytes);
    let text = audit.whole_text();
    assert!(
        text.contains("Annex: characters not printed") && text.contains("U+682A") && text.contains("U+05E9"),
        "{text}"
    );
    assert!(!text.contains('株'));
    let behind: Vec<String> = audit
        .elements()
        .iter()
        .filter_map(|(_, element)| element.get(b"ActualText").ok())
        .map(utf16)
        .collect();
    assert_eq!(behind, ["株 and ש and ש"]);
}

#[test]
fn a_paper_that_can_be_printed_has_no_annex() {
    let pdf = written(&plain(vec![heading(1, "One"), Block::Paragraph("Ωμέγα".to_owned())]));
    assert_eq!(pdf.missing, []);
    assert!(!Audit::open(&pdf.bytes).whole_text().contains("Annex"));
}

#[test]
fn the_header_of_a_long_table_is_on_every_page_of_it() {
    let rows = (0..120)
        .map(|nth| vec![cell(&format!("row {nth}")), cell("text")])
        .collect();
    let long = table("Long", &[("First column", 1.0), ("Second column", 3.0)], rows);
    let audit = Audit::of(&plain(vec![heading(1, "Table"), Block::Table(long)]));
    let pages: Vec<String> = (2..audit.pages.len()).map(|page| audit.text(page)).collect();
    assert!(pages.len() > 2);
    for page in pages {
        assert!(page.contains("Second column"), "{page}");
    }
    assert_eq!(
        audit.elements_with_role("TH").len(),
        2,
        "repeated headers are artifacts"
    );
}

#[test]
fn a_row_taller_than_a_page_loses_no_word() {
    let words: Vec<String> = (0..2000).map(|nth| format!("w{nth}")).collect();
    let rows = vec![
        vec![cell("before"), cell("x")],
        vec![cell("tall"), cell(&words.join(" "))],
        vec![cell("after"), cell("y")],
    ];
    let audit = Audit::of(&plain(vec![Block::Table(table(
        "Tall",
        &[("A", 1.0), ("B", 2.0)],
        rows,
    ))]));
    let text = audit.whole_text();
    let found: BTreeSet<&str> = text.split_whitespace().collect();
    for word in words.iter().map(String::as_str).chain(["before", "after"]) {
        assert!(found.contains(word), "{word}");
    }
}

#[test]
fn a_wide_table_turns_the_page_and_takes_its_heading_along() {
    let wide = Table {
        landscape: true,
        ..table("Wide", &[("A", 1.0)], vec![vec![cell("a")]])
    };
    let blocks = vec![
        heading(1, "Upright"),
        Block::Paragraph("text".to_owned()),
        heading(2, "Turned heading"),
        Block::Table(wide),
        heading(2, "Upright again"),
    ];
    let audit = Audit::of(&plain(blocks));
    let is_turned: Vec<bool> = audit
        .pages
        .iter()
        .map(|page| {
            let page = audit.file.get_dictionary(*page).expect("a page");
            let edges = page.get(b"MediaBox").and_then(Object::as_array).expect("edges");
            edges[2].as_float().expect("a width") > edges[3].as_float().expect("a height")
        })
        .collect();
    assert_eq!(is_turned, [false, false, false, true, false]);
    assert!(audit.text(3).contains("Turned heading"));
}

#[test]
fn odd_papers_are_written_all_the_same() {
    let toned = Cell {
        tone: Tone::Open,
        ..cell("")
    };
    let blocks = vec![
        Block::Paragraph(String::new()),
        Block::Bullets(vec![String::new()]),
        Block::Bullets(Vec::new()),
        Block::Figures(Vec::new()),
        Block::Callout {
            label: String::new(),
            text: "word ".repeat(3000),
        },
        Block::Table(table("", &[], Vec::new())),
        Block::Table(table(
            "",
            &[("", 0.0), ("", f32::NAN)],
            vec![Vec::new(), vec![toned.clone(), toned.clone(), toned]],
        )),
        Block::Table(table(
            "Narrow",
            &[("unbreakable", 1.0); 40],
            vec![vec![cell("unbreakable"); 40]],
        )),
        heading(1, &"very long heading ".repeat(40)),
        heading(2, ""),
        heading(9, "deep"),
    ];
    let mut paper = plain(blocks);
    paper.title = "title ".repeat(60);
    paper.subtitle = "subtitle ".repeat(60);
    paper.cover = vec![("label".repeat(20), "value ".repeat(300)); 6];
    let audit = Audit::of(&paper);
    for page in &audit.pages {
        audit.marked_content(*page);
    }
    assert_eq!(Audit::of(&plain(Vec::new())).pages.len(), 2);
}

#[test]
fn the_same_paper_gives_the_same_bytes_on_every_thread() {
    let first = written(&sample::full());
    assert_eq!(first, written(&sample::full()), "second time in one process");
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| written(&sample::full()))).collect();
        for other in others {
            assert_eq!(first, other.join().expect("a thread that ends"));
        }
    });
}

#[test]
fn other_words_give_another_identifier() {
    let identifier = |text: &str| {
        let audit = Audit::of(&plain(vec![Block::Paragraph(text.to_owned())]));
        audit.file.trailer.get(b"ID").expect("an identifier").clone()
    };
    assert_ne!(identifier("one"), identifier("two"));
}

#[test]
fn a_date_that_is_none_is_refused() {
    let paper = Paper {
        date: "20 November".to_owned(),
        ..plain(Vec::new())
    };
    let error = write(&paper, fonts()).expect_err("must be refused");
    assert!(matches!(&error, PdfError::Date { date } if date == "20 November"));
    assert_eq!(
        error.to_string(),
        "the date \"20 November\" is not of the form 2026-11-20"
    );
}

#[test]
fn the_full_sample_stays_small() {
    let pdf = written(&sample::full());
    assert!(pdf.bytes.len() < 150_000, "{} bytes", pdf.bytes.len());
    if let Some(path) = std::env::var_os("CONCORD_SAMPLE_PDF") {
        std::fs::write(path, &pdf.bytes).expect("a place to write the sample to");
    }
}

/// Not a test of speed, but of growth: a register of 1500 rows must not take minutes in a debug build.
#[test]
fn a_register_of_1500_rows_is_written() {
    let row = |nth: usize| {
        vec![
            cell(&format!("A.{nth}")),
            cell("What is done, by whom, and since when"),
            cell("12"),
        ]
    };
    let register = table(
        "Register",
        &[("Id", 1.0), ("Text", 4.0), ("Days", 1.0)],
        (0..1500).map(row).collect(),
    );
    let started = std::time::Instant::now();
    let audit = Audit::of(&plain(vec![heading(1, "Register"), Block::Table(register)]));
    eprintln!("{:?} for {} pages", started.elapsed(), audit.pages.len());
    assert_eq!(audit.elements_with_role("TR").len(), 1501);
}

fn chart(finding: &str, drawing: Drawing) -> Block {
    Block::Chart(Chart {
        id: "chart".to_owned(),
        title: "Chart".to_owned(),
        finding: finding.to_owned(),
        remarks: Vec::new(),
        drawing,
        columns: Vec::new(),
        rows: Vec::new(),
    })
}

fn heat_cell(head: &str, value: &str, share: u8) -> HeatCell {
    HeatCell {
        head: head.to_owned(),
        share,
        value: value.to_owned(),
        ..HeatCell::default()
    }
}

fn lines() -> Drawing {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
    let line = |label: &str, is_planned, points| Line {
        label: label.to_owned(),
        is_planned,
        points,
    };
    Drawing::Lines(Lines {
        unit: "Open gaps".to_owned(),
        most: 9,
        lines: vec![
            line("4 open 株", false, vec![(day(1), 9), (day(20), 4)]),
            line("Planned: 0 left", true, vec![(day(20), 4), (day(30), 0)]),
        ],
        marks: vec![(day(20), "Today".to_owned()), (day(25), "Target".to_owned())],
    })
}

/// The words that stand for the figures of some blocks.
fn words_of_figures(blocks: Vec<Block>) -> (Audit, Vec<String>) {
    let audit = Audit::of(&plain(blocks));
    let figures = audit.elements_with_role("Figure");
    let words = figures.iter().map(|it| utf16(it.get(b"Alt").expect("words"))).collect();
    (audit, words)
}

#[test]
fn charts_are_figures_that_say_what_they_show() {
    let tiles = Heat {
        columns: Vec::new(),
        rows: vec![HeatRow {
            label: "SOC 2: 3 of 5 ready".to_owned(),
            cells: vec![
                Some(heat_cell("CC1", "3/4", 75)),
                None,
                Some(heat_cell("CC2", "0/1", 0)),
            ],
        }],
    };
    let columns = Heat {
        columns: vec!["Documented".to_owned(), "Enforced".to_owned()],
        rows: vec![HeatRow {
            label: "People".to_owned(),
            cells: vec![Some(heat_cell("", "2/2", 100)), None],
        }],
    };
    let bars = Bars {
        legend: vec![(Tone::Plain, "Answers".to_owned())],
        are_shares: false,
        bars: vec![Bar {
            label: "Seen".to_owned(),
            segments: vec![3],
            value: "3 (100 %)".to_owned(),
            note: "Looked at by two.".to_owned(),
            ..Bar::default()
        }],
    };
    let (audit, words) = words_of_figures(vec![
        heading(1, "Dashboard"),
        chart("Tiles.", Drawing::Heat(tiles)),
        chart("Columns.", Drawing::Heat(columns)),
        chart("Bars.", Drawing::Bars(bars)),
        chart("Lines.", lines()),
    ]);
    assert_eq!(
        words,
        [
            "Tiles. SOC 2: 3 of 5 ready: CC1 3/4, CC2 0/1.",
            "Columns. People: Documented 2/2, Enforced none.",
            "Bars. Seen: 3 (100 %). Looked at by two.",
            "Lines. Open gaps, by day. 4 open 株: 2026-11-01 9, 2026-11-20 4. Planned: 0 left: 2026-11-20 4, 2026-11-30 0. \
             Today: 2026-11-20. Target: 2026-11-25.",
        ]
    );
    let text = audit.whole_text();
    for printed in [
        "CC1",
        "3/4",
        "Documented",
        "Looked at by two.",
        "Planned: 0 left",
        "Target",
        "U+682A",
    ] {
        assert!(text.contains(printed), "{printed} is not in {text}");
    }
}

#[test]
fn heat_map_taller_than_a_page_is_split_between_its_rows_and_loses_none() {
    let rows = (0..90).map(|nth| HeatRow {
        label: format!("row {nth}"),
        cells: vec![Some(heat_cell("", &format!("{nth}/90"), 50))],
    });
    let heat = Heat {
        columns: vec!["Share".to_owned()],
        rows: rows.collect(),
    };
    let (audit, words) = words_of_figures(vec![heading(1, "Heat"), chart("Long.", Drawing::Heat(heat))]);
    assert!(
        words.len() > 1 && words.iter().all(|it| it.contains("(part of the chart)")),
        "{words:?}"
    );
    let text = audit.whole_text();
    assert!((0..90).all(|nth| text.contains(&format!("row {nth}"))));
}
