//! Writes the checked catalogue as the source of one Rust static.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::check::{
    CATEGORIES, EFFORTS, FRAMEWORKS, KINDS, RHYTHMS, ROLES, SUPPLIER_KINDS, TIES, name_of, parse_condition,
};
use super::source::{Authored, FrameworkFile, PracticeSource, RequirementSource, TieSource};

/// The source of `pub static CATALOGUE: Catalogue`. The catalogue has been checked: a word without a name writes
/// nothing, and the code does not compile.
pub fn emit(authored: &Authored, numbers: Option<&[&str]>) -> String {
    let frameworks = authored
        .frameworks
        .iter()
        .map(|(_, framework)| framework_code(framework));
    let topics = authored.topics.iter().map(|(_, file)| {
        let topic = &file.topic;
        format!(
            "Topic {{ id: TopicId::new({:?}), title: {:?}, intro: {:?} }}",
            topic.id, topic.title, topic.intro
        )
    });
    let positions: BTreeMap<String, usize> = authored
        .requirements()
        .enumerate()
        .map(|(position, (framework, row))| (format!("{}/{}", framework.id, row.id), position))
        .collect();
    let requirements = authored
        .requirements()
        .map(|(framework, row)| requirement_code(authored, &positions, framework, row));
    let practices = authored.topics.iter().flat_map(|(_, file)| {
        file.practices
            .iter()
            .map(|practice| practice_code(authored, &positions, &file.topic.id, practice))
    });
    format!(
        "/// The catalogue, compiled from `assets/`.\npub static CATALOGUE: Catalogue = Catalogue {{\n    version: {:?},\n    \
         frameworks: {},\n    requirements: {},\n    topics: {},\n    practices: {},\n{}    after: {},\n    numbers: {},\n}};\n",
        authored.version,
        slice(frameworks),
        slice(requirements),
        slice(topics),
        slice(practices),
        super::evidence::emit(authored),
        super::order::emit(authored),
        super::numbers::emit(numbers, authored),
    )
}

/// The positions of some ids among all, as a slice. The catalogue has been checked: an unknown id would not compile.
pub fn positions_code(all: &[&str], ids: &[String]) -> String {
    let position = |id: &String| all.iter().position(|it| it == id).unwrap_or(usize::MAX).to_string();
    slice(ids.iter().map(position))
}

pub fn slice(parts: impl Iterator<Item = String>) -> String {
    let mut code = "&[".to_owned();
    for part in parts {
        code.push_str(&part);
        code.push_str(",\n");
    }
    code.push(']');
    code
}

fn option(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({text:?})"))
}

