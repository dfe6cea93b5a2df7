//! Names of suppliers that software teams often use, with what kind of supplier each is. Names and kinds only: what a
//! supplier's reports say is entered from the report, with the date on which it was seen.

use super::Choice;

/// A name to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownSupplier {
    /// The name.
    pub name: &'static str,
    /// Its kinds, as the supplier register offers them.
    pub kinds: &'static [Choice],
}

const fn known(name: &'static str, kinds: &'static [Choice]) -> KnownSupplier {
    KnownSupplier { name, kinds }
}

const CLOUD: &[Choice] = &[Choice::CloudPlatform, Choice::DataCentre];
const CODE_AND_RUNNERS: &[Choice] = &[Choice::CodeHosting, Choice::CiRunner];
const RUNNERS: &[Choice] = &[Choice::CiRunner];
const SCANNING: &[Choice] = &[Choice::CodeScanning];
const ASSISTANT: &[Choice] = &[Choice::AiAssistant];
const IDENTITY: &[Choice] = &[Choice::IdentityProvider];
const MANAGED: &[Choice] = &[Choice::ManagedService];
const PEOPLE: &[Choice] = &[Choice::PayrollHr];

/// The names, by the alphabet.
pub const SUPPLIER_NAMES: &[KnownSupplier] = &[
    known("Amazon Web Services", CLOUD),
    known("Atlassian Cloud", MANAGED),
    known("Auth0", IDENTITY),
    known("Azure DevOps", CODE_AND_RUNNERS),
    known("BambooHR", PEOPLE),
    known("Bitbucket", CODE_AND_RUNNERS),
    known("Buildkite", RUNNERS),
    known("Checkmarx One", SCANNING),
    known("CircleCI", RUNNERS),
    known("Claude Code", ASSISTANT),
    known("Cloudflare", &[Choice::CloudPlatform, Choice::ManagedService]),
    known("Codacy", SCANNING),
    known("CrowdStrike", MANAGED),
    known("Cursor", ASSISTANT),
    known("Datadog", MANAGED),
    known("DigitalOcean", CLOUD),
    known("Fastly", &[Choice::CloudPlatform]),
    known("GitHub", CODE_AND_RUNNERS),
    known("GitHub Advanced Security", SCANNING),
    known("GitHub Copilot", ASSISTANT),
    known("GitLab.com", CODE_AND_RUNNERS),
    known("Google Cloud", CLOUD),
    known("Google Workspace", &[Choice::IdentityProvider, Choice::ManagedService]),
    known("Heroku", &[Choice::CloudPlatform]),
    known("Hetzner", CLOUD),
    known("JFrog Cloud", MANAGED),
    known("Microsoft 365", MANAGED),
    known("Microsoft Azure", CLOUD),
    known("Microsoft Entra ID", IDENTITY),
    known("Okta", IDENTITY),
    known("OVHcloud", CLOUD),
    known("Personio", PEOPLE),
    known("Semgrep", SCANNING),
    known("Snyk", SCANNING),
    known("SonarQube Cloud", SCANNING),
    known("Veracode", SCANNING),
    known("Vercel", &[Choice::CloudPlatform]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_once_in_order_and_have_kinds() {
        let names: Vec<String> = SUPPLIER_NAMES.iter().map(|it| it.name.to_lowercase()).collect();
        assert!(names.is_sorted_by(|left, right| left < right), "{names:?}");
        for it in SUPPLIER_NAMES {
            assert!(!it.kinds.is_empty(), "{}", it.name);
            assert!(
                it.kinds.iter().all(|kind| kind.supplier_kind().is_some()),
                "{}",
                it.name
            );
        }
    }
}
