//! What a new assessment may begin from: a built-in template, or the scope of another assessment.
//!
//! A template says how to look, never at whom: nothing of one client may reach the next by it.

use super::{Assessment, Category, Fact, FrameworkId, ScopeCount, ScopeText};

/// A template that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// The permanent id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Whom it fits, in a sentence.
    pub fits: &'static str,
    frameworks: &'static [FrameworkId],
    categories: &'static [Category],
    facts: &'static [(Fact, bool)],
}

impl Template {
    /// An assessment that has nothing but this scope.
    #[must_use]
    pub fn assessment(&self) -> Assessment {
        let mut assessment = Assessment::default();
        let scope = &mut assessment.scope;
        scope.frameworks.extend(self.frameworks.iter().copied());
        scope.categories.extend(self.categories.iter().copied());
        for (fact, is_so) in self.facts {
            scope.facts.insert(*fact, *is_so);
        }
        assessment
    }
}

/// The templates that come with the program. A fact that differs between companies of one kind is left open.
pub const TEMPLATES: [Template; 4] = [
    Template {
        id: "cloud-service",
        title: "SaaS on a public cloud",
        fits: "A team that builds a service, runs it on a public cloud, and keeps code and pipelines with a hosting \
               service.",
        frameworks: &[FrameworkId::Iso27001, FrameworkId::Iso27017, FrameworkId::Soc2],
        categories: &[Category::Availability, Category::Confidentiality],
        facts: &[
            (Fact::CloudCustomer, true),
            (Fact::CloudProvider, true),
            (Fact::CloudPartners, false),
            (Fact::OwnDevelopment, true),
            (Fact::HostedScm, true),
            (Fact::OwnScm, false),
            (Fact::HostedRunners, true),
            (Fact::LocalScanning, true),
            (Fact::AiAssistants, true),
            (Fact::PersonalDataController, true),
            (Fact::PersonalDataProcessor, true),
        ],
    },
    Template {
        id: "own-servers",
        title: "Software vendor with its own servers",
        fits: "A company that writes software and keeps code, pipelines and systems on machines that it runs itself.",
        frameworks: &[FrameworkId::Iso27001, FrameworkId::Soc2],
        categories: &[Category::Availability],
        facts: &[
            (Fact::CloudProvider, false),
            (Fact::CloudPartners, false),
            (Fact::OwnDevelopment, true),
            (Fact::HostedScm, false),
            (Fact::OwnScm, true),
            (Fact::HostedRunners, false),
            (Fact::SelfHostedRunners, true),
            (Fact::LocalScanning, true),
            (Fact::Premises, true),
            (Fact::PersonalDataController, true),
        ],
    },
    Template {
        id: "agency",
        title: "Consultancy or agency",
        fits: "People who write software and give advice for clients, often with the clients' own systems and data.",
        frameworks: &[FrameworkId::Iso27001],
        categories: &[],
        facts: &[
            (Fact::CloudCustomer, true),
            (Fact::CloudProvider, false),
            (Fact::CloudPartners, false),
            (Fact::OwnDevelopment, true),
            (Fact::HostedScm, true),
            (Fact::AiAssistants, true),
            (Fact::PersonalDataController, true),
            (Fact::PersonalDataProcessor, true),
        ],
    },
    Template {
        id: "developer-platform",
        title: "Platform used by other developers",
        fits: "A service inside the pipelines of its customers: it sees their code, builds or deploys it, with runners of \
               its own.",
        frameworks: &[FrameworkId::Iso27001, FrameworkId::Iso27017, FrameworkId::Soc2],
        categories: &[
            Category::Availability,
            Category::Confidentiality,
            Category::ProcessingIntegrity,
        ],
        facts: &[
            (Fact::CloudCustomer, true),
            (Fact::CloudProvider, true),
            (Fact::OwnDevelopment, true),
            (Fact::HostedScm, true),
            (Fact::SelfHostedRunners, true),
            (Fact::LocalScanning, true),
            (Fact::AiAssistants, true),
            (Fact::PersonalDataController, true),
            (Fact::PersonalDataProcessor, true),
        ],
    },
];

