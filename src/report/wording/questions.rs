//! How the next question, the quick scan, findings, lint and returned topics are said.

use super::{count, instant, requirement_id, requirement_name, requirements, sheet_title, slot_name};
use crate::analysis::{Place, Scan, Why};
use crate::domain::{Answer, Assessment, Catalogue, Facet, FieldValue, Register, SheetKey, Slot, Subject, Value};

/// What must be said wherever potential nonconformities are shown.
pub const GRADING: &str = "These are potential: grading is the auditor's act, and another auditor may see more, less or \
    something else. An answer that has not been given raises nothing.";

/// How findings are graded, in short.
pub const GRADES: &str = "Potential major: a clause is absent or broken down as a whole, or several practices that are not \
    in place fall on one requirement. Potential minor: an isolated lapse. SOC 2: a potential design deficiency where a \
    control is missing, a potential operating deviation where it is there and records are denied or missing in the window.";

/// Up to this many requirements are named; more are counted.
const NAMED: usize = 3;

/// Why a question is asked now.
#[must_use]
pub fn why(catalogue: &Catalogue, why: &Why) -> String {
    match why {
        Why::TriggersMajor(finding) => {
            let title = catalogue.nonconformities.get(*finding).map_or("", |it| it.title);
            format!("If it is absent, an auditor may raise a major: {title}.")
        }
        Why::FirstOfTopic(topic) => {
            let title = catalogue.topic(topic.as_str()).map_or("", |it| it.title);
            format!("It opens a topic: {title}.")
        }
        Why::Settles(positions) => {
            let all = positions.iter().filter_map(|at| catalogue.requirements.get(*at));
            let mut named: Vec<String> = all.map(requirement_id).collect();
            let n_more = named.len().saturating_sub(NAMED);
            named.truncate(NAMED);
            let more = match n_more {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            let named = match (named.pop(), n_more) {
                (Some(last), 0) if !named.is_empty() => format!("{} and {last}", named.join(", ")),
                (Some(last), _) => {
                    named.push(last);
                    named.join(", ")
                }
                (None, _) => String::new(),
            };
            format!("It settles {named}{more}.")
        }
        Why::Touches { n_requirements: 1, .. } => "One requirement needs it.".to_owned(),
        Why::Touches {
            n_requirements,
            n_frameworks,
        } => format!(
            "{} in {} need it.",
            requirements(*n_requirements),
            count(*n_frameworks, "framework", "frameworks")
        ),
        Why::Helps(n) => format!("No requirement in scope needs it; it supports {n}."),
    }
}

/// What the quick scan tells: `Touches 56 % of requirements (181 of 325), settles 7 % (23).`
#[must_use]
pub fn scan_share(scan: &Scan) -> String {
    if scan.n_requirements == 0 {
        return "No requirement is in scope.".to_owned();
    }
    let percent = |n: usize| n * 100 / scan.n_requirements;
    format!(
        "{} touch {} % of requirements ({} of {}) and settle {} % ({}).",
        count(scan.questions.len(), "question", "questions"),
        percent(scan.n_touched),
        scan.n_touched,
        scan.n_requirements,
        percent(scan.n_settled),
        scan.n_settled,
    )
}

/// The name of the place of a fault.
#[must_use]
pub fn place(catalogue: &Catalogue, assessment: &Assessment, place: Place) -> String {
    match place {
        Place::Scope => "Dates of the scope".to_owned(),
        Place::Practice(at) => catalogue.practices.get(at).map_or("", |it| it.title()).to_owned(),
        Place::Requirement(at) => catalogue.requirements.get(at).map(requirement_name).unwrap_or_default(),
        Place::Sheet(key) => sheet_name(catalogue, assessment, key),
        Place::Conflict(id) => {
            let conflict = assessment.conflicts.get(&id);
            conflict
                .map(|it| slot_name(catalogue, assessment, it.slot, &it.value))
                .unwrap_or_default()
        }
    }
}

/// The name of a sheet: its own, or that of what it is about.
fn sheet_name(catalogue: &Catalogue, assessment: &Assessment, key: SheetKey) -> String {
    match key.subject {
        Subject::Requirement(id, _) => {
            let about = catalogue.requirement(id.framework, id.code);
            let about = about.map(requirement_name).unwrap_or_default();
            match (key.register, about) {
                (Register::Document, about) => {
                    let title = sheet_title(assessment, key, &assessment.sheet(key));
                    format!("{title} ({about})")
                }
                (_, about) => about,
            }
        }
        Subject::Practice(id) => catalogue.practice(id.as_str()).map_or("", |it| it.title()).to_owned(),
        Subject::Entry(_) | Subject::Number(_) | Subject::Tie(..) => {
            sheet_title(assessment, key, &assessment.sheet(key))
        }
    }
}

/// An answer in one line: standing, what could be shown, owner and note. An empty sheet or answer says so.
#[must_use]
pub fn held(value: &Value) -> String {
    match value {
        Value::Answer(answer) => answer_line(answer),
        Value::Sheet(sheet) if sheet.is_empty() => "Nothing".to_owned(),
        Value::Sheet(sheet) => {
            let specs = Register::Operation.fields().iter();
            let fields = specs.filter_map(|spec| Some((spec.label, sheet.get(spec.field)?)));
            let fields = fields.map(|(label, value)| format!("{label}: {}", short_value(value)));
            fields.collect::<Vec<_>>().join(" · ")
        }
        Value::Member(_)
        | Value::Fact(_)
        | Value::Text(_)
        | Value::Date(_)
        | Value::Count(_)
        | Value::Decision(_)
        | Value::Imported(_)
        | Value::Conflict(_) => String::new(),
    }
}

fn answer_line(answer: &Answer) -> String {
    let mut parts = vec![answer.standing.kind().title().to_owned()];
    let shown: Vec<String> = Facet::ALL
        .into_iter()
        .filter(|facet| answer.facets.get(*facet) == Some(true))
        .map(|facet| facet.title().to_lowercase())
        .collect();
    match (shown.is_empty(), answer.facets.is_unsaid()) {
        (false, _) => parts.push(format!("can show: {}", shown.join(", "))),
        (true, false) => parts.push("can show none of it".to_owned()),
        (true, true) => {}
    }
    if !answer.owner.is_empty() {
        parts.push(format!("owner {}", answer.owner));
    }
    if !answer.note.is_empty() {
        parts.push(format!("note: {}", answer.note));
    }
    parts.join(" · ")
}

fn short_value(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Count(n) => n.to_string(),
        FieldValue::Choice(choice) => choice.title().to_owned(),
        FieldValue::Dates(days) => count(days.len(), "day", "days"),
        FieldValue::Choices(set) => set.iter().map(|it| it.title()).collect::<Vec<_>>().join(", "),
        FieldValue::Practices(set) => set.len().to_string(),
        FieldValue::Requirements(set) => set.len().to_string(),
        FieldValue::Entries(set) => set.len().to_string(),
    }
}

