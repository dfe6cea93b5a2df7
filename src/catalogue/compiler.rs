//! Compiles the authored catalogue: reads it, checks all that can be checked, and writes it as one Rust static.
//!
//! Used by the build script, and by tests of the crate. It must not know anything of the crate: the names of the domain
//! types stand only in the code that it writes.

mod check;
mod emit;
mod evidence;
mod numbers;
mod obligations;
mod order;
mod source;
mod transition;

use std::fmt;

pub use source::Authored;

/// One thing that is wrong in the authored catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The practice, requirement or table.
    pub id: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.id, self.message)
    }
}

/// Compiles the authored files, each a name and its text, to the source of one static.
///
/// # Errors
/// Every problem that was found, in the order of files and ids.
pub fn compile(files: &[(String, String)]) -> Result<String, Vec<Problem>> {
    let (transition, mut problems) = transition::read(files);
    let (sources, unread) = obligations::read(files);
    problems.extend(unread);
    let is_other = |name: &String| {
        name != transition::TRANSITION_FILE && name != numbers::NUMBERS_FILE && !obligations::is_file(name)
    };
    let others: Vec<(String, String)> = files.iter().filter(|(name, _)| is_other(name)).cloned().collect();
    let numbers = numbers::read(files);
    let (authored, unread) = Authored::read(&others);
    problems.extend(unread);
    if problems.is_empty() {
        problems.extend(check::check(&authored));
        problems.extend(evidence::check(&authored));
        problems.extend(order::check(&authored));
        problems.extend(transition::check(&transition, &authored));
        problems.extend(numbers::check(numbers.as_deref(), &authored));
        problems.extend(obligations::check(&sources, &authored));
    }
    if problems.is_empty() {
        let statics = [
            emit::emit(&authored, numbers.as_deref()),
            transition::emit(&transition, &authored),
            obligations::emit(&sources),
        ];
        return Ok(statics.concat());
    }
    problems.sort();
    Err(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMEWORK: &str = r#"
        id = "iso27001-2022"
        short = "27001"
        title = "ISO/IEC 27001"
        edition = "2022"
        count = 2
        [[group]]
        id = "4"
        title = "Context"
        [[requirement]]
        id = "4.1"
        title = "Context"
        group = "4"
        kind = "clause"
        parts = ["(a)", "(b)"]
        [[requirement]]
        id = "4.4"
        title = "System"
        group = "4"
        kind = "clause"
    "#;
    const TOPIC: &str = r#"
        [topic]
        id = "basics"
        title = "Basics"
        intro = "Where it begins."
        order = 1
        [[practice]]
        id = "basics.parties"
        title = "Parties"
        question = "Do you know who expects what of you?"
        why = "Nobody can meet an expectation that nobody has written down."
        shown_by.documented = "A table of parties"
        fix = ["Write the table."]
        effort = "S"
        priority = 2
        rhythm = "yearly"
        ties = [
            { to = "iso27001-2022/4.1", tie = "needed", part = "(a): parties" },
            { to = "iso27001-2022/4.4", tie = "needed", part = "the whole" },
        ]
    "#;

    fn compiled_files(files: &[(&str, &str)]) -> Result<String, Vec<String>> {
        let files: Vec<_> = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        compile(&files).map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    fn compiled(topic: &str, decomposition: &str) -> Result<String, Vec<String>> {
        compiled_files(&[
            ("frameworks/iso27001-2022.toml", FRAMEWORK),
            ("catalogue/basics.toml", topic),
            ("catalogue/decomposition.toml", decomposition),
        ])
    }

    /// What is wrong with a catalogue that has an artefact and a nonconformity besides.
    fn evidence_problems(artefact: &str, finding: &str) -> Vec<String> {
        let files = [
            ("frameworks/iso27001-2022.toml", FRAMEWORK),
            ("catalogue/basics.toml", TOPIC),
            ("catalogue/artefacts.toml", artefact),
            ("catalogue/nonconformities.toml", finding),
        ];
        compiled_files(&files).err().unwrap_or_default()
    }

    const ARTEFACT: &str = r#"
        [[artefact]]
        id = "party-table"
        title = "Table of parties"
        kind = "register"
        covers = "moment"
        population = "every party"
        practices = ["basics.parties"]
    "#;
    const FINDING: &str = r#"
        [[nonconformity]]
        id = "parties-unknown"
        title = "Parties unknown"
        finding = "Nobody has written down who expects what."
        triggered_by = ["basics.parties"]
        breaks = ["iso27001-2022/4.1"]
        closed_by = ["party-table"]
    "#;

    #[test]
    fn artefact_and_nonconformity_name_what_exists() {
        assert_eq!(evidence_problems(ARTEFACT, FINDING), [""; 0]);
        let cases = [
            (
                ARTEFACT.replace("\"register\"", "\"list\""),
                FINDING.to_owned(),
                "party-table: kind is unknown",
            ),
            (
                ARTEFACT.replace("basics.parties", "basics.none"),
                FINDING.to_owned(),
                "party-table: names basics.none",
            ),
            (ARTEFACT.repeat(2), FINDING.to_owned(), "party-table: stands twice"),
            (
                ARTEFACT.to_owned(),
                FINDING.replace("party-table", "table"),
                "parties-unknown: names table",
            ),
            (
                ARTEFACT.to_owned(),
                FINDING.replace("2022/4.1", "2022/9.9"),
                "parties-unknown: breaks iso27001-2022/9.9",
            ),
            (
                ARTEFACT.to_owned(),
                FINDING.replace("breaks =", "alone = [\"basics.none\"]\n        breaks ="),
                "parties-unknown: alone names basics.none",
            ),
            (
                ARTEFACT.to_owned(),
                FINDING.replace("Nobody has", "A SOC 2 certificate"),
                "parties-unknown: wording",
            ),
        ];
        for (artefact, finding, problem) in cases {
            let found = evidence_problems(&artefact, &finding);
            assert!(found.iter().any(|line| line.contains(problem)), "{problem}: {found:#?}");
        }
    }

    fn problems(topic: &str, decomposition: &str) -> Vec<String> {
        compiled(topic, decomposition).expect_err("refused")
    }

    #[test]
    fn sound_catalogue_compiles() {
        let code = compiled(TOPIC, "").expect("compiles");
        assert!(code.contains("basics.parties"), "{code}");
    }

    #[test]
    fn every_problem_is_reported_at_once_with_file_and_id() {
        let topic = TOPIC
            .replace("expects what of you?", "expects what of you.")
            .replace("\"yearly\"", "\"often\"")
            .replace("2022/4.4", "2022/9.9");
        let found = problems(&topic, "");
        for (id, word) in [
            ("catalogue/basics.toml: basics.parties", "question"),
            ("catalogue/basics.toml: basics.parties", "rhythm"),
            ("catalogue/basics.toml: basics.parties", "9.9"),
            ("frameworks/iso27001-2022.toml: 4.4", "rests on nothing"),
        ] {
            assert!(
                found.iter().any(|line| line.starts_with(id) && line.contains(word)),
                "{id} {word}: {found:#?}"
            );
        }
    }

    #[test]
    fn unknown_key_is_refused() {
        let found = problems(
            &TOPIC.replace("priority = 2", "priority = 2\n        color = \"red\""),
            "",
        );
        assert!(found.iter().any(|line| line.contains("color")), "{found:#?}");
    }

    #[test]
    fn complete_needs_two_practices_or_a_reason_and_every_letter() {
        let found = problems(TOPIC, "[complete]\niso27001-2022 = [\"4.1\", \"4.4\"]\n");
        assert!(
            found
                .iter()
                .any(|line| line.contains("4.4") && line.contains("why_one")),
            "{found:#?}"
        );
        assert!(
            found.iter().any(|line| line.contains("4.1") && line.contains("(b)")),
            "{found:#?}"
        );
        let reason = "[complete]\niso27001-2022 = [\"4.4\"]\n[why_one]\n\"iso27001-2022/4.4\" = \"One act.\"\n";
        assert!(compiled(TOPIC, reason).is_ok());
    }

    #[test]
    fn transition_names_controls_that_exist_and_each_old_one_once() {
        let compiled = |transition: &str| {
            let files = [
                ("frameworks/iso27001-2022.toml", FRAMEWORK),
                ("frameworks/transition-2013.toml", transition),
                ("catalogue/basics.toml", TOPIC),
            ];
            let files: Vec<_> = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
            compile(&files).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert!(compiled("count = 0").is_ok_and(|code| code.contains("TRANSITION: &[OldControl] = &[]")));
        let twice = "[[control]]\nid = \"A.9.2.1\"\ntitle = \"Users\"\nnow = [\"4.1\"]\n".repeat(2);
        let found = compiled(&format!("count = 3\n{twice}")).expect_err("refused");
        for words in [
            "holds 2 controls, not 3",
            "A.9.2.1: stands twice",
            "names 4.1, which is no control",
        ] {
            assert!(found.iter().any(|line| line.contains(words)), "{words}: {found:#?}");
        }
    }

    /// The practice of the topic under other names: each needs another part of the same requirements.
    fn topic_of_three() -> String {
        let practice = TOPIC.split_once("[[practice]]").map_or("", |(_, practice)| practice);
        let named = |name: &str| format!("[[practice]]{}", practice.replace("parties", name));
        format!("{TOPIC}\n{}\n{}", named("issues"), named("scope"))
    }

    fn compiled_order(order: &str) -> Result<String, Vec<String>> {
        compiled_files(&[
            ("frameworks/iso27001-2022.toml", FRAMEWORK),
            ("catalogue/basics.toml", &topic_of_three()),
            ("catalogue/order.toml", order),
        ])
    }

    #[test]
    fn order_becomes_pairs_of_positions_the_later_one_first() {
        let order = "[after]\n\"basics.scope\" = [\"basics.issues\", \"basics.parties\"]\n";
        let code = compiled_order(order).expect("compiles");
        assert!(code.contains("after: &[(2, 0),\n(2, 1),\n]"), "{code}");
        let code = compiled_order("").expect("compiles");
        assert!(code.contains("after: &[]"), "{code}");
    }

    #[test]
    fn order_names_practices_once_and_never_runs_in_a_circle() {
        let order = "[after]
            \"basics.none\" = [\"basics.scope\"]
            \"basics.scope\" = [\"basics.nobody\", \"basics.issues\", \"basics.issues\"]
            \"basics.issues\" = [\"basics.parties\", \"basics.issues\"]
            \"basics.parties\" = [\"basics.scope\"]
        ";
        let found = compiled_order(order).expect_err("refused");
        for problem in [
            "basics.none: is no practice",
            "basics.scope: comes after basics.nobody, which is no practice",
            "basics.scope: names basics.issues twice",
            "basics.issues: comes after itself",
            "basics.scope: comes after itself in a circle: basics.issues, basics.parties, basics.scope",
        ] {
            assert!(
                found
                    .iter()
                    .any(|line| line == &format!("catalogue/order.toml: {problem}")),
                "{problem}: {found:#?}"
            );
        }
        let found = compiled_order("[after]\n\"basics.scope\" = []\n").expect_err("refused");
        assert_eq!(found, ["catalogue/order.toml: basics.scope: comes after nothing"]);
        let found = compiled_order("[before]\n").expect_err("refused");
        assert!(found.iter().any(|line| line.contains("before")), "{found:#?}");
    }

    #[test]
    fn each_practice_has_one_permanent_number_and_one_that_is_gone_keeps_its_own() {
        let numbered = |numbers: &str| {
            compiled_files(&[
                ("frameworks/iso27001-2022.toml", FRAMEWORK),
                ("catalogue/basics.toml", TOPIC),
                ("catalogue/numbers.txt", numbers),
            ])
        };
        let code = numbered("basics.gone\nbasics.parties\n").expect("compiles");
        assert!(code.contains("numbers: &[1,\n]"), "{code}");
        let found = numbered("Basics\nbasics.gone\n\nbasics.gone\n").expect_err("refused");
        for words in [
            "numbers.txt: line 1: \"Basics\" is not an id",
            "numbers.txt: line 3: \"\" is not an id",
            "numbers.txt: basics.gone: stands twice",
            "numbers.txt: basics.parties: has no number",
        ] {
            assert!(found.iter().any(|line| line.contains(words)), "{words}: {found:#?}");
        }
    }

    const OBLIGATIONS: &str = r#"
        id = "law"
        short = "Law"
        title = "A law"
        reference = "Regulation 1"
        since = "In force since 2026"
        about = "It binds somebody."
        credit = "Pairs: somebody."
        quality = "Coarse."
        one = "article"
        many = "articles"
        count = 2
        pairs = 2
        [[group]]
        id = "I"
        title = "Chapter"
        [[group.obligation]]
        id = "Article 1"
        title = "Management"
        iso = ["4.1", "4.4"]
        [[group.obligation]]
        id = "Article 2"
        title = "Mandate"
        iso = []
        note = "Addressed to authorities."
    "#;

    fn compiled_obligations(text: &str) -> Result<String, Vec<String>> {
        compiled_files(&[
            ("frameworks/iso27001-2022.toml", FRAMEWORK),
            ("catalogue/basics.toml", TOPIC),
            ("obligations/law.toml", text),
        ])
    }

    #[test]
    fn obligations_name_requirements_that_exist_and_leave_the_catalogue_as_it_is() {
        let code = compiled_obligations(OBLIGATIONS).expect("compiles");
        let (catalogue, obligations) = code.split_once("pub static OBLIGATIONS").expect("a static of its own");
        assert!(obligations.contains("\"4.1 4.4\""), "{obligations}");
        let without = [
            ("frameworks/iso27001-2022.toml", FRAMEWORK),
            ("catalogue/basics.toml", TOPIC),
        ];
        let without = compiled_files(&without).expect("compiles");
        let (same, none) = without
            .split_once("pub static OBLIGATIONS")
            .expect("a static of its own");
        assert!(none.contains("= &[]"), "{none}");
        let version = |code: &str| code.lines().find(|it| it.contains("version")).map(str::to_owned);
        assert_eq!(version(catalogue), version(same));
    }

    #[test]
    fn every_fault_of_an_obligation_is_said_with_file_and_id() {
        let cases = [
            ("\"4.1\", \"4.4\"", "\"4.1\", \"9.9\"", "Article 1: names 9.9"),
            ("\"4.1\", \"4.4\"", "\"4.1\", \"4.1\"", "Article 1: names 4.1 twice"),
            ("Article 2", "Article 1", "Article 1: stands twice"),
            ("title = \"Mandate\"", "title = \" \"", "Article 2: title is blank"),
            ("count = 2", "count = 3", "law: holds 2 obligations, not 3"),
            ("pairs = 2", "pairs = 5", "law: holds 2 pairs, not 5"),
            ("id = \"law\"", "id = \"Law\"", "Law: must be a short name"),
            ("A law", "A guarantee", "law: wording"),
            ("Coarse.", "", "law: quality is blank"),
            ("Pairs: somebody.", "", "law: credit is blank"),
            ("note = \"A", "colour = \"A", "colour"),
        ];
        for (before, after, problem) in cases {
            let found = compiled_obligations(&OBLIGATIONS.replacen(before, after, 1))
                .err()
                .unwrap_or_default();
            let is_it = |line: &String| line.starts_with("obligations/law.toml") && line.contains(problem);
            assert!(found.iter().any(is_it), "{problem}: {found:#?}");
        }
        let both = OBLIGATIONS.replace("count = 2", "count = 3").replace("4.4", "9.9");
        assert_eq!(compiled_obligations(&both).err().map(|it| it.len()), Some(2));
    }

    #[test]
    fn forbidden_wording_is_refused() {
        let found = problems(&TOPIC.replace("Write the table.", "Get SOC 2 certified."), "");
        assert!(found.iter().any(|line| line.contains("wording")), "{found:#?}");
    }
}