/// The texts of a scope that say how to work, not about whom.
const TEXTS: [ScopeText; 1] = [ScopeText::RiskCriteria];
/// The numbers of a scope that say how to work, not about whom.
const COUNTS: [ScopeCount; 1] = [ScopeCount::RiskAccepted];

/// What the next assessment may take over from one: frameworks, categories, facts, and how risks are rated. No name, no
/// organisation and what describes it, no head count, date, answer, decision or register: they are the client's own.
#[must_use]
pub fn template_of(assessment: &Assessment) -> Assessment {
    let scope = &assessment.scope;
    let mut template = Assessment::default();
    template.scope.frameworks = scope.frameworks.clone();
    template.scope.categories = scope.categories.clone();
    template.scope.facts = scope.facts.clone();
    for text in TEXTS {
        template.scope.texts.set(text, scope.texts.get(&text).cloned());
    }
    for count in COUNTS {
        template.scope.counts.set(count, scope.counts.get(&count).copied());
    }
    template
}

#[cfg(test)]
mod tests {
    use super::super::{
        Answer, Decision, EntryId, Field, Register, Sheet, SheetKey, Slot, SortedSet, Standing, fixture,
    };
    use super::*;
    use crate::domain::{Imported, RequirementId, ScopeDate};

    /// An assessment with something of every kind in it.
    fn full() -> Assessment {
        let mut assessment = fixture::assessment();
        assessment.scope.categories.insert(Category::Privacy);
        assessment.scope.facts.insert(Fact::Premises, true);
        assessment.scope.facts.insert(Fact::Board, false);
        for text in ScopeText::ALL {
            assessment
                .scope
                .texts
                .insert(text, format!("of Harbour Pine: {}", text.as_str()));
        }
        for count in ScopeCount::ALL {
            assessment.scope.counts.insert(count, 7);
        }
        for date in ScopeDate::ALL {
            assessment.scope.dates.insert(date, fixture::date());
        }
        let answer = Answer {
            standing: Standing::InPlace,
            owner: "Mara".to_owned(),
            ..Answer::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer);
        let control = RequirementId::new(FrameworkId::Iso27001, "A.8.32");
        let reasons = SortedSet::default();
        assessment.decisions.insert(control, Decision::Included { reasons });
        assessment.imported.insert(control, Imported::default());
        for register in Register::ALL {
            let sheet = Sheet::default().with_text(Field::Title, "of Harbour Pine");
            let key = SheetKey::entry(*register, EntryId::from_random(3));
            assessment.sheets.insert(key, sheet);
        }
        assessment
    }

    #[test]
    fn template_holds_how_to_look_and_nothing_of_whom() {
        let full = full();
        let template = template_of(&full);
        assert_eq!(template.scope.frameworks, full.scope.frameworks);
        assert_eq!(template.scope.categories, full.scope.categories);
        assert_eq!(template.scope.facts, full.scope.facts);
        let mut n_kept = 0;
        for slot in full.slots() {
            let is_kept = match slot {
                Slot::Framework(_) | Slot::Category(_) | Slot::Fact(_) => true,
                Slot::Text(text) => text == ScopeText::RiskCriteria,
                Slot::Count(count) => count == ScopeCount::RiskAccepted,
                Slot::Date(_)
                | Slot::Answer(_)
                | Slot::Decision(_)
                | Slot::Imported(_)
                | Slot::Sheet(_)
                | Slot::Conflict(_) => false,
            };
            n_kept += usize::from(is_kept);
            assert_eq!(
                template.value(slot).is_empty(),
                !is_kept && !full.value(slot).is_empty(),
                "{slot:?}"
            );
        }
        assert_eq!(template.slots().len(), n_kept, "and nothing that was not there");
        assert_eq!(template_of(&template), template);
    }

    #[test]
    fn built_in_templates_are_templates_with_ids_of_their_own() {
        let mut ids: Vec<&str> = TEMPLATES.iter().map(|it| it.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), TEMPLATES.len());
        for template in TEMPLATES {
            let assessment = template.assessment();
            assert_eq!(template_of(&assessment), assessment, "{}", template.id);
            assert_eq!(
                assessment.scope.facts.len(),
                template.facts.len(),
                "{}: each fact once",
                template.id
            );
            assert!(
                assessment.scope.frameworks.contains(&FrameworkId::Iso27001),
                "{}",
                template.id
            );
        }
    }
}