/// What of a practice a slot holds: the answer, or how it operates.
#[must_use]
pub const fn part_of_practice(slot: Slot) -> &'static str {
    match slot {
        Slot::Sheet(_) => "How it operates",
        Slot::Answer(_)
        | Slot::Framework(_)
        | Slot::Category(_)
        | Slot::Fact(_)
        | Slot::Text(_)
        | Slot::Date(_)
        | Slot::Count(_)
        | Slot::Decision(_)
        | Slot::Imported(_)
        | Slot::Conflict(_) => "Answer",
    }
}

/// Who changed something, and when (UTC milliseconds).
#[must_use]
pub fn changed_by(by: &str, at: i64) -> String {
    match by {
        "" => instant(at),
        by => format!("{by}, {}", instant(at)),
    }
}

/// What came back of a topic, in one or two sentences: how many entries differ, and how many changes stay out.
#[must_use]
pub fn returned(title: &str, handed_out_at: i64, n_differ: usize, n_left_out: usize) -> String {
    let differs = match n_differ {
        0 => "Nothing in it differs from what is here.".to_owned(),
        n => format!("{} from what is here.", count(n, "entry differs", "entries differ")),
    };
    let left_out = match n_left_out {
        0 => String::new(),
        n => format!(
            " {}.",
            count(
                n,
                "change outside the topic is left out",
                "changes outside the topic are left out"
            )
        ),
    };
    format!("{title}, handed out on {}. {differs}{left_out}", instant(handed_out_at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    #[test]
    fn reasons_name_a_few_requirements_and_count_the_rest() {
        let catalogue = &fixture::CATALOGUE;
        assert_eq!(why(catalogue, &Why::Settles(vec![1])), "It settles A.8.32.");
        assert_eq!(
            why(catalogue, &Why::Settles(vec![1, 3])),
            "It settles A.8.32 and CC8.1."
        );
        assert_eq!(
            why(catalogue, &Why::Settles(vec![0, 1, 2, 3])),
            "It settles Clause 4.3, A.8.32, 27017 8.32 and 1 more."
        );
    }

    #[test]
    fn share_of_the_scan_has_its_denominator() {
        let scan = Scan {
            questions: Vec::new(),
            n_requirements: 4,
            n_touched: 3,
            n_settled: 1,
        };
        assert_eq!(
            scan_share(&scan),
            "0 questions touch 75 % of requirements (3 of 4) and settle 25 % (1)."
        );
    }

    #[test]
    fn answer_is_said_in_one_line() {
        let answer = Answer {
            standing: crate::domain::Standing::Partly,
            owner: "Ana".to_owned(),
            ..Default::default()
        };
        assert_eq!(held(&Value::Answer(Box::new(answer))), "Partly · owner Ana");
        assert_eq!(held(&Value::Answer(Box::default())), "Not answered");
    }
}