fn named(kind: &str, words: &[(&str, &'static str)], word: &str) -> String {
    format!("{kind}::{}", name_of(words, word).unwrap_or_default())
}

fn optional(kind: &str, words: &[(&str, &'static str)], word: Option<&str>) -> String {
    word.map_or_else(
        || "None".to_owned(),
        |word| format!("Some({})", named(kind, words, word)),
    )
}

fn framework_code(framework: &FrameworkFile) -> String {
    let groups = framework
        .groups
        .iter()
        .map(|group| format!("Group {{ id: {:?}, title: {:?} }}", group.id, group.title));
    format!(
        "Framework {{ id: {}, short: {:?}, title: {:?}, edition: {:?}, groups: {} }}",
        named("FrameworkId", FRAMEWORKS, &framework.id),
        framework.short,
        framework.title,
        framework.edition,
        slice(groups),
    )
}

fn requirement_code(
    authored: &Authored,
    positions: &BTreeMap<String, usize>,
    framework: &FrameworkFile,
    row: &RequirementSource,
) -> String {
    let position = |framework: &str, code: &String| positions.get(&format!("{framework}/{code}")).copied();
    let now: Vec<usize> = row
        .now
        .iter()
        .filter_map(|code| position("iso27017-2026", code))
        .collect();
    let newer = authored
        .requirements()
        .find(|(it, newer)| it.id == "iso27017-2026" && row.now.first() == Some(&newer.id));
    let base = row
        .base
        .first()
        .or_else(|| newer.and_then(|(_, newer)| newer.base.first()));
    let base = base.and_then(|code| position("iso27001-2022", code));
    format!(
        "Requirement {{ id: RequirementId::new({}, {:?}), title: {:?}, group: {:?}, kind: {}, documented: {}, \
         category: {}, audience: {}, has_cloud_content: {}, base: {base:?}, now: {}, complete: {}, why_one: {} }}",
        named("FrameworkId", FRAMEWORKS, &framework.id),
        row.id,
        row.title,
        row.group,
        named("RequirementKind", KINDS, &row.kind),
        option(row.documented.as_deref()),
        optional("Category", CATEGORIES, row.category.as_deref()),
        optional("Audience", ROLES, row.audience.as_deref()),
        row.cloud,
        slice(now.iter().map(ToString::to_string)),
        authored.is_complete(&framework.id, row),
        option(authored.why_one(&framework.id, row)),
    )
}

fn practice_code(
    authored: &Authored,
    positions: &BTreeMap<String, usize>,
    topic: &str,
    practice: &PracticeSource,
) -> String {
    let shown_by = &practice.shown_by;
    let examples = [
        &shown_by.documented,
        &shown_by.enforced,
        &shown_by.evidenced,
        &shown_by.improved,
    ];
    let examples = examples.map(|example| example.as_deref().unwrap_or_default());
    let texts: Vec<&str> = [practice.title.as_str(), &practice.question, &practice.why]
        .into_iter()
        .chain(examples)
        .chain(practice.fix.iter().map(String::as_str))
        .collect();
    let ties = authored.ties_of(practice);
    let mut parts: Vec<&str> = Vec::new();
    let ties: Vec<String> = ties
        .iter()
        .map(|tie| tie_code(positions, tie, line_of(&mut parts, &tie.part)))
        .collect();
    let mut code = String::new();
    // Writing to a string does not fail.
    let written = write!(
        code,
        "Practice {{ id: PracticeId::new({:?}), topic: TopicId::new({topic:?}), texts: {:?}, asks: {:?}, must_enforce: {}, \
         effort: {}, priority: {}, rhythm: {}, delivery: {}, applies_when: {}, inheritable: {}, ties: {}, parts: {:?} }}",
        practice.id,
        texts.join("\n"),
        examples.map(|example| !example.is_empty()),
        practice.must_enforce,
        named("Effort", EFFORTS, &practice.effort),
        practice.priority,
        named("Rhythm", RHYTHMS, &practice.rhythm),
        practice.delivery,
        condition_code(practice.applies_when.as_deref()),
        inheritable_code(practice),
        slice(ties.into_iter()),
        parts.join("\n"),
    );
    written.map_or_else(|_| String::new(), |()| code)
}

/// The line that a part stands in; it is added if no tie has named it before.
fn line_of<'a>(parts: &mut Vec<&'a str>, part: &'a str) -> usize {
    parts.iter().position(|it| *it == part).unwrap_or_else(|| {
        parts.push(part);
        parts.len() - 1
    })
}

fn condition_code(text: Option<&str>) -> String {
    let Some((is_any, literals)) = text.and_then(parse_condition) else {
        return "Condition::Always".to_owned();
    };
    let literals = literals
        .iter()
        .map(|(fact, is)| format!("Literal {{ fact: Fact::{fact}, is: {is} }}"));
    format!("Condition::{}({})", if is_any { "Any" } else { "All" }, slice(literals))
}

fn inheritable_code(practice: &PracticeSource) -> String {
    let Some(inheritable) = &practice.inheritable else {
        return "None".to_owned();
    };
    let from = inheritable
        .from
        .iter()
        .map(|kind| named("SupplierKind", SUPPLIER_KINDS, kind));
    let keeps = inheritable.keeps.iter().map(|id| format!("PracticeId::new({id:?})"));
    format!("Some(Inheritable {{ from: {}, keeps: {} }})", slice(from), slice(keeps))
}

fn tie_code(positions: &BTreeMap<String, usize>, tie: &TieSource, part: usize) -> String {
    format!(
        "Tie {{ requirement: {}, kind: {}, part: {part}, role: {}, documented: {} }}",
        positions.get(&tie.to).copied().unwrap_or(usize::MAX),
        named("TieKind", TIES, &tie.tie),
        optional("Audience", ROLES, tie.role.as_deref()),
        tie.documented,
    )
}
