//! The authored files as they are read.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Problem;
use super::evidence::{
    ARTEFACTS_FILE, ArtefactFile, ArtefactSource, NONCONFORMITIES_FILE, NonconformityFile, NonconformitySource,
};
use super::order::{ORDER_FILE, OrderFile};

/// A framework file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkFile {
    pub id: String,
    pub short: String,
    pub title: String,
    pub edition: String,
    /// How many requirements the framework has; the file must hold as many.
    pub count: usize,
    #[serde(rename = "group")]
    pub groups: Vec<GroupSource>,
    #[serde(rename = "requirement")]
    pub requirements: Vec<RequirementSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSource {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementSource {
    pub id: String,
    pub title: String,
    pub group: String,
    pub kind: String,
    #[serde(default)]
    pub parts: Vec<String>,
    pub documented: Option<String>,
    pub category: Option<String>,
    /// Whether a row of ISO/IEC 27017 has cloud content of its own.
    #[serde(default)]
    pub cloud: bool,
    pub audience: Option<String>,
    /// Annex A controls whose ties count for this row too.
    #[serde(default)]
    pub base: Vec<String>,
    /// The numbers of the newer edition.
    #[serde(default)]
    pub now: Vec<String>,
}

/// A topic file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicFile {
    pub topic: TopicSource,
    #[serde(default, rename = "practice")]
    pub practices: Vec<PracticeSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicSource {
    pub id: String,
    pub title: String,
    pub intro: String,
    pub order: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeSource {
    pub id: String,
    pub title: String,
    pub question: String,
    pub why: String,
    pub shown_by: ShownBySource,
    #[serde(default)]
    pub must_enforce: bool,
    pub fix: Vec<String>,
    pub effort: String,
    pub priority: u8,
    pub rhythm: String,
    #[serde(default)]
    pub delivery: bool,
    pub applies_when: Option<String>,
    pub inheritable: Option<InheritableSource>,
    pub ties: Vec<TieSource>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownBySource {
    pub documented: Option<String>,
    pub enforced: Option<String>,
    pub evidenced: Option<String>,
    pub improved: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InheritableSource {
    pub from: Vec<String>,
    #[serde(default)]
    pub keeps: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieSource {
    pub to: String,
    pub tie: String,
    pub part: String,
    pub role: Option<String>,
    #[serde(default)]
    pub documented: bool,
}

/// Which requirements are fully decomposed, and why one practice is enough where one is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decomposition {
    #[serde(default)]
    pub complete: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub why_one: BTreeMap<String, String>,
}

/// All authored files.
#[derive(Debug, Default)]
pub struct Authored {
    /// Frameworks with the name of their file, in file order.
    pub frameworks: Vec<(String, FrameworkFile)>,
    /// Topics with the name of their file, by `order`.
    pub topics: Vec<(String, TopicFile)>,
    /// The decomposition.
    pub decomposition: Decomposition,
    /// The artefacts, in file order.
    pub artefacts: Vec<ArtefactSource>,
    /// The nonconformities, in file order.
    pub nonconformities: Vec<NonconformitySource>,
    /// Which practice presupposes which.
    pub order: OrderFile,
    /// A short hash of all texts.
    pub version: String,
}

const DECOMPOSITION: &str = "catalogue/decomposition.toml";

impl Authored {
    /// Reads the files. A file that can't be read is a problem; the others are read all the same.
    pub fn read(files: &[(String, String)]) -> (Self, Vec<Problem>) {
        let mut authored = Self {
            version: version_of(files),
            ..Self::default()
        };
        let mut problems = Vec::new();
        for (name, text) in files {
            let read = if name == DECOMPOSITION {
                toml::from_str(text).map(|decomposition| authored.decomposition = decomposition)
            } else if name == ARTEFACTS_FILE {
                toml::from_str(text).map(|file: ArtefactFile| authored.artefacts = file.artefacts)
            } else if name == NONCONFORMITIES_FILE {
                toml::from_str(text).map(|file: NonconformityFile| authored.nonconformities = file.nonconformities)
            } else if name == ORDER_FILE {
                toml::from_str(text).map(|order| authored.order = order)
            } else if name.starts_with("frameworks/") {
                toml::from_str(text).map(|framework| authored.frameworks.push((name.clone(), framework)))
            } else {
                toml::from_str(text).map(|topic| authored.topics.push((name.clone(), topic)))
            };
            if let Err(error) = read {
                problems.push(Problem {
                    file: name.clone(),
                    id: "file".to_owned(),
                    message: error.to_string(),
                });
            }
        }
        const ORDER: [&str; 4] = ["iso27001-2022", "iso27017-2026", "iso27017-2015", "soc2-2017"];
        authored
            .frameworks
            .sort_by_key(|(_, framework)| ORDER.iter().position(|id| *id == framework.id));
        authored.topics.sort_by_key(|(_, topic)| topic.topic.order);
        (authored, problems)
    }

    /// All practices with the name of their file, in the order of the guided flow.
    pub fn practices(&self) -> impl Iterator<Item = (&str, &PracticeSource)> {
        self.topics
            .iter()
            .flat_map(|(file, topic)| topic.practices.iter().map(move |practice| (file.as_str(), practice)))
    }

    /// All requirements with their framework, in order: what a tie's position counts.
    pub fn requirements(&self) -> impl Iterator<Item = (&FrameworkFile, &RequirementSource)> {
        self.frameworks.iter().flat_map(|(_, framework)| {
            framework
                .requirements
                .iter()
                .map(move |requirement| (framework, requirement))
        })
    }

    /// The ties of a practice, with those to Annex A copied to the rows of ISO/IEC 27017 that repeat the control. A tie
    /// that the practice names itself is not copied over.
    pub fn ties_of(&self, practice: &PracticeSource) -> Vec<TieSource> {
        let mut ties = practice.ties.clone();
        for (framework, requirement) in self.requirements() {
            let to = format!("{}/{}", framework.id, requirement.id);
            if requirement.base.is_empty() || practice.ties.iter().any(|tie| tie.to == to) {
                continue;
            }
            let is_base = |tie: &&TieSource| {
                tie.to
                    .strip_prefix("iso27001-2022/")
                    .is_some_and(|code| requirement.base.iter().any(|base| base == code))
            };
            let strongest = practice
                .ties
                .iter()
                .filter(is_base)
                .min_by_key(|tie| tie.tie != "needed");
            if let Some(tie) = strongest {
                let role = requirement.audience.clone().unwrap_or_else(|| "both".to_owned());
                ties.push(TieSource {
                    to,
                    role: Some(role),
                    ..tie.clone()
                });
            }
        }
        ties
    }

    /// Whether a requirement is fully decomposed. A row that only repeats an Annex A control is if the control is.
    pub fn is_complete(&self, framework: &str, requirement: &RequirementSource) -> bool {
        let listed = |framework: &str, code: &str| {
            self.decomposition
                .complete
                .get(framework)
                .is_some_and(|codes| codes.iter().any(|it| it == code))
        };
        let repeats = !requirement.cloud && !requirement.base.is_empty();
        listed(framework, &requirement.id)
            || (repeats && requirement.base.iter().all(|code| listed("iso27001-2022", code)))
    }

    /// Why one practice is enough for a requirement.
    pub fn why_one(&self, framework: &str, requirement: &RequirementSource) -> Option<&str> {
        let reason = |framework: &str, code: &str| {
            self.decomposition
                .why_one
                .get(&format!("{framework}/{code}"))
                .map(String::as_str)
        };
        let repeats = !requirement.cloud && !requirement.base.is_empty();
        let of_base = || {
            requirement
                .base
                .first()
                .filter(|_| repeats)
                .and_then(|code| reason("iso27001-2022", code))
        };
        reason(framework, &requirement.id).or_else(of_base)
    }
}

/// A 64-bit FNV-1a hash of the texts: enough to tell one content from another, not meant to resist anybody.
fn version_of(files: &[(String, String)]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in files
        .iter()
        .flat_map(|(name, text)| name.bytes().chain(text.bytes()))
        .filter(|byte| *byte != b'\r')
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}").chars().take(10).collect()
}
