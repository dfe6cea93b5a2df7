//! Risks of software delivery that most teams have, ready to take into the register. A level and an owner are a person's
//! to give, so none is set here.

use super::{Catalogue, Field, FieldValue, FrameworkId, RequirementId, Sheet};

/// A ready-made risk: its title, what could happen, and controls of Annex A that are often chosen against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadyRisk {
    /// The title.
    pub title: &'static str,
    /// Source, event and consequence.
    pub scenario: &'static str,
    /// Ids of Annex A controls, with a blank between them.
    controls: &'static str,
}

impl ReadyRisk {
    /// The ids of the suggested controls.
    pub fn controls(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.controls.split(' ')
    }

    /// The risk as a new sheet of the register, with the suggested controls that the catalogue has.
    #[must_use]
    pub fn sheet(&self, catalogue: &Catalogue) -> Sheet {
        let controls = self
            .controls()
            .filter_map(|code| catalogue.requirement(FrameworkId::Iso27001, code));
        let controls = controls.map(|it| it.id).collect::<super::SortedSet<RequirementId>>();
        let mut sheet = Sheet::default()
            .with_text(Field::Title, self.title)
            .with_text(Field::Scenario, self.scenario);
        sheet.set(Field::Controls, Some(FieldValue::Requirements(controls)));
        sheet
    }
}

const fn risk(title: &'static str, scenario: &'static str, controls: &'static str) -> ReadyRisk {
    ReadyRisk {
        title,
        scenario,
        controls,
    }
}

/// The ready-made risks.
pub const READY_RISKS: [ReadyRisk; 16] = [
    risk(
        "Attack through a dependency",
        "An attacker takes over or imitates a package that we build with; its code runs in our builds and reaches customers.",
        "A.5.19 A.5.21 A.8.7 A.8.28 A.8.30",
    ),
    risk(
        "Pipeline taken over",
        "Someone changes a pipeline definition or its settings and ships code that nobody reviewed, or takes the deployment rights.",
        "A.8.2 A.8.4 A.8.9 A.8.25 A.8.31 A.8.32",
    ),
    risk(
        "Secrets leak",
        "A key or token ends up in a repository, a build log or an image; whoever finds it reads or changes production.",
        "A.5.17 A.8.4 A.8.12 A.8.24",
    ),
    risk(
        "Developer account stolen",
        "Phishing or malware takes a developer's session; the attacker pushes code and reads what the developer can read.",
        "A.5.15 A.5.17 A.6.3 A.8.1 A.8.5",
    ),
    risk(
        "Harmful change by an insider",
        "A person with rights to merge slips in a back door or a leak; nobody else looks at it before it goes live.",
        "A.5.3 A.6.1 A.8.4 A.8.28 A.8.32",
    ),
    risk(
        "Poisoned build cache or runner",
        "A job leaves something behind on a shared runner or cache; later builds take it into released artefacts.",
        "A.8.8 A.8.9 A.8.22 A.8.31",
    ),
    risk(
        "Third-party action or plugin hijacked",
        "A pipeline step that others maintain changes under a moving tag; it reads our secrets or alters what we build.",
        "A.5.19 A.5.21 A.8.9 A.8.19",
    ),
    risk(
        "Code hosting fails",
        "The hosting service is down or locks our account; for days we can neither build nor ship a fix.",
        "A.5.23 A.5.29 A.5.30 A.8.13 A.8.14",
    ),
    risk(
        "Audit logs are lost",
        "Logs of hosting, pipeline or cloud are kept too short or can be deleted; after an incident nobody can say what happened.",
        "A.5.28 A.5.33 A.8.15 A.8.16",
    ),
    risk(
        "Known weakness stays unpatched",
        "A published flaw in a component or image is not fixed in time; it is used against the service.",
        "A.5.7 A.8.8 A.8.19 A.8.29",
    ),
    risk(
        "Test data leaks",
        "Copies of production data lie in a test system with weaker protection; personal or customer data gets out.",
        "A.5.34 A.8.11 A.8.31 A.8.33",
    ),
    risk(
        "Emergency change without review",
        "An urgent fix goes around review and tests and is never looked at again; it breaks the service or opens a hole.",
        "A.5.37 A.8.29 A.8.31 A.8.32",
    ),
    risk(
        "AI assistant leaks or misleads",
        "Code, secrets or customer data go to an AI service, or code that it suggests is taken over with a flaw or under a foreign licence.",
        "A.5.10 A.5.23 A.5.32 A.8.12 A.8.28",
    ),
    risk(
        "Scanning vendor breached",
        "A vendor that reads our code to scan it is broken into; source, secrets and open findings are out.",
        "A.5.19 A.5.20 A.5.22 A.5.23 A.8.4",
    ),
    risk(
        "Cloud storage left open",
        "A bucket, snapshot or registry is readable by anyone after a change of settings; data or images are copied.",
        "A.5.23 A.8.3 A.8.9 A.8.12 A.8.16",
    ),
    risk(
        "Customers' data mixed up",
        "A fault in the separation of tenants shows one customer the data of another.",
        "A.8.3 A.8.22 A.8.26 A.8.27 A.8.29",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Register, fixture};

    #[test]
    fn ready_risk_comes_without_level_and_owner() {
        for risk in READY_RISKS {
            let sheet = risk.sheet(&fixture::CATALOGUE);
            for (field, value) in sheet.fields() {
                assert!(matches!(field, Field::Title | Field::Scenario | Field::Controls));
                assert_eq!(Register::Risk.check(field, value), Ok(()), "{}", risk.title);
            }
            assert_eq!(sheet.text(Field::Title), risk.title);
        }
    }
}
